"""Answers put into the cells of rows; every byte of what is not answered stays as it is."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from hqs_xl.hosts.package.opc import MAIN
from hqs_xl.hosts.package.xml_bytes import attribute
from hqs_xl.hosts.xlsx.edit.cell_bytes import answered, content, same
from hqs_xl.hosts.xlsx.edit.formulas import Formulas
from hqs_xl.hosts.xlsx.edit.reach import Reach
from hqs_xl.hosts.xlsx.edit.row_bytes import OddNamesError, RowBytes
from hqs_xl.hosts.xlsx.edit.row_splices import Splice, cell_tail, new_cell, opened, rewritten, widened
from hqs_xl.hosts.xlsx.read.places import area_of, column_name, letters
from hqs_xl.hosts.xlsx.read.plain_rows import NUMBER, ROW_END
from hqs_xl.rows import UNCOUNTED, Cached, Guarded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hqs_xl.errors import UnusableFile
    from hqs_xl.hosts.package.opc import Package
    from hqs_xl.hosts.xlsx.edit.cell_bytes import Answer
    from hqs_xl.hosts.xlsx.edit.row_bytes import CellBytes
    from hqs_xl.hosts.xlsx.edit.styles import Styles
    from hqs_xl.hosts.xlsx.read.cell_values import CellValue
    from hqs_xl.hosts.xlsx.read.plain_rows import PlainRow

_MERGE = f"{MAIN} mergeCell"
_COL = f"{MAIN} col"
_FORMULA, _FORMULA_END = b"<f>", b"</f>"
# Values whose bytes are remembered.
_REMEMBERED = 1 << 14
# The start of a cell of the usual shape: its column, format and type.
_START = re.compile(rb'([A-Z]{1,3}\x01)(?: s="([0-9]{1,9})")?(?: t="([A-Za-z]+)")? ?/?').fullmatch
# What a formula came to is read as one of these where it is no fact: it may be stored all the same.
_NO_FACTS = (None, UNCOUNTED)
_TYPED_FORMULA = re.compile(rb"<[^<>]*\bt\s*=\s*[\"'](?:array|shared|dataTable)")


class SheetContext(NamedTuple):
    """What the patch of a sheet has to know; ``own``: the word that our own formulas hold, in capitals."""

    package: Package
    sheet: str
    styles: Styles
    date1904: bool
    own: bytes = b""


class Place(NamedTuple):
    """A cell's row, from 1, and column, from 0."""

    row: int
    column: int


class _Held(NamedTuple):
    """What a cell holds before it is answered; ``formula`` is the element's bytes."""

    value: CellValue | None
    style: int
    formula: bytes | None
    is_error: bool


class _Written(NamedTuple):
    """How a value is written into a cell of some format: the format, and the bytes behind the cell's place."""

    value: CellValue | None
    is_date: bool
    base: int
    style: int
    tail: bytes


class _Change(NamedTuple):
    """What answered cells become: their bytes, the columns of the new ones, and by column the format they had."""

    cells: list[bytes]
    new: list[int]
    above: dict[int, int]


