"""The content of an OpenDocument spreadsheet as the parser sees it: its sheets, what is said of them, their rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from hqs_xl.hosts.ods.cells import CellsReader, repeats
from hqs_xl.hosts.package.open_document import CALC, CONTENT, OFFICE, TABLE, TEXT
from hqs_xl.hosts.sheets.places import COLUMNS, MAX_ROWS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.parsers.expat import XMLParserType

    from hqs_xl.hosts.package.open_document import OpenDocument
    from hqs_xl.hosts.sheets.cell_values import CellValue
    from hqs_xl.rows import OneValue

# What the name of a sheet or range counts beside its signs.
_NAMED = 100

# What prefixes mean in the files of LibreOffice and others.
PREFIXES = {"table": TABLE, "office": OFFICE, "text": TEXT, "calcext": CALC}

_SPINE = [f"{OFFICE} document-content", f"{OFFICE} body", f"{OFFICE} spreadsheet"]
_SHEET = f"{TABLE} table"
_ROW = f"{TABLE} table-row"
_GROUPS = frozenset({f"{TABLE} {name}" for name in ("table-header-rows", "table-rows", "table-row-group")})
_SETTINGS = [*_SPINE, f"{TABLE} calculation-settings"]
_RANGES = [*_SPINE, f"{TABLE} database-ranges"]
_CELL_NAMES = [*_SPINE, f"{TABLE} named-expressions"]
_CELL_NAME = f"{TABLE} named-range"
_NULL_DATE = f"{TABLE} null-date"
_RANGE = f"{TABLE} database-range"
_NAME = f"{TABLE} name"
ROWS_REPEATED = f"{TABLE} number-rows-repeated"
_DATE_SYSTEMS = {"1899-12-30": False, "1904-01-01": True}
# Where a range stands, such as 'It''s a sheet'.A1:'It''s a sheet'.F176.
_ON_SHEET, _PLACE = r"\$?('(?:[^']|'')*'|[^'.:]+)", r"\.\$?([A-Z]{1,3})\$?([0-9]{1,7})"
_AREA = re.compile(f"{_ON_SHEET}{_PLACE}(?::(?:{_ON_SHEET})?{_PLACE})?")
_SHEET_OF = re.compile(rf"{_ON_SHEET}\.")
# Copies of other files' cells are kept as sheets of such names.
_OTHER_FILE = re.compile(r"'.*'#", re.DOTALL)


class Rows(NamedTuple):
    """Like rows of a sheet, the first one's number from 1."""

    place: int
    number: int
    times: int
    cells: dict[int, CellValue]


