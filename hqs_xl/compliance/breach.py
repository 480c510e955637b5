"""A rule broken by facts as they stand; and days that no document covers as such."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

from hqs_xl.law.deadlines import Deadline
from hqs_xl.roster.spans import Gaps

VIOLATION, DUE, ASK, DATA, SCOPE = "violation", "due", "ask", "data", "scope"


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule broken in a column. ``rule`` gives the source, ``event`` the day by which its value is picked.

    Without an ``event`` that is ``due``, else the day of the check. ``row``: of the salary notice, where it is one.
    ``blanks``: columns whose being blank makes it a breach. ``unread``: those it was found without, for nothing could
    be read there. ``sentence``, ``action``: what says it, and what to do, where that is not the code's own.
    """

    code: str
    column: str
    rule: str
    due: date | None = None
    severity: str = VIOLATION
    deadline: Deadline | None = None
    fields: Mapping[str, object] = field(default_factory=dict)
    event: date | None = None
    row: int | None = None
    blanks: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    sentence: str = ""
    action: str = ""

    @property
    def to_do(self) -> str:
        """The key of what to do about it."""
        return self.action or self.code

    def without(self, unread: AbstractSet[str]) -> Self | None:
        """The same found without some columns; None where nobody can tell whether it is one."""
        return replace(self, unread=tuple(sorted(unread))) if unread.isdisjoint(self.blanks) else None


def broken_by(gaps: Gaps, what: str, column: str, rule: str, blanks: tuple[str, ...]) -> Iterator[Breach]:
    """What gaps break; ``blanks``: the columns of which a blank one says as little as an unread one."""
    if gaps.sure:
        yield Breach(f"{what}.gap", column, rule, due=gaps.sure[0][0], fields=_days(gaps.sure))
    if gaps.untold:
        fields = _days(gaps.untold)
        yield Breach(f"{what}.gap_untold", column, rule, None, DATA, fields=fields, blanks=blanks)


def _days(gaps: Sequence[tuple[date, date]]) -> dict[str, object]:
    total = sum((last - first).days + 1 for first, last in gaps)
    return {"first": gaps[0][0], "last": gaps[-1][1], "total": total}


def too_long(what: str, longest: Deadline, begins: date | None) -> Breach:
    """That it lasts longer than it may; without a first day, than it may even if it began on the day of the check."""
    code, column = f"{what}.too_long", f"{what}_expires"
    blanks = () if begins else (f"{what}_starts",)
    sentence = "" if begins else f"{what}.too_long_today"
    return Breach(code, column, longest.rule, longest.due, deadline=longest, blanks=blanks, sentence=sentence)
