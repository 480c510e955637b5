"""install --from names what was typed beside our tables and stays behind, and counts the notes that do."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.utils.cell import range_boundaries

from hqs_xl.cli.program import main
from hqs_xl.template.build import build
from hqs_xl.texts import LANGUAGES, say

# Cells of no table, by sheet.
TYPED = {"start": "I30", "plan": "B4", "dashboard": "N40", "findings": "M3", "rules": "L5", "calendar": "H5"}
TYPED |= {"deadlines": "J5", "figures": "V3", "roster": "A1"}


def upgraded(old: Path, *more: str) -> str:
    """What is said of the upgrade."""
    out = io.StringIO()
    with redirect_stdout(out):
        assert main(["install", "--from", str(old), "--out", str(old.with_name("new.xlsm")), *more]) == 0
    return out.getvalue()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_stands_beside_our_tables_is_named(lang: str, tmp_path: Path) -> None:
    old = tmp_path / "old.xlsx"
    build(old, lang=lang, macros=False, demo=False)
    book = load_workbook(old)
    for key, cell in TYPED.items():
        book[say(f"sheet.{key}", lang)][cell] = f"typed by Anna on {key}"
    start, roster = book[say("sheet.start", lang)], book[say("sheet.roster", lang)]
    start["A1"].comment = Comment("ask Boris", "Anna")
    roster["A1"].comment = Comment("mine", "Anna")
    top = int(range_boundaries(roster.tables["Roster"].ref)[1] or 0)
    roster.cell(top + 1, 1, "P1").comment = Comment("comes along", "Anna")
    roster.cell(roster.max_row + 5, 1).comment = Comment("below the table", "Anna")
    book.save(old)
    before = old.read_bytes()
    told = upgraded(old)
    named = {f"{say(f'sheet.{key}', lang)}!{cell}" for key, cell in TYPED.items()}
    [line] = [line for line in told.splitlines() if "!" in line]
    assert line.startswith(say("install.stray", lang, cells="").strip())
    assert set(line.rpartition(": ")[2].split(", ")) == named
    sheets = f"{say('sheet.start', lang)} (1), {say('sheet.roster', lang)} (2)"
    assert say("install.notes_left", lang, sheets=sheets) in told.splitlines()
    assert old.read_bytes() == before


@pytest.mark.parametrize("lang", LANGUAGES)
def test_of_a_workbook_as_it_was_made_nothing_is_named(lang: str, tmp_path: Path) -> None:
    old = tmp_path / "old.xlsx"
    build(old, lang=lang, macros=False)
    told = upgraded(old)
    assert "!" not in told
    assert say("install.notes_left", lang, sheets="").strip() not in told


def test_a_text_of_ours_on_another_sheet_or_in_the_other_language_was_typed_by_nobody(tmp_path: Path) -> None:
    """As an earlier version may have had it there."""
    old = tmp_path / "old.xlsx"
    build(old, lang="en", macros=False, demo=False)
    book = load_workbook(old)
    book[say("sheet.start", "en")]["I30"] = say("header.permit_expires", "ru")
    book[say("sheet.plan", "en")]["H9"] = say("header.visa_expires", "en")
    book.save(old)
    assert "!" not in upgraded(old)
