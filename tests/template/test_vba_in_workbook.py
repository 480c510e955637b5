"""The built workbook: macros, code names, ribbon and settings belong together, which no validator sees."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from pyopenvba import ExcelFile

from hqs_xl.setup.workbook import read_workbook
from hqs_xl.template.build import build
from hqs_xl.template.ribbon import PART, ribbon_xml
from hqs_xl.template.vba_project import modules
from hqs_xl.template.xlwings_conf import CONFIG
from hqs_xl.texts import LANGUAGES

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.fixture(scope="module", params=LANGUAGES)
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def workbook(lang: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("built") / "hqs_roster.xlsm"
    build(file, lang=lang, demo=False)
    return file


def code_name(package: zipfile.ZipFile, part: str, element: str) -> str:
    found = ET.fromstring(package.read(part)).find(f"{{{SHEET}}}{element}")  # noqa: S314 - of our own making
    assert found is not None, part
    return found.attrib["codeName"]


def test_every_sheet_and_the_workbook_has_its_module_and_every_module_its_sheet(workbook: Path) -> None:
    with zipfile.ZipFile(workbook) as package:
        parts = [name for name in package.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]
        named = {code_name(package, "xl/workbook.xml", "workbookPr")}
        named |= {code_name(package, part, "sheetPr") for part in parts}
    with ExcelFile(workbook) as book:
        documents = {name for name, text in book.vba_modules().items() if "VB_PredeclaredId = True" in text}
    assert len(named) == len(parts) + 1
    assert documents == named


def test_its_helps_are_in_its_language(workbook: Path, lang: str) -> None:
    with ExcelFile(workbook) as book:
        held = book.vba_modules()["HqsHelp"].replace("\r\n", "\n")
    made = {one: modules(one)["HqsHelp"].replace("\r\n", "\n") for one in LANGUAGES}
    assert made["en"] != made["ru"]
    assert held == made[lang]


def test_every_button_calls_a_procedure_of_the_workbook(workbook: Path, lang: str) -> None:
    with zipfile.ZipFile(workbook) as package:
        ribbon = package.read(PART)
    assert ribbon == ribbon_xml(lang)
    with ExcelFile(workbook) as book:
        procedures = re.findall(r"Public Sub (\w+)", "".join(book.vba_modules().values()))
    assert set(re.findall(r'onAction="(\w+)"', ribbon.decode())) <= set(procedures)


def test_the_settings_are_texts_without_a_gap(workbook: Path) -> None:
    assert read_workbook(workbook).settings == dict(CONFIG)


def test_it_says_that_it_holds_macros(workbook: Path) -> None:
    with zipfile.ZipFile(workbook) as package:
        types = package.read("[Content_Types].xml").decode()
    assert "application/vnd.ms-excel.sheet.macroEnabled.main+xml" in types
    assert 'Extension="bin" ContentType="application/vnd.ms-office.vbaProject"' in types


def test_without_macros_there_is_nothing_of_them(tmp_path: Path, lang: str) -> None:
    build(tmp_path / "hqs_roster.xlsx", lang=lang, demo=False, macros=False)
    with zipfile.ZipFile(tmp_path / "hqs_roster.xlsx") as package:
        assert not [name for name in package.namelist() if "vba" in name.casefold() or "customUI" in name]
        assert "macroEnabled" not in package.read("[Content_Types].xml").decode()
    assert read_workbook(tmp_path / "hqs_roster.xlsx").settings is None
