"""Rows of a table taken out: those that stay move up within the table's columns, as when Excel deletes the cells.

What can't be moved without loss is refused with its cell: formulas that refer to cells by where these stand, formulas
shared by several cells, merged cells, links, and formats or validations of some of the rows.
"""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from hqs_xl.formulas.references import references
from hqs_xl.hosts.package.opc import MAIN
from hqs_xl.hosts.package.xml_bytes import attribute, with_attribute, without
from hqs_xl.hosts.sheets.places import area_of, letters
from hqs_xl.hosts.xlsx.patch.cell_bytes import content
from hqs_xl.hosts.xlsx.patch.plain_patch import CellPatch
from hqs_xl.hosts.xlsx.patch.row_bytes import OddNamesError, RowBytes
from hqs_xl.hosts.xlsx.patch.row_splices import ALL, VALUES, fitting, rewritten, widened
from hqs_xl.hosts.xlsx.read.plain_row import ROW_END
from hqs_xl.rows import column_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hqs_xl.errors import UnusableFile
    from hqs_xl.hosts.sheets.cell_values import CellValue
    from hqs_xl.hosts.xlsx.patch.row_bytes import CellBytes
    from hqs_xl.hosts.xlsx.patch.row_patch import SheetContext, Span
    from hqs_xl.hosts.xlsx.read.plain_row import PlainRow

# What stands at cells besides: of these an area that holds all rows concerned stays right.
_HANGS = {f"{MAIN} hyperlink": "ref", f"{MAIN} conditionalFormatting": "sqref", f"{MAIN} dataValidation": "sqref"}


class BesideFormula(NamedTuple):
    """A formula that stands beside a table; ``is_shared``: by other cells, for which it moves on."""

    row: int
    column: int
    text: str
    is_shared: bool


class KeptRows(CellPatch):
    """Gathers the bytes of some rows, and the formulas beside a table, and changes nothing."""

    def __init__(self, context: SheetContext, span: Span, wanted: frozenset[int]) -> None:
        super().__init__(context)
        self._span, self._wanted = span, wanted
        self.found: dict[int, bytes] = {}
        self.beside: list[BesideFormula] = []

    def plain(self, row: PlainRow) -> bytes:
        """A row of the usual shape."""
        self._keep(row.data + ROW_END, row.number)
        return row.data

    def exact(
        self, row: bytes, number: int, cells: dict[int, CellValue], answers: Mapping[int, object] | None = None
    ) -> bytes:
        """A row of any shape."""
        del cells, answers
        self._keep(row, number)
        return row

    def _keep(self, row: bytes, number: int) -> None:
        if number in self._wanted:
            self.found[number] = row
        if b"<f" not in row and b":f" not in row:
            return
        taken, span = RowBytes(row), self._span
        for cell in taken.cells:
            inside = span.first_column <= cell.column <= span.last_column and number > span.header_row
            if cell.formula is not None and not (inside and number <= span.last_row):
                text = unescape(taken.text(cell.formula).decode("utf-8", "replace"))
                is_shared = attribute(cell.formula.tag, b"t") == b"shared"
                self.beside.append(BesideFormula(number, cell.column, text, is_shared))


