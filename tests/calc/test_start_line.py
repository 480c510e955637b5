"""The line on Start that says what to do first: each of its six states, counted by a LibreOffice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from hqs_xl.template.build import build
from hqs_xl.template.sheets.answers import COUNTED
from hqs_xl.template.sheets.start import CHECK_ROW
from hqs_xl.texts import say
from tests.programs import all_converted, needs_libreoffice

pytestmark = needs_libreoffice
LINE, AS_OF = "A3", "B11"


def _counted(book: Any) -> None:
    """As where our functions are known: this LibreOffice has no add-in."""
    ((sheet, cell),) = book.defined_names[COUNTED].destinations
    book[sheet][cell.replace("$", "")] = 1


def _nobody(book: Any) -> None:
    _counted(book)
    roster = book["Roster"]
    left, top, _, bottom = range_boundaries(roster.tables["Roster"].ref)
    for row in range(int(top or 0) + 1, int(bottom or 0) + 1):
        for column in (0, 1, 2):
            roster.cell(row, int(left or 0) + column).value = None


def _somebody(book: Any) -> None:
    """A person whom nobody invented, as of a fixed day."""
    _nobody(book)
    roster = book["Roster"]
    top = int(range_boundaries(roster.tables["Roster"].ref)[1] or 0)
    roster.cell(top + 1, 1).value = "X-1"
    book["Start"][AS_OF] = date(2026, 11, 23)


def _moving(book: Any) -> None:
    """The day moves on by itself, the last check was of another."""
    _somebody(book)
    book["Start"][AS_OF] = "=TODAY()"


def _checked(book: Any) -> None:
    _moving(book)
    start = book["Start"]
    label = say("header.as_of")
    (row,) = [row for row in range(CHECK_ROW, start.max_row + 1) if start.cell(row, 1).value == label and row > 12]
    start.cell(row, 2).value = "=TODAY()"


# Each is what the demo is made into, from the first state of a file to the last.
STATES: dict[str, Callable[[Any], None]] = {
    "first_install": lambda _: None,
    "first_demo": _counted,
    "first_nobody": _nobody,
    "first_fixed": _somebody,
    "first_old": _moving,
    "first_checked": _checked,
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the line says in each."""
    folder = tmp_path_factory.mktemp("first")
    build(folder / "demo.xlsx", macros=False)
    book: Any = load_workbook(folder / "demo.xlsx")
    files: list[Path] = []
    for state, make in STATES.items():
        make(book)
        files.append(folder / f"{state}.xlsx")
        book.save(files[-1])
    shown = all_converted(files, "xlsx", folder / "shown")
    books = (load_workbook(file, data_only=True) for file in shown)
    return {state: book["Start"][LINE].value for state, book in zip(STATES, books, strict=True)}


@pytest.mark.parametrize("state", STATES)
def test_what_is_to_be_done_first(said: dict[str, str], state: str) -> None:
    assert said[state] == say(f"start.{state}")
