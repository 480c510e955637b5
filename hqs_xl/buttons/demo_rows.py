"""The demo's rows in a workbook, open or closed: its invented people, and what other tables hold about them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Protocol

from hqs_xl.demo.names import demo_number, is_invented
from hqs_xl.errors import UnusableFile
from hqs_xl.roster.columns import facts
from hqs_xl.roster.gathered import gather
from hqs_xl.roster.tables import EditableBook, Found, cells_by_key

# Tables about the people of the roster, by their ids.
_OTHERS = ("salary", "documents")


class DemoBook(EditableBook, Protocol):
    """A workbook from whose tables rows can be taken."""

    def table_rows(self, table: Found) -> range | None:
        """The rows of a table that a program knows as such, less totals; None for another one.

        An open one with totals is none either.
        """

    def remove_rows(self, table: Found, rows: Collection[int]) -> None:
        """Take rows out of such a table, in which one is left at least, blank but for formulas."""


class Demo:
    """The demo's rows of a workbook; raises UnusableFile where they stand in a table that no program knows as such.

    ``people``: how many invented people; ``others``: rows of other tables about them; ``own``: people who stay.
    """

    def __init__(self, book: DemoBook) -> None:
        self._book, self._gone = book, list[tuple[Found, set[int]]]()
        found = gather(book).found
        self.people = self.others = self.own = 0
        numbers = self._people(found["roster"])
        if self.people:
            for kind in _OTHERS:
                self._about(numbers, found.get(kind))

    def take_out(self) -> None:
        """Take the rows out of their tables, in which everything else stays: one row at least, formulas and formats."""
        for table, rows in self._gone:
            self._book.remove_rows(table, rows)

    def _people(self, table: Found) -> set[int]:
        """Note the invented people; the numbers of the demo's ids, but those that somebody else has by now."""
        rows = dict(self._rows(table))
        gone = {number for number, row in rows.items() if is_invented(row.get("person_id"), row.get("full_name"))}
        self.people, self.own = len(gone), len(rows) - len(gone)
        self._note(table, gone)
        ids = {number: demo_number(row.get("person_id")) for number, row in rows.items()}
        last = max((ids[number] for number in gone), default=0)
        return {*range(1, last + 1)} - {ids[number] for number in rows.keys() - gone}

    def _about(self, numbers: set[int], table: Found | None) -> None:
        """Note the rows of a table about people with ids of those numbers."""
        rows = self._rows(table) if table else ()
        gone = {number for number, row in rows if demo_number(row.get("person_id")) in numbers}
        self.others += len(gone)
        if table:
            self._note(table, gone)

    def _note(self, table: Found, gone: set[int]) -> None:
        if gone and self._book.table_rows(table) is None:
            raise UnusableFile("demo.no_table", file=self._book.name, sheet=table.sheet, count=len(gone))
        if gone:
            self._gone.append((table, gone))

    def _rows(self, table: Found) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """The rows of a table that hold any fact."""
        within, keys = self._book.table_rows(table), {column.key for column in facts(table.kind)}
        for number, cells in self._book.rows(table.sheet):
            if number in within if within is not None else number > table.header_row:
                row = cells_by_key(table.places, cells)
                if keys & row.keys():
                    yield number, row
