"""What changed in the law: each change once, the newest first, with what held before."""

from __future__ import annotations

from datetime import date

import pytest

from hqs_xl.errors import RuleError
from hqs_xl.law import rulebook
from hqs_xl.law.changes import Change, changes

D = date.fromisoformat


def one(rule: str, day: str) -> Change:
    (found,) = [change for change in changes() if (change.rule.name, change.day) == (rule, D(day))]
    return found


def test_each_dated_value_of_the_law_is_a_change() -> None:
    dated = [
        (value.first, name) for name, rule in rulebook().items() for value in rule.values.get("law", ()) if value.first
    ]
    assert sorted((change.day, change.rule.name) for change in changes()) == sorted(dated)
    assert len(dated) > 30


def test_the_newest_stands_first() -> None:
    days = [change.day for change in changes()]
    assert days == sorted(days, reverse=True)
    assert days[0] == D("2027-03-01")


@pytest.mark.parametrize(
    ("since", "threshold"), [("2027-02-28", True), ("2027-03-01", True), ("2027-03-02", False)],
    ids=["the day before", "that day", "the day after"],
)  # fmt: skip
def test_since_a_day(since: str, threshold: bool) -> None:
    found = [change.rule.name for change in changes(since=D(since))]
    assert found == ["salary.threshold"] * threshold


def test_what_held_before_is_the_value_of_the_day_before() -> None:
    for change in changes():
        day_before = change.day.fromordinal(change.day.toordinal() - 1)
        assert change.before == change.rule.find(day_before, "law")
        assert change.since == change.rule.find(change.day, "law")


@pytest.mark.parametrize(
    ("rule", "day", "new", "same"),
    [
        ("registration.entry", "2011-03-25", False, False),
        ("notice.concluded", "2018-04-20", False, False),
        ("medical.repeat", "2022-07-14", True, False),
        ("permit.collect", "2024-01-07", True, False),
        ("leave.after_termination", "2024-01-07", False, False),
        ("authority.migration", "2025-04-02", False, False),
        ("medical.exam", "2026-09-01", False, True),
        ("medical.exam_family", "2026-09-01", False, False),
        ("host.housing", "2020-09-07", False, False),
        ("duty.permit_renewal", "2026-07-26", False, True),
        ("salary.threshold", "2027-03-01", False, False),
    ],
)
def test_new_the_same_or_another(rule: str, day: str, *, new: bool, same: bool) -> None:
    found = one(rule, day)
    assert ((found.before is None), found.same) == (new, same)


def test_of_another_edition() -> None:
    assert {change.day for change in changes("card")} == {D("2016-04-05")}
    assert ("permit.collect", D("2023-07-10")) in {(one.rule.name, one.day) for one in changes("careful")}
    with pytest.raises(RuleError):
        changes("lax")
