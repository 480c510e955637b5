"""An engine of xlwings whose cells are openpyxl's: what Excel would do, as far as the macros ask it to.

xlwings' own Book, Sheet, Range, Table and converters work over it, so that macros run where there is no Excel. It reads
a typed text as Excel does ("001" becomes 1, "2026-03-16" a day), and refuses what Excel refuses: a part of an array, a
protected cell, two tables over one cell. Formulas are not counted: their values are held beside, and a test sets them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import copy
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import xlwings as xw
from openpyxl import Workbook, load_workbook
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.datetime import from_excel
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table as FileTable
from openpyxl.worksheet.worksheet import Worksheet
from xlwings import base_classes

from hqs_xl.formulas.links import is_link

ROWS, COLUMNS = 1_048_576, 16_384
# A table's header and one row.
MIN_HEIGHT = 2
TEXT = "@"
LONGEST_IN_BLOCK = 8_203
# Excel's numbers of the errors xlwings knows, and of one it does not.
ERRORS = {
    "#DIV/0!": -2146826281,
    "#N/A": -2146826246,
    "#NAME?": -2146826259,
    "#NULL!": -2146826288,
    "#NUM!": -2146826252,
    "#REF!": -2146826265,
    "#VALUE!": -2146826273,
}
SPILL_ERROR = -2146826243

_NUMBER = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)?(?:[eE][-+]?[0-9]+)?")
_DAYS = (
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?: (\d{1,2}):(\d{2}))?"), (1, 2, 3)),
    (re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})"), (3, 2, 1)),
)
_MONTH = re.compile(r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[-\s]?(\d{1,2})", re.IGNORECASE)

Area = tuple[int, int, int, int]


class Refused(Exception):
    """Excel refuses; with COM this is a ``com_error``."""


class Impl:
    """The engine itself."""

    name = "cells"
    type = "desktop"

    def __init__(self) -> None:
        self.apps = Apps()

    @staticmethod
    def prepare_xl_data_element(x: Any, _options: Any) -> Any:
        """As xlwings prepares values for COM."""
        if type(x) is date:
            return datetime.combine(x, time())
        return "" if x is None else x

    @staticmethod
    def clean_value_data(data: Any, dates: Any, empty: Any, numbers: Any, err_to_str: bool) -> Any:
        """As xlwings cleans values that come from COM."""
        texts = {number: text for text, number in ERRORS.items()}

        def clean(value: Any) -> Any:
            if value in ("", None):
                return empty
            if isinstance(value, datetime):
                parts = ("year", "month", "day", "hour", "minute", "second")
                return dates(**{part: getattr(value, part) for part in parts}, tzinfo=None)
            if numbers is not None and isinstance(value, float):
                return numbers(value)
            if isinstance(value, int) and not isinstance(value, bool) and value in texts:
                return texts[value] if err_to_str else None
            return value

        return [[clean(cell) for cell in row] for row in data]


class Apps(base_classes.Apps):
    """The one Excel there is."""

    def __init__(self) -> None:
        self.all: list[App] = []

    def keys(self) -> list[int]:
        return [app.pid for app in self.all]

    def __iter__(self) -> Iterator[App]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    def __getitem__(self, pid: int) -> App:
        return next(app for app in self.all if app.pid == pid)


class Native:
    """What ``api`` is: the host's own object, with the few attributes asked of it."""

    def __init__(self, **attributes: Any) -> None:
        self.__dict__.update(attributes)


