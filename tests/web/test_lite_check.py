"""The check as xlwings Lite runs it: the same answers in the same cells as the button in Excel writes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw
from openpyxl.worksheet.formula import ArrayFormula

from hqs_xl.buttons import acts
from hqs_xl.buttons.excel import ExcelWindow
from hqs_xl.buttons.lite import check
from hqs_xl.hosts.excel import lite
from hqs_xl.texts import LANGUAGES, say
from tests import engine
from tests.rosters import person, roster
from tests.web.lite_engine import LiteBook
from tests.web.page_files import ROOT

BUILT = {"en": ROOT / "workbook" / "hqs_roster.xlsx", "ru": ROOT / "workbook" / "ru" / "hqs_roster.xlsx"}


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acts, "_now", lambda: datetime(2026, 11, 29, 9, 0))


def in_lite(file: Path) -> tuple[str, xw.Book]:
    book = LiteBook(file)
    return asyncio.run(check(book)), book.under  # type: ignore[arg-type]


def saved(book: xw.Book, folder: Path, change: Callable[[Any], None] = lambda _: None) -> Path:
    change(book.impl.file)
    book.impl.file.save(folder / "roster.xlsx")
    return folder / "roster.xlsx"


def cells(book: xw.Book) -> dict[str, Any]:
    def plain(value: Any) -> Any:
        return (value.ref, value.text) if isinstance(value, ArrayFormula) else value

    grids = {sheet.name: engine.grid(book, sheet.name) for sheet in book.sheets}
    return {name: [[plain(value) for value in row] for row in rows] for name, rows in grids.items()}


def tables(book: xw.Book) -> list[tuple[str, str]]:
    return [(table.name, table.range.address) for sheet in book.sheets for table in sheet.tables]


def _merge(file: Any) -> None:
    file["S"].insert_rows(1, 2)
    file["S"]["A1"] = "Notices of salaries"
    file["S"].merge_cells("A1:D1")


def _without_findings(file: Any) -> None:
    del file["F"]
    file.create_sheet("Blank")


def _cells_for_texts(file: Any) -> None:
    [place] = [cell.column for cell in file["F"][1] if cell.value == say("header.go_to", "en")]
    for row in range(2, 30):
        file["F"].cell(row, place).number_format = engine.TEXT


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_answers_as_the_button_in_excel_does(lang: str) -> None:
    text, book = in_lite(BUILT[lang])
    other = engine.opened(BUILT[lang])
    told = acts.press(ExcelWindow(other), "check")
    assert (text, told.wrong) == (told.text, False)
    assert cells(book) == cells(other)


@pytest.mark.parametrize(
    "change",
    [lambda _: None, _merge, _without_findings, _cells_for_texts],
    ids=["findings grow the table", "a merged title", "no findings table, and a blank sheet", "links for texts"],
)
def test_a_roster_that_was_never_checked_is_answered(tmp_path: Path, change: Callable[[Any], None]) -> None:
    file = saved(roster(person(), person(person_id="P2", permit_end=datetime(2026, 3, 1))), tmp_path, change)
    text, book = in_lite(file)
    other = engine.opened(file)
    assert text == acts.press(ExcelWindow(other), "check").text
    assert cells(book) == cells(other)
    assert tables(book) == tables(other)
    assert engine.app_of(book).done("write")
    assert engine.app_of(book).calculated == 1


def test_a_second_check_writes_nothing(tmp_path: Path) -> None:
    _, book = in_lite(saved(roster(), tmp_path))
    text, again = in_lite(saved(book, tmp_path))
    assert say("macro.same", "en") in text
    assert not engine.app_of(again).done(*engine.CHANGES)


def test_a_workbook_without_a_roster_gets_the_sentence(tmp_path: Path) -> None:
    file = saved(engine.made(S=[["x", 1]]), tmp_path)
    text, book = in_lite(file)
    assert text == acts.press(ExcelWindow(engine.opened(file)), "check").text
    assert not engine.app_of(book).done(*engine.CHANGES)


def test_merged_cells_all_over_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lite, "MOST_ASKED", 3)
    text, _ = in_lite(saved(roster(), tmp_path, _merge))
    assert text == say("error.file.merged_everywhere", "en", file="roster.xlsx", sheet="S")


def test_what_excel_refuses_to_write_ends_in_a_sentence(tmp_path: Path) -> None:
    def protect(file: Any) -> None:
        file["R"].protection.sheet = True

    text, _ = in_lite(saved(roster(), tmp_path, protect))
    assert text.startswith(say("macro.failed", "en", where="Refused").partition("Refused")[0])
