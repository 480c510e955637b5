"""The workbook in a LibreOffice that has no add-in: the answers of the last check, and what to install."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from hqs_xl.hosts.closed import ClosedEdit
from hqs_xl.template.build import build
from hqs_xl.template.sheets.stages import ANSWERS, PLACES
from hqs_xl.texts import say
from tests.programs import all_converted, needs_libreoffice

pytestmark = needs_libreoffice
FIRST_ROW = 3
# A test of the demo: who is first in the roster, and who in the row below.
FIRST, SECOND = "HQS-00001", "HQS-00002"


def swapped(source: Path, target: Path) -> None:
    """The ids of the first two people change places, as if somebody had sorted the sheet."""
    edit = ClosedEdit(source)
    edit.count_again = lambda: None  # type: ignore[method-assign]
    new = {FIRST_ROW: SECOND, FIRST_ROW + 1: FIRST}
    edit.edit_rows("Roster", lambda number, _: {0: new[number]} if number in new else {})
    with target.open("w+b") as stream:
        edit.write(stream)
    edit.close()


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Any, Any]]:
    """By name, workbooks as they are stored and as a fresh LibreOffice shows them, and one whose rows were moved."""
    folder = tmp_path_factory.mktemp("without")
    files = {name: folder / name for name in ("en.xlsx", "ru.xlsm", "empty.xlsx", "moved.xlsx")}
    build(files["en.xlsx"], macros=False)
    build(files["ru.xlsm"], lang="ru")
    build(files["empty.xlsx"], macros=False, demo=False)
    swapped(files["en.xlsx"], files["moved.xlsx"])
    made = all_converted([*files.values()], "xlsx", folder / "shown")
    pairs = zip(files.items(), made, strict=True)
    return {
        name: (load_workbook(file, data_only=True), load_workbook(new, data_only=True)) for (name, file), new in pairs
    }


def answers(sheet: Any, row: int) -> list[Any]:
    """A blank text is a blank."""
    return [sheet.cell(row, PLACES[key] + 1).value or None for key in ANSWERS]


@pytest.mark.parametrize(("name", "lang"), [("en.xlsx", "en"), ("ru.xlsm", "ru")])
def test_the_answers_of_the_last_check_are_shown(shown: Any, name: str, lang: str) -> None:
    stored, now = (book[say("sheet.roster", lang)] for book in shown[name])
    assert stored.max_row > 60
    for row in range(FIRST_ROW, stored.max_row + 1):
        assert answers(now, row) == answers(stored, row)


@pytest.mark.parametrize("name", ["en.xlsx", "ru.xlsm", "empty.xlsx", "moved.xlsx"])
def test_no_cell_shows_an_error(shown: Any, name: str) -> None:
    cells = (cell for sheet in shown[name][1] if sheet.sheet_state == "visible" for row in sheet for cell in row)
    assert [f"{cell.parent.title}!{cell.coordinate}" for cell in cells if cell.data_type == "e"] == []


@pytest.mark.parametrize(("name", "lang"), [("en.xlsx", "en"), ("ru.xlsm", "ru"), ("empty.xlsx", "en")])
def test_a_line_says_what_to_install(shown: Any, name: str, lang: str) -> None:
    start, roster = (shown[name][1][say(f"sheet.{sheet}", lang)] for sheet in ("start", "roster"))
    assert start["A3"].value == say("start.first_install", lang)
    assert "hqs_xl.oxt" in start["A3"].value
    assert roster["C1"].value == say("counted.kept", lang)


def test_the_line_is_not_in_the_file_itself(shown: Any) -> None:
    stored = shown["en.xlsx"][0]
    assert stored["Start"]["A3"].value == say("start.first_demo")
    assert stored["Roster"]["C1"].value == say("stage.answers")


def test_a_row_that_was_moved_has_nobody_elses_answers(shown: Any) -> None:
    sheet = shown["moved.xlsx"][1]["Roster"]
    assert [sheet.cell(row, 1).value for row in (FIRST_ROW, FIRST_ROW + 1)] == [SECOND, FIRST]
    for row in (FIRST_ROW, FIRST_ROW + 1):
        assert answers(sheet, row) == [None] * len(ANSWERS)
    assert answers(sheet, FIRST_ROW + 2) == answers(shown["en.xlsx"][0]["Roster"], FIRST_ROW + 2)
