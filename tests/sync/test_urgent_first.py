"""Findings stand in the order in which they have to be seen to, however many there are."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hqs_xl.roster.findings import Finding, Severity
from hqs_xl.sync import urgent_first
from hqs_xl.sync.urgent_first import UrgentFirst
from hqs_xl.sync.written_rows import finding_row

TODAY = date(2026, 11, 23)


def found(severity: Severity, due: int | None = None, person: str = "", row: int = 3) -> Finding:
    day = None if due is None else TODAY + timedelta(days=due)
    return Finding(severity, "some.code", person, row, "visa_expires", day, due, "«x»\n", "do it", "S1")


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    with closing(UrgentFirst(TODAY)) as queue:
        for one in findings:
            queue.take(one)
        return list(queue.in_order())


def test_what_is_broken_comes_first_and_of_it_the_longest() -> None:
    expected = [
        found(Severity.VIOLATION, -374),
        found(Severity.VIOLATION, -1),
        found(Severity.VIOLATION, None, "no day: broken today"),
        found(Severity.VIOLATION, 826, "too long by a day ahead: broken today"),
        found(Severity.DUE, 0),
        found(Severity.DUE, 1),
        found(Severity.DUE, 59),
        found(Severity.DATA),
        found(Severity.ASK),
        found(Severity.LATE, -5),
        found(Severity.LATE, -25, "is done: as it came"),
        found(Severity.SCOPE),
    ]
    assert ordered(sorted(expected, key=expected.index)) == expected
    apart = expected[-1:] + expected[7:9] + expected[9:11] + expected[4:7] + expected[2:4] + expected[1::-1]
    assert ordered(apart) == expected


def test_those_as_urgent_as_each_other_stay_in_the_order_of_the_roster() -> None:
    people = [found(Severity.VIOLATION, -3, person) for person in "CAB"]
    assert ordered(people) == people


@settings(max_examples=50)
@given(st.lists(st.tuples(st.sampled_from(Severity), st.none() | st.integers(-900, 900)), max_size=30))
def test_those_that_wait_on_the_disk_are_the_same_in_the_same_order(drawn: list[tuple[Severity, int | None]]) -> None:
    findings = [found(severity, due, f"P{place}", place) for place, (severity, due) in enumerate(drawn)]
    in_memory = ordered(findings)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(urgent_first, "IN_MEMORY", 3)
        on_disk = ordered(findings)
    assert on_disk == in_memory
    assert [type(one.severity) for one in on_disk] == [Severity] * len(on_disk)
    assert sorted(on_disk, key=findings.index) == findings


@pytest.mark.parametrize(
    ("severity", "days", "shown"),
    [
        (Severity.VIOLATION, -1, -1),
        (Severity.VIOLATION, 0, 0),
        (Severity.VIOLATION, 1, None),
        (Severity.VIOLATION, 826, None),
        (Severity.VIOLATION, None, None),
        (Severity.DUE, 1, 1),
        (Severity.LATE, -10, -10),
    ],
)
def test_days_stand_beside_what_is_due_and_not_beside_a_day_that_is_too_far(
    severity: Severity, days: int | None, shown: int | None
) -> None:
    assert finding_row(found(severity, days), None, "en")["days"] == shown
