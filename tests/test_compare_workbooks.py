"""The comparer sees every change, and knows which of them a refresh may make."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from tests.compare_workbooks import compare, letters_of, main, number_of

if TYPE_CHECKING:
    from pathlib import Path

LINKS = "xl/_rels/workbook.xml.rels"
SHEET = "xl/worksheets/sheet1.xml"
HEADERS = ["Person ID", "Relation", "Agreement signed", "Mine", "Status", "Next due"]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Roster")
        red = book.add_format({"font_color": "red"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, HEADERS)
        sheet.write_row(1, 0, ["P1", "HQS", 46_000, "note", "OK", 46_100], red)
        sheet.write(1, 5, 46_100, day)
        sheet.write_formula(2, 4, "=HQS_STATUS(A3)", None, "OK")
        sheet.write_formula(2, 3, "=A1", None, "x")
        sheet.merge_range("A9:B9", "merged")
        book.add_worksheet("Other").write(0, 0, "kept")
        book.define_name("Mine", "=Roster!$A$1")
    return path


def changed(old: Path, part: str, pattern: str, text: str) -> Path:
    """The file with something in one of its parts put otherwise."""
    new = old.with_name("new.xlsx")
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(new, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == part:
                assert len(re.findall(pattern, data.decode())) == 1
                data = re.sub(pattern, text, data.decode()).encode()
            target.writestr(name, data)
    return new


# What is changed, and how it is told: "!" where a refresh may not.
CHANGES = {
    "value of an answer": (SHEET, r'(r="F2" s="2"><v>)46100', r"\g<1>46200", "  Roster!F2: value: number '46100.0'"),
    "value of a fact": (SHEET, r'(r="C2" s="1"><v>)46000', r"\g<1>46001", "! Roster!C2: value: number '46000.0'"),
    "value of a formula of ours": (SHEET, r"(HQS_STATUS\(A3\)</f><v>)OK", r"\1Late", "  Roster!E3: value: text 'OK'"),
    "value of somebody's formula": (SHEET, r"(<f>A1</f><v>)x", r"\1y", "! Roster!D3: value: text 'x'"),
    "old result taken out": (SHEET, r' t="str"><f>A1</f><v>x</v>', "><f>A1</f>", "  Roster!D3: value: text 'x' ->"),
    "value of a fact taken out": (SHEET, r'(r="C2" s="1">)<v>46000</v>', r"\1", "! Roster!C2: value: number '46000.0'"),
    "counting asked for": ("xl/workbook.xml", r"<calcPr", '<calcPr calcCompleted="0"', "  xl/workbook.xml: asks to"),
    "how it is counted": ("xl/workbook.xml", r"<calcPr", '<calcPr calcMode="manual"', "! xl/workbook.xml: gone: "),
    "formula": (SHEET, r"<f>A1</f>", "<f>A2</f>", "! Roster!D3: formula"),
    "formula of ours gone": (SHEET, r"<f>HQS_STATUS\(A3\)</f>", "", "! Roster!E3: formula"),
    "format of a fact": (SHEET, r'r="C2" s="1"', 'r="C2" s="2"', "! Roster!C2: format: "),
    "format of an answer lost": (SHEET, r'r="F2" s="2"', 'r="F2"', "! Roster!F2: format: numFmtId"),
    "cell gone": (SHEET, r'<c r="D2"[^>]*><v>[0-9]+</v></c>', "", "! Roster!D2: cell gone"),
    "cell added to a fact": (SHEET, r'<c r="D3"', '<c r="A3"><v>1</v></c><c r="D3"', "! Roster!A3: value: blank ->"),
    "cell added to an answer": (SHEET, r"(>OK</v></c>)", r'\1<c r="F3"><v>1</v></c>', "  Roster!F3: value: blank -> "),
    "row gone": (SHEET, r'<row r="3".*?</row>', "", "! Roster!3: row gone"),
    "attribute of a row": (SHEET, r'<row r="2"', '<row r="2" hidden="1"', "! Roster!2: the row itself"),
    "written otherwise": (SHEET, r'r="C2" s="1"><v>46000', 'r="C2" s="1"><v>46000.0', "! Roster!C2: written otherwise"),
    "merged cells": (SHEET, r'ref="A9:B9"', 'ref="A9:C9"', "! Roster: bytes behind the rows"),
    "reach": (SHEET, r'dimension ref="[^"]*"', 'dimension ref="A1:Z99"', "  Roster: reach: "),
    "another sheet": ("xl/worksheets/sheet2.xml", r"<v>[0-9]+</v>", "<v>0</v>", "! Other!A1: value: text 'kept'"),
    "meaning of a format": ("xl/styles.xml", r"FFFF0000", "FF00FF00", "! xl/styles.xml: format 1: fontId"),
    "defined name": ("xl/workbook.xml", r"\$A\$1", "$A$2", "! xl/workbook.xml: gone: "),
    "relationship": (LINKS, r"theme/theme1", "theme/theme2", f"! {LINKS}: gone: "),
    "a part of another kind": ("docProps/core.xml", r"(</cp:coreP)", r" \1", "! docProps/core.xml: bytes differ"),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_told(change: tuple[str, str, str, str], old: Path) -> None:
    part, pattern, text, told = change
    lines = [str(one) for one in compare(old, changed(old, part, pattern, text))]
    assert any(line.startswith(told) for line in lines), lines
    assert any(line.startswith("!") for line in lines) is told.startswith("!"), lines


def test_the_same_file_differs_in_nothing(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(old), str(old)]) == 0
    assert capsys.readouterr().out == "0 differences a refresh may make, 0 it may not\n"


def test_a_member_lost_is_told(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = old.with_name("new.xlsx")
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(new, "w") as target:
        for name in source.namelist():
            if "theme" not in name:
                target.writestr(name, source.read(name))
    assert main([str(old), str(new)]) == 1
    assert "! xl/theme/theme1.xml: member gone" in capsys.readouterr().out


def test_the_command_wants_two_files(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "OLD NEW" in capsys.readouterr().err


@pytest.mark.parametrize(("letters", "number"), [("A", 0), ("Z", 25), ("AA", 26), ("XFD", 16_383)])
def test_columns_have_letters(letters: str, number: int) -> None:
    assert (number_of(letters), letters_of(number)) == (number, letters)
