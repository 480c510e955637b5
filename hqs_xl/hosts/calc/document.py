"""A spreadsheet open in LibreOffice, through UNO: what ``live_book`` asks of a program, in few calls.

All that is written by one ``flush`` is one step to undo. Two faults of LibreOffice, met in 25.2, shape the writing: a
block that is written takes the comments of its cells away, and undoing it does not empty what was blank before.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import PurePath
from typing import Any
from urllib.request import url2pathname

import uno

from hqs_xl.errors import UnusableFile
from hqs_xl.formulas.links import Link
from hqs_xl.hosts.calc.cells import put_links, write_singly
from hqs_xl.hosts.calc.undo import Emptied, OneStep, Uncounted
from hqs_xl.hosts.open.book import OpenBook
from hqs_xl.hosts.open.sheet import Area, Block, Frame, LiveSheet

# What becomes of the cells below those that are taken out.
_UP = uno.Enum("com.sun.star.sheet.CellDeleteMode", "UP")
# com.sun.star.sheet.CellFlags.
_FORMULAS = 16
# com.sun.star.util.NumberFormat.
_DATE, _LOGICAL = 2, 1024
_DAY_ZERO, _DAY_ZERO_1904 = date(1899, 12, 30), date(1904, 1, 1)
# An error has no value here; which one it is says no check.
_ERROR = "#VALUE!"
# An error that a file held as a value, such as what an array saved as .xlsx had no rows for, is opened as a formula.
_ERROR_ALONE = "=#"
# What our functions are called in a formula that LibreOffice tells about, while the add-in is there.
_ADD_IN = re.compile(r"\bhqsxl\.calc\.functions\.hqs", re.IGNORECASE)
DATE_FORMAT = "YYYY-MM-DD"
# A column's width in hundredths of a millimetre for each character.
_CHARACTER = 200


class CalcBook(OpenBook):
    """A spreadsheet open in LibreOffice as the sync reads and answers it; ``step`` names what can be undone."""

    def __init__(self, model: Any, step: str = "HQS") -> None:
        super().__init__(CalcDocument(model))
        self._model, self._step = model, step

    def _write(self, written: Sequence[LiveSheet]) -> None:
        """Write as one step to undo; a document in which nothing differs is left alone."""
        if self.changed:
            with OneStep(self._model, self._step), Uncounted(self._model):
                super()._write(written)


class CalcDocument:
    """A spreadsheet open in LibreOffice."""

    def __init__(self, model: Any) -> None:
        self.model = model
        self.name = name_of(model)
        self.sheets: tuple[str, ...] = tuple(model.Sheets.ElementNames)
        self.day_zero = date(model.NullDate.Year, model.NullDate.Month, model.NullDate.Day)
        self.date1904 = self.day_zero == _DAY_ZERO_1904
        if not self.date1904 and self.day_zero != _DAY_ZERO:
            raise UnusableFile("file.day_zero", file=self.name, day=self.day_zero)

    @property
    def fullname(self) -> str:
        """The file's path, or blank."""
        return path_of(self.model)

    def page(self, sheet: str) -> CalcPage:
        """A sheet of it."""
        return CalcPage(self, self.model.Sheets.getByName(sheet))

    def refuse_unwritable(self, sheets: Collection[str], *, adds: bool) -> None:
        """Raise UnusableFile where a sheet, the order of sheets or the whole document is protected."""
        if self.model.isReadonly():
            raise UnusableFile("file.opened_read_only", file=self.name)
        for sheet in sheets:
            if self.model.Sheets.getByName(sheet).isProtected():
                raise UnusableFile("file.protected_sheet", file=self.name, sheet=sheet)
        if adds and self.model.isProtected():
            raise UnusableFile("file.protected_book", file=self.name)

    def table_names(self) -> Collection[str]:
        """The names of its database ranges, which tables are here, and of its cells."""
        return [*self.model.DatabaseRanges.ElementNames, *self.model.NamedRanges.ElementNames]

    def sheet_of(self, name: str) -> str | None:
        """The sheet that a name for cells refers to."""
        names = self.model.NamedRanges
        cells = names.getByName(name).getReferredCells() if names.hasByName(name) else None
        return None if cells is None else str(cells.Spreadsheet.Name)

    def names(self) -> Iterable[tuple[str, str]]:
        """The names for cells and formulas, each with what it stands for."""
        names = self.model.NamedRanges
        return [(name, str(names.getByName(name).Content)) for name in names.ElementNames]

    def add_page(self, sheet: str) -> CalcPage:
        """A new sheet at the end; the one the user looks at stays in front."""
        self.model.Sheets.insertNewByName(sheet, self.model.Sheets.Count)
        return self.page(sheet)

    def format_type(self, key: int) -> int:
        """The kinds of value that a number format is for."""
        return int(self.model.NumberFormats.getByKey(key).Type)

    def date_format(self) -> int:
        """The key of the number format 2026-12-31."""
        formats, locale = self.model.NumberFormats, self.model.CharLocale
        found = int(formats.queryKey(DATE_FORMAT, locale, False))  # noqa: FBT003 - UNO takes arguments by position
        return found if found >= 0 else int(formats.addNew(DATE_FORMAT, locale))


