"""The demo's rows in a workbook, open or closed: its invented people, and what other tables hold about them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Protocol

from hqs_xl.demo.names import demo_number, is_invented
from hqs_xl.errors import UnusableFile
from hqs_xl.roster.columns import facts
from hqs_xl.roster.gathered import gather
from hqs_xl.roster.headers.notes import cell_name
from hqs_xl.roster.tables import EditableBook, Found, cells_by_key
from hqs_xl.texts import say

# A column of one's own that says something of every single one of so many people is no note of one of them: as a rule
# a formula. Its cells go with the rows.
_ALL_OF = 10
_MOST_NAMED = 5
# Tables about the people of the roster, by their ids.
_OTHERS = ("salary", "documents")


class DemoBook(EditableBook, Protocol):
    """A workbook from whose tables rows can be taken."""

    def table_area(self, table: Found) -> tuple[range, range] | None:
        """Rows, less totals, and columns of a table that a program knows as such; None for another one.

        An open one with totals is none either.
        """

    def remove_rows(self, table: Found, rows: Collection[int]) -> None:
        """Take rows out of such a table, in which one is left at least, blank but for formulas."""


class Demo:
    """The demo's rows of a workbook; raises UnusableFile where they stand in a table that no program knows as such.

    ``people``: how many invented people go; ``others``: rows of other tables about them; ``own``: people who stay.
    ``noted``: cells in columns of a person's own, for which rows of the demo stay that would have gone.
    """

    def __init__(self, book: DemoBook) -> None:
        self._book, self._gone, self.noted = book, list[tuple[Found, set[int]]](), list[str]()
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

    def question(self, lang: str) -> str:
        """What is asked before anything is taken out."""
        return " ".join([say("demo.ask", lang, **self._counts()), *self._staying(lang)])

    def done(self, lang: str) -> str:
        """What is told once it is done, or where there is nobody to take out."""
        said = say("demo.emptied", lang, **self._counts()) if self.people else say("demo.nobody", lang)
        return " ".join([*([] if self.noted and not self.people else [said]), *self._staying(lang)])

    def _counts(self) -> dict[str, int]:
        return {"people": self.people, "rows": self.others, "own": self.own}

    def _staying(self, lang: str) -> list[str]:
        more = " ..." if len(self.noted) > _MOST_NAMED else ""
        cells = ", ".join(self.noted[:_MOST_NAMED]) + more
        return [say("demo.noted", lang, cells=cells)] if self.noted else []

    def _people(self, table: Found) -> set[int]:
        """Note the invented people; the numbers of the demo's ids, but those that somebody else has by now."""
        rows = dict(self._rows(table))
        gone = {number for number, row in rows.items() if is_invented(row.get("person_id"), row.get("full_name"))}
        self.own = len(rows) - len(gone)
        gone -= self._noted(table, gone)
        self.people = len(gone)
        self._note(table, gone)
        ids = {number: demo_number(row.get("person_id")) for number, row in rows.items()}
        last = max((ids[number] for number in gone), default=0)
        return {*range(1, last + 1)} - {ids[number] for number in rows.keys() - gone}

    def _about(self, numbers: set[int], table: Found | None) -> None:
        """Note the rows of a table about people with ids of those numbers."""
        rows = self._rows(table) if table else ()
        gone = {number for number, row in rows if demo_number(row.get("person_id")) in numbers}
        if table:
            gone -= self._noted(table, gone)
            self._note(table, gone)
        self.others += len(gone)

    def _noted(self, table: Found, gone: Collection[int]) -> set[int]:
        """Those of the rows in which something stands under a header of a person's own; the cells are named.

        Raises UnusableFile where the header is beside the table: what stands there would not move with its row.
        """
        area = self._book.table_area(table)
        if area is None:
            return set()
        columns: dict[int, list[int]] = {}
        headed: Collection[int] = ()
        for number, cells in self._book.rows(table.sheet):
            held = [place for place, value in cells.items() if place not in table.places and _says(value)]
            if number == table.header_row:
                headed = held
            elif number in area[0]:
                for place in held:
                    columns.setdefault(place, []).append(number)
        of_some = {
            place: rows
            for place, rows in columns.items()
            if place in headed and not len(rows) == len(area[0]) >= _ALL_OF
        }
        if gone and (beside := [place for place in of_some if place not in area[1]]):
            cell = cell_name(of_some[beside[0]][0], beside[0])
            raise UnusableFile("demo.beside", file=self._book.name, sheet=table.sheet, cell=cell)
        found = sorted((number, place) for place, rows in of_some.items() for number in rows if number in gone)
        self.noted += [f"{table.sheet}!{cell_name(number, place)}" for number, place in found]
        return {number for number, _ in found}

    def _note(self, table: Found, gone: set[int]) -> None:
        if gone and self._book.table_area(table) is None:
            raise UnusableFile("demo.no_table", file=self._book.name, sheet=table.sheet, count=len(gone))
        if gone:
            self._gone.append((table, gone))

    def _rows(self, table: Found) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """The rows of a table that hold any fact."""
        area, keys = self._book.table_area(table), {column.key for column in facts(table.kind)}
        for number, cells in self._book.rows(table.sheet):
            if number in area[0] if area is not None else number > table.header_row:
                row = cells_by_key(table.places, cells)
                if keys & row.keys():
                    yield number, row


def _says(value: Any) -> bool:
    return value is not None and str(value).strip() != ""
