"""The VBA project: what stands in it, that others read it, and that it runs in an interpreter of VBA, not in Excel."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import struct
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from olefile import OleFileIO
from pyopenvba.interpreter import Interpreter
from pyopenvba.vba import normalize_class_source

import hqs_xl
from hqs_xl.buttons.groups import GROUPS
from hqs_xl.template.vba_project import _quoted, modules, vba_project
from hqs_xl.template.wrappers import RESERVED, compilable, wrappers
from hqs_xl.template.xlwings_conf import CONFIG, VERSION_KEY
from hqs_xl.texts import LANGUAGES
from tests.functions.test_functions import ComHost
from tests.template.vba_host import Cell, Excel

PYPROJECT = Path(hqs_xl.__file__).parent.parent / "pyproject.toml"
SHEETS = ("StartSheet", "RosterSheet", "ConfSheet")


@pytest.fixture(scope="module")
def olevba() -> Any:
    with warnings.catch_warnings():
        # Its own use of an old pyparsing.
        warnings.simplefilter("ignore", DeprecationWarning)
        from oletools import olevba  # noqa: PLC0415

    return olevba


@pytest.fixture(scope="module")
def project() -> bytes:
    return vba_project(SHEETS)


@pytest.fixture(scope="module")
def streams(project: bytes) -> dict[str, bytes]:
    with OleFileIO(project) as container:
        return {"/".join(path): container.openstream(path).read() for path in container.listdir()}


@pytest.fixture(scope="module")
def dir_records(olevba: Any, streams: dict[str, bytes]) -> list[tuple[int, bytes]]:
    """The records of MS-OVBA 2.3.4.2: id and value."""
    raw = bytes(olevba.decompress_stream(bytearray(streams["VBA/dir"])))
    found, at = [], 0
    while at < len(raw):
        key, size = struct.unpack_from("<HI", raw, at)
        # PROJECTVERSION says 4 and holds 6 bytes.
        size = 6 if key == 0x0009 else size
        found.append((key, raw[at + 6 : at + 6 + size]))
        at += 6 + size
    return found


class TestWhatStandsInIt:
    def test_olevba_reads_each_module_as_it_was_written(self, olevba: Any, project: bytes) -> None:
        parser = olevba.VBA_Parser("vbaProject.bin", data=project)
        found = {Path(name).stem: text for _, _, name, text in parser.extract_macros()}
        assert set(found) == {*modules(), *SHEETS}
        for name, text in modules().items():
            written = normalize_class_source(text) if name == "Dictionary" else text
            header, written = ("", written) if name != "ThisWorkbook" else (document("ThisWorkbook", "19"), written)
            assert found[name].replace("\r\n", "\n") == (header + written).replace("\r\n", "\n"), name
        for name in SHEETS:
            assert found[name].replace("\r\n", "\n") == document(name, "20"), name

    @pytest.mark.parametrize("lang", LANGUAGES)
    @pytest.mark.parametrize("name", modules())
    def test_a_module_is_plain_text_in_lines_that_vba_takes(self, name: str, lang: str) -> None:
        text = modules(lang)[name]
        assert text.isascii()
        assert text.count("\n") == text.count("\r\n") == text.count("\r")
        assert max(map(len, text.splitlines())) <= 1023
        assert not re.search(r"(?:[^\n]* _\r\n){25}", text)

    @pytest.mark.parametrize("file", sorted((Path(hqs_xl.__file__).parent / "template" / "vba").iterdir()), ids=str)
    def test_our_sources_are_kept_as_vba_keeps_them(self, file: Path) -> None:
        raw = file.read_bytes()
        assert raw.decode("cp1252").isascii()
        assert raw.count(b"\n") == raw.count(b"\r\n") > 0

    def test_every_module_has_its_kind(self, streams: dict[str, bytes]) -> None:
        declared = re.findall(r"^(Document|Module|Class)=(\w+)", streams["PROJECT"].decode("cp1252"), re.MULTILINE)
        assert sorted(declared) == sorted(
            [("Document", name) for name in ("ThisWorkbook", *SHEETS)]
            + [("Module", name) for name in ("HqsHelp", "HqsRibbon", "xlwings", "xlwings_udfs")]
            + [("Class", "Dictionary")]
        )

    def test_the_directory_stream_says_the_same(self, dir_records: list[tuple[int, bytes]]) -> None:
        names = [value.decode("cp1252") for key, value in dir_records if key == 0x0019]
        kinds = [key for key, _ in dir_records if key in {0x0021, 0x0022}]
        procedural = {name for name, kind in zip(names, kinds, strict=True) if kind == 0x0021}
        assert procedural == {"HqsHelp", "HqsRibbon", "xlwings", "xlwings_udfs"}
        assert set(names) - procedural == {"ThisWorkbook", "Dictionary", *SHEETS}
        assert dict(dir_records)[0x0003] == struct.pack("<H", 1252)

    def test_the_directory_stream_ends_where_it_says(self, dir_records: list[tuple[int, bytes]]) -> None:
        # A terminator and four reserved bytes, which read as one more record of no length; and nothing behind.
        assert [key for key, _ in dir_records[-2:]] == [0x002B, 0x0010]

    def test_the_code_stands_at_the_start_of_each_stream(self, dir_records: list[tuple[int, bytes]]) -> None:
        assert {value for key, value in dir_records if key == 0x0031} == {b"\0\0\0\0"}

    def test_nothing_is_left_of_the_project_it_is_made_from(self, olevba: Any) -> None:
        # pyOpenVBA's template has a Sheet1 of its own, compiled.
        with OleFileIO(vba_project(["Sheet1"])) as container:
            code = container.openstream("VBA/Sheet1").read()
        assert olevba.decompress_stream(bytearray(code)).decode().replace("\r\n", "\n") == document("Sheet1", "20")

    def test_only_the_libraries_of_every_office_are_referred_to(self, dir_records: list[tuple[int, bytes]]) -> None:
        assert [value.decode() for key, value in dir_records if key == 0x0016] == ["stdole", "Office"]
        assert not {key for key, _ in dir_records} & {0x000E, 0x002F, 0x0033}

    def test_no_compiled_code_is_kept(self, streams: dict[str, bytes]) -> None:
        # MS-OVBA 2.3.4.1: version 0xFFFF and no cache; then Excel compiles the sources.
        assert streams["VBA/_VBA_PROJECT"] == bytes.fromhex("CC61FFFF000100")
        assert not [name for name in streams if "SRP" in name]

    def test_it_is_not_locked(self, streams: dict[str, bytes]) -> None:
        text = streams["PROJECT"].decode("cp1252")
        properties = dict(re.findall(r'^(\w+)="(.*)"\r$', text, re.MULTILINE))
        unlocked = {"CMG": b"\0\0\0\0", "DPB": b"\0", "GC": b"\xff"}
        assert {key: deciphered(properties[key], properties["ID"]) for key in unlocked} == unlocked
        assert properties["HelpContextID"] == "0"

    def test_the_same_bytes_come_out_of_every_process(self, project: bytes) -> None:
        code = (
            "import hashlib, sys; from hqs_xl.template.vba_project import vba_project;"
            f"sys.stdout.write(hashlib.sha256(vba_project({SHEETS})).hexdigest())"
        )
        environment = {**os.environ, "PYTHONPATH": str(Path(hqs_xl.__file__).parent.parent), "PYTHONHASHSEED": "7"}
        other = subprocess.run(  # noqa: S603
            [sys.executable, "-c", code],
            env={**environment, "TZ": "Asia/Vladivostok"},
            capture_output=True,
            text=True,
            check=True,
        )
        assert other.stdout == hashlib.sha256(project).hexdigest()


def deciphered(record: str, project_id: str) -> bytes:
    """What a record of protection says: MS-OVBA 2.4.3.3, with the key that the project's id gives (2.4.3.2)."""
    seed, version, key, *rest = bytes.fromhex(record)
    assert seed ^ version == 2
    assert seed ^ key == sum(project_id.encode("cp1252")) & 0xFF
    plain, last, before = seed ^ key, key, version
    found = []
    for byte in rest:
        plain = byte ^ (before + plain & 0xFF)
        last, before = byte, last
        found.append(plain)
    ignored = (seed & 6) // 2
    size = int.from_bytes(found[ignored : ignored + 4], "little")
    assert len(found) == ignored + 4 + size
    return bytes(found[ignored + 4 :])


