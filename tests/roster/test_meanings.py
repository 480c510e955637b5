"""The user says what headers mean: in a table of the book, or on the command line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hqs_xl.cells.values import BadValue
from hqs_xl.compliance.check import Roster, check_roster, read_roster
from hqs_xl.hosts.memory import Grid, MemoryBook
from hqs_xl.roster.headers.meanings import meaning
from tests.roster_files import roster_file, run

DAY = date(2026, 3, 16)
HEADS: list[Any] = ["Person ID", "Relation", "Agreement signed", "Came", "Status"]
ROW: list[Any] = ["P1", "HQS", date(2025, 1, 20), date(2026, 2, 2), "mine"]


def read(*means: list[Any], **given: Any) -> Roster:
    sheets: dict[str, Grid] = {"R": [HEADS, ROW]}
    if means:
        sheets["M"] = [["Column", "Means"], *means]
    return read_roster(MemoryBook(sheets), **given)


@pytest.mark.parametrize("means", ["Entered on", "entered_on", "Въезд"])
def test_a_header_means_what_the_book_says(means: str) -> None:
    roster = read(["Came", means])
    assert [person.entered_on for person, _ in roster.people] == [ROW[3]]
    assert read().people[0][0].entered_on is None


def test_a_column_may_be_ones_own() -> None:
    assert "status" not in read(["Status", "-"]).other.found["roster"].headers
    assert read(["Came", "-"]).other.headers.own == []


def test_what_is_given_is_read_so_too() -> None:
    assert read(meanings={"came": "entered_on"}).people[0][0].entered_on == ROW[3]


def test_a_required_column_may_be_said() -> None:
    sheets: dict[str, Grid] = {"R": [["Code", *HEADS[1:]], ROW], "M": [["Столбец", "Означает"], ["Code", "Person ID"]]}
    assert [person.person_id for person, _ in read_roster(MemoryBook(sheets)).people] == ["P1"]


def test_a_column_nobody_knows_is_a_finding() -> None:
    roster = read(["Came", "Arrival at the moon"])
    findings = check_roster(roster, roster.other.settings_for(DAY)).findings
    assert [(one.code, one.row, one.table) for one in findings if one.table == "means"] == [
        ("data.unknown_word", 2, "means")
    ]
    with pytest.raises(BadValue):
        meaning("Arrival at the moon")


def test_an_unknown_column_on_the_command_line_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run("check", tmp_path / "r.xlsx", "--column", "Came=moon")
    assert left.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "«Came=moon» is no header=column" in line


def unmet(roster: Roster) -> list[tuple[str, str]]:
    found = check_roster(roster, roster.other.settings_for(DAY)).coverage.not_checked
    return [(one.what, one.message) for one in found if one.kind == "means"]


def test_a_header_that_stands_nowhere_is_said() -> None:
    gone = "the header «{}», whose meaning is given, stands above no column of a table"
    assert unmet(read(["Came", "Entered on"])) == []
    assert unmet(read(["Came on", "Entered on"])) == [("Came on", gone.format("Came on"))]
    assert unmet(read(["Came", "Entered on"], ["Cost\ncentre", "-"])) == [("Cost\ncentre", gone.format("Cost centre"))]
    assert unmet(read(meanings={"Arrival": "entered_on"})) == [("Arrival", gone.format("Arrival"))]
    assert unmet(read(["Came", "Entered on"], meanings={"STATUS": "-"})) == []
    # It stands in a cell, but above no column.
    assert unmet(read(["mine", "Entered on"])) == [("mine", gone.format("mine"))]


def test_a_header_of_the_command_line_that_stands_nowhere_counts_as_not_looked_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = roster_file(tmp_path / "r.xlsx")
    run("check", file, "--as-of", DAY, "--column", "Come on=entered_on")
    assert "«Come on», whose meaning is given" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(("text", "meant"), [("Citizenshp", "Citizenship"), ("enterd on", "Entered on")])
def test_a_column_that_is_nearly_named_is_asked_about(text: str, meant: str) -> None:
    roster = read(["Came", text])
    found = check_roster(roster, roster.other.settings_for(DAY)).findings
    [message] = [one.message for one in found if one.table == "means"]
    assert f"«{text}», which may mean «{meant}»" in message
