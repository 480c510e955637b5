"""One person's case on one day: the facts, the day, and the deadlines that can be counted from them."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from hqs_xl.errors import OutsideCalendar
from hqs_xl.law import Deadline, Quarter, rulebook
from hqs_xl.law.deadlines import Span
from hqs_xl.law.workdays import LAST_DAY
from hqs_xl.roster.agreements import Turn
from hqs_xl.roster.documents import NOTHING_HELD
from hqs_xl.roster.doubtful import NOTHING_DOUBTFUL, Doubtful
from hqs_xl.roster.records import Person, SalaryNotice
from hqs_xl.roster.settings import Settings
from hqs_xl.roster.sponsors import Ending

T = TypeVar("T")
Run = Callable[["Case"], Iterable[T]]
_NO_RENEWALS: Mapping[str, date] = MappingProxyType({})
_NO_ENDINGS: Mapping[str, Ending] = MappingProxyType({})
# Columns by which an agreement is known to have begun, any of them, and to end.
AGREEMENT_FROM = "agreement_starts|work_started|permit_collected"
AGREEMENT_UNTIL = ("agreement_ends", "terminated_on")


class Case:
    """What a check looks at.

    ``notices``: the person's salary notices by quarter, None where they are not known (a row alone). ``beyond``
    collects the columns whose dates lead out of the calendar. ``held``: by kind of document the days of each, where the
    person's own dates are not all there is; ``doubtful``: the documents that there may be besides. ``permit_since``:
    when the unbroken run of permits began that the documents list, None where there is one permit. ``renewals``: when
    the permits of specialists with families were renewed; ``endings``: how their agreements ended, where none runs.

    ``turn``: which of several agreements of the person this is, None for the only one.

    ``as_read``: the person as the row says, where some of its cells can't be read and the checks go by what there is.
    ``untold`` is then what can't be told for sure: by unread column the names of checks.

    ``soon``: the last day of the widest reminder band. ``is_hqs``: whether the person is the specialist. ``left``,
    ``in_russia``: the person has left and not entered again, or has entered and not left since. ``ended``: the
    agreement's last day lies behind. ``running``: the specialist's agreement is in effect on the day.
    """

    __slots__ = (
        "as_of",
        "as_read",
        "beyond",
        "doubtful",
        "ended",
        "endings",
        "held",
        "in_russia",
        "is_hqs",
        "left",
        "notices",
        "permit_since",
        "person",
        "renewals",
        "running",
        "settings",
        "soon",
        "sponsors",
        "turn",
    )

    untold: Mapping[str, dict[str, None]] = MappingProxyType({})

    def __init__(
        self,
        person: Person,
        settings: Settings,
        notices: Mapping[Quarter, SalaryNotice] | None,
        sponsors: Container[str],
        held: Mapping[str, Sequence[Span]] = NOTHING_HELD,
        *,
        permit_since: date | None = None,
        doubtful: Mapping[str, Sequence[Doubtful]] = NOTHING_DOUBTFUL,
        renewals: Mapping[str, date] = _NO_RENEWALS,
        endings: Mapping[str, Ending] = _NO_ENDINGS,
        turn: Turn | None = None,
    ) -> None:
        self.person, self.settings, self.notices, self.sponsors = person, settings, notices, sponsors
        self.as_read, self.turn = person, turn
        self.held, self.permit_since, self.renewals, self.endings = held, permit_since, renewals, endings
        self.doubtful = doubtful
        self.beyond: dict[str, OutsideCalendar] = {}
        self.as_of, self.soon = settings.as_of, settings.soon
        self._stand()

    def _stand(self) -> None:
        """Nearly every check asks for these, so that each is found out once."""
        self.left, self.is_hqs, self.ended = _left(self), _is_hqs(self), _ended(self)
        self.in_russia, self.running = _in_russia(self), _running(self)

    @property
    def past(self) -> bool:
        """Whether the person was hired again, so that all but the notices of this agreement is a matter of the next."""
        return self.turn is not None and self.turn.is_past(self.as_of)

    @property
    def begun(self) -> date | None:
        """The agreement's first day, or that of the work where it began before: that was under an agreement too."""
        first, worked = self.person.agreement_from, self.person.work_started
        return min(first, worked) if first and worked and self.turn is None else first

    def owes_salary_notice(self, quarter: Quarter) -> bool:
        """Whether the one notice for a quarter is this agreement's, and not that of the next, which began in it."""
        following = self.turn.next_from if self.turn else None
        return following is None or quarter.last < following

    def happened(self, day: date | None) -> bool:
        """Whether the day is known and not in the future."""
        return day is not None and day <= self.as_of

    def holds(self, kind: str) -> bool:
        """Whether any document of a kind holds on the day, where not the person's own dates alone are known."""
        held = self.held.get(kind, ())
        return any((first is None or first <= self.as_of) and (not last or last >= self.as_of) for first, last in held)

    def may_not_hold(self, kind: str) -> tuple[date, ...]:
        """The last days of documents that hold on the day only if they have begun, which none of them says.

        Nothing where another one surely holds.
        """
        held = [one for one in self.held.get(kind, ()) if not one[1] or one[1] >= self.as_of]
        if any(first is not None and first <= self.as_of for first, _ in held):
            return ()
        return tuple(last for first, last in held if first is None and last)

    def lacks(self, column: str) -> bool:
        """Whether the roster has no such column: that is said once, and is no blank of each person."""
        return column in self.settings.absent

    def may_hold(self, kind: str, since: date | None = None) -> Sequence[Doubtful]:
        """The doubtful documents of a kind that may hold on the day, or on any since a day."""
        return [one for one in self.doubtful.get(kind, ()) if one.may_cover(since or self.as_of, self.as_of)]

    def may_be(self, kind: str) -> Sequence[Doubtful]:
        """The doubtful documents of a kind that may hold on the day or begin later."""
        return [one for one in self.doubtful.get(kind, ()) if one.may_cover(self.as_of, LAST_DAY)]

    def may_follow(self, kind: str, last: date) -> Sequence[Doubtful]:
        """The doubtful documents of a kind that may prolong one that ends on a day."""
        return [one for one in self.doubtful.get(kind, ()) if one.may_follow(last, self.as_of)]

    @property
    def renewed(self) -> bool:
        """Whether the permit in the roster was obtained by the renewal filed, or follows another one in Documents."""
        person = self.person
        if self.permit_since is not None:
            return True
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


