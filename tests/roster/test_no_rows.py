"""Totals, signatures, notes and headings among people are nobody: said once, and no person is dropped with them."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, datetime
from typing import Any

import pytest

from hqs_xl.compliance.check import Report, check_block, check_roster, read_roster
from hqs_xl.data import packaged, toml
from hqs_xl.roster.findings import Finding, Severity
from hqs_xl.roster.tables.no_rows import in_doubt, is_no_row
from hqs_xl.sync.book import refresh_book
from hqs_xl.texts import LANGUAGES
from tests.roster.books import Grid, MemoryBook

NOW = datetime(2026, 3, 16, 7, 30)
SIGNED = date(2025, 1, 20)
HEADER: list[Any] = ["Person ID", "Full name", "Relation", "Agreement signed", "Entered on", "Status"]
PERSON: list[Any] = ["P1", "Amber", "HQS", SIGNED, None, None]

# By column key, each with what it is.
NOBODY: dict[str, dict[str, Any]] = {
    "a total": {"person_id": "Итого"},
    "a total with figures": {"person_id": "Total:", "relation": 62, "agreement_signed": 62},
    "a total with words": {"person_id": "Всего", "full_name": "62 чел."},
    "a total in one cell": {"person_id": "ИТОГО: 62 человека"},
    "a total below the names": {"full_name": "Итого", "relation": 62},
    "a total, look-alike letters": {"person_id": "Tоtal"},
    "a subtotal": {"person_id": "Sub-total", "relation": 5},
    "a signature": {"person_id": "Исполнитель: Иванова А.А."},
    "a signature in several cells": {"person_id": "Исполнитель", "full_name": "Иванова А.А.", "relation": "тел. 12"},
    "a signature with its day": {"person_id": "Prepared by:", "full_name": "Anna", "agreement_signed": SIGNED},
    "a signature below the names": {"full_name": "Составил: Иванова"},
    "a signature with all that belongs to one": {
        "person_id": "Prepared by:",
        "full_name": "Anna",
        "relation": "HR",
        "host": "_____",
        "agreement_signed": SIGNED,
    },
    "a post, a line and a name": {"person_id": "HR lead", "host": "____", "full_name": "Anna"},
    "a title, a line and a day": {"person_id": "Director", "host": "____", "full_name": "Anna", "entered_on": SIGNED},
    "a day of the list without a point": {"person_id": "Updated on 01.11"},
    "a title with a line": {"person_id": "Директор", "full_name": "__________", "relation": "Иванова"},
    "a title and a line in a cell": {"person_id": "HR manager ________ /Anna/"},
    "a place for a stamp": {"person_id": "М.П."},
    "a line alone": {"person_id": "_____________ (подпись)"},
    "a day of the list": {"person_id": "Дата обновления: 01.03.2026"},
    "a note": {"person_id": "Note: dates are of the passports"},
    "a note in Russian": {"person_id": "Примечание"},
    "a footnote": {"person_id": "* на больничном"},
    "a numbered footnote": {"person_id": "1) moved to Kazan"},
    "a sentence": {"person_id": "All dates are taken from passports"},
    "a group's heading": {"person_id": "Отдел разработки"},
    "a group's heading in English": {"person_id": "Department B"},
}
SOMEBODY: dict[str, dict[str, Any]] = {
    "an id that begins so": {"person_id": "TOTAL-001"},
    "an id that is such a word, with facts": {"person_id": "Total", "full_name": "Anna", "relation": "HQS"},
    "an id that is such a word, with a day": {"person_id": "Total", "full_name": "Anna", "agreement_signed": SIGNED},
    "a title as an id": {"person_id": "Director", "full_name": "Anna"},
    "a title as an id, in Russian": {"person_id": "Директор", "full_name": "Иванова", "agreement_signed": SIGNED},
    "a group as an id": {"person_id": "Office 12", "full_name": "Anna"},
    "a name like a note": {"full_name": "Branch Key"},
    "a name like a heading": {"full_name": "Группа Мария"},
    "a name that begins so": {"full_name": "Всеволод Итогов"},
    "a signature's word and a relation": {"person_id": "Исполнитель: 5", "relation": "HQS"},
    "a name alone": {"full_name": "Maria del Carmen de la Cruz"},
    "such a name as an id": {"person_id": "Maria del Carmen de la Cruz"},
    "a number": {"person_id": 62},
    "a word": {"person_id": "Basil"},
    "a stamp's letters as an id": {"person_id": "МП 001"},
    "such an id and a name": {"person_id": "МП 5", "full_name": "Anna"},
    "a signature with two days": {"person_id": "Prepared by", "agreement_signed": SIGNED, "entered_on": "01.02.2025"},
    "a signature with four words": {
        "person_id": "Signature",
        "full_name": "Anna",
        "relation": "HSQ",
        "citizenship": "India",
        "host": "Us",
    },
    "a total with four words": {
        "person_id": "Sum",
        "full_name": "Anna",
        "relation": "HSQ",
        "citizenship": "India",
        "host": "Us",
    },
    "a relation that is a line, with a day": {"person_id": "Basil", "relation": "____", "entered_on": SIGNED},
    "a relation that is a line, with words": {
        "person_id": "Basil",
        "full_name": "Basil",
        "relation": "____",
        "host": "Us",
    },
    "a relation that is a line, with an id": {"person_id": "P2", "relation": "____"},
    "a line for an id, with two days": {"person_id": "____", "agreement_signed": SIGNED, "entered_on": SIGNED},
    "days alone": {"agreement_signed": SIGNED},
    "a relation alone": {"relation": "Family"},
}


@pytest.mark.parametrize("name", NOBODY)
def test_nobody(name: str) -> None:
    assert is_no_row("roster", NOBODY[name])


@pytest.mark.parametrize("name", SOMEBODY)
def test_somebody(name: str) -> None:
    assert not is_no_row("roster", SOMEBODY[name])


# What stands in the table's columns right of a column of somebody's own that says who checked the row.
CHECKED: dict[str, tuple[dict[str, Any], bool]] = {
    "nothing": ({}, True),
    "a name": ({"full_name": "Anna"}, True),
    "a name and a day": ({"full_name": "Anna", "agreement_signed": SIGNED}, True),
    "a day in the place of an id": ({"person_id": "01.11.2026"}, True),
    "an id": ({"person_id": "P2"}, False),
    "an id of two parts": ({"person_id": "МП 001"}, False),
    "a number for an id": ({"person_id": 12}, False),
    "an id without a figure, and a word for a relation": ({"person_id": "Basil", "relation": "HSQ"}, False),
    "a relation that is a line": ({"person_id": "Basil", "relation": "____"}, False),
    "two days": ({"agreement_signed": SIGNED, "entered_on": SIGNED}, False),
    "an id without a figure, a name, a day": (
        {"person_id": "Basil", "full_name": "Basil", "entered_on": SIGNED},
        False,
    ),
}


@pytest.mark.parametrize("said", ["Checked by Ann", "Согласовано", "Updated on 01.11"])
@pytest.mark.parametrize("name", CHECKED)
def test_a_person_somebody_checked_is_not_passed_over(name: str, said: str) -> None:
    cells, nobody = CHECKED[name]
    assert is_no_row("roster", cells, said) is nobody


NAMED: dict[str, Any] = {"full_name": "Anna"}
LINE = "____"
# By column key, with the first cell, mostly one of somebody's own; what the row is named by that may be somebody's.
IN_DOUBT: dict[str, tuple[dict[str, Any], str | None, str]] = {
    "a line, a name and a day": ({"person_id": "____", **NAMED, "agreement_signed": SIGNED}, None, "____"),
    "a stamp, a name and a day": ({"person_id": "МП", **NAMED, "entered_on": "01.02.2026"}, None, "МП"),
    "a stamp with its points": ({"person_id": "М.П.", **NAMED, "entered_on": SIGNED}, None, "М.П."),
    "a line and a word for a relation": ({"person_id": "____", **NAMED, "relation": "сотрудник"}, None, "____"),
    "a relation still to come": ({"person_id": "Basil", **NAMED, "relation": "____"}, None, "Basil"),
    "a post before, and a day": ({**NAMED, "entered_on": SIGNED}, "Исполнитель", "Исполнитель"),
    "one for something": ({**NAMED, "entered_on": SIGNED}, "Ответственный за визы", "Ответственный за визы"),
    "a post before, and a day alone": ({"entered_on": SIGNED}, "Executor", "Executor"),
    "a relation still to come, in the first column": ({**NAMED, "relation": LINE, "entered_on": SIGNED}, LINE, "Anna"),
    # Surely nobody's: no person has such an id, and no post ends in a colon or a line.
    "a signature with its day": ({"person_id": "Prepared by", **NAMED, "entered_on": SIGNED}, None, ""),
    "one in a column before": ({**NAMED, "entered_on": SIGNED}, "Исполнитель:", ""),
    "one in a column before, with a line": ({**NAMED, "entered_on": SIGNED}, "Executor ____", ""),
    "a line and a name": ({"person_id": "____", **NAMED}, None, ""),
    "a line and a day": ({"person_id": "____", "entered_on": SIGNED}, None, ""),
    "a line to sign on": ({"person_id": "____ (signature)", **NAMED, "entered_on": SIGNED}, None, ""),
    "a title, a line and a name": ({"person_id": "Director", **NAMED, "relation": "____"}, None, ""),
    "a post before, and a name": (NAMED, "Исполнитель", ""),
    "a total before, and a day": ({**NAMED, "entered_on": SIGNED}, "Итого", ""),
}


@pytest.mark.parametrize("name", IN_DOUBT)
def test_who_may_be_somebody_is_asked_about(name: str) -> None:
    cells, first, sign = IN_DOUBT[name]
    assert is_no_row("roster", cells, first) or name == "a total before, and a day"
    assert in_doubt("roster", cells, first) == sign


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("refreshed", [False, True])
def test_a_row_that_may_be_somebody_s_is_a_finding(lang: str, refreshed: bool) -> None:
    grid = with_below(["____", "Anna", None, SIGNED], ["Prepared by:", "Anna", None, SIGNED])
    book = MemoryBook({"R": grid, "S": [["Setting", "Value"], ["Language", lang]]})
    found: list[Finding] = []
    if refreshed:
        refresh_book(book, now=NOW, tell=found.append)
    else:
        roster = read_roster(book)
        found = check_roster(roster, roster.other.settings_for(NOW.date())).findings
    [one] = [one for one in found if one.code == "data.passed"]
    assert (one.severity, one.table, one.row, one.column) == (Severity.DATA, "roster", 3, "relation")
    assert "«____»" in one.message
    assert ("Signed by:" if lang == "en" else "Подпись:") in one.action
    assert ("Relation" if lang == "en" else "Кем является") in one.action


def test_a_block_of_cells_answers_in_the_row_of_one() -> None:
    rows = [PERSON, ["____", "Anna", None, SIGNED, None, None], ["Prepared by:", "Anna", None, SIGNED, None, None]]
    found = check_block(HEADER, rows, {}, as_of=NOW.date())
    assert [line and line.person_id for line in found] == ["P1", "____", None]


def test_a_total_s_figures_are_no_facts() -> None:
    figures = {"person_id": 62, "full_name": 62, "relation": 5, "citizenship": 7, "agreement_signed": 62, "host": 50000}
    assert is_no_row("roster", figures, "Всего")
    assert is_no_row("roster", {**figures, "person_id": "Всего"})
    assert not is_no_row("roster", {**figures, "entered_on": SIGNED}, "Всего")


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        ("salary", {"person_id": "P1", "quarter": "soon", "filed_on": SIGNED}),
        ("salary", {"person_id": "Basil", "quarter": "soon", "filed_on": SIGNED}),
        ("salary", {"person_id": "МП 5", "filed_on": SIGNED}),
        ("documents", {"person_id": "P1", "document": "____", "valid_until": SIGNED}),
        ("documents", {"person_id": "Basil", "valid_from": SIGNED, "valid_until": SIGNED}),
    ],
)
def test_nor_is_a_notice_or_a_document(kind: str, cells: dict[str, Any]) -> None:
    assert not is_no_row(kind, cells, "Checked by Ann")
    assert not is_no_row(kind, cells)


def test_no_phrase_stands_for_two_things() -> None:
    some = [
        phrase.strip().casefold()
        for phrases in toml(packaged("texts/no_rows.toml")).values()
        for lang in LANGUAGES
        for phrase in phrases[lang].split("|")
    ]
    assert len(some) == len({*some})


def with_below(*below: list[Any]) -> Grid:
    return [HEADER, [*PERSON], *([*row, *[None] * (len(HEADER) - len(row))] for row in below)]


BELOW: Grid = [[], ["Итого", None, 1], ["Исполнитель", "Иванова А.А."], ["P2", "Basil", "Family"], ["* note to us"]]


def checked(grid: Grid) -> Report:
    roster = read_roster(MemoryBook({"R": grid}))
    return check_roster(roster, roster.other.settings_for(NOW.date()))


def test_a_total_or_a_signature_may_begin_in_a_column_of_one_s_own() -> None:
    grid = [["Line", *HEADER], [1, *PERSON], ["Всего", 2], ["Agreed with:", None, "Anna"], ["Office 1", "P2", "Basil"]]
    report = checked([[*row, *[None] * (len(HEADER) + 1 - len(row))] for row in grid])
    assert [line.person_id for line in report.agenda] == ["P1", "P2"]


def test_they_are_said_once_and_nobody_else_is_missed() -> None:
    report = checked(with_below(*BELOW))
    assert [line.person_id for line in report.agenda] == ["P1", "P2"]
    assert {one.row for one in report.findings if one.table == "roster"} == {2, 6}
    [said] = [one for one in report.coverage.not_checked if one.kind == "rows"]
    assert (said.what, said.number) == ("roster", 3)
    assert said.counts
    assert said.message.endswith(": row 4, 5, 7")
    assert not report.coverage.complete


def test_nothing_is_said_where_there_are_none() -> None:
    report = checked(with_below(["P2", "Basil", "Family"]))
    assert not [one for one in report.coverage.not_checked if one.kind == "rows"]


def test_a_refresh_says_so_too_and_leaves_their_cells() -> None:
    grid = with_below(*deepcopy(BELOW))
    grid[3][5] = 1  # a count below the statuses
    book = MemoryBook({"R": grid})
    summary = refresh_book(book, now=NOW)
    assert summary.people == 2
    [said] = [one for one in summary.coverage.not_checked if one.kind == "rows"]
    assert said.message.endswith(": row 4, 5, 7")
    assert [row[5] for row in book.grids["R"]][1:] == ["Overdue", None, 1, None, "Overdue", None]


def test_an_earlier_answer_beside_them_is_taken_back() -> None:
    grid = with_below(["Итого", None, 1, None, None, "Missing data"])
    book = MemoryBook({"R": grid})
    refresh_book(book, now=NOW)
    assert book.grids["R"][2][5] is None


@pytest.mark.parametrize(
    ("kind", "header", "row"),
    [
        ("salary", ["Person ID", "Quarter", "Filed on", "Salary paid"], ["P1", "2026Q1", None, 5]),
        ("documents", ["Person ID", "Document", "Valid until", "Number"], ["P1", "Visa", SIGNED, "5"]),
    ],
)
def test_nor_are_they_notices_or_documents(kind: str, header: list[Any], row: list[Any]) -> None:
    table = [header, row, ["Итого", None, None, 5], ["Prepared by: Anna"]]
    roster = read_roster(MemoryBook({"R": [HEADER, PERSON], "S": table}))
    report = check_roster(roster, roster.other.settings_for(NOW.date()))
    assert not [one for one in report.findings if one.table == kind]
    [said] = [one for one in report.coverage.not_checked if one.kind == "rows"]
    assert (said.what, said.number) == (kind, 2)


def test_a_block_of_cells_answers_nothing_beside_them() -> None:
    found = check_block(HEADER, [PERSON, ["Total", None, 1, None, None, None]], {}, as_of=NOW.date())
    assert [line and line.person_id for line in found] == ["P1", None]
