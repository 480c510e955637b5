"""An open workbook, whichever program has it open: each sheet is read in one block, and written in few at the end.

Nothing is written before ``flush``, so that what is refused leaves the workbook as it was. Cells whose formula is ours
are left to the program, which counts them itself. What Excel or LibreOffice is asked for stands in ``Document`` and
``Page``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, count
from pathlib import Path
from typing import Any, Protocol

from hqs_xl.errors import HqsError, UnusableFile
from hqs_xl.hosts.closed import Beside
from hqs_xl.hosts.open.cells import answered
from hqs_xl.hosts.open.clock import follow_clock
from hqs_xl.hosts.open.removed_rows import RemovedRows
from hqs_xl.hosts.open.sheet import LiveSheet, Page
from hqs_xl.hosts.sheets import MAX_ROWS
from hqs_xl.roster.columns import TABLES
from hqs_xl.roster.tables import Found, Sink
from hqs_xl.roster.tables.marks import CELL_NAMES
from hqs_xl.rows import Mark, OneValue, RowEdit
from hqs_xl.texts import say

# A caller's progress bar needs no more than a hundred steps.
STEPS = 100


class Document(Protocol):
    """A workbook as a program has it open."""

    name: str
    sheets: tuple[str, ...]
    # Dates come as dates in such a workbook; only numbers not formatted as dates count from 1904.
    date1904: bool

    @property
    def fullname(self) -> str:
        """The file's path; its name alone, or blank, where it is no file on this computer."""

    def page(self, sheet: str) -> Page:
        """A sheet of it."""

    def refuse_unwritable(self, sheets: Collection[str], *, adds: bool) -> None:
        """Raise UnusableFile where these sheets can't be written, or no sheet can be added."""

    def table_names(self) -> Collection[str]:
        """The names of all its tables."""

    def sheet_of(self, name: str) -> str | None:
        """The sheet that a name for cells refers to; None where there is no such name."""

    def names(self) -> Iterable[tuple[str, str]]:
        """All names, each with the formula that it stands for."""

    def add_page(self, sheet: str) -> Page:
        """A new sheet at the end; the one the user looks at stays in front."""


