"""The work permit: one on each day of the agreement, which lasts no longer than it may."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from hqs_xl.compliance.breach import ASK, DATA, Breach, begun_untold, broken_by, too_long
from hqs_xl.compliance.case import AGREEMENT_FROM, AGREEMENT_UNTIL, Case, Check, checks
from hqs_xl.law import Quarter
from hqs_xl.roster.spans import gaps_between

PERMITS: list[Check] = []
BEGINNING: list[Check] = []
TERMS: list[Check] = []
_BEGINNINGS = tuple(AGREEMENT_FROM.split("|"))
# What shows that the permit in the roster took the place of an earlier one.
_REPLACED = ("renewal_filed", "passport_changed")


@checks(
    PERMITS,
    *("relation", AGREEMENT_FROM, "permit_expires"),
    also=["permit_starts", *_REPLACED, "documents.valid_from", *AGREEMENT_UNTIL],
    rules=(),
)
def permit(case: Case) -> Sequence[Breach]:
    """S8, S10: a permit while the agreement runs, begun and not expired, wherever the person is."""
    if not case.running:
        return ()
    person, held, found = case.person, case.held.get("permit", ()) if case.held else (), list[Breach]()
    expires, starts = person.permit_expires, person.permit_starts
    if len(held) > 1 and case.begun:
        between, unread = gaps_between(held, case.begun, case.as_of), case.doubtful.get("permit", ())
        found += broken_by(between, "permit", "permit_starts", "work.right", ("permit_starts",), doubtful=unread)
    today = None
    if expires is None:
        today = Breach("permit.missing", "permit_expires", "work.right", blanks=("permit_expires",))
    elif expires < case.as_of:
        fields = {"day": expires}
        today = Breach("permit.expired", "permit_expires", "permit.last_day", due=expires, fields=fields)
    elif starts and starts > case.as_of and not case.holds("permit"):
        today = _not_begun(case)
    elif held and not found and (days := case.may_not_hold("permit")):
        found.append(begun_untold("permit", days, "work.right"))
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
    return (replace(found, fields={"day": person.agreement_signed}, sentence=told, action=action),)


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
