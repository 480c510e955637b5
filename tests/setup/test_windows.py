"""What Windows says of itself, told by a registry that is none; and what is done with it."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path, PureWindowsPath
from types import SimpleNamespace
from typing import Any, Self

import pytest

from hqs_xl.cli.program import main
from hqs_xl.setup.check import Check, State
from hqs_xl.setup.checks import examine
from hqs_xl.setup.computer import XLWINGS
from hqs_xl.setup.machine import Machine, this_machine
from hqs_xl.setup.windows import (
    CODE_PAGE,
    OFFICE,
    REGISTRY_ROOTS,
    TRUSTED_LOCATIONS,
    TrustedFolder,
    cloud_folders,
    code_page,
    is_of_store,
    office_bits,
    survives,
    trusted_folders,
)
from hqs_xl.setup.workbook import Workbook
from hqs_xl.template.xlwings_conf import CONFIG
from hqs_xl.texts import LANGUAGES, say

TODAY = date(2026, 11, 29)
WORKBOOK = Path(__file__).parents[2] / "workbook" / "hqs_roster.xlsm"
MODULES = frozenset({"pythoncom", "win32com", "xlsxwriter", "pyopenvba"})
STORE = "C:/Users/anna/AppData/Local/Microsoft/WindowsApps"
STORE_PYTHON = f"{STORE}/PythonSoftwareFoundation.Python.3.12_qbz5n2kfra8p0/python.exe"
DRIVES = {
    "OneDrive": "C:\\Users\\anna\\OneDrive",
    "OneDriveCommercial": "D:\\OneDrive - Company",
    "OneDriveConsumer": "",
}
HOMES = {"latin": "C:/Users/anna", "spaces": "C:/Users/Anna P", "cyrillic": "C:/Users/Анна Петрова"}


class Registry:
    """The little of ``winreg`` that is asked, over a dictionary: path of a key to its values."""

    HKEY_CURRENT_USER = HKEY_LOCAL_MACHINE = ""
    KEY_READ = 1
    KEY_WOW64_64KEY = 256

    def __init__(self, keys: dict[str, dict[str, Any]]) -> None:
        self.keys = keys

    def OpenKey(self, parent: Any, name: str, _reserved: int = 0, _access: int = 1) -> Key:  # noqa: N802
        path = f"{parent.path}\\{name}" if parent else name
        if not [key for key in self.keys if key == path or key.startswith(f"{path}\\")]:
            raise FileNotFoundError(path)
        return Key(path)

    def _names(self, key: Key) -> list[str]:
        inside = [path.removeprefix(f"{key.path}\\") for path in self.keys if path.startswith(f"{key.path}\\")]
        return [name for name in inside if "\\" not in name]

    def QueryInfoKey(self, key: Key) -> tuple[int, int, int]:  # noqa: N802
        return len(self._names(key)), 0, 0

    def EnumKey(self, key: Key, number: int) -> str:  # noqa: N802
        return self._names(key)[number]

    def QueryValueEx(self, key: Key, name: str) -> tuple[Any, int]:  # noqa: N802
        if name not in self.keys.get(key.path, {}):
            raise FileNotFoundError(name)
        return self.keys[key.path][name], 1


class Key:
    """An open key."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...


def on(python: str = "C:/Python312/python.exe", **facts: Any) -> Machine:
    """A computer with Windows, told what its registry and environment would say."""
    told = {"office": 64, "code_page": "cp1251", **facts}
    return Machine("win32", "3.12.1", Path(python), XLWINGS, MODULES, **told)


def found(name: str, machine: Machine, workbook: str = "C:/HQS/hqs_roster.xlsm", **settings: str) -> Check:
    book = Workbook(Path(workbook), has_macros=True, settings={**CONFIG, **settings}, glue=XLWINGS)
    (check,) = [one for one in examine(machine, book, TODAY) if one.name == name]
    return check


