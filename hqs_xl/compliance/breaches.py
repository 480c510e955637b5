"""Facts that break a rule as they stand: a visa too long, work before the permit, a day without insurance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from hqs_xl.compliance.breach import ASK, DATA, DUE, SCOPE, Breach, begun_untold, broken_by, too_long
from hqs_xl.compliance.case import AGREEMENT_FROM, AGREEMENT_UNTIL, Case, Check, checks
from hqs_xl.compliance.family import sponsor_ended
from hqs_xl.law.workdays import FIRST_DAY
from hqs_xl.roster.doubtful import Doubtful
from hqs_xl.roster.spans import ONE_DAY, gaps, gaps_between
from hqs_xl.texts import say

BREACHES: list[Check] = []
# What nobody who has left needs until the next entry (S22 spares S16-S20), or what ends with the stay.
OF_THE_STAY = frozenset(("entry", "visa", "registration_term", "registration_length", "insurance", "housing"))


@checks(
    BREACHES,
    *("relation", "work_started|hiring_order", "permit_collected"),
    also=["renewal_filed", "passport_changed", *AGREEMENT_UNTIL],
    rules=(),
)
def work_before_permit(case: Case) -> Sequence[Breach]:
    """S10, S11: work, and the order that begins it, not before the permit is collected.

    A permit renewed, or reissued for a new passport, is collected while the person works on the earlier one: nothing
    follows from that day.
    """
    person = case.person
    if case.ended or not case.is_hqs or case.lacks("permit_collected"):
        return ()
    collected = person.permit_collected
    for column, day in (("work_started", person.work_started), ("hiring_order", person.hiring_order)):
        if day is None or (collected is not None and collected <= day) or case.replaced_after(day):
            continue
        if collected is not None or case.happened(day):
            fields = {"day": day, "collected": collected or ""}
            blanks = ("permit_collected", "renewal_filed", "passport_changed")
            sentence = "" if collected else "work.permit_not_collected"
            # There is a permit by now: nobody is to be sent home for what lies behind.
            action = "work.collected_since" if case.happened(collected) else ""
            found = Breach("work.before_permit", column, "work.right", fields=fields, blanks=blanks, sentence=sentence)
            return (found._replace(action=action),)
    return ()


@checks(BREACHES, "relation", "work_started", "hiring_order", also=AGREEMENT_UNTIL, rules=())
def order(case: Case) -> Sequence[Breach]:
    """S11: an order of acceptance for employment once work has started."""
    person = case.person
    if case.lacks("hiring_order"):
        return ()
    if person.hiring_order is None and case.is_hqs and case.happened(person.work_started) and not case.ended:
        fields = {"day": person.work_started}
        return (Breach("order.missing", "hiring_order", "order.hiring", fields=fields, blanks=("hiring_order",)),)
    return ()


@checks(
    BREACHES,
    *("visa_expires", "relation", f"{AGREEMENT_FROM}|entered_on"),
    also=["visa_required", "visa_starts", "documents.valid_from", "entered_on", "left_on", *AGREEMENT_UNTIL],
    rules=(),
)
def visa(case: Case) -> Sequence[Breach]:
    """S1, S7: a visa, begun and not expired, for whoever works or stays here and needs one."""
    person = case.person
    day = person.visa_expires
    if person.visa_required is False:
        return (Breach("scope.visa_free", "visa_required", "scope.visa", severity=SCOPE),)
    if not (case.running or case.in_russia):
        return ()
    if day is None:
        rule, sentence = "visa.last_day", "visa.no_end" if person.visa_starts else ""
        missing = Breach("visa.missing", "visa_expires", rule, blanks=("visa_expires",), sentence=sentence)
        return (missing.unless(case.may_be("visa")),)
    if day < case.as_of:
        expired = Breach("visa.expired", "visa_expires", "visa.last_day", due=day, fields={"day": day})
        return (expired.unless(case.may_hold("visa")),)
    return [*_visas_of_the_stay(case)] if case.in_russia else ()


def _visas_of_the_stay(case: Case) -> Iterator[Breach]:
    """Days since the entry between two visas, and those until the one in the roster begins."""
    entered, starts, held = (
        case.person.entered_on,
        case.person.visa_starts,
        case.held.get("visa", ()) if case.held else (),
    )
    gaps_found: list[Breach] = []
    if len(held) > 1 and entered:
        between, unread = gaps_between(held, entered, case.as_of), case.doubtful.get("visa", ())
        gaps_found += broken_by(between, "visa", "visa_starts", "visa.last_day", ("visa_starts",), doubtful=unread)
    yield from gaps_found
    if held and not gaps_found and (days := case.may_not_hold("visa")):
        yield begun_untold("visa", days, "visa.last_day")
    if starts and starts > case.as_of and not case.holds("visa"):
        yield Breach("visa.before_untold", "visa_starts", "visa.last_day", None, DATA, fields={"day": starts})


@checks(
    BREACHES,
    "visa_expires",
    also=["visa_starts", "visa_required", "entered_on", *AGREEMENT_UNTIL],
    rules=["visa.last_day"],
)
def visa_length(case: Case) -> Sequence[Breach]:
    """S7: at most three years, and not beyond the agreement."""
    person = case.person
    if person.visa_expires is None or person.visa_required is False or case.ended:
        return ()
    starts = person.visa_starts or (case.as_of if case.in_russia else None)
    longest = case.due("visa.last_day", starts, until=person.agreement_ends)
    if longest and person.visa_expires > longest.due:
        return (too_long("visa", longest, begins=person.visa_starts),)
    return ()


@checks(
    BREACHES,
    *("entered_on", "relation"),
    also=[
        "registered_on",
        "registered_until",
        "moved_on",
        "work_started",
        "permit_collected",
        "medical_done",
        "left_on",
        *AGREEMENT_UNTIL,
    ],
    rules=(),
)
def entry(case: Case) -> Sequence[Breach]:
    """S16: who works, is registered or was examined here has entered, and no cell says when.

    What was done before an agreement of somebody hired again shows nothing of the stay since.
    """
    person = case.person
    if person.entered_on is not None or case.ended or case.lacks("entered_on"):
        return ()
    shown = [("registered_on", person.registered_on), ("moved_on", person.moved_on)]
    shown.append(("registered_until", person.registered_until))
    if case.is_hqs:
        shown += [("work_started", person.work_started), ("permit_collected", person.permit_collected)]
    shown.append(("medical_done", person.medical_done))
    for column, day in shown:
        if case.happened(day) and not (case.turn and case.turn.since and day and day < case.turn.since):
            fields = {"what": f"«{say(f'header.{column}', case.settings.lang)}»", "day": day}
            rule = "registration.entry"
            return (Breach("stay.entry_untold", "entered_on", rule, None, DATA, fields=fields, blanks=("entered_on",)),)
    return ()


@checks(BREACHES, "visa_expires", "registered_until", also=["visa_required"], rules=())
def registration_term(case: Case) -> Sequence[Breach]:
    """S15: a registration does not outlast the visa."""
    person = case.person
    last, until = person.visa_expires, person.registered_until
    if last is None or until is None or until <= last or person.visa_required is False:
        return ()
    rule = "registration.term"
    found = Breach("registration.beyond_visa", "registered_until", rule, last, fields={"day": last})
    return (found.unless([*case.may_follow("visa", last), *_newer_registrations(case)]),)


def _newer_registrations(case: Case) -> Sequence[Doubtful]:
    """The doubtful registrations that may have been made after the one at hand."""
    doubtful = case.doubtful.get("registration", ())
    made = case.person.registered_on if doubtful else None
    since = made + ONE_DAY if made and case.happened(made) else FIRST_DAY
    return [one for one in doubtful if one.may_be_made(since, case.as_of)]


@checks(BREACHES, "registered_on", "registered_until", rules=["registration.last_day"])
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
    rules=(),
)
def agreement_term(case: Case) -> Sequence[Breach]:
    """S21: after a renewal the agreement's new term does not outlast the permit."""
    person = case.person
    expires, ends = person.permit_expires, person.agreement_ends
    if expires is None or ends is None or ends <= expires or not case.is_hqs or not case.renewed or case.ended:
        return ()
    rule = "agreement.term"
    found = Breach("agreement.beyond_permit", "agreement_ends", rule, expires, fields={"day": expires})
    return (found.unless(case.may_follow("permit", expires)),)


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
    also=["entered_on", "left_on", "documents.valid_from", *AGREEMENT_UNTIL],
    rules=(),
)
def insurance(case: Case) -> Sequence[Breach]:
    """S17: no day without a policy, and none to come."""
    person, cover = case.person, _cover(case)
    if cover is None:
        return ()
    rule, starts, ends = "insurance.cover", person.policy_starts, person.policy_ends
    policies, unread = case.held.get("policy") if case.held else None, case.may_hold("policy", cover[0])
    if starts is None and ends is None and not (policies or unread):
        blanks = ("policy_starts", "policy_ends")
        return (Breach("insurance.missing", "policy_ends", rule, fields={"day": cover[0]}, blanks=blanks),)
    found = list[Breach]()
    if policies or not (starts and ends and starts <= cover[0] and ends >= case.as_of):  # not so of most people
        # Where there is no column for it, no first day is a question of each person.
        open_start = FIRST_DAY if starts is None and case.lacks("policy_starts") else starts
        own = [(open_start, ends)] if starts or ends else []
        without = gaps((cover[0], case.as_of), policies or own)
        first = without.sure[0][0] if without.sure else None
        late = starts is None if first is None else starts is not None and first < starts
        column = "policy_starts" if late else "policy_ends"
        blanks, as_of = ("policy_starts", "policy_ends"), case.as_of
        found += broken_by(without, "insurance", column, rule, blanks, as_of=as_of, doubtful=unread)
    if ends and case.as_of <= ends <= case.soon and (cover[1] is None or ends < cover[1]):
        fields = {"day": ends}
        ending = Breach("insurance.ending", "policy_ends", rule, due=ends, severity=DUE, fields=fields)
        found.append(ending.unless(case.may_follow("policy", ends)))
    return found


