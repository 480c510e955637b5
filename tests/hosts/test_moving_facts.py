"""Facts that move with the day by what their formulas refer to, and blanks that may be none tomorrow."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
import xlsxwriter

from hqs_xl.compliance.check import check_roster, read_roster
from hqs_xl.hosts.closed import ClosedEdit, open_book
from hqs_xl.roster.findings import Finding
from hqs_xl.roster.settings import Settings
from hqs_xl.sync.book import refresh_book

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TODAY = date(2026, 11, 28)
HEADS = ["Person ID", "Relation", "Agreement signed", "Left on", "Owns housing", "Mine", "Plan"]
SIGNED, LEFT, HOUSING = range(2, 5)
SERIAL = 46_083  # 2 March 2026
# Cells of the sheet Other with their formulas, all of which come to that day.
OTHER = {
    "A1": "=TODAY()",
    "A2": "=A1+3",
    "A3": '=IF(TODAY()>$B$1,$B$1,"")',
    "A4": "=NOW()",
    "A5": "=Roster!$B$30",
    "A6": "=A7",
    "A7": "=A6",
    "B1": SERIAL,
    "B2": "=B1+0",
    "B3": '="=TODAY()"',
    "C1": "=A2",
    "C2": "=C1",
    "C3": "=C2",
}
NAMES = {
    "ADay": "=Other!$A$1",
    "InAWeek": "=TODAY()+7",
    "Later": "=InAWeek+1",
    "Fixed": "=Other!$B$1",
    "Both": "=Other!$A$1:$B$1",
}
LOOK = [("P1", "=Other!A1", SERIAL), ("P2", SERIAL, SERIAL)]


def made(path: Path, cells: Mapping[tuple[int, int], tuple[str, Any]], typed: Mapping[int, Any] | None = None) -> Path:
    """A roster of one person, formulas and their results by row and column of the roster."""
    with xlsxwriter.Workbook(path / "r.xlsx", {"default_date_format": "yyyy-mm-dd"}) as book:
        roster, other = book.add_worksheet("Roster"), book.add_worksheet("Other")
        roster.write_row(0, 0, HEADS)
        roster.write_row(1, 0, ["P1", "HQS", date(2026, 3, 2)])
        for column, value in (typed or {}).items():
            roster.write(1, column, value)
        for (row, column), (formula, result) in cells.items():
            roster.write_formula(row, column, formula, None, result)
        for place, value in OTHER.items():
            if isinstance(value, str):
                other.write_formula(place, value, None, SERIAL)
            else:
                other.write(place, value)
        other.write_array_formula("J1:K2", "{=A1:B2}", None, SERIAL)
        other.add_table(
            "E1:G3", {"name": "Look", "columns": [{"header": "Id"}, {"header": "Moves"}, {"header": "Stays"}]}
        )
        for number, line in enumerate(LOOK, 1):
            other.write_row(number, 4, line)
        for name, formula in NAMES.items():
            book.define_name(name, formula)
    return with_blank_texts(path / "r.xlsx")


def with_blank_texts(path: Path) -> Path:
    """The file with "" stored as Excel stores it; XlsxWriter has nothing stored for it."""
    with ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    with ZipFile(path, "w") as target:
        for name, data in parts.items():
            target.writestr(name, re.sub(rb'"(><f>[^<]*</f><v></v>)', rb'" t="str"\1', data))
    return path


def found_in(path: Path, column: str) -> list[str]:
    with open_book(path) as book:
        roster = read_roster(book)
    findings = check_roster(roster, Settings(TODAY)).findings
    return [one.message for one in findings if one.column == column and one.code.startswith("data")]


MOVING = [
    "=Other!$A$1",
    "=Other!A4",
    "=MIN(Other!$A$1,G2)",
    "=Other!$A$1-30",
    "=Other!A2",
    "=Other!C3",
    "=ADay",
    "=InAWeek",
    "=Later",
    "=INDEX(Both,1,1)",
    '=INDIRECT("Other!A1")',
    '=INDIRECT("ADay")',
    "=OFFSET(Other!$A$1,0,0)",
    "=MAX(Other!A1:INDEX(Other!A:A,2))",
    "=Other!K2",
    "=OFFSET(Other!$A$2,-1,0)",
    "=MAX(Look[Moves])",
    "=VLOOKUP(G2,Other!A:B,1,FALSE)",
    "=VLOOKUP(G2,Other!B:C,2,FALSE)",
    "=VLOOKUP(G2,Other!A:B,COLUMN(B1),FALSE)",
    "=INDEX(Other!A:B,3,1)",
    "=_xlfn.XLOOKUP(G2,Other!B:B,Other!A:A)",
    "=_xlfn.XLOOKUP(G2,Other!B:B,Other!B:B,Other!A1)",
    "=LOOKUP(G2,Other!A1:A2)",
    "=LOOKUP(G2,Other!B1:B2,Other!A1:A2)",
    "=SUMIF(Other!A:A,G2)",
    "=SUMIF(Other!B:B,G2,Other!A:A)",
    "=SUMIFS(Other!A:A,Other!B:B,G2)",
    "=_xlfn._xlws.FILTER(Other!A1:A2,Other!B1:B2=G2)",
    '=VLOOKUP("P2",Look,2,FALSE)',
    "=SUM(Other!A:A)",
    "=MAX(Other!1:1)",
    "=G2+0*Other!$A$1",
    '=IF(F2="yes",Other!$A$1,"")',
    "=IFERROR(G2,Other!$A$1)",
    "=EDATE(Other!$A$1,12)",
    "=SOMEBODYS(Other!$A$1)",
    '=TEXT(Other!$A$1,"dd.mm.yyyy")',
    "=TODAY()",
]
STAYING = [
    "=D2+30",
    "=G2",
    "=Other!B1",
    "=Other!$B$2",
    "=Fixed",
    '=VLOOKUP("P2",Look,3,FALSE)',
    "=MAX(Look[Stays])",
    "=VLOOKUP(G2,Other!A:B,2,FALSE)",
    "=VLOOKUP(Other!A1,Other!$A$1:$B$9,2,TRUE)",
    "=INDEX(Other!B1:B3,Other!A1-Other!B1+1)",
    "=_xlfn.XLOOKUP(G2,Other!A:A,Other!B:B)",
    "=LOOKUP(G2,Other!A1:A2,Other!B1:B2)",
    "=SUMIF(Other!A:A,G2,Other!B:B)",
    "=SUMIFS(Other!B:B,Other!A:A,G2)",
    "=_xlfn._xlws.FILTER(Other!B1:B2,Other!A1:A2)",
    "=MAX(Other!B:B)",
    "=Other!B3",
    '="=TODAY()"&G2',
    '=IF(G2="",Other!B1,"TODAY()")',
    "=Other!A3",
    '=IF(Other!$A$1>G2,G2,"")',
    "=INDEX(Other!B1:B3,MATCH(Other!A1,Other!B1:B3,1))",
    "=Other!A6",
    "=Other!A5",
    "=ROW(Other!A1)+G2",
    "=NoSuchName+G2",
    "=[1]Sheet1!$A$1",
    '=INDIRECT("Other!B"&1)',
    "=C2",
]


@pytest.mark.parametrize("formula", MOVING)
def test_a_fact_on_a_cell_that_moves_is_none(formula: str, tmp_path: Path) -> None:
    messages = found_in(made(tmp_path, {(1, SIGNED): (formula, SERIAL)}), "agreement_signed")
    assert ["another day tomorrow" in one for one in messages] == [True]


@pytest.mark.parametrize("formula", STAYING)
def test_a_fact_on_cells_that_stay_is_one(formula: str, tmp_path: Path) -> None:
    assert found_in(made(tmp_path, {(1, SIGNED): (formula, SERIAL)}), "agreement_signed") == []


# What stands in Plan and Mine, the formula in Left on, which comes to "", and whether that may be another today.
BLANKS = [
    ({6: date(2026, 12, 1)}, '=IF(G2<TODAY(),G2,"")', True),
    ({6: date(2026, 12, 1)}, '=IF(G2<Other!$A$1,G2,"")', True),
    ({6: date(2026, 12, 1)}, '=IF(G2="","",IF(G2<TODAY(),G2,""))', True),
    ({6: date(2026, 12, 1), 5: "no"}, '=IF(AND(F2="yes",G2<TODAY()),G2,"")', True),
    ({}, '=IF(Other!B1>TODAY(),"",Other!B1)', True),
    ({6: date(2026, 12, 1)}, '=IF(G2<TODAY(),TODAY(),"")&Other!$D$9', True),
    ({}, '=IF(G2="","",IF(G2<TODAY(),G2,""))', False),
    ({5: "no"}, '=IF(AND(F2="yes",G2<TODAY()),G2,"")', False),
    ({5: "no"}, '=IF(F2="yes",TODAY(),"")&Other!$D$9', False),
    ({6: date(2026, 12, 1)}, '=IF(G2<Other!$B$1,G2,"")', False),
    ({6: date(2026, 12, 1)}, '=IF(F2="yes",G2,"")', False),
]


@pytest.mark.parametrize(("typed", "formula", "moves"), BLANKS)
def test_a_blank_that_may_be_none_today_is_asked_about(
    typed: dict[int, Any], formula: str, moves: bool, tmp_path: Path
) -> None:
    messages = found_in(made(tmp_path, {(1, LEFT): (formula, "")}, typed), "left_on")
    assert ["may hold something" in one for one in messages] == [True] * moves


def test_a_word_that_is_blank_so_is_asked_about_too(tmp_path: Path) -> None:
    cells = {(1, HOUSING): ('=IF(G2<TODAY(),"yes","")', "")}
    messages = found_in(made(tmp_path, cells, {6: date(2026, 12, 1)}), "owns_housing")
    assert ["may hold something" in one for one in messages] == [True]


def test_rows_of_nothing_but_formulas_that_come_to_blanks_are_none(tmp_path: Path) -> None:
    filled = {(row, LEFT): (f'=IF(Other!$A$1>Other!$B$1,"","{row}")', "") for row in range(2, 9)}
    with open_book(made(tmp_path, filled)) as book:
        roster = read_roster(book)
    assert [person.person_id for person, _ in roster.people] == ["P1"]


@pytest.mark.parametrize("formula", ["=Other!$A$1", "=TODAY()"])
def test_a_refresh_finds_it_as_well(formula: str, tmp_path: Path) -> None:
    told: list[Finding] = []
    with ClosedEdit(made(tmp_path, {(1, SIGNED): (formula, SERIAL)})) as book:
        refresh_book(book, now=datetime(2026, 11, 28, 9), tell=told.append)
    assert [one.column for one in told if "another day tomorrow" in one.message] == ["agreement_signed"]


def test_a_fact_on_a_name_for_today_is_none_where_no_sheet_says_today(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "r.xlsx") as book:
        roster = book.add_worksheet("Roster")
        roster.write_row(0, 0, HEADS)
        roster.write_row(1, 0, ["P1", "HQS"])
        roster.write_formula(1, SIGNED, "=InAWeek", None, SERIAL)
        book.define_name("InAWeek", NAMES["InAWeek"])
    messages = found_in(tmp_path / "r.xlsx", "agreement_signed")
    assert ["another day tomorrow" in one for one in messages] == [True]
