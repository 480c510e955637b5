"""Conditional formats and data validations of a roster that takes in new people: they go on, or it is told."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook

from tests.programs import needs_validator, validator_errors
from tests.roster_files import run

X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
SHEET = "xl/worksheets/sheet1.xml"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
HEADERS = ["Person ID", "Full name", "Relation", "Agreement signed", "Permit expires", "Status", "My list", "Mine, too"]
PEOPLE = [["P1", "Aster Quill", "HQS"], ["P2", "Briar Moss", "HQS"]]
# They come to stand in rows 4 and 5.
NEW = "Person ID;Full name;Relation\nP8;Clove Fern;HQS\nP9;Dill Thorn;HQS\n"
BAR = "{DA7ABA51-AAAA-BBBB-0001-000000000001}"


def colour(areas: str) -> str:
    rule = '<cfRule type="expression" priority="2"><formula>$F2="x"</formula></cfRule>'
    return f'<conditionalFormatting sqref="{areas}">{rule}</conditionalFormatting>'


def bar(areas: str) -> str:
    """A data bar, whose newer looks stand apart under the same number."""
    ends = '<cfvo type="min"/><cfvo type="max"/><color rgb="FF638EC6"/>'
    link = f'<ext xmlns:x14="{X14}" uri="{{B025F937-C7B1-47D3-B67F-A62EFF666E3E}}"><x14:id>{BAR}</x14:id></ext>'
    rule = f'<cfRule type="dataBar" priority="1"><dataBar>{ends}</dataBar><extLst>{link}</extLst></cfRule>'
    return f'<conditionalFormatting sqref="{areas}">{rule}</conditionalFormatting>'


def bar_apart(areas: str) -> str:
    ends = '<x14:cfvo type="autoMin"/><x14:cfvo type="autoMax"/><x14:negativeFillColor rgb="FFFF0000"/>'
    axis = '<x14:axisColor rgb="FF000000"/>'
    rule = f'<x14:cfRule type="dataBar" id="{BAR}"><x14:dataBar>{ends}{axis}</x14:dataBar></x14:cfRule>'
    return f"<x14:conditionalFormatting>{rule}<xm:sqref>{areas}</xm:sqref></x14:conditionalFormatting>"


def check(areas: str) -> str:
    return f'<dataValidation type="list" allowBlank="1" sqref="{areas}"><formula1>"a,b"</formula1></dataValidation>'


def check_apart(areas: str) -> str:
    """A list of choices that stands on another sheet."""
    source = f"<x14:formula1><xm:f>Lists!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>{areas}</xm:sqref>"
    return f'<x14:dataValidation type="list" allowBlank="1">{source}</x14:dataValidation>'


def _apart(uri: str, name: str, rules: list[str]) -> str:
    if not rules:
        return ""
    count = f' count="{len(rules)}"' if name == "dataValidations" else ""
    listed = f'<x14:{name} xmlns:xm="{XM}"{count}>{"".join(rules)}</x14:{name}>'
    return f'<ext uri="{uri}" xmlns:x14="{X14}">{listed}</ext>'


def roster(path: Path, *rules: str, framed: bool, area: str = "A1:H3") -> Path:
    """A roster with these rules; as an Excel table, or a plain range, of which the last columns are somebody's own."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Roster")
        for number, row in enumerate([HEADERS, *PEOPLE]):
            sheet.write_row(number, 0, row)
        if framed:
            names = HEADERS[: "ABCDEFGH".index(area[3]) + 1]
            sheet.add_table(area, {"name": "Roster", "columns": [{"header": header} for header in names]})
        book.add_worksheet("Lists").write_column(0, 0, ["HQS", "Family", "x"])
    starts = {"": "<conditionalF", "v": "<dataV", "14": "<x14:c", "v14": "<x14:d"}
    kinds = {kind: [rule for rule in rules if rule.startswith(start)] for kind, start in starts.items()}
    checks = f'<dataValidations count="{len(kinds["v"])}">{"".join(kinds["v"])}</dataValidations>' * bool(kinds["v"])
    apart = _apart("{78C0D931-6437-407d-A8EE-F0AAD7539E65}", "conditionalFormattings", kinds["14"])
    apart += _apart("{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}", "dataValidations", kinds["v14"])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    xml = parts[SHEET].decode().replace("<pageMargins", "".join(kinds[""]) + checks + "<pageMargins")
    parts[SHEET] = xml.replace("</worksheet>", f"<extLst>{apart}</extLst>" * bool(apart) + "</worksheet>").encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def take_in(path: Path, *options: object) -> int:
    source = path.with_suffix(".csv")
    source.write_text(NEW)
    return run("import", source, "--into", path, "--backups", 0, *options)


def told(capsys: pytest.CaptureFixture[str], path: Path, *options: object) -> list[tuple[str, str, int]]:
    """Of which rules it is told that they end above new people."""
    assert take_in(path, "--json", *options) == 0
    rules = json.loads(capsys.readouterr().out)["rules_ending_above"]
    assert {one["sheet"] for one in rules} <= {"Roster"}
    return [(one["kind"], one["cells"], one["first_row"]) for one in rules]


