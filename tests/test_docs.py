"""The documentation holds: its commands run and give the days it names, its functions answer, its tables are made."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
import shlex
import sys
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from hqs_xl import functions
from hqs_xl.cli.program import main
from hqs_xl.data import packaged
from hqs_xl.functions import working_days
from hqs_xl.law.decrees import read_table
from hqs_xl.law.rulebook import EDITIONS, read_editions
from tests.roster_files import runs

DOCS = Path(__file__).parent.parent / "docs"
GUIDE = (DOCS / "guide.md").read_text("utf-8")
DEVELOPERS = (DOCS / "developers.md").read_text("utf-8")
SECTIONS = {part.partition("\n")[0]: part for part in re.split(r"^#+ ", GUIDE, flags=re.MULTILINE) if "hqs-xl " in part}
COMMANDS = [command for part in SECTIONS.values() for command in re.findall(r"^hqs-xl (.*)$", part, re.MULTILINE)]
FORMULAS = re.findall(r"^\| `=(HQS_\w+)\((.*)\)` \| (.*) \|$", GUIDE, re.MULTILINE)


def load(name: str) -> ModuleType:
    """A script of the docs, as a module."""
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec
    assert spec.loader
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def block(heading: str, language: str) -> str:
    """The example under a heading."""
    found = re.search(rf"^#+ {heading}\n.*?```{language}\n(.*?)```", DEVELOPERS, re.DOTALL | re.MULTILINE)
    assert found
    return found[1]


# --- For HR ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_guide_runs(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    runs(command, tmp_path, monkeypatch, capsys)


@pytest.mark.parametrize("heading", [name for name, part in SECTIONS.items() if "hqs-xl explain" in part])
def test_the_days_of_an_example_are_those_counted(heading: str, capsys: pytest.CaptureFixture[str]) -> None:
    for command in re.findall(r"^hqs-xl (explain .*)$", SECTIONS[heading], re.MULTILINE):
        assert main(shlex.split(command)) == 0
    shown = capsys.readouterr().out
    named = re.findall(r"\*\*(\d{4}-\d\d-\d\d)\*\*", SECTIONS[heading])
    assert named
    assert [day for day in named if not re.search(rf"(?:Due|by|=) {day}", shown)] == []


def test_every_deadline_has_its_example() -> None:
    explained = set(re.findall(r"hqs-xl explain (\S+)", GUIDE))
    rules = read_editions({f"{name}.toml": packaged(f"law/editions/{name}.toml") for name in EDITIONS})
    assert explained == {name for name, rule in rules.items() if rule.counted}


@pytest.mark.parametrize(("name", "arguments", "answer"), FORMULAS, ids=[f"{one[0]}({one[1]})" for one in FORMULAS])
def test_a_formula_gives_what_the_guide_says(name: str, arguments: str, answer: str) -> None:
    assert str(getattr(functions, name)(*ast.literal_eval(f"[{arguments}]"))) == answer


def test_every_function_named_in_the_docs_exists() -> None:
    for path in DOCS.rglob("*.md"):
        for name in re.findall(r"\bHQS_[A-Z_]+\b", path.read_text("utf-8")):
            assert hasattr(functions, name) or name == "HQS_DAY_AFTER", (path.name, name)


def test_links_and_pictures_are_there() -> None:
    for path in DOCS.rglob("*.md"):
        for link in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
            assert (path.parent / link).exists(), (path.name, link)


# --- Tables made from the package ------------------------------------------------------------------------------------


def test_the_tables_are_what_is_made() -> None:
    for name, text in load("make_tables").files().items():
        assert (DOCS / name).read_text("utf-8") == text, f"run python docs/make_tables.py: {name}"


def test_every_finding_of_the_demo_stands_there_with_its_weight(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tables = load("make_tables")
    weights: dict[str, str] = {}
    main(["demo", str(tmp_path), "--as-of", "2026-11-22"])
    for edition in EDITIONS:
        capsys.readouterr()
        main(["check", str(tmp_path / "demo_roster.xlsx"), "--edition", edition, "--json"])
        weights |= {one["code"]: one["severity"] for one in json.loads(capsys.readouterr().out)["findings"]}
    assert len(weights) > 40
    assert {code: tables.weight(code) for code in weights} == weights
    assert set(weights) <= set(tables.codes())


# --- For developers --------------------------------------------------------------------------------------------------


def test_a_new_decree_as_the_docs_have_it() -> None:
    before, after = (
        packaged("law/decrees.toml"),
        packaged("law/decrees.toml") + block("A new decree for next year", "toml"),
    )
    assert 2028 not in read_table(before)
    year = read_table(after)[2028]
    assert year.decreed
    assert year.is_working(date(2028, 3, 4))
    assert not year.is_working(date(2028, 3, 6))


def test_a_changed_term_as_the_docs_have_it() -> None:
    texts = {f"{name}.toml": packaged(f"law/editions/{name}.toml") for name in EDITIONS}
    texts["law.toml"] += block("A changed term from a day on", "toml")
    rule = read_editions(texts)["notice.concluded"]
    numbers = [rule.value(date(2028, 1, 1 + day), "law").terms[0].number for day in (0, 1)]
    assert (rule.value(date(2027, 12, 31), "law").terms[0].number, *numbers) == (3, 5, 5)
    assert rule.value(date(2028, 1, 1), "card").terms[0].number == 3


def test_a_new_function_as_the_docs_have_it() -> None:
    names: dict[str, Any] = dict(vars(working_days))
    exec(block("Add a function", "python"), names)  # noqa: S102 - the example itself is what is tested
    assert names["HQS_DAY_AFTER"]("2026-04-30") == date(2026, 5, 4)
    assert not hasattr(functions, "HQS_DAY_AFTER")


def test_every_file_and_folder_named_is_there() -> None:
    names = re.findall(r"`((?:hqs_xl|tests|docs)/[\w./]+)`", DEVELOPERS)
    assert len(names) > 40
    for name in names:
        assert (DOCS.parent / name).exists(), name


def test_the_picture_of_the_house_is_what_the_imports_say() -> None:
    drawn = load("make_house").svg()
    assert (DOCS / "house.svg").read_text("utf-8") == drawn, "run python docs/make_house.py"
    ET.fromstring(drawn)  # noqa: S314 - our own making


def test_a_room_stands_above_those_it_imports_from() -> None:
    house = load("make_house")
    arrows = house.above_ground(house.imports("hqs_xl", house.rooms_of_the_house()))
    boxes, ways = house.lay_out(arrows)
    assert {(way[0], way[-1]) for way in ways} == {(room, one) for room, others in arrows.items() for one in others}
    for way in ways:
        heights = [boxes[name].y for name in way]
        assert heights == sorted(set(heights)), way
    rooms = [one for one in boxes.values() if one.lines]
    apart = [(a, b) for a in rooms for b in rooms if a is not b and a.y == b.y]
    assert all(a.x + a.width < b.x or b.x + b.width < a.x for a, b in apart)


def test_each_finding_about_other_programs_has_its_row_and_what_it_names_is_there() -> None:
    page = (DOCS / "other-programs.md").read_text("utf-8")
    scripts = {path.name for path in (DOCS.parent / "findings").glob("*.sh")}
    assert set(re.findall(r"`(\w+\.sh)`", page)) == scripts
    named = re.findall(r"`((?:hqs_xl|tests)/[\w/.]+)`", page)
    assert [path for path in named if not (DOCS.parent / path).exists()] == []


@pytest.mark.parametrize("path", sorted((DOCS.parent / "findings").glob("*.sh")), ids=lambda path: path.stem)
def test_a_finding_says_what_was_seen_and_knows_nothing_of_the_product(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.startswith("#!/usr/bin/env bash\n# ")
    head = text.partition("\nset -euo pipefail\n")[0]
    assert [word for word in ("Behaviour:", "One would guess:", "Seen") if f"\n# {word}" not in head] == []
    assert "\n#     " in head
    assert "hqs" not in text.lower()
    assert "mktemp -d" in text or "-c 'import platform" in text
