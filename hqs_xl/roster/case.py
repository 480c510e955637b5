"""One person's case on one day: the facts, the day, and the deadlines that can be counted from them."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from hqs_xl.errors import OutsideCalendar
from hqs_xl.law import Deadline, Quarter, due, rulebook
from hqs_xl.law.deadlines import event_day
from hqs_xl.roster.records import Person, SalaryNotice
from hqs_xl.roster.settings import Settings

T = TypeVar("T")
Run = Callable[["Case"], Iterator[T]]


@dataclass(slots=True)
class Case:
    """What a check looks at.

    ``notices``: the person's salary notices by quarter, None where they are not known (a row alone). ``beyond``
    collects the columns whose dates lead out of the calendar.
    """

    person: Person
    settings: Settings
    notices: Mapping[Quarter, SalaryNotice] | None
    sponsors: Container[str]
    beyond: dict[str, OutsideCalendar] = field(default_factory=dict)
    soon: date = field(init=False)

    def __post_init__(self) -> None:
        # The last day of the widest reminder band.
        self.soon = self.settings.as_of + timedelta(days=self.settings.widest)

    @property
    def as_of(self) -> date:
        """The day of the check."""
        return self.settings.as_of

    def happened(self, day: date | None) -> bool:
        """Whether the day is known and not in the future."""
        return day is not None and day <= self.as_of

    @property
    def in_russia(self) -> bool:
        """Whether the person has entered and not left since."""
        return self.happened(self.person.entered_on) and not self.person.has_left(self.as_of)

    @property
    def ended(self) -> bool:
        """Whether the agreement's last day lies behind."""
        until = self.person.agreement_until
        return until is not None and until < self.as_of

    @property
    def running(self) -> bool:
        """Whether the specialist's agreement is in effect on the day."""
        return self.person.is_hqs and self.happened(self.person.agreement_from) and not self.ended

    @property
    def renewed(self) -> bool:
        """Whether the permit in the roster was obtained by the renewal filed."""
        person = self.person
        filed = person.renewal_filed
        obtained = (person.permit_starts, person.permit_decided, person.permit_collected)
        return filed is not None and any(day is not None and day > filed for day in obtained)

    def replaced_after(self, day: date) -> bool:
        """Whether the permit in the roster replaced an earlier one (renewal, new passport) that was held on ``day``."""
        collected = self.person.permit_collected
        changes = (self.person.renewal_filed, self.person.passport_changed)
        return collected is not None and any(change is not None and day <= change <= collected for change in changes)

    def due(self, rule: str, event: date | None, *, until: date | None = None, column: str = "") -> Deadline | None:
        """The deadline of a rule; None when there is no event, or the edition has nothing in force for it."""
        if event is None:
            return None
        found = rulebook()[rule]
        if found.find(event_day(found, event), self.settings.edition) is None:
            return None
        try:
            return due(rule, event, self.settings.edition, calendar=self.settings.calendar, until=until)
        except OutsideCalendar as error:
            self.beyond.setdefault(column or found.event, error)
            return None


@dataclass(frozen=True, slots=True)
class Check:
    """A check and the columns it reads: it is left out for a person one of whose cells there could not be read."""

    reads: frozenset[str]
    run: Callable[[Case], Iterator[object]]


def checks(register: list[Check], *reads: str) -> Callable[[Run[T]], Run[T]]:
    """Register a check with the columns it reads."""

    def decorate(run: Run[T]) -> Run[T]:
        register.append(Check(frozenset(reads), run))
        return run

    return decorate
