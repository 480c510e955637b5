"""Answers put into the cells of rows; every byte of what is not answered stays as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from hqs_xl.formulas.links import same_link
from hqs_xl.formulas.today import settled
from hqs_xl.hosts.package.opc import MAIN
from hqs_xl.hosts.package.xml_bytes import attribute
from hqs_xl.hosts.sheets.places import area_of
from hqs_xl.hosts.xlsx.patch.cell_bytes import answered, content, linked, same
from hqs_xl.hosts.xlsx.patch.formulas import Formulas, IsOwn, holds_link, nobodys, text_of
from hqs_xl.hosts.xlsx.patch.reach import Reach
from hqs_xl.hosts.xlsx.patch.row_bytes import OddNamesError, RowBytes
from hqs_xl.hosts.xlsx.patch.row_splices import ALL, Splice, fitting, new_cell, opened, rewritten
from hqs_xl.rows import UNCOUNTED, column_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hqs_xl.errors import UnusableFile
    from hqs_xl.hosts.package.opc import Package
    from hqs_xl.hosts.sheets.cell_values import CellValue
    from hqs_xl.hosts.xlsx.patch.cell_bytes import Answer
    from hqs_xl.hosts.xlsx.patch.row_bytes import CellBytes
    from hqs_xl.hosts.xlsx.patch.styles import Styles
    from hqs_xl.hosts.xlsx.read.plain_row import PlainRow

_MERGE = f"{MAIN} mergeCell"
_COL = f"{MAIN} col"
_TYPED_FORMULA = re.compile(rb"<[^<>]*\bt\s*=\s*[\"'](?:array|shared|dataTable)")


class SheetContext(NamedTuple):
    """What the patch of a sheet has to know; ``own``: which formulas are our own."""

    package: Package
    sheet: str
    styles: Styles
    date1904: bool
    own: IsOwn = nobodys


class Span(NamedTuple):
    """The cells of a table: rows from 1, columns from 0; a plain range goes on to the sheet's end."""

    header_row: int
    last_row: int
    first_column: int
    last_column: int


class Place(NamedTuple):
    """A cell's row, from 1, and column, from 0."""

    row: int
    column: int


class _Held(NamedTuple):
    """What a cell holds before it is answered; ``formula`` is the element's bytes.

    ``no_result``: an error, or a formula nobody has counted.
    """

    value: CellValue | None
    style: int
    formula: bytes | None
    no_result: bool


