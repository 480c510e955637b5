"""What a refresh does to looks: rows are as high as their new texts, rules for all rows reach to more of them."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill

from tests.roster_files import run, write

HEADERS = ["Person ID", "Full name", "Relation", "Agreement signed", "Status", "Check"]
SIGNED = date(2026, 1, 12)
DAY = "--as-of=2026-11-22"


def _loose(file: Path) -> None:
    """Have the heights as programs store them that they have fitted."""
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(file, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data.replace(b' customHeight="1"', b""))


@pytest.mark.parametrize(("typed", "kept"), [(True, [45, 45, 45]), (False, [45, None, 45])])
def test_a_row_answered_anew_forgets_a_height_unless_it_was_typed(
    tmp_path: Path, kept: list[float | None], *, typed: bool
) -> None:
    file = write(tmp_path / "r.xlsx", Roster=[HEADERS, ["P1", "Aster Quill", "HQS", SIGNED], ["Total", 1]])
    book = load_workbook(file)
    for row in (1, 2, 3):
        book["Roster"].row_dimensions[row].height = 45
    book.save(file)
    if not typed:
        _loose(file)
    assert run("refresh", file, DAY) == 1
    sheet = load_workbook(file)["Roster"]
    assert sheet["F2"].value
    assert [sheet.row_dimensions[row].height for row in (1, 2, 3)] == kept
    before = file.read_bytes()
    assert run("refresh", file, DAY) == 1
    assert file.read_bytes() == before


@pytest.mark.parametrize(("area", "grows"), [("A2:A{last}", True), ("A1:L{last}", True), ("A2", False)])
def test_colours_of_all_findings_reach_to_more_of_them(tmp_path: Path, area: str, *, grows: bool) -> None:
    people = [[f"P{one}", f"Aster Quill{one}", "HQS", SIGNED] for one in range(9)]
    file = write(tmp_path / "r.xlsx", Roster=[HEADERS, *people[:2]])
    assert run("refresh", file, DAY, "--findings-sheet") == 1
    book = load_workbook(file)
    (table,) = book["Findings"].tables.values()
    old = area.format(last=table.ref.rpartition("L")[2])
    rule = FormulaRule(formula=["TRUE"], fill=PatternFill("solid", bgColor="FFFF0000"))  # type: ignore[no-untyped-call]
    book["Findings"].conditional_formatting.add(old, rule)
    for person in people[2:]:
        book["Roster"].append(person)
    book.save(file)
    assert run("refresh", file, DAY) == 1
    sheet = load_workbook(file)["Findings"]
    (table,) = sheet.tables.values()
    (found,) = (str(one.sqref) for one in sheet.conditional_formatting)
    assert int(table.ref.rpartition("L")[2]) > 9
    assert found == (area.format(last=table.ref.rpartition("L")[2]) if grows else old)