class OpenBook:
    """An open workbook as the sync reads and answers it: an ``EditableBook``."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.name, self.sheets, self.date1904 = document.name, document.sheets, document.date1904
        self._read: dict[str, LiveSheet] = {}
        self._tables: list[_Rewritten | _NewTable | RemovedRows] = []
        self._widened: dict[tuple[str, int], int] = {}

    def beside(self, name: str) -> str:
        """The text of a file beside the workbook. Raises HqsError, also where that lies in no folder here."""
        folder = Path(self._document.fullname).parent
        if not folder.is_absolute() or not folder.is_dir():
            raise HqsError("edition_file_elsewhere", file=name)
        return Beside(folder)(name)

    def sheet(self, name: str) -> LiveSheet:
        """A sheet as it stood when it was first asked for."""
        if name not in self._read:
            self._read[name] = LiveSheet(self._document.page(name), self.name)
        return self._read[name]

    def rows(
        self, sheet: str, progress: Callable[[float], None] | None = None
    ) -> Iterator[tuple[int, Mapping[int, Any]]]:
        """Rows that hold anything."""
        live = self.sheet(sheet)
        step = max(1, live.last_row // STEPS)
        for number, cells in live.rows():
            yield number, cells
            if progress and not number % step:
                progress(number / live.last_row)
        if progress:
            progress(1.0)

    def follow_clock(self, facts: Mapping[str, Mapping[int, int]]) -> bool:
        """Whether cells below some rows of columns, by sheet, move with the day by what they refer to; all are read.

        From then on its rows are given with those cells as such that move.
        """
        return follow_clock({name: self.sheet(name) for name in self.sheets}, self._document.names, facts)

    def one_valued(self, sheet: str, below: int) -> Sequence[OneValue]:
        """The sheet's merged cells that begin below a row."""
        return self.sheet(sheet).one_valued(below)

    def totals(self, sheet: str) -> frozenset[int]:
        """The rows of the sheet that are a table's totals."""
        return frozenset(frame.last_row for frame in self.sheet(sheet).frames if frame.totals)

    def marks(self, sheet: str) -> Collection[Mark]:
        """The sheet's tables by name, and names of ours for its cells."""
        tables = [
            (frame.name, frame.first_row, frame.first_column, frame.last_column) for frame in self.sheet(sheet).frames
        ]
        named = [name for name in sorted({*CELL_NAMES.values()}) if self._document.sheet_of(name) == sheet]
        return tables + [(name, 0, 0, 0) for name in named]

    @property
    def changed(self) -> bool:
        """Whether anything to be written differs from what stands there."""
        return any(sheet.changed for sheet in self._read.values()) or any(table.changed for table in self._tables)

    def edit_rows(self, sheet: str, edit: RowEdit, progress: Callable[[float], None] | None = None) -> None:
        """Give every row that holds anything to ``edit``, in order; its answers wait for ``flush``."""
        live = self.sheet(sheet)
        for number, cells in self.rows(sheet, progress):
            live.answer(number, edit(number, cells))

    def widen(self, table: Found, headers: Sequence[str]) -> Sequence[int]:
        """Add columns to the right end of a table; where they stand."""
        live = self.sheet(table.sheet)
        frame = live.frame_of(table)
        if frame is None:
            header = next(cells for number, cells in live.rows() if number == table.header_row)
            first, last_row = max(header) + 1, live.last_row
        else:
            first, last_row = frame.last_column + 1, frame.last_row
        places = range(first, first + len(headers))
        for number in range(table.header_row, last_row + 1):
            if any(live.holds(number, place) for place in places):
                raise UnusableFile("file.in_the_way", file=self.name, sheet=table.sheet, row=number)
        live.answer(table.header_row, dict(zip(places, headers, strict=True)))
        self._widened[table.sheet, table.header_row] = places[-1]
        return places

    def replace_rows(self, table: Found) -> Sink:
        """Write the rows of a table anew, below its header, top down; those left over are emptied."""
        task = _Rewritten(self.sheet(table.sheet), table, self.name)
        self._tables.append(task)
        return task.put

    def table_area(self, table: Found) -> tuple[range, range] | None:
        """Rows below the header and columns of a table of the program's own; None where it is none, or has totals."""
        frame = self.sheet(table.sheet).frame_of(table)
        if frame is None or frame.totals:
            return None
        return range(frame.first_row + 1, frame.last_row + 1), range(frame.first_column, frame.last_column + 1)

    def remove_rows(self, table: Found, rows: Collection[int]) -> None:
        """Take rows out of a table of the program's own, in which one row is left at least, blank but for formulas."""
        live = self.sheet(table.sheet)
        frame = live.frame_of(table)
        if frame is None:
            raise ValueError(table)
        self._tables.append(RemovedRows(live, frame, rows))

    def add_table(self, kind: str, lang: str) -> Sink:
        """A new sheet at the end with a table of that kind, under the kind's own headers."""
        task = _NewTable(self._document, kind, lang)
        self._tables.append(task)
        return task.put

    def flush(self) -> None:
        """Write what was collected, in blocks; nothing where nothing differs."""
        for table in self._tables:
            table.settle()
        written = [sheet for sheet in self._read.values() if sheet.changed]
        adds = any(isinstance(table, _NewTable) for table in self._tables)
        self._document.refuse_unwritable([sheet.name for sheet in written], adds=adds)
        self._write(written)

    def _write(self, written: Sequence[LiveSheet]) -> None:
        """Write what may be written."""
        for (name, header_row), last_column in self._widened.items():
            _widen(self.sheet(name), header_row, last_column)
        for table in self._tables:
            table.make_room()
        for sheet in written:
            sheet.write()
        for table in self._tables:
            table.finish()


def _widen(sheet: LiveSheet, header_row: int, last_column: int) -> None:
    """Let the table with that header reach to a column."""
    for frame in sheet.frames:
        if frame.first_row == header_row and frame.last_column < last_column:
            sheet.page.resize(frame, frame.last_row, last_column)