class CellPatch:
    """Writes answers into rows: those of the usual shape in short, the others exactly."""

    def __init__(self, context: SheetContext, above: dict[int, int] | None = None) -> None:
        """``above``: by column, the format of the last cell answered in it."""
        self.context = context
        self._package, self.sheet, self._styles, self._date1904, own = context
        self._formulas = Formulas(context.package, own)
        self._column_styles: list[tuple[int, int, int]] = []
        self.above: dict[int, int] = {} if above is None else above
        self._written: dict[tuple[type, Any, int, bool], _Written] = {}
        self._changes: dict[tuple[Any, ...], _Change] = {}
        self.reach = Reach()
        self.changed = False

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
        """Take note of rows that were patched elsewhere."""
        self.above.update(above)
        self.reach.take(reach)
        self.changed = self.changed or changed

    def expect(self, rows: Sequence[PlainRow]) -> None:
        """These rows, none of them a header, are patched next."""

    def between(self, _number: int) -> bytes:
        """New rows before the row of a number."""
        return b""

    def below(self) -> bytes:
        """New rows below the last one."""
        return b""

    def plain(self, row: PlainRow) -> bytes:
        """A row of the usual shape, without its end tag, as it is written anew."""
        answers = self._answers(row.number, row.values)
        if not answers:
            return row.data
        if (
            self._formulas.any_area
            or (_FORMULA in row.data and any(isinstance(value, Cached) for value in answers.values()))
            or any(value.__class__ is Guarded for value in answers.values())
        ):
            return self._exactly(row, answers)
        self.reach.add(row.number, answers)
        columns = sorted(answers)
        place = bisect_left(row.columns, columns[0])
        end = place + len(columns)
        if place < len(row.columns) and row.columns[place:end] != columns:
            return self._cell_by_cell(row, answers)
        held = row.cells[place:end]
        change = self._change(row, held, columns, [answers[column] for column in columns])
        if change is None:
            return self._exactly(row, answers)
        if change.cells == held:
            return row.data
        self.changed = True
        if held:
            return row.with_cells(row.head, [*row.cells[:place], *change.cells, *row.cells[end:]])
        self.reach.add_new(row.number, *change.new)
        return widened(row.data, change.new[0], change.new[-1]) + row.numbered(change.cells)

    def _change(self, row: PlainRow, held: list[bytes], columns: list[int], values: list[Any]) -> _Change | None:
        """What becomes of answered cells that are neighbours, or are missing at the end of a row.

        The same change comes again and again. None where a formula that is not ours stands in the way.
        """
        above = self.above
        formats = [] if held else [*map(above.get, columns)]
        # The types are part of the key, for True is 1 is 1.0.
        key = (*held, *formats, *values, *map(type, values))
        change = self._changes.get(key)
        if change is None:
            # Where nothing above tells a new cell's format, the row or column does.
            told = held or all(found is not None or value is None for found, value in zip(formats, values, strict=True))
            change = self._changed(row, held, columns, values)
            if change is None or not told:
                return change
            if len(self._changes) >= _REMEMBERED:
                self._changes.clear()
            self._changes[key] = change
        above.update(change.above)
        return change

    def _changed(self, row: PlainRow, held: list[bytes], columns: list[int], values: list[Any]) -> _Change | None:
        cells: list[bytes] = []
        if held:
            for cell, column, value in zip(held, columns, values, strict=True):
                changed = self._plain_cell(cell, column, value, row.values.get(column))
                if changed is None:
                    return None
                cells.append(changed)
            new = []
        else:
            made = [
                (column, self._plain_new_cell(row, column, value))
                for column, value in zip(columns, values, strict=True)
            ]
            new = [column for column, cell in made if cell]
            cells = [cell for _, cell in made if cell]
        return _Change(cells, new, {column: self.above[column] for column in columns if column in self.above})

    def _cell_by_cell(self, row: PlainRow, answers: Mapping[int, Any]) -> bytes:
        """The row where the answered cells are no neighbours."""
        cells, added = [*row.cells], list[int]()
        for column in sorted(answers):
            value, place = answers[column], bisect_left(row.columns, column)
            if place < len(row.columns) and row.columns[place] == column:
                changed = self._plain_cell(row.cells[place], column, value, row.values.get(column))
                if changed is None:
                    return self._exactly(row, answers)
                cells[place + len(added)] = changed
            elif new := self._plain_new_cell(row, column, value):
                cells.insert(place + len(added), new)
                added.append(column)
        if cells == row.cells:
            return row.data
        self.changed = True
        self.reach.add_new(row.number, *added)
        return row.with_cells(widened(row.head, added[0], added[-1]) if added else row.head, cells)

    def _exactly(self, row: PlainRow, answers: Mapping[int, Any]) -> bytes:
        return self.exact(row.data + ROW_END, row.number, row.values, answers).removesuffix(ROW_END)

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
        self.reach.add(number, answers)
        found = {cell.column: cell for cell in taken.cells}
        splices: list[Splice] = []
        for column in sorted(answers):
            place, answer = Place(number, column), answered(answers[column], date1904=self._date1904)
            cell = found.get(column)
            if cell is None:
                splices += self._exact_new_cell(taken, place, answer)
            else:
                splices += self._exact_cell(taken, cell, place, answer, cells.get(column))
        self.changed = self.changed or bool(splices)
        return opened(taken, splices) if splices else row

    def _answers(self, number: int, cells: dict[int, CellValue]) -> Mapping[int, Any]:
        """What a row's cells become."""
        raise NotImplementedError

    # ---- rows of the usual shape

    def _plain_cell(self, cell: bytes, column: int, value: Any, old: CellValue | None) -> bytes | None:
        """A cell with another value; None where a formula that is not ours stands in the way."""
        start = _start_of(cell[: cell.index(b">")])
        formula = cell[cell.index(_FORMULA) : cell.index(_FORMULA_END) + len(_FORMULA_END)] if _FORMULA in cell else b""
        if formula and not self._formulas.names_ours(formula):
            return None
        self.above[column] = start.style
        if old == UNCOUNTED:
            old = None
        # Most answers stand there already.
        if isinstance(value, Cached) or (type(value) is type(old) is str and value == old and not start.is_error):
            return cell
        written = self._written_as(value, start.style, has_formula=bool(formula))
        if same(old, written.value) and not start.is_error and (not written.is_date or written.style == start.style):
            return cell
        tail = written.tail.replace(b">", b">" + formula, 1) if formula else written.tail
        return (start.column if written.style else start.kept) + tail

    def _plain_new_cell(self, row: PlainRow, column: int, value: Any) -> bytes:
        """A cell where there is none yet; b"" for a blank."""
        if value is None or isinstance(value, Cached):
            return b""
        written = self._written_as(value, self._style_of(column, row.head), has_formula=False)
        if written.value is None:
            return b""
        self.above[column] = written.base
        return letters(column) + NUMBER + written.tail

    def _written_as(self, value: Any, style: int, *, has_formula: bool) -> _Written:
        """A value in a cell of some format; days, words and counts come again and again."""
        # The type is part of the key, for True is 1 is 1.0.
        key = (type(value), value, style, has_formula)
        found = self._written.get(key)
        if found is None:
            answer = answered(value, date1904=self._date1904)
            wanted = style if has_formula and not answer.is_date else self._styled(answer, style)
            tail = cell_tail(answer.value, wanted, b"", formula=has_formula)
            found = _Written(answer.value, answer.is_date, style, wanted, tail)
            if len(self._written) < _REMEMBERED:
                self._written[key] = found
        return found

    # ---- rows of any shape

    def _exact_cell(
        self, row: RowBytes, cell: CellBytes, place: Place, answer: Answer, old: CellValue | None
    ) -> list[Splice]:
        is_error = cell.kind == "e"
        if old in _NO_FACTS and not is_error:
            old = row.raw_value(cell)
        formula = None if cell.formula is None else row.data[cell.formula.start : cell.formula.end]
        style = self._decided(place, answer, _Held(old, cell.style, formula, is_error))
        if style is None:
            return []
        written, inner = content(answer.value, row.prefix, formula=self._has_formula(place, formula))
        return [Splice(cell.start, cell.end, rewritten(row, cell, style, written, inner))]

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
        if same(held.value, answer.value) and not held.is_error and dated == held.style:
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


class _Start(NamedTuple):
    """The start of a cell: its column, with an explicit format 0 as long as the cell keeps it, its format."""

    column: bytes
    kept: bytes
    style: int
    is_error: bool


@lru_cache(maxsize=1 << 12)
def _start_of(tag: bytes) -> _Start:
    """The start of a cell of the usual shape, from its tag; every row has the same ones."""
    match = _START(tag)
    if match is None:
        raise ValueError(tag)
    column, style, kind = match.groups()
    return _Start(column, column + b' s="0"' if style == b"0" else column, int(style or 0), kind == b"e")
