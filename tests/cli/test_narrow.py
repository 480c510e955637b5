"""A terminal of 80 columns: nothing is wider, and no day, id or rule is broken over lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hqs_xl.cli.wrapping import complain
from hqs_xl.texts import LANGUAGES, say
from tests.roster.people import FAMILY, SPECIALIST
from tests.roster_files import run, write

COMMANDS = {
    "check": ("check", "FILE", "--as-of", "2026-03-16", "--edition", "law"),
    "refresh": ("refresh", "FILE", "--as-of", "2026-03-16", "--dry-run"),
    "due": ("due", "FILE", "--as-of", "2026-03-16", "--names"),
    "plan": ("plan", "--signed", "2026-11-23", "--start", "2027-02-01"),
    "rules": ("rules",),
    "rules by age": ("rules", "--age", "--all"),
    "law changes": ("law", "changes"),
    "explain": ("explain", "permit.renewal", "2026-12-10"),
    "explain, all of it": ("explain", "notice.concluded", "2024-04-25", "--all"),
    "notice": ("notice", "FILE", "HQS-00001", "--kind", "concluded", "--as-of", "2026-03-16"),
}
WHOLE = re.compile(r"\b\d{4}-\d\d-\d\d\b|\b\d\d\.\d\d\.\d{4}\b|HQS-\d{5}|\b[a-z]+\.[a-z_]{4,}\b|\d+\u00a0\d{3}")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    people = [SPECIALIST | {"full_name": "Amber Quill"}, FAMILY]
    people += [SPECIALIST | {"concluded_notice_filed": None, "permit_expires": "soon", "passport_expires": None}] * 2
    heads = list(dict.fromkeys(key for facts in people for key in facts))
    rows: list[list[Any]] = [heads, *([facts.get(key) for key in heads] for facts in people)]
    for number, row in enumerate(rows[1:], 1):
        row[heads.index("person_id")] = f"HQS-{number:05}"
    salary: list[list[Any]] = [["Person ID", "Quarter", "Filed on"], ["HQS-00001", "spring", "2025-04-28"]]
    return write(tmp_path_factory.mktemp("narrow") / "r.xlsx", People=rows, Paid=salary)


Shown = Callable[[str, str, int], list[str]]


@pytest.fixture
def shown(file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shown:
    """What a command shows in a language on a terminal so many columns wide."""

    def show(name: str, lang: str, width: int) -> list[str]:
        monkeypatch.setenv("COLUMNS", str(width))
        assert run(*(file if one == "FILE" else one for one in COMMANDS[name]), "--lang", lang) < 2
        return capsys.readouterr().out.splitlines()

    return show


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", COMMANDS)
def test_eighty_columns_hold_it_whole(shown: Shown, name: str, lang: str) -> None:
    narrow, wide = (shown(name, lang, width) for width in (80, 2000))
    assert [line for line in narrow if len(line.rstrip()) > 80] == []
    whole = Counter(WHOLE.findall("\n".join(wide)))
    assert Counter(WHOLE.findall("\n".join(narrow))) == whole
    assert whole


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_row_names_its_sheet_where_there_are_two(shown: Shown, lang: str) -> None:
    text = "\n".join(shown("check", lang, 80))
    assert say("check.row", lang, sheet="Paid", row=2) in text
    assert say("check.row", lang, sheet="People", row=4) in text


def test_of_one_sheet_the_row_is_enough(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    facts = SPECIALIST | {"host": "Self", "owns_housing": "no"}
    run("check", write(tmp_path / "r.xlsx", People=[list(facts), list(facts.values())]), "--as-of", "2026-03-16")
    assert "People" not in capsys.readouterr().out.partition("P1")[2].partition("\n")[0]


REFUSED = {
    "a rule there is none of": ("explain", "notice.nothing", "2026-01-12"),
    "an argument": ("due", "roster.xlsx", "--within", "a number of days that is none at all, and a long text besides"),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("refused", REFUSED.values(), ids=list(REFUSED))
def test_what_is_refused_fits_too(
    refused: tuple[str, ...], lang: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    try:
        run(*refused, "--lang", lang)
    except SystemExit as stopped:
        assert stopped.code == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) > 1
    assert [line for line in lines if len(line) > 80] == []


def test_a_path_is_not_broken_for_it_is_copied(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = "/home/" + "a-folder/" * 12 + "roster.xlsx"
    monkeypatch.setenv("COLUMNS", "80")
    complain(f"{path}: this file can't be used; close it in the other program and try again, or write elsewhere")
    lines = capsys.readouterr().err.splitlines()
    assert f"{path}:" in lines
    assert max(len(line) for line in lines if path not in line) <= 80


def test_into_a_file_it_is_one_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    complain("word " * 50)
    assert capsys.readouterr().err.count("\n") == 1
