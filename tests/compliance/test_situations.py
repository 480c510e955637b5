"""Situations of people as HR meets them, each worked out by hand from the rules: what is said, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import pytest

from tests.roster.people import AS_OF, FAMILY, SPECIALIST, Facts
from tests.roster.test_documents import Row, checked


def day(text: str) -> date:
    return date.fromisoformat(text)


def days(**given: str | None) -> Facts:
    """Facts that are days; blank where a word says so."""
    return {key: day(text) if text else None for key, text in given.items()}


class Situation(NamedTuple):
    """Facts changed, documents beside them, the day of the check, and each finding with the day it names."""

    facts: Facts
    expected: list[str]
    rows: Sequence[Row] = ()
    as_of: date = AS_OF
    edition: str = "card"
    family: bool = False


NOT_ENTERED = days(entered_on=None, registered_on=None, registered_until=None, medical_done=None)
NO_PERMIT = days(permit_decided=None, permit_collected=None, permit_starts=None, permit_expires=None)
NOT_AT_WORK = days(work_started=None, hiring_order=None)
# Terminated on Wednesday 2026-02-18: days 1-3 are 18, 19 and 20 February.
TERMINATED = days(terminated_on="2026-02-18")

S = Situation
SITUATIONS: dict[str, Situation] = {
    # S2, S24: conclusion. The day of signing is day 1 where it is a working day.
    "signed before a long holiday, notified on the last day": S(
        days(agreement_signed="2024-12-28", concluded_notice_filed="2025-01-10"), []
    ),  # Saturday 28 December 2024 works; then 9 and 10 January
    "signed before a long holiday, notified a day late": S(
        days(agreement_signed="2024-12-28", concluded_notice_filed="2025-01-13"), ["notice.concluded.late 2025-01-10"]
    ),
    "signed on a Sunday": S(
        days(agreement_signed="2025-01-19", concluded_notice_filed="2025-01-22"), []
    ),  # days 1-3: Monday to Wednesday
    "signed on a Sunday, a day late": S(
        days(agreement_signed="2025-01-19", concluded_notice_filed="2025-01-23"), ["notice.concluded.late 2025-01-22"]
    ),
    "notified before it was signed": S(
        days(agreement_signed="2025-01-20", concluded_notice_filed="2025-01-17"),
        ["data.order", "notice.concluded.overdue 2025-01-22"],
    ),
    "signed a month after the work began, no first day typed": S(
        days(agreement_starts=None, agreement_signed="2025-04-01", concluded_notice_filed="2025-04-01"),
        ["data.order"],
    ),
    # S24: termination, around holidays.
    "terminated before 23 February, notified in time": S(
        days(terminated_on="2026-02-20", terminated_notice_filed="2026-02-25"), []
    ),
    "terminated before 23 February, a day late": S(
        days(terminated_on="2026-02-20", terminated_notice_filed="2026-02-26"), ["notice.terminated.late 2026-02-25"]
    ),
    "terminated on a holiday": S(
        days(terminated_on="2026-02-23", terminated_notice_filed="2026-02-26"), []
    ),  # days 1-3: 24, 25, 26 February
    "terminated before the May holidays": S(
        days(terminated_on="2026-04-30"), ["notice.terminated.overdue 2026-05-05"], as_of=day("2026-05-06")
    ),  # 30 April, 4 and 5 May
    "terminated after the agreement had ended": S(
        days(agreement_ends="2026-01-30", terminated_on="2026-02-18", terminated_notice_filed="2026-02-20"),
        ["data.order"],
    ),
    "terminated tomorrow": S(days(terminated_on="2026-03-17"), ["notice.terminated.due 2026-03-19"]),
    "the agreement ran out, nobody noticed": S(
        days(agreement_ends="2026-02-27"), ["notice.terminated.overdue 2026-03-03"]
    ),
    # S8, S10, S13, S21: permit.
    "renewed in Documents, the agreement outlasts the new permit": S(
        days(permit_starts="2023-03-03", permit_expires="2026-03-02", agreement_ends="2029-12-31"),
        ["agreement.beyond_permit 2029-03-02"],
        [("permit", day("2026-03-03"), day("2029-03-02"))],
    ),
    "renewed in Documents a day after the old one ended": S(
        days(permit_starts="2023-03-03", permit_expires="2026-03-01"),
        ["permit.gap 2026-03-02"],
        [("permit", day("2026-03-03"), day("2029-03-02"))],
    ),
    "renewed by typing over, from next week": S(
        days(permit_starts="2026-03-23", permit_expires="2029-03-22", renewal_filed="2026-02-10"),
        ["permit.before_untold"],
    ),
    "renewed by typing over, from next week, and no renewal": S(
        days(permit_starts="2026-03-23", permit_expires="2029-03-22"), ["permit.not_begun"]
    ),
    "renewal filed 30 days before the end": S(days(permit_expires="2026-04-15", renewal_filed="2026-03-16"), []),
    "renewal filed 29 days before the end": S(
        days(permit_expires="2026-04-14", renewal_filed="2026-03-16"), ["permit.renewal_late 2026-03-15"]
    ),
    "on a journey, the renewal falls due": S(
        days(permit_expires="2026-04-14", left_on="2026-03-02"), ["permit.renewal_overdue 2026-03-15"]
    ),
    "on a journey, no order": S(days(left_on="2026-03-02", hiring_order=None), ["order.missing"]),
    "on a journey, worked before the permit": S(
        days(left_on="2026-03-02", work_started="2025-03-01", hiring_order="2025-03-01", agreement_starts="2025-03-01"),
        ["work.before_permit"],
    ),
    "on a journey, the permit is too long": S(
        days(left_on="2026-03-02", permit_expires="2028-03-04"), ["permit.too_long 2028-03-03"]
    ),
    "on a journey, visa and insurance have ended": S(
        days(left_on="2026-03-02", visa_expires="2026-03-10", policy_ends="2026-03-10"), []
    ),
    "back from it on the same visa and policy": S(
        days(entered_on="2026-03-12", left_on="2026-03-02", visa_expires="2026-03-10", policy_ends="2026-03-10")
        | days(registered_on=None, registered_until=None),
        ["insurance.gap 2026-03-11", "visa.expired 2026-03-10"],
    ),
    "no permit, the agreement begins tomorrow": S(
        NO_PERMIT | NOT_AT_WORK | days(agreement_starts="2026-03-17", policy_starts="2026-03-17"), []
    ),
    "no permit, the agreement begins today": S(
        NO_PERMIT | NOT_AT_WORK | days(agreement_starts="2026-03-16"), ["permit.missing"]
    ),
    "signed, nothing has begun": S(
        NO_PERMIT | NOT_AT_WORK | NOT_ENTERED | days(agreement_starts=None), ["agreement.begun_untold"]
    ),
    "collected a week after the work began": S(days(permit_collected="2025-03-10"), ["work.before_permit"]),
    "passport changed, by law": S(
        days(passport_changed="2026-03-02"),
        ["permit.passport_overdue 2026-03-12"],
        as_of=day("2026-03-13"),
        edition="law",
    ),  # 3, 4, 5, 6, 10, 11, 12 March
    "passport changed on a journey, by law": S(
        days(passport_changed="2026-03-02", left_on="2026-03-03"),
        ["permit.passport_overdue 2026-03-12"],
        as_of=day("2026-03-13"),
        edition="law",
    ),
    # S7, S15: visa.
    "a gap between two visas of the stay": S(
        days(visa_starts="2025-02-20", visa_expires="2026-02-20", registered_until=None),
        ["visa.gap 2026-02-21"],
        [("visa", day("2026-03-01"), day("2028-02-29"))],
    ),
    "a gap between two visas before the entry": S(
        days(visa_starts="2024-02-20", visa_expires="2025-12-31", registered_until=None),
        [],
        [("visa", day("2026-02-02"), day("2028-02-01"))],
    ),
    "a visa without a first day beside one that has ended": S(
        days(visa_starts="2025-02-20", visa_expires="2026-02-20", registered_until=None),
        ["visa.gap_untold"],
        [("visa", None, day("2028-02-01"))],
    ),
    "registered beyond the visa": S(days(registered_until="2028-02-20"), ["registration.beyond_visa 2028-02-19"]),
    # S16, S19, S20: entry 2026-02-02: 90 days to 05-03, then 4, 5, 6 May.
    "not registered on the last day": S(
        days(registered_on=None, registered_until=None), ["registration.due 2026-05-06"], as_of=day("2026-05-06")
    ),
    "not registered the day after": S(
        days(registered_on=None, registered_until=None), ["registration.overdue 2026-05-06"], as_of=day("2026-05-07")
    ),
    "registered on an earlier entry": S(
        days(entered_on="2025-11-10", registered_on="2025-11-09"), ["registration.overdue 2026-02-11"]
    ),
    "each entry begins anew": S(
        days(entered_on="2026-03-13", left_on="2026-03-01", registered_on="2025-11-09", registered_until=None), []
    ),
    "moved while free, registered nowhere": S(
        days(entered_on="2025-12-08", moved_on="2026-03-02", registered_on="2026-03-14", registered_until=None),
        ["registration.late 2026-03-12"],
    ),  # 90 days to Sunday 03-08; the 9th is off; 10, 11, 12 March
    "moved while free, registered before": S(
        days(entered_on="2025-12-08", moved_on="2026-03-02", registered_on="2025-12-15", registered_until=None),
        ["registration.due 2026-04-06"],
    ),  # 30 days to Wednesday 04-01; then 2, 3 and 6 April
    "moved twice as late as allowed": S(
        days(entered_on="2025-06-02", moved_on="2026-01-12", registered_on="2025-06-10", registered_until=None),
        ["registration.overdue 2026-02-16"],
    ),  # 30 days to 02-11; 12, 13, 16 February
    "two gaps in one stay": S(
        days(entered_on="2025-06-02", registered_on="2025-06-10", registered_until="2025-10-01"),
        ["registration.late 2025-10-01", "registration.late 2025-12-01"],
        [
            ("registration", day("2025-10-10"), day("2025-12-01")),
            ("registration", day("2025-12-10"), day("2027-01-01")),
        ],
    ),
    "works, entered on no known day": S(days(entered_on=None), ["stay.entry_untold"]),
    # S17: insurance.
    "a policy without a last day": S(days(policy_ends=None), ["insurance.gap_untold"]),
    "a policy without an end": S({"policy_ends": "31.12.9999"}, []),
    "the policy ends with the agreement": S(
        days(agreement_ends="2026-03-31", policy_ends="2026-03-31", permit_expires="2026-03-31")
        | days(visa_expires="2026-03-31", registered_until="2026-03-31"),
        ["notice.terminated.due 2026-04-02"],
    ),
    "the policy began a day after the agreement": S(days(policy_starts="2025-03-04"), ["insurance.gap 2025-03-03"]),
    # S18: housing.
    "hosts themselves and owns nothing known": S({"host": "Self"}, ["host.no_housing"]),
    # Family.
    "family: came alone, the specialist is not in the roster": S(
        {"sponsor_id": "P9"}, ["family.no_sponsor"], family=True
    ),
    "family: registered, entered on no known day": S(days(entered_on=None), ["stay.entry_untold"], family=True),
    "family: not here yet": S(NOT_ENTERED, [], family=True),
    "family: a policy without a first day": S(days(policy_starts=None), ["insurance.gap_untold"], family=True),
    "family: a visa that begins tomorrow": S(days(visa_starts="2026-03-17"), ["visa.before_untold"], family=True),
    "family: a visa of more than three years": S(
        days(visa_starts=None, visa_expires="2029-03-17"), ["visa.too_long 2029-03-16"], family=True
    ),
    "family: the visa ended between two stays": S(
        days(visa_starts="2024-02-20", visa_expires="2026-02-01", registered_until=None),
        [],
        [("visa", day("2026-02-02"), day("2028-02-01"))],
        family=True,
    ),
    "family: left": S(days(left_on="2026-03-02", visa_expires="2026-03-10", registered_until=None), [], family=True),
    # The row itself.
    "who it is, is not said": S({"relation": None}, ["data.required"]),
    "needs no visa": S({"visa_required": "no"} | days(visa_starts=None, visa_expires=None), ["scope.visa_free"]),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_what_is_said_of(name: str) -> None:
    one = SITUATIONS[name]
    facts: Any = FAMILY if one.family else SPECIALIST
    report = checked(one.facts, one.rows, facts=facts, as_of=one.as_of, edition=one.edition)
    told = [item for item in report.findings if item.person_id == facts["person_id"]]
    told = [item for item in told if not item.code.startswith("notice.salary.")]
    assert sorted(f"{item.code} {item.due or ''}".strip() for item in told) == sorted(one.expected)
