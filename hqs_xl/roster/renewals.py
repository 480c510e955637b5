"""Which permits were renewed, and when that was decided: for the families, whose own rows do not say it."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from hqs_xl.cells.values import BadValue, to_date


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
            if other is not None and (day := _ordinal(other)):
                self._rows.append(row)
                self._decided.append(day)
                self._filed.append(0 if one is None else _ordinal(one))

    def decided(self, row: int, since: date | None = None) -> date | None:
        """When the permit of the person in a row was decided to be renewed; ``since`` as in ``renewal_decided``."""
        place = bisect_left(self._rows, row)
        if place == len(self._rows) or self._rows[place] != row:
            return None
        filed, decided = self._filed[place], date.fromordinal(self._decided[place])
        return renewal_decided(date.fromordinal(filed) if filed else None, decided, since)


# People share their days.
@lru_cache(maxsize=1 << 14, typed=True)
def _ordinal(cell: Any) -> int:
    """The day in a cell; 0 where there is none."""
    try:
        day = to_date(cell)
    except BadValue:
        return 0
    return day.toordinal() if day else 0
