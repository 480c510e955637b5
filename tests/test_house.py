"""The laws of the house: what imports what, and who knows the clock."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import hqs_xl

PACKAGE = Path(hqs_xl.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
# Each room, or module of a room, may import from those before it and from its own.
FLOORS = [
    "errors",
    "rows",
    "data",
    "texts",
    "law",
    "cells",
    "explain",
    "roster",
    "compliance",
    "sync",
    "functions",
    "demo",
    "buttons.groups",
    "hosts",
    "template",
    "output",
    "refresh",
    "setup",
    "schedule",
    "buttons",
    "macros",
    "cli",
    "__main__",
]
# Within a room of rooms likewise.
HOSTS = ["system", "files", "package", "sheets", "xlsx", "ods", "closed", "open", "memory", "excel", "calc"]
CLI = ["terminal", "arguments", "roster_file", "screen", "commands", "program"]
XLSX = ["read", "patch", "edit", "parallel"]


def imported(module: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def floor(name: str, floors: list[str]) -> int | None:
    """How high a module stands, by the longest name that holds it; None: it is in no room of these."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        if (part := ".".join(parts[:length])) in floors:
            return floors.index(part)
    return None


def dotted(module: Path) -> str:
    return ".".join(module.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("module", MODULES, ids=dotted)
def test_imports_run_downward(module: Path) -> None:
    for room, floors in (("", FLOORS), ("hosts.", HOSTS), ("hosts.xlsx.", XLSX), ("cli.", CLI)):
        own = floor(dotted(module).removeprefix(room), floors) if dotted(module).startswith(room) else None
        for name in imported(module):
            there = floor(name.removeprefix(f"hqs_xl.{room}"), floors) if name.startswith(f"hqs_xl.{room}") else None
            # An error speaks by its texts, on request.
            if own is None or there is None or (dotted(module), name) == ("errors", "hqs_xl.texts"):
                continue
            assert there <= own, name


def test_every_room_has_its_floor() -> None:
    assert {floor(dotted(module), FLOORS) is not None for module in MODULES if module.parent != PACKAGE} == {True}


@pytest.mark.parametrize("folder", ["law", "roster", "compliance", "sync", "texts"])
def test_law_and_roster_know_no_excel_and_no_files(folder: str) -> None:
    for module in (PACKAGE / folder).rglob("*.py"):
        tops = {name.partition(".")[0] for name in imported(module)}
        assert not tops & {"xlwings", "openpyxl", "lxml", "zipfile", "rich", "pandas", "numpy"}, module


def test_the_law_needs_the_standard_library_only() -> None:
    code = "import sys, hqs_xl.law; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], cwd=PACKAGE.parent, capture_output=True, text=True, check=True
    )
    assert not set(loaded.stdout.split()) & {
        "pydantic",
        "numpy",
        "holidays",
        "xlwings",
        "openpyxl",
        "rich",
        "dataclasses",
    }


@pytest.mark.parametrize("module", MODULES, ids=dotted)
def test_only_the_command_line_and_a_click_know_what_day_it_is(module: Path) -> None:
    source = module.read_text("utf-8")
    if dotted(module) == "buttons.acts":
        # A button of the ribbon or of the menu is pressed now: one function there says when that is.
        source = without(source, "_now")
    if dotted(module) != "cli.program":
        assert not re.search(r"\.(?:now|today|utcnow)\(|time\.time\(", source)


def without(source: str, name: str) -> str:
    function = next(node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef) and node.name == name)
    lines = source.splitlines()
    return "\n".join(lines[: function.lineno - 1] + lines[function.end_lineno :])


def test_no_licensed_part_of_xlwings_is_imported() -> None:
    for module in MODULES:
        assert not any(name.startswith(("xlwings.pro", "xlwings.server")) for name in imported(module))
