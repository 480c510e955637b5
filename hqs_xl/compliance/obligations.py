"""What is owed by when: each deadline of one person, with the day it was done."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, Self

from hqs_xl.compliance.case import AGREEMENT_FROM, AGREEMENT_UNTIL, Case, Check, checks
from hqs_xl.law import Deadline, Quarter
from hqs_xl.law.workdays import LAST_DAY
from hqs_xl.roster.documents import registered_since
from hqs_xl.roster.records import Person
from hqs_xl.roster.status import DONE, State, state_of


class Earlier(NamedTuple):
    """A doing that does not count, for it lies before what it would have to answer: both columns and days."""

    mark: str
    done: date
    since: str
    first: date


class Obligation(NamedTuple):
    """Something to be done by a day.

    ``code`` is the head of the finding's code (``notice.concluded.``); ``column`` is where the doing is typed;
    ``due`` may be later than the deadline's when a registration in order lapses after it; ``state`` is where it stands
    on the day of the check. ``marks``: the roster's columns that say whether it is done. ``unread``: the columns it was
    found without, for nothing could be read there; ``unclear``: the one of them that would say whether it is done.
    ``earlier``: a doing that was of something before. ``remark``: what else has to be said of it, as a key of ``texts``
    (``finding.remark.abroad``).
    """

    code: str
    column: str
    deadline: Deadline
    done: date | None
    due: date
    state: State
    quarter: Quarter | None = None
    marks: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    unclear: str = ""
    earlier: Earlier | None = None
    remark: str = ""

    @property
    def name(self) -> str:
        """The key of its texts."""
        return self.code.rstrip("._")

    def without(self, unread: Collection[str]) -> Self:
        """The same found without some columns, where nothing could be read."""
        unclear = "" if is_done(self) else next((mark for mark in self.marks if mark in unread), self.unclear)
        return self._replace(unread=tuple(sorted(unread)), unclear=unclear)


def is_done(item: Obligation) -> bool:
    """Whether it is done, in time or late."""
    return item.state in DONE


# So much of what is owed is remembered.
MOST_OWED = 1 << 15
NOTICES: list[Check] = []
RENEWALS: list[Check] = []
STAY_AND_WORK: list[Check] = []
LEAVING: list[Check] = []


class Kind(NamedTuple):
    """What is owed by a rule: the head of its findings' codes, and the columns of the roster where the doing is typed.

    ``since``: the column before whose day no doing counts, blank where any does; ``column``: the one to name for the
    doing, where it is not the first of those.
    """

    rule: str
    code: str
    marks: tuple[str, ...]
    since: str = ""
    column: str = ""


CONCLUDED = Kind("notice.concluded", "notice.concluded.", ("concluded_notice_filed",), "agreement_signed")
TERMINATED = Kind("notice.terminated", "notice.terminated.", ("terminated_notice_filed",), "terminated_on")
SALARY_PAID = Kind("notice.salary", "notice.salary.", ("person_id",), "quarter", "filed_on")
RENEWAL = Kind("permit.renewal", "permit.renewal_", ("renewal_filed",))
COLLECT = Kind("permit.collect", "permit.collect_", ("permit_collected",), "permit_decided")
_STEPS = ("permit_filed", "permit_decided", "permit_collected")
PASSPORT = Kind("permit.passport_change", "permit.passport_", _STEPS)
LEAVE = Kind("leave.after_termination", "leave.", ("left_on",))


def one_owed(
    case: Case,
    kind: Kind,
    event: date | None,
    done: date | None,
    *,
    column: str = "",
    first: tuple[date, str] | None = None,
) -> Sequence[Obligation]:
    """What is owed from an event on, if anything.

    ``column``: the event's, where it is not the rule's own. ``first``: from which day on a doing counts, and the column
    of that day, where that is not the event. People share their days, and so what is owed.
    """
    if event is None:
        return ()
    owed: dict[Any, Sequence[Obligation]] = case.settings.owed
    key = (kind.rule, event, done, first)
    if key not in owed:
        deadline = case.due(kind.rule, event, column=column)
        if deadline is None:
            return ()
        if len(owed) >= MOST_OWED:
            owed.clear()
        mark = kind.column or kind.marks[0]
        counts, since = first or (event, column if kind is TERMINATED else kind.since)
        earlier = _earlier(mark, done, since, counts) if since else None
        counted = None if earlier else done
        state = state_of(deadline.due, counted, case.as_of, case.soon)
        quarter = Quarter.of(event) if kind is SALARY_PAID else None
        found = Obligation(kind.code, mark, deadline, counted, deadline.due, state, quarter, kind.marks)
        owed[key] = (found._replace(earlier=earlier) if earlier else found,)
    return owed[key]


def _earlier(mark: str, done: date | None, since: str, first: date) -> Earlier | None:
    """A doing as one that does not count, where it lies before the first day from which it would."""
    return Earlier(mark, done, since, first) if done is not None and done < first else None


@checks(NOTICES, "relation", "agreement_signed", also=["concluded_notice_filed"])
def notice_concluded(case: Case) -> Sequence[Obligation]:
    """S24: three working days from the signing; a notice filed before it was for an earlier agreement."""
    person = case.person
    if case.is_hqs:
        return one_owed(case, CONCLUDED, person.agreement_signed, person.concluded_notice_filed)
    return ()


@checks(NOTICES, "relation", "terminated_on|agreement_ends", also=["terminated_notice_filed"])
def notice_terminated(case: Case) -> Sequence[Obligation]:
    """S24: three working days from the agreement's last day, whether it was terminated or ran out.

    A notice filed before that day was of an agreement before this one.
    """
    person = case.person
    if case.is_hqs:
        column = "terminated_on" if person.terminated_on else "agreement_ends"
        return one_owed(case, TERMINATED, person.agreement_until, person.terminated_notice_filed, column=column)
    return ()


@checks(NOTICES, "relation", AGREEMENT_FROM, also=[*AGREEMENT_UNTIL, "person_id", "salary.filed_on"])
def notice_salary(case: Case) -> Sequence[Obligation]:
    """S23: each quarter from the agreement's start to its end, up to the first one that can wait."""
    person, begun, found = case.person, case.begun, list[Obligation]()
    if not case.is_hqs or begun is None or case.notices is None:
        return found
    until = person.agreement_until
    # Without an id nobody can tell whose notices these are.
    notices = case.notices if person.person_id else {}
    for quarter, first in _quarters(Quarter.of(begun)):
        if (until is not None and first > until) or not case.owes_salary_notice(quarter):
            break
        notice = notices.get(quarter)
        done = notice.filed_on if notice else None
        owed = one_owed(case, SALARY_PAID, first, done, column="agreement_starts")
        if not owed:
            break
        unread = notice is not None and "filed_on" in notice.unread
        found += [one._replace(unclear="filed_on") for one in owed] if unread else owed
        if owed[0].due > case.soon and not case.happened(owed[0].done):
            break
    return found


