"""One person's case on one day: the facts, the day, and the deadlines that can be counted from them."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from hqs_xl.errors import OutsideCalendar
from hqs_xl.law import Deadline, Quarter, rulebook
from hqs_xl.law.deadlines import Span
from hqs_xl.roster.records import Person, SalaryNotice
from hqs_xl.roster.settings import Settings

T = TypeVar("T")
Run = Callable[["Case"], Iterable[T]]


class Case:
    """What a check looks at.

    ``notices``: the person's salary notices by quarter, None where they are not known (a row alone). ``beyond``
    collects the columns whose dates lead out of the calendar. ``policies``: all health insurance policies, None where
    the person's own dates are all there is.

    ``soon``: the last day of the widest reminder band. ``is_hqs``: whether the person is the specialist. ``left``,
    ``in_russia``: the person has left and not entered again, or has entered and not left since. ``ended``: the
    agreement's last day lies behind. ``running``: the specialist's agreement is in effect on the day.
    """

    __slots__ = (
        "as_of",
        "beyond",
        "ended",
        "in_russia",
        "is_hqs",
        "left",
        "notices",
        "person",
        "policies",
        "running",
        "settings",
        "soon",
        "sponsors",
    )

    def __init__(
        self,
        person: Person,
        settings: Settings,
        notices: Mapping[Quarter, SalaryNotice] | None,
        sponsors: Container[str],
        policies: Sequence[Span] | None = None,
    ) -> None:
        self.person, self.settings, self.notices, self.sponsors = person, settings, notices, sponsors
        self.policies = policies
        self.beyond: dict[str, OutsideCalendar] = {}
        # Nearly every check asks for these, so that each is found out once.
        as_of = self.as_of = settings.as_of
        self.soon = settings.soon
        self.left = person.left_on is not None and person.has_left(as_of)
        self.in_russia = self.happened(person.entered_on) and not self.left
        self.is_hqs = person.is_hqs
        until = person.agreement_until
        self.ended = until is not None and until < as_of
        self.running = not self.ended and self.is_hqs and self.happened(person.agreement_from)

    def happened(self, day: date | None) -> bool:
        """Whether the day is known and not in the future."""
        return day is not None and day <= self.as_of

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
        try:
            return self.settings.deadlines[rule, event, until]
        except OutsideCalendar as error:
            # Where it was raised would keep the case, and itself, from being freed.
            self.beyond.setdefault(column or rulebook()[rule].event, error.with_traceback(None))
            return None


class Check(NamedTuple):
    """A check and the columns it reads: it is left out for a person one of whose cells there could not be read."""

    reads: frozenset[str]
    run: Callable[[Case], Iterable[object]]


def checks(register: list[Check], *reads: str) -> Callable[[Run[T]], Run[T]]:
    """Register a check with the columns it reads."""

    def decorate(run: Run[T]) -> Run[T]:
        register.append(Check(frozenset(reads), run))
        return run

    return decorate
