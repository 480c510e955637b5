"""Other programs open the workbook in seconds of computing: libraries of Node and Python, Gnumeric and LibreOffice."""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hqs_xl.template.build import build
from hqs_xl.template.looks import styles
from tests.programs import SOFFICE, needs_libreoffice

# Where .ci/run has installed exceljs and xlsx (SheetJS).
MODULES = os.environ.get("HQS_NODE_MODULES", "")
# Of the processor. They were not done after a minute when rules for cells reached over a million rows.
SECONDS = 5
# LibreOffice makes a profile first.
SECONDS_WITH_START = 10
# Its filter for texts, the last option of which says that all sheets are meant.
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
SHEETS = "15"
NODE = {
    "exceljs": "const E=require('exceljs');const w=new E.Workbook();"
    "w.xlsx.readFile(process.argv[1]).then(()=>console.log(w.worksheets.length))",
    "xlsx": "console.log(require('xlsx').readFile(process.argv[1]).SheetNames.length)",
}
PYTHON = {
    "openpyxl": "import openpyxl,sys;print(len(openpyxl.load_workbook(sys.argv[1]).sheetnames))",
    "python_calamine": "import python_calamine as c,sys;w=c.load_workbook(sys.argv[1]);"
    "print(len([w.get_sheet_by_name(name).to_python() for name in w.sheet_names]))",
    "polars": "import polars,sys;print(len(polars.read_excel(sys.argv[1],sheet_id=0,raise_if_empty=False)))",
}


@pytest.fixture(scope="module", params=["en", "ru"])
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("programs") / f"{request.param}.xlsx"
    build(made, lang=request.param, macros=False)
    return made


def seconds(command: list[str], expected: str, **more: str) -> float:
    """The processor's time a program took, not the clock's: other programs run beside it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(  # noqa: S603
        command, capture_output=True, text=True, check=True, timeout=120, env={**os.environ, **more}
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert expected in done.stdout
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.skipif(not MODULES, reason="exceljs and xlsx are not installed (HQS_NODE_MODULES names their folder)")
@pytest.mark.parametrize("library", NODE)
def test_a_library_of_node(file: Path, library: str) -> None:
    node = shutil.which("node")
    assert node
    assert seconds([node, "-e", NODE[library], str(file)], SHEETS, NODE_PATH=MODULES) < SECONDS


@pytest.mark.parametrize("library", PYTHON)
def test_a_library_of_python(file: Path, library: str) -> None:
    pytest.importorskip(library)
    if library == "polars":
        pytest.importorskip("fastexcel")
    assert seconds([sys.executable, "-W", "ignore", "-c", PYTHON[library], str(file)], SHEETS) < SECONDS


@pytest.mark.skipif(shutil.which("ssconvert") is None, reason="Gnumeric (ssconvert) is not installed")
def test_gnumeric_reads_and_counts_every_sheet(file: Path, tmp_path: Path) -> None:
    ssconvert = shutil.which("ssconvert")
    assert ssconvert
    assert seconds([ssconvert, "-S", str(file), str(tmp_path / "sheet%n.csv")], "") < SECONDS
    assert len(list(tmp_path.glob("sheet*.csv"))) == int(SHEETS)


@needs_libreoffice
def test_libreoffice_reads_and_shows_every_sheet(file: Path, tmp_path: Path) -> None:
    assert SOFFICE
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", EVERY_SHEET, "--outdir", str(tmp_path), str(file)]
    # A Python in an environment of its own would be taken for LibreOffice's.
    assert seconds(command, "", PATH=os.defpath) < SECONDS_WITH_START
    assert len(list(tmp_path.glob("*.csv"))) == int(SHEETS)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_dots_of_date_formats_are_escaped_as_excel_does(lang: str) -> None:
    """SheetJS shows 46112 for a day with a plain dot: findings/sheetjs_has_no_text_for_days_with_dots.sh."""
    dates = {name: look["num_format"] for name, look in styles(lang).items() if "yyyy" in look.get("num_format", "")}
    assert {"date", "month"} <= dates.keys()
    assert [name for name, kind in dates.items() if re.search(r"(?<!\\)\.", kind)] == []
