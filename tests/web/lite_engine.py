"""Stands in for the workbook that xlwings Lite hands to a script: cells of ``tests.engine``, asked by ``await`` only.

What Lite can't be asked at once raises, as it does there: values before they are loaded, number formats. Formulas,
merged cells and how Excel is set are not there otherwise, ``Book.caller`` not at all. Writing waits for ``flush``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlwings as xw

from tests import engine


class Asked(Exception):
    """Asked for at once what Lite answers with ``await`` only."""


class LiteApp:
    """Excel, which can be told to count and asked for nothing."""

    def __init__(self, queue: list[Callable[[], None]], app: engine.App) -> None:
        self._queue, self._app = queue, app

    def calculate(self) -> None:
        self._queue.append(self._app.calculate)


class LiteRange:
    """Cells."""

    def __init__(self, sheet: LiteSheet, cells: xw.Range, options: dict[str, Any] | None = None) -> None:
        self.sheet, self._cells, self._options = sheet, cells, options or {}
        self.row, self.column, self.shape = cells.row, cells.column, cells.shape

    def options(self, **options: Any) -> LiteRange:
        return LiteRange(self.sheet, self._cells, options)

    def __getitem__(self, place: Any) -> LiteRange:
        return LiteRange(self.sheet, self._cells[place])

    async def get_value(self) -> Any:
        return self._cells.options(**self._options).value

    async def get_formula(self) -> Any:
        found = self._cells.formula
        if self.shape == (1, 1):
            return [[found]] if self._options.get("ndim") == 2 else found
        return [list(line) for line in found]

    async def get_merge_cells(self) -> bool | None:
        return self._cells.merge_cells

    async def get_merge_area(self) -> LiteRange:
        return LiteRange(self.sheet, self._cells.merge_area)

    @property
    def value(self) -> Any:
        raise Asked("value")

    @value.setter
    def value(self, value: Any) -> None:
        self._later(lambda: setattr(self._cells, "value", value))

    @property
    def number_format(self) -> Any:
        raise Asked("number_format")

    @number_format.setter
    def number_format(self, value: str) -> None:
        self._later(lambda: setattr(self._cells, "number_format", value))

    def copy_from(self, source: LiteRange, copy_type: str) -> None:
        assert copy_type == "formats"
        self._later(lambda: setattr(self._cells, "number_format", source._cells.number_format))

    def _set_width(self, value: float) -> None:
        self._later(lambda: setattr(self._cells, "column_width", value))

    column_width = property(None, _set_width)

    def _later(self, doing: Callable[[], None]) -> None:
        self.sheet.book.queue.append(doing)


class LiteTable:
    """A table, whose place is known from the start."""

    def __init__(self, sheet: LiteSheet, table: Any) -> None:
        self._sheet, self._table = sheet, table
        self.name, self.show_headers, self.show_totals = table.name, table.show_headers, table.show_totals
        self.range = LiteRange(sheet, table.range)

    def resize(self, cells: LiteRange) -> None:
        self._sheet.book.queue.append(lambda: self._table.resize(cells._cells))


class LiteTables(list[LiteTable]):
    """The tables of a sheet."""

    def __init__(self, sheet: LiteSheet, under: xw.Sheet) -> None:
        super().__init__(LiteTable(sheet, table) for table in under.tables)
        self._sheet, self._under = sheet, under

    def add(self, cells: LiteRange, name: str, *, table_style_name: str) -> None:
        def later() -> None:
            self._under.tables.add(cells._cells, name, table_style_name=table_style_name)

        self._sheet.book.queue.append(later)


class LiteSheet:
    """A sheet."""

    def __init__(self, book: LiteBook, sheet: xw.Sheet) -> None:
        self.book, self._sheet, self.name = book, sheet, sheet.name
        # What Lite knows of it is a dict.
        self.api: dict[str, Any] = {}

    async def get_used_range(self, *, values_only: bool) -> LiteRange | None:
        assert values_only
        used = self._sheet.used_range
        return None if used.shape == (1, 1) and used.value is None else LiteRange(self, used)

    @property
    def tables(self) -> LiteTables:
        return LiteTables(self, self._sheet)

    def activate(self) -> None:
        self.book.queue.append(self._sheet.activate)

    def range(self, *cells: Any) -> LiteRange:
        return LiteRange(self, self._sheet.range(*cells))


class LiteSheets(list[LiteSheet]):
    """The sheets, by place or name."""

    def __init__(self, book: LiteBook, under: xw.Book) -> None:
        super().__init__(LiteSheet(book, sheet) for sheet in under.sheets)
        self._book, self._under = book, under

    @property
    def active(self) -> LiteSheet:
        return LiteSheet(self._book, self._under.sheets.active)

    def add(self, name: str, *, after: LiteSheet) -> LiteSheet:
        # What is written on it waits; the sheet is known at once.
        made = LiteSheet(self._book, self._under.sheets.add(name, after=after._sheet))
        self.append(made)
        return made

    def __getitem__(self, key: Any) -> Any:
        return next(one for one in self if one.name == key) if isinstance(key, str) else super().__getitem__(key)


class LiteName:
    """A name for cells."""

    def __init__(self, book: LiteBook, name: Any) -> None:
        cells = name.refers_to_range
        self.refers_to_range = LiteRange(book.sheets[cells.sheet.name], cells)


class LiteNames:
    """The names for cells."""

    def __init__(self, book: LiteBook, names: Any) -> None:
        self._book, self._names = book, names

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def __getitem__(self, name: str) -> LiteName:
        return LiteName(self._book, self._names[name])


class LiteBook:
    """A workbook as a script gets it."""

    def __init__(self, file: Path) -> None:
        self.under = engine.opened(file)
        self.queue: list[Callable[[], None]] = []
        self.name, self.api = self.under.name, {"client": "Office.js"}
        self.app = LiteApp(self.queue, engine.app_of(self.under))
        self.sheets = LiteSheets(self, self.under)
        self.names = LiteNames(self, self.under.names)

    async def flush(self) -> None:
        for doing in self.queue:
            doing()
        self.queue.clear()
