"""A sheet's rows as the XML parser sees them: exact, whatever their shape.

More than 300 lines, for its handlers share one state and are of no use apart.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hqs_xl.formulas.counted import Counting, meaning_of
from hqs_xl.formulas.today import Movement
from hqs_xl.hosts.package.opc import MAIN, check_root
from hqs_xl.hosts.sheets.cell_values import EXACT_DIGITS, XML_SPACE, CellValue, result, stored_value
from hqs_xl.hosts.sheets.places import COLUMNS, MAX_COLUMNS, MAX_ROWS, area_of, whole
from hqs_xl.hosts.sheets.text import Text
from hqs_xl.hosts.xlsx.read.rich_text import RichText
from hqs_xl.hosts.xlsx.read.shared_strings import PackedTexts
from hqs_xl.rows import UNCOUNTED, OneValue

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

    from hqs_xl.errors import UnusableFile
    from hqs_xl.hosts.package.opc import Package

Row = tuple[int, dict[int, CellValue]]

# A shared string the workbook doesn't hold: what Excel shows where a value can't be found, and no date or number.
MISSING_TEXT = "#N/A"

_DATA = f"{MAIN} sheetData"
_ROW = f"{MAIN} row"
_CELL = f"{MAIN} c"
_VALUE = f"{MAIN} v"
_FORMULA = f"{MAIN} f"
_INLINE = f"{MAIN} is"
_MERGED = f"{MAIN} mergeCell"

_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
# Kinds of formulas that fill other cells than their own; of a data table there is no text.
_FILLING = frozenset({"array", "dataTable"})
_ROW_ELEMENTS = frozenset({_ROW, _CELL, _VALUE, _INLINE})

# Where a sheet's reader stands within <sheetData>; from _IN_VALUE on it gathers text.
_IN_DATA, _IN_ROW, _IN_CELL, _IN_FOREIGN, _IN_VALUE, _IN_FORMULA = range(6)


class SheetReader:
    """The parser's handlers for a sheet: they gather whole rows, which the caller takes after every chunk.

    Every cell costs four calls into here, so they are flat and the commonest case comes first. Text goes straight to
    a list's ``append``; what gathers there between values is dropped by ``settle``.
    """

    __slots__ = (
        "_area",
        "_around",
        "_blank_at",
        "_cells",
        "_column",
        "_columns",
        "_depth",
        "_foreign",
        "_formula",
        "_in_rows",
        "_inline",
        "_kind",
        "_meaning",
        "_number_text",
        "_package",
        "_parser",
        "_part",
        "_row_bytes",
        "_seen",
        "_settled",
        "_shared_formula",
        "_shared_meanings",
        "_sheet",
        "_text",
        "_where",
        "date1904",
        "empty_zeros",
        "limits",
        "number",
        "one_valued",
        "rows",
        "strings",
    )

    _parser: XMLParserType

    def __init__(
        self,
        package: Package,
        part: str,
        sheet: str,
        strings: PackedTexts,
        *,
        date1904: bool = False,
        empty_zeros: bool = False,
    ) -> None:
        """``empty_zeros``: a formula's stored 0 says that nobody counted it."""
        self._package = package
        self.limits = package.limits
        self._part = part
        self._sheet = sheet
        self.strings, self.date1904, self.empty_zeros = strings, date1904, empty_zeros
        self._columns = COLUMNS
        self._text = Text(package, part)
        self._inline = RichText(self._text, self._end_inline)
        self._where = self._around = _IN_DATA
        self._depth = 0  # of the elements outside <sheetData>
        self._foreign = 0  # of the elements inside it that are no part of a row's values
        self.number, self._number_text, self._column = 0, "0", -1
        self._kind: str | None = None
        self._cells: dict[int, CellValue] = {}
        self._seen = False  # of <sheetData>, which must stand but once
        self._formula = False  # the cell has one
        self._meaning: Movement | Counting | None = None  # of the formula's result
        self._blank_at = -1  # the column of the row's last cell whose value is there, and empty
        self._shared_formula: str | None = None
        self._shared_meanings: dict[str, Movement | Counting] = {}
        self._area = ""  # that the cell's array formula fills
        # Cells with one value between them, all of which are known once the sheet has ended.
        self.one_valued: list[OneValue] = []
        self._settled = self._row_bytes = 0
        self.rows: list[Row] = []

    def attach(self, parser: XMLParserType) -> None:
        """Set the handlers of a parser about to read the sheet."""
        self._parser = parser
        parser.CharacterDataHandler = self._text.parts.append
        self._read_outside()

    @property
    def between_rows(self) -> bool:
        """Whether the parser stands in <sheetData>, outside any row."""
        return self._in_rows and self._where == _IN_DATA

    def take(self, number: int, cells: dict[int, CellValue]) -> bool:
        """Add a row read without the parser; False where it can't stand here."""
        if not self.number < number <= MAX_ROWS:
            return False
        self.number = number
        if cells:
            self.rows.append((number, cells))
        return True

    def pass_rows(self, first: int, last: int) -> bool:
        """Pass over rows that a worker has read; False where they can't stand here."""
        if not self.number < first <= last <= MAX_ROWS:
            return False
        self.number = last
        return True

    def settle(self) -> None:
        """After a chunk: drop the text between values, bound a value's text and a row's size."""
        self._text.settle(gathering=self._where >= _IN_VALUE or self._inline.gathering)
        self._row_bytes = self._row_bytes + self.limits.chunk if self.number == self._settled else 0
        self._settled = self.number
        if self._row_bytes > self.limits.row and self._where != _IN_DATA:
            raise self._package.refusal("bomb", part=self._part)

    def handed_over(self) -> list[Row]:
        """The rows read since this was asked last."""
        rows, self.rows = self.rows, []
        return rows

    def _read_outside(self) -> None:
        self._in_rows = False
        self._parser.StartElementHandler = self._start_outside
        self._parser.EndElementHandler = self._end_outside

    def _read_rows(self) -> None:
        self._in_rows = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def _start_outside(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1:
            check_root(self._package, self._part, name, "worksheet")
        elif self._depth == 2 and name == _DATA:  # noqa: PLR2004 - right below the root
            if self._seen:
                raise self._package.refusal("bad_xml", part=self._part)
            self._seen = True
            self._read_rows()
        elif name == _MERGED:
            self._add_area(attributes.get("ref", ""), merged=True)
        elif self._depth > self.limits.depth:
            raise self._package.refusal("bomb", part=self._part)

    def _end_outside(self, _name: str) -> None:
        self._depth -= 1

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        where = self._where
        if where == _IN_ROW and name == _CELL:
            reference = attributes.get("r")
            number = self._number_text
            column = -1
            if reference is not None and reference.endswith(number):
                column = self._columns.get(reference[: -len(number)], -1)
            if column <= self._column:
                column = self._odd_column(reference)
            self._column = column
            self._kind = attributes.get("t")
            self._where = _IN_CELL
        elif where == _IN_CELL and name == _VALUE:
            self._text.parts.clear()
            self._where = _IN_VALUE
        elif where == _IN_DATA and name == _ROW:
            self._start_row(attributes.get("r"))
        elif where == _IN_CELL and name == _FORMULA:
            self._text.parts.clear()
            kind = attributes.get("t")
            self._shared_formula = attributes.get("si") if kind == "shared" else None
            self._area = attributes.get("ref", "") if kind in _FILLING else ""
            self._where = _IN_FORMULA
        elif where == _IN_CELL and name == _INLINE:
            self._inline.begin(self._parser)
        else:
            self._start_foreign(name)

    def _end(self, _name: str) -> None:
        where = self._where
        if where == _IN_VALUE:
            self._where = _IN_CELL
            self._end_value()
        elif where == _IN_CELL:
            self._where = _IN_ROW
            if self._formula:
                self._end_counted()
        elif where == _IN_ROW:
            self._where = _IN_DATA
            self._end_row()
        elif where == _IN_FORMULA:
            self._where = _IN_CELL
            self._end_formula()
        elif where == _IN_FOREIGN:
            self._end_foreign()
        else:
            self._depth -= 1
            self._read_outside()

    def _start_row(self, reference: str | None) -> None:
        number = self.number + 1 if reference is None else whole(reference)
        if number is None or not 1 <= number <= MAX_ROWS:
            raise self._bad_cell(reference or str(number))
        if number <= self.number:
            raise self._unordered(number)
        self.number, self._number_text, self._column = number, str(number), -1
        self._where, self._blank_at = _IN_ROW, -1

    def _end_row(self) -> None:
        if self._cells:
            self.rows.append((self.number, self._cells))
            self._cells = {}

    def _odd_column(self, reference: str | None) -> int:
        """The column of a cell that says no place, says it oddly, or stands where it can't."""
        if reference is None:
            if self._column + 1 >= MAX_COLUMNS:
                raise self._bad_cell(f"R{self.number}C{MAX_COLUMNS + 1}")
            return self._column + 1
        match = _REFERENCE.fullmatch(reference)
        column = self._columns.find(match[1].upper()) if match else None
        if match is None or column is None or not 1 <= int(match[2]) <= MAX_ROWS:
            raise self._bad_cell(reference)
        if int(match[2]) != self.number or column <= self._column:
            raise self._unordered(self.number)
        return column

    def _end_value(self) -> None:
        text = self._text.whole()
        kind = self._kind
        value: CellValue
        if kind == "s":
            value = self._shared(text)
        elif kind is None and len(text) <= EXACT_DIGITS and text.isdigit() and text.isascii():
            value = int(text)
        else:
            value = stored_value(kind, text, date1904=self.date1904)
        if value != "":
            self._cells[self._column] = value
        else:
            self._blank_at = self._column

    def _shared(self, text: str) -> str:
        index = whole(text.strip(XML_SPACE))
        if index is not None and index < len(self.strings):
            return self.strings[index]
        if text and self.strings.absent:
            raise self._package.refusal("missing_part", part=self.strings.absent)
        return MISSING_TEXT if text else ""

    def _end_inline(self, text: str) -> None:
        self._read_rows()
        if text:
            self._cells[self._column] = text

    def _end_formula(self) -> None:
        text, key = self._text.whole(), self._shared_formula
        self._meaning = meaning = meaning_of(text) if text else self._shared_meanings.get(key or "")
        self._formula = bool(text or self._area) or key is not None
        if text and meaning and key is not None:
            self._shared_meanings[key] = meaning
            if len(self._shared_meanings) > self.limits.live_formulas:
                raise self._package.refusal("bomb", part=self._part)

    def _end_counted(self) -> None:
        """A cell with a formula has ended: what it came to may have been stored or not, or move with the day."""
        column, value = self._column, self._cells.get(self._column, "")
        stored = self._blank_at == column
        found = result(value, self._kind, self._meaning, stored=stored, empty_zeros=self.empty_zeros)
        if found != "":
            self._cells[column] = found
        if self._area and found == UNCOUNTED:
            self._add_area(self._area, merged=False)
        self._formula, self._meaning = False, None

    def _add_area(self, reference: str, *, merged: bool) -> None:
        """Take note of cells with one value between them."""
        area = area_of(reference)
        if area and area[:1] + area[2:3] != area[1:2] + area[3:]:
            self.one_valued.append(OneValue(*area, merged=merged))
            if len(self.one_valued) > self.limits.one_valued:
                raise self._package.refusal("bomb", part=self._part)

    def _start_foreign(self, name: str) -> None:
        """What stands in a row and is no value is passed over, unless values hide in it."""
        if self._where >= _IN_VALUE or name in _ROW_ELEMENTS:
            raise self._package.refusal("bad_xml", part=self._part)
        if not self._foreign:
            self._around, self._where = self._where, _IN_FOREIGN
        self._foreign += 1
        if self._foreign > self.limits.depth:
            raise self._package.refusal("bomb", part=self._part)

    def _end_foreign(self) -> None:
        self._foreign -= 1
        if not self._foreign:
            self._where = self._around

    def _bad_cell(self, cell: str) -> UnusableFile:
        return self._package.refusal("bad_cell", sheet=self._sheet, cell=cell)

    def _unordered(self, row: int) -> UnusableFile:
        return self._package.refusal("unordered", sheet=self._sheet, row=row)
