"""Records of the roster: people, salary notices, the user's own days. One bad cell is one problem, never a lost row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import repeat
from types import NoneType
from typing import Any, NamedTuple, TypeVar

from hqs_xl.cells.values import BadValue, to_date, to_last_day, to_number, to_quarter, to_text, to_word, to_yes_no
from hqs_xl.law import Quarter
from hqs_xl.roster.columns import Column, facts
from hqs_xl.roster.tables import TableRows

Convert = Callable[[Any], Any]
# Cells of a kind and type that are remembered.
REMEMBERED = 1 << 14
# Fewer rows are quicker read one by one.
FEW = 8

R = TypeVar("R", "Person", "SalaryNotice", "OwnDay", "Document")


class Problem(NamedTuple):
    """A cell that could not be read: its column and what was expected (an error of ``values``)."""

    column: str
    error: BadValue


@dataclass(slots=True)
class Person:
    """One row of the roster; blank facts are None, ``unread`` names the columns whose cells were no such fact."""

    row: int
    person_id: str = ""
    full_name: str = ""
    relation: str | None = None
    sponsor_id: str = ""
    citizenship: str = ""
    visa_required: bool | None = None
    passport_expires: date | None = None
    passport_changed: date | None = None
    agreement_signed: date | None = None
    agreement_starts: date | None = None
    agreement_ends: date | None = None
    terminated_on: date | None = None
    permit_filed: date | None = None
    permit_decided: date | None = None
    permit_collected: date | None = None
    permit_starts: date | None = None
    permit_expires: date | None = None
    renewal_filed: date | None = None
    visa_starts: date | None = None
    visa_expires: date | None = None
    entered_on: date | None = None
    work_started: date | None = None
    hiring_order: date | None = None
    moved_on: date | None = None
    registered_on: date | None = None
    registered_until: date | None = None
    host: str | None = None
    owns_housing: bool | None = None
    left_on: date | None = None
    policy_starts: date | None = None
    policy_ends: date | None = None
    medical_done: date | None = None
    concluded_notice_filed: date | None = None
    terminated_notice_filed: date | None = None
    unread: frozenset[str] = field(default=frozenset())

    @property
    def is_hqs(self) -> bool:
        """Whether the person is the specialist, who has an agreement and a permit."""
        return self.relation == "HQS"

    @property
    def is_family(self) -> bool:
        """Whether the person is a family member of one."""
        return self.relation == "Family"

    @property
    def agreement_from(self) -> date | None:
        """The agreement's first day.

        When none is given it begins with the work or with the permit: an agreement that a permit needs takes effect no
        earlier than the permit is obtained (Labour Code 327.3). None: not yet.
        """
        return self.agreement_starts or self.work_started or self.permit_collected

    @property
    def agreement_until(self) -> date | None:
        """The agreement's last day: the day of termination if there is one; None for an open-ended agreement."""
        return self.terminated_on or self.agreement_ends

    def has_left(self, as_of: date) -> bool:
        """Whether the person left Russia and has not entered again since."""
        return (
            self.left_on is not None
            and self.left_on <= as_of
            and not (self.entered_on is not None and self.left_on < self.entered_on <= as_of)
        )


@dataclass(slots=True)
class SalaryNotice:
    """One row of the salary notices."""

    row: int
    person_id: str = ""
    quarter: Quarter | None = None
    salary_paid: float | None = None
    filed_on: date | None = None
    unread: frozenset[str] = field(default=frozenset())

    @property
    def filed(self) -> date | None:
        """The day it was filed; a day before its quarter answers another one."""
        day, quarter = self.filed_on, self.quarter
        return None if day and quarter and day < quarter.first else day


@dataclass(slots=True)
class OwnDay:
    """One day off, or working day, of the user's own."""

    row: int
    date: date | None = None
    working: bool | None = None
    note: str = ""
    unread: frozenset[str] = field(default=frozenset())


@dataclass(slots=True)
class Document:
    """One row of the documents."""

    row: int
    person_id: str = ""
    document: str | None = None
    number: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    filed: date | None = None
    replaced_by: str = ""
    unread: frozenset[str] = field(default=frozenset())


