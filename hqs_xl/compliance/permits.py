"""The work permit: one on each day of the agreement, which lasts no longer than it may."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from hqs_xl.compliance.breach import ASK, DATA, Breach, begun_untold, broken_by, too_long
from hqs_xl.compliance.case import AGREEMENT_FROM, AGREEMENT_UNTIL, Case, Check, checks
from hqs_xl.law import Quarter
from hqs_xl.law.workdays import LAST_DAY
from hqs_xl.roster.spans import gaps_between

PERMITS: list[Check] = []
BEGINNING: list[Check] = []
TERMS: list[Check] = []
_BEGINNINGS = tuple(AGREEMENT_FROM.split("|"))
# What shows that the permit in the roster took the place of an earlier one.
_BEGUN = ("permit_starts", "permit_collected")
_REPLACED = ("renewal_filed", "passport_changed")


@checks(
    PERMITS,
    *("relation", AGREEMENT_FROM, "permit_expires"),
    also=["permit_starts", "permit_collected", *_REPLACED, "documents.valid_from", *AGREEMENT_UNTIL],
    rules=["permit.last_day"],
)
def permit(case: Case) -> Sequence[Breach]:
    """S8, S10: a permit while the agreement runs, begun and not expired, wherever the person is.

    Of one whose first day no cell says, the day it was collected shows that it has begun.
    """
    if not case.running:
        return ()
    person, held, found = case.person, case.held.get("permit", ()) if case.held else (), list[Breach]()
    expires, starts = person.permit_expires, person.permit_starts
    shown = None if starts and not held else _collected(case)
    if len(held) > 1 and case.begun:
        known = [*held, shown] if shown else held
        between, unread = gaps_between(known, case.begun, case.as_of), case.doubtful.get("permit", ())
        found += broken_by(between, "permit", "permit_starts", "work.right", _BEGUN, doubtful=unread)
    today = None
    if expires is None:
        today = Breach("permit.missing", "permit_expires", "work.right", blanks=("permit_expires",))
    elif expires < case.as_of:
        fields = {"day": expires}
        today = Breach("permit.expired", "permit_expires", "permit.last_day", due=expires, fields=fields)
    elif starts and starts > case.as_of and not case.holds("permit"):
        today = _not_begun(case)
    elif not (found or (shown and shown[1] >= case.as_of)) and (days := _perhaps_not_begun(case)):
        action = "" if held else "permit.begun_untold_own"
        untold = begun_untold("permit", days, "work.right", "permit_collected")
        found.append(untold._replace(action=action))
    if today is None:
        return found
    return [*found, today.unless(case.may_be("permit") if expires is None else case.may_hold("permit"))]


@checks(
    BEGINNING,
    *("relation", "agreement_signed", AGREEMENT_FROM),
    also=["hiring_order", "permit_starts", "renewal_filed", "salary.filed_on", *AGREEMENT_UNTIL],
    rules=(),
)
def beginning(case: Case) -> Sequence[Breach]:
    """An agreement that is signed and begins on no known day, so that nothing is counted from it yet.

    It waits for the permit; where something shows that it has begun, its first day is a cell to fill in. What an ended
    one owed can't be told either.
    """
    person = case.person
    if person.agreement_starts or not case.is_hqs or case.begun:
        return ()
    if not case.happened(person.agreement_signed) or case.settings.absent.issuperset(_BEGINNINGS):
        return ()
    facts = (person.hiring_order, person.permit_starts, person.renewal_filed)
    begun = any(map(case.happened, facts)) or "permit" in case.held or any(map(case.owes_salary_notice, _told(case)))
    code, severity = ("agreement.begun_untold", DATA) if begun else ("agreement.no_start", ASK)
    if case.ended:
        told = "agreement.ended_untold" if begun else "agreement.ended_no_start"
        action = "" if begun else told
    else:
        told = action = ""
    found = Breach(code, "agreement_starts", "work.right", None, severity, blanks=_BEGINNINGS)
    return (found._replace(fields={"day": person.agreement_signed}, sentence=told, action=action),)


def _perhaps_not_begun(case: Case) -> Sequence[date]:
    """The last days of permits that hold on the day only if they have begun, which no cell says.

    Where the roster has no column for it, that is said once. Who works and has not collected it is told that, and of
    one that would last too long if it began today the first day is asked anyway.
    """
    person = case.person
    if "permit" in case.held:
        return case.may_not_hold("permit")
    if person.permit_starts or person.permit_expires is None or case.lacks("permit_starts"):
        return ()
    longest = case.due("permit.last_day", case.as_of)
    if longest and longest.due < person.permit_expires:
        return ()
    works = case.happened(person.work_started) or case.happened(person.hiring_order)
    told = works and not case.happened(person.permit_collected) and not case.lacks("permit_collected")
    return () if told else (person.permit_expires,)


def _collected(case: Case) -> tuple[date, date] | None:
    """The days on which a permit whose first day no cell says surely holds, for it was collected.

    No permit lasts longer than it may. One that surely held on that day may be the one that was collected, unless a
    renewal or a new passport came in between.
    """
    person, collected = case.person, case.person.permit_collected
    longest = case.due("permit.last_day", collected, column="permit_collected") if case.happened(collected) else None
    if collected is None or longest is None:
        return None
    held = case.held.get("permit") or [(person.permit_starts, person.permit_expires)]
    last_days = [last for first, last in held if first is None and last and collected <= last <= longest.due]
    earlier = [first for first, last in held if first and first <= collected <= (last or LAST_DAY)]
    return (collected, min(last_days)) if last_days and all(map(case.replaced_after, earlier)) else None


def _told(case: Case) -> Iterable[Quarter]:
    """The quarters with a salary notice, none of which is of an earlier agreement."""
    since = case.turn and case.turn.since
    return [quarter for quarter in case.notices or () if not (since and quarter.last < since)]


def _not_begun(case: Case) -> Breach:
    """The permit begins later: no right to work, unless it takes the place of one that is not on record."""
    person = case.person
    fields = {"day": person.permit_starts}
    if any(getattr(person, key) for key in _REPLACED):
        return Breach("permit.before_untold", "permit_starts", "work.right", None, DATA, fields=fields)
    return Breach("permit.not_begun", "permit_starts", "work.right", fields=fields, blanks=_REPLACED)


@checks(TERMS, "relation", "permit_expires", also=["permit_starts", *AGREEMENT_UNTIL], rules=["permit.last_day"])
def permit_length(case: Case) -> Sequence[Breach]:
    """S8: at most three years, and not beyond the agreement."""
    person, found = case.person, list[Breach]()
    expires = person.permit_expires
    if expires is None or case.ended or not case.is_hqs:
        return found
    # One that holds today began today at the latest.
    longest = case.due("permit.last_day", person.permit_starts or (case.as_of if case.running else None))
    if longest and expires > longest.due:
        found.append(too_long("permit", longest, begins=person.permit_starts))
    ends = person.agreement_ends
    if ends and expires > ends:
        fields = {"day": ends}
        found.append(Breach("permit.beyond_agreement", "permit_expires", "permit.last_day", ends, fields=fields))
    return found
