"""The cells of an OpenDocument's row as the parser sees them: values, and the paragraphs that are their text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hqs_xl.hosts.ods.values import cell_value
from hqs_xl.hosts.package.open_document import CONTENT, TABLE, TEXT
from hqs_xl.hosts.sheets.places import MAX_COLUMNS, MAX_ROWS
from hqs_xl.hosts.sheets.text import Text
from hqs_xl.rows import UNCOUNTED, OneValue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from xml.parsers.expat import XMLParserType

    from hqs_xl.hosts.files.limits import Limits
    from hqs_xl.hosts.package.open_document import OpenDocument
    from hqs_xl.hosts.sheets.cell_values import CellValue

# A cell under a merged one may hold a value, as it may in .xlsx.
_CELLS = frozenset({f"{TABLE} table-cell", f"{TABLE} covered-table-cell"})
_PARAGRAPHS = frozenset({f"{TEXT} p", f"{TEXT} h"})
COLUMNS_REPEATED = f"{TABLE} number-columns-repeated"
# How many cells a merged one covers, and how many a formula fills: rows and columns.
SPANNED = (f"{TABLE} number-rows-spanned", f"{TABLE} number-columns-spanned")
FILLED = (f"{TABLE} number-matrix-rows-spanned", f"{TABLE} number-matrix-columns-spanned")
_COUNT = f"{TEXT} c"
_SPACE = f"{TEXT} s"
_SIGNS = {f"{TEXT} tab": "\t", f"{TEXT} line-break": "\n"}
# Words beside the text: how a sign is read aloud, a footnote.
_BESIDE = frozenset({f"{TEXT} ruby-text", f"{TEXT} note"})

_IN_ROW, _IN_CELL, _IN_TEXT, _IN_FOREIGN = range(4)


class CellsReader:
    """The parser's handlers within a row: they gather its cells.

    Notes, drawings and tables within a cell are passed over; spaces are kept as they stand, as LibreOffice does.
    """

    _parser: XMLParserType

    def __init__(self, package: OpenDocument, done: Callable[[], None]) -> None:
        self._package = package
        self._limits = package.limits
        self._done = done
        self._text = Text(package, CONTENT)
        self._where = self._around = _IN_ROW
        self._foreign = self._inner = 0  # depths of what is passed over, and of spans and links within a paragraph
        self._attributes: Mapping[str, str] = {}
        self._paragraphs: list[str] = []
        self._size = 0  # of the cell's paragraphs
        self._column = 0
        self.date1904 = False
        self.sheet, self.number = "", 0
        self.cells: dict[int, CellValue] = {}
        self.one_valued: dict[str, list[OneValue]] = {}  # by sheet

    def begin(self, parser: XMLParserType) -> None:
        """Take over the parser until the row ends; ``done`` has to set its own handlers again."""
        self._parser = parser
        self._column, self.cells = 0, {}
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = None

    def settle(self) -> None:
        """After a chunk: bound the text of a paragraph still open."""
        self._text.settle(gathering=self._where == _IN_TEXT)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        where = self._where
        if where == _IN_ROW and name in _CELLS:
            self._attributes, self._where = attributes, _IN_CELL
        elif where == _IN_CELL and name in _PARAGRAPHS:
            self._where = _IN_TEXT
            self._hear()
        elif where == _IN_TEXT and name.startswith(TEXT) and name not in _BESIDE:
            self._start_inner(name, attributes)
        else:
            self._start_foreign()

    def _end(self, _name: str) -> None:
        where = self._where
        if where == _IN_TEXT:
            self._end_text()
        elif where == _IN_CELL:
            self._where = _IN_ROW
            self._end_cell()
        elif where == _IN_FOREIGN:
            self._end_foreign()
        else:
            self._done()

    def _hear(self) -> None:
        self._parser.CharacterDataHandler = self._text.parts.append

    def _start_inner(self, name: str, attributes: dict[str, str]) -> None:
        self._inner += 1
        if self._inner > self._limits.depth:
            raise self._package.refusal("bomb", part=CONTENT)
        if name == _SPACE:
            count = repeats(self._package, attributes.get(_COUNT))
            self._grow(count)
            self._text.parts.append(" " * count)
        elif name in _SIGNS:
            self._text.parts.append(_SIGNS[name])

    def _end_text(self) -> None:
        if self._inner:
            self._inner -= 1
            return
        text = self._text.whole()
        self._grow(len(text) + 1)
        self._paragraphs.append(text)
        self._text.parts.clear()
        self._parser.CharacterDataHandler = None
        self._where = _IN_CELL

    def _grow(self, size: int) -> None:
        self._size += size
        if self._size > self._limits.text:
            raise self._package.refusal("bomb", part=CONTENT)

    def _end_cell(self) -> None:
        attributes = self._attributes
        count = repeats(self._package, attributes.get(COLUMNS_REPEATED))
        shown = "\n".join(self._paragraphs) if self._paragraphs else None
        value = cell_value(attributes, shown, date1904=self.date1904)
        self._paragraphs.clear()
        self._size = 0
        if value != "":
            self._fill(value, count)
        if not attributes.keys().isdisjoint((*SPANNED, *FILLED)):
            self._add_areas(attributes, value)
        self._column += count

    def _add_areas(self, attributes: Mapping[str, str], value: CellValue) -> None:
        """Take note of the cells that have one value with this one."""
        for names, merged in ((SPANNED, True), (FILLED, False)):
            rows, columns = (repeats(self._package, attributes.get(name)) for name in names)
            if (rows, columns) != (1, 1) and (merged or value == UNCOUNTED):
                last = (min(self.number + rows - 1, MAX_ROWS), min(self._column + columns, MAX_COLUMNS) - 1)
                area = OneValue(self.number, last[0], self._column, last[1], merged)
                found = self.one_valued.setdefault(self.sheet, [])
                found.append(area)
                if len(found) > self._limits.one_valued:
                    raise self._package.refusal("bomb", part=CONTENT)

    def _fill(self, value: CellValue, count: int) -> None:
        last = self._column + count
        if last > MAX_COLUMNS:
            raise self._package.refusal("bad_cell", sheet=self.sheet, cell=f"R{self.number}C{last}")
        for column in range(self._column, last):
            self.cells[column] = value

    def _start_foreign(self) -> None:
        if not self._foreign:
            self._around, self._where = self._where, _IN_FOREIGN
            self._parser.CharacterDataHandler = None
        self._foreign += 1
        if self._foreign > self._limits.depth:
            raise self._package.refusal("bomb", part=CONTENT)

    def _end_foreign(self) -> None:
        self._foreign -= 1
        if not self._foreign:
            self._where = self._around
            if self._where == _IN_TEXT:
                self._hear()


def repeats(package: OpenDocument, said: str | None) -> int:
    """How often a cell, row or space stands, as its attribute says; once without one."""
    count = counted(said, package.limits)
    if count is None:
        raise package.refusal("bad_xml", part=CONTENT)
    return count


def counted(said: str | None, limits: Limits) -> int | None:
    """How often something stands, as its attribute says; None where it makes no sense."""
    if said is None:
        return 1
    return int(said) if said.isascii() and said.isdigit() and len(said) <= limits.digits and int(said) else None
