"""How a cell looks comes through another library: fonts, grounds, lines, places, colours of a theme."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook as NewBook
from openpyxl import load_workbook
from openpyxl.styles import Alignment, Border, Color, Font, PatternFill, Protection, Side
from xlsxwriter import Workbook

from hqs_xl.setup.cell_look import colour, look_of

LOOKS: dict[str, dict[str, Any]] = {
    "nothing": {},
    "a font": {"font": Font(name="Arial", sz=14)},
    "bold, italic, struck out": {"font": Font(name="Calibri", sz=11, b=True, i=True, strike=True)},
    "underlined twice": {"font": Font(name="Calibri", sz=11, u="double")},
    "small above": {"font": Font(name="Calibri", sz=11, vertAlign="superscript", color="FFD55E00")},
    "a ground": {"fill": PatternFill("solid", fgColor="FFFFEE00")},
    "a ground of lines": {"fill": PatternFill("lightUp", fgColor="FF0072B2", bgColor="FFFFFFFF")},
    "a ground of the theme": {"fill": PatternFill("solid", fgColor=Color(theme=4, tint=0.5999))},
    "letters of the theme": {"font": Font(name="Calibri", sz=11, color=Color(theme=5))},
    "an old colour": {"font": Font(name="Calibri", sz=11, color=Color(indexed=10))},
    "lines": {"border": Border(left=Side("thin", "FF000000"), top=Side("double", "FFD55E00"), bottom=Side("dashDot"))},
    "in the middle": {"alignment": Alignment("centerContinuous", "center", wrap_text=True)},
    "set in": {"alignment": Alignment("left", "top", indent=3)},
    "up a slope": {"alignment": Alignment(textRotation=45)},
    "down a slope": {"alignment": Alignment(textRotation=120)},
    "letters below each other": {"alignment": Alignment(textRotation=255)},
    "open to typing": {"protection": Protection(locked=False)},
    "a number": {"number_format": "#,##0.00"},
}


def styled(path: Path) -> Any:
    """A sheet whose cells look so, one below the other."""
    book = NewBook()
    for row, look in enumerate(LOOKS.values(), 1):
        cell: Any = book.worksheets[0].cell(row, 1, "x")
        for name, value in look.items():
            setattr(cell, name, value)
    book.save(path)
    return load_workbook(path).worksheets[0]


@pytest.mark.parametrize("name", LOOKS)
def test_is_the_same_through_the_other_library(name: str, tmp_path: Path) -> None:
    before = styled(tmp_path / "a.xlsx").cell([*LOOKS].index(name) + 1, 1)
    look = look_of(before)
    assert bool(look) is (name != "nothing")
    with Workbook(tmp_path / "b.xlsx") as book:
        book.add_worksheet().write_string(0, 0, "x", book.add_format(dict(look)))
    after: Any = load_workbook(tmp_path / "b.xlsx").worksheets[0]["A1"]
    assert look_of(after) == look
    for part in ("name", "sz", "b", "i", "u", "strike", "vertAlign"):
        assert (getattr(after.font, part) or None) == (getattr(before.font, part) or None), part
    for part in ("horizontal", "textRotation", "indent", "wrap_text"):
        assert (getattr(after.alignment, part) or None) == (getattr(before.alignment, part) or None), part
    for part in ("left", "right", "top", "bottom"):
        sides = [getattr(cell.border, part) for cell in (before, after)]
        assert len({side.style if side else None for side in sides}) == 1, part
    assert after.fill.fill_type == before.fill.fill_type
    assert (after.number_format, after.protection.locked) == (before.number_format, before.protection.locked)


@pytest.mark.parametrize(
    ("found", "seen"),
    [
        (Color(theme=0), "#FFFFFF"),
        (Color(theme=1), "#000000"),
        (Color(theme=4), "#4F81BD"),
        (Color(theme=4, tint=0.7999), "#DCE6F1"),
        (Color(theme=4, tint=-0.2499), "#366092"),
        (Color(theme=99), None),
        (Color(indexed=10), "#FF0000"),
        (Color(indexed=64), None),
        (Color(rgb="FFD55E00"), "#D55E00"),
        (Color(auto=True), None),
        (None, None),
    ],
)
def test_a_colour_is_what_it_comes_to(found: Any, seen: str | None, tmp_path: Path) -> None:
    theme = styled(tmp_path / "a.xlsx").parent.loaded_theme
    come_to = colour(found, theme)
    assert (come_to is None) is (seen is None)
    # Excel, which shows these, rounds a shade otherwise by a step.
    pairs = [(come_to[at : at + 2], seen[at : at + 2]) for at in (1, 3, 5)] if come_to and seen else []
    assert all(abs(int(one, 16) - int(other, 16)) <= 1 for one, other in pairs)


def test_of_no_theme_there_is_no_colour() -> None:
    assert colour(Color(theme=4), b"") is None