class App(base_classes.App):
    """Excel: its settings, what it was told, and each thing that was done to its cells."""

    pid = 1
    version = "16.0"
    calculation = "automatic"
    screen_updating = True
    selection: Any = None
    books: Any = None

    def __init__(self) -> None:
        self.engine = ENGINE
        self.alerts: list[str] = []
        self.answer = "yes"
        self.status: list[Any] = [False]
        self.log: list[tuple[str, str, str]] = []
        self.corrects = SimpleNamespace(AutoFillFormulasInLists=True)
        # Whether a formula was written that Excel would put into the blank cells of its column too.
        self.fills_columns = False
        self.calculated = 0
        self.calculated_fully = 0
        self.fails_at: str | None = None
        self.fails_with: BaseException = RuntimeError("Amber Alderquill")
        self.books = Books(self)
        ENGINE.apps.all = [self]

    @property
    def api(self) -> Native:
        def fully() -> None:
            self.calculated_fully += 1

        return Native(CalculateFull=fully, AutoCorrect=self.corrects)

    @property
    def status_bar(self) -> Any:
        return self.status[-1]

    @status_bar.setter
    def status_bar(self, value: Any) -> None:
        self.status.append(value)

    def calculate(self) -> None:
        self.calculated += 1

    def alert(self, prompt: str, _title: Any, buttons: Any, _mode: Any, _callback: Any) -> str:
        self.alerts.append(prompt)
        return self.answer if buttons == "yes_no" else "ok"

    def activate(self, steal_focus: bool = False) -> None:
        """It is in front."""

    def note(self, what: str, sheet: str, where: str) -> None:
        """Take note of something done to cells; fail where the test wants it."""
        self.log.append((what, sheet, where))
        if what == self.fails_at:
            raise self.fails_with

    def done(self, *kinds: str) -> list[tuple[str, str, str]]:
        """What was done to cells, of some kinds."""
        return [one for one in self.log if one[0] in kinds]


CHANGES = ("write", "resize", "format", "add sheet", "add table")


class Books(base_classes.Books):
    """The open workbooks."""

    app: Any = None

    def __init__(self, app: App) -> None:
        self.app = app
        self.all: list[Book] = []

    @property
    def active(self) -> Book:
        return self.all[-1]

    def __call__(self, name_or_index: Any) -> Book:
        return next(book for number, book in enumerate(self.all, 1) if name_or_index in {number, book.name})

    def __len__(self) -> int:
        return len(self.all)

    def __iter__(self) -> Iterator[Book]:
        return iter(self.all)


class Book(base_classes.Book):
    """A workbook: openpyxl's, with the values of its formulas beside."""

    app: Any = None
    name = ""
    fullname = ""

    def __init__(self, app: App, name: str, file: Workbook, values: Workbook | None = None) -> None:
        self.app, self.name, self.fullname, self.file = app, name, name, file
        self.cached: dict[tuple[str, int, int], Any] = {}
        self.spills: dict[tuple[str, int, int], tuple[int, int]] = {}
        # Whether a cell that is spilled into shows the formula.
        self.spills_show = False
        self.date1904 = False
        for sheet in (values or file).worksheets if values else ():
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value is not None:
                        self.cached[sheet.title, cell.row, cell.column] = cell.value
        app.books.all.append(self)

    @property
    def api(self) -> Native:
        return Native(Date1904=self.date1904)

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self)

    def activate(self) -> None:
        """It is in front."""


class Sheets(base_classes.Sheets):
    """The worksheets of a book."""

    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def active(self) -> Sheet:
        return Sheet(self.book, self.book.file.active)

    def __call__(self, name_or_index: Any) -> Sheet:
        sheets = self.book.file.worksheets
        found = sheets[name_or_index - 1] if isinstance(name_or_index, int) else self.book.file[name_or_index]
        return Sheet(self.book, found)

    def __len__(self) -> int:
        return len(self.book.file.worksheets)

    def __iter__(self) -> Iterator[Sheet]:
        return iter([Sheet(self.book, sheet) for sheet in self.book.file.worksheets])

    def add(self, before: Any = None, after: Any = None, name: str | None = None) -> Sheet:
        place = after.index if after else before.index - 1
        sheet = self.book.file.create_sheet(name, place)
        self.book.file.active = sheet
        self.book.app.note("add sheet", sheet.title, "")
        return Sheet(self.book, sheet)


