"""The built workbooks opened for real: their formulas, their flags, and one check told from beginning to end."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from openpyxl import load_workbook

from hqs_xl.hosts.closed import ClosedBook
from hqs_xl.roster.columns import TABLES, facts
from hqs_xl.template.build import DEMO_DAY, build
from hqs_xl.template.looks import PALE, SEVERITIES, STATUSES
from hqs_xl.template.sheets.stages import PLACES
from hqs_xl.template.sheets.tables import letters
from hqs_xl.texts import say
from tests.calc.office import ROOT, Office

STORIES = "tests.calc.stories"
WORKBOOK = ROOT / "workbook"
FILES = {"en": WORKBOOK, "ru": WORKBOOK / "ru"}
BOTH = [(lang, kind) for lang in FILES for kind in ("xlsx", "xlsm")]
EPOCH = date(1899, 12, 30)
COLUMNS = PLACES
# Row 1 is the band, row 2 the header.
FIRST = "3"


def plain(value: Any) -> Any:
    """As LibreOffice holds it."""
    if isinstance(value, datetime):
        return float((value.date() - EPOCH).days)
    return "" if value is None else float(value) if isinstance(value, int) else value


# --- Formulas --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "kind"), BOTH)
def test_every_formula_counts_to_the_value_the_build_stored(office: Office, lang: str, kind: str) -> None:
    file = FILES[lang] / f"hqs_roster.{kind}"
    formulas, values = load_workbook(file), load_workbook(file, data_only=True)
    found = office.run(STORIES, "formulas", file=str(file))
    told = {
        (sheet.title, cell.row, cell.column): values[sheet.title].cell(cell.row, cell.column).value
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f" and cell.row and cell.column
    }
    assert len(told) >= 64 * 6 + 1, "the roster's answers, and the call behind them"
    assert [place for place in told if f"{place[1]},{place[2]}" not in found.get(place[0], {})] == []
    lines, people = say("sheet.lines", lang), values[say("sheet.roster", lang)].max_row
    different = []
    for sheet, cells in found.items():
        for key, value in cells.items():
            row, column = map(int, key.split(","))
            beyond = sheet == lines and row > people - 1 and column > 1 and (sheet, row, column) not in told
            # An array does not grow by itself here: past the people it stands empty, in LibreOffice's words.
            stored = "#N/A" if beyond else plain(values[sheet].cell(row, column).value)
            # What asks about a fixed day says how long ago it is, and so moves with the day of the run.
            moves = "TODAY()" in str(formulas[sheet].cell(row, column).value)
            if value != stored and not moves:
                different.append((sheet, key, stored, value))
    assert different == []


# --- Flags -----------------------------------------------------------------------------------------------------------


def expected_flags(sheets: Mapping[str, Any], lang: str) -> dict[str, str]:
    """The roster's coloured facts, "row,column" from row 1 and column 0, as the sheet Findings names them."""
    sheet, findings = say("sheet.roster", lang), sheets[say("sheet.findings", lang)]
    # A flag looks for the id, and where that stands in several rows for the row.
    rows: dict[Any, list[str]] = {}
    for number, cells in sheets[sheet].items():
        rows.setdefault(cells.get("0"), []).append(number)
    places = {header: place for place, header in sheets[sheet]["2"].items()}
    keys = [column.key for column in TABLES["findings"]]
    gravest: dict[str, int] = {}
    order = [say(f"severity.{severity}", lang) for severity in SEVERITIES]
    for cells in findings.values():
        found = {key: cells.get(str(place)) for place, key in enumerate(keys)}
        mine = rows.get(found["person_id"], []) if found["sheet"] == sheet else []
        for row in mine if len(mine) < 2 else [str(int(found["row"]))]:
            at = f"{row},{places[found['column']]}"
            gravest[at] = min(order.index(found["severity"]), gravest.get(at, len(order)))
    marks = [PALE[colour] for colour, _ in SEVERITIES.values()]
    return {at: marks[grade] for at, grade in gravest.items()}


def expected_statuses(sheets: Mapping[str, Any], lang: str) -> dict[str, str]:
    """The colours of id, name and status by the status word."""
    found: dict[str, str] = {}
    for number, cells in sheets[say("sheet.roster", lang)].items():
        word = str(cells.get(str(COLUMNS["status"]), ""))
        for key, (colour, _) in STATUSES.items():
            if int(number) >= int(FIRST) and word.startswith(say(f"status.{key}", lang)):
                found |= {f"{number},{place}": PALE[colour] for place in (0, 1, COLUMNS["status"])}
                break
    return found