class RemovedRows(CellPatch):
    """The rows of a table, with those that stay moved up; where none does, one is left with its formulas alone."""

    def __init__(
        self,
        context: SheetContext,
        span: Span,
        moves: Mapping[int, int],
        kept: Mapping[int, bytes],
        blank: int | None = None,
    ) -> None:
        """``moves``: which row comes to stand in which, top down; ``kept``: the bytes of those that move.

        ``blank``: the row that is left empty, where nobody stays.
        """
        super().__init__(context)
        self._span, self._moves, self._kept, self._blank = span, moves, kept, blank
        rows = range(span.header_row + 1, span.last_row + 1)
        still = (row for row in rows if moves.get(row) != row or row == blank)
        self._first = next(still, span.last_row + 1)
        self.formulas_went = True

    def plain(self, row: PlainRow) -> bytes:
        """A row of the usual shape, without its end tag."""
        if not self._first <= row.number <= self._span.last_row:
            return row.data
        return self._without(row.data + ROW_END, row.number).removesuffix(ROW_END)

    def exact(
        self, row: bytes, number: int, cells: dict[int, CellValue], answers: Mapping[int, object] | None = None
    ) -> bytes:
        """A row of any shape."""
        del cells, answers
        return self._without(row, number) if self._first <= number <= self._span.last_row else row

    def around(self, name: str, attributes: dict[str, str]) -> None:
        """An element outside the rows, which may hang on cells that move or go."""
        super().around(name, attributes)
        span = self._span
        for part in attributes.get(_HANGS.get(name, ""), "").split():
            area = area_of(part)
            if area is None or area[0] > span.last_row or area[1] < self._first:
                continue
            beside = area[3] < span.first_column or area[2] > span.last_column
            if not beside and (name.endswith("hyperlink") or area[0] > self._first or area[1] < span.last_row):
                raise self._stays(part)

    def _without(self, row: bytes, number: int) -> bytes:
        """A row without its own cells of the table, and with those that move into it."""
        taken, span = self._taken(row, number), self._span
        held = {cell.column: taken.data[cell.start : cell.end] for cell in taken.cells}
        for cell in taken.cells:
            if span.first_column <= cell.column <= span.last_column:
                self._check_alone(cell, number)
                del held[cell.column]
        if source := self._kept.get(self._moves.get(number, 0)):
            held |= self._moved(self._taken(source, self._moves[number]), number)
        elif number == self._blank:
            held |= self._emptied(taken)
        columns = range(span.first_column, span.last_column + 1)
        self.reach.add(number, columns)
        self._note_change(number, columns)
        head = fitting(taken.head)
        if source and attribute(self._taken(source, self._moves[number]).head, b"hidden") in {None, b"0", b"false"}:
            # Whoever was in sight is so in the row of somebody who was hidden.
            head = without(head, b"hidden")
        if taken.closed:
            head = head[:-2].rstrip() + b">"
        if held:
            head = widened(head, min(held), max(held))
        end = taken.data[taken.cells[-1].end if taken.cells else taken.inner :]
        return head + b"".join(held[column] for column in sorted(held)) + (end or b"</%brow>" % taken.prefix)

    def _emptied(self, row: RowBytes) -> dict[int, bytes]:
        """The cells of the row that is left: formulas nobody has counted, and formats."""
        cells: dict[int, bytes] = {}
        for cell in row.cells:
            if self._span.first_column <= cell.column <= self._span.last_column:
                has_formula = cell.formula is not None
                inner = content(None, row.prefix, formula=has_formula)
                cells[cell.column] = rewritten(row, cell, cell.style, inner, VALUES if has_formula else ALL)
        return cells

    def _moved(self, row: RowBytes, number: int) -> dict[int, bytes]:
        """The table's cells of a row as they stand in another."""
        cells: dict[int, bytes] = {}
        for cell in row.cells:
            if self._span.first_column <= cell.column <= self._span.last_column:
                source = self._moves[number]
                self._check_alone(cell, source)
                self._check_free(row, cell, source)
                tag = with_attribute(cell.tag, b"r", b"%b%d" % (letters(cell.column), number))
                cells[cell.column] = tag + row.data[cell.start + len(cell.tag) : cell.end]
        return cells

    def _check_alone(self, cell: CellBytes, number: int) -> None:
        """Refuse a formula that fills other cells too."""
        if cell.formula is not None and attribute(cell.formula.tag, b"t") not in {None, b"normal"}:
            raise self._stays(f"{column_name(cell.column)}{number}")

    def _check_free(self, row: RowBytes, cell: CellBytes, number: int) -> None:
        """Refuse a formula that would mean other cells one row up; columns of tables and names stay what they are."""
        if cell.formula is None:
            return
        text = unescape(row.text(cell.formula).decode("utf-8", "replace"))
        for one in references(text, number, cell.column).found:
            if not one.name and not all(bound.fixed for bound in one.rows):
                raise self._stays(f"{column_name(cell.column)}{number}")

    def _taken(self, row: bytes, number: int) -> RowBytes:
        try:
            return RowBytes(row)
        except OddNamesError:
            raise self._package.refusal("odd_row", sheet=self.sheet, row=number) from None

    def _stays(self, cell: str) -> UnusableFile:
        return self._package.refusal("row_stays", sheet=self.sheet, cell=cell)