class ExactPatch:
    """Writes answers into rows of any shape, cell by cell."""

    wants_rest = False

    def __init__(self, context: SheetContext, above: dict[int, int] | None = None) -> None:
        """``above``: by column, the format of the last cell answered in it."""
        self.context = context
        self._package, self.sheet, self._styles, self._date1904, own = context
        self._formulas = Formulas(context.package, own)
        self._column_styles: list[tuple[int, int, int]] = []
        self.above: dict[int, int] = {} if above is None else above
        self.reach = Reach()
        self.changed = False
        self.formulas_went = False

    def around(self, name: str, attributes: dict[str, str]) -> None:
        """An element outside the rows: a column's format, or merged cells, which must not be answered."""
        if name == _COL:
            place = [int(text) for text in map(attributes.get, ("min", "max", "style")) if text and text.isdigit()]
            if len(place) == 3:  # noqa: PLR2004 - a column may have no format
                self._column_styles.append((place[0] - 1, place[1] - 1, place[2]))
        elif name == _MERGE:
            area = area_of(attributes.get("ref", ""))
            if area is not None and self.reach.meets(area):
                raise self._package.refusal("merged", sheet=self.sheet, cell=attributes["ref"])

    @property
    def knows_areas(self) -> bool:
        """Whether the formula of some cell above may fill cells below."""
        return self._formulas.any_area

    def take(self, above: Mapping[int, int], reach: Reach, *, changed: bool) -> None:
        """Take note of rows that a worker has patched."""
        self.above.update(above)
        self.reach.take(reach)
        self.changed = self.changed or changed

    def expect(self, rows: Sequence[PlainRow]) -> None:
        """These rows, none of them a header, are patched next."""

    def lacks_rows(self, _number: int | None = None) -> bool:
        """Whether new rows are due before the row of a number, or below the last one."""
        return False

    def between(self, _number: int) -> bytes:
        """New rows before the row of a number."""
        return b""

    def below(self) -> bytes:
        """New rows below the last one."""
        return b""

    def rest(self, data: bytes) -> bytes:
        """What follows the rows stays as it is."""
        return data

    def exact(
        self, row: bytes, number: int, cells: dict[int, CellValue], answers: Mapping[int, Any] | None = None
    ) -> bytes:
        """A row of any shape as it is written anew; ``answers`` are asked for where they are not known yet."""
        if answers is None:
            answers = self._answers(number, cells)
        if not answers and not _TYPED_FORMULA.search(row):
            return row
        try:
            taken = RowBytes(row)
        except OddNamesError:
            raise self._package.refusal("odd_row", sheet=self.sheet, row=number) from None
        self._formulas.see(taken, number)
        if not answers:
            return row
        columns = sorted(answers)
        self.reach.add(number, columns)
        found = {cell.column: cell for cell in taken.cells}
        splices: list[Splice] = []
        changed: list[int] = []
        for column in columns:
            place, answer = Place(number, column), answered(answers[column], date1904=self._date1904)
            cell = found.get(column)
            if cell is None:
                spliced = self._exact_new_cell(taken, place, answer)
            else:
                spliced = self._exact_cell(taken, cell, place, answer, cells.get(column))
            splices += spliced
            changed += [column] if spliced else []
        if not splices:
            return row
        self._note_change(number, changed)
        return fitting(opened(taken, splices))

    def _note_change(self, number: int, columns: Sequence[int]) -> None:
        """These cells of a row are others now."""
        self.changed = True
        self.reach.changed.add(number, columns)

    def _answers(self, number: int, cells: dict[int, CellValue]) -> Mapping[int, Any]:
        """What a row's cells become."""
        raise NotImplementedError

    def _exact_cell(
        self, row: RowBytes, cell: CellBytes, place: Place, answer: Answer, old: CellValue | None
    ) -> list[Splice]:
        is_error, uncounted = cell.kind == "e", cell.formula is not None and old == UNCOUNTED
        old = settled(old)
        if old is None and not is_error:
            old = row.raw_value(cell)
        formula = None if cell.formula is None else row.data[cell.formula.start : cell.formula.end]
        held = _Held(old, cell.style, formula, is_error or uncounted)
        if (answer.link is not None or formula) and self._is_free_for_links(place, formula):
            return self._linked(row, cell, place, answer, held)
        style = self._decided(place, answer, held)
        if style is None:
            return []
        inner = content(answer.value, row.prefix, formula=self._has_formula(place, formula))
        return [Splice(cell.start, cell.end, rewritten(row, cell, style, inner))]

    def _is_free_for_links(self, place: Place, formula: bytes | None) -> bool:
        """Whether a cell holds a value or a link."""
        return self._formulas.area_at(*place) is None and (formula is None or holds_link(formula))

    def _linked(self, row: RowBytes, cell: CellBytes, place: Place, answer: Answer, held: _Held) -> list[Splice]:
        """A cell that becomes a link, or that was one, written anew with its formula."""
        self.above[place.column] = held.style
        if answer.cached:
            return []
        there = held.formula and answer.link and same_link(text_of(held.formula), answer.link)
        if there and same(held.value, answer.value) and not held.no_result:
            return []
        self.formulas_went = self.formulas_went or (held.formula is not None and answer.link is None)
        style = self._styled(answer, held.style)
        return [Splice(cell.start, cell.end, rewritten(row, cell, style, linked(answer, row.prefix), ALL))]

    def _decided(self, place: Place, answer: Answer, held: _Held) -> int | None:
        """The format an existing cell is written with; None where it holds the answer already, or takes none."""
        has_formula = self._has_formula(place, held.formula)
        self.above[place.column] = held.style
        if answer.cached and not has_formula:
            return None
        if has_formula and not answer.cached and not self._formulas.is_ours(*place, held.formula):
            raise self._foreign(place)
        if answer.guarded and not has_formula and not same(held.value, answer.value):
            raise self._foreign(place, "not_ours")
        dated = self._styles.dated(held.style) if answer.is_date and not answer.cached else held.style
        if same(held.value, answer.value) and not held.no_result and dated == held.style:
            return None
        return dated if has_formula else self._styled(answer, held.style)

    def _exact_new_cell(self, row: RowBytes, place: Place, answer: Answer) -> list[Splice]:
        last = row.cells[-1].end if row.cells else row.inner
        at = next((other.start for other in row.cells if other.column > place.column), last)
        cell = self._new_cell(place, answer, row.head, row.prefix)
        return [Splice(at, at, cell, place.column)] if cell else []

    def _new_cell(self, place: Place, answer: Answer, head: bytes, prefix: bytes) -> bytes:
        """A cell where there is none yet, in the format of the one above, or of its row or column; b"" for a blank."""
        in_area = self._formulas.area_at(*place)
        if in_area is False and not answer.cached:
            raise self._foreign(place)
        if answer.value is None or (answer.cached and in_area is None):
            return b""
        style = self._style_of(place.column, head)
        self.above[place.column] = style
        if not answer.cached and (answer.is_date or in_area is None):
            style = self._styled(answer, style)
        self.reach.add_new(*place)
        return new_cell(*place, answer, style, prefix, formula=in_area is not None)

    def _styled(self, answer: Answer, style: int) -> int:
        """The format in which a value shows as what it is."""
        if answer.is_date:
            return self._styles.dated(style)
        return self._styles.quoted(style) if answer.needs_quote else style

    def _style_of(self, column: int, head: bytes) -> int:
        """The format of a new cell of a column, in a row with this start tag."""
        try:
            return self.above[column]
        except KeyError:
            pass
        if attribute(head, b"customFormat") in {b"1", b"true"}:
            text = attribute(head, b"s") or b""
            return int(text) if text.isdigit() else 0
        return next((style for first, last, style in self._column_styles if first <= column <= last), 0)

    def _has_formula(self, place: Place, formula: bytes | None) -> bool:
        return formula is not None or self._formulas.area_at(*place) is not None

    def _foreign(self, place: Place, code: str = "foreign_formula") -> UnusableFile:
        cell = f"{column_name(place.column)}{place.row}"
        return self._package.refusal(code, sheet=self.sheet, cell=cell)
