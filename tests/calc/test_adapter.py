"""Between Calc and a cell function, without LibreOffice: what arrives is understood, what goes out is what it takes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hqs_xl import functions
from hqs_xl.cells.declared import declared_in
from hqs_xl.hosts.calc.adapter import Call
from hqs_xl.hosts.calc.names import camel
from hqs_xl.rows import EPOCH

CALLS = {declared.name: Call(function, declared) for function, declared in declared_in(functions).items()}
OLD_MAC = (date(1904, 1, 1) - EPOCH).days


def serial(day: str, shift: int = 0) -> float:
    return float((date.fromisoformat(day) - EPOCH).days - shift)


@pytest.mark.parametrize(
    ("name", "values", "answer"),
    [
        pytest.param("HQS_NOTICE_DUE", (serial("2024-04-25"), None, None), serial("2024-04-27"), id="a day"),
        pytest.param("HQS_NOTICE_DUE", (0.0, None, None), "", id="a blank cell"),
        pytest.param("HQS_NOTICE_DUE", (serial("2024-04-25"), 0.0, 0.0), serial("2024-04-27"), id="blank options"),
        pytest.param("HQS_NOTICE_DUE", ("soon", None, None), "#HQS! event: not a date", id="a mistake"),
        pytest.param("HQS_WORKDAY", (serial("2026-01-01"), 0.0), serial("2026-01-12"), id="0 days are 0 days"),
        pytest.param("HQS_EXPLAIN", (0.0, serial("2026-01-01"), None, None), "", id="a blank rule is no rule 0"),
        pytest.param("HQS_ISWORKDAY", (serial("2025-11-01"),), 1.0, id="yes"),
        pytest.param("HQS_ISWORKDAY", (serial("2025-11-08"),), 0.0, id="no"),
        pytest.param("HQS_RULE", ("permit.decision", "number", None, None, None), 14.0, id="a whole number"),
        pytest.param("HQS_CALENDAR_KNOWN", (), serial("2027-12-31"), id="nothing is asked"),
    ],
)
def test_a_single_answer(name: str, values: tuple[Any, ...], answer: Any) -> None:
    ((found,),) = CALLS[name](values)
    assert type(found) is type(answer)
    assert found == answer or str(found).startswith(f"{answer}; ")


def test_a_range_is_answered_in_its_shape() -> None:
    days = ((serial("2024-04-25"), ""), ("soon", serial("2024-04-26")))
    answer = CALLS["HQS_NOTICE_DUE"]((days, None, None))
    assert (answer[0], answer[1][1]) == ((serial("2024-04-27"), ""), serial("2024-05-02"))
    assert str(answer[1][0]).startswith("#HQS! event: not a date")


def test_the_same_number_in_a_document_that_counts_from_another_day() -> None:
    values = (serial("2024-04-25", OLD_MAC), None, None)
    for _ in range(2):
        assert CALLS["HQS_NOTICE_DUE"](values, OLD_MAC) == ((serial("2024-04-27", OLD_MAC),),)
        assert CALLS["HQS_NOTICE_DUE"](values) == ((serial("2020-04-28"),),)


def test_numbers_that_are_no_days_are_not_moved() -> None:
    assert CALLS["HQS_WORKDAY"]((serial("2025-10-31", OLD_MAC), 3.0), OLD_MAC) == ((serial("2025-11-06", OLD_MAC),),)


@pytest.mark.parametrize(("name", "method"), [("HQS_PLAN", "hqsPlan"), ("HQS_DAYS_LEFT", "hqsDaysLeft")])
def test_names_for_unoidl(name: str, method: str) -> None:
    assert camel(name) == method
