"""The card's steps as a plan for one person (S2-S11, S17, S24), in the order in which they have to be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from hqs_xl.bilingual import BLANK, Bilingual
from hqs_xl.law.deadlines import due, exempt, file_by
from hqs_xl.law.rulebook import Value, known_edition, rulebook
from hqs_xl.law.workdays import RUSSIA, WorkingDays

HANDED_TO_AUTHORITY = {"permit_filing", "invitation_filing", "notice"}
# What is paid for at a step.
DUTIES = {"permit_filing": "duty.permit", "invitation_filing": "duty.invitation", "visa": "duty.visa"}
# Each of these can be done only after those before it, whatever day it is due by.
ONE_BY_ONE = (
    *("permit_filing", "invitation_filing", "visa", "permit_decision", "permit_collection", "work_right"),
    "hiring_order",
)
# Their days are those that were asked about.
AS_TYPED = {"agreement", "insurance"}
EMPLOYER, PERSON, AUTHORITY, CONSULATE = "employer", "person", "authority", "consulate"


class PlanStep(NamedTuple):
    """One step: ``statement`` of the card, ``key`` of its sentence in ``texts`` and of what is handed in.

    ``earliest``: the first day it can be counted on, if every step before is done on its earliest day and the
    authority takes its whole term. ``latest``: the last day that still keeps the wanted start, or the legal last day;
    None when nothing binds it. ``needed`` is false for a step the law exempts HQS from. ``authority``: the name, at
    that time, of the authority that something is handed in to. ``duty``: the state duty at that time, as far as the
    edition knows one; shown, never computed with. ``provisional``: a day of it was counted over a year whose calendar
    is not decreed yet.
    """

    statement: str
    key: str
    who: tuple[str, ...]
    earliest: date | None
    latest: date | None
    source: Bilingual
    evidence: str
    needed: bool = True
    authority: Bilingual = BLANK
    duty: Value | None = None
    provisional: bool = False

    @property
    def too_late(self) -> bool:
        """Whether the step can no longer be done in time for the wanted start."""
        return self.earliest is not None and self.latest is not None and self.latest < self.earliest


def plan(
    signed: date, start: date | None = None, edition: str = "card", *, calendar: WorkingDays = RUSSIA
) -> list[PlanStep]:
    """The steps from an agreement signed on ``signed`` to work from ``start`` on (None: as soon as it can be).

    They stand in the order of their latest days; those of one day as they can begin, then in the card's order.
    """
    known_edition(edition)
    filed = calendar.add(signed, 0)
    decided = due("permit.decision", filed, edition, calendar=calendar).due
    file_latest = file_by(start, edition, calendar=calendar) if start else None
    collect = _in_force("permit.collect", decided, edition, calendar)
    exam = _in_force("medical.exam", decided, edition, calendar)

    def step(
        key: str, rule: str, day: date, earliest: date | None, latest: date | None, *who: str, needed: bool = True
    ) -> PlanStep:
        value = rulebook().value(rule, day, edition)
        statement = rulebook()[rule].statement
        authority = rulebook().value("authority.migration", day, edition).name if key in HANDED_TO_AUTHORITY else BLANK
        duty = rulebook()[DUTIES[key]].find(day, edition) if key in DUTIES else None
        return PlanStep(statement, key, who, earliest, latest, value.source, value.evidence, needed, authority, duty)

    def last(*days: date | None) -> date | None:
        return min((day for day in days if day), default=None)

    steps = [
        step("agreement", "agreement.first", signed, signed, signed, EMPLOYER, PERSON),
        step(
            "medical",
            "exempt.medical" if exempt("medical", decided, edition) else "medical.exam",
            decided,
            decided if exam else None,
            exam,
            PERSON,
            needed=exam is not None,
        ),
        step("quota", "exempt.quota", filed, None, None, EMPLOYER, needed=not exempt("quota", filed, edition)),
        step("permit_filing", "permit.filing", filed, filed, file_latest, EMPLOYER),
        step("invitation_filing", "invitation.filing", filed, filed, file_latest, EMPLOYER),
        step("visa", "visa.last_day", decided, decided, start, PERSON, CONSULATE),
        step("permit_decision", "permit.last_day", filed, decided, start, AUTHORITY),
        step("permit_collection", "permit.collection", decided, decided, last(start, collect), PERSON, AUTHORITY),
        step("work_right", "work.right", decided, decided, start, PERSON),
        step("hiring_order", "order.hiring", decided, decided, start, EMPLOYER),
        step("insurance", "insurance.cover", signed, signed, start, EMPLOYER, PERSON),
        step(
            "notice",
            "notice.concluded",
            signed,
            signed,
            due("notice.concluded", signed, edition, calendar=calendar).due,
            EMPLOYER,
        ),
    ]
    steps = [one._replace(provisional=_is_provisional(one, start, calendar)) for one in steps]
    days = _days_to_stand_at(steps)
    return sorted(steps, key=lambda one: (days[one.key], one.earliest or signed))


def _is_provisional(step: PlanStep, start: date | None, calendar: WorkingDays) -> bool:
    """Whether a day of a step was counted beyond what is decreed: also back from a wanted start that lies there."""
    if step.key in AS_TYPED:
        return False
    filing = step.key in {"permit_filing", "invitation_filing"}
    return any(day and not calendar.is_known(day) for day in (step.earliest, step.latest, start if filing else None))


def _days_to_stand_at(steps: Sequence[PlanStep]) -> dict[str, date]:
    """By key of a step of the card's order, the day it stands at in the plan.

    That is its latest day: the earliest where nothing binds it, or where the latest can't be kept. A step without any
    day stands before what comes after it in the card, and no step stands after one that has to wait for it.
    """
    days: dict[str, date] = {}
    following = date.max
    for one in reversed(steps):
        own = max((day for day in (one.earliest, one.latest) if day), default=following)
        if one.key in ONE_BY_ONE:
            own = following = min(own, following)
        days[one.key] = own
    return days


def _in_force(rule: str, day: date, edition: str, calendar: WorkingDays) -> date | None:
    """The deadline of a rule that not every edition or day has."""
    found = rulebook()[rule].find(day, edition)
    return due(rule, day, edition, calendar=calendar).due if found else None
