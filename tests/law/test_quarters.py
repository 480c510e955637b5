"""Quarters as people write them, and what is none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hqs_xl.errors import BadEvent
from hqs_xl.law import Quarter

D = date.fromisoformat


@pytest.mark.parametrize(
    "text",
    [
        "2026Q1", "2026q1", "2026 Q1", "2026-Q1", "2026/Q1", "2026.Q1", "2026 - Q1", " 2026Q1 ", "20261Q", "2026 1Q",
        "Q1 2026", "q1 2026", "Q1-2026", "Q1/2026", "Q 1 2026", "Q12026", "1Q2026", "1Q 2026", "1q-2026",
        "1 кв. 2026", "1 кв 2026", "1кв2026", "1 КВ. 2026", "1 квартал 2026", "1 Квартал 2026", "1 квартал 2026 г.",
        "1 квартал 2026 г", "1 квартал 2026г.", "1 квартал 2026 года", "кв. 1 2026", "квартал 1 2026",
        "2026 1 квартал", "2026 г. 1 квартал", "2026 года 1 квартал", "2026 1 кв.", "2026 1 кв",
    ],
)  # fmt: skip
def test_a_quarter_is_read(text: str) -> None:
    assert Quarter.parse(text) == Quarter(2026, 1)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_each_quarter_is_read_in_each_order(number: int) -> None:
    for text in (f"2025Q{number}", f"Q{number} 2025", f"{number} кв. 2025", f"2025 {number} квартал"):
        assert Quarter.parse(text) == (2025, number)


@pytest.mark.parametrize(
    ("roman", "number"), [("I", 1), ("II", 2), ("III", 3), ("IV", 4), ("iv", 4), ("ІІ", 2), ("ІV", 4)]
)
def test_a_quarter_has_a_roman_number_in_either_alphabet(roman: str, number: int) -> None:
    for text in (f"{roman} кв. 2025", f"{roman} квартал 2025 г.", f"2025 {roman} кв.", f"Q{roman} 2025"):
        assert Quarter.parse(text) == (2025, number)


@pytest.mark.parametrize(
    "text",
    [
        "V кв. 2026", "IIII кв. 2026", "IVI кв. 2026", "VI кв. 2026", "IIV кв. 2026", "0 кв. 2026", "I 2026",
        "", " ", "2026", "Q1", "1", "2026Q0", "2026Q5", "2026Q", "2026Q12", "2026 Q 11", "Q5 2026", "5 кв. 2026",
        "0 квартал 2026", "26Q1", "Q1 26", "202Q1", "20266Q1", "Q1 20266", "2026-01", "2026-03-31", "31.03.2026",
        "2026H1", "1 полугодие 2026", "2026Q1 2025Q4", "2026Q1x", "x2026Q1", "2026Q-1", "January 2026", "Q1 Q2 2026",
        "1 1 2026", "2026 1", "20261",
    ],
)  # fmt: skip
def test_what_is_no_quarter_is_refused(text: str) -> None:
    with pytest.raises(BadEvent) as raised:
        Quarter.parse(text)
    assert raised.value.key == "not_a_quarter"
    assert raised.value.fields == {"text": text}


@pytest.mark.parametrize("text", ["0000Q1", "9999Q4", "Q4 9999"])
def test_a_quarter_without_days_of_its_own_or_after_it_is_refused(text: str) -> None:
    """The notice is counted from the day after the quarter, and no date comes before year 1 or after 9999."""
    with pytest.raises(BadEvent):
        Quarter.parse(text)


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        ("2023-12-31", "2023Q4"), ("2024-01-01", "2024Q1"), ("2024-02-29", "2024Q1"), ("2024-03-31", "2024Q1"),
        ("2024-04-01", "2024Q2"), ("2024-06-30", "2024Q2"), ("2024-07-01", "2024Q3"), ("2024-09-30", "2024Q3"),
        ("2024-10-01", "2024Q4"), ("2024-12-31", "2024Q4"), ("2025-01-01", "2025Q1"),
    ],
)  # fmt: skip
def test_a_day_lies_in_its_quarter(day: str, quarter: str) -> None:
    assert str(Quarter.of(D(day))) == quarter


@pytest.mark.parametrize(
    ("quarter", "first", "last", "following"),
    [
        ("2024Q1", "2024-01-01", "2024-03-31", "2024Q2"),
        ("2024Q2", "2024-04-01", "2024-06-30", "2024Q3"),
        ("2024Q3", "2024-07-01", "2024-09-30", "2024Q4"),
        ("2024Q4", "2024-10-01", "2024-12-31", "2025Q1"),
    ],
)
def test_a_quarter_has_its_days_and_the_one_after_it(quarter: str, first: str, last: str, following: str) -> None:
    found = Quarter.parse(quarter)
    assert (str(found.first), str(found.last), str(found.following)) == (first, last, following)


def test_quarters_sort_by_time() -> None:
    names = ["2025Q1", "2024Q4", "2024Q1", "2023Q2"]
    assert [str(quarter) for quarter in sorted(map(Quarter.parse, names))] == names[::-1]


@given(st.dates(D("2002-01-01"), D("2060-12-31")))
def test_a_day_lies_between_the_first_and_the_last_day_of_its_quarter(day: date) -> None:
    quarter = Quarter.of(day)
    assert quarter.first <= day <= quarter.last
    assert quarter.last + timedelta(days=1) == quarter.following.first
    assert Quarter.parse(str(quarter)) == quarter
