"""A refresh leaves no old results: what a user's own formulas over the answers show afterwards."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from hqs_xl.compliance.check import check_roster, read_roster
from hqs_xl.hosts.closed import open_book
from hqs_xl.refresh.one import Job, Options, State, refresh_file
from hqs_xl.roster.columns import ROSTER
from hqs_xl.rows import UNCOUNTED, column_name
from tests.hosts import several_sheets
from tests.hosts.several_sheets import formula
from tests.roster.people import SPECIALIST

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 4, 1, 9)
STATUS = column_name([column.key for column in ROSTER].index("status"))
DAYS_FROM = date(1899, 12, 30).toordinal()


def cell(reference: str, value: Any) -> str:
    if isinstance(value, date):
        return several_sheets.number(reference, value.toordinal() - DAYS_FROM)
    return f'<c r="{reference}" t="inlineStr"><is><t>{value}</t></is></c>'


def roster(path: Path, summary: str, **cells: str) -> Path:
    """A roster of one person, some of whose cells are given as they are written, and a sheet of the user's."""
    facts = {**SPECIALIST, "permit_expires": date(2026, 4, 20)}
    heads = "".join(cell(f"{column_name(place)}1", column.header()) for place, column in enumerate(ROSTER))
    held = "".join(
        cells.get(column.key) or cell(f"{column_name(place)}2", facts[column.key])
        for place, column in enumerate(ROSTER)
        if column.key in cells or facts.get(column.key) is not None
    )
    sheets = {"Roster": f'<row r="1">{heads}</row><row r="2">{held}</row>', "Summary": summary}
    return several_sheets.write(path / "roster.xlsx", sheets)


def refreshed(path: Path) -> State:
    return refresh_file(Job(path, Options(now=NOW, backups=0))).state


def summary(path: Path) -> dict[int, Any]:
    with open_book(path) as book:
        return {number: cells.get(0) for number, cells in book.rows("Summary")}


def test_a_count_of_the_statuses_is_taken_out_and_the_rest_stays(tmp_path: Path) -> None:
    cells = (
        formula("A1", f'COUNTIF(Roster!{STATUS}2:{STATUS}100,"Overdue")', 0),
        formula("A2", f"Roster!{STATUS}2", "OK", "str"),
        formula("A3", "COUNTA(Roster!A2:A100)", 1),
    )
    path = roster(tmp_path, several_sheets.rows(*cells))
    assert refreshed(path) is State.CHANGED
    assert summary(path) == {1: UNCOUNTED, 2: UNCOUNTED, 3: 1}
    before = path.read_bytes()
    assert refreshed(path) is State.SAME
    assert path.read_bytes() == before


def test_a_look_up_of_a_fact_over_the_whole_table_stays(tmp_path: Path) -> None:
    last = column_name(len(ROSTER) - 1)
    path = roster(tmp_path, several_sheets.rows(formula("A1", f'VLOOKUP("P1",Roster!A:{last},2,FALSE)', "Ivan", "str")))
    refreshed(path)
    assert summary(path) == {1: "Ivan"}


def test_a_fact_that_stands_on_an_answer_is_said_to_be_unknown_from_then_on(tmp_path: Path) -> None:
    place = column_name([column.key for column in ROSTER].index("left_on"))
    on_answer = formula(f"{place}2", f'IF({STATUS}2="OK",46000,"")', "", "str")
    path = roster(tmp_path, "", left_on=on_answer)
    assert refreshed(path) is State.CHANGED
    with open_book(path) as book:
        found = read_roster(book)
        report = check_roster(found, found.other.settings_for(NOW.date()))
    assert [one.column for one in report.findings if one.code == "data.uncounted"] == ["left_on"]
    # The first refresh had a value to go by, the second has none; from then on nothing changes.
    refreshed(path)
    before = path.read_bytes()
    assert refreshed(path) is State.SAME
    assert path.read_bytes() == before


@pytest.mark.parametrize("dry_run", [False, True])
def test_the_sheets_that_change_are_said(dry_run: bool, tmp_path: Path) -> None:
    path = roster(tmp_path, several_sheets.rows(formula("A1", f"Roster!{STATUS}2", "OK", "str")))
    done = refresh_file(Job(path, Options(now=NOW, backups=0, dry_run=dry_run)))
    assert done.sheets == ("Roster", "Summary")
