"""Records of the roster: people, salary notices, the user's own days. One bad cell is one problem, never a lost row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial
from typing import Any, NamedTuple, TypeVar

from hqs_xl.law import Quarter
from hqs_xl.roster.columns import Column, facts
from hqs_xl.values import BadValue, to_date, to_number, to_quarter, to_text, to_word, to_yes_no

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


def _remembered(convert: Callable[[Any], Any], size: int = 1 << 12) -> Callable[[Any], Any]:
    """A roster repeats its days and words, so most readings are look-ups; 1 is not 1.0 nor TRUE there."""
    return lru_cache(maxsize=size, typed=True)(convert)


# How a cell is read, by the kind of its column. Ids, names and sums hardly repeat.
_READERS: Mapping[str, Callable[[Any], Any]] = {
    "id": to_text,
    "text": to_text,
    "number": to_number,
    "date": _remembered(to_date, 1 << 15),
    "yes_no": _remembered(to_yes_no),
    "quarter": _remembered(to_quarter),
}


def _reader(column: Column) -> Callable[[Any], Any]:
    return _remembered(partial(to_word, words=column.words)) if column.words else _READERS[column.kind]


_TABLES: Mapping[type[Any], str] = {
    Person: "roster",
    SalaryNotice: "salary",
    OwnDay: "own_days",
    Document: "documents",
}
_FIELDS = {kind: {column.key: _reader(column) for column in facts(table)} for kind, table in _TABLES.items()}


def read(kind: type[R], row: int, cells: Mapping[str, Any]) -> tuple[R, list[Problem]]:
    """One record from its row's cells by column key, and the cells that were no such fact, in the order of its columns.

    Cells of columns that are no facts of the record are passed over.
    """
    record, readers = kind(row), _FIELDS[kind]
    problems: list[Problem] = []
    for key, value in cells.items():
        if key in readers:
            try:
                setattr(record, key, readers[key](value))
            except BadValue as error:
                problems.append(Problem(key, error))
    if problems:
        problems.sort(key=lambda problem: list(readers).index(problem.column))
        record.unread = frozenset(problem.column for problem in problems)
    return record, problems
