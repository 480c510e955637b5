"""Every sentence stands in both languages, with the same fields, and is used."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

import hqs_xl
from hqs_xl.cli.commands import SUMMARIES
from hqs_xl.cli.program import main
from hqs_xl.cli.spoken import speak
from hqs_xl.roster.columns import TABLES
from hqs_xl.sync.tally import FIGURES
from hqs_xl.texts import LANGUAGES, say, table
from tests.english import english_in

FIELDS = re.compile(r"{(\w+)}")
# Groups whose keys the code puts together from the parts of a term or a value.
COMPOSED = {"term", "unit", "value", "figure", "system", "word"}
PACKAGE = Path(hqs_xl.__file__).parent


def test_both_languages_hold_the_same_keys() -> None:
    assert list(table("en")) == list(table("ru"))


@pytest.mark.parametrize("key", table("en"))
def test_a_sentence_has_the_same_fields_in_both(key: str) -> None:
    assert sorted(set(FIELDS.findall(table("en")[key]))) == sorted(set(FIELDS.findall(table("ru")[key])))
    assert "\n" not in table("en")[key] + table("ru")[key]


def test_the_english_header_is_the_key_in_words() -> None:
    for columns in TABLES.values():
        for column in columns:
            words = column.key.replace("_", " ").capitalize()
            assert column.header("en") == re.sub(r"\bid\b", "ID", words)


def test_headers_of_a_table_differ() -> None:
    for columns in TABLES.values():
        for lang in LANGUAGES:
            headers = [column.header(lang) for column in columns]
            assert len(set(headers)) == len(headers)


def test_a_date_is_written_as_its_readers_write_it() -> None:
    day = date(2026, 3, 31)
    assert "2026-03-31" in say("finding.visa.expired", "en", day=day)
    assert "31.03.2026" in say("finding.visa.expired", "ru", day=day)


def test_each_figure_has_its_label_and_each_label_its_figure() -> None:
    assert {key for key in table("en") if key.startswith("figure.")} == {f"figure.{key}" for key in FIGURES}


def test_no_sentence_is_left_unused() -> None:
    code = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py") if path.parent.name != "texts")
    code += "\n".join(path.read_text("utf-8") for path in (PACKAGE / "web" / "page").iterdir())
    editions = "\n".join(
        path.read_text("utf-8") for path in PACKAGE.rglob("*.toml") if path.parent.name in {"editions", "output"}
    )
    unused = []
    for key in table("en"):
        group, tail = key.partition(".")[0], key.rpartition(".")[2]
        if group in COMPOSED:
            continue
        if tail not in code and key.partition(".")[2] not in code and tail not in editions:
            unused.append(key)
    assert unused == []


HELPS = [[], *([name] for name in SUMMARIES), ["law", "changes"]] + [
    ["schedule", action] for action in ("install", "show", "remove")
]


@pytest.mark.parametrize("command", HELPS, ids=" ".join)
def test_every_help_is_in_russian(
    command: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit):
        main([*command, "--help"])
    out = capsys.readouterr().out
    speak("en")
    assert "запуск: hqs-xl" in out
    assert english_in(out) == [], "texts/terminal.toml: the Russian of these words is wanted"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_step_names_the_day_of_the_check_as_the_setting_is_called(lang: str) -> None:
    assert say("setting.as_of", lang) in say("start.first_fixed", lang)
