"""Conditional formats of the workbook after LibreOffice has saved it: the same rules, cells and looks."""

from __future__ import annotations

import warnings
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from hqs_xl.template.build import build
from tests.calc.office import Office

STORIES = "tests.calc.stories"
# Findings in four areas by six severities, five statuses in two, nearness twice, severities of the findings.
LEAST_RULES = 40


@pytest.fixture(scope="module", params=["en", "ru"])
def files(request: pytest.FixtureRequest, office: Office, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The workbook as it is built, and as LibreOffice saves it."""
    folder = tmp_path_factory.mktemp("formats")
    made = {"built": folder / "book.xlsx", "xlsx": folder / "saved.xlsx", "ods": folder / "saved.ods"}
    build(made["built"], lang=request.param, macros=False)
    office.run(STORIES, "saved_as", file=str(made["built"]), copies=[str(made["xlsx"]), str(made["ods"])])
    return made


def rules(file: Path) -> Counter[Any]:
    """What openpyxl reads of each rule."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(file)
    return Counter(
        (
            *(sheet.title, str(area.sqref), rule.type, "".join(rule.formula), bool(rule.stopIfTrue)),
            *(rule.dxf.fill.bgColor.rgb[2:], bool(rule.dxf.font.b), rule.dxf.font.color.rgb[2:]),
            *(rule.dxf.border.left.style, rule.dxf.border.left.color.rgb[2:]),
            rule.dxf.numFmt.formatCode if rule.dxf.numFmt else "",
        )
        for sheet in book
        for area in sheet.conditional_formatting
        for rule in area.rules
    )


def test_a_saved_xlsx_holds_the_same_rules(files: dict[str, Path]) -> None:
    built = rules(files["built"])
    assert built.total() >= LEAST_RULES
    assert rules(files["xlsx"]) == built


def test_no_rule_stops_another(files: dict[str, Path]) -> None:
    assert not [rule for rule in rules(files["built"]) if rule[4]]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_libreoffice_reads_them_back_as_it_read_them_at_first(
    office: Office, files: dict[str, Path], kind: str
) -> None:
    at_first = office.run(STORIES, "conditional_formats", file=str(files["built"]))
    assert len(at_first) >= LEAST_RULES
    assert office.run(STORIES, "conditional_formats", file=str(files[kind])) == at_first
