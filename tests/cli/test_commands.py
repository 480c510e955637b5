"""The commands: one module each, loaded when it is named, and nothing that runs before it has to."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from hqs_xl.cli import commands
from hqs_xl.cli.arguments import number


def loaded(*arguments: str) -> set[str]:
    """The modules a command line has loaded when it ends."""
    code = f"""
import sys
from hqs_xl.cli import main
try:
    main({list(arguments)!r})
except SystemExit:
    pass
sys.stderr.write(" ".join(sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    return set(done.stderr.split())


def module_of(name: str) -> str:
    """The module of a command."""
    return str(vars(commands.load(name))["__name__"])


def test_every_module_is_a_command_and_every_command_a_module() -> None:
    modules = {file.stem for file in Path(commands.__file__).parent.glob("[!_]*.py")}
    assert {module_of(name).rpartition(".")[2] for name in commands.SUMMARIES} == modules


@pytest.mark.parametrize("name", commands.SUMMARIES)
def test_a_command_says_what_it_is_and_loads_what_it_runs_only_then(name: str) -> None:
    modules = loaded(name, "--help")
    own = module_of(name)
    assert own in modules
    others = {module_of(other) for other in commands.SUMMARIES if other != name}
    heavy = {"rich", "openpyxl", "xlsxwriter", "hqs_xl.compliance", "hqs_xl.hosts", "hqs_xl.template", "logging"}
    assert not modules & (others | heavy)


def test_the_help_of_all_loads_no_command_and_no_law() -> None:
    modules = loaded("--help")
    assert not {name for name in modules if name.startswith(("hqs_xl.cli.commands.", "hqs_xl.law", "tomllib"))}


@pytest.mark.parametrize(
    ("text", "right"),
    [("0", False), ("1", True), ("60", True), ("61", False), ("007", True)]
    + [(text, False) for text in ("", "-1", "1.5", "²", "٣", "one", "1" * 5000)],
    ids=lambda value: str(value)[:9],
)
def test_a_number_is_within_its_bounds(text: str, right: bool) -> None:
    if right:
        assert number(1, 60, "number of days")(text) == int(text)
    else:
        with pytest.raises(Exception, match="is no number of days from 1 to 60"):
            number(1, 60, "number of days")(text)
