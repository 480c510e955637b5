"""Every rule in every edition, on every day of 2010-2027, against the naive walk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from hqs_xl.errors import RuleError
from hqs_xl.law import EDITIONS, Deadline, Quarter, due
from hqs_xl.law.deadlines import deadline_rules

from .oracle import DAY, FIRST, LAST, RULES, every_day, working_on_or_before

LAST_DAYS = ("permit.last_day", "visa.last_day")
EVERY_DAY = list(every_day())
EACH_EDITION = pytest.mark.parametrize("edition", EDITIONS)

Found = dict[str, list[Deadline | None]]


def test_the_naive_walk_knows_every_rule_that_is_a_deadline() -> None:
    assert set(deadline_rules()) == set(RULES)


@pytest.fixture(scope="module", params=RULES)
def rule(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def found(rule: str) -> Found:
    """The package's deadline of each day by edition; None where it says that nothing is in force."""

    def one(event: date, edition: str) -> Deadline | None:
        try:
            return due(rule, event, edition)
        except RuleError as error:
            if error.key != "not_in_force":
                raise
            return None

    return {edition: [one(event, edition) for event in EVERY_DAY] for edition in EDITIONS}


@EACH_EDITION
def test_every_day_falls_due_as_the_naive_walk_says(rule: str, found: Found, edition: str) -> None:
    oracle = RULES[rule][edition]
    wrong = [
        f"{event}: {deadline and deadline.due} instead of {expected}"
        for event, deadline, expected in zip(EVERY_DAY, found[edition], map(oracle, EVERY_DAY), strict=True)
        if (deadline and deadline.due) != expected
    ]
    assert not wrong, wrong[:10]


@EACH_EDITION
def test_every_deadline_is_acted_by_on_the_last_working_day_up_to_it(found: Found, edition: str) -> None:
    for deadline in filter(None, found[edition]):
        assert deadline.act_by == working_on_or_before(deadline.due), deadline


@EACH_EDITION
def test_only_a_count_that_leaves_the_decreed_years_is_provisional(found: Found, edition: str) -> None:
    for deadline in filter(None, found[edition]):
        assert deadline.provisional == (deadline.event > LAST or deadline.due > LAST), deadline


@EACH_EDITION
def test_every_deadline_says_what_it_is_of(rule: str, found: Found, edition: str) -> None:
    for event, deadline in zip(EVERY_DAY, found[edition], strict=True):
        if deadline:
            counted_from = Quarter.of(event).following.first if rule == "notice.salary" else event
            assert (deadline.rule, deadline.edition, deadline.event) == (rule, edition, counted_from)
            assert deadline.value.covers(counted_from)


@pytest.mark.parametrize("other", ["card", "law"])
def test_careful_is_never_on_the_unsafe_side(rule: str, found: Found, other: str) -> None:
    """The person's own terms end no later; the authority's 14 days end no earlier."""
    for event, theirs, ours in zip(EVERY_DAY, found[other], found["careful"], strict=True):
        if not theirs:
            continue
        assert ours, event  # where card or law bind, a careful officer has a date
        if rule == "permit.decision":
            assert ours.due >= theirs.due, event
        else:
            assert ours.due <= theirs.due, event
            assert ours.act_by <= theirs.act_by, event


@pytest.mark.parametrize("last_day", LAST_DAYS)
@pytest.mark.parametrize("length", [1, 364, 1094, 1095, 1096, 1097], ids="{} days of agreement".format)
def test_a_permit_and_a_visa_end_with_the_agreement_at_the_latest(last_day: str, length: int) -> None:
    for start in list(every_day(FIRST, date(2024, 12, 31)))[::2]:
        ends = start + timedelta(days=length)
        ours = {edition: due(last_day, start, edition, until=ends).due for edition in EDITIONS}
        for edition in EDITIONS:
            own = RULES[last_day][edition](start)
            assert own
            assert ours[edition] == min(own, ends), start
        assert ours["careful"] <= min(ours.values())


def quarters() -> Iterator[Quarter]:
    return (Quarter(year, number) for year in range(2010, 2028) for number in (1, 2, 3, 4))


@EACH_EDITION
def test_a_salary_notice_is_due_the_same_for_a_quarter_and_for_each_day_in_it(edition: str) -> None:
    for quarter in quarters():
        expected = due("notice.salary", str(quarter), edition)
        for day in every_day(quarter.first, quarter.last):
            assert due("notice.salary", day, edition) == expected


@EACH_EDITION
def test_a_salary_notice_is_due_in_the_month_after_its_quarter(edition: str) -> None:
    for quarter in quarters():
        day = due("notice.salary", str(quarter), edition).due
        assert (day.year, day.month) == (quarter.last + DAY).timetuple()[:2]
