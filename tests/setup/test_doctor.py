"""The doctor: what each check says of which computer, workbook and day, with what to do."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path, PureWindowsPath

import pytest
import xlsxwriter
from pyopenvba import ExcelFile

import hqs_xl
from hqs_xl.cli.program import main
from hqs_xl.errors import UnusableFile
from hqs_xl.output.checked import everything_checked
from hqs_xl.setup.check import Check, State
from hqs_xl.setup.checks import examine
from hqs_xl.setup.computer import XLWINGS
from hqs_xl.setup.machine import Machine, _with_console, this_machine
from hqs_xl.setup.windows import TrustedFolder, is_from_internet
from hqs_xl.setup.workbook import Workbook, around_rows, glue_of, read_workbook
from hqs_xl.template.build import build
from hqs_xl.template.vba_project import vba_project
from hqs_xl.template.xlwings_conf import CONFIG, SHEET, VERSION_KEY
from hqs_xl.texts import LANGUAGES, table

TODAY = date(2026, 11, 29)
PYPROJECT = Path(hqs_xl.__file__).parent.parent / "pyproject.toml"
DLL = f"xlwings64-{XLWINGS}.dll"
ALL_MODULES = frozenset({"pythoncom", "win32com", "xlsxwriter", "pyopenvba"})


@pytest.fixture
def windows(tmp_path: Path) -> Machine:
    """A computer with all that is needed, its Python in a virtual environment."""
    scripts = tmp_path / "venv" / "Scripts"
    scripts.mkdir(parents=True)
    (scripts / "python.exe").touch()
    (scripts.parent / DLL).touch()
    return Machine("win32", "3.12.1", scripts / "python.exe", XLWINGS, ALL_MODULES, office=64, code_page="cp1251")


@pytest.fixture
def workbook(windows: Machine, tmp_path: Path) -> Workbook:
    """A workbook made for that computer."""
    settings = {**CONFIG, "INTERPRETER_WIN": str(windows.interpreter)}
    (tmp_path / "book.xlsm").touch()
    return Workbook(tmp_path / "book.xlsm", has_macros=True, settings=settings, glue=XLWINGS)


def check(name: str, machine: Machine, workbook: Workbook | None = None, today: date = TODAY) -> Check:
    (found,) = [one for one in examine(machine, workbook, today) if one.name == name]
    return found


def outcomes(checks: Iterable[Check]) -> dict[str, tuple[str, str]]:
    return {one.name: (one.state.value, one.outcome) for one in checks}


def test_all_is_well_on_a_computer_that_has_everything(windows: Machine, workbook: Workbook) -> None:
    found = outcomes(examine(windows, workbook, TODAY))
    assert {state for state, _ in found.values()} == {"ok"}
    assert found["trust"] == ("ok", "asks")


def test_off_windows_what_excel_needs_there_is_skipped(windows: Machine, workbook: Workbook) -> None:
    found = outcomes(examine(replace(windows, system="linux"), workbook, TODAY))
    skipped = {name for name, (state, _) in found.items() if state == "skipped"}
    assert skipped == {"office", "dll", "pywin32", "letters", "settings", "folder", "trust"}
    assert {outcome for name, (_, outcome) in found.items() if name in skipped} == {"not_here"}


@pytest.mark.parametrize("macros", [True, False])
def test_without_a_workbook_of_macros_only_the_computer_is_looked_at(
    windows: Machine, workbook: Workbook, *, macros: bool
) -> None:
    given = None if macros else replace(workbook, has_macros=False, settings=None, glue="")
    found = outcomes(examine(windows, given, TODAY))
    looked_past = {name: said for name, said in found.items() if said[0] == "skipped"}
    outcome = ("skipped", "none" if macros else "no_macros")
    names = ["workbook", "modules", "glue", "settings", "folder", "trust", *(["cell_rules"] if macros else [])]
    assert looked_past == dict.fromkeys(names, outcome)


def test_a_workbook_that_libreoffice_saved_is_to_be_made_anew(windows: Machine, workbook: Workbook) -> None:
    found = check("modules", windows, replace(workbook, named=False))
    assert (found.state, found.outcome) == ("fault", "lost")
    assert "install --from" in found.advice("en")


def test_a_rule_of_cells_that_calls_a_function_is_named(windows: Machine, workbook: Workbook) -> None:
    for macros in (True, False):
        found = check("cell_rules", windows, replace(workbook, has_macros=macros, dead_rules=("Roster!A2:A9",)))
        assert (found.state, found.outcome) == ("attention", "dead")
        assert "Roster!A2:A9" in found.found("ru")


class TestComputer:
    @pytest.mark.parametrize(
        ("version", "state", "outcome"),
        [
            (XLWINGS, "ok", "here"),
            ("0.37.7", "fault", "other"),
            (XLWINGS + "1", "fault", "other"),
            (None, "fault", "missing"),
        ],
    )
    def test_xlwings_is_of_the_pinned_version(
        self, windows: Machine, version: str | None, state: str, outcome: str
    ) -> None:
        found = check("xlwings", replace(windows, xlwings=version))
        assert (found.state, found.outcome) == (state, outcome)

    def test_the_pinned_version_is_that_of_the_package(self) -> None:
        assert f'"xlwings=={XLWINGS}"' in PYPROJECT.read_text("utf-8")

    def test_the_dll_stands_beside_python(self, windows: Machine) -> None:
        (windows.interpreter.parent.parent / DLL).rename(windows.interpreter.parent / DLL)
        assert check("dll", windows).found("en") == str(windows.interpreter.parent / DLL)

    def test_a_dll_of_another_version_is_none(self, windows: Machine) -> None:
        (windows.interpreter.parent.parent / DLL).rename(windows.interpreter.parent / "xlwings64-0.37.7.dll")
        found = check("dll", windows)
        assert (found.state, found.outcome) == (State.FAULT, "missing")
        assert DLL in found.found("en")
        assert "--force-reinstall" in found.advice("en")

    @pytest.mark.parametrize("missing", ["pythoncom", "win32com"])
    def test_a_part_of_pywin32_is_missing(self, windows: Machine, missing: str) -> None:
        found = check("pywin32", replace(windows, modules=ALL_MODULES - {missing}))
        assert (found.state, found.found("en")) == (State.FAULT, f"can't import {missing}")

    @pytest.mark.parametrize("missing", ["xlsxwriter", "pyopenvba"])
    def test_making_workbooks_is_no_must(self, windows: Machine, missing: str) -> None:
        found = check("builder", replace(windows, modules=ALL_MODULES - {missing}))
        assert (found.state, found.found("en")) == (State.ATTENTION, f"can't import {missing}")

    def test_a_python_without_streams_is_named_by_its_twin(self) -> None:
        assert _with_console(Path("C/pythonw.exe")) == Path("C/python.exe")
        assert _with_console(Path("C/PythonW.exe")) == Path("C/python.exe")
        assert _with_console(Path("bin/python3")) == Path("bin/python3")

    def test_this_computer_is_read(self) -> None:
        machine = this_machine()
        assert machine.xlwings == XLWINGS
        assert machine.interpreter.is_file()
        assert machine.modules >= {"xlsxwriter", "pyopenvba"}


class TestWorkbook:
    @pytest.mark.parametrize(
        ("version", "state", "outcome"),
        [(hqs_xl.__version__, "ok", "here"), ("0.0.1", "attention", "other"), ("", "fault", "not_ours")],
    )
    def test_who_made_it(self, windows: Machine, workbook: Workbook, version: str, state: str, outcome: str) -> None:
        settings = {**(workbook.settings or {}), VERSION_KEY: version}
        found = check("workbook", windows, replace(workbook, settings=settings))
        assert (found.state, found.outcome) == (state, outcome)

    def test_a_workbook_without_the_sheet_is_not_ours(self, windows: Machine, workbook: Workbook) -> None:
        bare = replace(workbook, settings=None)
        assert check("workbook", windows, bare).outcome == "not_ours"
        assert check("settings", windows, bare).outcome == "incomplete"

    @pytest.mark.parametrize(
        ("glue", "state", "outcome"),
        [
            (XLWINGS, "ok", "here"),
            ("0.36.0", "fault", "other"),
            ("0.38.0", "fault", "other"),
            ("", "attention", "unread"),
        ],
    )
    def test_its_macros_are_of_the_same_xlwings(
        self, windows: Machine, workbook: Workbook, glue: str, state: str, outcome: str
    ) -> None:
        found = check("glue", windows, replace(workbook, glue=glue))
        assert (found.state, found.outcome) == (state, outcome)

    @pytest.mark.parametrize(
        ("changes", "state", "outcome"),
        [
            ({}, "ok", "here"),
            ({"INTERPRETER_WIN": "python"}, "fault", "none_on_path"),
            ({"INTERPRETER_WIN": "C:\\gone\\python.exe"}, "fault", "no_python"),
            ({"INTERPRETER_WIN": ""}, "fault", "no_python"),
            ({"INTERPRETER_WIN": __file__}, "attention", "other_python"),
            ({"UDF MODULES": "other"}, "fault", "other_module"),
        ],
    )
    def test_its_settings(
        self, windows: Machine, workbook: Workbook, changes: dict[str, str], state: str, outcome: str
    ) -> None:
        found = check("settings", windows, replace(workbook, settings={**(workbook.settings or {}), **changes}))
        assert (found.state, found.outcome) == (state, outcome)

    @pytest.mark.parametrize("key", CONFIG)
    def test_a_setting_that_is_gone(self, windows: Machine, workbook: Workbook, key: str) -> None:
        settings = {name: value for name, value in (workbook.settings or {}).items() if name != key}
        found = check("settings", windows, replace(workbook, settings=settings))
        assert (found.state, found.found("en")) == (State.FAULT, f"missing: {key}")


class TestTrust:
    @pytest.mark.parametrize(
        ("mark", "blocked"),
        [
            ("[ZoneTransfer]\r\nZoneId=3\r\nReferrerUrl=x\r\n", True),
            ("[ZoneTransfer]\r\nZoneId=4\r\n", True),
            ("[ZoneTransfer]\r\nzoneid = 3\r\n", False),
            ("[ZoneTransfer]\r\nZoneId=1\r\n", False),
            ("[ZoneTransfer]\r\n", False),
            ("ZoneId=\xff", False),
            ("", False),
            (None, False),
        ],
    )
    def test_a_mark_of_the_internet_blocks_the_macros(
        self, windows: Machine, workbook: Workbook, mark: str | None, *, blocked: bool
    ) -> None:
        if mark is not None:
            Path(f"{workbook.path}:Zone.Identifier").write_bytes(mark.encode("latin-1"))
        assert is_from_internet(workbook.path) is blocked
        found = check("trust", windows, workbook)
        assert (found.state, found.outcome) == (("fault", "blocked") if blocked else ("ok", "asks"))

    def test_a_trusted_folder_needs_no_more(self, windows: Machine, workbook: Workbook) -> None:
        Path(f"{workbook.path}:Zone.Identifier").write_text("ZoneId=3")
        place = TrustedFolder(PureWindowsPath(workbook.path.parent), subfolders=False)
        assert check("trust", replace(windows, trusted=(place,)), workbook).outcome == "trusted"

    @pytest.mark.parametrize(
        ("folder", "subfolders", "file", "held"),
        [
            ("C:\\HR", False, "C:\\HR\\a.xlsm", True),
            ("C:\\HR\\", False, "c:\\hr\\A.XLSM", True),
            ("C:\\HR", False, "C:\\HR\\2026\\a.xlsm", False),
            ("C:\\HR", True, "C:\\HR\\2026\\11\\a.xlsm", True),
            ("C:\\HR", True, "C:\\HR2\\a.xlsm", False),
            ("C:\\HR", True, "C:\\a.xlsm", False),
            ("\\\\server\\share\\HR", True, "\\\\SERVER\\share\\hr\\x\\a.xlsm", True),
        ],
    )
    def test_what_a_trusted_folder_holds(self, folder: str, file: str, *, subfolders: bool, held: bool) -> None:
        assert TrustedFolder(PureWindowsPath(folder), subfolders).holds(PureWindowsPath(file)) is held


class TestAges:
    @pytest.mark.parametrize(
        ("today", "state", "outcome"),
        [
            (date(2026, 12, 31), "ok", "here"),
            (date(2027, 1, 1), "ok", "here"),
            (date(2027, 10, 31), "ok", "here"),
            (date(2027, 11, 1), "attention", "next_year"),
            (date(2027, 12, 31), "attention", "next_year"),
            (date(2028, 1, 1), "fault", "passed"),
        ],
    )
    def test_the_calendar(self, windows: Machine, today: date, state: str, outcome: str) -> None:
        found = check("calendar", windows, today=today)
        assert (found.state, found.outcome) == (state, outcome)
        assert "2027-12-31" in found.found("en")

    @pytest.mark.parametrize(
        ("today", "state", "outcome"),
        [
            (date(2026, 11, 27), "attention", "ahead"),
            (date(2026, 11, 28), "ok", "here"),
            (date(2026, 11, 29), "ok", "here"),
            (date(2028, 1, 2), "ok", "here"),
            (date(2028, 1, 3), "attention", "old"),
        ],
        ids=["the day before they were read", "that day", "the day after", "400 days after", "401 days after"],
    )
    def test_the_rules(self, windows: Machine, today: date, state: str, outcome: str) -> None:
        found = check("rules", windows, today=today)
        assert (found.state, found.outcome) == (state, outcome)
        assert "2026-11-28" in found.found("en")

    def test_old_rules_say_how_many_and_what_to_run(self, windows: Machine) -> None:
        found = check("rules", windows, today=date(2028, 1, 3))
        count = len(everything_checked())
        assert found.found("en").startswith(
            f"{count} of {count} values of the law were last looked at over 400 days ago"
        )
        assert "hqs-xl rules --age" in found.advice("en")


def test_every_outcome_has_its_words_and_every_fault_its_advice(windows: Machine, workbook: Workbook) -> None:
    said = {key for key in table("en") if re.fullmatch(r"doctor\.\w+\.\w+", key)}
    said = {key for key in said if key.split(".")[1] not in {"column", "state", "name"}}
    advised = {key.replace("doctor.advice.", "doctor.") for key in table("en") if key.startswith("doctor.advice.")}
    quiet = {"here", "not_here", "none", "no_macros", "trusted", "asks"}
    assert advised == {key for key in said if key.rpartition(".")[2] not in quiet}
    names = {one.name for one in examine(windows, workbook, TODAY)}
    assert {f"doctor.name.{name}" for name in names} == {key for key in table("en") if key.startswith("doctor.name.")}


def real_workbook(path: Path, *, macros: bool = True, settings: dict[str, str] | None = None) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        for name, code in (("Start", "StartSheet"), (SHEET, "ConfSheet")):
            book.add_worksheet(name).set_vba_name(code)
        for row, (key, value) in enumerate((CONFIG if settings is None else settings).items()):
            book.get_worksheet_by_name(SHEET).write_row(row, 0, [key.title(), value])
        if macros:
            project = path.with_suffix(".bin")
            project.write_bytes(vba_project(["StartSheet", "ConfSheet"]))
            book.set_vba_name("ThisWorkbook")
            book.add_vba_project(str(project))
    return path


class TestReading:
    def test_a_workbook_with_macros(self, tmp_path: Path) -> None:
        found = read_workbook(real_workbook(tmp_path / "book.xlsm"))
        # An empty cell is not written; it is no missing setting.
        assert found == Workbook(tmp_path / "book.xlsm", has_macros=True, settings=dict(CONFIG), glue=XLWINGS)

    def test_a_workbook_without(self, tmp_path: Path) -> None:
        found = read_workbook(real_workbook(tmp_path / "book.xlsx", macros=False))
        assert (found.has_macros, found.glue) == (False, "")

    def test_sheets_without_code_names(self, tmp_path: Path) -> None:
        file = real_workbook(tmp_path / "book.xlsm")
        for part in ("xl/workbook.xml", "xl/worksheets/sheet2.xml"):
            with zipfile.ZipFile(file) as source, zipfile.ZipFile(tmp_path / "saved.xlsm", "w") as target:
                for name in source.namelist():
                    data = source.read(name)
                    target.writestr(name, re.sub(rb' codeName="\w+"', b"", data) if name == part else data)
            assert not read_workbook(tmp_path / "saved.xlsm").named

    @pytest.mark.parametrize("size", [1, 7, 64, 1 << 20])
    @pytest.mark.parametrize("rows", [b"<sheetData/>", b"<sheetData>" + b"<row/>" * 99 + b"</sheetData>"])
    def test_rows_are_passed_over_however_the_part_is_cut(self, size: int, rows: bytes) -> None:
        part = b"<worksheet><sheetPr codeName='A'/>" + rows + b"<dataValidations/></worksheet>"
        found = around_rows(part[at : at + size] for at in range(0, len(part), size))
        assert found.startswith(b"<worksheet><sheetPr codeName='A'/>")
        assert found.endswith(b"<dataValidations/></worksheet>")
        assert b"<row/>" not in found

    def test_rules_that_call_our_functions(self, tmp_path: Path) -> None:
        file = tmp_path / "book.xlsx"
        with xlsxwriter.Workbook(str(file)) as book:
            sheet = book.add_worksheet("My people")
            sheet.conditional_format("A2:A9", {"type": "formula", "criteria": "=HQS_ISWORKDAY($A2)"})
            sheet.conditional_format("B2:B9", {"type": "formula", "criteria": "=COUNTIF(HQS_IDS,$A2)>1"})
            sheet.data_validation("C2:C9", {"validate": "custom", "value": "=HQS_DAYS_LEFT(C2)>0"})
            sheet.data_validation("D2:D9", {"validate": "custom", "value": "=D2>0"})
        assert sorted(read_workbook(file).dead_rules) == ["My people!A2:A9", "My people!C2:C9"]

    def test_the_workbook_has_none(self, tmp_path: Path) -> None:
        build(tmp_path / "book.xlsm")
        found = read_workbook(tmp_path / "book.xlsm")
        assert (found.named, found.dead_rules) == (True, ())

    @pytest.mark.parametrize("project", [b"", b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)])
    def test_a_broken_project_has_no_version(self, project: bytes) -> None:
        assert glue_of(project) == ""

    def test_a_project_of_others_has_no_version(self, tmp_path: Path) -> None:
        with ExcelFile(real_workbook(tmp_path / "book.xlsm")) as book:
            book.set_module("xlwings", "Public Const XLWINGS_VERSION As Long = 1\r\n")
            book.save(tmp_path / "other.xlsm")
            book.vba_project().delete_module("xlwings")
            book.save(tmp_path / "none.xlsm")
        assert [read_workbook(tmp_path / name).glue for name in ("other.xlsm", "none.xlsm")] == ["", ""]

    def test_what_is_no_workbook_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "book.xlsm").write_text("hello")
        with pytest.raises(UnusableFile) as refused:
            read_workbook(tmp_path / "book.xlsm")
        assert refused.value.code == "plain_text"


class TestCommand:
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_as_a_table(self, tmp_path: Path, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["doctor", str(real_workbook(tmp_path / "book.xlsm")), "--lang", lang]) == 0
        out = capsys.readouterr().out
        assert "book.xlsm" in out
        assert table(lang)["doctor.name.calendar"] in out
        assert table(lang)["doctor.well"] in out

    def test_in_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["doctor", "--json"]) == 0
        answer = json.loads(capsys.readouterr().out)
        assert answer["workbook"] is None
        assert {one["check"] for one in answer["checks"]} >= {"python", "xlwings", "calendar"}
        assert {tuple(one) for one in answer["checks"]} == {("check", "state", "found", "advice")}

    def test_a_fault_is_exit_1_and_says_what_to_do(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = real_workbook(tmp_path / "book.xlsm", settings={"PYTHONPATH": "x"})
        assert main(["doctor", str(file)]) == 1
        out = " ".join(capsys.readouterr().out.split())
        assert "FAULT" in out
        assert "Faults: 2" in out

    def test_what_is_no_workbook_is_exit_2(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["doctor", str(tmp_path / "none.xlsm")]) == 2
        assert "there is no such file" in capsys.readouterr().err
