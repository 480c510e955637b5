"""The tables of one sheet, met row by row: each header row opens one, which takes the rows below it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from hqs_xl.errors import UnusableFile
from hqs_xl.roster.columns import FEWEST_HEADERS, TABLES, column, is_header, matched
from hqs_xl.roster.tables import Found, TableBook, TableRows, cells_by_key, with_1900_dates

# A row that names this many roster columns means to be a roster's header, even when a required one is missing.
MEANT = 5
# The columns that are wanted of some kinds of tables; all of the others.
Wanted = Mapping[str, Collection[str]]
ALL: Wanted = {}


class SheetTables:
    """The tables of a sheet, met row by row: each header row opens one, which takes the rows below it.

    ``opened``: the tables open above the first row met.
    """

    def __init__(
        self,
        book: TableBook,
        sheet: str,
        *,
        skip_roster: bool = False,
        wanted: Wanted = ALL,
        opened: Iterable[Found] = (),
    ) -> None:
        self.book, self.sheet, self.skip_roster, self._wanted = book, sheet, skip_roster, wanted
        self.totals = book.totals(sheet)
        self.meant: UnusableFile | None = None
        self.tables: list[Found] = []
        # Each with the columns wanted of it.
        self._open: list[tuple[Found, Mapping[int, str]]] = [(table, self._places(table)) for table in opened]
        self._columns: Collection[int] = ()

    @property
    def columns(self) -> Collection[int]:
        """The columns wanted of the next row, unless it holds a header; none: all."""
        return self._columns

    @property
    def opened(self) -> list[Found]:
        """The tables that take the next row."""
        return [table for table, _ in self._open]

    def taken(self, number: int, cells: Mapping[int, Any]) -> Iterator[tuple[Found, dict[str, Any]]]:
        """The tables the row belongs to, with its cells by column key; none for a header, a total, a blank."""
        for table, places in self._taking(number, cells, headed=True):
            row = cells_by_key(places, cells)
            yield table, with_1900_dates(table.kind, row) if self.book.date1904 else row

    def all_taken(self, rows: Iterable[tuple[int, Mapping[int, Any]]], *, headed: bool = True) -> list[TableRows]:
        """The next rows, table by table; ``headed``: whether any of them may be a header."""
        found: dict[tuple[str, int], TableRows] = {}
        for number, cells in rows:
            for table, _ in self._taking(number, cells, headed=headed):
                key = (table.kind, table.header_row)
                if key not in found:
                    found[key] = TableRows(table, [], date1904=self.book.date1904)
                found[key].rows.append((number, cells))
        return [*found.values()]

    def _taking(self, number: int, cells: Mapping[int, Any], *, headed: bool) -> list[tuple[Found, Mapping[int, str]]]:
        """The tables the row belongs to, each with the columns wanted of it."""
        new = self._headers(number, cells) if headed else []
        if new:
            taken = {place for table in new for place in table.places}
            self._open = [found for found in self._open if taken.isdisjoint(found[0].places)]
            self._open += [(table, self._places(table)) for table in new]
            self.tables += [table for table in new if table not in self.tables]
            self._columns = tuple(place for _, places in self._open for place in places)
        if number in self.totals:
            return []
        return [
            (table, places) for table, places in self._open if not places.keys().isdisjoint(cells) and table not in new
        ]

    def _places(self, table: Found) -> Mapping[int, str]:
        wanted = self._wanted.get(table.kind, table.headers)
        return {place: key for place, key in table.places.items() if key in wanted}

    def _headers(self, number: int, cells: Mapping[int, Any]) -> list[Found]:
        # Hardly a row has even one.
        if len(cells) < FEWEST_HEADERS:
            return []
        if sum(map(is_header, [cell for cell in cells.values() if cell.__class__ is str])) < FEWEST_HEADERS:
            return []
        texts = [(place, cell) for place, cell in cells.items() if cell.__class__ is str and is_header(cell)]
        found: list[Found] = []
        for kind, columns in TABLES.items():
            if kind == "roster" and self.skip_roster:
                continue
            places = matched(kind, texts)
            keys = {key for _, key in places}
            missing = [column.key for column in columns if column.required and column.key not in keys]
            if not missing:
                self._no_double(kind, places)
                headers = {key: str(cells[place]) for place, key in places}
                found.append(self._reopened(kind, places) or Found(kind, self.sheet, number, dict(places), headers))
            elif kind == "roster" and len(keys) >= MEANT and self.meant is None:
                header = column("roster", missing[0]).header()
                self.meant = UnusableFile(
                    "file.no_column", file=self.book.name, sheet=self.sheet, row=number, column=header
                )
        return found

    def _reopened(self, kind: str, places: list[tuple[int, str]]) -> Found | None:
        """The same header again (a print title, a page break) goes on with the same table."""
        return next((table for table, _ in self._open if table.kind == kind and table.places == dict(places)), None)

    def _no_double(self, kind: str, places: list[tuple[int, str]]) -> None:
        keys = [key for _, key in places]
        for key in keys:
            if keys.count(key) > 1:
                header = column(kind, key).header()
                raise UnusableFile("file.column_twice", file=self.book.name, sheet=self.sheet, column=header)
