"""Finding the tables of a book: header rows in any order of columns, below other lines, on any sheet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any

from hqs_xl.errors import UnusableFile
from hqs_xl.roster.headers.notes import HeaderNotes
from hqs_xl.roster.tables import Found, PartlyReadBook, RosterBook, TableRows
from hqs_xl.roster.tables.end import Gap
from hqs_xl.roster.tables.finder import AS_WRITTEN, HowRead
from hqs_xl.roster.tables.sheet import ALL, SheetTables, Wanted
from hqs_xl.rows import SomeRows

# Takes rows of a table as they are read.
Take = Callable[[TableRows], None]
# So many rows are read at a time.
AT_ONCE = 1 << 8


@dataclass(slots=True)
class Tables:
    """The tables of a book, what is to be said of their headers, and in which rows others begin below them.

    ``not_asked``: by sheet, the row where a roster begins that is not the one asked for.
    """

    found: list[Found] = field(default_factory=list)
    headers: HeaderNotes = field(default_factory=HeaderNotes)
    not_asked: dict[str, int] = field(default_factory=dict)
    ends: list[tuple[Found, Gap]] = field(default_factory=list)


def find_tables(
    book: RosterBook,
    take: Take,
    how: HowRead = AS_WRITTEN,
    progress: Callable[[float], None] | None = None,
    wanted: Wanted = ALL,
) -> Tables:
    """Read the tables of a book some rows at a time, and say where each stands; which of a kind is meant, is not known.

    Raises UnusableFile: no such sheet, no roster, a required column missing or twice.
    """
    if how.sheet is not None and how.sheet not in book.sheets:
        raise UnusableFile("file.no_sheet", file=book.name, sheet=how.sheet, known=", ".join(book.sheets))
    tables = Tables()
    meant: UnusableFile | None = None
    for place, name in enumerate(book.sheets):
        reader = SheetTables(book, name, how, wanted=wanted)
        for taken in taken_rows(book, reader, _share(progress, place, len(book.sheets)), in_part=bool(wanted)):
            take(taken)
        tables.found += reader.tables
        tables.headers.add(reader.notes)
        tables.ends += reader.ends
        meant = meant or reader.meant
        if reader.not_asked:
            tables.not_asked[name] = reader.not_asked
    if not any(table.kind == "roster" for table in tables.found):
        raise meant or _no_roster(book, tables.headers)
    return tables


def _no_roster(book: RosterBook, headers: HeaderNotes) -> UnusableFile:
    for sheet, row in headers.uncounted.items():
        return UnusableFile("file.no_roster_formulas", file=book.name, sheet=sheet, row=row)
    return UnusableFile("file.no_roster", file=book.name)


def taken_rows(
    book: RosterBook, reader: SheetTables, progress: Callable[[float], None] | None = None, *, in_part: bool
) -> Iterator[TableRows]:
    """The rows of a sheet's tables, some at a time; ``in_part``: with the columns wanted, where a book can do that."""
    if in_part and isinstance(book, PartlyReadBook):
        parts = book.rows_in_part(reader.sheet, partial(_columns_of, reader), progress)
    else:
        parts = _some_at_a_time(book.rows(reader.sheet, progress))
    for rows, headed in parts:
        yield from reader.all_taken(rows, headed=headed)


def _some_at_a_time(rows: Iterator[tuple[int, Mapping[int, Any]]]) -> Iterator[SomeRows]:
    while some := [*islice(rows, AT_ONCE)]:
        yield SomeRows(some)


def _columns_of(reader: SheetTables) -> Collection[int]:
    return reader.columns


def _share(progress: Callable[[float], None] | None, place: int, sheets: int) -> Callable[[float], None] | None:
    """Progress through one sheet as progress through the book."""
    return progress and (lambda done: progress((place + done) / sheets))
