"""Records of the roster: people, salary notices, the user's own days. One bad cell is one problem, never a lost row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from hqs_xl.cells.values import BadValue
from hqs_xl.roster.fields import (
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
)


class Problem(NamedTuple):
    """A cell that could not be read: its column and what was expected (an error of ``values``)."""

    column: str
    error: BadValue


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
    permit_expires: LastDay = None
    renewal_filed: Day = None
    visa_starts: Day = None
    visa_expires: LastDay = None
    entered_on: Day = None
    work_started: Day = None
    hiring_order: Day = None
    moved_on: Day = None
    registered_on: Day = None
    registered_until: LastDay = None
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
