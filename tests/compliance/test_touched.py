"""Whom a change of the law touches: by what is counted from their own days, open or done."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hqs_xl.compliance.check import Roster
from hqs_xl.compliance.touched import Touched, touched_by
from hqs_xl.law.changes import changes
from hqs_xl.roster.gathered import Gathered
from hqs_xl.roster.reading import read
from hqs_xl.roster.records import Person
from tests.roster.people import FAMILY, SPECIALIST, settings

D = date.fromisoformat
Facts = dict[str, Any]


def touched(rule: str, day: str, *people: Facts, **given: Any) -> list[tuple[str, date | None]]:
    """Whom of these people a change touches, and by when something is still to be done."""
    roster = Roster([], Gathered())
    for row, facts in enumerate(people, 2):
        roster.people.append(read(Person, row, facts))
        roster.other.take("roster", row, facts)
    found = changes()
    place = [(one.rule.name, one.day) for one in found].index((rule, D(day)))
    return [(one.person_id, one.due) for one in touched_by(found, roster, settings(**given))[place]]


@pytest.mark.parametrize(
    ("entered", "old", "new"),
    [("2026-08-31", ["P1"], []), ("2026-09-01", [], ["P1"]), ("2026-09-02", [], ["P1"])],
    ids=["the day before", "the day", "the day after"],
)
def test_who_entered_since_it_is_in_force(entered: str, old: list[str], new: list[str]) -> None:
    facts = SPECIALIST | {"entered_on": D(entered), "medical_done": D(entered)}
    for day, ids in (("2021-12-29", old), ("2026-09-01", new)):
        assert touched("medical.exam", day, facts, as_of=D("2026-10-12")) == [(one, None) for one in ids]


def test_what_is_still_to_be_done_has_its_day() -> None:
    facts = SPECIALIST | {"entered_on": D("2026-09-28"), "medical_done": None}
    assert touched("medical.exam", "2026-09-01", facts, as_of=D("2026-10-12")) == [("P1", D("2026-10-28"))]


def test_the_edition_of_the_roster_is_no_matter() -> None:
    facts = SPECIALIST | {"entered_on": D("2026-09-28"), "medical_done": None}
    for edition in ("card", "careful"):
        found = touched("medical.exam", "2026-09-01", facts, as_of=D("2026-10-12"), edition=edition)
        assert found == [("P1", D("2026-10-28"))]


def test_the_family_by_the_specialist_s_renewal() -> None:
    renewed = {"renewal_filed": D("2025-12-01"), "permit_filed": D("2025-12-01"), "permit_decided": D("2025-12-15")}
    renewed |= dict.fromkeys(("permit_collected", "permit_starts"), D("2025-12-17"))
    family = FAMILY | {"entered_on": D("2025-11-03"), "medical_done": D("2025-11-10")}
    found = touched("medical.repeat_family", "2023-07-10", SPECIALIST | renewed, family)
    assert found == [("F1", D("2026-01-14"))]
    assert touched("medical.repeat_family", "2023-07-10", SPECIALIST, family) == []


@pytest.mark.parametrize(
    ("changes", "ids"),
    [
        ({}, ["P1"]),
        ({"agreement_ends": D("2027-02-28")}, []),
        ({"agreement_ends": D("2027-03-01")}, ["P1"]),
        ({"terminated_on": D("2026-12-31")}, []),
        ({"relation": "Family"}, []),
    ],
    ids=["open-ended", "ends the day before", "ends that day", "terminated before", "family"],
)
def test_the_threshold_touches_whose_agreement_runs_then(changes: Facts, ids: list[str]) -> None:
    found = touched("salary.threshold", "2027-03-01", SPECIALIST | changes, as_of=D("2026-11-30"))
    assert [one for one, _ in found] == ids


@pytest.mark.parametrize(
    ("rule", "day", "changes", "ids"),
    [
        ("duty.permit", "2024-07-01", {"permit_filed": D("2024-06-30")}, []),
        ("duty.permit", "2024-07-01", {"permit_filed": D("2024-07-01")}, ["P1"]),
        ("duty.permit", "2024-07-01", {"permit_filed": D("2026-07-26")}, []),
        ("duty.permit", "2026-07-26", {"permit_filed": D("2026-07-26")}, ["P1"]),
        ("exempt.medical", "2021-12-29", {}, ["P1"]),
        ("exempt.medical", "2021-12-29", {"relation": "Family"}, []),
        ("host.housing", "2020-09-07", {}, []),
        ("host.housing", "2020-09-07", {"host": "Self", "owns_housing": "yes"}, ["P1"]),
        ("registration.last_day", "2025-02-05", {"registered_until": D("2028-02-19")}, ["P1"]),
        ("registration.last_day", "2025-02-05", {}, []),
        ("authority.migration", "2025-04-02", {"terminated_on": D("2025-04-01")}, []),
        ("authority.migration", "2025-04-02", {"terminated_on": D("2025-04-02")}, ["P1"]),
    ],
)
def test_by_the_day_it_is_counted_from(rule: str, day: str, changes: Facts, ids: list[str]) -> None:
    assert [one for one, _ in touched(rule, day, SPECIALIST | changes)] == ids


def test_no_name_is_told() -> None:
    assert "full_name" not in Touched._fields
