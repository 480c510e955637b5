"""A specialist in order, whose facts each test changes; and the check of such a roster."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from hqs_xl.compliance.check import Report, Roster, check_roster
from hqs_xl.roster.findings import Finding
from hqs_xl.roster.gathered import Gathered
from hqs_xl.roster.reading import read
from hqs_xl.roster.records import Person
from hqs_xl.roster.settings import Settings

AS_OF = date(2026, 3, 16)
Facts = dict[str, Any]

# Everything in order on 2026-03-16, in each edition; nothing is due within 30 days.
SPECIALIST: Facts = {
    "person_id": "P1",
    "relation": "HQS",
    "visa_required": "yes",
    "passport_expires": date(2030, 1, 1),
    "agreement_signed": date(2025, 1, 20),
    "agreement_starts": date(2025, 3, 3),
    "permit_filed": date(2025, 1, 22),
    "permit_decided": date(2025, 2, 11),
    "permit_collected": date(2025, 3, 3),
    "permit_starts": date(2025, 3, 3),
    "permit_expires": date(2028, 3, 2),
    "visa_starts": date(2025, 2, 20),
    "visa_expires": date(2028, 2, 19),
    "entered_on": date(2026, 2, 2),
    "work_started": date(2025, 3, 3),
    "hiring_order": date(2025, 3, 3),
    "registered_on": date(2026, 2, 10),
    "registered_until": date(2027, 2, 9),
    "host": "Employer",
    "policy_starts": date(2025, 3, 1),
    "policy_ends": date(2026, 12, 31),
    "medical_done": date(2026, 2, 6),
    "concluded_notice_filed": date(2025, 1, 20),
}
FAMILY: Facts = {
    "person_id": "F1",
    "relation": "Family",
    "sponsor_id": "P1",
    "visa_required": "yes",
    "visa_starts": date(2025, 2, 20),
    "visa_expires": date(2028, 2, 19),
    "entered_on": date(2026, 2, 2),
    "registered_on": date(2026, 2, 10),
    "registered_until": date(2027, 2, 9),
    "policy_starts": date(2026, 2, 1),
    "policy_ends": date(2026, 12, 31),
}
FILED: dict[str, Any] = {
    "2025Q1": date(2025, 4, 28),
    "2025Q2": date(2025, 7, 29),
    "2025Q3": date(2025, 10, 29),
    "2025Q4": date(2026, 1, 29),
}


def settings(**given: Any) -> Settings:
    wanted: dict[str, Any] = {"as_of": AS_OF, "bands": (30, 14, 7)} | given
    return Settings(**wanted)


def checked(
    people: Iterable[Facts],
    filed: Mapping[str, Any] = FILED,
    notices: Iterable[Facts] = (),
    **given: Any,
) -> Report:
    """The report on people in rows 2, 3, ...; ``filed``: quarters and when P1's notice was filed."""
    rows = [{"person_id": "P1", "quarter": quarter, "filed_on": day} for quarter, day in filed.items()]
    roster = Roster([], Gathered())
    for row, facts in enumerate(people, 2):
        roster.people.append(read(Person, row, facts))
        roster.other.take("roster", row, facts)
    for row, facts in enumerate([*rows, *notices], 2):
        roster.other.take("salary", row, facts)
    return check_roster(roster, settings(**given))


def findings(changes: Facts | None = None, filed: Mapping[str, Any] = FILED, **given: Any) -> list[Finding]:
    """The findings on the one specialist with some facts changed."""
    return checked([SPECIALIST | (changes or {})], filed, **given).findings


def codes(changes: Facts | None = None, filed: Mapping[str, Any] = FILED, **given: Any) -> list[str]:
    return sorted(finding.code for finding in findings(changes, filed, **given))


def family_codes(changes: Facts | None = None, **given: Any) -> list[str]:
    report = checked([SPECIALIST, FAMILY | (changes or {})], **given)
    return sorted(finding.code for finding in report.findings)
