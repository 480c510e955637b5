"""A rule broken by facts as they stand; and days that no document covers as such."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from types import MappingProxyType
from typing import NamedTuple, Self

from hqs_xl.compliance.first import deadline_of
from hqs_xl.law.deadlines import Deadline, uncovered
from hqs_xl.roster.doubtful import Doubtful
from hqs_xl.roster.spans import Gaps

VIOLATION, LATE, DUE, ASK, DATA, SCOPE = "violation", "late", "due", "ask", "data", "scope"


class Breach(NamedTuple):
    """A rule broken in a column. ``rule`` gives the source, ``event`` the day by which its value is picked.

    Without an ``event`` that is ``due``, else the day of the check. ``row``: of the salary notice, where it is one.
    ``blanks``: columns whose being blank makes it a breach. ``unread``: those it was found without, for nothing could
    be read there. ``sentence``, ``action``: what says it, and what to do, where that is not the code's own.
    ``hidden``: the rows of the documents for which it can't be told.
    """

    code: str
    column: str
    rule: str
    due: date | None = None
    severity: str = VIOLATION
    deadline: Deadline | None = None
    fields: Mapping[str, object] = MappingProxyType({})
    event: date | None = None
    row: int | None = None
    blanks: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    sentence: str = ""
    action: str = ""
    hidden: tuple[int, ...] = ()

    @property
    def to_do(self) -> str:
        """The key of what to do about it."""
        return self.action or self.code

    def day_to_act(self, as_of: date) -> date | None:
        """The day by which it was to be mended; None where there is none."""
        return deadline_of(self.code, self.severity, self.due, (self.due - as_of).days if self.due else None)

    def without(self, unread: AbstractSet[str]) -> Self | None:
        """The same found without some columns; None where nobody can tell whether it is one."""
        return self._replace(unread=tuple(sorted(unread))) if unread.isdisjoint(self.blanks) else None

    def unless(self, doubtful: Iterable[Doubtful]) -> Self:
        """The same as what can't be told, where any of these documents may be the one that answers it."""
        rows = rows_of(doubtful)
        if not rows or self.severity == DATA:
            return self
        code, sentence = f"{self.code}_untold", self.sentence or self.code
        return self._replace(code=code, severity=DATA, sentence=sentence, action="hidden", hidden=rows)


def rows_of(doubtful: Iterable[Doubtful]) -> tuple[int, ...]:
    """The rows of doubtful documents, in order."""
    return tuple(sorted({one.row for one in doubtful}))


def broken_by(
    gaps: Gaps,
    what: str,
    column: str,
    rule: str,
    blanks: tuple[str, ...],
    *,
    as_of: date | None = None,
    doubtful: Sequence[Doubtful] = (),
) -> Iterator[Breach]:
    """What gaps break; ``blanks``: the columns of which a blank one says as little as an unread one.

    ``as_of``: the day on which a gap can still be closed; one that ended before it was closed late. Days that a
    ``doubtful`` document may cover are told apart from those that none does.
    """
    may_be = [(one.first, one.last) for one in doubtful]
    sure = [days for gap in gaps.sure for days in uncovered(gap, may_be)]
    hidden = [days for gap in gaps.sure for days in uncovered(gap, sure)]
    for days in (sure, hidden):
        if days:
            first, last = days[0][0], days[-1]
            found = Breach(f"{what}.gap", column, rule, due=first, fields=_days(days))
            if as_of and last[1] < as_of:
                found = found._replace(severity=LATE, action=f"{what}.gap_closed")
            elif as_of:
                found = found._replace(due=last[0])
            yield found.unless(one for one in doubtful if any(one.may_cover(*gap) for gap in days))
    if gaps.untold:
        fields = _days(gaps.untold)
        yield Breach(f"{what}.gap_untold", column, rule, None, DATA, fields=fields, blanks=blanks)


def _days(gaps: Sequence[tuple[date, date]]) -> dict[str, object]:
    total = sum((last - first).days + 1 for first, last in gaps)
    return {"first": gaps[0][0], "last": gaps[-1][1], "total": total}


def begun_untold(what: str, last_days: Iterable[date], rule: str, *shown_by: str) -> Breach:
    """That nobody can tell whether what lasts until one of some days has begun: no cell says when.

    ``shown_by``: the other columns that would show it.
    """
    column = f"{what}_starts"
    blanks = (column, *shown_by)
    return Breach(f"{what}.begun_untold", column, rule, None, DATA, fields={"day": max(last_days)}, blanks=blanks)


def too_long(what: str, longest: Deadline, begins: date | None) -> Breach:
    """That it lasts longer than it may; without a first day, than it may even if it began on the day of the check."""
    code, column = f"{what}.too_long", f"{what}_expires"
    blanks = () if begins else (f"{what}_starts",)
    sentence = "" if begins else f"{what}.too_long_today"
    return Breach(code, column, longest.rule, longest.due, deadline=longest, blanks=blanks, sentence=sentence)