def areas(path: Path) -> list[str]:
    """The cells of all rules, as they stand in the sheet."""
    with zipfile.ZipFile(path) as archive:
        xml = archive.read(SHEET).decode()
    rest = xml[xml.index("</sheetData>") :]
    return [one or two for one, two in re.findall(r'<(?:c|dataV)\w+[^>]* sqref="([^"]*)"|<xm:sqref>([^<]*)<', rest)]


# Of each rule its cells before and after the import, and from which row on it is told not to hold.
CASES: dict[str, list[tuple[Callable[[str], str], str, str, int]]] = {
    "a list on another sheet": [(check_apart, "C2:C3", "C2:C5", 0)],
    "a list, and one on another sheet": [(check, "C2:C3", "C2:C5", 0), (check_apart, "F2:F3", "F2:F5", 0)],
    "a data bar": [(bar, "D2:D3", "D2:D5", 0), (bar_apart, "D2:D3", "D2:D5", 0)],
    "wider than the roster": [(colour, "A2:Z3", "A2:Z3", 4)],
    "a wide list on another sheet": [(check_apart, "C2:Z3", "C2:Z3", 4)],
    "of the whole column": [(check, "C2:C1048576", "C2:C1048576", 0), (colour, "A1:Z1048576", "A1:Z1048576", 0)],
    "of columns of one's own": [(colour, "A2:H3", "A2:H5", 0), (check_apart, "H2:H3", "H2:H5", 0)],
    "above another list": [(check, "C2:C3", "C2:C4", 5), (check_apart, "C5:C9", "C5:C9", 0)],
    "right above another list": [(check_apart, "C2:C3", "C2:C3", 4), (check, "B4:C4", "B4:C4", 0)],
    "of the last person alone": [(colour, "B3:C3", "B3:C3", 0)],
    "of other cells": [(colour, "K2:L3", "K2:L3", 0), (check, "K4:K9", "K4:K9", 0), (check_apart, "A8:F9", "A8:F9", 0)],
}


@pytest.mark.filterwarnings("ignore:.*extension is not supported")  # of openpyxl, which reads the people alone
@pytest.mark.parametrize("framed", [True, False], ids=["a table", "a plain range"])
@pytest.mark.parametrize("name", CASES)
def test_a_rule_holds_for_new_people_or_it_is_told(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], *, framed: bool
) -> None:
    rules = CASES[name]
    path = roster(tmp_path / "r.xlsx", *(write(before) for write, before, *_ in rules), framed=framed)
    wanted = [
        ("validation" if write in {check, check_apart} else "format", after, row)
        for write, _, after, row in rules
        if row
    ]
    before = path.read_bytes()
    assert told(capsys, path) == wanted
    assert path.read_bytes() == before
    assert told(capsys, path, "--yes") == wanted
    assert sorted(areas(path)) == sorted(after for _, _, after, _ in rules)
    assert [row[0] for row in load_workbook(path)["Roster"].iter_rows(values_only=True)][3:] == ["P8", "P9"]
    written = path.read_bytes()
    assert told(capsys, path, "--yes") == []
    assert path.read_bytes() == written


@needs_validator
def test_the_workbook_stays_a_valid_one(tmp_path: Path) -> None:
    rules = [bar("D2:D3"), colour("A2:Z3"), check("E2:E3 B2:B3"), bar_apart("D2:D3"), check_apart("C2:C3")]
    path = roster(tmp_path / "r.xlsx", *rules, framed=True)
    assert take_in(path, "--yes") == 0
    assert areas(path) == ["D2:D5", "A2:Z3", "E2:E5 B2:B5", "D2:D5", "C2:C5"]
    assert validator_errors(path) == []


# What stands in each line.
SAID = {
    "en": [
        ("format of A2:Z3", "row 4", "Manage Rules"),
        ("C2:C4", "row 5", "another validation"),
        ("E2:Z3", "row 4", "be extended"),
    ],
    "ru": [
        ("форматирование ячеек A2:Z3", "строки 4", "Применяется"),
        ("C2:C4", "строки 5", "другая проверка"),
        ("E2:Z3", "строки 4", "распространить"),
    ],
}


@pytest.mark.parametrize("lang", SAID)
def test_what_to_do_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str) -> None:
    rules = [colour("A2:Z3"), check("C2:C3"), check("C5"), check_apart("E2:Z3")]
    assert take_in(roster(tmp_path / "r.xlsx", *rules, framed=True), "--lang", lang) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if "«Roster»: " in line]
    for line, parts in zip(lines, SAID[lang], strict=True):
        assert [part for part in parts if part not in line] == []


def test_columns_beside_an_excel_table_are_none_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = roster(tmp_path / "r.xlsx", colour("A2:H3"), colour("H2:H3"), framed=True, area="A1:F3")
    assert told(capsys, path, "--yes") == [("format", "A2:H3", 4)]
    assert areas(path) == ["A2:H3", "H2:H3"]


def test_people_who_only_change_need_no_rule(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = roster(tmp_path / "r.xlsx", colour("A2:Z3"), check("C2:C3"), framed=False)
    source = tmp_path / "s.csv"
    source.write_text("Person ID;Agreement signed\nP1;12.01.2026\n")
    assert run("import", source, "--into", path, "--yes", "--json") == 0
    assert json.loads(capsys.readouterr().out)["rules_ending_above"] == []
    assert areas(path) == ["A2:Z3", "C2:C3"]
