"""The package as the page carries it, in Pyodide under Node: the cell functions, and refreshed files byte for byte."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from hqs_xl.refresh.one import Job, Options, refresh_file
from hqs_xl.web.build import FOLDER
from tests.benchmarks.big_roster import write_roster
from tests.functions.cases import Case, alike, cases
from tests.web.page_files import ROOT, needs_pyodide, node

NOW = "2026-11-28T09:00:00"
BUILT = {"built.xlsx": "hqs_roster.xlsx", "built.xlsm": "hqs_roster.xlsm", "built_ru.xlsx": "ru/hqs_roster.xlsx"}
BIG = {"thousand.xlsx": 1_000, "ten_thousand.xlsx": 10_000}
FILES = [*BUILT, *BIG]
CASES = list(enumerate(cases()))

pytestmark = needs_pyodide


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("work")
    for name, built in BUILT.items():
        shutil.copyfile(ROOT / "workbook" / built, folder / name)
    for name, people in BIG.items():
        write_roster(folder / name, people)
    return folder


@pytest.fixture(scope="module")
def answer(built: Path, work: Path) -> Any:
    script = Path(__file__).with_name("in_pyodide.py")
    return node("in_node.mjs", packs=str(built / FOLDER), work=str(work), python=str(script), now=NOW, files=FILES)


def test_it_ran_in_a_browser_s_python(answer: Any) -> None:
    assert answer["platform"] == "emscripten"


def test_each_module_that_is_packed_can_be_imported(answer: Any) -> None:
    assert answer["without"] == {}


@pytest.mark.parametrize(("number", "case"), CASES, ids=[str(case) for _, case in CASES])
def test_cell_functions_answer_as_anywhere(answer: Any, number: int, case: Case) -> None:
    assert alike(answer["functions"][str(number)], case.answer)


@pytest.mark.parametrize("name", FILES)
def test_a_refreshed_file_is_byte_for_byte_what_the_program_writes(
    answer: Any, work: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The extra "fast" deflates to other bytes of the same contents; no browser has it.
    monkeypatch.setattr("hqs_xl.hosts.package.spool._isal", lambda: None)
    native = work / f"native {name}"
    done = refresh_file(Job(work / name, Options(now=datetime.fromisoformat(NOW), backups=0), native))
    assert answer["states"][name] == [str(done.state), done.message]
    assert (work / f"web {name}").read_bytes() == native.read_bytes()
