"""What is owed by when: the notices, the permit's steps, leaving; each with the day it was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from hqs_xl.compliance.breach import rows_of
from hqs_xl.compliance.case import AGREEMENT_FROM, AGREEMENT_UNTIL, Case, Check, checks
from hqs_xl.compliance.owed import QUARTER, Kind, Obligation, is_done, one_owed
from hqs_xl.law import Quarter
from hqs_xl.law.workdays import LAST_DAY
from hqs_xl.roster.records import Person

NOTICES: list[Check] = []
RENEWALS: list[Check] = []
STEPS: list[Check] = []
LEAVING: list[Check] = []

CONCLUDED = Kind("notice.concluded", "notice.concluded.", ("concluded_notice_filed",), "agreement_signed")
TERMINATED = Kind("notice.terminated", "notice.terminated.", ("terminated_notice_filed",))
SALARY_PAID = Kind("notice.salary", "notice.salary.", ("person_id",), QUARTER, "filed_on")
RENEWAL = Kind("permit.renewal", "permit.renewal_", ("renewal_filed",))
COLLECT = Kind("permit.collect", "permit.collect_", ("permit_collected",), "permit_decided")
_STEPS = ("permit_filed", "permit_decided", "permit_collected")
PASSPORT = Kind("permit.passport_change", "permit.passport_", _STEPS)
LEAVE = Kind("leave.after_termination", "leave.", ("left_on",))


@checks(NOTICES, "relation", "agreement_signed", also=["concluded_notice_filed"], rules=["notice.concluded"])
def notice_concluded(case: Case) -> Sequence[Obligation]:
    """S24: three working days from the signing; a notice filed before it was for an earlier agreement."""
    person = case.person
    if case.is_hqs:
        return one_owed(case, CONCLUDED, person.agreement_signed, person.concluded_notice_filed)
    return ()


@checks(
    NOTICES, "relation", "terminated_on|agreement_ends", also=["terminated_notice_filed"], rules=["notice.terminated"]
)
def notice_terminated(case: Case) -> Sequence[Obligation]:
    """S24: three working days from the agreement's last day, whether it was terminated or ran out.

    A notice filed before that day was of an agreement before this one.
    """
    person = case.person
    if case.is_hqs:
        until, column = person.agreement_until, "terminated_on" if person.terminated_on else "agreement_ends"
        first = (until, column) if until else None
        return one_owed(case, TERMINATED, until, person.terminated_notice_filed, column=column, first=first)
    return ()


@checks(
    NOTICES,
    *("relation", AGREEMENT_FROM),
    also=[*AGREEMENT_UNTIL, "person_id", "salary.filed_on"],
    rules=["notice.salary"],
)
def notice_salary(case: Case) -> Sequence[Obligation]:
    """S23: each quarter from the agreement's start to its end, up to the first one that can wait.

    None of an agreement that ended before it began, whichever of its days is wrong.
    """
    person, begun, found = case.person, case.begun, list[Obligation]()
    if not case.is_hqs or begun is None or case.notices is None:
        return found
    until = person.agreement_until
    # Without an id nobody can tell whose notices these are.
    notices = case.notices if person.person_id else {}
    for quarter, first in _quarters(Quarter.of(begun)):
        over = until is not None and max(first, begun) > until
        if over or (case.turn and not case.owes_salary_notice(quarter)):
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


@checks(
    RENEWALS,
    *("relation", "permit_expires"),
    also=["permit_starts", *_STEPS[1:], "renewal_filed", *AGREEMENT_UNTIL],
    rules=["permit.renewal", "permit.last_day"],
)
def permit_renewal(case: Case) -> Sequence[Obligation]:
    """S13: owed when the agreement is open-ended or outlasts the permit.

    A filing before the permit in the roster starts (or, where that is not said, was decided and collected) was of an
    earlier permit, and does not count; so was one longer before its end than any permit lasts. Who is abroad owes it
    too (S22 spares S16-S20 only). A permit that has expired can't be renewed any more.
    """
    person = case.person
    if not case.is_hqs or person.permit_expires in (None, LAST_DAY) or case.ended:
        return ()
    if person.agreement_until is not None and person.agreement_until <= person.permit_expires:
        return ()
    filed = person.renewal_filed
    begun = case.due("permit.last_day", filed, column="renewal_filed") if person.permit_starts is None else None
    of_earlier = begun is not None and begun.due < person.permit_expires
    owed = one_owed(case, RENEWAL, person.permit_expires, None if of_earlier else filed, first=_permit_from(person))
    if of_earlier:
        owed = [item._replace(remark="earlier_permit") for item in owed]
    if person.permit_expires < case.as_of:
        owed = [item._replace(instead="permit.renewal_expired") for item in owed]
    hidden = rows_of(case.may_follow("permit", person.permit_expires)) if case.doubtful else ()
    return [one if is_done(one) else one._replace(hidden=hidden) for one in owed] if hidden else owed


def _permit_from(person: Person) -> tuple[date, str] | None:
    """From which day on the permit was held as far as is known, and the column that says so."""
    if person.permit_starts is not None:
        return person.permit_starts, "permit_starts"
    steps = ((person.permit_decided, "permit_decided"), (person.permit_collected, "permit_collected"))
    return max(((day, key) for day, key in steps if day is not None), default=None)


@checks(STEPS, "relation", "permit_decided", also=["permit_collected"], rules=["permit.collect"])
def permit_collect(case: Case) -> Sequence[Obligation]:
    """Law 316-FZ: the permit is collected within 30 days of the decision; no such term in the card."""
    person = case.person
    if case.is_hqs:
        return one_owed(case, COLLECT, person.permit_decided, person.permit_collected)
    return ()


@checks(
    STEPS,
    *("relation", "passport_changed"),
    also=["permit_filed", "permit_decided", "permit_collected"],
    rules=["permit.passport_change"],
)
def passport_change(case: Case) -> Sequence[Obligation]:
    """Law 199-FZ: the permit is corrected after a change of passport; any later step of a permit shows it was."""
    person = case.person
    if not case.is_hqs or person.passport_changed is None:
        return ()
    later = [
        day for day in (getattr(person, step) for step in _STEPS) if day is not None and day >= person.passport_changed
    ]
    return one_owed(case, PASSPORT, person.passport_changed, min(later, default=None))


@checks(LEAVING, "relation", "terminated_on", also=["left_on", "entered_on"], rules=["leave.after_termination"])
def leave(case: Case) -> Sequence[Obligation]:
    """Law 316-FZ: after the termination, sign elsewhere or leave; no such term in the card.

    Who left before it and did not enter again has left: that is no doing of an earlier cycle.
    """
    person = case.person
    if case.is_hqs and case.happened(person.terminated_on):
        left = person.left_on if case.left else None
        return one_owed(case, LEAVE, person.terminated_on, left)
    return ()
