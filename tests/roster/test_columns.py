"""The columns are a contract: their keys, and how headers are matched."""

from __future__ import annotations

from dataclasses import fields

import pytest

from hqs_xl.roster.columns import DOCUMENTS, OWN_DAYS, ROSTER, SALARY, TABLES, Column, exact_keys, facts, matched
from hqs_xl.roster.headers.cells import is_header
from hqs_xl.roster.records import Document, OwnDay, Person, SalaryNotice

FACTS = """person_id full_name relation sponsor_id citizenship visa_required passport_expires passport_changed
agreement_signed agreement_starts agreement_ends terminated_on permit_filed permit_decided permit_collected
permit_starts permit_expires renewal_filed visa_starts visa_expires entered_on work_started hiring_order moved_on
registered_on registered_until host owns_housing left_on policy_starts policy_ends medical_done concluded_notice_filed
terminated_notice_filed"""


def test_the_roster_has_the_columns_of_the_contract() -> None:
    assert [column.key for column in facts("roster")] == FACTS.split()
    answers = [column.key for column in ROSTER if column.answer]
    assert answers == ["next_action", "next_due", "act_by", "days_left", "status", "check"]
    assert [column.key for column in ROSTER if column.required] == ["person_id", "relation", "agreement_signed"]


def test_the_salary_notices_too() -> None:
    assert [column.key for column in SALARY] == ["person_id", "quarter", "salary_paid", "filed_on", "due", "status"]


@pytest.mark.parametrize(
    ("record", "columns"),
    [(Person, ROSTER), (SalaryNotice, SALARY), (OwnDay, OWN_DAYS), (Document, DOCUMENTS)],
    ids=["person", "notice", "day", "document"],
)
def test_a_record_has_a_field_for_each_fact(record: type, columns: tuple[Column, ...]) -> None:
    names = [field.name for field in fields(record)]
    assert names == ["row", *(column.key for column in columns if not column.answer), "unread"]


@pytest.mark.parametrize(
    "header",
    ["Permit expires", "PERMIT EXPIRES", "permit_expires", " Permit\nexpires ", "Permitexpires", "Permit\u00a0expires"]
    + ["Разрешение до", "РАЗРЕШЕНИЕ\r\nДО"],
)
def test_a_header_is_matched_without_regard_to_case_spaces_and_line_breaks(header: str) -> None:
    assert matched("roster", [(3, header)]) == [(3, "permit_expires")]


@pytest.mark.parametrize("header", ["Permit", "expires", "Permit expiry", "", "Permit expires?"])
def test_what_is_no_header(header: str) -> None:
    assert matched("roster", [(0, header)]) == []


def test_a_header_means_one_column() -> None:
    for table, columns in TABLES.items():
        for column in columns:
            for lang in ("en", "ru"):
                assert matched(table, [(0, column.header(lang))]) == [(0, column.key)]


@pytest.mark.parametrize("odd", ["{}", " {}", "{} ", "_{}\n", "\u200b{}\u200b", "\u00a0{}_"])
@pytest.mark.parametrize("kind", TABLES)
def test_a_header_is_known_however_it_is_spelt(kind: str, odd: str) -> None:
    for column in TABLES[kind]:
        for text in (column.key, column.header(), column.header("ru")):
            for spelt in (text, text.upper(), text.lower(), text.replace("е", "ё")):
                assert is_header(odd.format(spelt))


@pytest.mark.parametrize("text", ["", " ", "_", "HQS-000001", "Permit expirx", "ermit expires", "Пётр", "1", "\u200b"])
def test_other_texts_are_no_headers(text: str) -> None:
    assert not is_header(text)


@pytest.mark.parametrize("table", ["findings", "deadlines"])
def test_the_title_that_an_earlier_version_wrote_is_known_still(table: str) -> None:
    assert {one.header("ru") for one in TABLES[table] if one.key == "due"} == {"Срок"}
    assert {exact_keys(table)[one] for one in ("due", "срок", "срокподачи")} == {"due"}
