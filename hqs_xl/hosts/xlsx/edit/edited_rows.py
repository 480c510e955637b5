"""The two ways rows are edited: answered one by one, or a table's rows written anew."""

from __future__ import annotations

import json
from collections import deque
from datetime import date
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any

from hqs_xl.hosts.package.xml_bytes import prefix_of
from hqs_xl.hosts.xlsx.edit.cell_bytes import answered
from hqs_xl.hosts.xlsx.edit.row_bytes import RowBytes
from hqs_xl.hosts.xlsx.edit.row_patch import CellPatch, Place
from hqs_xl.hosts.xlsx.edit.row_splices import new_cell
from hqs_xl.hosts.xlsx.read.places import MAX_ROWS
from hqs_xl.hosts.xlsx.read.plain_rows import ROW_END
from hqs_xl.rows import BatchEdit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hqs_xl.hosts.xlsx.edit.row_patch import SheetContext
    from hqs_xl.hosts.xlsx.edit.sheet_tables import Span
    from hqs_xl.hosts.xlsx.read.cell_values import CellValue
    from hqs_xl.hosts.xlsx.read.plain_rows import PlainRow
    from hqs_xl.rows import RowEdit

# Rows of findings kept in memory, in bytes.
ROWS_IN_MEMORY = 8 << 20

_BLANK: dict[int, Any] = {}


class AnsweredRows(CellPatch):
    """Rows whose answers are asked for one by one, and tables that get new columns."""

    def __init__(
        self,
        context: SheetContext,
        edit: RowEdit | None,
        widened: Sequence[Widened],
        above: dict[int, int] | None = None,
    ) -> None:
        super().__init__(context, above)
        self._edit = edit
        self._ahead: deque[Mapping[int, Any]] = deque()  # answers to the rows that come next
        self._widened = widened
        self._headed = {table.span.header_row for table in widened}
        self._header_style = 0

    def expect(self, rows: Sequence[PlainRow]) -> None:
        """Have these rows answered at once, where the edit can do that."""
        if isinstance(self._edit, BatchEdit):
            self._ahead.extend(self._edit.answers([(row.number, row.values) for row in rows if row.values]))

    def plain(self, row: PlainRow) -> bytes:
        """A row of the usual shape, without its end tag, as it is written anew."""
        if row.number not in self._headed:
            return super().plain(row)
        return self._as_header(row.data + ROW_END, row.number, row.values).removesuffix(ROW_END)

    def exact(
        self, row: bytes, number: int, cells: dict[int, CellValue], answers: Mapping[int, Any] | None = None
    ) -> bytes:
        """A row of any shape as it is written anew."""
        if number in self._headed:
            return self._as_header(row, number, cells)
        return super().exact(row, number, cells, answers)

    def _as_header(self, row: bytes, number: int, cells: dict[int, CellValue]) -> bytes:
        """A header row with the new headers in the format of those beside them."""
        table = next(table for table in self._widened if table.span.header_row == number)
        styles = {cell.column: cell.style for cell in RowBytes(row).cells if cell.column in cells}
        style = next((styles[column] for column in sorted(styles, reverse=True) if column < min(table.headers)), 0)
        self.above.update(dict.fromkeys(table.headers, style))
        try:
            return super().exact(row, number, cells)
        finally:
            for column in table.headers:
                self.above.pop(column, None)

    def _answers(self, number: int, cells: dict[int, CellValue]) -> Mapping[int, Any]:
        if self._widened:
            self._check_free(number, cells)
        answers: Mapping[int, Any] = _BLANK
        if cells and self._edit is not None:
            answers = self._ahead.popleft() if self._ahead else self._edit(number, cells)
        for table in self._widened:
            if table.span.header_row == number:
                answers = {**answers, **table.headers}
        return answers

    def _check_free(self, number: int, cells: dict[int, CellValue]) -> None:
        for table in self._widened:
            if table.span.header_row <= number <= table.span.last_row and not cells.keys().isdisjoint(table.headers):
                raise self._package.refusal("in_the_way", sheet=self.sheet, row=number)


class Widened:
    """A table that gets new columns: their headers by place."""

    __slots__ = ("headers", "span")

    def __init__(self, span: Span, headers: dict[int, str]) -> None:
        self.span, self.headers = span, headers


class RowsAhead:
    """Rows of a table that wait to be written, on the disk where they are many."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=ROWS_IN_MEMORY, mode="w+", encoding="utf-8", newline="\n")  # noqa: SIM115 - closed by close()
        self.count = 0

    def put(self, row: Sequence[Any]) -> None:
        """One more row."""
        self._file.write(json.dumps(row, default=_day_number) + "\n")
        self.count += 1

    def rewind(self) -> None:
        """All rows are there; they are taken from the first on."""
        self._file.seek(0)

    def take(self) -> list[Any]:
        """The next row."""
        row: list[Any] = json.loads(self._file.readline(), object_hook=lambda day: date.fromordinal(day["day"]))
        return row

    def close(self) -> None:
        """Lets the file go."""
        self._file.close()


def _day_number(value: date) -> dict[str, int]:
    return {"day": value.toordinal()}


class ReplacedRows(CellPatch):
    """The rows below a table's header, written anew from the top; those left over lose their values."""

    def __init__(self, context: SheetContext, span: Span, columns: Sequence[int], rows: RowsAhead) -> None:
        super().__init__(context)
        self._span, self._columns, self._ahead = span, columns, rows
        self._next = span.header_row + 1
        self._end = span.header_row + rows.count
        self._prefix = b""
        self._first: dict[int, int] = {}
        self.last_other = 0  # the last row where other columns of the table hold anything
        if self._end > MAX_ROWS:
            raise context.package.refusal("too_many_rows", sheet=context.sheet)

    def between(self, number: int) -> bytes:
        """New rows before the row of a number."""
        return self._new_rows(min(number - 1, self._end)) if self._next <= min(number - 1, self._end) else b""

    def below(self) -> bytes:
        """New rows below the last one."""
        return self._new_rows(self._end)

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
        elif any(span.first_column <= column <= span.last_column and column not in self._columns for column in cells):
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

    def _new_row(self, number: int, values: list[Any]) -> bytes:
        cells: list[bytes] = []
        for column, value in sorted(zip(self._columns, values, strict=True)):
            answer = answered(value, date1904=self._date1904)
            cells.append(self._new_cell(Place(number, column), answer, b"", self._prefix))
        self.reach.add(number, self._columns)
        self.changed = True
        return b'<%brow r="%d">%b</%brow>' % (self._prefix, number, b"".join(cells), self._prefix)


class NewRows:
    """The rows of a new sheet's table, below its header."""

    def __init__(self, context: SheetContext) -> None:
        self._styles, self._date1904 = context.styles, context.date1904
        self.last_row = 1

    def header(self, headers: Sequence[str], style: int) -> bytes:
        """The header row."""
        answers = [answered(text, date1904=False) for text in headers]
        cells = b"".join(new_cell(1, place, answer, style, b"") for place, answer in enumerate(answers))
        return b'<row r="1">%b</row>' % cells

    def row(self, values: Sequence[Any]) -> bytes:
        """The next row."""
        self.last_row += 1
        cells: list[bytes] = []
        for column, value in enumerate(values):
            answer = answered(value, date1904=self._date1904)
            if answer.value is not None:
                cells.append(new_cell(self.last_row, column, answer, self._style(answer), b""))
        return b'<row r="%d">%b</row>' % (self.last_row, b"".join(cells))

    def _style(self, answer: Any) -> int:
        if answer.is_date:
            return self._styles.dated(0)
        return self._styles.quoted(0) if answer.needs_quote else 0
