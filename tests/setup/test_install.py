"""The installer: built for the local Python, put where one says, nothing typed ever lost."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PureWindowsPath

import pytest

import hqs_xl
from hqs_xl.cli.commands.install import STEPS
from hqs_xl.cli.program import main
from hqs_xl.errors import HqsError, UnusableFile
from hqs_xl.setup.install import install, local_config
from hqs_xl.setup.machine import Machine
from hqs_xl.setup.workbook import read_workbook
from hqs_xl.template.xlwings_conf import CONFIG
from hqs_xl.texts import LANGUAGES, say, table

DOCS = Path(hqs_xl.__file__).parent.parent / "docs"
NOW = datetime(2026, 11, 22, 9, 30)
WINDOWS = Machine(
    "win32", "3.12.1", Path("C:/venv/Scripts/python.exe"), "0.37.8", frozenset({"xlsxwriter", "pyopenvba"})
)


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """A workbook in no time: bytes that tell what was asked for. Each request is written down."""
    asked: list[dict[str, object]] = []

    def fake(out: Path, **options: object) -> None:
        asked.append(options)
        out.write_text(repr(sorted(options.items())))

    monkeypatch.setattr("hqs_xl.template.build.build", fake)
    return asked


@pytest.mark.usefixtures("build")
class TestWhere:
    def test_into_a_folder_that_is_there(self, tmp_path: Path) -> None:
        assert install(WINDOWS, tmp_path, NOW).file == tmp_path / "hqs_roster.xlsm"
        assert (tmp_path / "hqs_roster.xlsm").is_file()

    def test_into_a_folder_that_is_not(self, tmp_path: Path) -> None:
        assert install(WINDOWS, tmp_path / "HR" / "2026", NOW).file == tmp_path / "HR" / "2026" / "hqs_roster.xlsm"

    def test_on_windows_by_default_into_a_folder_of_the_user(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Path, "home", lambda: tmp_path / "Анна Петрова")
        assert install(WINDOWS, None, NOW).file == tmp_path / "Анна Петрова" / "HQS" / "hqs_roster.xlsm"

    def test_a_tilde_is_the_user(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        assert install(WINDOWS, Path("~/HR"), NOW).file == tmp_path / "HR" / "hqs_roster.xlsm"

    @pytest.mark.parametrize(
        ("typed", "word"),
        [
            ("%USERPROFILE%/HQS", "%USERPROFILE%"),
            ("$env:USERPROFILE/HQS", "$env:USERPROFILE"),
            ("$HOME/HQS", "$HOME"),
        ],
    )
    def test_a_variable_the_shell_left_standing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, word: str
    ) -> None:
        monkeypatch.chdir(tmp_path)
        with pytest.raises(HqsError, match=re.escape(word)):
            install(WINDOWS, Path(typed), NOW)
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("name", ["100%", "50% of a", "a$", "HR & Co"])
    def test_a_sign_that_is_no_variable(self, tmp_path: Path, name: str) -> None:
        assert install(WINDOWS, tmp_path / name, NOW).file.parent.name == name

    def test_a_drive_that_is_not_there(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def gone(*_: object, **__: object) -> None:
            raise FileNotFoundError(2, "no such drive")

        monkeypatch.setattr(Path, "mkdir", gone)
        with pytest.raises(HqsError, match=r"Z: can't be made \(no such drive\).*--out"):
            install(WINDOWS, Path("Z:/roster.xlsm"), NOW)

    def test_a_file_in_the_place_of_the_folder(self, tmp_path: Path) -> None:
        (tmp_path / "HR").touch()
        with pytest.raises(HqsError, match="can't be made"):
            install(WINDOWS, tmp_path / "HR" / "2026", NOW)

    def test_into_a_folder_with_a_dot_in_its_name(self, tmp_path: Path) -> None:
        (tmp_path / "acme.corp").mkdir()
        assert install(WINDOWS, tmp_path / "acme.corp", NOW).file.parent.name == "acme.corp"

    def test_as_a_file_of_another_name(self, tmp_path: Path) -> None:
        assert install(WINDOWS, tmp_path / "specialists.XLSM", NOW).file.name == "specialists.XLSM"

    @pytest.mark.parametrize("name", ["roster.xls", "roster.xlsb", "roster.txt", "roster.xltx"])
    def test_a_workbook_has_no_other_ending(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(HqsError, match=r"ends in \.xlsm.* \.xlsx"):
            install(WINDOWS, tmp_path / name, NOW)
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "macros"), [("new.xlsm", True), ("new.XLSM", True), ("new.xlsx", False), ("n.XLSX", False)]
)
def test_a_workbook_has_macros_where_its_name_says_so(
    tmp_path: Path, build: list[dict[str, object]], name: str, macros: bool
) -> None:
    assert install(WINDOWS, tmp_path / name, NOW).file.name == name
    assert [one["macros"] for one in build] == [macros]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.usefixtures("build")
def test_of_a_workbook_without_macros_it_is_said_what_it_can_do_and_no_step_for_macros(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setattr("hqs_xl.setup.machine.this_machine", lambda: WINDOWS)
    assert main(["install", "--out", str(tmp_path / "new.xlsx"), "--lang", lang]) == 0
    lines = capsys.readouterr().out.splitlines()
    file = tmp_path / "new.xlsx"
    assert lines == [say("install.written", lang, file=file), say("install.no_macros", lang, file=file)]
    assert ".xlsm" in lines[-1]
    assert "refresh" in lines[-1]


@pytest.mark.usefixtures("build")
class TestWhatIsThereAlready:
    def test_a_workbook_somebody_typed_in_is_not_touched(self, tmp_path: Path) -> None:
        file = tmp_path / "hqs_roster.xlsm"
        file.write_bytes(b"typed by Anna")
        with pytest.raises(HqsError, match="--force"):
            install(WINDOWS, tmp_path, NOW)
        assert file.read_bytes() == b"typed by Anna"
        assert list(tmp_path.iterdir()) == [file]

    def test_by_force_it_is_kept_as_a_dated_copy(self, tmp_path: Path) -> None:
        file = tmp_path / "hqs_roster.xlsm"
        file.write_bytes(b"typed by Anna")
        done = install(WINDOWS, tmp_path, NOW, force=True)
        assert done.changed
        assert done.backup
        assert done.backup.read_bytes() == b"typed by Anna"
        assert "2026-11-22" in done.backup.name
        assert file.read_bytes() != b"typed by Anna"

    def test_a_second_copy_does_not_replace_the_first(self, tmp_path: Path) -> None:
        kept = set()
        for typed in (b"typed by Anna", b"typed by Boris"):
            (tmp_path / "hqs_roster.xlsm").write_bytes(typed)
            backup = install(WINDOWS, tmp_path, NOW, force=True).backup
            assert backup
            kept.add(backup)
        assert {one.read_bytes() for one in kept} == {b"typed by Anna", b"typed by Boris"}

    @pytest.mark.parametrize("force", [True, False])
    def test_the_same_workbook_is_not_written_again(self, tmp_path: Path, *, force: bool) -> None:
        file = install(WINDOWS, tmp_path, NOW).file
        os.utime(file, (0, 0))
        done = install(WINDOWS, tmp_path, NOW, force=force)
        assert (done.changed, done.backup, file.stat().st_mtime) == (False, None, 0)

    def test_a_workbook_open_in_excel_is_not_replaced(self, tmp_path: Path) -> None:
        (tmp_path / "hqs_roster.xlsm").write_bytes(b"typed by Anna")
        (tmp_path / "~$hqs_roster.xlsm").touch()
        with pytest.raises(UnusableFile) as refused:
            install(WINDOWS, tmp_path, NOW, force=True)
        assert refused.value.code == "locked"
        assert (tmp_path / "hqs_roster.xlsm").read_bytes() == b"typed by Anna"

    def test_a_build_that_fails_leaves_it(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(out: Path, **_: object) -> None:
            out.write_bytes(b"half")
            raise HqsError("install.no_workbook", file="x")

        monkeypatch.setattr("hqs_xl.template.build.build", broken)
        (tmp_path / "hqs_roster.xlsm").write_bytes(b"typed by Anna")
        with pytest.raises(HqsError):
            install(WINDOWS, tmp_path, NOW, force=True)
        assert (tmp_path / "hqs_roster.xlsm").read_bytes() == b"typed by Anna"


class TestWhatIsBuilt:
    @pytest.mark.parametrize(("lang", "demo"), [("en", False), ("ru", True)])
    def test_language_and_people_are_as_asked(
        self, tmp_path: Path, build: list[dict[str, object]], lang: str, *, demo: bool
    ) -> None:
        install(WINDOWS, tmp_path, NOW, lang=lang, demo=demo)
        assert build == [{"lang": lang, "demo": demo, "macros": True, "config": local_config(WINDOWS)}]

    @pytest.mark.parametrize("missing", ["xlsxwriter", "pyopenvba"])
    def test_what_building_needs_is_named(self, tmp_path: Path, build: list[dict[str, object]], missing: str) -> None:
        with pytest.raises(HqsError, match=rf"needs {missing}; run: python -m pip install .hqs-xl\[build\]"):
            install(replace(WINDOWS, modules=WINDOWS.modules - {missing}), tmp_path / "new", NOW)
        assert build == []
        assert not (tmp_path / "new").exists()

    @pytest.mark.parametrize(
        ("system", "windows", "mac"),
        [
            ("win32", WINDOWS.interpreter, "python"),
            ("darwin", "python", WINDOWS.interpreter),
            ("linux", "python", "python"),
        ],
    )
    def test_excel_is_told_the_python_it_runs(self, system: str, windows: object, mac: object) -> None:
        config = local_config(replace(WINDOWS, system=system))
        assert (config["INTERPRETER_WIN"], config["INTERPRETER_MAC"]) == (str(windows), str(mac))
        assert list(config) == list(CONFIG)

    @pytest.mark.parametrize("folder", ["site-packages", "dist-packages"])
    def test_an_installed_package_needs_no_path(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folder: str
    ) -> None:
        monkeypatch.setattr(hqs_xl, "__file__", str(tmp_path / folder / "hqs_xl" / "__init__.py"))
        assert local_config(WINDOWS)["PYTHONPATH"] == ""

    def test_a_checkout_needs_its_own(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr(hqs_xl, "__file__", str(tmp_path / "hqs-xl" / "hqs_xl" / "__init__.py"))
        assert local_config(WINDOWS)["PYTHONPATH"] == str(tmp_path / "hqs-xl")

    def test_the_real_workbook_is_what_the_doctor_expects(self, tmp_path: Path) -> None:
        made = read_workbook(install(WINDOWS, tmp_path, NOW).file)
        assert made.has_macros
        assert made.glue == WINDOWS.xlwings
        assert made.settings == local_config(WINDOWS)


@pytest.mark.usefixtures("build")
class TestCommand:
    @pytest.fixture
    def on(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
        def choose(system: str) -> None:
            monkeypatch.setattr("hqs_xl.setup.machine.this_machine", lambda: replace(WINDOWS, system=system))

        return choose

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_on_windows_it_says_what_is_left_in_at_most_five_steps(
        self, tmp_path: Path, on: Callable[[str], None], lang: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        on("win32")
        assert main(["install", "--out", str(tmp_path), "--lang", lang]) == 0
        lines = capsys.readouterr().out.splitlines()
        file = tmp_path / "hqs_roster.xlsm"
        assert lines[0] == say("install.written", lang, file=file)
        assert [line[:3] for line in lines[3:8]] == [f"{number}. " for number in range(1, len(STEPS) + 1)]
        assert len(STEPS) <= 5
        assert str(tmp_path) in lines[5]
        assert lines[7].endswith(f'py -m hqs_xl doctor "{file}"')

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_what_stands_in_the_way_is_said_with_what_to_do(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        store = Path("C:/Users/anna/AppData/Local/Microsoft/WindowsApps/python.exe")
        machine = replace(WINDOWS, interpreter=store, office=64, cloud=(PureWindowsPath(tmp_path),))
        monkeypatch.setattr("hqs_xl.setup.machine.this_machine", lambda: machine)
        assert main(["install", "--out", str(tmp_path / "HQS"), "--lang", lang]) == 0
        said = capsys.readouterr().out.partition(say("install.in_the_way", lang))[2]
        for words in ("python.org", "OneDrive", "py -m pip install --force-reinstall", "pywin32"):
            assert words in said

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_installer_doctor_and_page_say_the_same_of_trust(self, lang: str) -> None:
        page = " ".join((DOCS / ("" if lang == "en" else lang) / "install.md").read_text("utf-8").split())
        part = page.partition("### Доверие" if lang == "ru" else "### Trust")[2].partition("###")[0]
        menu, file = re.findall(r"\*\*([^*]+ > [^*]+)\*\*", part)
        step, advice = (table(lang)[key] for key in ("install.step.trust", "doctor.advice.trust.blocked"))
        assert f"{menu}: {{folder}}" in step
        assert f"{menu}: {{folder}}" in advice
        assert file in advice

    @pytest.mark.parametrize("system", ["linux", "darwin"])
    def test_elsewhere_it_says_what_it_cant(
        self, tmp_path: Path, on: Callable[[str], None], system: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        on(system)
        assert main(["install", "--out", str(tmp_path)]) == 0
        out = capsys.readouterr().out
        assert out.startswith("Made ")
        assert "work in Excel on Windows" in out

    def test_a_refusal_is_one_line(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "hqs_roster.xlsm").write_bytes(b"typed by Anna")
        assert main(["install", "--out", str(tmp_path)]) == 2
        captured = capsys.readouterr()
        assert (captured.out, captured.err.count("\n")) == ("", 1)

    def test_by_force_the_copy_is_named(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "hqs_roster.xlsm").write_bytes(b"typed by Anna")
        assert main(["install", "--out", str(tmp_path), "--force"]) == 0
        (kept,) = (tmp_path / "hqs-backups").iterdir()
        assert str(kept) in capsys.readouterr().out

    def test_by_default_into_this_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        assert main(["install"]) == 0
        assert (tmp_path / "hqs_roster.xlsm").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files")
@pytest.mark.usefixtures("build")
def test_a_new_workbook_can_be_read_as_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    file = install(WINDOWS, tmp_path, NOW).file
    assert file.stat().st_mode == (tmp_path / "other").stat().st_mode
