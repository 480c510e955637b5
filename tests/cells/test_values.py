"""What a cell may hold, as dates, words, numbers and quarters."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hqs_xl.cells.values import BadValue, serial_class, to_date, to_number, to_quarter, to_text, to_word, to_yes_no
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
        "2026-12-31",
        " 2026-12-31 ",
        "2026-12-31T00:00:00",
        "2026-12-31 00:00:00",
        "31.12.2026",
        "31.12.2026 г.",
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
    [0, 1, 60, -5, 10**9, True, False, float("nan"), float("inf"), "46387", "31/12/2026", "12-31-2026", "31.12.26"]
    + ["31.02.2026", "2026-13-01", "٣١.١٢.٢٠٢٦", "#N/A", "tomorrow", [], b"2026-12-31"],
)
def test_what_is_no_date(value: Any) -> None:
    with pytest.raises(BadValue):
        to_date(value)


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
