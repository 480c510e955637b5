"""Facts that break a rule as they stand: no permit, a visa too long, a day without insurance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

from hqs_xl.compliance.case import AGREEMENT_FROM, AGREEMENT_UNTIL, Case, Check, checks
from hqs_xl.law import uncovered
from hqs_xl.law.deadlines import Deadline

VIOLATION, DUE, ASK, DATA, SCOPE = "violation", "due", "ask", "data", "scope"


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule broken in a column. ``rule`` gives the source, ``event`` the day by which its value is picked.

    Without an ``event`` that is ``due``, else the day of the check. ``row``: of the salary notice, where it is one.
    ``blanks``: columns whose being blank makes it a breach. ``unread``: those it was found without, for nothing could
    be read there. ``sentence``: the one that says it, where that is not the code's own.
    """

    code: str
    column: str
    rule: str
    due: date | None = None
    severity: str = VIOLATION
    deadline: Deadline | None = None
    fields: Mapping[str, object] = field(default_factory=dict)
    event: date | None = None
    row: int | None = None
    blanks: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    sentence: str = ""

    def without(self, unread: AbstractSet[str]) -> Self | None:
        """The same found without some columns; None where nobody can tell whether it is one."""
        return replace(self, unread=tuple(sorted(unread))) if unread.isdisjoint(self.blanks) else None


PERMITS: list[Check] = []
BREACHES: list[Check] = []


@checks(PERMITS, "relation", AGREEMENT_FROM, "permit_expires", also=AGREEMENT_UNTIL)
def permit(case: Case) -> Sequence[Breach]:
    """S8, S10: a permit while the agreement runs, not expired, wherever the person is."""
    if not case.running:
        return ()
    expires = case.person.permit_expires
    if expires is None:
        return (Breach("permit.missing", "permit_expires", "work.right", blanks=("permit_expires",)),)
    if expires < case.as_of:
        return (Breach("permit.expired", "permit_expires", "permit.last_day", due=expires, fields={"day": expires}),)
    return ()


@checks(BREACHES, "relation", "permit_expires", also=["permit_starts", *AGREEMENT_UNTIL])
def permit_length(case: Case) -> Sequence[Breach]:
    """S8: at most three years, and not beyond the agreement."""
    person, found = case.person, list[Breach]()
    expires = person.permit_expires
    if expires is None or case.ended or not case.is_hqs:
        return found
    longest = case.due("permit.last_day", person.permit_starts)
    if longest and expires > longest.due:
        found.append(Breach("permit.too_long", "permit_expires", longest.rule, longest.due, deadline=longest))
    ends = person.agreement_ends
    if ends and expires > ends:
        fields = {"day": ends}
        found.append(Breach("permit.beyond_agreement", "permit_expires", "permit.last_day", ends, fields=fields))
    return found


@checks(
    BREACHES,
    *("relation", "work_started|hiring_order"),
    also=["permit_collected", "renewal_filed", "passport_changed", *AGREEMENT_UNTIL],
)
def work_before_permit(case: Case) -> Sequence[Breach]:
    """S10, S11: work, and the order that begins it, not before the permit is collected.

    A permit renewed, or reissued for a new passport, is collected while the person works on the earlier one: nothing
    follows from that day.
    """
    person = case.person
    if case.ended or not case.is_hqs:
        return ()
    collected = person.permit_collected
    for column, day in (("work_started", person.work_started), ("hiring_order", person.hiring_order)):
        if day is None or (collected is not None and collected <= day) or case.replaced_after(day):
            continue
        if collected is not None or case.happened(day):
            fields = {"day": day, "collected": collected or ""}
            blanks = ("permit_collected", "renewal_filed", "passport_changed")
            sentence = "" if collected else "work.permit_not_collected"
            found = Breach("work.before_permit", column, "work.right", fields=fields, blanks=blanks, sentence=sentence)
            return (found,)
    return ()


@checks(BREACHES, "relation", "work_started", also=["hiring_order", *AGREEMENT_UNTIL])
def order(case: Case) -> Sequence[Breach]:
    """S11: an order of acceptance for employment once work has started."""
    person = case.person
    if person.hiring_order is None and case.is_hqs and case.happened(person.work_started) and not case.ended:
        fields = {"day": person.work_started}
        return (Breach("order.missing", "hiring_order", "order.hiring", fields=fields, blanks=("hiring_order",)),)
    return ()


@checks(
    BREACHES,
    *("visa_expires", "relation", f"{AGREEMENT_FROM}|entered_on"),
    also=["visa_required", "entered_on", "left_on", *AGREEMENT_UNTIL],
)
def visa(case: Case) -> Sequence[Breach]:
    """S1, S7: a visa, not expired, for whoever works or stays here and needs one."""
    person = case.person
    day = person.visa_expires
    if person.visa_required is False:
        return (Breach("scope.visa_free", "visa_required", "scope.visa", severity=SCOPE),)
    if not (case.running or case.in_russia):
        return ()
    if day is None:
        return (Breach("visa.missing", "visa_expires", "visa.last_day", blanks=("visa_expires",)),)
    if day < case.as_of:
        return (Breach("visa.expired", "visa_expires", "visa.last_day", due=day, fields={"day": day}),)
    return ()


