"""The language of the answers where nobody says one: the roster's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from hqs_xl.roster.columns import ROSTER, column
from hqs_xl.roster.headers.language import language_of
from tests.roster.people import SPECIALIST
from tests.roster_files import run, write


@pytest.mark.parametrize(
    ("headers", "lang"),
    [
        ([], "en"),
        (["Person ID", "Relation"], "en"),
        (["Номер", "Кем является"], "ru"),
        (["Номер", "Relation", "Виза с"], "ru"),
        (["Номер", "Relation"], "en"),
        (["Person ID", "Relation", "Виза с"], "en"),
        (["ФИО (name)", "Номер (ID)"], "ru"),
        (["№", "1", "Виза с"], "ru"),
        (["№", "1"], "en"),
    ],
    ids=str,
)
def test_it_is_that_of_most_headers(headers: list[str], lang: str) -> None:
    assert language_of(headers) == lang


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_our_own_headers_tell(lang: str) -> None:
    assert language_of(column.header(lang) for column in ROSTER) == lang


@pytest.mark.parametrize(
    ("headed", "more", "said"),
    [
        ("ru", [], "Нарушений: "),
        ("en", [], "Violations: "),
        ("ru", ["--lang", "en"], "Violations: "),
        ("en", ["--lang", "ru"], "Нарушений: "),
    ],
)
def test_a_check_answers_in_the_language_of_the_roster(
    headed: str, more: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = SPECIALIST | {"hiring_order": None}
    heads = [column("roster", key).header(headed) for key in facts]
    file = write(tmp_path / "roster.xlsx", People=[heads, list(facts.values())])
    assert run("check", file, "--as-of", "2026-02-16", *more) == 1
    assert said in " ".join(capsys.readouterr().out.split())
