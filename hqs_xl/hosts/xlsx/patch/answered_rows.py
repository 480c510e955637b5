"""Rows whose answers are asked for as they go by, and tables that get new columns meanwhile."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from hqs_xl.hosts.xlsx.patch.plain_patch import CellPatch
from hqs_xl.hosts.xlsx.patch.row_bytes import RowBytes
from hqs_xl.hosts.xlsx.read.plain_row import ROW_END
from hqs_xl.rows import BatchEdit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hqs_xl.hosts.sheets.cell_values import CellValue
    from hqs_xl.hosts.xlsx.patch.row_patch import SheetContext, Span
    from hqs_xl.hosts.xlsx.read.plain_row import PlainRow
    from hqs_xl.rows import RowEdit

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
        self._edit, self._batch = edit, edit if isinstance(edit, BatchEdit) else None
        self._ahead: deque[Mapping[int, Any]] = deque()  # answers to the rows that come next
        self._widened = widened
        self._headed = {table.span.header_row for table in widened}

    def expect(self, rows: Sequence[PlainRow]) -> None:
        """Have these rows answered at once, where the edit can do that."""
        if self._batch:
            self._ahead.extend(self._batch.answers([(row.number, row.values) for row in rows if row.values]))

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
