"""A table of a book and its rows, and what a book that holds tables has to be able to do."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, cast, runtime_checkable

from hqs_xl.roster.columns import column
from hqs_xl.rows import OFFSET_1904, Mark, OneValue, RowEdit, SomeRows


class TableBook(Protocol):
    """What finding the tables of a sheet asks of its book."""

    @property
    def name(self) -> str:
        """What the book is called, for messages."""

    @property
    def date1904(self) -> bool:
        """Whether serial numbers count from 1904."""

    def totals(self, sheet: str) -> frozenset[int]:
        """The rows that are totals of a table, which hold no person."""


class RosterBook(TableBook, Protocol):
    """Where a roster lives: a closed file, an open book, a LibreOffice document."""

    @property
    def sheets(self) -> tuple[str, ...]:
        """The worksheets by name, in order."""

    def marks(self, sheet: str) -> Collection[Mark]:
        """The names on a sheet that may say whose its tables are."""

    def rows(
        self, sheet: str, progress: Callable[[float], None] | None = None
    ) -> Iterator[tuple[int, Mapping[int, Any]]]:
        """Rows that hold anything: number from 1, and cells by 0-based column; blank cells are absent."""


@runtime_checkable
class PartlyReadBook(RosterBook, Protocol):
    """A book that need not read all cells of its rows."""

    def rows_in_part(
        self, sheet: str, columns: Callable[[], Collection[int]], progress: Callable[[float], None] | None = None
    ) -> Iterator[SomeRows]:
        """The rows, those without a header with at least the cells of some columns.

        ``columns`` is asked which, now and then between rows; none of them: all.
        """


@runtime_checkable
class LearningBook(RosterBook, Protocol):
    """A book that reads rows with a header otherwise than others, and so has to know which texts are headers."""

    def learn_headers(self, headers: Collection[str]) -> None:
        """Take more texts for headers from now on, as ``normalised`` has them."""


@runtime_checkable
class NumberedBook(RosterBook, Protocol):
    """A book that finds some rows quicker than it reads them all."""

    def rows_numbered(self, sheet: str, numbers: Collection[int]) -> Iterator[tuple[int, Mapping[int, Any]]]:
        """The rows of some numbers, where they hold anything, of a sheet that has been read before."""


@runtime_checkable
class ClockBook(RosterBook, Protocol):
    """A book that knows what its formulas refer to."""

    def follow_clock(self, facts: Mapping[str, Mapping[int, int]]) -> bool:
        """Whether cells below some rows of columns, by sheet, move with the day by what they refer to; all are read.

        From then on its rows are given with those cells as such that move.
        """


@runtime_checkable
class OneValuedBook(RosterBook, Protocol):
    """A book that knows which of its cells have one value between them."""

    def one_valued(self, sheet: str, below: int) -> Sequence[OneValue]:
        """Those of a sheet whose rows have been read, that begin below a row."""


class Found(NamedTuple):
    """A table of a book: where it stands, which of its columns is where (0-based), and its headers by column key.

    ``exact``: whether its required columns are headed just as ours are, and not in other words that say the same.
    ``among_others``: whether columns of somebody else stand between its own, or next to them.
    """

    kind: str
    sheet: str
    header_row: int
    places: Mapping[int, str]
    headers: Mapping[str, str]
    exact: bool = True
    among_others: bool = False

    def place(self, key: str) -> int | None:
        """Where a column stands; None where the table has none such."""
        return next((place for place, name in self.places.items() if name == key), None)


class TableRows(NamedTuple):
    """Rows of a table, each by its number and with its cells by 0-based column: many are quickest read by column."""

    table: Found
    rows: list[tuple[int, Mapping[int, Any]]]
    date1904: bool

    @property
    def numbers(self) -> list[int]:
        """Where the rows stand."""
        return [number for number, _ in self.rows]

    def column(self, key: str) -> list[Any]:
        """The cells of a column, None for a blank."""
        place, kind = self.table.place(key), self.table.kind
        found: list[Any] = [None if place is None else cells.get(place) for _, cells in self.rows]
        if self.date1904:
            return [cell + OFFSET_1904 if _may_be_serial(kind, key, cell) else cell for cell in found]
        return found

    def each(self) -> Iterator[tuple[int, dict[str, Any]]]:
        """Each row's number and cells by column key."""
        return ((number, self.row(index)) for index, number in enumerate(self.numbers))

    def row(self, index: int) -> dict[str, Any]:
        """The cells of a row by column key; blank ones are absent."""
        row = cells_by_key(self.table.places, self.rows[index][1])
        return with_1900_dates(self.table.kind, row) if self.date1904 else row

    def with_any(self, keys: Collection[str]) -> TableRows:
        """The rows that hold anything in some columns; a link to a blank cell, which comes to 0, is nothing."""
        places = [place for place, key in self.table.places.items() if key in keys]
        rows = [row for row in self.rows if any(map(row[1].get, places)) or _any_false(row[1], places)]
        return self._replace(rows=rows)