@lru_cache(maxsize=1 << 8)
def _quarters(first: Quarter) -> Sequence[tuple[Quarter, date]]:
    """The quarters from one on, each with its first day, to the last that begins in the calendar."""
    quarters, quarter = [], first
    while quarter.first <= LAST_DAY:
        quarters.append((quarter, quarter.first))
        quarter = quarter.following
    return quarters


@checks(RENEWALS, "relation", "permit_expires", also=["permit_starts", *_STEPS[1:], "renewal_filed", *AGREEMENT_UNTIL])
def permit_renewal(case: Case) -> Sequence[Obligation]:
    """S13: owed when the agreement is open-ended or outlasts the permit.

    A filing before the permit in the roster starts (or, where that is not said, was decided and collected) was of an
    earlier permit, and does not count. Who is abroad owes it too (S22 spares S16-S20 only).
    """
    person = case.person
    if not case.is_hqs or person.permit_expires is None or case.ended:
        return ()
    if person.agreement_until is not None and person.agreement_until <= person.permit_expires:
        return ()
    return one_owed(case, RENEWAL, person.permit_expires, person.renewal_filed, first=_permit_from(person))


def _permit_from(person: Person) -> tuple[date, str] | None:
    """From which day on the permit was held as far as is known, and the column that says so."""
    if person.permit_starts is not None:
        return person.permit_starts, "permit_starts"
    steps = ((person.permit_decided, "permit_decided"), (person.permit_collected, "permit_collected"))
    return max(((day, key) for day, key in steps if day is not None), default=None)


