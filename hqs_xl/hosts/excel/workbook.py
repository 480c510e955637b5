"""A workbook open in Excel, through xlwings: what ``live_book`` asks of a program, in few calls."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import product
from typing import Any

import xlwings as xw
from xlwings.main import Table

from hqs_xl.errors import UnusableFile
from hqs_xl.formulas.links import Link
from hqs_xl.hosts.open.book import OpenBook
from hqs_xl.hosts.open.cells import is_formula, typed
from hqs_xl.hosts.open.sheet import Area, Block, Frame

DATE_FORMAT, TEXT_FORMAT = "yyyy-mm-dd", "@"
TABLE_STYLE = "TableStyleLight9"
# Formulas are read in pieces of so many cells, as xlwings reads values.
CELLS_AT_ONCE = 4_000_000
# A longer text is refused within a block, and taken in a cell alone.
LONGEST_IN_BLOCK = 8_000


class LiveBook(OpenBook):
    """A workbook open in Excel as the sync reads and answers it."""

    def __init__(self, book: xw.Book) -> None:
        super().__init__(ExcelDocument(book))


class ExcelDocument:
    """A workbook open in Excel."""

    def __init__(self, book: xw.Book) -> None:
        self._book = book
        self.name: str = book.name
        self.sheets: tuple[str, ...] = tuple(sheet.name for sheet in book.sheets)
        self.date1904 = bool(getattr(book.api, "Date1904", False))

    @property
    def fullname(self) -> str:
        """The file's path, or its name alone."""
        return fullname_of(self._book)

    def page(self, sheet: str) -> ExcelPage:
        """A sheet of it."""
        return ExcelPage(self._book.sheets[sheet])

    def refuse_unwritable(self, sheets: Collection[str], *, adds: bool) -> None:  # noqa: ARG002 - Excel says that itself
        """Raise UnusableFile where a sheet is protected."""
        for sheet in sheets:
            if getattr(self._book.sheets[sheet].api, "ProtectContents", False):
                raise UnusableFile("file.protected_sheet", file=self.name, sheet=sheet)

    def table_names(self) -> Collection[str]:
        """The names of all Excel tables."""
        return [table.name for sheet in self._book.sheets for table in sheet.tables]

    def sheet_of(self, name: str) -> str | None:
        """The sheet that a name for cells refers to."""
        if name not in self._book.names:
            return None
        # What a name refers to may be deleted, which Excel tells by an error of COM.
        with suppress(Exception):
            return str(self._book.names[name].refers_to_range.sheet.name)
        return None

    def names(self) -> Iterable[tuple[str, str]]:
        """The names, each with the formula that it stands for; none where they can't be asked."""
        # In a browser xlwings knows cells alone, and a broken name is told by an error of COM.
        with suppress(Exception):
            return [(str(name.name), str(name.refers_to)) for name in self._book.names]
        return []

    def add_page(self, sheet: str) -> ExcelPage:
        """A new sheet at the end; the one the user looks at stays in front."""
        return ExcelPage(self._added(sheet))

    def _added(self, sheet: str) -> xw.Sheet:
        active = self._book.sheets.active
        made = self._book.sheets.add(sheet, after=self._book.sheets[-1])
        active.activate()
        return made


def fullname_of(book: xw.Book) -> str:
    """A workbook's path, or its name alone: that of one in the cloud is looked for by xlwings, and not found."""
    try:
        return str(book.fullname)
    except Exception:  # noqa: BLE001 - it asks OneDrive's own settings, and the registry, in which much may be amiss
        return str(book.name)


