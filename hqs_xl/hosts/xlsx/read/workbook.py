"""A closed .xlsx or .xlsm read without Excel: sheets, tables and rows of values.

Rows are streamed: a sheet of 1,048,576 rows is never held. Formulas give the value stored at the last save, but for
those on TODAY() or NOW() as results that move, for what was stored is the day of that save.
"""

from __future__ import annotations

from itertools import chain, count
from typing import TYPE_CHECKING, NamedTuple, cast

from hqs_xl.hosts.files.limits import LIMITS, Limits
from hqs_xl.hosts.package.opc import MAIN, OFFICE_RELATIONSHIP, Package, check_root
from hqs_xl.hosts.sheets.cell_values import CellValue, unescaped
from hqs_xl.hosts.sheets.closed_file import ClosedFile
from hqs_xl.hosts.sheets.places import area_of, whole
from hqs_xl.hosts.sheets.progress import told
from hqs_xl.hosts.xlsx.read.cell_names import cell_names
from hqs_xl.hosts.xlsx.read.formula_watch import FormulaWatch
from hqs_xl.hosts.xlsx.read.row_source import SheetRows
from hqs_xl.hosts.xlsx.read.shared_strings import PackedTexts, read_shared_strings
from hqs_xl.hosts.xlsx.read.sheet_rows import SheetReader
from hqs_xl.hosts.xlsx.read.told_moves import told_of_rows
from hqs_xl.rows import NoHeaders, SomeRows

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from hqs_xl.hosts.xlsx.read.kept_sheet import KeptSheet
    from hqs_xl.hosts.xlsx.read.plain_rows import Columns
    from hqs_xl.hosts.xlsx.read.row_source import RowSource
    from hqs_xl.hosts.xlsx.read.sheet_rows import Row
    from hqs_xl.hosts.xlsx.read.told_moves import Moves
    from hqs_xl.rows import HeaderWords, OneValue

__all__ = ["CellValue", "TableArea", "Workbook"]

_NO_HEADERS = NoHeaders()

# XlsxWriter stores 0 for what a formula comes to, and asks by these for all to be counted; no program that counts
# saves them so. An edit that asks for it, for some results are old, says besides that not all was counted.
_EMPTY_ZEROS = {"calcId": "124519", "fullCalcOnLoad": "1"}
_TABLE_COUNTS = (("headerRowCount", "1"), ("totalsRowCount", "0"))


class TableArea(NamedTuple):
    """A table's place on its sheet: rows from 1, columns from 0, the last ones included."""

    name: str
    first_row: int
    last_row: int
    first_column: int
    last_column: int
    totals_rows: int  # at the end, within last_row
    header_rows: int = 1


def _nobodys(_formula: str) -> bool:
    return False


