"""What a cell may hold, as dates, words, numbers and quarters."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hqs_xl.cells.values import (
    BadValue,
    serial_class,
    to_date,
    to_last_day,
    to_number,
    to_quarter,
    to_text,
    to_word,
    to_yes_no,
)
from hqs_xl.functions import HQS_ACT_BY
from hqs_xl.law import Quarter
from hqs_xl.rows import EPOCH

DAY = date(2026, 12, 31)


@pytest.mark.parametrize(
    "value",
    [
        DAY,
        datetime(2026, 12, 31, 23, 59),
        46387,
        46387.0,
        46387.99,
        46387.99999,
        46387.999999994,
        "2026-12-31",
        " 2026-12-31 ",
        "2026-12-31T00:00:00",
        "2026-12-31 00:00:00",
        "2026-12-31T00:00:00.000Z",
        "2026-12-31T00:00:00+03:00",
        "2026-12-31T21:59",
        "2026-12-31 21:59:59,999",
        "31.12.2026",
        "31.12.2026 г.",
        "31.12.2026г",
        "31.12.2026 0:00:00",
        "31.12.2026 00:00",
        "31.12.2026, 23:59",
        "31.12.2026\u00a0г.\u00a00:00:00",
        "\u200e31.\u200e12.\u200e2026",
    ],
)
def test_forms_of_a_date(value: Any) -> None:
    assert to_date(value) == DAY


@pytest.mark.parametrize(("value", "day"), [("1.2.2026", date(2026, 2, 1)), (61, None), (37257, date(2002, 1, 1))])
def test_edges_of_a_date(value: Any, day: date | None) -> None:
    if day is None:
        with pytest.raises(BadValue) as error:
            to_date(value)
        assert error.value.key == "outside_range"
    else:
        assert to_date(value) == day


@pytest.mark.parametrize(
    "value",
    [
        1,
        60,
        0.5,
        0.9999,
        60.99999,
        -5,
        -0.5,
        -693592,
        2958466,
        10**9,
        -(10**9),
        True,
        False,
        float("nan"),
        float("inf"),
        "46387",
        "31/12/2026",
        "12-31-2026",
        "31.12.26",
    ]
    + ["31.02.2026", "2026-13-01", "٣١.١٢.٢٠٢٦", "#N/A", "tomorrow", [], b"2026-12-31"]
    + ["31.12.2026 24:00", "31.12.2026 0:60", "31.12.2026 0", "2026-12-31T", "2026-12-31T25:00:00", "31.12.2026T"]
    + ["2026-12-30T21:00:00Z", "2026-12-31T00:00:01+03:00", "00.01.2026", "00.01.1901", "0000-00-01", "0"],
)
def test_what_is_no_date(value: Any) -> None:
    with pytest.raises(BadValue):
        to_date(value)


NEVER = [
    *(0, 0.0, -0.0, serial_class(1462)(0.0), -693593, -693593.0),
    *("01.01.0001", "01.01.0001 0:00:00", "0001-01-01T00:00:00", "00.01.1900", "00.01.1900 0:00:00", "1900-01-00"),
    *("30.12.1899", "1899-12-30", "31.12.1899", "00.00.0000", "0000-00-00", "0000-00-00 00:00:00"),
    *(date(1, 1, 1), datetime(1, 1, 1), date(1899, 12, 30), datetime(1899, 12, 30), datetime(1899, 12, 31)),
]
ENDLESS = [
    *("31.12.9999", "9999-12-31", "31.12.9999 0:00:00", "9999-12-31T23:59:59.999", "31.12.3999 23:59:59"),
    *(2958465, 2958465.0, 2958465.99999, 767010, serial_class(1462)(2957003.0)),
    *(date(9999, 12, 31), datetime(9999, 12, 31, 23, 59, 59, 999999), date(3999, 12, 31)),
]


@pytest.mark.parametrize("value", NEVER, ids=repr)
def test_what_programs_write_for_no_day_is_a_blank(value: Any) -> None:
    assert (to_date(value), to_last_day(value)) == (None, None)


@pytest.mark.parametrize("value", ENDLESS, ids=repr)
def test_what_programs_write_for_no_end_is_none(value: Any) -> None:
    assert (to_date(value), to_last_day(value)) == (None, date(2060, 12, 31))


@pytest.mark.parametrize("value", ["01.01.1900", 36526, "31.12.9998", "30.12.9999", "02.01.0001", "01.01.2061", 767009])
def test_other_days_far_away_are_no_days(value: Any) -> None:
    with pytest.raises(BadValue) as error:
        to_date(value)
    assert error.value.key == "outside_range"


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (46200.99999999999, 46201),
        (46200.999999995, 46201),
        (46200.999999994, 46200),
        (46200.99999, 46200),
        (46201.000000001, 46201),
        (60.99999999999, None),
    ],
)
def test_a_number_is_the_day_that_excel_shows(value: float, day: int | None) -> None:
    """23:59:59.9995 and later is shown as midnight; 46200.99999 is 23:59:59.136."""
    for number in (value, serial_class(0)(value)):
        if day is None:
            with pytest.raises(BadValue):
                to_date(number)
        else:
            assert to_date(number) == EPOCH + timedelta(days=day)


def test_a_moment_is_the_day_it_is_shown_as() -> None:
    assert to_date(datetime(2026, 6, 27, 23, 59, 59, 999_500)) == date(2026, 6, 28)
    assert to_date(datetime(2026, 6, 27, 23, 59, 59, 999_499)) == date(2026, 6, 27)


@given(st.dates(date(2002, 1, 1), date(2060, 12, 31)), st.floats(0, 0.999999994))
def test_a_time_of_the_day_changes_no_day(day: date, time: float) -> None:
    assert to_date((day - EPOCH).days + time) == day


@pytest.mark.parametrize("value", [0, 0.0, -0.0])
def test_what_a_link_to_a_blank_cell_comes_to_is_a_blank_but_for_amounts(value: Any) -> None:
    assert to_text(value) == ""
    assert to_word(value, {"a": "A"}) is None
    assert to_yes_no(value) is None
    assert to_quarter(value) is None
    assert to_number(value) == 0
    assert to_text("0") == "0"
    assert to_text(value=False) == "False"


@pytest.mark.parametrize("value", [None, "", "   ", "\n"])
def test_a_blank_is_blank_for_all(value: Any) -> None:
    assert to_date(value) is None
    assert to_number(value) is None
    assert to_quarter(value) is None
    assert to_yes_no(value) is None
    assert to_word(value, {"a": "A"}) is None
    assert to_text(value) == ""


@given(st.dates(date(2002, 1, 1), date(2060, 12, 31)))
def test_every_day_is_read_from_each_of_its_forms(day: date) -> None:
    serial = (day - EPOCH).days
    for form in (
        day,
        serial,
        float(serial),
        day.isoformat(),
        day.strftime("%d.%m.%Y"),
        f"{day.day}.{day.month}.{day.year}",
    ):
        assert to_date(form) == day


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.binary()))
def test_anything_is_a_date_or_a_bad_value(value: Any) -> None:
    try:
        day = to_date(value)
    except BadValue as error:
        assert error.message("en")
        assert error.message("ru")
    else:
        assert day is None or date(2002, 1, 1) <= day <= date(2060, 12, 31)


@pytest.mark.parametrize(
    ("value", "text"), [(1001.0, "1001"), (1001, "1001"), (1.5, "1.5"), (" A-1 ", "A-1"), (DAY, "2026-12-31")]
)
def test_ids_as_text(value: Any, text: str) -> None:
    assert to_text(value) == text


def test_an_excel_error_is_no_text() -> None:
    with pytest.raises(BadValue):
        to_text("#REF!")


@pytest.mark.parametrize(
    ("value", "number"), [(5, 5.0), ("750 000,50", 750000.5), ("1\u00a0000", 1000.0), ("-3", -3.0), (2.5, 2.5)]
)
def test_numbers(value: Any, number: float) -> None:
    assert to_number(value) == number


@pytest.mark.parametrize("value", ["1e5", "abc", True, float("nan"), "1_000", "--1"])
def test_what_is_no_number(value: Any) -> None:
    with pytest.raises(BadValue):
        to_number(value)


@pytest.mark.parametrize(
    "value",
    ["2026Q1", "2026q1", "Q1 2026", "1Q2026", "1 кв. 2026", "1 квартал 2026 г.", "2026-Q1", date(2026, 3, 31), 46023],
)
def test_quarters(value: Any) -> None:
    assert to_quarter(value) == Quarter(2026, 1)


@pytest.mark.parametrize("value", ["2026Q5", "2026Q0", "Q1", "2026", "1 квартал", True, "#N/A"])
def test_what_is_no_quarter(value: Any) -> None:
    with pytest.raises(BadValue):
        to_quarter(value)


@pytest.mark.parametrize(
    ("value", "answer"), [("Yes", True), ("НЕТ", False), (True, True), (False, False), ("TRUE", True), ("Ложь", False)]
)
def test_yes_and_no(value: Any, answer: bool) -> None:
    assert to_yes_no(value) is answer


def test_an_unknown_word_says_what_is_expected() -> None:
    with pytest.raises(BadValue) as error:
        to_word("C", {"a": "A", "а": "A", "b": "B"})
    assert error.value.fields["expected"] == "A, B"


# --- Documents that count from another day ----------------------------------------------------------------------------


@pytest.mark.parametrize(("shift", "number"), [(0, 45407), (1462, 43945), (2, 45405)])
def test_a_number_of_such_a_document_is_its_day(shift: int, number: float) -> None:
    assert to_date(serial_class(shift)(number)) == date(2024, 4, 25)


def test_its_numbers_stay_numbers() -> None:
    number = serial_class(1462)(14.0)
    assert (to_number(number), to_text(number), number) == (14.0, "14", 14.0)


def test_the_same_number_of_another_document_is_another_day() -> None:
    """Answers are remembered by value and type: the one may not be given for the other."""
    numbers = [45407.0, serial_class(1462)(45407.0), serial_class(2)(45407.0)]
    assert [HQS_ACT_BY(number) for number in numbers * 2] == [
        date(2024, 4, 25),
        date(2028, 4, 26),
        date(2024, 4, 27),
    ] * 2
