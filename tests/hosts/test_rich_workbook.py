"""A workbook with all that HR's own may hold goes through an edit: nothing is lost, everything else is as it was."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from hqs_xl.roster.tables.book import find_tables
from hqs_xl.rows import Cached
from tests import rich_workbook
from tests.compare_workbooks import compare, main
from tests.hosts.edits import changes, edited, part, read
from tests.hosts.test_edit import members
from tests.programs import needs_validator, validator_errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from hqs_xl.hosts.closed import ClosedEdit

DAY = date(2026, 3, 31)
SERIAL = 46_112
ANSWERS = {"next_action": "File & tell", "next_due": DAY, "act_by": None, "days_left": 5, "status": "OK", "check": "=x"}
CONCERNED = {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet5.xml", "xl/tables/table2.xml", "xl/styles.xml"}
REGISTRY = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rich") / "rich.xlsm"
    rich_workbook.make(path)
    return path


def refresh(book: ClosedEdit) -> None:
    """What a refresh does: answers, findings anew, a day that was counted, and a new log."""
    found = {table.kind: table for table in find_tables(book, lambda *_: None).found}
    roster = found["roster"]
    findings = book.replace_rows(found["findings"])

    def answers(number: int, _: Any) -> dict[int, Any]:
        if number < roster.header_row:
            return {1: Cached(DAY)} if number == 2 else {}
        if number == roster.header_row:
            return {}
        findings({"severity": "Violation", "person_id": f"P{number}", "row": number, "due": DAY, "message": "late"})
        return {place: value for key, value in ANSWERS.items() if (place := roster.place(key)) is not None}

    book.edit_rows(roster.sheet, answers)


def refresh_and_log(book: ClosedEdit) -> None:
    refresh(book)
    book.add_table("log", "en")({"checked_at": "2026-03-31 07:30", "as_of": DAY})


@pytest.mark.parametrize(("feature", "where"), rich_workbook.FEATURES.items(), ids=rich_workbook.FEATURES)
def test_every_feature_is_in_the_workbook(feature: str, where: tuple[str, str], rich: Path) -> None:
    assert feature
    assert where[1].encode() in part(rich, where[0])


def test_an_edit_changes_the_answers_and_nothing_else(rich: Path) -> None:
    out = edited(rich, refresh_and_log)
    assert [str(one) for one in compare(rich, out) if not one.allowed] == []
    before, after = members(rich), members(out)
    assert [name for name, _ in after][: len(before)] == [name for name, _ in before]
    assert {name for name, data in before if dict(after)[name] != data} == CONCERNED | REGISTRY
    found = read(out, "Roster")
    place = rich_workbook.headers().index
    assert found[6][place("Next action")] == "File & tell"
    assert found[6][place("Status")] == "OK"
    assert found[6][place("Spare")] == 5
    assert f"<f>TODAY()</f><v>{SERIAL}</v>".encode() in part(out, "xl/worksheets/sheet1.xml")
    assert len(read(out, "Findings")) == 1 + rich_workbook.PEOPLE
    assert not changes(out, refresh)


def test_every_feature_is_there_after_an_edit(rich: Path) -> None:
    out = edited(rich, refresh_and_log)
    lost = [name for name, (place, text) in rich_workbook.FEATURES.items() if text.encode() not in part(out, place)]
    assert lost == []


@pytest.mark.filterwarnings("ignore:.*extension:UserWarning")
def test_the_comparer_sees_what_openpyxl_loses(rich: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "saved.xlsm"
    book = openpyxl.load_workbook(rich, keep_vba=True)
    book.save(out)
    assert main([str(rich), str(out)]) == 1
    said = capsys.readouterr().out
    for lost in (
        "xl/pivotTables",
        "xl/slicers/slicer1.xml",
        "xl/threadedComments",
        "xl/webextensions",
        "xl/connections.xml",
    ):
        assert f"! {lost}" in said


# ---- Microsoft's validator --------------------------------------------------------------------------------------


@needs_validator
def test_the_validator_has_nothing_against_it(rich: Path) -> None:
    assert validator_errors(rich) == []
    assert validator_errors(edited(rich, refresh_and_log)) == []


# ---- LibreOffice ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, str], Path]:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    profile = tmp_path_factory.mktemp("profile")

    def convert(path: Path, kind: str) -> Path:
        out = path.parent / f"by-office-{kind}"
        command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", kind]
        # A fresh profile may end the first start early.
        for _ in range(2):
            subprocess.run([*command, "--outdir", out, path], capture_output=True, timeout=180, check=False)  # noqa: S603
            if (out / f"{path.stem}.{kind}").exists():
                break
        return out / f"{path.stem}.{kind}"

    return convert


@pytest.mark.filterwarnings("ignore:.*extension:UserWarning")
def test_libreoffice_shows_the_same_and_our_answers(rich: Path, office: Callable[[Path, str], Path]) -> None:
    before: Any
    after: Any
    before, after = (openpyxl.load_workbook(office(path, "xlsx")) for path in (rich, edited(rich, refresh_and_log)))
    assert after.sheetnames == [*before.sheetnames, "Log"]
    header = 4
    for sheet in before.worksheets:
        if sheet.title == "Findings":
            continue
        ours = {
            place + 1
            for place, name in enumerate(rich_workbook.headers())
            if sheet.title == "Roster" and name in {"Next action", "Next due", "Act by", "Days left", "Status", "Check"}
        }
        for row in sheet.iter_rows():
            for cell in row:
                other = after[sheet.title].cell(cell.row, cell.column)
                if cell.column not in ours or cell.row <= header:
                    live = str(cell.value).startswith("=") or cell.coordinate in {"B2", "D2"}
                    assert live or cell.value == other.value, cell.coordinate
    sheet = after["Roster"]
    place = rich_workbook.headers().index
    assert sheet.cell(6, place("Next action") + 1).value == "File & tell"
    assert sheet.cell(6, place("Next due") + 1).value.date() == DAY
    assert sheet.cell(6, place("Check") + 1).value in {"=x", "'=x"}


def test_a_workbook_of_libreoffice_is_edited_as_well(rich: Path, office: Callable[[Path, str], Path]) -> None:
    saved = office(rich, "xlsx")
    out = edited(saved, refresh_and_log)
    assert [str(one) for one in compare(saved, out) if not one.allowed] == []
    assert not changes(out, refresh)
    found = read(out, "Roster")
    assert found[6][rich_workbook.headers().index("Status")] == "OK"
    assert zipfile.ZipFile(out).testzip() is None