def shown(colours: Mapping[str, Any], sheet: str) -> dict[str, str]:
    """The flags of a sheet, as they are shown; grey headers and answers are none."""
    marks = set(PALE.values())
    return {at: one for at, one in colours[sheet].items() if one in marks}


def flags_agree(sheets: Mapping[str, Any], colours: Mapping[str, Any], lang: str) -> None:
    # The status colours id and name before a finding does.
    expected = expected_flags(sheets, lang) | expected_statuses(sheets, lang)
    assert shown(colours, say("sheet.roster", lang)) == expected


@pytest.mark.parametrize(("lang", "kind"), BOTH)
def test_flags_are_the_cells_that_findings_names(office: Office, tmp_path: Path, lang: str, kind: str) -> None:
    file = FILES[lang] / f"hqs_roster.{kind}"
    told = office.run(STORIES, "colours", file=str(file), folder=str(tmp_path))
    assert len(expected_flags(told["sheets"], lang)) >= 40
    flags_agree(told["sheets"], told["colours"], lang)


IDS = ["12", "0012", "12.0", "P*1", "PX1", "P?1", "p1", "P1", "~", "~~", "~*", "a b", ">5", "=x", "<>", "?", "*"]


def test_ids_are_compared_letter_for_letter(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "roster.xlsx"
    build(file, lang="en", macros=False, demo=True)
    # Of people of whom each has a finding of their own; each id twice, but for the last two with needless spaces.
    ids = [*IDS * 2, " before", "after\u00a0"]
    told = office.run(STORIES, "with_ids", file=str(file), folder=str(tmp_path), ids=ids)
    rows = told["sheets"]["Roster"]
    people = [rows[str(row)] for row in range(3, len(ids) + 3)]
    assert [one["0"] for one in people] == ids
    for one in people:
        one["0"] = one["0"].strip(" \u00a0")
    flags_agree(told["sheets"], told["colours"], "en")
    assert len({row for row, *_ in (at.split(",") for at in shown(told["colours"], "Roster"))}) > len(IDS)
    assert told["own"] == [*[False] * len(IDS) * 2, *[True] * 3, False]
    names = [one["1"] for one in people]
    assert told["named"] == [*names[: len(IDS)] * 2, *names[-2:]]


def test_an_id_that_is_near_another_may_be_typed(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "roster.xlsx"
    build(file, lang="en", macros=False, demo=True)
    told = office.run(STORIES, "with_ids", file=str(file), folder=str(tmp_path), ids=IDS)
    assert told["own"] == [*[True] * len(IDS), True, False]


# --- The whole story -------------------------------------------------------------------------------------------------

EXPIRES = DEMO_DAY + timedelta(days=10)


@pytest.fixture(scope="module", params=["xlsx", "xlsm"])
def told(request: pytest.FixtureRequest, office: Office, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A copy of the workbook in which the first person's permit comes to expire in ten days."""
    folder = tmp_path_factory.mktemp(f"story-{request.param}")
    file = folder / f"hqs_roster.{request.param}"
    copy(WORKBOOK / file.name, file)
    letter = letters(COLUMNS["permit_expires"])
    day = (EXPIRES - EPOCH).days
    found = office.run(STORIES, "story", file=str(file), folder=str(folder), cell=f"{letter}{FIRST}", day=day)
    return found | {"folder": folder, "file": file}


def first(sheets: Mapping[str, Any]) -> dict[str, Any]:
    """The answers beside the first person."""
    row = sheets["Roster"][FIRST]
    return {key: row.get(str(COLUMNS[key])) for key in ("next_action", "next_due", "days_left", "status")}


def findings(sheets: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    keys = [column.key for column in TABLES["findings"]]
    wanted = [str(keys.index(key)) for key in ("severity", "person_id", "sheet", "row", "column", "code")]
    return [tuple(row.get(key) for key in wanted) for number, row in sheets["Findings"].items() if number != "1"]


def test_opening_it_changes_nothing(told: Any) -> None:
    assert told["opened"][2] is False
    assert first(told["opened"][0])["status"] == "OK"


def test_a_new_day_is_answered_as_soon_as_it_is_counted(told: Any) -> None:
    assert told["recalculated"] == ""
    due = float((EXPIRES - timedelta(days=30) - EPOCH).days)
    expected = {"next_action": "File for the permit's renewal", "next_due": due, "days_left": -20.0}
    assert first(told["changed"][0]) == expected | {"status": "Overdue"}
    assert findings(told["changed"][0]) == findings(told["opened"][0]), "findings wait for the check"


def test_the_check_says_what_it_found(told: Any) -> None:
    title, counts, written, *_ = lines = told["check"].splitlines()
    assert re.match(rf"{re.escape(told['file'].name)}: as of 2026-11-23, \d+ days? ago, edition card", title)
    assert counts == "People: 64. Violations: 30, done late: 6, due: 6, to ask: 0, data: 7, outside the card: 1."
    assert written == "Answers and findings of this workbook are up to date."
    assert "Looked at: 64 people, 29 of 29 rules." in lines
    assert told["counts"] is True


def test_the_finding_appears_and_names_the_cell(told: Any) -> None:
    old, new = findings(told["opened"][0]), findings(told["checked"][0])
    fresh = ("Violation", "HQS-00001", "Roster", 3.0, "Renewal filed", "permit.renewal_overdue")
    assert [one for one in new if one not in old] == [fresh]
    assert [one for one in old if one not in new] == []


def test_the_flag_moves_to_that_cell(told: Any) -> None:
    at = f"{FIRST},{COLUMNS['renewal_filed']}"
    assert at not in shown(told["opened"][1], "Roster")
    assert at not in shown(told["changed"][1], "Roster"), "a flag waits for the check as well"
    assert shown(told["checked"][1], "Roster")[at] == PALE[SEVERITIES["violation"][0]]
    flags_agree(told["checked"][0], told["checked"][1], "en")


def test_the_check_is_one_step_and_undone_in_one(told: Any) -> None:
    assert told["steps"] == ["HQS: Check roster"]
    assert told["undone"] == told["changed"]
    assert told["redone"] == told["checked"]


def test_a_second_check_writes_nothing(told: Any) -> None:
    text, steps = told["second"]
    assert text.splitlines()[2] == "Nothing differs from the last check."
    assert steps == told["steps"]


def typed_places(kind: str) -> set[int]:
    """Where the facts stand that people type."""
    if kind == "roster":
        return {PLACES[one.key] for one in facts(kind)}
    return set(range(len(facts(kind))))


def rows_of(sheets: Mapping[str, Any], kind: str) -> dict[str, dict[str, Any]]:
    """Every fact of every row of a table that begins its sheet."""
    typed = typed_places(kind)
    sheet = sheets[say(f"sheet.{kind}")]
    return {number: {place: one for place, one in row.items() if int(place) in typed} for number, row in sheet.items()}


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_saved_and_opened_again_nothing_of_the_roster_is_lost(told: Any, kind: str) -> None:
    sheets, colours, text, again = told[kind]
    for table in ("roster", "salary", "documents", "employer"):
        assert rows_of(sheets, table) == rows_of(told["checked"][0], table), table
    assert first(sheets) == first(told["checked"][0])
    assert findings(sheets) == findings(told["checked"][0])
    flags_agree(sheets, colours, "en")
    # The line on the edition names the file.
    then, now = ([line for line in one.splitlines()[1:] if "hqs-xl check" not in line] for one in (told["check"], text))
    assert now == then, "the errors past the people, now values, are gone"
    assert again.splitlines()[2] == "Nothing differs from the last check."


def test_the_saved_workbook_holds_every_fact_of_the_first_one(told: Any) -> None:
    def read(file: Path, kind: str) -> list[dict[int, Any]]:
        with ClosedBook(file) as book:
            rows = [dict(cells) for _, cells in book.rows(say(f"sheet.{kind}"))]
        typed = typed_places(kind)
        return [{place: plain(one) for place, one in row.items() if place in typed} for row in rows]

    saved = told["folder"] / "saved.xlsx"
    assert read(saved, "salary") == read(told["file"], "salary")
    before, after = read(told["file"], "roster"), read(saved, "roster")
    assert after[2].pop(COLUMNS["permit_expires"]) == (EXPIRES - EPOCH).days
    before[2].pop(COLUMNS["permit_expires"])
    assert after == before
