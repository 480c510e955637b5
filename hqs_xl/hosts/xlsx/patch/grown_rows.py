"""A table that takes in new rows below its last one, and new values in the rows it has.

A new row has the formats of the row above, and the formulas that the table gives to each of its rows; the rules for
cells of all rows, formats and validations, reach to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hqs_xl.hosts.package.xml_bytes import prefix_of
from hqs_xl.hosts.sheets.places import MAX_ROWS, letters
from hqs_xl.hosts.xlsx.patch.cell_bytes import answered, content
from hqs_xl.hosts.xlsx.patch.cell_rules import Growing, grown
from hqs_xl.hosts.xlsx.patch.plain_patch import CellPatch
from hqs_xl.hosts.xlsx.patch.row_bytes import OddNamesError, RowBytes
from hqs_xl.hosts.xlsx.patch.row_patch import Place
from hqs_xl.hosts.xlsx.patch.row_splices import Splice, opened
from hqs_xl.hosts.xlsx.read.plain_row import ROW_END

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from hqs_xl.errors import UnusableFile
    from hqs_xl.hosts.sheets.cell_values import CellValue
    from hqs_xl.hosts.xlsx.patch.cell_rules import ShortRule
    from hqs_xl.hosts.xlsx.patch.row_patch import SheetContext, Span
    from hqs_xl.hosts.xlsx.read.plain_row import PlainRow

_NOTHING: dict[int, Any] = {}


class Growth(NamedTuple):
    """What a table takes in: new values of rows it has, by column, and new rows with a value for each of ``columns``.

    ``last``: the last row that holds anything of its own, or the header's; the new ones follow it. ``beside``: columns
    that are not written, and belong to the table.
    """

    last: int
    columns: Sequence[int]
    added: Sequence[Sequence[Any]]
    changed: Mapping[int, Mapping[int, Any]]
    beside: Collection[int] = ()

    @property
    def new(self) -> range:
        """The new rows, by number."""
        return range(self.last + 1, self.last + 1 + len(self.added))


class GrownRows(CellPatch):
    """The rows of a table with new values, and new ones below them; formulas by column are those of the whole table.

    ``short``: the rules that do not hold in all new rows, once the sheet has ended.
    """

    wants_rest = True

    def __init__(self, context: SheetContext, span: Span, growth: Growth, formulas: Mapping[int, bytes]) -> None:
        super().__init__(context)
        self._span, self._growth, self._calculated = span, growth, formulas
        self._next, self._end = growth.new.start, growth.new.stop - 1
        self._prefix = b""
        self.short: Sequence[ShortRule] = ()
        # By column, the format of the last row passed that is like the new ones.
        self._formats: dict[int, int] = {}
        if self._end > MAX_ROWS:
            raise context.package.refusal("too_many_rows", sheet=context.sheet)

    def between(self, number: int) -> bytes:
        """New rows before the row of a number."""
        return self._new_rows(min(number - 1, self._end))

    def below(self) -> bytes:
        """New rows below the last one."""
        return self._new_rows(self._end)

    def rest(self, data: bytes) -> bytes:
        """The rules for all rows hold for the new ones too."""
        span, beside = self._span, self._growth.beside
        wide = span._replace(
            first_column=min([span.first_column, *beside]), last_column=max([span.last_column, *beside])
        )
        written, self.short = grown(data, Growing(wide, self._growth.last, self._end))
        return written

    def plain(self, row: PlainRow) -> bytes:
        """A row of the usual shape, without its end tag, as it is written anew."""
        if not self._growth.last <= row.number <= self._end:
            return super().plain(row)
        return self.exact(row.data + ROW_END, row.number, row.values).removesuffix(ROW_END)

    def exact(
        self, row: bytes, number: int, cells: dict[int, CellValue], answers: Mapping[int, Any] | None = None
    ) -> bytes:
        """A row of any shape as it is written anew."""
        self._prefix = prefix_of(row)
        grows = self._growth.last < number <= self._end
        if grows:
            self._check_free(self._taken(row, number), number, cells)
        written = super().exact(row, number, cells, answers)
        if grows:
            written = self._completed(written, number)
        if number == self._growth.last or grows:
            self._look_at(self._taken(written, number))
        return written

    def _answers(self, number: int, cells: dict[int, CellValue]) -> Mapping[int, Any]:
        del cells
        if self._growth.last < number <= self._end:
            self._next = number + 1
            return self._values(number)
        return self._growth.changed.get(number, _NOTHING)

    def _values(self, number: int) -> dict[int, Any]:
        """The values of a new row, by column."""
        values = zip(self._growth.columns, self._growth.added[number - self._growth.last - 1], strict=True)
        return {column: value for column, value in values if value is not None}

    def _style_of(self, column: int, head: bytes) -> int:
        return self._formats[column] if column in self._formats else super()._style_of(column, head)

    def _taken(self, row: bytes, number: int) -> RowBytes:
        try:
            return RowBytes(row)
        except OddNamesError:
            raise self._package.refusal("odd_row", sheet=self.sheet, row=number) from None

    def _look_at(self, row: RowBytes) -> None:
        """Take note of a row's formats."""
        span = self._span
        if row.cells:
            inside = (cell for cell in row.cells if span.first_column <= cell.column <= span.last_column)
            self._formats |= {cell.column: cell.style for cell in inside}

    def _foreign(self, place: Place, code: str = "foreign_formula") -> UnusableFile:
        """No column of answers is meant here, but a fact that a person has counted."""
        return super()._foreign(place, "typed_formula" if code == "foreign_formula" else code)

    def _check_free(self, row: RowBytes, number: int, cells: Mapping[int, CellValue]) -> None:
        """Refuse to write over or beside what stands where a new row is to be; formulas of the table's rows may."""
        span = self._span
        for cell in row.cells:
            if not span.first_column <= cell.column <= span.last_column:
                continue
            formula = cell.formula and row.data[cell.formula.start : cell.formula.end]
            ours = formula and (cell.column in self._calculated or self._formulas.names_ours(formula))
            held = formula or cells.get(cell.column) not in {None, ""}
            if held and not (ours and number <= span.last_row):
                raise self._package.refusal("in_the_way", sheet=self.sheet, row=number)

    def _completed(self, data: bytes, number: int) -> bytes:
        """A new row with the formulas and formats it lacks."""
        row = self._taken(data, number)
        there = {cell.column for cell in row.cells}
        splices: list[Splice] = []
        end = row.cells[-1].end if row.cells else row.inner
        for column in sorted({*self._calculated, *self._formats} - there):
            at = next((cell.start for cell in row.cells if cell.column > column), end)
            splices.append(Splice(at, at, self._blank_cell(Place(number, column)), column))
        if not splices:
            return data
        self._note_change(number, [splice.new for splice in splices if splice.new is not None])
        return opened(row, splices)

    def _blank_cell(self, place: Place) -> bytes:
        """A cell with the table's formula for its column, uncounted yet, or with a format alone."""
        style = self._style_of(place.column, b"")
        self.reach.add_new(*place)
        formula, prefix = self._calculated.get(place.column), self._prefix
        start = b'<%bc r="%b%d"' % (prefix, letters(place.column), place.row) + (b' s="%d"' % style if style else b"")
        if formula is None:
            return start + b"/>"
        kind, value = content(None, prefix, formula=True)
        return b'%b t="%b"><%bf>%b</%bf>%b</%bc>' % (start, kind, prefix, formula, prefix, value, prefix)

    def _new_rows(self, last: int) -> bytes:
        rows = [self._new_row(number) for number in range(self._next, last + 1)]
        self._next = max(self._next, last + 1)
        return b"".join(rows)

    def _new_row(self, number: int) -> bytes:
        values = self._values(number)
        cells: list[bytes] = []
        columns = sorted({*values, *self._calculated, *self._formats})
        for column in columns:
            place = Place(number, column)
            if column in values:
                answer = answered(values[column], date1904=self._date1904)
                cells.append(self._new_cell(place, answer, b"", self._prefix))
            else:
                cells.append(self._blank_cell(place))
        self.reach.add(number, sorted(values))
        self._note_change(number, columns)
        return b'<%brow r="%d">%b</%brow>' % (self._prefix, number, b"".join(cells), self._prefix)
