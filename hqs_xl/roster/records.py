"""Records of the roster: people, salary notices, the user's own days. One bad cell is one problem, never a lost row."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import repeat
from types import NoneType
from typing import Any, NamedTuple, TypeVar

from hqs_xl.cells.values import BadValue
from hqs_xl.roster.fields import (
    Convert,
    Day,
    DocumentKind,
    Host,
    Id,
    InQuarter,
    LastDay,
    Number,
    Relation,
    Text,
    YesNo,
    cells,
)
from hqs_xl.roster.tables import TableRows

# Fewer rows are quicker read one by one.
FEW = 8

R = TypeVar("R", "Person", "SalaryNotice", "OwnDay", "Document")


class Problem(NamedTuple):
    """A cell that could not be read: its column and what was expected (an error of ``values``)."""

    column: str
    error: BadValue


# Reads a record from its row's cells: ``read``, or ``validated.validated``, which comes to the same.
Read = Callable[[type[Any], int, Mapping[str, Any]], tuple[Any, list[Problem]]]


@dataclass(slots=True)
class Person:
    """One row of the roster; blank facts are None, ``unread`` names the columns whose cells were no such fact."""

    row: int
    person_id: Id = ""
    full_name: Text = ""
    relation: Relation = None
    sponsor_id: Id = ""
    citizenship: Text = ""
    visa_required: YesNo = None
    passport_expires: Day = None
    passport_changed: Day = None
    agreement_signed: Day = None
    agreement_starts: Day = None
    agreement_ends: Day = None
    terminated_on: Day = None
    permit_filed: Day = None
    permit_decided: Day = None
    permit_collected: Day = None
    permit_starts: Day = None
    permit_expires: Day = None
    renewal_filed: Day = None
    visa_starts: Day = None
    visa_expires: Day = None
    entered_on: Day = None
    work_started: Day = None
    hiring_order: Day = None
    moved_on: Day = None
    registered_on: Day = None
    registered_until: Day = None
    host: Host = None
    owns_housing: YesNo = None
    left_on: Day = None
    policy_starts: Day = None
    policy_ends: LastDay = None
    medical_done: Day = None
    concluded_notice_filed: Day = None
    terminated_notice_filed: Day = None
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
        """Whether the person left Russia and has not entered again since: who entered on the day of leaving is here."""
        return (
            self.left_on is not None
            and self.left_on <= as_of
            and not (self.entered_on is not None and self.left_on <= self.entered_on <= as_of)
        )


@dataclass(slots=True)
class SalaryNotice:
    """One row of the salary notices."""

    row: int
    person_id: Id = ""
    quarter: InQuarter = None
    salary_paid: Number = None
    filed_on: Day = None
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
    date: Day = None
    working: YesNo = None
    note: Text = ""
    unread: frozenset[str] = field(default=frozenset())


@dataclass(slots=True)
class Document:
    """One row of the documents."""

    row: int
    person_id: Id = ""
    document: DocumentKind = None
    number: Text = ""
    valid_from: Day = None
    valid_until: LastDay = None
    filed: Day = None
    replaced_by: Text = ""
    unread: frozenset[str] = field(default=frozenset())


# The records, and the tables whose rows they are.
TABLES: Mapping[type[Any], str] = {
    Person: "roster",
    SalaryNotice: "salary",
    OwnDay: "own_days",
    Document: "documents",
}
# How their fields are read, in their order, which is that of the table's columns.
_FIELDS = {kind: {name: cell.ways for name, cell in cells(kind).items()} for kind in TABLES}


def read(kind: type[R], row: int, found: Mapping[str, Any]) -> tuple[R, list[Problem]]:
    """One record from its row's cells by column key, and the cells that were no such fact, in the order of its columns.

    Cells of columns that are no facts of the record are passed over.
    """
    record, readers = kind(row), _FIELDS[kind]
    problems: list[Problem] = []
    for key, value in found.items():
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
    columns = [_read_column(ways, rows.column(key), odd) for key, ways in _FIELDS[kind].items()]
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
