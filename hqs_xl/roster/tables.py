"""Finding the tables of a book: header rows in any order of columns, below other lines, on any sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from hqs_xl.errors import UnusableFile
from hqs_xl.roster.columns import TABLES, column, matched

# A row that names this many roster columns means to be a roster's header, even when a required one is missing.
MEANT = 5
# A workbook of the 1904 date system counts from 1 January 1904.
OFFSET_1904 = 1462


class RosterBook(Protocol):
    """Where a roster lives: a closed file, an open book, a LibreOffice document."""

    @property
    def name(self) -> str:
        """What the book is called, for messages."""

    @property
    def sheets(self) -> tuple[str, ...]:
        """The worksheets by name, in order."""

    @property
    def date1904(self) -> bool:
        """Whether serial numbers count from 1904."""

    def rows(
        self, sheet: str, progress: Callable[[float], None] | None = None
    ) -> Iterator[tuple[int, Mapping[int, Any]]]:
        """Rows that hold anything: number from 1, and cells by 0-based column; blank cells are absent."""

    def totals(self, sheet: str) -> frozenset[int]:
        """The rows that are totals of a table, which hold no person."""


@dataclass(frozen=True, slots=True)
class Found:
    """A table of a book: where it stands, and which of its columns is where."""

    kind: str
    sheet: str
    header_row: int
    places: Mapping[int, str]


# Takes a row as it is read: the table's kind, the row's number, its cells by column key.
Take = Callable[[str, int, dict[str, Any]], None]


def find_tables(
    book: RosterBook,
    take: Take,
    sheet: str | None = None,
    progress: Callable[[float], None] | None = None,
) -> dict[str, Found]:
    """Read the tables of a book row by row, and say where each stands, by kind.

    ``sheet`` says where the roster stands when several sheets hold one. Raises UnusableFile: no such sheet, no roster,
    two rosters, a required column missing, a column twice.
    """
    if sheet is not None and sheet not in book.sheets:
        raise UnusableFile("file.no_sheet", file=book.name, sheet=sheet, known=", ".join(book.sheets))
    found: dict[str, Found] = {}
    meant: UnusableFile | None = None
    for place, name in enumerate(book.sheets):
        reader = _SheetReader(book, name, take, skip_roster=sheet not in {None, name})
        for table in reader.read(_share(progress, place, len(book.sheets))):
            if table.kind in found:
                raise UnusableFile(
                    "file.two_tables", file=book.name, table=table.kind, one=found[table.kind].sheet, other=name
                )
            found[table.kind] = table
        meant = meant or reader.meant
    if "roster" not in found:
        raise meant or UnusableFile("file.no_roster", file=book.name)
    return found


def _share(progress: Callable[[float], None] | None, place: int, sheets: int) -> Callable[[float], None] | None:
    """Progress through one sheet as progress through the book."""
    return progress and (lambda done: progress((place + done) / sheets))


class _SheetReader:
    """One pass over a sheet: each header row opens a table, which takes the rows below it."""

    def __init__(self, book: RosterBook, sheet: str, take: Take, *, skip_roster: bool) -> None:
        self.book, self.sheet, self.take, self.skip_roster = book, sheet, take, skip_roster
        self.totals = book.totals(sheet)
        self.meant: UnusableFile | None = None
        self.open: list[Found] = []

    def read(self, progress: Callable[[float], None] | None) -> list[Found]:
        tables: list[Found] = []
        for number, cells in self.book.rows(self.sheet, progress):
            headers = self._headers(number, cells)
            if headers:
                taken = {place for table in headers for place in table.places}
                self.open = [table for table in self.open if taken.isdisjoint(table.places)] + headers
                tables += [table for table in headers if table not in tables]
                headed = headers
            else:
                headed = []
            if number not in self.totals:
                for table in self.open:
                    if table not in headed:
                        self._take(table, number, cells)
        return tables

    def _take(self, table: Found, number: int, cells: Mapping[int, Any]) -> None:
        row = {key: cells[place] for place, key in table.places.items() if place in cells}
        if row:
            self.take(table.kind, number, self._dated(table.kind, row) if self.book.date1904 else row)

    def _dated(self, kind: str, row: dict[str, Any]) -> dict[str, Any]:
        """The row with 1904 serials moved to the 1900 system, in the columns that hold dates."""
        return {key: value + OFFSET_1904 if _may_be_serial(kind, key, value) else value for key, value in row.items()}

    def _headers(self, number: int, cells: Mapping[int, Any]) -> list[Found]:
        texts = [(place, cell) for place, cell in cells.items() if isinstance(cell, str)]
        if len(texts) < 2:  # noqa: PLR2004 - no table has a single required column
            return []
        found: list[Found] = []
        for kind, columns in TABLES.items():
            if kind == "roster" and self.skip_roster:
                continue
            places = matched(kind, texts)
            keys = {key for _, key in places}
            missing = [column.key for column in columns if column.required and column.key not in keys]
            if not missing:
                self._no_double(kind, places)
                found.append(self._reopened(kind, places) or Found(kind, self.sheet, number, dict(places)))
            elif kind == "roster" and len(keys) >= MEANT and self.meant is None:
                header = column("roster", missing[0]).header()
                self.meant = UnusableFile(
                    "file.no_column", file=self.book.name, sheet=self.sheet, row=number, column=header
                )
        return found

    def _reopened(self, kind: str, places: list[tuple[int, str]]) -> Found | None:
        """The same header again (a print title, a page break) goes on with the same table."""
        return next((table for table in self.open if table.kind == kind and table.places == dict(places)), None)

    def _no_double(self, kind: str, places: list[tuple[int, str]]) -> None:
        keys = [key for _, key in places]
        for key in keys:
            if keys.count(key) > 1:
                header = column(kind, key).header()
                raise UnusableFile("file.column_twice", file=self.book.name, sheet=self.sheet, column=header)


def _may_be_serial(kind: str, key: str, value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return column(kind, key).kind in {"date", "quarter"} or (kind == "settings" and value > OFFSET_1904)