class Sheet(base_classes.Sheet):
    """A worksheet."""

    book: Any = None
    name = ""

    def __init__(self, book: Book, file: Any) -> None:
        self.book, self.name = book, str(file.title)
        self.file: Worksheet = file

    @property
    def api(self) -> Native:
        return Native(ProtectContents=bool(self.file.protection.sheet))

    @property
    def index(self) -> int:
        return int(self.book.file.worksheets.index(self.file)) + 1

    @property
    def cells(self) -> Range:
        return Range(self, (1, 1, ROWS, COLUMNS))

    @property
    def tables(self) -> Tables:
        return Tables(self)

    @property
    def used_range(self) -> Range:
        places = [place for place, cell in self.file._cells.items() if cell.value is not None or cell.has_style]
        rows, columns = [row for row, _ in places] or [1], [column for _, column in places] or [1]
        area = (min(rows), min(columns), max(rows) - min(rows) + 1, max(columns) - min(columns) + 1)
        return Range(self, area)

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        if isinstance(arg1, tuple) and len(arg1) == 4:
            return Range(self, arg1)
        first, last = self._area(arg1), self._area(arg2 if arg2 is not None else arg1)
        return Range(self, (first[0], first[1], last[2] - first[0] + 1, last[3] - first[1] + 1))

    @staticmethod
    def _area(arg: Any) -> Area:
        """First row and column, last row and column."""
        if isinstance(arg, Range):
            row, column, rows, columns = arg.area
            return row, column, row + rows - 1, column + columns - 1
        if isinstance(arg, tuple):
            return arg[0], arg[1], arg[0], arg[1]
        left, top, right, bottom = range_boundaries(arg)
        return int(top or 1), int(left or 1), int(bottom or 1), int(right or 1)

    def activate(self) -> None:
        self.book.file.active = self.file

    def arrays(self) -> Iterator[tuple[Area, str]]:
        """The array formulas: first row and column, last row and column, text."""
        for cell in list(self.file._cells.values()):
            if isinstance(cell.value, ArrayFormula):
                yield self._area(cell.value.ref), str(cell.value.text)


