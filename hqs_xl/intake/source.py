"""A file that people come from, as rows of cells: a workbook, a text with delimiters, or JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from hqs_xl.errors import UnusableFile
from hqs_xl.hosts.closed import open_book
from hqs_xl.hosts.files import LIMITS, read_whole
from hqs_xl.intake.delimited import delimited
from hqs_xl.intake.json_records import json_rows
from hqs_xl.rows import Row

# What a file of text or JSON may hold; 10,000 people are some 5 MB.
MOST_BYTES = LIMITS.listed

Rows = Iterable[Row]


class Source(NamedTuple):
    """Where people come from: the file's name, how it was read (a key of ``import.read`` and its fields), its sheets.

    A sheet is its name, its rows, and the rows that are totals; a text and JSON have one of no name.
    ``widths``: how many cells each line of a text has. ``word``: what a row is called, ``line``, ``record`` or ``row``.
    It is read as a ``TableBook``.
    """

    name: str
    read_as: str
    fields: Mapping[str, str]
    word: str
    sheets: Mapping[str, Rows]
    total_rows: Mapping[str, frozenset[int]] = {}
    date1904: bool = False
    widths: Mapping[int, int] = {}

    def totals(self, sheet: str) -> frozenset[int]:
        """The rows of a sheet that are totals of a table."""
        return self.total_rows.get(sheet, frozenset())


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """The source in a file, whose ending says what it is. Raises UnusableFile."""
    ending = path.suffix.casefold()
    if ending == ".json":
        yield Source(path.name, "json", {}, "record", {"": json_rows(path.name, read_whole(path, MOST_BYTES))})
    elif ending in {".csv", ".txt", ".tsv"}:
        found = delimited(path.name, read_whole(path, MOST_BYTES))
        fields = {"encoding": found.encoding, "delimiter": found.delimiter_name}
        yield Source(path.name, "csv", fields, "line", {"": found.rows}, widths=found.widths)
    elif ending in {".xlsx", ".xlsm", ".ods"}:
        with open_book(path) as book:
            sheets: dict[str, Any] = {name: _Later(book, name) for name in book.sheets}
            totals = {name: book.totals(name) for name in book.sheets}
            yield Source(path.name, "book", {}, "row", sheets, totals, book.date1904)
    else:
        raise UnusableFile("import.ending", file=path.name)


class _Later:
    """The rows of a sheet, read when they are wanted, and each time anew."""

    def __init__(self, book: Any, sheet: str) -> None:
        self._book, self._sheet = book, sheet

    def __iter__(self) -> Iterator[Row]:
        return iter(self._book.rows(self._sheet))
