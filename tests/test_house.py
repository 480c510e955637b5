"""The laws of the house: what imports what, and who knows the clock."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import hqs_xl

PACKAGE = Path(hqs_xl.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
# Each room, or module of a room, may import from those before it and from its own.
FLOORS = [
    "errors",
    "rows",
    "formulas",
    "data",
    "bilingual",
    "models",
    "kept",
    "whole_file",
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
    "intake",
    "output",
    "refresh",
    "setup",
    "schedule",
    "web",
    "buttons",
    "macros",
    "cli",
    "__main__",
]
# Within a room of rooms likewise.
HOSTS = ["system", "bundle", "files", "package", "sheets", "xlsx", "ods", "closed", "open", "memory", "excel", "calc"]
CLI = ["terminal", "arguments", "roster_file", "screen", "commands", "program"]
XLSX = ["read", "patch", "edit", "carry", "parallel"]


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


# The editor of closed files could leave the house as a library, and take along the words of ``rows``, what is known of
# any formula, and one error.
LIBRARY = ["system", "files", "package", "sheets", "xlsx", "ods"]
TAKEN_ALONG = re.compile(
    r"hqs_xl\.(hosts(\.face)?|rows(\.\w+)?|formulas\.(tokens|today|counted|outcome|references|links)(\.\w+)?|errors(\.UnusableFile)?)"
)


def room_of(name: str) -> str:
    """Which room of hosts a module, or what is imported from it, is of."""
    return name.removeprefix("hqs_xl.").removeprefix("hosts.").partition(".")[0]


OF_LIBRARY = [
    module for module in MODULES if dotted(module).startswith("hosts.") and room_of(dotted(module)) in LIBRARY
]


@pytest.mark.parametrize("module", OF_LIBRARY, ids=dotted)
def test_the_editor_of_files_knows_nothing_of_the_house(module: Path) -> None:
    for name in imported(module):
        inside = name.startswith("hqs_xl.hosts.") and room_of(name) in LIBRARY
        assert inside or not name.startswith("hqs_xl") or TAKEN_ALONG.fullmatch(name), name
    if dotted(module) != "hosts.files.names":  # what people's folders hold already
        words = re.sub(r"\bhqs_xl\b", "", module.read_text("utf-8"))
        assert not re.search(r"roster|hqs|salary|specialist", words, re.IGNORECASE)


# What others may use of a room of hosts its face offers; these have none, and what builds the add-in is entered as is.
FACELESS = (
    "hqs_xl.hosts.face",
    "hqs_xl.hosts.system",
    "hqs_xl.hosts.memory",
    "hqs_xl.hosts.bundle",
    "hqs_xl.hosts.calc.package",
)


def is_at_home(module: str, room: str) -> bool:
    """Whether a module may use what is within a room of hosts."""
    own = room_of(module) if module.startswith("hosts.") else ""
    # The library is one house; both programs stand on what an open book is.
    return own == room or {own, room} <= set(LIBRARY) or (room == "open" and own in {"excel", "calc"})


@pytest.mark.parametrize("module", MODULES, ids=dotted)
def test_rooms_of_hosts_are_entered_by_their_faces(module: Path) -> None:
    for name in imported(module):
        room = room_of(name)
        if not name.startswith("hqs_xl.hosts.") or name.startswith(FACELESS) or is_at_home(dotted(module), room):
            continue
        wanted = name.removeprefix(f"hqs_xl.hosts.{room}").removeprefix(".")
        offered = import_module(f"hqs_xl.hosts.{room}").__all__
        assert wanted in ["", *offered] or (room, wanted) == ("xlsx", "parallel"), name


@pytest.mark.parametrize("room", [room for room in HOSTS if room not in {"system", "bundle", "memory"}])
def test_a_face_offers_what_it_says(room: str) -> None:
    face = import_module(f"hqs_xl.hosts.{room}")
    if room not in {"excel", "calc"}:  # those load a program's own package
        assert all(hasattr(face, name) for name in face.__all__)
    assert not hasattr(face, "nothing_of_the_kind")


@pytest.mark.parametrize("module", MODULES, ids=dotted)
def test_a_long_module_says_why(module: Path) -> None:
    source = module.read_text("utf-8")
    if source.count("\n") > 300:
        assert re.search(r"More than 300 lines, for \w+", ast.get_docstring(ast.parse(source)) or "")


def test_a_full_folder_says_why() -> None:
    for face in PACKAGE.rglob("__init__.py"):
        if len([*face.parent.glob("*.py")]) - 1 > 15:
            doc = ast.get_docstring(ast.parse(face.read_text("utf-8"))) or ""
            assert re.search(r"More than 15 modules, for \w+", doc), face.parent


def test_every_room_has_its_floor() -> None:
    assert {floor(dotted(module), FLOORS) is not None for module in MODULES if module.parent != PACKAGE} == {True}


@pytest.mark.parametrize("folder", ["law", "roster", "compliance", "sync", "texts"])
def test_law_and_roster_know_no_excel_and_no_files(folder: str) -> None:
    for module in (PACKAGE / folder).rglob("*.py"):
        tops = {name.partition(".")[0] for name in imported(module)}
        assert not tops & {"xlwings", "openpyxl", "lxml", "zipfile", "rich", "pandas", "numpy"}, module


def test_the_law_needs_the_standard_library_only() -> None:
    """And dateutil, once months are counted, which LibreOffice's add-in carries."""
    code = "import sys, hqs_xl.law; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], cwd=PACKAGE.parent, capture_output=True, text=True, check=True
    )
    assert not set(loaded.stdout.split()) & {
        "pydantic",
        "numpy",
        "dateutil",
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
