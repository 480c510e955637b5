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
# Each room may import from those before it.
FLOORS = [
    "data",
    "errors",
    "texts",
    "law",
    "values",
    "explain",
    "days_off",
    "roster",
    "explained_cell",
    "cells",
    "functions",
    "demo",
    "buttons",
    "hosts",
    "schedule",
    "digest",
    "refresh",
    "template",
    "output",
    "acts",
    "macros",
    "menu",
    "doctor",
    "install",
    "digest",
    "refresh",
    "schedule",
    "screen",
    "terminal",
    "commands",
    "cli",
    "__main__",
]


def imported(module: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def room(name: str) -> str:
    return name.split(".")[1] if "." in name else ""


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_run_downward(module: Path) -> None:
    own = module.relative_to(PACKAGE).with_suffix("").parts[0]
    if own == "__init__":
        return
    for name in imported(module):
        if name.startswith("hqs_xl.") and room(name) in FLOORS:
            # An error speaks by its texts, on request.
            if own == "errors" and room(name) == "texts":
                continue
            assert FLOORS.index(room(name)) <= FLOORS.index(own), name


@pytest.mark.parametrize("folder", ["law", "roster", "texts"])
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


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_only_the_command_line_and_a_click_know_what_day_it_is(module: Path) -> None:
    source = module.read_text("utf-8")
    if module == PACKAGE / "acts.py":
        # A button of the ribbon or of the menu is pressed now: one function there says when that is.
        source = without(source, "_now")
    if module.name != "cli.py":
        assert not re.search(r"\.(?:now|today|utcnow)\(|time\.time\(", source)


def without(source: str, name: str) -> str:
    function = next(node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef) and node.name == name)
    lines = source.splitlines()
    return "\n".join(lines[: function.lineno - 1] + lines[function.end_lineno :])


def test_no_licensed_part_of_xlwings_is_imported() -> None:
    for module in MODULES:
        assert not any(name.startswith(("xlwings.pro", "xlwings.server")) for name in imported(module))