class TestOffice:
    @pytest.mark.parametrize(("word", "bits"), [("x86", 32), ("x64", 64), ("X64", 64), ("arm", None), (7, None)])
    @pytest.mark.parametrize(("key", "name"), OFFICE)
    def test_its_bits(self, key: str, name: str, word: object, bits: int | None) -> None:
        assert office_bits(Registry({key: {name: word}})) == bits

    def test_click_to_run_comes_before_what_is_left_of_another(self) -> None:
        (new, platform), (old, bitness), _ = OFFICE
        assert office_bits(Registry({old: {bitness: "x86"}, new: {platform: "x64"}})) == 64

    def test_there_is_none(self) -> None:
        assert office_bits(Registry({})) is None
        check = found("office", on(office=None))
        assert (check.state, check.outcome) == (State.ATTENTION, "missing")

    @pytest.mark.parametrize(("bits", "wanted"), [(32, "xlwings32"), (64, "xlwings64"), (None, "xlwings64")])
    def test_excel_loads_the_dll_of_its_own_bits(self, tmp_path: Path, bits: int | None, wanted: str) -> None:
        for name in ("xlwings32", "xlwings64"):
            if name != wanted:
                (tmp_path / f"{name}-{XLWINGS}.dll").touch()
        machine = on(str(tmp_path / "python.exe"), office=bits)
        assert found("dll", machine).state == State.FAULT
        assert wanted in found("dll", machine).found("en")
        (tmp_path / f"{wanted}-{XLWINGS}.dll").touch()
        assert found("dll", machine).state == State.OK


class TestStore:
    @pytest.mark.parametrize(
        ("program", "of_store"),
        [
            (f"{STORE}/python.exe", True),
            (STORE_PYTHON, True),
            ("C:/Program Files/WindowsApps/PythonSoftwareFoundation.Python.3.12_x64/python3.12.exe", True),
            ("c:/users/anna/appdata/local/microsoft/windowsapps/python.exe", True),
            ("C:/Users/anna/AppData/Local/Programs/Python/Python312/python.exe", False),
            ("C:/Users/anna/AppData/Local/Python/pythoncore-3.14-64/python.exe", False),
            ("C:/MyWindowsApps/python.exe", False),
        ],
    )
    def test_whose_python_it_is(self, program: str, *, of_store: bool) -> None:
        assert is_of_store(PureWindowsPath(program)) is of_store
        check = found("python", on(program))
        assert (check.state, check.outcome) == ((State.FAULT, "store") if of_store else (State.OK, "here"))
        if of_store:
            assert "python.org" in check.advice("en")

    @pytest.mark.parametrize(
        ("on_path", "state", "outcome"),
        [
            (None, State.FAULT, "none_on_path"),
            (f"{STORE}/python.exe", State.FAULT, "stub"),
            ("C:/Python312/python.exe", State.ATTENTION, "any_python"),
        ],
    )
    def test_what_the_word_python_means_to_excel(self, on_path: str | None, state: State, outcome: str) -> None:
        machine = on(python_on_path=PureWindowsPath(on_path) if on_path else None)
        check = found("settings", machine, INTERPRETER_WIN="python")
        assert (check.state, check.outcome) == (state, outcome)
        assert ("python.org" if outcome == "stub" else str(machine.interpreter)) in check.advice("en")

    def test_a_workbook_that_names_the_stub(self) -> None:
        assert found("settings", on(), INTERPRETER_WIN=STORE_PYTHON).outcome == "stub"