class Content:
    """The parser's handlers for the content: sheets are listed, rows are gathered, from the sheet ``first`` on.

    ``rows`` are to be taken by the caller after every chunk. Without ``first`` no row is read.
    """

    _parser: XMLParserType

    def __init__(self, package: OpenDocument, first: int | None, *, date1904: bool = False) -> None:
        self._package = package
        self._limits = package.limits
        self._first = first
        self._path: list[str] = []
        self._cells = CellsReader(package, self._end_row)
        self._cells.date1904 = date1904
        self._repeated = 1
        self._settled = (0, 0)
        self._row_bytes = self._filled = self._named = 0
        self._number = 0  # of the last row
        self.date1904 = date1904
        self.sheets: list[str] = []
        self.totals: list[tuple[str, int]] = []
        self.marks: list[tuple[str, tuple[str, int, int, int]]] = []
        self.open = False  # whether the last of the sheets goes on
        self.in_row = False
        self._prefixes: dict[str | None, str] = {}
        self.rows: list[Rows] = []

    def attach(self, parser: XMLParserType) -> None:
        """Set the handlers of a parser about to read the content."""
        self._parser = parser
        parser.StartNamespaceDeclHandler = self._start_prefix
        self._read_outside()

    @property
    def one_valued(self) -> Mapping[str, list[OneValue]]:
        """By sheet, its cells that have one value between them, as far as they are read."""
        return self._cells.one_valued

    def settle(self) -> None:
        """After a chunk: bound a value's text and a row's size."""
        self._cells.settle()
        place = len(self.sheets), self._number
        self._row_bytes = self._row_bytes + self._limits.chunk if self.in_row and place == self._settled else 0
        self._settled = place
        if self._row_bytes > self._limits.row:
            raise self._package.refusal("bomb", part=CONTENT)

    @property
    def wanted(self) -> bool:
        """Whether rows that stand here are read."""
        return self._first is not None and len(self.sheets) > self._first

    @property
    def between_rows(self) -> bool:
        """Whether the parser stands among a sheet's rows, outside any, and the prefixes are the usual ones."""
        return self.open and not self.in_row and self._among_rows() and self._prefixes == PREFIXES

    def take(self, count: int, cells: dict[int, CellValue]) -> None:
        """Add the next rows of the sheet, all of them alike."""
        number, self._number = self._number + 1, self._number + count
        if not cells:
            return
        if self._number > MAX_ROWS:
            raise self._package.refusal("bad_cell", sheet=self.sheets[-1], cell=f"R{self._number}")
        self._filled += count * len(cells)
        if self._filled > self._limits.filled:
            raise self._package.refusal("bomb", part=CONTENT)
        self.rows.append(Rows(len(self.sheets) - 1, number, count, cells))

    def _read_outside(self) -> None:
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        path = self._path
        if not path and name != _SPINE[0]:
            raise self._package.refusal("bad_xml", part=CONTENT)
        if self.open and name == _ROW and self.wanted and self._among_rows():
            self._start_row(attributes)
            return
        if name == _SHEET and path == _SPINE:
            self._start_sheet(attributes.get(_NAME, ""))
        elif name == _NULL_DATE and path == _SETTINGS:
            self._read_null_date(attributes.get(f"{TABLE} date-value", ""))
        elif name == _RANGE and path == _RANGES:
            self._add_range(attributes)
        elif name == _CELL_NAME and path == _CELL_NAMES:
            self._add_cell_name(attributes)
        path.append(name)
        if len(path) > self._limits.depth:
            raise self._package.refusal("bomb", part=CONTENT)

    def _among_rows(self) -> bool:
        return _GROUPS.issuperset(self._path[len(_SPINE) + 1 :])

    def _start_prefix(self, prefix: str | None, meaning: str) -> None:
        """A prefix declared below the root may mean another thing later: then none is as usual."""
        if prefix in PREFIXES:
            self._prefixes[prefix] = "" if self._path else meaning

    def _end(self, _name: str) -> None:
        self._path.pop()
        if len(self._path) == len(_SPINE):
            self.open = False

    def _start_sheet(self, name: str) -> None:
        if _OTHER_FILE.match(name):
            return
        self._bound(name)
        self.sheets.append(name)
        self.open, self._number = True, 0
        self._cells.sheet = name

    def _start_row(self, attributes: dict[str, str]) -> None:
        self.in_row = True
        self._repeated = repeats(self._package, attributes.get(ROWS_REPEATED))
        self._cells.number = self._number + 1
        self._cells.begin(self._parser)

    def _end_row(self) -> None:
        self.in_row = False
        self._read_outside()
        self.take(self._repeated, self._cells.cells)

    def _read_null_date(self, day: str) -> None:
        if day not in _DATE_SYSTEMS:
            raise self._package.refusal("null_date", day=day)
        self.date1904 = _DATE_SYSTEMS[day]

    def _add_range(self, attributes: dict[str, str]) -> None:
        """Take note of a range's name where it has a header, and of its totals."""
        match = _AREA.fullmatch(attributes.get(f"{TABLE} target-range-address", ""))
        first, last = (COLUMNS.find(match[group] or match[2]) if match else None for group in (2, 5))
        if match is None or first is None or last is None:
            return
        sheet, name = _unquoted(match[1]), attributes.get(_NAME, "")
        self._bound(sheet + name)
        if attributes.get(f"{CALC} contains-footer") == "true":
            self.totals.append((sheet, int(match[6] or match[3])))
        if attributes.get(f"{TABLE} contains-header", "true") == "true":
            self.marks.append((sheet, (name, int(match[3]), first, last)))

    def _add_cell_name(self, attributes: dict[str, str]) -> None:
        """Take note of a name for cells of a sheet."""
        match = _SHEET_OF.match(attributes.get(f"{TABLE} cell-range-address", ""))
        if match is not None:
            sheet, name = _unquoted(match[1]), attributes.get(_NAME, "")
            self._bound(sheet + name)
            self.marks.append((sheet, (name, 0, 0, 0)))

    def _bound(self, name: str) -> None:
        self._named += len(name) + _NAMED
        if self._named > self._limits.named:
            raise self._package.refusal("bomb", part=CONTENT)


def _unquoted(sheet: str) -> str:
    """A sheet's name as an address has it: in quotes where it holds other signs than letters and digits."""
    return sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
