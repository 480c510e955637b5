"""install --from names the cells that a person coloured on our sheets, and counts charts that stay behind on them."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from hqs_xl.cli.program import main
from hqs_xl.setup.left_behind import coloured
from hqs_xl.template.build import build
from hqs_xl.texts import LANGUAGES, say

YELLOW, GREY = PatternFill("solid", start_color="FFFFFF00"), PatternFill("solid", start_color="FFDDDDDD")
ROWS = range(3, 13)


@pytest.fixture(scope="module", params=LANGUAGES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    file = tmp_path_factory.mktemp("looks") / "old.xlsx"
    build(file, lang=request.param, macros=False)
    return file, request.param


def upgraded(built: tuple[Path, str], folder: Path, change: Callable[[Any, str], None]) -> list[str]:
    """What is said of the upgrade, line by line."""
    book = load_workbook(built[0], keep_vba=False)
    change(book, built[1])
    old, new, out = folder / "old.xlsx", folder / "new.xlsx", io.StringIO()
    book.save(old)
    with redirect_stdout(io.StringIO()):
        assert main(["refresh", str(old), "--backups", "0"]) == 1  # openpyxl keeps no results
    with redirect_stdout(out):
        assert main(["install", "--from", str(old), "--out", str(new), "--lang", built[1]]) == 0
    return out.getvalue().splitlines()


def with_colours_and_charts(book: Any, lang: str) -> None:
    for sheet, cell in (("roster", "B5"), ("roster", "I9"), ("salary", "A4")):
        book[say(f"sheet.{sheet}", lang)][cell].fill = YELLOW
    for key in ("roster", "roster", "dashboard"):
        sheet, chart = book[say(f"sheet.{key}", lang)], BarChart()
        chart.add_data(Reference(sheet, min_col=1, min_row=3, max_row=9))
        sheet.add_chart(chart, "BA5")


def test_they_are_named(built: tuple[Path, str], tmp_path: Path) -> None:
    lang = built[1]
    roster, salary, dashboard = (say(f"sheet.{key}", lang) for key in ("roster", "salary", "dashboard"))
    lines = upgraded(built, tmp_path, with_colours_and_charts)
    assert say("install.coloured", lang, cells=f"{roster}!B5, {roster}!I9, {salary}!A4") in lines
    counted = {"en": [f"{dashboard} (1)", f"{roster} (2)"]}
    [said] = [line for line in lines if all(one in line for one in counted["en"])]
    assert said.startswith(say("install.drawings", lang, sheets="").rstrip()[:20])
    assert say("install.looks", lang) in lines


def test_of_a_workbook_as_it_was_made_none_is(built: tuple[Path, str], tmp_path: Path) -> None:
    lines = upgraded(built, tmp_path, lambda _book, _lang: None)
    for key in ("coloured", "drawings"):
        begins = say(f"install.{key}", built[1], cells="", sheets="").strip()[:30]
        assert not [line for line in lines if line.startswith(begins)]


def rows_filled(sheet: Worksheet, rows: range, fill: PatternFill, yellow: range = range(0)) -> None:
    for row in rows:
        sheet.cell(row, 2).fill = YELLOW if row in yellow else fill


COLOURS: dict[str, tuple[Callable[[Worksheet], None], list[str]]] = {
    "none": (lambda _: None, []),
    "one": (lambda sheet: rows_filled(sheet, range(5, 6), YELLOW), ["Mine!B5"]),
    "two of another than the column": (
        lambda sheet: rows_filled(sheet, ROWS, GREY, range(5, 7)),
        ["Mine!B5", "Mine!B6"],
    ),
    "all alike: the column's": (lambda sheet: rows_filled(sheet, ROWS, GREY), []),
    "half of the column": (
        lambda sheet: rows_filled(sheet, range(3, 8), GREY),
        [f"Mine!B{row}" for row in range(3, 8)],
    ),
    "one row more than half": (lambda sheet: rows_filled(sheet, range(3, 9), GREY), []),
    "the header": (lambda sheet: rows_filled(sheet, range(2, 3), YELLOW), []),
    "a column that is not asked for": (lambda sheet: setattr(sheet["D5"], "fill", YELLOW), []),
    "a pattern": (lambda sheet: setattr(sheet["B5"], "fill", PatternFill("lightGrid")), []),
}


@pytest.mark.parametrize("case", COLOURS)
def test_which_cells_are_coloured_by_a_person(case: str) -> None:
    sheet = Workbook().create_sheet("Mine")
    change, named = COLOURS[case]
    change(sheet)
    assert [*coloured(sheet, ROWS, [1, 2])] == named
