"""The language the terminal speaks, and that all of a command line is there in Russian."""

from __future__ import annotations

import argparse
import ast
import ctypes
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from hqs_xl.cli.program import main
from hqs_xl.cli.spoken import language_of, speak, spoken, system_language, words
from hqs_xl.data import packaged, toml
from tests.english import english_in

RUSSIAN = toml(packaged("texts/terminal.toml"))
FIELDS = re.compile(r"%\(\w+\)[sr]|%[sr]|{\w+}")


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    yield
    speak("en")


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        ({}, "en"),
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "ru"}, "ru"),
        ({"LANG": "run_BI.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "ru_RU.UTF-8"}, "ru"),
        ({"LC_MESSAGES": "ru_RU.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "ru:en"}, "ru"),
        ({"LANG": "ru_RU.UTF-8", "LANGUAGE": ""}, "ru"),
        ({"LANG": "RU_ru.cp1251"}, "ru"),
    ],
    ids=str,
)
def test_the_terminal_follows_the_locale(environ: dict[str, str], lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert system_language(environ) == lang


@pytest.mark.parametrize(
    ("environ", "windows", "lang"),
    [
        pytest.param({}, 0x0419, "ru", id="Russian"),
        pytest.param({}, 0x0819, "ru", id="Russian of another country"),
        pytest.param({}, 0x0409, "en", id="English"),
        pytest.param({}, 0x0422, "en", id="Ukrainian"),
        pytest.param({}, 0x0407, "en", id="German"),
        pytest.param({"LANG": "en_US.UTF-8"}, 0x0419, "en", id="English, by the environment"),
        pytest.param({"LC_ALL": "ru_RU.UTF-8"}, 0x0409, "ru", id="Russian, by the environment"),
        pytest.param({"LANG": ""}, 0x0419, "ru", id="Russian, the environment says nothing"),
    ],
)
def test_windows_is_asked_what_its_windows_speak(
    environ: dict[str, str], windows: int, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in for Windows: docs/acceptance.md says what a real one has to show."""
    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: windows)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    assert system_language(environ) == lang


@pytest.mark.parametrize(
    ("arguments", "lang"),
    [
        (["check", "--lang", "ru"], "ru"),
        (["check", "--lang=ru", "x.xlsx"], "ru"),
        (["check", "--la", "ru"], "ru"),
        (["check", "--lang"], "en"),
        (["check", "--lang", "de"], "en"),
        (["refresh", "--log", "ru"], "en"),
        (["refresh", "--l=ru"], "en"),
        (["check", "ru"], "en"),
        ([], "en"),
    ],
    ids=" ".join,
)
def test_what_is_asked_for_wins(arguments: list[str], lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.delenv("LANGUAGE", raising=False)
    assert language_of(arguments) == lang
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    assert language_of([*arguments, "--lang", "en"]) == ("ru" if lang == "ru" else "en")


@pytest.mark.parametrize(
    "command",
    [
        ["explain", "notice.concluded", "2024-04-25"],
        ["calendar", "2027"],
        ["law", "changes", "--since", "2026-01-01"],
        ["schedule", "show", "--with", "cron"],
        ["schema", "roster"],
    ],
    ids=lambda command: command[0],
)
def test_the_language_may_be_said_before_the_command_or_after_it(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    places = [0, 1, len(command)] if command[0] in {"law", "schedule"} else [0, len(command)]
    said = set()
    for place in places:
        assert main([*command[:place], "--lang", "ru", *command[place:]]) == 0
        said.add(capsys.readouterr().out)
    assert main(command) == 0
    english = capsys.readouterr().out
    assert len(said) == 1
    assert (said == {english}) == (command[0] == "schema")


def test_the_language_said_before_the_command_wins_over_the_roster_s(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(tmp_path / "demo.xlsx")
    main(["demo", file, "--people", "3"])
    capsys.readouterr()
    main(["--lang", "ru", "check", file])
    assert "редакция" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("chek demo.xlsx", "is check meant?"),
        ("check demo.xlsx --asof 2026-01-01", "is --as-of meant?"),
        ("check demo.xlsx --asof=2026-01-01", "is --as-of meant?"),
        ("check demo.xlsx --edition low", "is law meant?"),
        ("schedule instal demo.xlsx", "is install meant?"),
        ("check our roster.xlsx", 'a name with spaces stands in quotes, such as "our roster.xlsx"'),
    ],
    ids=str,
)
def test_a_mistyped_word_is_answered_with_what_may_be_meant(
    typed: str, meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(typed.split())
    said = re.sub(r"\s+", " ", capsys.readouterr().err)
    assert f"; {meant} (see hqs-xl" in said


@pytest.mark.parametrize("typed", ["xyz", "check demo.xlsx --edition", "check demo.xlsx --zzz", "schema"])
def test_where_nothing_is_near_nothing_is_offered(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(typed.split())
    assert " meant?" not in capsys.readouterr().err


def sentences_of_argparse() -> Iterator[str]:
    for node in ast.walk(ast.parse(inspect.getsource(argparse))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "ngettext"}:
            said = node.args[:2] if node.func.id == "ngettext" else node.args[:1]
            yield from (text.value for text in said if isinstance(text, ast.Constant) and isinstance(text.value, str))


def test_every_sentence_of_argparse_is_there() -> None:
    found = set(sentences_of_argparse())
    assert len(found) > 30
    assert found - RUSSIAN.keys() == set()


@pytest.mark.parametrize("english", RUSSIAN)
def test_a_sentence_keeps_its_fields(english: str) -> None:
    def names(text: str) -> list[str]:
        return sorted(re.sub("[sr]$", "", field) for field in FIELDS.findall(text))

    assert names(english) == names(RUSSIAN[english])


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ([], "не хватает: КОМАНДА"),
        (["fly"], "значение «fly» не подходит"),
        (["check"], "не хватает: ФАЙЛ"),
        (["check", "x.xlsx", "--as-of", "yesterday"], "«yesterday»: это не дата; нужно 31.12.2026"),
        (["check", "x.xlsx", "--as-of", ""], "нужна дата"),
        (["check", "x.xlsx", "--as-of"], "нужно одно значение"),
        (["check", "x.xlsx", "--colour"], "неизвестные аргументы: --colour"),
        (["check", "x.xlsx", "--edition", "new"], "значение «new» не подходит (выберите из:"),
        (["check", "x.xlsx", "--json=1"], "этому параметру значение не нужно"),
        (["check", "x.xlsx", "--column", "Came"], "«Came»: нужно заголовок=столбец"),
        (["check", "x.xlsx", "--s", "1"], "непонятно, какой параметр имеется в виду"),
        (["due", "x.xlsx", "--within", "0"], "«0»: нужно число дней от 1 до 3660"),
        (["demo", "--people", "0"], "нужно число людей от 1"),
        (["refresh", "x.xlsx", "--jobs", "-"], "нужно целое число от 0"),
        (["calendar", "1999"], "«1999»: нужен год с 2002 по 2060"),
        (["notice", "x.xlsx", "P1", "--kind", "salary", "--quarter", "5"], "это не квартал"),
        (["schedule", "install", "x.xlsx", "--at", "25:00"], "«25:00»: нужно время вида 07:30"),
        (["schedule", "install", "x.xlsx", "--at", "07:30", "--days", "never"], "«never»: нужны дни недели"),
        (["check", "there-is-none.xlsx"], "такого файла нет"),
        (["explain", "notice.birth", "2026-01-01"], "правила «notice.birth» нет"),
        (["demo", "/dev/null/x"], "/dev/null/x: это не папка"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)
def test_what_is_wrong_is_said_in_russian(
    command: list[str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    try:
        status = main(command)
    except SystemExit as left:
        status = int(left.code or 0)
    answer = capsys.readouterr().err
    assert status == 2
    assert said in answer
    assert english_in(answer, *command) == []


def test_english_reads_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    speak("en")
    monkeypatch.setattr(Path, "open", None)
    assert (spoken(), words("DATE"), words("{first} to {last}", first=1, last=2)) == ("en", "DATE", "1 to 2")