# Takes the next row of a table that is written anew: values by column key.
Sink = Callable[[Mapping[str, Any]], None]


# Reads a text file that lies beside a book, by its name. Raises HqsError.
TextBeside = Callable[[str], str]


@runtime_checkable
class LiesInFolder(Protocol):
    """A book that lies in a folder with other files."""

    @property
    def beside(self) -> TextBeside:
        """Reads one of them."""


class EditableBook(RosterBook, Protocol):
    """A roster's book that takes answers.

    Values are None (blank), bool, int, float, str or date. A plain value that meets a formula of ours (one that names
    an ``HQS_`` function or name) is what that formula comes to: the formula stays. Any other formula in its way is
    refused with ``file.foreign_formula`` (file, sheet, cell such as AJ7).
    """

    @property
    def changed(self) -> bool:
        """Whether anything written so far differs from what stood there."""

    def edit_rows(self, sheet: str, edit: RowEdit, progress: Callable[[float], None] | None = None) -> None:
        """Give every row that holds anything to ``edit``, in order, once; its answers go into that row's cells.

        Called once a sheet at most. Cells that are not answered stay as they are.
        """

    def widen(self, table: Found, headers: Sequence[str]) -> Sequence[int]:
        """Add columns to the right end of a table; where they stand. Before ``edit_rows`` of its sheet."""

    def replace_rows(self, table: Found) -> Sink:
        """Write the rows of a table anew, below its header, top down; the old ones are gone.

        Its sheet holds no other table of ours, and is not given to ``edit_rows``.
        """

    def add_table(self, kind: str, lang: str) -> Sink:
        """A new sheet at the end with a table of that kind, under the kind's own headers."""


def cells_by_key(places: Mapping[int, str], cells: Mapping[int, Any]) -> dict[str, Any]:
    """The cells of a table's row by column key."""
    if len(places) < len(cells):
        return {key: cells[place] for place, key in places.items() if place in cells}
    row: dict[str | None, Any] = dict(zip(map(places.get, cells), cells.values(), strict=True))
    row.pop(None, None)  # columns between that are not ours
    return cast("dict[str, Any]", row)


def with_1900_dates(kind: str, row: dict[str, Any]) -> dict[str, Any]:
    """The row with 1904 serials moved to the 1900 system, in the columns that hold dates."""
    return {key: value + OFFSET_1904 if _may_be_serial(kind, key, value) else value for key, value in row.items()}


def _any_false(cells: Mapping[int, Any], places: Iterable[int]) -> bool:
    return any(cells.get(place) is False for place in places)


def _may_be_serial(kind: str, key: str, value: Any) -> bool:
    """Whether a cell of that table and column may hold a day's serial number."""
    # A link to a blank cell comes to 0, which is no day.
    if isinstance(value, bool) or not isinstance(value, int | float) or not value:
        return False
    return column(kind, key).kind in {"date", "quarter"} or (kind == "settings" and value > OFFSET_1904)