@checks(BREACHES, "host", "owns_housing", also=AGREEMENT_UNTIL, rules=())
def housing(case: Case) -> Sequence[Breach]:
    """S18: a specialist who is the host owns the housing."""
    if case.lacks("owns_housing"):
        return ()
    owns = case.person.owns_housing
    if case.person.host == "Self" and owns is not True and not case.ended:
        sentence = "host.housing_untold" if owns is None else ""
        return (Breach("host.no_housing", "owns_housing", "host.housing", blanks=("owns_housing",), sentence=sentence),)
    return ()


@checks(BREACHES, "relation", "sponsor_id", also=["left_on", *AGREEMENT_UNTIL], rules=["leave.after_termination"])
def sponsor(case: Case) -> Sequence[Breach]:
    """A family member stays as the family of a specialist of this roster, whose agreement has not ended."""
    person = case.person
    if person.is_family and (not person.sponsor_id or person.sponsor_id not in case.sponsors):
        fields, sentence = {"sponsor": person.sponsor_id}, "" if person.sponsor_id else "family.sponsor_blank"
        blanks = ("sponsor_id",)
        return (
            Breach(
                "family.no_sponsor", "sponsor_id", "family.sponsor", fields=fields, blanks=blanks, sentence=sentence
            ),
        )
    return sponsor_ended(case) if person.is_family else ()


@checks(
    BREACHES, "relation", AGREEMENT_FROM, "permit_expires|policy_ends", also=AGREEMENT_UNTIL, rules=["work.suspension"]
)
def suspension(case: Case) -> Sequence[Breach]:
    """Labour Code 327.5-327.6: no work once permit or insurance has ended, and a month later the agreement ends."""
    person, as_of = case.person, case.as_of
    ends = (("permit_expires", person.permit_expires), ("policy_ends", person.policy_ends))
    past = [(column, day) for column, day in ends if day is not None and day < as_of]
    if not past or not case.running:
        return ()
    found = [(column, case.due("work.suspension", day, column=column)) for column, day in past]
    kinds = {"permit_expires": "permit", "policy_ends": "policy"}
    return [
        Breach("work.suspension", column, deadline.rule, deadline.due, deadline=deadline).unless(
            case.may_hold(kinds[column])
        )
        for column, deadline in found
        if deadline
    ]
