"""Days without a policy, against a naive set of days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hqs_xl.law import insurance_gap, uncovered
from hqs_xl.law.deadlines import Span
from hqs_xl.law.workdays import FIRST_DAY, LAST_DAY

from .oracle import DAY, every_day

D = date.fromisoformat


def span(text: str) -> Span:
    """A span written ``2024-01-01..2024-12-31``; a missing end is open."""
    first, last = text.split("..")
    return (D(first) if first else None, D(last) if last else None)


YEAR = "2024-01-01..2024-12-31"


@pytest.mark.parametrize(
    ("cover", "policies", "expected"),
    [
        pytest.param(YEAR, [], [YEAR], id="no policy"),
        pytest.param(YEAR, [YEAR], [], id="one policy for all"),
        pytest.param(YEAR, ["2024-01-02..2024-12-31"], ["2024-01-01..2024-01-01"], id="starts a day late"),
        pytest.param(YEAR, ["2024-01-01..2024-12-30"], ["2024-12-31..2024-12-31"], id="ends a day early"),
        pytest.param(YEAR, ["2023-12-31..2025-01-01"], [], id="a day more on either side"),
        pytest.param(YEAR, ["2024-01-01..2024-06-30", "2024-07-01..2024-12-31"], [], id="two that adjoin"),
        pytest.param(YEAR, ["2024-07-01..2024-12-31", "2024-01-01..2024-06-30"], [], id="two in the wrong order"),
        pytest.param(YEAR, ["2024-01-01..2024-06-29", "2024-07-01..2024-12-31"], ["2024-06-30..2024-06-30"],
                     id="a day between two"),
        pytest.param(YEAR, ["2024-01-01..2024-08-31", "2024-05-01..2024-12-31"], [], id="two that overlap"),
        pytest.param(YEAR, ["2024-01-01..2024-10-31", "2024-03-01..2024-04-30"], ["2024-11-01..2024-12-31"],
                     id="one inside another"),
        pytest.param(YEAR, ["2024-02-01..2024-02-29", "2024-05-01..2024-05-31"],
                     ["2024-01-01..2024-01-31", "2024-03-01..2024-04-30", "2024-06-01..2024-12-31"],
                     id="gaps before, between and after"),
        pytest.param(YEAR, ["2023-01-01..2023-12-31"], [YEAR], id="a policy that ended the day before"),
        pytest.param(YEAR, ["2025-01-01..2025-12-31"], [YEAR], id="a policy that starts the day after"),
        pytest.param(YEAR, ["2024-12-31..2025-12-31"], ["2024-01-01..2024-12-30"], id="a policy for the last day"),
        pytest.param(YEAR, ["2023-01-01..2024-01-01"], ["2024-01-02..2024-12-31"], id="a policy for the first day"),
        pytest.param(YEAR, ["2024-01-01.."], [], id="a policy with no end"),
        pytest.param(YEAR, ["..2024-12-31"], [], id="a policy with no start"),
        pytest.param(YEAR, [".."], [], id="a policy with neither"),
        pytest.param(YEAR, ["2024-03-01.."], ["2024-01-01..2024-02-29"], id="no end, a late start"),
        pytest.param("2024-01-01..", ["2024-01-01..2024-12-31"], ["2025-01-01..2060-12-31"], id="open agreement"),
        pytest.param("2024-01-01..", ["2024-01-01.."], [], id="open agreement and open policy"),
        pytest.param("..2024-12-31", [YEAR], ["2002-01-01..2023-12-31"], id="a cover with no start"),
        pytest.param("..", [], ["2002-01-01..2060-12-31"], id="all days there are"),
        pytest.param("2024-02-29..2024-02-29", [], ["2024-02-29..2024-02-29"], id="an agreement of one day"),
        pytest.param("2024-02-29..2024-02-29", ["2024-02-29..2024-02-29"], [], id="and its policy"),
        pytest.param("2024-12-31..2024-01-01", [], [], id="an agreement that ends before it starts"),
        pytest.param("2024-12-31..2024-01-01", ["2024-03-01..2024-03-31"], [], id="and a policy within"),
        pytest.param(YEAR, ["2024-01-01..9999-12-31"], [], id="a policy to the last date there is"),
        pytest.param(YEAR, ["0001-01-01..9999-12-31"], [], id="a policy for all dates there are"),
        pytest.param("2024-01-01..9999-12-31", ["2024-01-01..9999-12-31"], [], id="both to the last date"),
        pytest.param("2024-01-01..2024-01-31", ["2024-01-20..2024-01-10"], ["2024-01-01..2024-01-31"],
                     id="a policy that ends before it starts covers nothing"),
        pytest.param("2024-01-01..2024-01-31", ["2024-01-01..2024-01-15", "2024-01-20..2024-01-10"],
                     ["2024-01-16..2024-01-31"], id="nor does it beside another"),
    ],
)  # fmt: skip
def test_the_days_without_a_policy(cover: str, policies: list[str], expected: list[str]) -> None:
    gaps = uncovered(span(cover), map(span, policies))
    assert [f"{first}..{last}" for first, last in gaps] == expected
    days = sum(len(list(every_day(D(gap[:10]), D(gap[12:])))) for gap in expected)
    assert insurance_gap(span(cover), map(span, policies)) == days


def days_of(one: Span) -> set[date]:
    return set(every_day(one[0] or FIRST_DAY, one[1] or LAST_DAY))


some_day = st.dates(D("2024-01-01"), D("2024-04-30"))
some_span = st.tuples(st.none() | some_day, st.none() | some_day)
closed_cover = st.tuples(some_day, some_day)


@settings(deadline=None)
@given(cover=closed_cover, policies=st.lists(some_span, max_size=6))
@example(cover=(D("2024-01-01"), D("2024-01-31")), policies=[(D("2024-01-20"), D("2024-01-10"))])
def test_the_gap_is_what_a_set_of_days_says(cover: Span, policies: list[Span]) -> None:
    without = days_of(cover).difference(*map(days_of, policies))
    assert insurance_gap(cover, policies) == len(without)
    gaps = uncovered(cover, policies)
    assert [day for gap in gaps for day in every_day(*gap)] == sorted(without)
    for (_, ends), (begins, _) in pairwise(gaps):
        assert begins > ends + DAY  # two gaps never adjoin


@settings(deadline=None, max_examples=10)
@given(start=some_day, policies=st.lists(some_span, max_size=4))
def test_an_open_end_reaches_the_calendar_s_last_day(start: date, policies: list[Span]) -> None:
    without = days_of((start, None)).difference(*map(days_of, policies))
    assert insurance_gap((start, None), policies) == len(without)


@given(cover=closed_cover, policies=st.lists(some_span, max_size=5), order=st.randoms())
def test_the_order_of_the_policies_does_not_matter(cover: Span, policies: list[Span], order: Random) -> None:
    shuffled = list(policies)
    order.shuffle(shuffled)
    assert uncovered(cover, shuffled) == uncovered(cover, policies)


@given(cover=closed_cover, policies=st.lists(some_span, max_size=5), more=some_span)
def test_one_more_policy_never_widens_the_gap(cover: Span, policies: list[Span], more: Span) -> None:
    assert insurance_gap(cover, [*policies, more]) <= insurance_gap(cover, policies)


def test_an_agreement_longer_than_the_calendar_is_counted_to_its_end() -> None:
    cover = (D("2024-01-01"), D("2061-01-01"))
    assert insurance_gap(cover, [(D("2024-01-01"), D("2060-12-31"))]) == 1
    assert insurance_gap(cover, [(D("2024-01-01"), D("2061-01-01") + timedelta(days=1))]) == 0