def document(name: str, kind: str) -> str:
    """The attributes Excel gives the module of the workbook (19) or of a sheet (20)."""
    return (
        f'Attribute VB_Name = "{name}"\nAttribute VB_Base = "0{{000208{kind}-0000-0000-C000-000000000046}}"\n'
        "Attribute VB_GlobalNameSpace = False\nAttribute VB_Creatable = False\nAttribute VB_PredeclaredId = True\n"
        "Attribute VB_Exposed = True\nAttribute VB_TemplateDerived = False\nAttribute VB_Customizable = True\n"
    )


@pytest.mark.parametrize(
    "names",
    [("Roster", "roster"), ("ThisWorkbook",), ("xlwings",), ("Лист1",), ("Sheet 1",), ("1Sheet",), ("",), ("S" * 32,)],
)
def test_a_code_name_that_excel_would_not_take_is_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="code name"):
        vba_project(names)


class TestWrappers:
    def test_they_are_what_xlwings_would_import(self) -> None:
        host = ComHost()
        try:
            # The functions are loaded by a call, as in Excel.
            host.ask(call="HQS_CALENDAR_KNOWN", args=[])
            imported = host.ask(wrappers=True)
        finally:
            host.process.terminate()
            host.process.communicate()
        made = wrappers()
        assert made.vba == imported["vba"]
        helps = [
            (option["name"].rpartition("!")[2], option["Description"], tuple(option["ArgumentDescriptions"] or ()))
            for option in imported["options"]
        ]
        assert [tuple(one) for one in made.helps] == helps

    def test_the_module_is_that_text_and_one_private_function(self) -> None:
        text = modules()["xlwings_udfs"].replace("\r\n", "\n")
        assert text.replace("event_", "event").startswith(wrappers().vba.rstrip("\n") + "\n\n")
        added = text[len(compilable(wrappers().vba).rstrip()) :]
        assert re.findall(r"(?:Function|Sub) (\w+)", added) == ["XLPy"]

    def test_no_argument_is_a_reserved_word(self) -> None:
        declared = re.findall(r"^Function (\w+)\((.*)\)\r$", modules()["xlwings_udfs"], re.MULTILINE)
        assert len(declared) == len(wrappers().helps)
        for name, arguments in declared:
            words = [argument.removeprefix("Optional ") for argument in arguments.split(", ")]
            assert not {word.casefold() for word in words} & RESERVED, name
            # And what is declared is what is handed over.
            handed = re.findall(rf'"{name}", Array\((.*?)\)', modules()["xlwings_udfs"])
            assert handed == [", ".join(words)] * 2

    @pytest.mark.parametrize(
        ("written", "compiled"),
        [
            ("Function A(event, Optional kind)\n", "Function A(event_, Optional kind)\n"),
            ("Function A(kind, Optional Event)\n", "Function A(kind, Optional Event_)\n"),
            (
                '    A = X.CallUDF("m", "A", Array(event, kind), B, C)\n',
                '    A = X.CallUDF("m", "A", Array(event_, kind), B, C)\n',
            ),
            ("Function A(array)\n    Array(array)\n", "Function A(array_)\n    Array(array_)\n"),
            # No arguments: the same text elsewhere is not touched.
            ("' An event (event) of Function A(event)\n", "' An event (event) of Function A(event)\n"),
            ("Function A(events, day, rows)\n", "Function A(events, day, rows)\n"),
            ("Function A()\n", "Function A()\n"),
        ],
    )
    def test_a_reserved_word_is_renamed_as_an_argument_only(self, written: str, compiled: str) -> None:
        assert compilable(written) == compiled

    def test_two_modules_do_not_share_a_public_name(self) -> None:
        seen: dict[str, str] = {}
        for name in ("HqsHelp", "HqsRibbon", "xlwings", "xlwings_udfs"):
            for procedure in re.findall(r"^(?:Public )?(?:Function|Sub) (\w+)", modules()[name], re.MULTILINE):
                assert seen.setdefault(procedure.casefold(), name) == name, procedure