class Range(base_classes.Range):
    """A rectangle of cells: first row and column from 1, rows, columns."""

    sheet: Any = None

    def __init__(self, sheet: Sheet, area: Area) -> None:
        self.sheet, self.area = sheet, area
        self.options: dict[str, Any] = {}

    row = property(lambda self: self.area[0])
    column = property(lambda self: self.area[1])
    shape = property(lambda self: self.area[2:])

    @property
    def api(self) -> Native:
        spilled = {place for area in self._spills() for place in Range(self.sheet, area)._places()}
        if spilled.isdisjoint(self._places()):
            return Native(HasSpill=False)
        if self.area[2:] != (1, 1):
            return Native(HasSpill=None)
        here = [area for area in self._spills() if area[:2] == self.area[:2]]
        # Only the cell with the formula itself tells where it spills to.
        return Native(HasSpill=True, SpillingToRange=_native_area(here[0])) if here else Native(HasSpill=True)

    def _spills(self) -> list[Area]:
        """Where the formulas of the sheet spill to, each from its own cell."""
        found = self.sheet.book.spills.items()
        return [(row, column, *shape) for (name, row, column), shape in found if name == self.sheet.name]

    def __len__(self) -> int:
        return self.area[2] * self.area[3]

    def __call__(self, arg1: int, arg2: int | None = None) -> Range:
        if arg2 is None:
            arg1, arg2 = (arg1 - 1) // self.area[3] + 1, (arg1 - 1) % self.area[3] + 1
        return Range(self.sheet, (self.area[0] + arg1 - 1, self.area[1] + arg2 - 1, 1, 1))

    @property
    def address(self) -> str:
        row, column, rows, columns = self.area
        last = f"{get_column_letter(column + columns - 1)}{row + rows - 1}"
        return f"{get_column_letter(column)}{row}:{last}"

    def _places(self) -> Iterator[tuple[int, int]]:
        row, column, rows, columns = self.area
        return ((one, other) for one in range(row, row + rows) for other in range(column, column + columns))

    @property
    def merge_cells(self) -> bool | None:
        """TRUE where all cells are merged, None for some, FALSE for none, as COM says it."""
        merged = [self._merged_with(*place) is not None for place in self._places()]
        return all(merged) or (None if any(merged) else False)

    @property
    def merge_area(self) -> Range:
        found = self._merged_with(*self.area[:2])
        if found is None:
            return self
        rows, columns = found.max_row - found.min_row + 1, found.max_col - found.min_col + 1
        return Range(self.sheet, (found.min_row, found.min_col, rows, columns))

    def _merged_with(self, row: int, column: int) -> Any:
        areas = self.sheet.file.merged_cells.ranges
        inside = (one for one in areas if one.min_row <= row <= one.max_row and one.min_col <= column <= one.max_col)
        return next(inside, None)

    def _grid(self, of: Any) -> Any:
        """A cell's alone, or tuples of rows, as COM delivers them."""
        row, column, rows, columns = self.area
        if (rows, columns) == (1, 1):
            return of(row, column)
        lines = range(row, row + rows)
        return tuple(tuple(of(line, place) for place in range(column, column + columns)) for line in lines)

    @property
    def raw_value(self) -> Any:
        self._note("read")
        return self._grid(self._value)

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        self._note("write")
        single = not isinstance(data, list | tuple)
        rows: Sequence[Any] = data if not single and isinstance(data[0], list | tuple) else [data]
        self._refuse_part_of_array()
        if not single and any(
            isinstance(value, str) and len(value) > LONGEST_IN_BLOCK for row in rows for value in row
        ):
            raise Refused("Application-defined or object-defined error")
        for row, column in self._places():
            value = data if single else rows[row - self.area[0]][column - self.area[1]]
            self._set(row, column, value)

    def _refuse_part_of_array(self) -> None:
        for (top, left, bottom, right), _ in self.sheet.arrays():
            if _overlap((top, left, bottom - top + 1, right - left + 1), self.area):
                raise Refused("You can't change part of an array.")
        if any(_overlap(area, self.area) for area in self._spills()):
            raise Refused("#SPILL!")

    @property
    def formula(self) -> Any:
        self._note("read formula")
        arrays = list(self.sheet.arrays())

        def text(row: int, column: int) -> Any:
            for area, formula in arrays:
                if area[0] <= row <= area[2] and area[1] <= column <= area[3]:
                    return formula
            for top, left, rows, columns in self._spills() if self.sheet.book.spills_show else ():
                if _overlap((top, left, rows, columns), (row, column, 1, 1)):
                    row, column = top, left
            cell = self.sheet.file._cells.get((row, column))
            return "" if cell is None or cell.value is None else str(cell.value)

        return self._grid(text)

    @formula.setter
    def formula(self, _: Any) -> None:
        raise Refused("No macro of ours writes a formula.")

    @property
    def number_format(self) -> str | None:
        formats = {self.sheet.file.cell(row, column).number_format for row, column in self._places()}
        return formats.pop() if len(formats) == 1 else None

    @number_format.setter
    def number_format(self, value: str) -> None:
        self._note("format")
        for row, column in self._places():
            self.sheet.file.cell(row, column).number_format = value

    @property
    def column_width(self) -> float:
        return float(self.sheet.file.column_dimensions[get_column_letter(self.area[1])].width)

    @column_width.setter
    def column_width(self, value: float) -> None:
        self.sheet.file.column_dimensions[get_column_letter(self.area[1])].width = value

    def delete(self, shift: str | None = None) -> None:
        """The cells go, those below them move up, and tables end higher, above one row at least."""
        assert shift == "up"
        self._note("delete")
        row, column, rows, columns = self.area
        cells, cached = self.sheet.file._cells, self.sheet.book.cached
        for place in range(column, column + columns):
            for number in sorted(line for line, at in list(cells) if at == place and line >= row):
                cell = cells.pop((number, place))
                value = cached.pop((self.sheet.name, number, place), None)
                if number >= row + rows:
                    cell.row = number - rows
                    cells[cell.row, place] = cell
                    if value is not None:
                        cached[self.sheet.name, cell.row, place] = value
        for table in self.sheet.tables:
            first, left, height, width = table.range.area
            if left == column and width == columns and first < row < first + height:
                if height - rows < MIN_HEIGHT:
                    raise Refused("A table keeps one row at least.")
                last = f"{get_column_letter(left + width - 1)}{first + height - rows - 1}"
                table.file.ref = f"{get_column_letter(left)}{first}:{last}"

    def copy(self, destination: Any = None) -> None:
        """All that the cells hold goes to others of the same columns."""
        self._note("copy")
        target = destination.impl
        for row, column in self._places():
            one, other = self.sheet.file.cell(row, column), self.sheet.file.cell(target.area[0], column)
            other.value, other._style, other.comment = one.value, copy(one._style), copy(one.comment)
            value = self.sheet.book.cached.get((self.sheet.name, row, column))
            self.sheet.book.cached[self.sheet.name, target.area[0], column] = value

    def _note(self, what: str) -> None:
        self.sheet.book.app.note(what, self.sheet.name, self.address)

    def _value(self, row: int, column: int) -> Any:
        cell = self.sheet.file._cells.get((row, column))
        value = None if cell is None else cell.value
        form = "General" if cell is None else cell.number_format
        if value is None or isinstance(value, ArrayFormula) or (cell and cell.data_type == "f"):
            value = self.sheet.book.cached.get((self.sheet.name, row, column))
        if isinstance(value, str) and value in ERRORS:
            return ERRORS[value]
        if isinstance(value, bool) or value is None or isinstance(value, str | datetime):
            return value
        if isinstance(value, int) and value == SPILL_ERROR:
            return value
        if isinstance(value, date):
            return datetime.combine(value, time())
        if is_date_format(form):
            return from_excel(value)
        return Decimal(str(value)) if "₽" in form or "$" in form else float(value)

    def _set(self, row: int, column: int, value: Any) -> None:
        sheet = self.sheet
        cell = sheet.file.cell(row, column)
        if sheet.file.protection.sheet and cell.protection.locked:
            raise Refused("The cell is protected.")
        if cell.data_type == "f" and not is_link(str(cell.value)):
            raise Refused(f"a formula would be lost: {cell.coordinate}")
        sheet.book.cached.pop((sheet.name, row, column), None)
        if isinstance(value, str) and is_link(value):
            if cell.number_format == TEXT:
                raise Refused(f"a formula would be a text: {cell.coordinate}")
            sheet.book.app.fills_columns |= sheet.book.app.corrects.AutoFillFormulasInLists
            cell.value = value
            sheet.book.cached[sheet.name, row, column] = value.split('"')[-2]
            return
        stored, form = _as_typed(value, cell.number_format)
        cell.value = stored
        if isinstance(stored, str):
            cell.data_type = "s"
        cell.number_format = form


