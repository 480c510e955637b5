"""The pages hold: their commands run or are there, and a word of the workbook is written as it stands there."""

from __future__ import annotations

import re
import shlex
import shutil
import tomllib
from pathlib import Path

import pytest

from hqs_xl.cli.program import main
from hqs_xl.template.build import build
from hqs_xl.texts import table

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
BLOCKS = [
    (page, found[2], found[3])
    for page in PAGES
    if page.name != "THIRD_PARTY_NOTICES.md"
    for found in FENCE.finditer(page.read_text("utf-8"))
]
LINES = sorted(
    {(kind, line.strip()) for _, kind, text in BLOCKS if kind in {"sh", "powershell"} for line in text.splitlines()}
)
STEPS = sorted({step for _, line in LINES for step in line.split(" && ")})
OURS = re.compile(r"^(?:hqs-xl|python -m hqs_xl|py -m hqs_xl) (.*)$")
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
PIP = re.compile(r'^(?:python|py) -m pip install (?:-e )?(?:\.|"(?:\.|hqs_xl-[\d.]+-py3-none-any\.whl)\[([\w,]+)\]")$')
# What a shell of a developer's machine does, and no test can.
OF_THE_MACHINE = {
    *("python -m venv .venv", ". .venv/bin/activate", "pre-commit install"),
    # The npm package lies where `npm ci` was run; tests/web make the page.
    "hqs-xl build --web pages --pyodide hqs_xl/web/npm/node_modules/pyodide",
}
# Of any language we have blocks of: commands, and what tests of their own read.
KINDS = {"sh", "powershell", "toml", "python"}
# The day the demo stands at.
DEMO_DAY = "2026-11-22"

FOR_HR = ("index", "install", "guide", "month", "workbook", "roster", "terminal", "functions", "acceptance", "cells")
SAID = {lang: {word.strip() for word in table(lang).values()} for lang in ("en", "ru")}
# Emphasis that is no word of the workbook, and headers that are somebody else's on purpose.
OTHER_WORDS = {
    "en": {
        *("unverified", "not", "provisional", "Download ZIP", "HQS status", "Documents", "date read"),
        *("Entry date", "Visa valid to", "Дата въезда", "Permit", "Starts", "Expires", "По-русски: "),
    },
    "ru": {"ещё нет", "Дата въезда", "Виза действует до", "Разрешение", "Начало", "Окончание", "нет", "HQS статус"},
}


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that ``demo`` writes, once for all commands."""
    folder = tmp_path_factory.mktemp("demo")
    main(["demo", str(folder), "--as-of", DEMO_DAY])
    return folder / "demo_roster.xlsx"


def test_there_are_commands_of_each_kind() -> None:
    assert {kind for _, kind, _ in BLOCKS} == KINDS
    assert len(STEPS) > 40


@pytest.mark.parametrize(
    "command", sorted({found[1] for step in STEPS if (found := OURS.match(step)) and step not in OF_THE_MACHINE})
)
def test_a_command_runs_on_the_demo(
    command: str, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    # A machine of tests may have no scheduler; what is installed is only shown.
    monkeypatch.setattr("hqs_xl.schedule.cron.Cron.available", lambda _: True)
    shutil.copy(demo, tmp_path / demo.name)
    if "--from" in command:
        build(tmp_path / "hqs_roster.xlsm", demo=False)
    (tmp_path / "people.csv").write_text("Person ID;Full name\nP1;Aster Quill\nP2;Briar Moss\n", "utf-8")
    (tmp_path / "map.toml").write_text('[always]\nrelation = "HQS"\n', "utf-8")
    assert main(shlex.split(command)) in {0, 1}
    captured = capsys.readouterr()
    assert captured.out
    assert captured.err == ""


@pytest.mark.parametrize("step", [step for step in STEPS if step in OF_THE_MACHINE or not OURS.match(step)])
def test_any_other_command_is_one_that_is_there(step: str) -> None:
    if found := PIP.match(step):
        assert set((found[1] or "").split(",")) - {""} <= set(EXTRAS)
        return
    script = re.match(r"(?:python )?([\w./]+/\w+(?:\.py)?)", step)
    module = re.match(r"python -m (pytest|tests[\w.]+|hqs_xl)\b", step)
    assert module or step in OF_THE_MACHINE or (script and (ROOT / script[1]).is_file()), step


@pytest.mark.parametrize("line", [line for kind, line in LINES if kind == "powershell"])
def test_a_line_for_windows_is_the_same_in_powershell_and_cmd(line: str) -> None:
    """Neither quotes that one of them does not know, nor signs that mean something in one of them alone."""
    assert line.startswith("py -m ")
    assert re.search(r"[&|<>^%$`';~()\\!@{}#]", line) is None
    outside = "".join(line.split('"')[::2])
    assert re.fullmatch(r"[\w .:-]*", outside)


def test_every_command_there_is_stands_in_the_page_of_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    names = re.findall(r"^    ([a-z]+) ", capsys.readouterr().out, re.MULTILINE)
    assert len(names) > 10
    for place in ("", "ru"):
        page = (DOCS / place / "terminal.md").read_text("utf-8")
        assert [name for name in names if not re.search(rf"^hqs-xl {name}\b", page, re.MULTILINE)] == []


@pytest.mark.parametrize("name", [f"{name}.md" for name in FOR_HR])
def test_both_languages_have_the_same_headings_commands_and_pictures(name: str) -> None:
    def outline(page: str) -> list[str]:
        found = re.findall(
            r"^#+ |^ *hqs-xl .*$|^ *py .*$|!\[[^]]*\]\([\w.]+\)|^<!-- table: \w+ -->", page, re.MULTILINE
        )
        plain = [
            re.sub(r"(\d\d)\.(\d\d)\.(\d{4})", r"\3-\2-\1", one).replace(" --lang ru", "").strip() for one in found
        ]
        return [re.sub(r"!\[.*?\]", "!", one) for one in plain]

    english, russian = ((DOCS / place / name).read_text("utf-8") for place in ("", "ru"))
    assert outline(russian) == outline(english)


def test_every_picture_is_there() -> None:
    for page in PAGES:
        for picture in re.findall(r"!\[[^]]*\]\(([^)]+)\)", page.read_text("utf-8")):
            assert (page.parent / picture).is_file(), (page.name, picture)


@pytest.mark.parametrize("name", FOR_HR)
@pytest.mark.parametrize(
    ("lang", "place", "quoted"), [("en", "", r"(?<!\*)\*([^*\n]+)\*(?!\*)"), ("ru", "ru", "«([^»]+)»")]
)
def test_words_of_the_workbook_are_written_as_they_are_there(lang: str, place: str, quoted: str, name: str) -> None:
    page = re.sub(
        r"<!-- table: .*?<!-- /table -->", "", (DOCS / place / f"{name}.md").read_text("utf-8"), flags=re.DOTALL
    )
    prose = re.sub(r"`[^`]*`", "", FENCE.sub("", page)).split()
    assert set(re.findall(quoted, " ".join(prose))) - SAID[lang] - OTHER_WORDS[lang] == set()
