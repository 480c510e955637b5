"""The workbook for xlwings Lite: its parts as Lite keeps them, and its functions called as Lite calls them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest

from hqs_xl import __version__, functions
from hqs_xl.cells.declared import declared_in
from hqs_xl.refresh.one import Job, Options, State, refresh_file
from hqs_xl.texts import LANGUAGES, helps, say
from hqs_xl.web.lite import EXTENSION_PART, FILE, PREFIX, lite_workbook, main_py
from hqs_xl.web.pack import lite_code, own_code
from tests.functions.cases import Case, alike, cases, squeezed
from tests.programs import needs_validator, validator_errors
from tests.web.page_files import ROOT

WE = "{http://schemas.microsoft.com/office/webextensions/webextension/2010/11}"
CASES = list(enumerate(cases()))
NAMES = sorted(name for name in vars(functions) if name.startswith("HQS_"))


@pytest.fixture(scope="module", params=LANGUAGES)
def workbook(request: pytest.FixtureRequest) -> bytes:
    return lite_workbook(request.param)


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return in_lite(tmp_path_factory, "en", [[case.function, case.arguments] for case in cases()])


@pytest.fixture(scope="module")
def russian(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return in_lite(tmp_path_factory, "ru", [["HQS_RENEWAL_DUE", ["soon"]], ["HQS_RENEWAL_DUE", ["@2027-03-01"]]])


def in_lite(tmp_path_factory: pytest.TempPathFactory, lang: str, calls: list[Any]) -> Any:
    """What the stand-in for Lite was told by main.py, and what the functions answered."""
    folder = tmp_path_factory.mktemp("lite")
    (folder / "main.py").write_text(main_py(lang), "utf-8")
    asked = json.dumps(calls)
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-I", "-S", str(Path(__file__).with_name("lite_host.py")), str(folder / "main.py")],
        input=asked,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_all_functions_are_registered_from_what_is_packed(answered: Any) -> None:
    assert answered["functions"] == NAMES
    assert "hqs_xl.zip/hqs_xl" in answered["from"]


def test_the_check_is_registered_and_all_it_needs_is_packed(answered: Any) -> None:
    assert answered["scripts"] == {"check_roster": {"name": "Check roster"}}
    assert answered["without"] == []


def test_in_a_russian_workbook_it_speaks_russian(russian: Any, answered: Any) -> None:
    assert russian["scripts"] == {"check_roster": {"name": "Проверить реестр"}}
    assert russian["answers"][0].startswith("#HQS! ")
    assert "не дата" in russian["answers"][0]
    assert russian["answers"][1] == "@2027-01-30"
    for one in declared_in(functions).values():
        words = [one.doc, *(argument.doc for argument in one.arguments.values())]
        assert answered["helps"][one.name] == words
        assert russian["helps"][one.name] == [helps("ru")[text] for text in words]


@pytest.mark.parametrize("packed", [own_code, lite_code], ids=["page", "Lite"])
def test_modules_of_others_that_are_imported_late_are_packed_too(packed: Callable[[], bytes]) -> None:
    """A start asks for none of them."""
    with ZipFile(BytesIO(packed())) as code:
        modules = {name for name in code.namelist() if name.endswith(".py")}
        ours = "\n".join(code.read(name).decode() for name in modules if name.startswith("hqs_xl/"))
    wanted = set(re.findall(r"from dateutil\.(\w+) import", ours))
    assert wanted
    assert {f"dateutil/{name}.py" for name in wanted} <= modules


@pytest.mark.parametrize(("number", "case"), CASES, ids=[str(case) for _, case in CASES])
def test_they_answer_as_anywhere(answered: Any, number: int, case: Case) -> None:
    assert alike(squeezed(answered["answers"][number]), case.answer)


def test_the_part_is_as_lite_keeps_it(workbook: bytes) -> None:
    root = ET.fromstring(ZipFile(BytesIO(workbook)).read(EXTENSION_PART))  # noqa: S314 - our own
    kept = {one.get("name"): json.loads(str(one.get("value"))) for one in root.iter(f"{WE}property")}
    assert kept["main.py"] in {main_py(lang) for lang in LANGUAGES}
    assert "xlwings" in kept["requirements.txt"]
    assert [one.text for one in root.iter(f"{WE}customFunctionIds")] == [
        PREFIX + name for name in vars(functions) if name.startswith("HQS_")
    ]
    assert root.find(f"{WE}reference").get("id") == "wa200008175"  # type: ignore[union-attr]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_person_who_opens_main_py_is_told_what_it_is(lang: str) -> None:
    head = main_py(lang).split('"""')[1]
    assert say("lite.title", lang, version=__version__) in head
    assert say("lite.nothing", lang) in head


def test_formulas_call_by_the_names_lite_registers(workbook: bytes) -> None:
    package = ZipFile(BytesIO(workbook))
    sheets = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    formulas = [formula for sheet in sheets for formula in re.findall(r"<f\b[^>]*>([^<]*)</f>", sheet)]
    assert any(f"{PREFIX}HQS_ANSWERS(" in formula for formula in formulas)
    assert not any(re.search(r"(?<!_xldudf_)\bHQS_[A-Z_]+\(", formula) for formula in formulas)


def test_two_builds_are_the_same_bytes(workbook: bytes) -> None:
    assert workbook in {lite_workbook(lang) for lang in LANGUAGES}


def test_the_closed_workbook_is_refreshed_as_any_of_ours(workbook: bytes, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(workbook)
    options = Options(now=datetime(2026, 11, 29, 9), as_of=date(2026, 12, 20), backups=0)
    done = refresh_file(Job(tmp_path / FILE, options))
    assert (done.state, done.left_alone) == (State.CHANGED, ())
    parts = [ZipFile(BytesIO(one)).read(EXTENSION_PART) for one in (workbook, (tmp_path / FILE).read_bytes())]
    assert parts[0] == parts[1]


@needs_validator
def test_microsoft_s_validator_finds_nothing(workbook: bytes, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(workbook)
    assert validator_errors(tmp_path / FILE) == []


@pytest.mark.parametrize("place", ["workbook", "workbook/ru"])
def test_the_committed_one_is_of_this_code(place: str) -> None:
    lang = "ru" if place.endswith("ru") else "en"
    assert (ROOT / place / FILE).read_bytes() == lite_workbook(lang)
