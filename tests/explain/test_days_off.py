"""The days that differ from a plain week."""

from __future__ import annotations

from datetime import date

import pytest

from hqs_xl.explain.days_off import HEADERS, day_rows
from hqs_xl.law import RUSSIA
from hqs_xl.law.decrees import days_of, table

ROWS = {row[0]: row for row in day_rows("en")}
DIFFERENT = {
    "a public holiday": (date(2026, 1, 1), "Thu", "public holiday"),
    "a day off moved by decree": (date(2026, 12, 31), "Thu", "moved day off"),
    "a working Saturday": (date(2024, 4, 27), "Sat", "working"),
}


@pytest.mark.parametrize(("day", "weekday", "why"), DIFFERENT.values(), ids=DIFFERENT.keys())
def test_a_day_that_differs_is_there_with_its_reason(day: date, weekday: str, why: str) -> None:
    row = ROWS[day]
    assert len(row) == len(HEADERS)
    assert (row[1], bool(row[3])) == (weekday, True)
    assert why in row[2]


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2026, 11, 22), date(2028, 1, 1)], ids=str)
def test_a_plain_day_and_one_of_an_unknown_year_are_not(day: date) -> None:
    assert day not in ROWS


def test_with_a_plain_week_they_are_the_whole_calendar() -> None:
    for number in table():
        for day in days_of(number):
            assert RUSSIA.is_working(day) is ((day.weekday() < 5) is not (day in ROWS)) or day.weekday() >= 5


def test_they_are_told_in_russian() -> None:
    assert next(day_rows("ru")) == (date(2010, 1, 1), "Пт", "праздник", "ст. 112 ТК РФ")
