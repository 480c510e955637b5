"""Cells that are missing, unreadable, unknown, repeated or out of order: one finding each, and the rest is checked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hqs_xl.roster.findings import Severity
from hqs_xl.texts import say
from tests.roster.people import FAMILY, FILED, SPECIALIST, checked, codes, findings

Facts = dict[str, Any]


@pytest.mark.parametrize(
    ("facts", "code", "column"),
    [
        ({"person_id": None}, "data.required", "person_id"),
        ({"person_id": "  "}, "data.required", "person_id"),
        ({"relation": None}, "data.required", "relation"),
        ({"agreement_signed": None}, "data.required", "agreement_signed"),
        ({"passport_expires": "soon"}, "data.not_a_date", "passport_expires"),
        ({"passport_expires": "31.02.2026"}, "data.not_a_date", "passport_expires"),
        ({"passport_expires": "03/04/2026"}, "data.not_a_date", "passport_expires"),
        ({"passport_expires": 60}, "data.not_a_date", "passport_expires"),
        ({"passport_expires": True}, "data.not_a_date", "passport_expires"),
        ({"passport_expires": "#N/A"}, "data.not_a_date", "passport_expires"),
        ({"passport_expires": date(2061, 1, 1)}, "data.not_a_date", "passport_expires"),
        ({"host": "Landlord"}, "data.unknown_word", "host"),
        ({"visa_required": "maybe"}, "data.unknown_word", "visa_required"),
        ({"relation": "Boss"}, "data.unknown_word", "relation"),
        ({"permit_decided": date(2025, 1, 21)}, "data.order", "permit_decided"),
        ({"permit_starts": date(2028, 3, 3)}, "data.order", "permit_expires"),
        ({"policy_ends": date(2025, 2, 28)}, "data.order", "policy_ends"),
        ({"agreement_starts": date(2025, 3, 4)}, "data.order", "work_started"),
        ({"concluded_notice_filed": date(2025, 1, 19)}, "data.order", "concluded_notice_filed"),
    ],
)
def test_a_bad_cell_is_one_data_finding(facts: Facts, code: str, column: str) -> None:
    found = [one for one in findings(facts, {}) if one.severity is Severity.DATA]
    assert [(one.code, one.column, one.row) for one in found] == [(code, column, 2)]
    assert "row 2" in found[0].message


@pytest.mark.parametrize(
    "facts",
    [
        {"permit_decided": date(2025, 1, 22)},
        {"agreement_starts": date(2025, 3, 2)},
        {"passport_expires": date(2060, 12, 31)},
        {"passport_expires": 45000},
        {"passport_expires": "31.12.2030"},
        {"visa_required": "ДА"},
        {"visa_required": True},
        {"relation": "вкс"},
        {"relation": " hqs "},
    ],
)
def test_what_is_no_bad_cell(facts: Facts) -> None:
    assert codes(facts) == []


def test_the_rest_of_the_row_is_still_checked() -> None:
    found = codes({"policy_ends": "?", "hiring_order": None, "host": "?"})
    assert found == ["data.not_a_date", "data.unknown_word", "order.missing"]


def test_an_unreadable_cell_is_not_taken_for_a_blank() -> None:
    assert codes({"permit_expires": "?"}) == ["data.not_a_date"]
    assert codes({"concluded_notice_filed": "?"}) == ["data.not_a_date", "notice.concluded.unclear"]


def test_the_message_repeats_nothing_of_the_cell() -> None:
    assert "Ivanova" not in str(findings({"policy_ends": "Ivanova", "host": "Ivanova"}))


def test_family_have_no_agreement_to_sign() -> None:
    assert "agreement_signed" not in FAMILY
    assert [one.code for one in checked([SPECIALIST, FAMILY]).findings] == []


def test_a_duplicate_id_names_the_first_row() -> None:
    report = checked([SPECIALIST, SPECIALIST, SPECIALIST])
    assert [(one.code, one.row) for one in report.findings] == [("data.duplicate_id", 3), ("data.duplicate_id", 4)]
    assert "row 2" in report.findings[0].message
    assert report.people == 3
    assert len(report.agenda) == 3


@pytest.mark.parametrize(
    ("notice", "code", "column"),
    [
        ({"person_id": "P9", "quarter": "2025Q1"}, "data.unknown_person", "person_id"),
        ({"person_id": "P1"}, "data.required", "quarter"),
        ({"quarter": "2025Q1"}, "data.required", "person_id"),
        ({"person_id": "P1", "quarter": "2025Q5"}, "data.not_a_date", "quarter"),
        ({"person_id": "P1", "quarter": "2024Q1", "filed_on": "?"}, "data.not_a_date", "filed_on"),
        ({"person_id": "P1", "quarter": "2024Q1", "salary_paid": "?"}, "data.not_a_date", "salary_paid"),
        ({"person_id": "P1", "quarter": "2024Q2", "filed_on": date(2024, 3, 31)}, "data.order", "filed_on"),
    ],
)
def test_a_bad_salary_notice(notice: Facts, code: str, column: str) -> None:
    report = checked([SPECIALIST], FILED, [notice])
    assert [(one.code, one.column, one.row) for one in report.findings] == [(code, column, 6)]


def test_a_notice_may_be_filed_within_its_quarter() -> None:
    notice = {"person_id": "P1", "quarter": "2026Q1", "filed_on": date(2026, 1, 1)}
    assert [one.code for one in checked([SPECIALIST], FILED, [notice]).findings] == ["salary.early"]


def test_a_notice_whose_day_is_unreadable_is_not_called_overdue() -> None:
    assert codes({}, FILED | {"2025Q2": "?"}) == ["data.not_a_date", "notice.salary.unclear"]


def test_a_date_that_leads_out_of_the_calendar_is_a_data_finding() -> None:
    far = {"permit_expires": date(2060, 12, 31), "permit_starts": date(2060, 1, 1)}
    assert codes(far) == ["data.not_a_date", "permit.not_begun"]
    assert codes({"terminated_on": date(2060, 12, 31)}) == ["data.not_a_date"]


def test_the_last_quarter_of_the_calendar_leads_out_of_it() -> None:
    [found] = findings({"agreement_starts": date(2060, 11, 2), "work_started": None, "hiring_order": None}, {})
    assert (found.code, found.column) == ("data.not_a_date", "agreement_starts")


def test_a_cell_to_mend_is_spoken_of_in_the_language_of_the_check() -> None:
    for lang, expected in (
        ("en", "Roster, row 2: column «Passport expires»"),
        ("ru", "Реестр, строка 2: значение в столбце «Паспорт до»"),
    ):
        [found] = findings({"passport_expires": "?"}, lang=lang)
        assert found.message.startswith(expected)
        assert found.message.endswith(say("expected.date", lang))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"terminated_on": "?"}, ["data.not_a_date"]),
        ({"terminated_on": None}, ["data.order"]),
        ({"terminated_on": date(2026, 3, 12)}, []),
        ({"terminated_on": date(2026, 3, 14)}, ["data.order"]),
    ],
    ids=["unread", "blank", "filed the day after", "filed the day before"],
)
def test_whether_a_notice_lies_before_the_end_nobody_can_tell_where_the_termination_is_unread(
    facts: Facts, expected: list[str]
) -> None:
    ended: Facts = {"agreement_ends": date(2026, 3, 15), "terminated_notice_filed": date(2026, 3, 13)}
    assert [code for code in codes(ended | facts) if code.startswith("data.")] == expected