def _as_typed(value: Any, form: str) -> tuple[Any, str]:
    """What a cell of that format holds after a value is handed to Excel, and its format then."""
    if value in ("", None):
        return None, form
    if isinstance(value, datetime):
        if form == TEXT:
            return f"{value:%d.%m.%Y}", form
        return value, form if is_date_format(form) else "m/d/yyyy"
    if not isinstance(value, str):
        return (str(value) if form == TEXT else value), form
    if value.startswith("'"):
        return value[1:], form
    if value.startswith("="):
        raise Refused(f"a text would become a formula: {value[:20]}")
    return (value, form) if form == TEXT else _as_read(value, form)


def _as_read(text: str, form: str) -> tuple[Any, str]:
    """What Excel makes of a text that is typed."""
    if text.upper() in {"TRUE", "FALSE"}:
        return text.upper() == "TRUE", form
    if _NUMBER.fullmatch(text):
        return float(text.replace(",", ".")), form
    for pattern, (year, month, day) in _DAYS:
        if match := pattern.fullmatch(text):
            return datetime(int(match[year]), int(match[month]), int(match[day])), "m/d/yyyy"
    if _MONTH.fullmatch(text):
        return datetime(2026, 3, 1), "d-mmm"
    return text, form


class Tables(base_classes.Tables):
    """The Excel tables of a sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def __iter__(self) -> Iterator[Table]:
        return iter([Table(self.sheet, table) for table in self.sheet.file.tables.values()])

    def __len__(self) -> int:
        return len(self.sheet.file.tables)

    def __call__(self, key: Any) -> Table:
        tables = list(self)
        return tables[key - 1] if isinstance(key, int) else next(table for table in tables if table.name == key)

    def add(  # noqa: PLR0917 - as xlwings has it
        self,
        source_type: Any = None,  # noqa: ARG002
        source: Any = None,
        link_source: Any = None,  # noqa: ARG002
        has_headers: Any = None,  # noqa: ARG002
        destination: Any = None,  # noqa: ARG002
        table_style_name: Any = None,  # noqa: ARG002
        name: str | None = None,
    ) -> Table:
        taken = {table.name.casefold() for sheet in self.sheet.book.sheets for table in sheet.tables}
        if not name or name.casefold() in taken:
            raise Refused(f"the table's name is taken: {name}")
        table = FileTable(displayName=name, name=name, ref=source.impl.address)
        self.sheet.file.add_table(table)
        self.sheet.book.app.note("add table", self.sheet.name, source.impl.address)
        return Table(self.sheet, table)


class Table(base_classes.Table):
    """An Excel table."""

    def __init__(self, sheet: Sheet, file: FileTable) -> None:
        self.sheet, self.file = sheet, file

    name = property(lambda self: str(self.file.displayName))
    show_headers = property(lambda self: self.file.headerRowCount != 0)
    show_totals = property(lambda self: bool(self.file.totalsRowCount))

    @property
    def parent(self) -> Sheet:
        return self.sheet

    @property
    def range(self) -> Range:
        return self.sheet.range(self.file.ref)

    def resize(self, range: Any) -> None:  # noqa: A002 - xlwings' own name
        old, new = self.range.area, range.impl.area
        if new[:2] != old[:2] or new[2] < 2:
            raise Refused("The headers must stay in the same row, above one row at least.")
        for other in self.sheet.tables:
            if other.name != self.name and _overlap(other.range.area, new):
                raise Refused("Tables can't overlap.")
        self.file.ref = range.impl.address
        self.sheet.book.app.note("resize", self.sheet.name, range.impl.address)


def _native_area(area: Area) -> Native:
    return Native(Rows=Native(Count=area[2]), Columns=Native(Count=area[3]))


def _overlap(one: Area, other: Area) -> bool:
    rows = one[0] < other[0] + other[2] and other[0] < one[0] + one[2]
    return rows and one[1] < other[1] + other[3] and other[1] < one[1] + one[3]


class Names(base_classes.Names):
    """The defined names of a book."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def __call__(self, name: Any) -> Name:
        names = self.book.file.defined_names
        return Name(self.book, [*names.values()][name - 1] if isinstance(name, int) else names[name])

    def __len__(self) -> int:
        return len(self.book.file.defined_names)

    def contains(self, name: Any) -> bool:
        return name in self.book.file.defined_names


