"""What comes first of all there is to do: what forbids work or stay today, then the rest by its days."""

from __future__ import annotations

from datetime import date
from functools import cache

from hqs_xl.roster.findings import Severity
from hqs_xl.texts import LANGUAGES, say

# Keys of actions. Nobody may work, or stay, until these are done.
STOPS = (
    *("permit.expired", "permit.missing", "permit.not_begun", "work.before_permit", "work.suspension"),
    *("visa.expired", "visa.missing"),
)
# These were broken on days that lie behind, and may only be looked into: the first of them is no deadline.
_BEHIND = frozenset(("permit.gap", "visa.gap"))


@cache
def stops() -> frozenset[str]:
    """What to do, in the words of each language, about all that forbids work or stay."""
    return frozenset(say(f"action.{key}", lang) for key in STOPS for lang in LANGUAGES)


def deadline_of(code: str, severity: str, due: date | None, days: int | None) -> date | None:
    """The day by which something found has to be done, ``days`` from the check; None where there is none.

    A rule broken as it stands may name a day not past, such as how long a permit may last: no deadline. Nor is there
    one where nobody can tell whether it is broken.
    """
    broken = severity == Severity.VIOLATION and (days or 0) >= 0
    return None if broken or code in _BEHIND or code.endswith("_untold") else due
