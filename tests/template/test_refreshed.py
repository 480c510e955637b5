"""The built workbook lives on: a fact changes, a refresh answers in every place, and nothing else moves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from hqs_xl.cli.program import main
from hqs_xl.hosts.closed import ClosedBook, ClosedEdit
from hqs_xl.refresh.one import Job, Options, State, refresh_file
from hqs_xl.roster.columns import LINES, TABLES
from hqs_xl.template.build import DEMO_DAY, build
from hqs_xl.template.sheets.stages import COLUMNS as ROSTER_COLUMNS
from hqs_xl.template.sheets.stages import PLACES
from hqs_xl.texts import LANGUAGES, say
from tests.compare_workbooks import compare
from tests.programs import needs_validator, validator_errors

SERIAL = DEMO_DAY.toordinal() - date(1899, 12, 30).toordinal()
COLUMNS = PLACES


@pytest.fixture(scope="module", params=["xlsx", "xlsm"])
def books(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The workbook with a permit that expires in ten days, before and after a refresh."""
    folder = tmp_path_factory.mktemp(request.param)
    built, before, after = (folder / f"{name}.{request.param}" for name in ("built", "before", "after"))
    build(built, macros=request.param == "xlsm")
    change(built, before, {COLUMNS["permit_expires"]: date.fromordinal(DEMO_DAY.toordinal() + 10)})
    assert main(["refresh", str(before), "--out", str(after), "--lang", "en"]) == 1
    return before, after


def change(source: Path, target: Path, facts: Mapping[int, Any]) -> None:
    """Type into the row of the first person, where nothing counts anew."""
    edit = ClosedEdit(source)
    edit.count_again = lambda: None  # type: ignore[method-assign]
    edit.edit_rows("Roster", lambda number, _: facts if number == 3 else {})
    with target.open("w+b") as stream:
        edit.write(stream)
    edit.close()


def rows(file: Path, sheet: str) -> dict[int, dict[int, Any]]:
    with ClosedBook(file) as book:
        return {number: dict(cells) for number, cells in book.rows(sheet)}


def answers(file: Path, sheet: str, row: int, kind: str) -> dict[str, Any]:
    cells = rows(file, sheet)[row]
    columns = ROSTER_COLUMNS if kind == "roster" else TABLES[kind]
    return {column.key: cells.get(place) for place, column in enumerate(columns) if column.answer}


def test_the_roster_answers_anew(books: tuple[Path, Path]) -> None:
    found = answers(books[1], "Roster", 3, "roster")
    assert (found["next_action"], found["status"]) == ("File for the permit's renewal", "Overdue")
    assert found["next_due"] == SERIAL + 10 - 30
    assert found["days_left"] == -20


def test_so_do_the_sheets_its_formulas_look_up(books: tuple[Path, Path]) -> None:
    for row in (2, 3, 65):
        found = answers(books[1], "Roster", row + 1, "roster")
        assert answers(books[1], "Answers", row, "lines") == found
        kept = {f"kept_{key}": value for key, value in found.items()}
        kept["kept_person_id"] = rows(books[1], "Roster")[row + 1][0]
        assert answers(books[1], "Kept answers", row, "kept") == kept
    assert len(LINES) == 7


def test_the_finding_names_the_cell(books: tuple[Path, Path]) -> None:
    old, new = (list(findings(file)) for file in books)
    assert [one for one in new if one not in old] == [
        ("Violation", "HQS-00001", "Roster", 3, "Renewal filed", "permit.renewal_overdue"),
    ]
    assert not [one for one in old if one not in new]


def findings(file: Path) -> Iterator[tuple[Any, ...]]:
    places = {column.key: place for place, column in enumerate(TABLES["findings"])}
    for number, cells in rows(file, "Findings").items():
        if number > 1:
            yield tuple(cells.get(places[key]) for key in ("severity", "person_id", "sheet", "row", "column", "code"))


def test_the_dashboard_counts_it(books: tuple[Path, Path]) -> None:
    for sheet, moved in (
        ("Dashboard", {"Overdue or broken": (29, 30)}),
        ("Figures", {"Violations": (29, 30), "Status: OK": (26, 25), "Status: Overdue": (24, 25)}),
    ):
        old, new = ({cells.get(0): cells.get(1) for cells in rows(file, sheet).values()} for file in books)
        assert {label: (old[label], new[label]) for label in old if old[label] != new[label]} == moved


def test_a_person_needing_action_has_a_name(books: tuple[Path, Path]) -> None:
    found = {cells.get(4): cells.get(5) for cells in rows(books[1], "Dashboard").values()}
    assert found["HQS-00001"] == rows(books[1], "Roster")[3][1]


def test_so_does_the_table_of_deadlines(books: tuple[Path, Path]) -> None:
    old, new = (
        [tuple(cells.get(place) for place in range(7)) for cells in rows(file, "Deadlines").values()] for file in books
    )
    (fresh,) = [one for one in new if one not in old]
    assert fresh[:1] + fresh[2:5] == (SERIAL - 20, -20, "File for the permit's renewal", "HQS-00001")
    assert [one for one in old if one not in new] == []


def test_the_log_says_who_moved(books: tuple[Path, Path]) -> None:
    old, new = (rows(file, "Log") for file in books)
    assert len(new) == len(old) + 1
    last = new[max(new)]
    assert "HQS-00001: OK → Overdue" in str([*last.values()])


def test_nothing_else_moved(books: tuple[Path, Path]) -> None:
    found = compare(*books)
    assert [one for one in found if not one.allowed] == []
    assert found


@needs_validator
def test_microsofts_validator_has_no_error(books: tuple[Path, Path]) -> None:
    assert validator_errors(books[1]) == []


def test_a_second_refresh_writes_nothing(books: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    before = books[1].read_bytes()
    assert main(["refresh", str(books[1])]) == 1
    assert "no change" in capsys.readouterr().out
    assert books[1].read_bytes() == before


def test_a_fixed_day_that_is_further_back_each_morning_is_no_news(tmp_path: Path) -> None:
    file = tmp_path / "roster.xlsx"
    build(file, macros=False)
    for days in (1, 2, 400):
        morning = datetime.combine(DEMO_DAY + timedelta(days), time(7))
        assert refresh_file(Job(file, Options(morning))).state is State.SAME, days


@pytest.mark.parametrize("demo", [True, False], ids=["demo", "empty"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_openpyxl_leaves_uncounted_is_no_header(tmp_path: Path, lang: str, *, demo: bool) -> None:
    """It saves formulas without their results: «На дату» beside one was taken for an own day's table."""
    file = tmp_path / "saved.xlsx"
    build(file, lang=lang, macros=False, demo=demo)
    load_workbook(file).save(file)
    refresh_file(Job(file, Options(datetime(2026, 11, 22, 9, 0))))
    findings = rows(file, say("sheet.findings", lang)).values()
    assert not [row for row in findings if "data.header" in row.values()]
