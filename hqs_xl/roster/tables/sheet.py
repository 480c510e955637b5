"""The tables of one sheet, met row by row: each header row opens one, which takes the rows below it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from hqs_xl.errors import UnusableFile
from hqs_xl.roster.headers.notes import HeaderNotes
from hqs_xl.roster.headers.row import Headed
from hqs_xl.roster.tables import Found, TableBook, TableRows, cells_by_key, with_1900_dates
from hqs_xl.roster.tables.aside import TOLD, SetAside, elsewhere, set_aside_by
from hqs_xl.roster.tables.end import TELLING, Gap, TableEnd, UnsureEnd
from hqs_xl.roster.tables.finder import AS_WRITTEN, HeaderFinder, HowRead

# The columns that are wanted of some kinds of tables; all of the others.
Wanted = Mapping[str, Collection[str]]
ALL: Wanted = {}
# So many columns numbered one after the other are no row of anybody.
FEWEST_NUMBERED, DIGITS = 3, 3


class SheetTables:
    """The tables of a sheet, met row by row.

    ``how``: how headers are read. ``opened``: the tables open above the first row met, of which those of the kinds
    ``ended`` have ended, and ``aside`` those set aside; where it depends on rows above what the next ones are,
    LookupError is raised.
    """

    def __init__(
        self,
        book: TableBook,
        sheet: str,
        how: HowRead = AS_WRITTEN,
        *,
        wanted: Wanted = ALL,
        opened: Iterable[Found] = (),
        ended: Collection[str] = (),
        aside: Iterable[SetAside] = (),
    ) -> None:
        self.book, self.sheet, self._wanted = book, sheet, wanted
        self.totals = book.totals(sheet)
        self.tables: list[Found] = []
        self._headers = HeaderFinder(book.name, sheet, how)
        # Each with the columns wanted of it.
        self._open: list[tuple[Found, Mapping[int, str]]] = [(table, self._places(table)) for table in opened]
        self._opened = [table for table, _ in self._open]
        self._aside = [*aside]
        self._is_part = bool(self._open or self._aside)
        self._ends: dict[str, TableEnd] = {
            table.kind: UnsureEnd(table, ended=int(table.kind in ended)) for table in opened if table.kind in TELLING
        }
        # By table, the rows below its header that are none of it.
        self._gaps: dict[tuple[str, int], list[Gap]] = {}
        self._first_rows = {table.header_row + 1 for table in opened}
        self._columns: Collection[int] = ()

    @property
    def columns(self) -> Collection[int]:
        """The columns wanted of the next row, unless it holds a header; none: all."""
        return self._columns

    @property
    def opened(self) -> list[Found]:
        """The tables that may take the next row."""
        return self._opened

    @property
    def aside(self) -> list[SetAside]:
        """The tables that may take a row below again."""
        return self._aside

    @property
    def ended(self) -> frozenset[str]:
        """The kinds of those that have ended, for now."""
        return frozenset(kind for kind, end in self._ends.items() if end.ended)

    @property
    def ends(self) -> list[tuple[Found, Gap]]:
        """The tables that ended, at the header of another one or at a list, and the rows left out, each time."""
        return [(table, gap) for table in self.tables for gap in self._gaps.get((table.kind, table.header_row), ())]

    @property
    def meant(self) -> UnusableFile | None:
        """Why a row that means to be a roster's header is none."""
        return self._headers.meant

    @property
    def not_asked(self) -> int:
        """The row where a roster begins that is not the one asked for; 0 for none."""
        return self._headers.not_asked

    @property
    def notes(self) -> HeaderNotes:
        """What is to be said of the headers met so far."""
        return self._headers.notes

    @property
    def last_rows(self) -> dict[str, int]:
        """By kind, the last row of a table that may end."""
        return {kind: end.last for kind, end in self._ends.items()}

    def skip(self, last_rows: Mapping[str, int]) -> None:
        """Take note of rows that were taken elsewhere, with no header and no end of a table among them."""
        for kind, end in self._ends.items():
            end.last = max(end.last, last_rows.get(kind, 0))

    def take_up(self, table: Found, number: int) -> None:
        """Let a table take the rows below one of a number, which is its header though it may lack a column."""
        self._take_up([table], number)

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
        aside = [one.table for one in self._aside] if headed and self._aside else ()
        new = self._headers.tables(number, cells, self._opened, aside) if headed else []
        if new:
            self._take_up(new, number)
        elif headed and (proven := self._headers.proven(cells)):
            self._take_up(proven, number)
        elif headed and (others := self._headers.others(number, cells, self._opened)):
            self._end(others, number)
        if number in self.totals:
            return []
        if self._aside and not new:
            self._resume(number, cells)
        taking = [
            (table, places)
            for table, places in self._open
            if not places.keys().isdisjoint(cells) and table not in new and self._goes_on(table, number, cells)
        ]
        if number in self._first_rows and _numbers_columns(cells):
            return []
        if headed and not new and not taking:
            self._headers.passed(number, cells)
        return taking

    def _end(self, others: Sequence[tuple[Found, Headed]], number: int) -> None:
        """Let tables take no row from here on unless it is surely theirs: what stands below may be elsewhere."""
        for table, one in others:
            if found := elsewhere(table, one, number):
                self._gaps_of(table).append(Gap(number, 0, found))
                self._set_aside(table, set_aside_by(one))

    def _set_aside(self, table: Found, header: Mapping[int, str] | None = None) -> None:
        if table.kind in TOLD:
            self._aside = [*self._aside, SetAside(table, self._places(table), header)]
        self._set_open([found for found in self._open if found[0] != table])

    def _set_open(self, tables: list[tuple[Found, Mapping[int, str]]]) -> None:
        self._open, self._opened = tables, [table for table, _ in tables]
        wanted = [places for _, places in tables] + [one.places for one in self._aside]
        self._columns = tuple({place: None for places in wanted for place in places})

    def _resume(self, number: int, cells: Mapping[int, Any]) -> None:
        """Let a table that was set aside go on with a row that is its own."""
        found = next((one for one in self._aside if one.takes(cells, self._opened)), None)
        if found is None:
            return
        if self._is_part:
            raise LookupError(number)
        self._aside = [one for one in self._aside if one is not found]
        for table in [one for one in self._opened if not found.table.places.keys().isdisjoint(one.places)]:
            self._set_aside(table)
        self._set_open([*self._open, (found.table, found.places)])
        self._close_gaps(found.table, number)

    def _close_gaps(self, table: Found, number: int) -> list[Gap]:
        """End what is none of a table with the row above; the gaps it has."""
        gaps = self._gaps_of(table)
        gaps[:] = [gap if gap.last else gap._replace(last=number - 1) for gap in gaps]
        return gaps

    def _gaps_of(self, table: Found) -> list[Gap]:
        return self._gaps.setdefault((table.kind, table.header_row), [])

    def _goes_on(self, table: Found, number: int, cells: Mapping[int, Any]) -> bool:
        end = self._ends.get(table.kind)
        return end is None or end.goes_on(number, cells)

    def _take_up(self, new: list[Found], number: int) -> None:
        """Let tables take the rows from here on, in the place of those in the same columns."""
        kinds, taken = {table.kind for table in new}, {place for table in new for place in table.places}
        gone = [table for table in self.opened if not taken.isdisjoint(table.places)]
        # A header of two rows has its first one taken back.
        taken_back = [table for table in gone if table.header_row == number - 1]
        self._aside = [one for one in self._aside if one.table.kind not in kinds]
        for table in gone:
            if table.kind not in kinds and table not in taken_back:
                self._set_aside(table)
        stay = [found for found in self._open if found[0] not in gone]
        self._set_open(stay + [(table, self._places(table)) for table in new])
        self._first_rows = {table.header_row + 1 for table in self.opened}
        for table in new:
            gaps = self._close_gaps(table, number)
            if table.kind in TELLING:
                self._ends[table.kind] = TableEnd(table, gaps=gaps)
        self.tables = [one for one in self.tables if one not in taken_back]
        self.tables += [table for table in new if table not in self.tables]

    def _places(self, table: Found) -> Mapping[int, str]:
        wanted = self._wanted.get(table.kind, table.headers)
        return {place: key for place, key in table.places.items() if key in wanted}


def _numbers_columns(cells: Mapping[int, Any]) -> bool:
    """Whether a row below a header, or part of it, numbers its columns as forms do: 1, 2, 3, after letters perhaps."""
    texts = {place: str(cell).strip().removesuffix(".0") for place, cell in cells.items()}
    numbers = {place: text for place, text in texts.items() if not (len(text) == 1 and text.isalpha())}
    if len(numbers) < FEWEST_NUMBERED or not all(text.isdecimal() and len(text) <= DIGITS for text in numbers.values()):
        return False
    return len({int(text) - place for place, text in numbers.items()}) == 1
