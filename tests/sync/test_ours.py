"""Whose tables these are: headers of ours on somebody's sheet make it neither ours to read nor ours to write."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from hqs_xl.errors import UnusableFile
from hqs_xl.hosts.closed import ClosedBook
from hqs_xl.roster.columns import LOG, TABLES
from hqs_xl.roster.gathered import gather
from hqs_xl.roster.tables.marks import TABLE_NAMES
from hqs_xl.sync.book import Summary, refresh_book
from hqs_xl.sync.tally import FIGURES
from hqs_xl.texts import LANGUAGES, say
from tests.roster.books import Formula, Grid, MemoryBook
from tests.roster.people import SPECIALIST

NOW = datetime(2026, 3, 16, 7, 30)
ROSTER = [[*SPECIALIST, "Status"], [*SPECIALIST.values(), None]]
FINDING = ["Data", "P1", "R", 2, "Host", None, None, None, "words", "words", None, "data.required"]
LINE = ["2026-03-01 07:30", None, date(2026, 3, 1), "card", "0.1", date(2027, 12, 31), 1, 0, 0, 0, 0, None]


def headers(kind: str) -> list[str]:
    return [column.header() for column in TABLES[kind]]


def book(marks: dict[str, list[tuple[str, int, int, int]]] | None = None, **sheets: Grid) -> MemoryBook:
    return MemoryBook({name: deepcopy(sheet) for name, sheet in ({"R": ROSTER} | sheets).items()}, marks=marks)


def refreshed(made: MemoryBook, **options: Any) -> Summary:
    return refresh_book(made, now=NOW, **options)


def left(summary: Summary) -> list[tuple[str, str, str]]:
    return [(one.kind, one.sheet, one.why) for one in summary.left_alone]


# Sheets that HR really has beside a roster.
FOREIGN: dict[str, tuple[Grid, list[tuple[str, str, str]]]] = {
    "orders": (
        [["Line", "Product", "Status", "Check"], [1, "Pump", "Done", "OK"], [2, "Valve", "sent", "by Anna"]],
        [("lines", "F", "unmarked")],
    ),
    "production lines": (
        [headers("lines"), [1, "repair", date(2026, 5, 1), None, 3, "running", "weekly"]],
        [("lines", "F", "unmarked")],
    ),
    "appraisals": (
        [["Person ID", "Quarter", "Rating", "Status", "Due"], ["P1", "2026Q1", "A", "agreed", date(2026, 4, 1)]],
        [("salary", "F", "no_filed_on")],
    ),
    "incidents": (
        [["Severity", "Person ID", "Message"], ["High", "P1", "Fell from a ladder"]],
        [("findings", "F", "unmarked")],
    ),
    "incidents with a code": (
        [["Severity", "Person ID", "Message", "Code"], ["High", "P1", "Fell", "acc.fall"]],
        [("findings", "F", "unmarked")],
    ),
    "findings of nobody yet": ([headers("findings")], [("findings", "F", "unmarked")]),
    "findings and a note of somebody's own": (
        [headers("findings"), FINDING, [*FINDING[:8], "ask Anna", None, None, None]],
        [("findings", "F", "unmarked")],
    ),
    "a log of something else": (
        [["Checked at", "Changed statuses"], ["gate 3", "opened"]],
        [("log", "F", "unmarked")],
    ),
    "figures of a report": (
        [["Figure", "Result"], ["People", Formula("=Staff!A1", 312)], ["Turnover", Formula("=Staff!A2", 0.1)]],
        [("figures", "F", "unmarked")],
    ),
    "the last inspection": (
        [["Last check", "Result"], ["Lift", "passed"], ["As of", date(2025, 1, 1)]],
        [("last_check", "F", "unmarked")],
    ),
    "a month's plan": (
        [["At a glance", "How many"], ["Lifts passed", Formula("=Plan!B1", 4)]],
        [("glance", "F", "unmarked")],
    ),
    "shifts": (
        [["Date", "Employee", "Working"], [date(2026, 3, 17), "Basil", "no"]],
        [("own_days", "F", "mixed")],
    ),
    "shifts, who they are of at the end": (
        [["Date", "Working", "Employee"], [date(2026, 3, 17), "no", "Basil"]],
        [("own_days", "F", "mixed")],
    ),
    "settings of a machine": ([["Setting", "Value"], ["Pressure", 4]], [("settings", "F", "no_setting")]),
    "salary notices of others": (
        [headers("salary"), ["X7", "2026Q1", 1, None, None, None], ["X8", "2026Q1", 1, None, None, "agreed"]],
        [("salary", "F", "nobody")],
    ),
}


@pytest.mark.parametrize("case", FOREIGN)
@pytest.mark.parametrize("options", [{}, {"findings_sheet": True, "add_columns": True}], ids=["plain", "adding"])
def test_a_sheet_of_somebody_s_own_stays_as_it_is(case: str, options: dict[str, bool]) -> None:
    sheet, named = FOREIGN[case]
    made = book(F=sheet)
    summary = refreshed(made, **options)
    assert made.grids["F"] == sheet
    assert left(summary) == named
    assert made.grids["R"][1][ROSTER[0].index("Status")] == "Overdue"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_left_alone_is_said_with_its_place(lang: str) -> None:
    made = book(F=[["", ""], ["Severity", "Person ID", "Message"], ["High", "P1", "Fell"]])
    [one] = refreshed(made).left_alone
    assert "«F»" in one.message(lang)
    assert " 2" in one.message(lang)
    assert say("table.findings", lang) in one.message(lang)


def test_appraisals_are_no_salary_notices() -> None:
    made = book(F=FOREIGN["appraisals"][0])
    assert not gather(made).notices.any


@pytest.mark.parametrize("case", ["shifts", "shifts, who they are of at the end"])
def test_shifts_are_no_own_days(case: str) -> None:
    made = book(F=FOREIGN[case][0])
    assert not gather(made).settings_for(NOW.date()).own_days


def test_own_days_beside_other_tables_are_own_days() -> None:
    day = date(2026, 3, 17)
    made = book(F=[["Setting", "Value", "Meaning", None, "Date", "Working"], ["Edition", "law", "x", None, day, "no"]])
    assert gather(made).settings_for(NOW.date()).own_days == ((day, False),)


# ---- what is ours


OURS: dict[str, Grid] = {
    "findings": [headers("findings"), FINDING],
    "log": [headers("log"), LINE],
    "last_check": [["Last check", "Result"], *([column.header(), None] for column in LOG)],
    "figures": [["Figure", "Result"], *([say(f"figure.{key}"), Formula("=1", 0)] for key in FIGURES)],
}


@pytest.mark.parametrize("kind", OURS)
def test_what_only_we_write_is_ours_without_a_mark(kind: str) -> None:
    made = book(F=OURS[kind])
    summary = refreshed(made)
    assert not summary.left_alone
    assert made.grids["F"] != OURS[kind]


@pytest.mark.parametrize("kind", ["findings", "log"])
@pytest.mark.parametrize("name", ["{}", "{}2", "{}13"])
def test_a_table_of_our_name_is_ours(kind: str, name: str) -> None:
    mark = (name.format(TABLE_NAMES[kind]), 1, 0, 20)
    made = book({"F": [mark]}, F=[headers(kind)])
    assert not refreshed(made).left_alone
    assert len(made.grids["F"]) > 1


@pytest.mark.parametrize(
    "mark",
    [("Findings", 2, 0, 20), ("Findings", 1, 3, 20), ("MyFindings", 1, 0, 20), ("Findings_old", 1, 0, 20)],
    ids=["of another row", "of other columns", "of another name", "of a longer name"],
)
def test_a_table_that_bears_no_such_name_is_not(mark: tuple[str, int, int, int]) -> None:
    made = book({"F": [mark]}, F=[headers("findings")])
    assert left(refreshed(made)) == [("findings", "F", "unmarked")]


def test_somebody_s_own_table_called_findings_is_not_ours() -> None:
    sheet = FOREIGN["incidents"][0]
    made = book({"F": [("Findings", 1, 0, 2)]}, F=sheet)
    assert left(refreshed(made, findings_sheet=True)) == [("findings", "F", "unmarked")]
    assert made.grids["F"] == sheet


def test_a_row_typed_among_our_findings_is_not_lost() -> None:
    typed = ["Data", "P1", None, None, None, None, None, None, "ask Anna", None, None, None]
    made = book({"F": [("Findings", 1, 0, 20)]}, F=[headers("findings"), FINDING, typed])
    with pytest.raises(UnusableFile) as refused:
        refreshed(made)
    assert (refused.value.code, refused.value.fields["sheet"], refused.value.fields["row"]) == ("stray_finding", "F", 3)
    assert made.grids["F"][2] == typed


HEADERS_ONLY = [[*SPECIALIST]]
ROSTERS_ELSEWHERE: dict[str, tuple[dict[str, Grid], list[tuple[str, int]]]] = {
    "on one sheet": ({"B": ROSTER}, [("B", 1)]),
    "on two sheets": ({"B": ROSTER, "C": ROSTER}, [("B", 1), ("C", 1)]),
    "below a title": ({"B": [["Staff of the plant"], [], *ROSTER]}, [("B", 3)]),
    "headers over two rows": ({"B": [["Person ID"], [None, *[*SPECIALIST][1:]], [*SPECIALIST.values()]]}, [("B", 2)]),
    "twice on one sheet, said once": ({"B": [*ROSTER, [], *ROSTER]}, [("B", 1)]),
    "headers without people": ({"B": HEADERS_ONLY}, [("B", 1)]),
    "no roster": ({"B": [["Person ID", "Phone"], ["P1", "12"]]}, []),
    "nothing": ({"B": []}, []),
}


@pytest.mark.parametrize("name", ROSTERS_ELSEWHERE)
def test_rosters_on_sheets_that_were_not_asked_for_are_said(name: str) -> None:
    sheets, where = ROSTERS_ELSEWHERE[name]
    summary = refreshed(book(None, **sheets), sheet="R")
    assert [(one.sheet, one.row) for one in summary.left_alone if one.why == "not_asked"] == where
    assert summary.people == 1


@pytest.mark.parametrize(("lang", "words"), [("en", "not checked"), ("ru", "не проверены")])
def test_a_roster_that_was_not_asked_for_is_among_what_was_not_looked_at(lang: str, words: str) -> None:
    summary = refreshed(book(B=ROSTER), sheet="R", lang=lang)
    assert any(words in line and "«B»" in line for line in summary.coverage.in_words(lang))


def test_the_second_of_two_findings_of_ours_is_left_alone() -> None:
    made = book(F=OURS["findings"], G=OURS["findings"])
    assert left(refreshed(made)) == [("findings", "G", "other")]
    assert made.grids["G"] == OURS["findings"]


# ---- two tables of a kind


LAW = [["Setting", "Value"], ["Edition", "law"]]
CAREFUL = [["Setting", "Value"], ["Edition", "careful"]]


def test_of_two_settings_the_marked_one_counts() -> None:
    made = book({"G": [("SettingsTable", 1, 0, 1)]}, F=LAW, G=CAREFUL)
    summary = refreshed(made)
    assert summary.settings.edition == "careful"
    assert left(summary) == [("settings", "F", "other")]


def test_of_two_settings_the_one_with_a_known_name_counts() -> None:
    summary = refreshed(book(F=[["Setting", "Value"], ["Pressure", 4]], G=CAREFUL))
    assert summary.settings.edition == "careful"
    assert left(summary) == [("settings", "F", "no_setting")]


def test_of_two_settings_the_one_on_the_roster_s_sheet_counts() -> None:
    made = book(G=CAREFUL)
    for row, line in enumerate([[], [], *LAW]):
        if row >= len(made.grids["R"]):
            made.grids["R"].append([])
        made.grids["R"][row] += [None] * (60 - len(made.grids["R"][row])) + line if line else []
    summary = refreshed(made)
    assert summary.settings.edition == "law"
    assert left(summary) == [("settings", "G", "other")]


@pytest.mark.parametrize("kind", ["settings", "salary", "documents"])
def test_two_that_are_meant_as_well_as_each_other_are_refused_with_both_places(kind: str) -> None:
    rows = {"settings": ["Edition", "law"], "salary": ["P1", "2026Q1"], "documents": ["P1", "Visa"]}[kind]
    with pytest.raises(UnusableFile) as refused:
        refreshed(book(F=[headers(kind), rows], G=[[], headers(kind), rows]))
    for lang in LANGUAGES:
        message = refused.value.message(lang)
        assert "«F»" in message
        assert "«G»" in message
        assert " 2" in message
        assert f"«{headers(kind)[0]}»" in message


# ---- workbooks


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("ending", ["xlsx", "xlsm"])
def test_the_workbook_s_tables_are_all_known_as_ours(lang: str, ending: str) -> None:
    file = Path("workbook") / ("" if lang == "en" else lang) / f"hqs_roster.{ending}"
    with ClosedBook(Path(__file__).parents[2] / file) as opened:
        found = gather(opened)
    assert not found.left_alone
    # What their own headers mean, people say in a table of theirs.
    assert found.found.keys() == found.written == TABLES.keys() - {"means"}
