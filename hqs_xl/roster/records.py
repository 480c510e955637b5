"""Records of the roster: people, salary notices, the user's own days. One bad cell is one problem, never a lost row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, NamedTuple, TypeVar

from pydantic import PlainValidator, TypeAdapter, ValidationError

from hqs_xl.law import Quarter
from hqs_xl.roster import columns
from hqs_xl.values import BadValue, to_date, to_number, to_quarter, to_text, to_word, to_yes_no


def _reader(convert: Callable[[Any], Any], *, remembered: int = 1 << 12) -> PlainValidator:
    """Reads a cell. A roster repeats its days and words, so most readings are look-ups; 1 is not 1.0 nor TRUE there."""
    return PlainValidator(lru_cache(maxsize=remembered, typed=True)(convert))


# Ids and names hardly repeat.
Text = Annotated[str, PlainValidator(to_text)]
Day = Annotated[date | None, _reader(to_date, remembered=1 << 15)]
YesNo = Annotated[bool | None, _reader(to_yes_no)]
Number = Annotated[float | None, PlainValidator(to_number)]
Period = Annotated[Quarter | None, _reader(to_quarter)]
Relation = Annotated[str | None, _reader(lambda value: to_word(value, columns.RELATIONS))]
Host = Annotated[str | None, _reader(lambda value: to_word(value, columns.HOSTS))]

DocumentKind = Annotated[str | None, _reader(lambda value: to_word(value, columns.DOCUMENT_WORDS))]

R = TypeVar("R", "Person", "SalaryNotice", "OwnDay", "Document")


class Problem(NamedTuple):
    """A cell that could not be read: its column and what was expected (an error of ``values``)."""

    column: str
    error: BadValue


@dataclass(slots=True)
class Person:
    """One row of the roster; blank facts are None, ``unread`` names the columns whose cells were no such fact."""

    row: int
    person_id: Text = ""
    full_name: Text = ""
    relation: Relation = None
    sponsor_id: Text = ""
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
    policy_ends: Day = None
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
    person_id: Text = ""
    quarter: Period = None
    salary_paid: Number = None
    filed_on: Day = None
    unread: frozenset[str] = field(default=frozenset())


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
    person_id: Text = ""
    document: DocumentKind = None
    number: Text = ""
    valid_from: Day = None
    valid_until: Day = None
    filed: Day = None
    replaced_by: Text = ""
    unread: frozenset[str] = field(default=frozenset())


_VALIDATE = {kind: TypeAdapter(kind).validator.validate_python for kind in (Person, SalaryNotice, OwnDay, Document)}


def read(kind: type[R], row: int, cells: Mapping[str, Any]) -> tuple[R, list[Problem]]:
    """One record from its row's cells by column key, and the cells that were no such fact."""
    validate = _VALIDATE[kind]
    try:
        record: R = validate({**cells, "row": row})
    except ValidationError as error:
        problems = [_problem(detail) for detail in error.errors(include_url=False, include_input=False)]
    else:
        return record, []
    unread = frozenset(problem.column for problem in problems)
    kept = {key: value for key, value in cells.items() if key not in unread}
    record = validate({**kept, "row": row})
    return replace(record, unread=unread), problems


def _problem(detail: Any) -> Problem:
    cause = detail.get("ctx", {}).get("error")
    if not isinstance(cause, BadValue):
        raise TypeError(f"{detail['loc']}: {detail['msg']}")
    return Problem(str(detail["loc"][0]), cause)