class TestGlue:
    def test_it_is_of_the_pinned_xlwings(self) -> None:
        version = re.search(r'"xlwings==([\d.]+)"', PYPROJECT.read_text("utf-8"))[1]  # type: ignore[index]
        assert f'XLWINGS_VERSION As String = "{version}"' in modules()["xlwings"]
        assert f'Lib "xlwings64-{version}.dll"' in modules()["xlwings"]

    def test_it_works_without_the_add_in(self) -> None:
        assert "ActiveWorkbook" not in modules()["xlwings"]

    def test_the_sheet_of_settings_answers_every_question(self) -> None:
        asked = set(re.findall(r'GetConfig\("([^"]+)"', modules()["xlwings"]))
        assert asked == set(CONFIG) - {VERSION_KEY}

    @pytest.mark.parametrize("key", ["DEBUG UDFS", "USE UDF SERVER", "SHOW CONSOLE"])
    def test_what_the_glue_reads_as_yes_or_no_is_one(self, key: str) -> None:
        # An empty text is a type mismatch there.
        assert CONFIG[key] == "False"

    @pytest.mark.parametrize("key", CONFIG)
    def test_a_key_is_written_as_the_glue_asks(self, key: str) -> None:
        assert key == key.upper()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ('say "yes"', 'say "yes"'),
        ("two\n    lines", "two lines"),
        ("Q1 2026, 1 кв. 2026", "Q1 2026, 1 кв. 2026"),
        ("ёж", "ёж"),
        ("«Правила»: ABC 12, да", "«Правила»: ABC 12, да"),
        ("день — 3 дня; А, Р и Я", "день — 3 дня; А, Р и Я"),
        ("(да) 5 / да-да", "(да) 5 / да-да"),
        ("", ""),
    ],
)
def test_a_help_is_shown_as_it_was_meant(text: str, shown: str) -> None:
    vba = Interpreter()
    cyrillic = re.search(r"Private (Function Cyrillic.*?End Function\r?\n)", modules()["HqsHelp"], re.DOTALL)
    assert cyrillic
    vba.add_module(f"{cyrillic[1]}Function Shown()\n    Shown = {_quoted(text)}\nEnd Function\n", name="Module1")
    assert _quoted(text).isascii()
    assert vba.run("Shown", []) == shown