class Name(base_classes.Name):
    """A defined name."""

    def __init__(self, book: Book, file: DefinedName) -> None:
        self.book, self.file = book, file

    @property  # type: ignore[misc]
    def name(self) -> str:
        return str(self.file.name)

    @property  # type: ignore[misc]
    def refers_to(self) -> str:
        return f"={self.file.attr_text}"

    @property
    def refers_to_range(self) -> Range:
        title, area = next(iter(self.file.destinations))
        return self.book.sheets(title).range(area.replace("$", ""))


ENGINE: Any = Impl()
xw.engines.add(xw.Engine(impl=ENGINE))
xw.engines[Impl.name].activate()


def opened(file: Path) -> xw.Book:
    """A workbook as Excel has it open: formulas, and the values stored beside them."""
    return xw.Book(impl=Book(App(), file.name, load_workbook(file), load_workbook(file, data_only=True)))


def made(name: str = "roster.xlsx", **sheets: Sequence[Sequence[Any]]) -> xw.Book:
    """A workbook of sheets of rows, in a new Excel."""
    file = Workbook()
    file.remove(file.worksheets[0])
    for title, rows in sheets.items():
        sheet = file.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    return xw.Book(impl=Book(App(), name, file))


def app_of(book: xw.Book) -> App:
    """The Excel a book is open in."""
    app: App = book.impl.app
    return app


def grid(book: xw.Book, sheet: str) -> list[list[Any]]:
    """What openpyxl holds of a sheet: constants and formulas' texts."""
    rows = book.impl.file[sheet].iter_rows(values_only=True)
    return [list(row) for row in rows]


def add_table(book: xw.Book, sheet: str, name: str, ref: str, **options: Any) -> None:
    """An Excel table over cells."""
    book.impl.file[sheet].add_table(FileTable(displayName=name, ref=ref, **options))
