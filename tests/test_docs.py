"""The documentation holds: its commands run and give the days it names, its functions answer, its tables are made."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
import shlex
import sys
import tomllib
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
from hqs_xl.texts import LANGUAGES, table

DOCS = Path(__file__).parent.parent / "docs"
GUIDES = {lang: (DOCS / place / "guide.md").read_text("utf-8") for lang, place in (("en", ""), ("ru", "ru"))}
DEVELOPERS = (DOCS / "developers.md").read_text("utf-8")
SECTIONS = {
    (lang, part.partition("\n")[0]): part
    for lang, guide in GUIDES.items()
    for part in re.split(r"^#+ ", guide, flags=re.MULTILINE)
    if "hqs-xl explain" in part
}
FORMULAS = [
    (lang, *found)
    for lang, place in (("en", ""), ("ru", "ru"))
    for found in re.findall(
        r"^\| `=(HQS_\w+)\((.*)\)` \| (.*) \|$", (DOCS / place / "functions.md").read_text("utf-8"), re.MULTILINE
    )
]
# Functions whose answers are tables, or sentences that are shown elsewhere.
TABLES = {"HQS_PLAN", "HQS_CHECK", "HQS_NEXT", "HQS_ANSWERS"}
WORDED = {"HQS_EXPLAIN", "HQS_REQUIRED"}
# A day as either language writes it.
DAY = r"\d{4}-\d\d-\d\d|\d\d\.\d\d\.\d{4}"


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


@pytest.mark.parametrize("section", SECTIONS, ids=" ".join)
def test_the_days_of_an_example_are_those_counted(section: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    for command in re.findall(r"^hqs-xl (explain .*)$", SECTIONS[section], re.MULTILINE):
        assert main([*shlex.split(command), "--lang", section[0]]) == 0
    shown = re.sub(r"\s+", " ", capsys.readouterr().out)
    named = re.findall(rf"\*\*({DAY})\*\*", SECTIONS[section])
    assert named
    assert [day for day in named if not re.search(rf"(?:Due|by|=|Срок|до|по|позднее) {re.escape(day)}", shown)] == []


@pytest.mark.parametrize("lang", GUIDES)
def test_every_deadline_has_its_example(lang: str) -> None:
    explained = set(re.findall(r"hqs-xl explain (\S+)", GUIDES[lang]))
    rules = read_editions({f"{name}.toml": packaged(f"law/editions/{name}.toml") for name in EDITIONS})
    assert explained == {name for name, rule in rules.items() if rule.counted}


def test_both_guides_have_the_same_examples_and_days() -> None:
    def examples(guide: str) -> list[str]:
        found = re.findall(rf"^hqs-xl explain .*$|\*\*(?:{DAY})\*\*", guide, re.MULTILINE)
        return [re.sub(r"(\d\d)\.(\d\d)\.(\d{4})", r"\3-\2-\1", one) for one in found]

    assert examples(GUIDES["ru"]) == examples(GUIDES["en"])


@pytest.mark.parametrize(
    ("lang", "name", "arguments", "answer"), FORMULAS, ids=[f"{f[0]} {f[1]}({f[2]})" for f in FORMULAS]
)
def test_a_formula_gives_what_the_page_says(lang: str, name: str, arguments: str, answer: str) -> None:
    between = {"en": ", ", "ru": "; "}[lang]
    given = getattr(functions, name)(*(ast.literal_eval(one) for one in arguments.split(between) if one))
    day = f"{given:%d.%m.%Y}" if lang == "ru" and isinstance(given, date) else str(given)
    assert {"TRUE": "True", "ИСТИНА": "True"}.get(answer, answer) == day


def test_every_function_stands_in_both_languages_with_its_help() -> None:
    names = {name for name in vars(functions) if name.startswith("HQS_")}
    for place in ("", "ru"):
        page = (DOCS / place / "functions.md").read_text("utf-8")
        assert set(re.findall(r"^\| `(HQS_\w+)\(.*\)` \| .+ \|$", page, re.MULTILINE)) == names
        assert {name for _, name, *_ in FORMULAS} >= names - TABLES - WORDED


def test_the_tables_of_both_languages_have_the_same_rows_and_names_of_code() -> None:
    held = tomllib.loads((DOCS / "tables.toml").read_text("utf-8"))
    rows = [row for table in held.values() for row in [*table.get("rows", ()), table["heads"]]]
    assert len(rows) > 50
    for row in rows:
        assert len(row["en"]) == len(row["ru"])
        for en, ru in zip(row["en"], row["ru"], strict=True):
            keys = [re.findall(r"{[\w.]+}", cell) for cell in (en, ru)]
            assert sorted(keys[0]) == sorted(keys[1]), row


def test_every_function_named_in_the_docs_exists() -> None:
    for path in DOCS.rglob("*.md"):
        for name in re.findall(r"\bHQS_[A-Z_]+\b", path.read_text("utf-8")):
            assert hasattr(functions, name) or name == "HQS_DAY_AFTER", (path.name, name)


def test_links_are_there() -> None:
    for path in DOCS.rglob("*.md"):
        for link in re.findall(r"\]\(([^)#:]+)(?:#[\w-]+)?\)", path.read_text("utf-8")):
            assert link.endswith(".png") or (path.parent / link).exists(), (path.name, link)


# --- Tables made from the package ------------------------------------------------------------------------------------


def test_the_tables_are_what_is_made() -> None:
    for name, text in load("make_tables").files().items():
        assert (DOCS / name).read_text("utf-8") == text, f"run python docs/make_tables.py: {name}"


def test_every_finding_of_the_demo_stands_there_with_its_weight(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tables = load("make_tables")
    weights: dict[str, set[str]] = {}
    main(["demo", str(tmp_path), "--as-of", "2026-11-22"])
    for edition in EDITIONS:
        capsys.readouterr()
        main(["check", str(tmp_path / "demo_roster.xlsx"), "--edition", edition, "--json"])
        for one in json.loads(capsys.readouterr().out)["findings"]:
            weights.setdefault(one["code"], set()).add(one["severity"])
    assert len(weights) > 40
    too = {code: {weight} for code, weight in tables.WEIGHS_TOO.items()}
    assert {code: {tables.weight(code)} | too.get(code, set()) for code in weights} == weights
    assert set(weights) <= set(tables.codes())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_that_may_be_to_do_about_a_finding_stands_there(lang: str) -> None:
    page = load("make_tables").findings(lang)
    actions = {key: text for key, text in table(lang).items() if key.startswith("action.")}
    missing = [key for key, text in actions.items() if re.sub(r"{\w+}", "…", text) not in page]
    assert missing == []


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