class TestCloud:
    def test_where_it_is(self) -> None:
        assert cloud_folders({}) == ()
        assert cloud_folders(DRIVES) == (
            PureWindowsPath("C:/Users/anna/OneDrive"),
            PureWindowsPath("D:/OneDrive - Company"),
        )

    @pytest.mark.parametrize(
        ("file", "outcome"),
        [
            ("C:/Users/anna/OneDrive/Documents/HQS/hqs_roster.xlsm", "cloud"),
            ("c:/users/ANNA/onedrive/hqs_roster.xlsm", "cloud"),
            ("D:/OneDrive - Company/HR/hqs_roster.xlsm", "cloud"),
            ("C:/Users/anna/OneDrive2/hqs_roster.xlsm", "here"),
            ("C:/Users/anna/HQS/hqs_roster.xlsm", "here"),
        ],
    )
    def test_a_workbook_in_it_is_known_by_an_address(self, file: str, outcome: str) -> None:
        check = found("folder", on(cloud=cloud_folders(DRIVES)), file)
        assert check.outcome == outcome
        assert check.state == (State.ATTENTION if outcome == "cloud" else State.OK)


class TestLetters:
    @pytest.mark.parametrize(("number", "encoding"), [("1251", "cp1251"), ("65001", "cp65001"), ("", ""), ("x", "")])
    def test_the_code_page(self, number: str, encoding: str) -> None:
        key, name = CODE_PAGE
        assert code_page(Registry({key: {name: number}} if number else {})) == encoding

    @pytest.mark.parametrize(
        ("home", "encoding", "kept"),
        [
            ("latin", "cp1252", True),
            ("spaces", "cp1252", True),
            ("cyrillic", "cp1251", True),
            ("cyrillic", "cp1252", False),
            ("cyrillic", "cp65001", True),
            ("cyrillic", "", True),
            ("cyrillic", "cp99999", False),
        ],
    )
    def test_a_users_name_on_its_way_through_excel(self, home: str, encoding: str, *, kept: bool) -> None:
        assert survives(HOMES[home], encoding) is kept
        machine = on(f"{HOMES[home]}/Python312/python.exe", code_page=encoding)
        assert found("letters", machine).state == (State.OK if kept else State.ATTENTION)
        folder = found("folder", on(code_page=encoding), f"{HOMES[home]}/HQS/hqs_roster.xlsm")
        assert folder.outcome == ("here" if kept else "lost")


