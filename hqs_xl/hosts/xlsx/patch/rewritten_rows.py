"""The rows of a table written anew below its header."""

from __future__ import annotations

import json
from datetime import date
from functools import cached_property
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any

from hqs_xl.formulas.links import Link
from hqs_xl.hosts.package.xml_bytes import prefix_of
from hqs_xl.hosts.sheets.places import MAX_ROWS
from hqs_xl.hosts.xlsx.patch.cell_bytes import answered
from hqs_xl.hosts.xlsx.patch.cell_rules import Growing, grown
from hqs_xl.hosts.xlsx.patch.plain_patch import CellPatch
from hqs_xl.hosts.xlsx.patch.row_patch import Place
from hqs_xl.hosts.xlsx.read.plain_row import ROW_END, numbered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hqs_xl.hosts.sheets.cell_values import CellValue
    from hqs_xl.hosts.xlsx.patch.row_patch import SheetContext, Span

# Rows that wait in memory as they are, and bytes of those after them.
ROWS_IN_MEMORY, BYTES_IN_MEMORY = 1 << 12, 8 << 20

_BLANK: dict[int, Any] = {}


class RowQueue:
    """Rows of a table that wait to be written, on the disk where they are many."""

    def __init__(self) -> None:
        self._first: list[Sequence[Any]] = []
        self.count = self._taken = 0

    @cached_property
    def _file(self) -> SpooledTemporaryFile[str]:
        return SpooledTemporaryFile(max_size=BYTES_IN_MEMORY, mode="w+", encoding="utf-8", newline="\n")

    def put(self, row: Sequence[Any]) -> None:
        """One more row."""
        if self.count < ROWS_IN_MEMORY:
            self._first.append(row)
        else:
            self._file.write(json.dumps(row, default=_put_down) + "\n")
        self.count += 1

    def rewind(self) -> None:
        """All rows are there; they are taken from the first on, once more if they were before."""
        self._taken = 0
        if self.count > ROWS_IN_MEMORY:
            self._file.seek(0)

    def take(self) -> Sequence[Any]:
        """The next row."""
        self._taken += 1
        if self._taken <= len(self._first):
            return self._first[self._taken - 1]
        row: list[Any] = json.loads(self._file.readline(), object_hook=_taken_up)
        return row

    def close(self) -> None:
        """Throw the rows away."""
        if "_file" in vars(self):
            self._file.close()


def _put_down(value: date | Link) -> dict[str, Any]:
    return {"link": (value.sheet, value.cell)} if isinstance(value, Link) else {"day": value.toordinal()}


def _taken_up(put_down: dict[str, Any]) -> date | Link:
    return Link(*put_down["link"]) if "link" in put_down else date.fromordinal(put_down["day"])


class RewrittenRows(CellPatch):
    """The rows below a table's header, written anew from the top; those left over lose their values."""

    wants_rest = True

    def __init__(self, context: SheetContext, span: Span, columns: Sequence[int], rows: RowQueue) -> None:
        """``columns``: from 0, ascending; the rows have a value for each."""
        super().__init__(context)
        self._span, self._columns, self._ahead = span, columns, rows
        self._own = frozenset(columns)
        self._next = span.header_row + 1
        self._end = span.header_row + rows.count
        self._prefix = b""
        self._first: dict[int, int] = {}
        self.last_other = 0  # the last row where other columns of the table hold anything
        if self._end > MAX_ROWS:
            raise context.package.refusal("too_many_rows", sheet=context.sheet)

    def lacks_rows(self, number: int | None = None) -> bool:
        """Whether new rows are due before the row of a number, or below the last one."""
        return self._next <= (self._end if number is None else min(number - 1, self._end))

    def between(self, number: int) -> bytes:
        """New rows before the row of a number."""
        return self._new_rows(min(number - 1, self._end)) if self.lacks_rows(number) else b""

    def below(self) -> bytes:
        """New rows below the last one."""
        return self._new_rows(self._end)

    def rest(self, data: bytes) -> bytes:
        """The rules for all rows, its colours, hold for more of them too."""
        growing = Growing(self._span, self._span.last_row, self._end)
        return grown(data, growing)[0] if self.changed else data

    def exact(
        self, row: bytes, number: int, cells: dict[int, CellValue], answers: Mapping[int, Any] | None = None
    ) -> bytes:
        """A row of any shape as it is written anew."""
        self._prefix = prefix_of(row)
        return super().exact(row, number, cells, answers)

    def _answers(self, number: int, cells: dict[int, CellValue]) -> Mapping[int, Any]:
        span = self._span
        if number <= span.header_row:
            return _BLANK
        if self._next == span.header_row + 2:
            self._first = dict(self.above)
        if number > span.last_row:
            if number <= self._end and any(span.first_column <= column <= span.last_column for column in cells):
                raise self._package.refusal("in_the_way", sheet=self.sheet, row=number)
        elif not cells.keys() <= self._own and any(
            span.first_column <= column <= span.last_column for column in cells.keys() - self._own
        ):
            self.last_other = number
        if number <= self._end:
            self._next = number + 1
            return dict(zip(self._columns, self._ahead.take(), strict=True))
        return dict.fromkeys(self._columns) if number <= span.last_row else _BLANK

    def _style_of(self, column: int, head: bytes) -> int:
        return self._first[column] if column in self._first else super()._style_of(column, head)

    def _new_rows(self, last: int) -> bytes:
        rows: list[bytes] = []
        for number in range(self._next, last + 1):
            rows.append(self._new_row(number, self._ahead.take()))
            if number == self._span.header_row + 1:
                self._first = dict(self.above)
        self._next = max(self._next, last + 1)
        return b"".join(rows)

    def _new_row(self, number: int, values: Sequence[Any]) -> bytes:
        self.reach.add(number, self._columns)
        self._note_change(number, self._columns)
        if not self._prefix and not self._formulas.any_area:
            return self._plain_new_row(number, values)
        cells: list[bytes] = []
        for column, value in zip(self._columns, values, strict=True):
            answer = answered(value, date1904=self._date1904)
            cells.append(self._new_cell(Place(number, column), answer, b"", self._prefix))
        return b'<%brow r="%d">%b</%brow>' % (self._prefix, number, b"".join(cells), self._prefix)

    def _plain_new_row(self, number: int, values: Sequence[Any]) -> bytes:
        cells = {
            column: cell
            for column, value in zip(self._columns, values, strict=True)
            if (cell := self._fresh_cell(column, value, b""))
        }
        if cells:
            self.reach.add_new(number, *cells)
        digits = b"%d" % number
        return b'<row r="%b">%b%b' % (digits, numbered(cells.values(), digits), ROW_END)
