"""The README's commands run, and every command there is stands in it."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from hqs_xl import functions
from hqs_xl.cli.program import main
from tests.roster_files import runs

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
COMMAND_NAMES = (
    *("build", "calendar", "check", "demo", "doctor", "due", "explain", "ics", "install", "law", "notice"),
    *("plan", "refresh", "rules", "schedule"),
)
COMMANDS = re.findall(r"^hqs-xl (.*)$", README, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_runs(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    runs(command, tmp_path, monkeypatch, capsys)


@pytest.mark.parametrize("command", COMMAND_NAMES)
def test_every_command_stands_in_the_readme(command: str) -> None:
    assert re.search(rf"hqs(?:-xl|_xl) {command}\b", README)


def test_no_command_is_missing_here(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    assert tuple(sorted(re.findall(r"^    ([a-z]+) ", capsys.readouterr().out, re.MULTILINE))) == COMMAND_NAMES


def test_two_commands_for_a_fresh_machine() -> None:
    fresh = re.findall(r"^python -m pip install .*$", README, re.MULTILINE)
    assert [command.rpartition("&& ")[2] for command in fresh] == ["python -m hqs_xl demo", "python -m pytest"]


def function_table() -> str:
    """The table of cell functions, made from the code: call and help."""
    lines = ["| function | answers |", "|---|---|"]
    for name, function in vars(functions).items():
        if name.startswith("HQS_"):
            lines.append(f"| `{name}({', '.join(inspect.signature(function).parameters)})` | {function.__doc__} |")
    return "\n".join(lines)


def test_the_function_table_is_the_codes() -> None:
    found = re.search(r"<!-- functions -->\n(.*)\n<!-- /functions -->", README, re.DOTALL)
    assert found
    assert found[1] == function_table()


def test_every_path_and_link_is_there() -> None:
    paths = re.findall(r"`(hqs_xl/[\w./]+)`", README) + re.findall(r"\]\(([^)#:]+)\)", README)
    assert len(paths) > 10
    for path in paths:
        assert (Path(__file__).parent.parent / path).exists(), path