class TestThisMachine:
    """A whole computer: what its registry, its environment and its PATH say, up to what a person reads."""

    @pytest.fixture
    def windows(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[str | None, str], None]:
        """Let this be a computer with Windows: what the word ``python`` leads to, and which Python runs."""

        def turned(on_path: str | None, runs: str) -> None:
            (key, name), _, _ = OFFICE
            registry = Registry({key: {name: "x64"}, CODE_PAGE[0]: {CODE_PAGE[1]: "1251"}})
            monkeypatch.setitem(sys.modules, "winreg", registry)
            monkeypatch.setattr("hqs_xl.setup.machine.sys", SimpleNamespace(platform="win32", executable=runs))
            monkeypatch.setattr("hqs_xl.setup.machine.shutil.which", {"python": on_path}.get)
            monkeypatch.setenv("OneDrive", DRIVES["OneDrive"])

        return turned

    def test_what_is_read(self, windows: Callable[[str | None, str], None]) -> None:
        windows(f"{STORE}/python.exe", "C:/Python312/pythonw.exe")
        machine = this_machine()
        assert (machine.system, machine.office, machine.code_page) == ("win32", 64, "cp1251")
        assert machine.interpreter == Path("C:/Python312/python.exe")
        assert machine.python_on_path == PureWindowsPath(STORE, "python.exe")
        assert machine.cloud == cloud_folders({"OneDrive": DRIVES["OneDrive"]})

    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize(
        ("on_path", "outcome"),
        [(f"{STORE}/python.exe", "stub"), (None, "none_on_path"), ("D:/python.exe", "any_python")],
    )
    def test_the_doctor_says_where_the_word_python_leads(
        self,
        windows: Callable[[str | None, str], None],
        on_path: str | None,
        outcome: str,
        lang: str,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        windows(on_path, "C:/Python312/python.exe")
        assert main(["doctor", str(WORKBOOK), "--json", "--lang", lang]) == 1
        (check,) = [one for one in json.loads(capsys.readouterr().out)["checks"] if one["check"] == "settings"]
        words = {"path": on_path and PureWindowsPath(on_path), "ours": "C:/Python312/python.exe"}
        assert check["found"] == say(f"doctor.settings.{outcome}", lang, **words)
        assert check["advice"]

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_installed_by_the_stores_python_it_says_what_to_do(
        self,
        windows: Callable[[str | None, str], None],
        tmp_path: Path,
        lang: str,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        windows(f"{STORE}/python.exe", STORE_PYTHON)
        assert main(["install", "--out", str(tmp_path / "HQS"), "--lang", lang]) == 0
        said = capsys.readouterr().out.partition(say("install.in_the_way", lang))[2]
        assert say("doctor.python.store", lang, version=platform.python_version(), path=STORE_PYTHON) in said
        assert "python.org" in said

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_a_workbook_that_is_not_there(
        self,
        windows: Callable[[str | None, str], None],
        tmp_path: Path,
        lang: str,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        windows(None, "C:/Python312/python.exe")
        monkeypatch.setenv("HQS_XL_LANG", lang)
        gone = tmp_path / "Анна П" / "hqs_roster.xlsm"
        for command in (["doctor", str(gone)], ["install", "--from", str(gone), "--out", str(tmp_path / "new.xlsm")]):
            assert main(command) == 2
            captured = capsys.readouterr()
            assert captured.out == ""
            assert captured.err.count("\n") == 1
            assert "hqs_roster.xlsm" in captured.err
        assert list(tmp_path.iterdir()) == []

    def test_a_python_that_is_gone(self) -> None:
        check = found("settings", on(), INTERPRETER_WIN="C:/Users/Анна П/Python312/python.exe")
        assert (check.state, check.outcome) == (State.FAULT, "no_python")
        assert "Анна П" in check.found("ru")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_commands_are_those_of_the_system(lang: str) -> None:
    """On Windows ``python`` may be the Store's stub, and the folder of scripts is seldom on the PATH."""
    bare = replace(on(), xlwings=None, modules=frozenset())
    for check in examine(bare, None, TODAY):
        assert "python -m" not in check.advice(lang)
        assert "hqs-xl install" not in check.advice(lang)
    advice = " ".join(check.advice(lang) for check in examine(replace(bare, system="linux"), None, TODAY))
    assert "python -m pip install" in advice
    assert "py -m" not in advice


class TestRegistry:
    USER = f"{REGISTRY_ROOTS[1]}\\{TRUSTED_LOCATIONS}"
    POLICY = f"{REGISTRY_ROOTS[0]}\\{TRUSTED_LOCATIONS}"

    def test_nothing_is_there(self) -> None:
        assert list(trusted_folders(Registry({}))) == []

    def test_the_administrators_folders_and_ones_own(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HQS_TEST_HOME", "C:\\Users\\Anna")
        registry = Registry(
            {
                f"{self.USER}\\Location0": {"Path": "$HQS_TEST_HOME\\XLSTART\\", "AllowSubfolders": 1},
                f"{self.USER}\\Location3": {"Path": "D:\\HR", "Description": "ours"},
                f"{self.POLICY}\\Location0": {"Path": "\\\\server\\hr", "AllowSubfolders": 0},
            }
        )
        assert list(trusted_folders(registry)) == [
            TrustedFolder(PureWindowsPath("\\\\server\\hr"), subfolders=False),
            TrustedFolder(PureWindowsPath("C:\\Users\\Anna\\XLSTART"), subfolders=True),
            TrustedFolder(PureWindowsPath("D:\\HR"), subfolders=False),
        ]

    def test_a_place_without_a_path_holds_no_workbook(self) -> None:
        (place,) = trusted_folders(Registry({f"{self.USER}\\Location1": {"AllowSubfolders": 1}}))
        assert not place.holds(PureWindowsPath("C:\\HR\\a.xlsm"))