class Remembered(dict[Any, Any]):
    """Cells of one type as they are read: a roster repeats its days and words, so that most readings are look-ups."""

    __slots__ = ("_convert",)

    def __init__(self, convert: Convert) -> None:
        super().__init__()
        self._convert = convert

    def __missing__(self, value: Any) -> Any:
        found = self._convert(value)
        if len(self) >= REMEMBERED:
            self.clear()
        self[value] = found
        return found


def _repeated(convert: Convert) -> Mapping[type, Convert]:
    """Ways to read a cell by its type, for a number and a yes are equal; anything but these as an object."""
    return {kind: Remembered(convert).__getitem__ for kind in (int, float, str)} | {object: convert}


# How cells are read, by the kind of their column and their type. Ids, names and sums hardly repeat.
_READERS: Mapping[str, Mapping[type, Convert]] = {
    "id": {object: to_text},
    "text": {object: to_text},
    "number": {object: to_number},
    "date": _repeated(to_date),
    "yes_no": _repeated(to_yes_no),
    "quarter": _repeated(to_quarter),
}


# Where no end is as good as a last day.
_LAST_DAYS = frozenset({"policy_ends", "valid_until"})


def _reader(column: Column) -> Mapping[type, Convert]:
    if column.key in _LAST_DAYS:
        return _repeated(to_last_day)
    return _repeated(partial(to_word, words=column.words)) if column.words else _READERS[column.kind]


_TABLES: Mapping[type[Any], str] = {
    Person: "roster",
    SalaryNotice: "salary",
    OwnDay: "own_days",
    Document: "documents",
}
_FIELDS = {kind: {column.key: _reader(column) for column in facts(table)} for kind, table in _TABLES.items()}
# The same in the order of the record's own fields, which begin with the row and end with what is unread.
_IN_ORDER = {
    kind: [(name, readers[name]) for name in [*kind.__dataclass_fields__][1:-1]] for kind, readers in _FIELDS.items()
}


def read(kind: type[R], row: int, cells: Mapping[str, Any]) -> tuple[R, list[Problem]]:
    """One record from its row's cells by column key, and the cells that were no such fact, in the order of its columns.

    Cells of columns that are no facts of the record are passed over.
    """
    record, readers = kind(row), _FIELDS[kind]
    problems: list[Problem] = []
    for key, value in cells.items():
        if key in readers:
            ways = readers[key]
            try:
                setattr(record, key, (ways.get(value.__class__) or ways[object])(value))
            except BadValue as error:
                # An error that remembers where it was raised keeps the rows read there, and itself, from being freed.
                problems.append(Problem(key, error.with_traceback(None)))
    if problems:
        problems.sort(key=lambda problem: list(readers).index(problem.column))
        record.unread = frozenset(problem.column for problem in problems)
    return record, problems


def read_all(kind: type[R], rows: TableRows) -> list[tuple[R, list[Problem]]]:
    """The records of rows, as ``read`` reads each; column by column, which takes less than half the time."""
    numbers = rows.numbers
    if len(numbers) < FEW:
        return [read(kind, *row) for row in rows.each()]
    odd: set[int] = set()
    columns = [_read_column(ways, rows.column(key), odd) for key, ways in _IN_ORDER[kind]]
    records: list[tuple[R, list[Problem]]] = [(record, []) for record in map(kind, numbers, *columns)]
    for index in odd:
        records[index] = read(kind, numbers[index], rows.row(index))
    return records


def _read_column(ways: Mapping[type, Convert], cells: list[Any], odd: set[int]) -> Iterable[Any]:
    """The cells of a column as facts; where one is none, its place goes to ``odd``."""
    kinds = {*map(type, cells)} - {NoneType}
    if not kinds:
        return repeat(ways[object](None), len(cells))
    if len(kinds) == 1:
        try:
            return [*map(ways.get(kinds.pop()) or ways[object], cells)]
        except BadValue:
            pass
    return [_read_cell(ways, cell, index, odd) for index, cell in enumerate(cells)]


def _read_cell(ways: Mapping[type, Convert], cell: Any, index: int, odd: set[int]) -> Any:
    try:
        return (ways.get(cell.__class__) or ways[object])(cell)
    except BadValue:
        odd.add(index)
        return None
