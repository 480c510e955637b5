"""What one person has open: each deadline still to be met, however far off; calendar file and dashboard count these."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from hqs_xl.compliance.breach import DUE, VIOLATION
from hqs_xl.compliance.first import STOPS
from hqs_xl.compliance.owed import is_done
from hqs_xl.compliance.person import Outcome
from hqs_xl.law.workdays import LAST_DAY
from hqs_xl.roster.columns import DEADLINE_GROUPS

POLICY = "insurance.ending"
# The deadlines by what they are about, as the dashboard's columns have them: heads of their keys.
_HEADS = (
    *(("notice.concluded", "notice.terminated"), ("notice.salary", "salary."), ("permit.", "visa.", "work.")),
    *(("registration",), ("medical",), ("insurance.",), ("leave",)),
)
GROUPS = dict(zip(DEADLINE_GROUPS, _HEADS, strict=True))


class OpenDeadline(NamedTuple):
    """One deadline of one person. ``key``: what it is; ``to_do``: its action's; ``quarter``: of a salary notice."""

    due: date
    key: str
    to_do: str
    quarter: str = ""

    @property
    def group(self) -> str:
        """One of GROUPS."""
        return _group(self.key)


@cache
def _group(key: str) -> str:
    return next(group for group, heads in GROUPS.items() if key.startswith(heads))


def open_deadlines(outcome: Outcome, as_of: date) -> Iterator[OpenDeadline]:
    """All that is not done: what is owed, the end of the policy, and what a salary notice to come shows already.

    And what forbids work or stay since a day, such as the end of the permit.
    """
    for item in outcome.obligations:
        if not is_done(item):
            yield OpenDeadline(item.due, item.name, item.to_do, str(item.quarter or ""))
    ends = policy_end(outcome, as_of)
    if ends:
        yield OpenDeadline(ends, POLICY, POLICY)
    for breach in outcome.breaches:
        if breach.severity == DUE and breach.due and breach.code != POLICY:
            yield OpenDeadline(breach.due, breach.code, breach.to_do, str(breach.fields.get("quarter", "")))
        elif breach.severity == VIOLATION and breach.code in STOPS:
            since = breach.day_to_act(as_of)
            if since:
                yield OpenDeadline(since, breach.code, breach.to_do)


def policy_end(outcome: Outcome, as_of: date) -> date | None:
    """The last day of the insurance, which another has to follow; None where none has to, or nobody stays."""
    person = outcome.person
    ends = person.policy_ends
    if ends is None or ends < as_of or ends == LAST_DAY or ended(outcome, as_of) is not None:
        return None
    until = person.agreement_until if person.is_hqs else None
    return ends if until is None or ends < until else None


def ended(outcome: Outcome, as_of: date) -> date | None:
    """The day since which nothing of the stay is owed; None while it is."""
    person, turn = outcome.person, outcome.turn
    if turn and turn.is_past(as_of):
        return turn.past_from
    if person.has_left(as_of):
        return person.left_on
    return (person.agreement_until or as_of) if outcome.closed else None
