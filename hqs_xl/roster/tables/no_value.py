"""Cells of a table that seem blank and are none: merged with the one above, or filled by a formula nobody counted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from hqs_xl.cells.values import BadValue
from hqs_xl.roster.columns import facts
from hqs_xl.roster.headers.notes import cell_name
from hqs_xl.roster.tables import Found
from hqs_xl.rows import OneValue


class _Rows(NamedTuple):
    """Rows of a column without a value of their own, and the cells that have one value with them."""

    first: int
    last: int
    area: OneValue


@dataclass(slots=True)
class NoValue:
    """The cells of a table that have no value of their own: by column key their rows, in order."""

    by_column: dict[str, list[_Rows]] = field(default_factory=dict)

    @classmethod
    def of(cls, table: Found, areas: Iterable[OneValue]) -> NoValue:
        """Those of a table, by the cells of its sheet that have one value between them."""
        found: dict[str, list[_Rows]] = {}
        keys = {column.key for column in facts(table.kind)}
        for area in sorted(areas):
            if area.first_row > table.header_row and not _is_heading(area, table):
                for place, key in table.places.items():
                    if key in keys and area.first_column <= place <= area.last_column:
                        first = area.first_row + (place == area.first_column)
                        if first <= area.last_row:
                            found.setdefault(key, []).append(_Rows(first, area.last_row, area))
        return cls(found)

    def __bool__(self) -> bool:
        """Whether there is any such cell."""
        return bool(self.by_column)

    def in_row(self, row: int) -> dict[str, BadValue]:
        """The columns that have no value of their own in a row, each with what is to be said."""
        found = {}
        for key, rows in self.by_column.items():
            at = bisect_right(rows, row, key=lambda one: one.first) - 1
            if at >= 0 and row <= rows[at].last:
                found[key] = _error(rows[at].area)
        return found

    def each(self) -> Iterator[tuple[int, str, BadValue]]:
        """Their first row, column and what is to be said, column by column."""
        return ((rows.first, key, _error(rows.area)) for key, some in self.by_column.items() for rows in some)


def _is_heading(area: OneValue, table: Found) -> bool:
    """Whether cells merged along a row are a line across the table, such as a department's name."""
    return area.merged and area.first_row == area.last_row and area.first_column <= min(table.places)


def _error(area: OneValue) -> BadValue:
    cells = f"{cell_name(area.first_row, area.first_column)}:{cell_name(area.last_row, area.last_column)}"
    return BadValue("merged" if area.merged else "not_stored", cells=cells, first=area.first_row)
