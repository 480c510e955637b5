"""When specialists' permits were renewed and their agreements ended: for the families, whose own rows do not say it."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from hqs_xl.cells.values import BadValue, to_date

# In place of a day: what stands there is none.
_UNREAD = -1


def renewal_decided(filed: date | None, decided: date | None, since: date | None = None) -> date | None:
    """The day a permit was decided to be renewed; None where the decision is of a first permit, or not known.

    ``filed``: when the renewal was filed; ``since``: when the unbroken run of permits began that the documents list.
    """
    if decided is None:
        return None
    renewed = (filed is not None and filed <= decided) or (since is not None and since < decided)
    return decided if renewed else None


class Renewals:
    """The decisions on specialists' permits by row, kept small until it is known whose family is in the roster."""

    def __init__(self) -> None:
        self._rows, self._filed, self._decided = array("I"), array("i"), array("i")

    def add_all(self, rows: Sequence[int], filed: Sequence[Any], decided: Sequence[Any]) -> None:
        """Take what the cells of rows say; rows ascend."""
        for row, one, other in zip(rows, filed, decided, strict=True):
            if other is not None and (day := _ordinal(other)) > 0:
                self._rows.append(row)
                self._decided.append(day)
                self._filed.append(0 if one is None else max(0, _ordinal(one)))

    def decided(self, row: int, since: date | None = None) -> date | None:
        """When the permit of the person in a row was decided to be renewed; ``since`` as in ``renewal_decided``."""
        place = bisect_left(self._rows, row)
        if place == len(self._rows) or self._rows[place] != row:
            return None
        filed, decided = self._filed[place], date.fromordinal(self._decided[place])
        return renewal_decided(date.fromordinal(filed) if filed else None, decided, since)


class Ending(NamedTuple):
    """The last day of an agreement that has ended, and its column; None where nobody can read whether it has."""

    day: date | None
    column: str


class Endings:
    """The last days of all agreements by row, kept small until it is known whose family is in the roster."""

    def __init__(self) -> None:
        self._rows, self._terminated, self._ends = array("I"), array("i"), array("i")

    def add_all(self, rows: Sequence[int], terminated: Sequence[Any], ends: Sequence[Any]) -> None:
        """Take what the cells of rows say; rows ascend."""
        self._rows.extend(rows)
        self._terminated.extend(map(_ordinal, terminated))
        self._ends.extend(map(_ordinal, ends))

    def ended(self, rows: Sequence[int], as_of: date, unread: Sequence[Collection[str]]) -> Ending | None:
        """How the last of one person's agreements ended before a day; None while one runs or is to come.

        ``rows``: where they stand; ``unread``: the columns of each of these that have no value to be read.
        """
        found = [self._of(row, some) for row, some in zip(rows, unread, strict=True)]
        days = [one for one in found if one is not None]
        if len(days) < len(rows) or any(one.day is not None and one.day >= as_of for one in days):
            return None
        return next((one for one in days if one.day is None), None) or max(days, key=lambda one: one.day or date.min)

    def _of(self, row: int, unread: Collection[str]) -> Ending | None:
        """The last day of the agreement in a row, which a termination sets; None where it is open-ended."""
        place = bisect_left(self._rows, row)
        if place == len(self._rows) or self._rows[place] != row:
            return None
        for column, days in (("terminated_on", self._terminated), ("agreement_ends", self._ends)):
            if days[place] == _UNREAD or column in unread:
                return Ending(None, column)
            if days[place]:
                return Ending(date.fromordinal(days[place]), column)
        return None


# People share their days.
@lru_cache(maxsize=1 << 14, typed=True)
def _ordinal(cell: Any) -> int:
    """The day in a cell; 0 where it is blank."""
    try:
        day = to_date(cell)
    except BadValue:
        return _UNREAD
    return day.toordinal() if day else 0