class _Rewritten:
    """A table whose rows are written anew."""

    def __init__(self, sheet: LiveSheet, table: Found, file: str) -> None:
        self._sheet, self._table, self._file = sheet, table, file
        self._frame = sheet.frame_of(table)
        if self._frame and self._frame.totals:
            raise UnusableFile("file.table_totals", file=file, sheet=sheet.name)
        self._first = table.header_row + 1
        self._next = self._first
        self._old_end = sheet.last_used(table.places, self._first, self._frame.last_row if self._frame else None)

    def put(self, values: Mapping[str, Any]) -> None:
        """The next row."""
        number, frame = self._next, self._frame
        if number > MAX_ROWS:
            raise UnusableFile("file.too_many_rows", file=self._file, sheet=self._sheet.name)
        if frame and number > frame.last_row:
            places = range(frame.first_column, frame.last_column + 1)
            if any(self._sheet.holds(number, place) for place in places):
                raise UnusableFile("file.in_the_way", file=self._file, sheet=self._sheet.name, row=number)
        self._sheet.answer(number, {place: values.get(key) for place, key in self._table.places.items()})
        self._next += 1

    @property
    def changed(self) -> bool:
        """Whether rows are left over, or the table itself has to reach elsewhere; its cells are the sheet's to say."""
        return self._next <= self._old_end or (self._frame is not None and self._last_row != self._frame.last_row)

    @property
    def _last_row(self) -> int:
        """Where the table itself ends: it keeps one row at least, and those where somebody noted something beside."""
        frame = self._frame
        if frame is None:
            return self._next - 1
        others = set(range(frame.first_column, frame.last_column + 1)) - self._table.places.keys()
        noted = self._sheet.last_used(others, self._first, frame.last_row)
        return max(self._next - 1, self._first, noted)

    def settle(self) -> None:
        """The last row was put."""
        for number in range(self._next, self._old_end + 1):
            self._sheet.answer(number, dict.fromkeys(self._table.places))

    def make_room(self) -> None:
        """Let the table itself reach down to the new rows, in the formats of its first one."""
        frame = self._frame
        if frame and self._last_row > frame.last_row:
            self._sheet.page.resize(frame, self._last_row, frame.last_column)
            new_rows = range(frame.last_row + 1, self._last_row + 1)
            self._sheet.page.copy_formats(self._first, new_rows, list(self._table.places))

    def finish(self) -> None:
        """Let the table itself end where its rows do."""
        if self._frame and self._last_row < self._frame.last_row:
            self._sheet.page.resize(self._frame, self._last_row, self._frame.last_column)


class _NewTable:
    """A table that gets a sheet of its own."""

    changed = True

    def __init__(self, document: Document, kind: str, lang: str) -> None:
        self._document, self._kind, self._lang = document, kind, lang
        self._rows: list[list[Any]] = []

    def put(self, values: Mapping[str, Any]) -> None:
        """The next row."""
        self._rows.append([answered(values.get(column.key)) for column in TABLES[self._kind]])

    def settle(self) -> None:
        """The last row was put."""

    def make_room(self) -> None:
        """There is room on a new sheet."""

    def finish(self) -> None:
        """Make the sheet."""
        columns, titles = TABLES[self._kind], {sheet.casefold() for sheet in self._document.sheets}
        page = self._document.add_page(_free(say(f"table.{self._kind}", self._lang), titles))
        rows = self._rows or [[None] * len(columns)]
        for place, made in enumerate(columns):
            page.set_width(place, made.width)
            if made.kind == "date":
                page.format_dates(place, range(2, len(rows) + 2))
        page.write(1, 0, [[made.header(self._lang) for made in columns], *rows])
        names = {name.casefold() for name in self._document.table_names()}
        page.add_table(_free(self._kind.capitalize(), names), len(rows) + 1, len(columns))


def _free(name: str, taken: Collection[str]) -> str:
    """A name nobody has yet: Findings, Findings2 ..."""
    numbered = (f"{name}{number}" for number in count(2))
    return next(one for one in chain([name], numbered) if one.casefold() not in taken)
