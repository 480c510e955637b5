"""Two headers that mean the same column, neither of which is read: what it would say can't be told of anybody."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from hqs_xl.compliance.check import check_block, check_roster, read_roster
from hqs_xl.roster.findings import Finding, Severity
from hqs_xl.sync.book import refresh_book
from hqs_xl.texts import LANGUAGES, say
from tests.roster.books import MemoryBook
from tests.roster.people import SPECIALIST

NOW = datetime(2026, 3, 16, 7, 30)
# By column that stands twice, the finding there would be for sure if it were not there.
SURE_WITHOUT = {
    "concluded_notice_filed": "notice.concluded.overdue",
    "permit_expires": "permit.missing",
    "visa_expires": "visa.missing",
}


def table(column: str, lang: str, *, times: int) -> list[list[Any]]:
    """One specialist in order; a column stands so many times, the day in the last one."""
    facts = {key: value for key, value in SPECIALIST.items() if key != column}
    header = [say(f"header.{key}", lang) for key in (*facts, *[column] * times)]
    return [header, [*facts.values(), *[None] * (times - 1), SPECIALIST[column]][: len(header)]]


def found(grid: list[list[Any]], *, refreshed: bool) -> list[Finding]:
    book = MemoryBook({"R": grid})
    if refreshed:
        told: list[Finding] = []
        refresh_book(book, now=NOW, tell=told.append)
        return told
    roster = read_roster(book)
    return check_roster(roster, roster.other.settings_for(NOW.date())).findings


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("refreshed", [False, True])
@pytest.mark.parametrize("column", SURE_WITHOUT)
def test_it_is_no_sure_fault_of_anybody(column: str, lang: str, refreshed: bool) -> None:
    findings = found(table(column, lang, times=2), refreshed=refreshed)
    assert [one.code for one in findings if one.code.startswith("data.header")] == ["data.header"] * 2
    of_column = [one for one in findings if one.severity is Severity.VIOLATION and one.column == column]
    assert of_column == []


@pytest.mark.parametrize(("lang", "why"), [("en", "two headers mean it"), ("ru", "его означают два заголовка")])
@pytest.mark.parametrize("column", SURE_WITHOUT)
def test_what_was_not_looked_at_says_that_the_column_stands_twice(column: str, lang: str, why: str) -> None:
    summary = refresh_book(MemoryBook({"R": table(column, lang, times=2)}), now=NOW)
    rules = [one for one in summary.coverage.not_checked if one.kind in {"rule", "part"}]
    title = f"«{say(f'header.{column}', lang)}»"
    of_column = [one.message for one in rules if column in one.columns]
    assert of_column
    assert all(why in message[message.index(title) :] for message in of_column)
    assert not any(why in one.message for one in rules if column not in one.columns)


def test_a_notice_is_owed_all_the_same() -> None:
    findings = found(table("concluded_notice_filed", "en", times=2), refreshed=False)
    [unclear] = [one for one in findings if one.code == "notice.concluded.unclear"]
    assert (unclear.severity, unclear.row, unclear.due) == (Severity.DATA, 2, date(2025, 1, 22))
    assert "«Concluded notice filed» can't be read" in unclear.message


@pytest.mark.parametrize("column", SURE_WITHOUT)
def test_one_header_is_read_and_none_is_not_done(column: str) -> None:
    for times, codes in ((1, []), (0, [SURE_WITHOUT[column]])):
        findings = found(table(column, "en", times=times), refreshed=False)
        assert [one.code for one in findings if one.column == column] == codes


def test_of_a_block_of_cells_too() -> None:
    header, row = table("concluded_notice_filed", "en", times=2)
    [line] = check_block(header, [row], {}, as_of=NOW.date())
    assert line
    assert "whether it was done can't be told" in line.check
