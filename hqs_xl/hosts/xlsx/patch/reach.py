"""Which cells of a sheet an edit touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hqs_xl.hosts.package.xml_bytes import attribute, with_attribute
from hqs_xl.hosts.sheets.places import area_name, area_of
from hqs_xl.hosts.sheets.runs import RowsByColumns

if TYPE_CHECKING:
    from collections.abc import Sequence


class Reach:
    """The cells that were answered: which, from which row to which, which of them are others now, which are new."""

    def __init__(self) -> None:
        self.answered, self.changed = RowsByColumns(), RowsByColumns()
        self.first_row = self.last_row = 0
        self._new_columns: set[int] = set()
        self._new_rows: list[int] = []  # the first and the last

    def add(self, number: int, columns: Sequence[int]) -> None:
        """Some cells of a row are answered; rows ascend."""
        self.answered.add(number, columns)
        self.first_row = self.first_row or number
        self.last_row = number

    def add_new(self, number: int, *columns: int) -> None:
        """Cells stand where there were none; rows ascend."""
        self._new_columns.update(columns)
        self._new_rows[:] = [self._new_rows[0] if self._new_rows else number, number]

    def take(self, other: Reach) -> None:
        """Add what a worker has answered further down."""
        self.changed.take(other.changed)
        if other.answered:
            self.answered.take(other.answered)
            self.first_row = self.first_row or other.first_row
            self.last_row = other.last_row
        if other._new_rows:
            self._new_columns |= other._new_columns
            self._new_rows[:] = [*(self._new_rows or other._new_rows)[:1], other._new_rows[-1]]

    def meets(self, area: tuple[int, int, int, int]) -> bool:
        """Whether an area (first row, last row, first column, last column) may hold answered cells."""
        first_row, last_row, first_column, last_column = area
        return (
            bool(self.answered)
            and first_row <= self.last_row
            and last_row >= self.first_row
            and any(first_column <= column <= last_column for column in self.answered.columns())
        )

    def widened(self, dimension: bytes) -> bytes:
        """The element that says how far a sheet's cells reach, with the new cells in it."""
        old = area_of((attribute(dimension, b"ref") or b"").decode("ascii", "replace"))
        if old is None or not self._new_rows:
            return dimension
        rows = (old[0], old[1], *self._new_rows)
        columns = (old[2], old[3], *self._new_columns)
        new = (min(rows), max(rows), min(columns), max(columns))
        return dimension if new == old else with_attribute(dimension, b"ref", area_name(*new).encode())