class ExcelPage:
    """A sheet open in Excel."""

    def __init__(self, sheet: xw.Sheet) -> None:
        self._sheet, self.name = sheet, str(sheet.name)

    def read(self) -> Block:
        """The used range: its values in one call, its formulas in another."""
        used = self._sheet.used_range
        values = used.options(ndim=2, err_to_str=True).value
        formulas = _formulas(used, values)
        return Block(used.row, used.column - 1, values, formulas | _spilled(used, formulas))

    def any_merged(self, area: Area) -> bool:
        """Whether any cell is merged: TRUE for all, None for some. Where xlwings can't ask (in a browser), none is."""
        try:
            return self._area(*area).merge_cells is not False
        except NotImplementedError:
            return False

    def merged_with(self, row: int, place: int) -> Area:
        """The merged cells around one."""
        area = self._sheet.range((row, place + 1)).merge_area
        rows, columns = area.shape
        return area.row, area.row + rows - 1, area.column - 1, area.column + columns - 2

    def frames(self) -> Sequence[Frame]:
        """The Excel tables that show a header."""
        return [_frame(table) for table in self._sheet.tables if table.show_headers]

    def write(self, row: int, place: int, block: Sequence[Sequence[Any]]) -> None:
        """Write a block; texts too long for one follow alone."""
        lines = [[typed(value) for value in line] for line in block]
        short = [[value[:LONGEST_IN_BLOCK] if isinstance(value, str) else value for value in line] for line in lines]
        self._let_links_count(row, place, block)
        self._sheet.range((row, place + 1)).value = short
        for number, (line, cut) in enumerate(zip(lines, short, strict=True), row):
            for column, value in enumerate(line, place + 1):
                if value != cut[column - place - 1]:
                    self._sheet.range((number, column)).value = value

    def _let_links_count(self, row: int, place: int, block: Sequence[Sequence[Any]]) -> None:
        """Where a formula is put into cells for texts, Excel would show it as one."""
        for column, answers in enumerate(zip(*block, strict=True), place):
            if any(isinstance(value, Link) for value in answers):
                self._let_count(self._area(row, row + len(block) - 1, column, column))

    def _let_count(self, cells: xw.Range) -> None:
        if cells.number_format == TEXT_FORMAT:
            cells.number_format = "General"

    def resize(self, frame: Frame, last_row: int, last_column: int) -> None:
        """Let an Excel table end elsewhere."""
        frame.table.resize(self._area(frame.first_row, last_row, frame.first_column, last_column))

    def copy_formats(self, source: int, rows: range, places: Sequence[int]) -> None:
        """Give rows the number formats of another one."""
        for place in places:
            form = self._sheet.range((source, place + 1)).number_format
            self._area(rows[0], rows[-1], place, place).number_format = form

    def remove_cells(self, area: Area) -> None:
        """Take cells out; those below them move up."""
        self._area(*area).delete("up")

    def copy_cells(self, area: Area, row: int) -> None:
        """Copy cells to another row."""
        first, last, *columns = area
        self._area(*area).copy(self._area(row, row + last - first, *columns))

    def set_width(self, place: int, width: float) -> None:
        """Make a column so many characters wide."""
        self._sheet.range((1, place + 1)).column_width = width

    def format_dates(self, place: int, rows: range) -> None:
        """Let cells of a column show dates."""
        self._area(rows[0], rows[-1], place, place).number_format = DATE_FORMAT

    def add_table(self, name: str, rows: int, columns: int) -> None:
        """An Excel table at the sheet's corner."""
        self._sheet.tables.add(self._area(1, rows, 0, columns - 1), name, table_style_name=TABLE_STYLE)

    def _area(self, first_row: int, last_row: int, first_column: int, last_column: int) -> xw.Range:
        """Cells: rows from 1, columns from 0, the last ones included."""
        return self._sheet.range((first_row, first_column + 1), (last_row, last_column + 1))


def _formulas(used: xw.Range, values: list[list[Any]]) -> dict[tuple[int, int], str]:
    """The formulas of a range by row and column, both from 0; few cells of a sheet hold one."""
    step = max(1, CELLS_AT_ONCE // len(values[0]))
    found: dict[tuple[int, int], str] = {}
    for start in range(0, len(values), step):
        piece = used if len(values) <= step else used[start : start + step, :]
        for row, texts in enumerate(_grid(piece.formula), start):
            for column, text in enumerate(texts):
                if is_formula(text, values[row][column]):
                    found[row, column] = text
    return found


def _spilled(used: xw.Range, formulas: Mapping[tuple[int, int], str]) -> dict[tuple[int, int], str]:
    """The cells that a formula fills from another cell, with that formula; Excels before 2021 have none."""
    found: dict[tuple[int, int], str] = {}
    # None where some do: only then each formula is asked.
    if getattr(used.api, "HasSpill", False) is False:
        return found
    for (row, column), formula in formulas.items():
        native = used[row, column].api
        if (row, column) not in found and native.HasSpill:
            area = native.SpillingToRange
            for place in product(range(row, row + area.Rows.Count), range(column, column + area.Columns.Count)):
                found[place] = formula
    return found


def _grid(found: Any) -> Any:
    """Formulas as rows of cells: one cell comes alone, one row without its rows."""
    if not isinstance(found, list | tuple):
        return [[found]]
    return found if found and isinstance(found[0], list | tuple) else [found]


def _frame(table: Table) -> Frame:
    area = table.range
    rows, columns = area.shape
    left, top = area.column - 1, area.row
    return Frame(table, table.name, top, top + rows - 1, left, left + columns - 1, bool(table.show_totals))