def _left(case: Case) -> bool:
    person = case.person
    return person.left_on is not None and person.has_left(case.as_of)


def _in_russia(case: Case) -> bool:
    return case.happened(case.person.entered_on) and not case.left


def _is_hqs(case: Case) -> bool:
    return case.person.is_hqs


def _ended(case: Case) -> bool:
    until = case.person.agreement_until
    return until is not None and until < case.as_of


def _running(case: Case) -> bool:
    return case.is_hqs and not case.ended and case.happened(case.begun)


# Where a person stands on the day of the check, each by how it is found out.
STANDING: Mapping[str, Callable[[Case], bool]] = {
    "left": _left,
    "in_russia": _in_russia,
    "is_hqs": _is_hqs,
    "ended": _ended,
    "running": _running,
}


class Check(NamedTuple):
    """A check: its name, under which ``texts`` say what it looks at (``subject.order``), and the columns it reads.

    Without one of each of ``needs`` it finds nothing; without one of ``also`` it finds less, or what is not so. Columns
    are the roster's but for those written as ``salary.filed_on``. ``rules``: those of the law whose values it goes by;
    by two editions in which these say the same, it finds the same.
    """

    name: str
    needs: tuple[tuple[str, ...], ...]
    also: tuple[str, ...]
    rules: tuple[str, ...]
    run: Callable[[Case], Iterable[Any]]

    @property
    def reads(self) -> frozenset[str]:
        """All the columns it reads."""
        return frozenset((*self.also, *(column for some in self.needs for column in some)))


def checks(
    register: list[Check], *needs: str, also: Iterable[str] = (), rules: Iterable[str]
) -> Callable[[Run[T]], Run[T]]:
    """Register a check with the columns it reads and the rules it goes by.

    ``needs`` such as ``agreement_starts|work_started``: one of these.
    """

    def decorate(run: Run[T]) -> Run[T]:
        columns = tuple(tuple(some.split("|")) for some in needs)
        register.append(Check(run.__name__, columns, tuple(also), tuple(rules), run))
        return run

    return decorate