class Workbook(ClosedFile[Package]):
    """A closed .xlsx or .xlsm, read without Excel, row by row.

    Raises ``UnusableFile`` when opened, or later when a part turns out to be broken.
    """

    sheets: tuple[str, ...]  # worksheets in the workbook's order, hidden ones too; no chart, dialog or macro sheets

    def __init__(
        self,
        path: Path,
        words: HeaderWords = _NO_HEADERS,
        limits: Limits = LIMITS,
        own: Callable[[str], bool] = _nobodys,
    ) -> None:
        """``words``: knows which texts are headers, for ``rows_in_part``; ``own``: which formulas are our own."""
        self.name, self._words, self._own = path.name, words, own
        self._package = Package(path, limits)
        self._watch = FormulaWatch(self._package)
        self._moves: dict[str, Moves] = {}
        self._strings: PackedTexts | None = None
        self._one_valued: dict[str, list[OneValue]] = {}
        self._names: dict[str, str] | None = None
        self._frames: dict[str, list[tuple[str, TableArea]]] = {}
        with self._opening():
            self._links = self._package.relationships(self._package.workbook)
            self.date1904 = self._empty_zeros = False
            self._parts: dict[str, str] = {}
            self._taken: set[str] = set()
            self._read_workbook()
            self.sheets = tuple(self._parts)

    def know_words(self, words: HeaderWords) -> None:
        """Go by other words for headers from now on: the sheets have to be read anew."""
        self._words, self._strings = words, None

    def rows(self, sheet: str, progress: Callable[[float], None] | None = None) -> Iterator[Row]:
        """Row number (from 1) and its values by column (from 0), in order; empty rows, cells and texts are left out.

        ``progress`` is told the share done, 0 to 1, now and then. Each call reads the sheet anew. A fault further
        down is found, as ``UnusableFile``, only after the rows above it were given.
        """
        parts = self._some_rows(sheet, progress, None)
        return cast("Iterator[Row]", chain.from_iterable(some.rows for some in parts))

    def rows_in_part(
        self, sheet: str, columns: Columns, progress: Callable[[float], None] | None = None
    ) -> Iterator[SomeRows]:
        """The rows as ``rows`` gives them; those without a header may come with the cells of some columns only."""
        return self._some_rows(sheet, progress, columns)

    def rows_numbered(self, sheet: str, numbers: Collection[int]) -> Iterator[Row]:
        """The rows of some numbers; the others are passed by unread, so that the sheet has to have been read before."""
        part, last = self._part(sheet), max(numbers, default=0)
        reader = SheetReader(self._package, part, sheet, self._shared_strings(), **self._stored)
        source = SheetRows(self._package, part, reader, numbers=frozenset(numbers))
        moves = self._moves.get(sheet, {})
        for rows, _ in told_of_rows(_streamed(self._package.chunks(part), source, None), moves):
            yield from (cast("Row", row) for row in rows if row[0] in numbers)
            if reader.number >= last:
                return

    def _some_rows(
        self, sheet: str, progress: Callable[[float], None] | None, columns: Columns | None
    ) -> Iterator[SomeRows]:
        part = self._part(sheet)
        reader = SheetReader(self._package, part, sheet, self._shared_strings(), **self._stored)
        self._one_valued[sheet] = reader.one_valued
        moves = self._moves.get(sheet)
        columns = None if moves else columns  # what moves is told by all cells of a row
        kept = self._kept_of(part) if columns else None
        source = self._source(SheetRows(self._package, part, reader, columns, kept=kept))
        rows = _streamed(self._chunks(part), source, progress)
        return told_of_rows(rows, moves) if moves else rows

    def follow_clock(self, facts: Mapping[str, Mapping[int, int]]) -> bool:
        """Whether cells below some rows of columns, by sheet, move by what they refer to; all sheets have been read.

        From then on their rows are given with those cells as such that move.
        """
        sheets = {sheet: self._part(sheet) for sheet in facts}
        if not self._watch.may_move({part: facts[sheet] for sheet, part in sheets.items()}):
            return False
        from hqs_xl.hosts.xlsx.recount.clock import moving_cells  # noqa: PLC0415 - few books hold such formulas

        with_any = {sheet: part for sheet, part in self._parts.items() if part in self._watch.with_any}
        found = moving_cells(self._package, self._parts, with_any, self._own)
        self._moves = {sheet: moves for sheet, columns in facts.items() if (moves := found.of(sheet, columns))}
        return bool(self._moves)

    def bytes_of(self, sheet: str) -> Iterable[bytes]:
        """The bytes of a sheet's part, as they stand in the file."""
        return self._package.chunks(self._part(sheet))

    def _chunks(self, part: str) -> Iterable[bytes]:
        """The bytes of a sheet."""
        return self._watch.chunks(part)

    def _kept_of(self, _part: str) -> KeptSheet | None:
        """What takes the rows of a sheet that is read in part."""
        return None

    def _source(self, rows: SheetRows) -> RowSource:
        """What reads the rows of a sheet."""
        return rows

    @property
    def largest_sheet(self) -> int:
        """The bytes of the sheet that has most of them."""
        return max(map(self._package.size, self._parts.values()), default=0)

    def tables(self, sheet: str) -> tuple[TableArea, ...]:
        """The sheet's tables, from the top and the left."""
        return tuple(area for _, area in self._framed(sheet))

    def one_valued(self, sheet: str, below: int) -> Sequence[OneValue]:
        """The sheet's cells below a row that have one value between them, as far as its rows have been read."""
        return [area for area in self._one_valued.get(sheet, ()) if area.first_row > below]

    def totals(self, sheet: str) -> frozenset[int]:
        """The rows of the sheet that are a table's totals."""
        return frozenset(
            row for area in self.tables(sheet) for row in range(area.last_row - area.totals_rows + 1, area.last_row + 1)
        )

    def marks(self, sheet: str) -> list[tuple[str, int, int, int]]:
        """The sheet's tables with a header: name, its row, first and last column; names for cells, in row 0."""
        tables = [
            (area.name, area.first_row + area.header_rows - 1, area.first_column, area.last_column)
            for area in self.tables(sheet)
            if area.header_rows
        ]
        if self._names is None:
            self._names = cell_names(self._package, self._package.workbook)
        return tables + [(name, 0, 0, 0) for name, there in self._names.items() if there == sheet]

    def _framed(self, sheet: str) -> list[tuple[str, TableArea]]:
        """The sheet's tables with their parts."""
        if sheet not in self._frames:
            links = self._package.relationships(self._part(sheet)).values()
            parts = {link.part for link in links if link.kind == "table" and link.part}
            areas = [(part, self._table(part)) for part in parts]
            self._frames[sheet] = sorted(areas, key=lambda one: (one[1].first_row, one[1].first_column, one[1].name))
        return self._frames[sheet]

    def _read_workbook(self) -> None:
        part = self._package.workbook
        numbers = count(1)
        for depth, name, attributes in self._package.elements(part):
            if depth == 1:
                check_root(self._package, part, name, "workbook")
            elif name == f"{MAIN} workbookPr":
                self.date1904 = attributes.get("date1904") in ("1", "true")
            elif name == f"{MAIN} calcPr":
                stores_zeros = _EMPTY_ZEROS.items() <= attributes.items()
                self._empty_zeros = stores_zeros and attributes.get("calcCompleted") not in ("0", "false")
            elif name == f"{MAIN} sheet":
                self._add_sheet(next(numbers), attributes)

    def _add_sheet(self, number: int, attributes: dict[str, str]) -> None:
        name = unescaped(attributes.get("name", ""))
        key = attributes.get(f"{OFFICE_RELATIONSHIP} id")
        link = self._links.get(key or "")
        # Modules of old macros are listed among the sheets without a part.
        if key == "" or (link is not None and link.kind != "worksheet"):
            return
        if link is None or link.part is None:
            part = self._package.workbook
            raise self._package.refusal("missing_sheet", sheet=name or key or "?", number=number, part=part)
        if not self._package.has(link.part):
            raise self._package.refusal("missing_part", part=link.part)
        taken = {name.casefold(), f"/{link.part}".casefold()}  # no sheet's name holds a slash
        if taken & self._taken:
            raise self._package.refusal("duplicate_sheet", sheet=name)
        self._taken |= taken
        self._parts[name] = link.part

    @property
    def _stored(self) -> dict[str, bool]:
        """How values are stored, for the sheets' readers."""
        return {"date1904": self.date1904, "empty_zeros": self._empty_zeros}

    def _part(self, sheet: str) -> str:
        return self._of_sheet(sheet, self._parts)

    def _shared_strings(self) -> PackedTexts:
        if self._strings is None:
            links = self._links.values()
            part = next((link.part for link in links if link.kind == "sharedStrings" and link.part), None)
            if part and self._package.has(part):
                self._strings = read_shared_strings(self._package, part, self._words)
            else:
                self._strings = PackedTexts(absent=part or "", words=self._words)
        return self._strings

    def _table(self, part: str) -> TableArea:
        (name, attributes), *_ = [found[1:] for found in self._package.elements(part)]
        check_root(self._package, part, name, "table")
        area = _table_area(attributes)
        if area is None:
            raise self._package.refusal("bad_table", part=part)
        return area


def _streamed(
    chunks: Iterable[bytes], source: RowSource, progress: Callable[[float], None] | None
) -> Iterator[SomeRows]:
    try:
        for chunk in told(chunks, source, progress):
            yield from source.add(chunk)
        yield from source.end()
    finally:
        source.close()


def _table_area(attributes: dict[str, str]) -> TableArea | None:
    """The area of a table, or None where its ``ref`` or counts make no sense."""
    area = area_of(attributes.get("ref", ""))  # OnlyOffice writes $A$1:$C$3
    header, totals = (whole(attributes.get(key, usual)) for key, usual in _TABLE_COUNTS)
    if area is None or header is None or totals is None:
        return None
    first_row, last_row, first_column, last_column = area
    if header + totals > last_row - first_row + 1:
        return None
    name = unescaped(attributes.get("displayName") or attributes.get("name", ""))
    return TableArea(name, first_row, last_row, first_column, last_column, totals, header)