@checks(BREACHES, "visa_starts", "visa_expires", also=["visa_required", *AGREEMENT_UNTIL])
def visa_length(case: Case) -> Sequence[Breach]:
    """S7: at most three years, and not beyond the agreement."""
    person = case.person
    if person.visa_expires is None or person.visa_required is False or case.ended:
        return ()
    longest = case.due("visa.last_day", person.visa_starts, until=person.agreement_ends)
    if longest and person.visa_expires > longest.due:
        return (Breach("visa.too_long", "visa_expires", longest.rule, longest.due, deadline=longest),)
    return ()


@checks(BREACHES, "visa_expires", "registered_until", also=["visa_required"])
def registration_term(case: Case) -> Sequence[Breach]:
    """S15: a registration does not outlast the visa."""
    person = case.person
    last, until = person.visa_expires, person.registered_until
    if last is None or until is None or until <= last or person.visa_required is False:
        return ()
    rule = "registration.term"
    return (Breach("registration.beyond_visa", "registered_until", rule, last, fields={"day": last}),)


@checks(BREACHES, "registered_on", "registered_until")
def registration_length(case: Case) -> Sequence[Breach]:
    """MVD Order 628: a registration for longer than an order allows, which nobody could verify of HQS: a question."""
    until = case.person.registered_until
    longest = case.due("registration.last_day", case.person.registered_on)
    if longest and until and until > longest.due:
        fields = {"since": longest.value.first}
        return (
            Breach("registration.long", "registered_until", longest.rule, None, ASK, longest, fields, longest.event),
        )
    return ()


@checks(
    BREACHES,
    *("relation", "permit_expires", "agreement_ends", "renewal_filed", "permit_starts|permit_decided|permit_collected"),
    also=["terminated_on"],
)
def agreement_term(case: Case) -> Sequence[Breach]:
    """S21: after a renewal the agreement's new term does not outlast the permit."""
    person = case.person
    expires, ends = person.permit_expires, person.agreement_ends
    if expires is None or ends is None or ends <= expires or not case.is_hqs or not case.renewed or case.ended:
        return ()
    rule = "agreement.term"
    return (Breach("agreement.beyond_permit", "agreement_ends", rule, expires, fields={"day": expires}),)


def _cover(case: Case) -> tuple[date, date | None] | None:
    """The days that need a policy: the agreement for the specialist, the stay for family; None: none yet or no more."""
    person = case.person
    if person.is_family:
        return (person.entered_on, None) if case.in_russia and person.entered_on else None
    first = case.begun
    return (first, person.agreement_until) if case.running and first else None


@checks(
    BREACHES,
    *("relation", "policy_starts|policy_ends", f"{AGREEMENT_FROM}|entered_on"),
    also=["entered_on", "left_on", *AGREEMENT_UNTIL],
)
def insurance(case: Case) -> Sequence[Breach]:
    """S17: no day without a policy, and none to come."""
    person, cover = case.person, _cover(case)
    if cover is None:
        return ()
    rule, starts, ends = "insurance.cover", person.policy_starts, person.policy_ends
    if starts is None and ends is None and not case.policies:
        blanks = ("policy_starts", "policy_ends")
        return (Breach("insurance.missing", "policy_ends", rule, fields={"day": cover[0]}, blanks=blanks),)
    found: list[Breach] = []
    if not case.policies and starts and ends and starts <= cover[0] and ends >= case.as_of:
        gaps = []  # as of most people
    else:
        gaps = uncovered((cover[0], case.as_of), case.policies or [(starts, ends)])
    if gaps:
        first, last = gaps[0][0], gaps[-1][1]
        total = sum((end - start).days + 1 for start, end in gaps)
        column = "policy_starts" if starts and first < starts else "policy_ends"
        fields = {"first": first, "last": last, "total": total}
        found.append(Breach("insurance.gap", column, rule, due=first, fields=fields))
    if ends and case.as_of <= ends <= case.soon and (cover[1] is None or ends < cover[1]):
        fields = {"day": ends}
        found.append(Breach("insurance.ending", "policy_ends", rule, due=ends, severity=DUE, fields=fields))
    return found


@checks(BREACHES, "host", also=["owns_housing", *AGREEMENT_UNTIL])
def housing(case: Case) -> Sequence[Breach]:
    """S18: a specialist who is the host owns the housing."""
    if case.person.host == "Self" and case.person.owns_housing is not True and not case.ended:
        return (Breach("host.no_housing", "owns_housing", "host.housing", blanks=("owns_housing",)),)
    return ()


@checks(BREACHES, "relation", "sponsor_id")
def sponsor(case: Case) -> Sequence[Breach]:
    """A family member stays as the family of a specialist of this roster."""
    person = case.person
    if person.is_family and (not person.sponsor_id or person.sponsor_id not in case.sponsors):
        fields = {"sponsor": person.sponsor_id}
        return (Breach("family.no_sponsor", "sponsor_id", "family.sponsor", fields=fields, blanks=("sponsor_id",)),)
    return ()


@checks(BREACHES, "relation", AGREEMENT_FROM, "permit_expires|policy_ends", also=AGREEMENT_UNTIL)
def suspension(case: Case) -> Sequence[Breach]:
    """Labour Code 327.5-327.6: no work once permit or insurance has ended, and a month later the agreement ends."""
    person, as_of = case.person, case.as_of
    ends = (("permit_expires", person.permit_expires), ("policy_ends", person.policy_ends))
    past = [(column, day) for column, day in ends if day is not None and day < as_of]
    if not past or not case.running:
        return ()
    found = [(column, case.due("work.suspension", day, column=column)) for column, day in past]
    return [
        Breach("work.suspension", column, deadline.rule, deadline.due, deadline=deadline)
        for column, deadline in found
        if deadline
    ]