@checks(STAY_AND_WORK, "entered_on", also=["moved_on", "registered_on", "registered_until", "left_on"])
def registration(case: Case) -> Sequence[Obligation]:
    """S16, S19, S20: after 90 days from the entry or 30 from a move, register within the working days that follow.

    A registration dated before the last entry or move does not count for the new place. Someone never registered
    since the entry gains nothing by moving: the earlier of the two days holds. Nor does someone whose registration had
    lapsed before the move. A registration that lapses while the person stays has to be followed by another.
    """
    person = case.person
    if not case.in_russia and not (person.entered_on is None and case.happened(person.moved_on)):
        return ()
    if case.left:
        return ()
    entry = case.due("registration.entry", person.entered_on)
    move = case.due("registration.move", person.moved_on)
    moved = move is not None and case.happened(person.moved_on)
    if moved and person.entered_on and person.moved_on and person.moved_on < person.entered_on:
        moved = False
    arrived = person.moved_on if moved else person.entered_on
    registered = person.registered_on
    if registered and person.entered_on and registered < person.entered_on:
        registered = None
    deadline = move if moved else entry
    lapsed = _lapsed_before_a_move(person, entry) if moved and registered else None
    if moved and entry and move and (entry.due if registered is None else lapsed or move.due) < move.due:
        deadline = entry
    if deadline is None:
        return ()
    since = "moved_on" if moved else "entered_on"
    earlier = _earlier("registered_on", person.registered_on, since, arrived or date.min)
    done = None if earlier else person.registered_on
    due = max(deadline.due, lapsed) if lapsed and deadline is entry else deadline.due
    if done and case.registrations and arrived:
        # The first one answers the arrival; one that prolongs it is no late registration.
        made, lapsed = registered_since(case.registrations, arrived, case.as_of)
        done, due = made or done, max(due, lapsed or due)
    if done and person.registered_until and done <= case.as_of and person.registered_until >= done:
        lapse = max(due, person.registered_until)
        if lapse <= case.soon:
            done, due = None, lapse
    state = state_of(due, done, case.as_of, case.soon)
    found = Obligation("registration.", "registered_on", deadline, done, due, state, marks=("registered_on",))
    return (found._replace(earlier=earlier),)


def _lapsed_before_a_move(person: Person, entry: Deadline | None) -> date | None:
    """The day by which another registration was needed, where none held on the day of the move."""
    until, moved_on = person.registered_until, person.moved_on
    return max(entry.due, until) if entry and until and moved_on and until < moved_on else None


@checks(STAY_AND_WORK, "relation", "permit_decided", also=["permit_collected"])
def permit_collect(case: Case) -> Sequence[Obligation]:
    """Law 316-FZ: the permit is collected within 30 days of the decision; no such term in the card."""
    person = case.person
    if case.is_hqs:
        return one_owed(case, COLLECT, person.permit_decided, person.permit_collected)
    return ()


@checks(STAY_AND_WORK, "relation", "passport_changed", also=["permit_filed", "permit_decided", "permit_collected"])
def passport_change(case: Case) -> Sequence[Obligation]:
    """Law 199-FZ: the permit is corrected after a change of passport; any later step of a permit shows it was."""
    person = case.person
    if not case.is_hqs or person.passport_changed is None:
        return ()
    later = [
        day for day in (getattr(person, step) for step in _STEPS) if day is not None and day >= person.passport_changed
    ]
    return one_owed(case, PASSPORT, person.passport_changed, min(later, default=None))


@checks(LEAVING, "relation", "terminated_on", also=["left_on", "entered_on"])
def leave(case: Case) -> Sequence[Obligation]:
    """Law 316-FZ: after the termination, sign elsewhere or leave; no such term in the card.

    Who left before it and did not enter again has left: that is no doing of an earlier cycle.
    """
    person = case.person
    if case.is_hqs and case.happened(person.terminated_on):
        left = person.left_on if case.left else None
        return one_owed(case, LEAVE, person.terminated_on, left)
    return ()
