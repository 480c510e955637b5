"""What becomes of the rows of a sheet: answered one by one, or those of people many at a time and in workers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from hqs_xl.roster.gathered import Gathered
from hqs_xl.roster.settings import Settings
from hqs_xl.roster.tables import Found
from hqs_xl.roster.tables.aside import SetAside
from hqs_xl.roster.tables.sheet import SheetTables
from hqs_xl.rows import Row
from hqs_xl.sync.answering import Answer, Answering, Kept, Mine, PeopleEdit, Result, RowsTask, answers_of


class Whole(NamedTuple):
    """What is known of a roster as a whole, and what is wanted of its rows: findings told, and what is kept."""

    other: Gathered
    settings: Settings
    tells: bool
    keep: Kept


class SheetRows:
    """Rows answered one by one: an answer may depend on all above it."""

    def __init__(
        self, tables: SheetTables, mine: Mapping[tuple[str, int], Mine], answer_of: Mapping[str, Answer]
    ) -> None:
        self._tables, self._mine, self._answer_of = tables, mine, answer_of

    def __call__(self, number: int, cells: Mapping[int, Any], /) -> Mapping[int, Any]:
        """Answer a row."""
        return answers_of(self._tables, self._mine, self._answer_of, [(number, cells)])[0]


class FigureRows(SheetRows):
    """Rows whose answers depend on nothing above them but their table: a ``BatchEdit``."""

    def answers(self, rows: Sequence[Row]) -> Sequence[Mapping[int, Any]]:
        """The answers to the next rows."""
        return answers_of(self._tables, self._mine, self._answer_of, rows)


class PeopleRows(SheetRows):
    """The rows of people and salary notices: a ``ParallelEdit``."""

    def __init__(
        self, tables: SheetTables, mine: Mapping[tuple[str, int], Mine], answering: Answering, whole: Whole
    ) -> None:
        super().__init__(tables, mine, answering.by_kind)
        self._answering, self._whole = answering, whole
        self._ids = whole.other.ids.ascending()
        self._next = next(self._ids, None)

    def answers(self, rows: Sequence[Row]) -> Sequence[Mapping[int, Any]]:
        """The answers to the next rows, none of them a header."""
        return answers_of(self._tables, self._mine, self._answer_of, rows, headed=False)

    def for_workers(self) -> PeopleEdit:
        """The edit as worker processes run it."""
        book, sheet = self._tables.book, self._tables.sheet
        other, settings, tells, keep = self._whole
        of_book = (book.name, sheet, book.date1904, book.totals(sheet))
        compares = self._answering.result.other_edition is not None
        of_ids = (self._mine, other.ids.missing_sponsors(), other.near)
        of_sponsors = (other.renewals(settings.as_of), other.endings(settings.as_of))
        return PeopleEdit(*of_book, settings, *of_ids, *of_sponsors, other.no_value, tells, keep, compares)

    def task(self, first: int, last: int) -> RowsTask:
        """What a worker must know to answer the rows from ``first`` to ``last``."""
        other = self._whole.other
        people = dict(self._people(last)) if other.has_more_than_rows else {}
        found = ((row, other.ids.duplicate_of(person_id, row)) for row, person_id in people.items())
        first_rows = {row: above for row, above in found if row >= first and above is not None}
        turns = {row: turn for row in people if row >= first and (turn := other.ids.turn(row))}
        beside = (other.notices, other.documents)
        notices, documents = (table.packed_of(people.values()) for table in beside)
        return RowsTask(*self._tables_now, first_rows, turns, notices, documents)

    def _people(self, last: int) -> Iterator[tuple[int, str]]:
        """The next rows with their ids, to the one of a number."""
        while self._next is not None and self._next[0] <= last:
            yield self._next
            self._next = next(self._ids, None)

    def is_valid(self, task: RowsTask) -> bool:
        """Whether the rows of a task belong to the tables it says, now that all rows above are answered."""
        return (task.opened, task.ended, task.aside) == self._tables_now

    @property
    def _tables_now(self) -> tuple[list[Found], frozenset[str], list[SetAside]]:
        return self._tables.opened, self._tables.ended, self._tables.aside

    def merge(self, result: Result) -> None:
        """Add the result of the next rows, and tell its findings."""
        self._tables.skip(result.last_rows)
        self._answering.merge(result)