@pytest.fixture
def excel() -> Excel:
    return Excel()


class TestRunning:
    def test_opening_the_workbook_sets_every_help(self, excel: Excel) -> None:
        excel.run("Workbook_Open")
        assert excel.application.helps == list(wrappers().helps)

    def test_opening_the_russian_workbook_sets_every_help_in_russian(self) -> None:
        excel = Excel("ru")
        excel.run("Workbook_Open")
        assert excel.application.helps == list(wrappers().helps_in("ru"))
        shown = {one.function: one for one in excel.application.helps}["HQS_DAYS_LEFT"]
        assert shown.text == "Сколько календарных дней осталось до срока; меньше нуля, если он прошёл."
        assert shown.arguments[0] == "Последний день срока."

    @pytest.mark.parametrize("saved", [True, False])
    def test_opening_leaves_the_workbook_as_changed_as_it_was(self, excel: Excel, *, saved: bool) -> None:
        excel.book.saved = saved
        excel.run("Workbook_Open")
        assert excel.book.saved is saved

    def test_opening_is_silent_when_excel_takes_no_help_and_python_is_missing(self, excel: Excel) -> None:
        excel.application.hidden = excel.xlwings.python_missing = True
        excel.run("Workbook_Open")
        assert excel.application.helps == []
        assert excel.xlwings.lookups == 0

    def test_a_function_calls_python_with_its_arguments(self, excel: Excel) -> None:
        assert excel.run("HQS_WORKDAY", 46022, 3) == "HQS_WORKDAY answered"
        module, name, values = excel.xlwings.servers[0].calls[0]
        assert (module, name, values.items) == ("hqs_xl.functions", "HQS_WORKDAY", [46022, 3])

    def test_many_calls_look_for_the_server_once(self, excel: Excel) -> None:
        for day in range(50):
            excel.run("HQS_ACT_BY", 46022 + day)
        assert excel.xlwings.lookups == 1
        assert len(excel.xlwings.servers[0].calls) == 50

    def test_a_server_that_ended_is_started_again_and_no_cell_shows_it(self, excel: Excel) -> None:
        excel.run("HQS_ACT_BY", 46022)
        excel.xlwings.servers[0].ended = True
        assert excel.run("HQS_ACT_BY", 46022) == "HQS_ACT_BY answered"
        assert excel.xlwings.lookups == 2

    def test_without_python_the_cell_says_so_until_there_is_one(self, excel: Excel) -> None:
        excel.xlwings.python_missing = True
        assert excel.run("HQS_ACT_BY", 46022) == "Could not load xlwings64.dll"
        excel.xlwings.python_missing = False
        assert excel.run("HQS_ACT_BY", 46022) == "HQS_ACT_BY answered"

    @pytest.mark.parametrize("button", [button for buttons in GROUPS.values() for button in buttons])
    def test_a_button_runs_its_macro(self, excel: Excel, button: object) -> None:
        callback, macro = button.callback, button.macro  # type: ignore[attr-defined]
        excel.run(callback, Cell())
        assert excel.application.commands == [f"from hqs_xl import macros; macros.{macro}()"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_libreoffice_opens_the_workbook_and_finds_the_modules(project: bytes, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "book.xlsm")) as book:
        book.set_vba_name("ThisWorkbook")
        for name in SHEETS:
            book.add_worksheet().set_vba_name(name)
        book.add_vba_project(io.BytesIO(project), is_stream=True)
    command = ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    command += ["--convert-to", "ods", "--outdir", str(tmp_path), str(tmp_path / "book.xlsm")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603
    with zipfile.ZipFile(tmp_path / "book.ods") as converted:
        found = {
            Path(name).stem: re.findall(r'script:moduleType="(\w+)"|$', converted.read(name).decode())[0]
            for name in converted.namelist()
            if name.startswith("Basic/VBAProject/")
        }
    kinds = dict.fromkeys(modules(), "normal") | dict.fromkeys(("ThisWorkbook", *SHEETS), "document")
    kinds |= {"Dictionary": "class", "script-lb": ""}
    assert found == kinds
