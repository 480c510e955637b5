"""One invented specialist whose every date is in order, made from a seed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from hqs_xl.demo.names import GIVEN, SURNAMES
from hqs_xl.law import RUSSIA, Quarter, due
from hqs_xl.law.terms import months_later

COUNTRIES = {
    "en": ("India", "China", "Turkey", "Germany", "Japan", "Brazil", "Vietnam", "France"),
    "ru": ("Индия", "Китай", "Турция", "Германия", "Япония", "Бразилия", "Вьетнам", "Франция"),
}

Facts = dict[str, Any]


@dataclass(slots=True)
class DemoPerson:
    """A row of the roster in the making, with the quarters whose notice was filed (None: not yet)."""

    facts: Facts
    filed: dict[Quarter, date | None] = field(default_factory=dict)


def days(count: int) -> timedelta:
    """So many days, short."""
    return timedelta(days=count)


def compliant(person_id: str, as_of: date, random: Random, lang: str, *, recent: bool = False) -> DemoPerson:
    """A specialist whose every date is in order on the day, in the careful edition too.

    ``recent``: began a few weeks ago, and so has hardly a salary notice to file.
    """
    starts = RUSSIA.add(as_of - days(20 if recent else random.randint(150, 420)), 0)
    decided = RUSSIA.add(starts, -8)
    filed = RUSSIA.add(decided, -12)
    signed = RUSSIA.add(filed, -2)
    entered = as_of - days(random.randint(12, 60))
    visa_expires = months_later(starts, 36) - days(21)
    facts: Facts = {
        "person_id": person_id,
        "full_name": f"{random.choice(GIVEN)} {random.choice(SURNAMES)}",
        "relation": "ВКС" if lang == "ru" else "HQS",
        "citizenship": random.choice(COUNTRIES[lang]),
        "visa_required": yes(lang),
        "passport_expires": as_of + days(1500),
        "agreement_signed": signed,
        "agreement_starts": starts,
        "permit_filed": filed,
        "permit_decided": decided,
        "permit_collected": starts,
        "permit_starts": starts,
        "permit_expires": months_later(starts, 36) - days(1),
        "visa_starts": starts - days(20),
        "visa_expires": visa_expires,
        "entered_on": entered,
        "work_started": starts,
        "hiring_order": starts,
        "registered_on": entered + days(6),
        "registered_until": entered + days(360),
        "host": "Работодатель" if lang == "ru" else "Employer",
        "policy_starts": starts,
        "policy_ends": as_of + days(random.randint(120, 300)),
        "medical_done": entered + days(4),
        "concluded_notice_filed": signed,
    }
    person = DemoPerson(facts)
    quarter = Quarter.of(starts)
    while quarter.last < as_of:
        deadline = due("notice.salary", quarter.first, "careful")
        person.filed[quarter] = min(RUSSIA.add(deadline.act_by, -3), as_of)
        quarter = quarter.following
    return person


def yes(lang: str) -> str:
    """As a cell has it."""
    return "да" if lang == "ru" else "yes"


def no(lang: str) -> str:
    """As a cell has it."""
    return "нет" if lang == "ru" else "no"
