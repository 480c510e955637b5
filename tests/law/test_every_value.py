"""What is no count (an amount, a name, an exemption, a condition), in every edition on every day of 2010-2027."""

from __future__ import annotations

from datetime import date

import pytest

from hqs_xl.law import EDITIONS, rulebook
from hqs_xl.law.deadlines import deadline_rules
from hqs_xl.law.rulebook import Value

from .oracle import every_day

D = date.fromisoformat
# From which day on what holds and how surely, as the research of November 2026 has it; "" is before all days.
Since = list[tuple[str, object, str]]
CONDITION = None
ALWAYS: Since = [("", CONDITION, "seed")]
EXEMPT: Since = [("", True, "seed")]
UFMS, MVD, SERVICE = "Federal Migration Service", "Main Directorate for Migration", "Service for Citizenship"
OF_CARD: dict[str, Since] = {
    **dict.fromkeys(("scope.visa", "agreement.first", "permit.filing"), ALWAYS),
    **dict.fromkeys(("invitation.filing", "permit.collection", "work.right", "order.hiring"), ALWAYS),
    **dict.fromkeys(
        ("registration.term", "family.sponsor", "insurance.cover", "host.housing", "agreement.term"), ALWAYS
    ),
    **dict.fromkeys(("exempt.medical", "exempt.quota"), EXEMPT),
    "authority.migration": [("", UFMS, "seed"), ("2016-04-05", MVD, "primary")],
}
OF_LAW: dict[str, Since] = OF_CARD | {
    "exempt.medical": [*EXEMPT, ("2021-12-29", False, "practitioner")],
    "authority.migration": [*OF_CARD["authority.migration"], ("2025-04-02", SERVICE, "practitioner")],
    "host.housing": [*ALWAYS, ("2011-03-25", CONDITION, "practitioner"), ("2020-09-07", CONDITION, "practitioner")],
    "salary.threshold": [
        ("2010-07-01", (2_000_000, "year"), "practitioner"),
        ("2015-04-24", (167_000, "month"), "primary"),
        ("2024-03-01", (750_000, "quarter"), "primary"),
        ("2027-03-01", (717_000, "month"), "practitioner"),
    ],
    "duty.permit": [
        ("", 3_500, "practitioner"),
        ("2024-07-01", 4_200, "practitioner"),
        ("2026-07-26", 5_000, "unverified"),
    ],
    "duty.invitation": [
        ("", 800, "practitioner"),
        ("2024-07-01", 960, "practitioner"),
        ("2026-07-26", 8_000, "unverified"),
    ],
    "duty.visa": [
        ("", 1_600, "practitioner"),
        ("2024-07-01", 1_920, "practitioner"),
        ("2026-07-26", 6_000, "unverified"),
    ],
    "duty.permit_renewal": [("2025-09-01", 4_200, "practitioner"), ("2026-07-26", 4_200, "unverified")],
    "duty.permit_change": [("2025-09-01", 2_100, "practitioner"), ("2026-07-26", 2_100, "unverified")],
    "duty.registration": [("2025-09-01", 500, "practitioner"), ("2026-07-26", 500, "unverified")],
    "duty.stay": [("2025-09-01", 1_000, "practitioner"), ("2026-07-26", 1_000, "unverified")],
}
BY_EDITION = {"card": OF_CARD, "law": OF_LAW, "careful": OF_LAW}


def said(value: Value, wanted: object) -> object:
    """What a value says, in the form of what is wanted of it."""
    if isinstance(wanted, tuple):
        return value.amount, value.per
    if isinstance(wanted, str):
        return wanted if wanted in value.name else value.name
    if isinstance(wanted, bool):
        return value.exempt
    if isinstance(wanted, int):
        return value.amount
    return value.terms or value.amount or value.exempt or value.name or CONDITION


def test_every_rule_that_is_no_deadline_is_in_the_table() -> None:
    assert set(OF_LAW) == set(rulebook()) - set(deadline_rules())


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("rule", OF_LAW)
def test_every_day_has_the_value_in_force(rule: str, edition: str) -> None:
    table = BY_EDITION[edition].get(rule, [])
    book = rulebook()[rule]
    for day in every_day():
        held = [one for one in table if not one[0] or D(one[0]) <= day]
        value = book.find(day, edition)
        if not held:
            assert value is None, day
            continue
        _, wanted, evidence = held[-1]
        assert value is not None, day
        assert (said(value, wanted), value.evidence) == (wanted, evidence), day
