"""What of settings and own days can't be read is told by every command that goes by them, as the check tells it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hqs_xl.texts import LANGUAGES
from tests.roster.people import FILED, SPECIALIST
from tests.roster_files import run, write

COMMANDS = {
    "ics": ("ics", "{roster}", "--out", "{folder}/r2.ics"),
    "notice": ("notice", "{roster}", "P1", "--kind", "concluded"),
    "notice into a file": ("notice", "{roster}", "P1", "--kind", "concluded", "--out", "{folder}/n.html"),
    "plan": ("plan", "--signed", "2026-03-16", "--roster", "{roster}"),
}


def roster(path: Path, **settings: str) -> Path:
    """A roster whose settings and own days hold what is given, and nothing to mend besides."""
    salary = [["Person ID", "Quarter", "Filed on"], *(["P1", quarter, day] for quarter, day in FILED.items())]
    own = [["Date", "Working"], [settings.pop("day", "2026-05-04"), "no"]]
    lines = [["Setting", "Value"], *([name, value] for name, value in settings.items())]
    people = [list(SPECIALIST), list(SPECIALIST.values())]
    return write(path, Roster=people, Salary=salary, Settings=lines, Days=own)


def said(command: str, file: Path, lang: str, capsys: pytest.CaptureFixture[str]) -> str:
    words = [word.format(roster=file, folder=file.parent) for word in COMMANDS[command]]
    as_of = [] if command == "plan" else ["--as-of", "2026-03-16"]
    capsys.readouterr()
    assert run(*words, *as_of, "--lang", lang) == 0
    return capsys.readouterr().out


def of_check(file: Path, lang: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What the check finds on settings and own days."""
    capsys.readouterr()
    run("check", file, "--as-of", "2026-03-16", "--lang", lang, "--json")
    found = json.loads(capsys.readouterr().out)["findings"]
    return [one["message"] for one in found if one["severity"] == "data"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_broken_setting_and_day_are_told(
    command: str, lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = roster(tmp_path / "r.xlsx", Edition="cardd", day="the fifth of May")
    messages = of_check(file, lang, capsys)
    assert len(messages) == 2
    out = said(command, file, lang, capsys)
    for message in messages:
        assert message in out


@pytest.mark.parametrize("command", COMMANDS)
def test_where_all_is_in_order_nothing_is_said_of_it(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = roster(tmp_path / "r.xlsx", Edition="law")
    assert of_check(file, "en", capsys) == []
    out = said(command, file, "en", capsys)
    assert "Settings, row" not in out
    assert "Own days, row" not in out


def test_a_plan_as_json_stays_one_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = roster(tmp_path / "r.xlsx", Edition="cardd")
    assert run("plan", "--signed", "2026-03-16", "--roster", file, "--json") == 0
    captured = capsys.readouterr()
    json.loads(captured.out)
    assert "Settings, row 2" in captured.err