def name_of(model: Any) -> str:
    """The file's name, or the title of a document that was not saved yet."""
    return PurePath(path_of(model)).name or str(model.Title)


def path_of(model: Any) -> str:
    """The file's path; blank for a document without one on this computer."""
    return url2pathname(model.URL.removeprefix("file://")) if model.URL.startswith("file://") else ""


class CalcPage:
    """A sheet open in LibreOffice."""

    def __init__(self, document: CalcDocument, sheet: Any) -> None:
        self._document, self._sheet, self.name = document, sheet, str(sheet.Name)

    def read(self) -> Block:
        """The used area: its values in one call, the formulas of each rectangle of them in another."""
        used = self._sheet.createCursor()
        used.gotoStartOfUsedArea(False)  # noqa: FBT003 - UNO takes arguments by position
        used.gotoEndOfUsedArea(True)  # noqa: FBT003
        area = used.RangeAddress
        top, left = area.StartRow, area.StartColumn
        values = [[_ERROR if value is None else value for value in line] for line in used.getDataArray()]
        self._tell_apart(used, values, top, left)
        return Block(top + 1, left, values, self._formulas(used, top, left))

    def _formulas(self, used: Any, top: int, left: int) -> dict[tuple[int, int], str]:
        """The formulas by row and column; each cell that an array formula fills has it, in braces."""
        found: dict[tuple[int, int], str] = {}
        for area in used.queryContentCells(_FORMULAS).getRangeAddresses():
            texts = self._cells(area.StartRow, area.EndRow, area.StartColumn, area.EndColumn).getFormulaArray()
            for row, line in enumerate(texts, area.StartRow - top):
                for column, text in enumerate(line, area.StartColumn - left):
                    if not text.startswith(_ERROR_ALONE):
                        found[row, column] = _plain(text)
        return found

    def _tell_apart(self, used: Any, values: list[list[Any]], top: int, left: int) -> None:
        """Make TRUE and FALSE of the numbers formatted so and, where days count from 1904, dates of theirs."""
        dated = self._document.date1904
        if not dated and not any(value in (0.0, 1.0) for line in values for value in line):
            return
        ranges = used.getCellFormatRanges()
        for number in range(ranges.Count):
            part = ranges.getByIndex(number)
            kind = self._document.format_type(part.NumberFormat)
            if kind & _LOGICAL or (dated and kind & _DATE):
                area = part.RangeAddress
                for row in range(area.StartRow - top, area.EndRow - top + 1):
                    line = values[row]
                    for column in range(area.StartColumn - left, area.EndColumn - left + 1):
                        line[column] = self._meant(line[column], logical=bool(kind & _LOGICAL))

    def _meant(self, value: Any, *, logical: bool) -> Any:
        if not isinstance(value, float):
            return value
        if logical:
            return bool(value) if value in (0.0, 1.0) else value
        try:
            return datetime.combine(self._document.day_zero, datetime.min.time()) + timedelta(days=value)
        except OverflowError:
            return value

    def any_merged(self, area: Area) -> bool:
        """Whether any cell is merged: LibreOffice says so of the first of those."""
        first_row, last_row, *columns = area
        return bool(self._cells(first_row - 1, last_row - 1, *columns).IsMerged)

    def merged_with(self, row: int, place: int) -> Area:
        """The merged cells around one."""
        around = self._sheet.createCursorByRange(self._cells(row - 1, row - 1, place, place))
        around.collapseToMergedArea()
        area = around.RangeAddress
        return area.StartRow + 1, area.EndRow + 1, area.StartColumn, area.EndColumn

    def frames(self) -> Sequence[Frame]:
        """The database ranges with a header: what becomes of an Excel table."""
        return [frame for frame in map(self._frame, self._document.model.DatabaseRanges.ElementNames) if frame]

    def _frame(self, name: str) -> Frame | None:
        table = self._document.model.DatabaseRanges.getByName(name)
        area = table.DataArea
        if area.Sheet != self._sheet.RangeAddress.Sheet or not table.ContainsHeader:
            return None
        rows, columns = (area.StartRow + 1, area.EndRow + 1), (area.StartColumn, area.EndColumn)
        return Frame(table, name, *rows, *columns, bool(table.TotalsRow))

    def write(self, row: int, place: int, block: Sequence[Sequence[Any]]) -> None:
        """Write a block of answers; rows with a comment cell by cell, which keeps the comments."""
        lines = [[self._typed(value) for value in line] for line in block]
        last = place + len(lines[0]) - 1
        noted = {at.Row + 1 for at in self._notes() if place <= at.Column <= last}
        for apart, rows in groupby(range(row, row + len(lines)), noted.__contains__):
            numbers = list(rows)
            part = lines[numbers[0] - row : numbers[-1] - row + 1]
            cells = self._cells(numbers[0] - 1, numbers[-1] - 1, place, last)
            if apart:
                write_singly(cells, part)
            else:
                self._document.model.UndoManager.addUndoAction(Emptied(self._document.model, cells))
                cells.setDataArray(tuple(map(tuple, part)))
        put_links(self._sheet, row, place, block, noted)
        self._show_dates(row, place, block)

    def _notes(self) -> Iterator[Any]:
        """Where the sheet's comments are."""
        notes = self._sheet.Annotations
        return (notes.getByIndex(number).Position for number in range(notes.Count))

    def _typed(self, value: Any) -> Any:
        """An answer as LibreOffice takes it: a text stays a text here, and a blank is an empty one."""
        if isinstance(value, date):
            day = value.date() if isinstance(value, datetime) else value
            return float((day - self._document.day_zero).days)
        if isinstance(value, Link):
            return value.cell
        return "" if value is None else float(value) if isinstance(value, int) else value

    def _show_dates(self, row: int, place: int, block: Sequence[Sequence[Any]]) -> None:
        for column, answers in enumerate(zip(*block, strict=True), place):
            for dated, rows in groupby(range(row, row + len(block)), lambda at: isinstance(answers[at - row], date)):  # noqa: B023
                if dated:
                    numbers = list(rows)
                    self._as_dates(numbers[0], numbers[-1], column)

    def _as_dates(self, first: int, last: int, place: int) -> None:
        """Let cells show dates where they do not yet."""
        cells = self._cells(first - 1, last - 1, place, place)
        if last > first and cells.getPropertyState("NumberFormat").value == "AMBIGUOUS_VALUE":
            for number in range(first, last + 1):
                self._as_dates(number, number, place)
        elif not self._document.format_type(cells.NumberFormat) & _DATE:
            cells.NumberFormat = self._document.date_format()

    def resize(self, frame: Frame, last_row: int, last_column: int) -> None:
        """Let a database range end elsewhere."""
        area = frame.table.DataArea
        area.EndRow, area.EndColumn = last_row - 1, last_column
        frame.table.setDataArea(area)

    def copy_formats(self, source: int, rows: range, places: Sequence[int]) -> None:
        """Give rows the number formats of another one."""
        for place in places:
            form = self._sheet.getCellByPosition(place, source - 1).NumberFormat
            self._cells(rows[0] - 1, rows[-1] - 1, place, place).NumberFormat = form

    def remove_cells(self, area: Area) -> None:
        """Take cells out; those below them move up."""
        first, last, *columns = area
        self._sheet.removeRange(self._cells(first - 1, last - 1, *columns).RangeAddress, _UP)

    def copy_cells(self, area: Area, row: int) -> None:
        """Copy cells to another row."""
        first, last, *columns = area
        cells = self._sheet.getCellByPosition(columns[0], row - 1)
        self._sheet.copyRange(cells.CellAddress, self._cells(first - 1, last - 1, *columns).RangeAddress)

    def set_width(self, place: int, width: float) -> None:
        """Make a column so many characters wide."""
        self._sheet.Columns.getByIndex(place).Width = int(width * _CHARACTER)

    def format_dates(self, place: int, rows: range) -> None:
        """Let cells of a column show dates."""
        self._cells(rows[0] - 1, rows[-1] - 1, place, place).NumberFormat = self._document.date_format()

    def add_table(self, name: str, rows: int, columns: int) -> None:
        """A database range at the sheet's corner, with buttons to filter by."""
        ranges = self._document.model.DatabaseRanges
        ranges.addNewByName(name, self._cells(0, rows - 1, 0, columns - 1).RangeAddress)
        ranges.getByName(name).AutoFilter = True

    def _cells(self, first_row: int, last_row: int, first_column: int, last_column: int) -> Any:
        """Cells: rows and columns from 0, the last ones included."""
        return self._sheet.getCellRangeByPosition(first_column, first_row, last_column, last_row)


def _plain(formula: str) -> str:
    """A formula without the braces of an array, and with our functions' names instead of the add-in's."""
    return _ADD_IN.sub("HQS_", formula[1:-1] if formula.startswith("{=") else formula)
