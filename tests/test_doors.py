"""Every package of the base install does something a user can reach: by which door, and that it waits behind it."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import hqs_xl
from hqs_xl.cli.commands import SUMMARIES
from tests.roster_files import roster_file

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
BASE = {re.split("[<>=]", one)[0] for one in PROJECT["dependencies"]}
ALL_OF_PYDANTIC = ["check roster.xlsx --json", "check roster.xlsx --edition-file ours.toml", "schema roster"]
# By package: the module that is loaded, and the doors a user opens; a command, or the module that Excel runs.
DOORS = {
    "xlwings": ("xlwings", ["import hqs_xl.macros", "import hqs_xl.functions"]),
    "openpyxl": ("openpyxl", ["demo out --people 2", "import people.csv --into new.xlsx --yes"]),
    "holidays": ("holidays", ["calendar 2031"]),
    "platformdirs": ("platformdirs", ["calendar 2031"]),
    "python-dateutil": (
        "dateutil",
        ["explain permit.last_day 2026-01-12", "schedule install roster.xlsx --at 07:30 --with cron --print"],
    ),
    # Its core validates rows; all of it reads editions of one's own, and makes what is for machines.
    "pydantic": (
        "pydantic_core",
        [
            "import people.csv --into roster.xlsx",
            "check roster.xlsx",
            "refresh roster.xlsx",
            *ALL_OF_PYDANTIC,
        ],
    ),
    "rich": ("rich", ["check roster.xlsx"]),
}
OURS = """edition = "own"
[[notice.concluded.value]]
count = [{ number = 1, unit = "working day" }]
source = "our house rule"
checked = 2026-11-28
"""
RUN = """
import sys
if sys.argv[1] == "import" and len(sys.argv) == 3:
    __import__(sys.argv[2])
else:
    from hqs_xl.cli.program import main
    try:
        main(sys.argv[1:])
    except SystemExit:
        pass
print(*{name.partition(".")[0] for name in sys.modules}, file=sys.__stderr__)
"""


def loaded(door: str, folder: Path) -> set[str]:
    """What going through a door loads, in a process of its own and with nothing remembered."""
    roster_file(folder / "roster.xlsx")
    (folder / "people.csv").write_text("Person ID;Relation\nP9;HQS\n", "utf-8")
    (folder / "ours.toml").write_text(OURS, "utf-8")
    clean = {name: str(folder / "home") for name in ("HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "LOCALAPPDATA")}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", RUN, *door.split()],
        cwd=folder,
        # As on a terminal, whose width is known.
        env=os.environ | clean | {"PYTHONPATH": str(ROOT), "COLUMNS": "100"},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.splitlines()[-1].split())


def test_every_package_of_the_base_install_has_its_door() -> None:
    assert set(DOORS) == BASE


@pytest.mark.parametrize("door", sorted({door for _, doors in DOORS.values() for door in doors}))
def test_a_door_leads_to_its_packages(door: str, tmp_path: Path) -> None:
    assert {module for module, doors in DOORS.values() if door in doors} <= loaded(door, tmp_path)


@pytest.mark.parametrize("door", ALL_OF_PYDANTIC)
def test_some_doors_lead_to_all_of_pydantic(door: str, tmp_path: Path) -> None:
    assert "pydantic" in loaded(door, tmp_path)


def test_the_lowest_versions_that_are_tried_are_those_allowed() -> None:
    lowest = {re.sub(r"[<>=]=([\w.]+).*", r"==\1", one) for one in PROJECT["dependencies"]}
    tried = (ROOT / ".ci" / "lowest.txt").read_text("utf-8").splitlines()
    assert {line for line in tried if not line.startswith("#")} == lowest


def test_each_is_imported_by_code_of_the_product() -> None:
    names: set[str] = set()
    for path in Path(hqs_xl.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names |= {alias.name for alias in node.names} if isinstance(node, ast.Import) else set()
            names |= {str(node.module)} if isinstance(node, ast.ImportFrom) else set()
    assert {module for module, _ in DOORS.values()} <= {name.partition(".")[0] for name in names}


def test_none_is_loaded_where_it_is_not_wanted(tmp_path: Path) -> None:
    """By the list of commands; and by a check that nobody wants as JSON."""
    assert loaded("--help", tmp_path).isdisjoint(module for module, _ in DOORS.values())
    assert loaded("check roster.xlsx --as-of 2026-03-16", tmp_path).isdisjoint({"openpyxl", "pydantic"})


def test_every_command_named_is_there() -> None:
    commands = {door.split()[0] for _, doors in DOORS.values() for door in doors}
    assert commands <= set(SUMMARIES)
