"""An edition file that can't be read: its line, what stands there and what was expected, in the reader's language."""

from __future__ import annotations

from pathlib import Path

import pytest

from hqs_xl.errors import EditionError, HqsError, NotToml
from hqs_xl.law.own_edition import read_own
from hqs_xl.texts import LANGUAGES, say, table
from tests.roster.people import SPECIALIST
from tests.roster_files import run, write

HEAD = 'edition = "mine"\n[[notice.concluded.value]]\n'
# What stands in the third line or later, the line that is named, and what was expected there.
BROKEN = {
    "no value": ("from =\n", 3, "value"),
    "words of Word": ("from = «2028»\n", 3, "value"),
    "no equals sign": ("from 2028-01-01\n", 3, "equals"),
    "a month that is none": ("from = 2028-13-01\n", 3, "one"),
    "a zero before a number": ("number = 03\n", 3, "one"),
    "two in a line": ("a = 1 b = 2\n", 3, "one"),
    "a name twice": ("a = 1\na = 2\n", 4, "once"),
    "a heading twice": ("[x]\n[x]\n", 4, "once"),
    "an open heading": ("[x\n", 3, "bracket"),
    "an open list": ("a = [1\n\n", 3, "bracket"),
    "open braces": ("a = {b = 1\n}\n", 3, "brace"),
    "an open text": ('a = "x\n', 3, "quote"),
    "a path of Windows": ('a = "C:\\Users"\n', 3, "backslash"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_line_what_stands_there_and_what_was_expected(name: str) -> None:
    text, line, expected = BROKEN[name]
    with pytest.raises(NotToml) as caught:
        read_own("mine.toml", HEAD + text)
    file, number, found, word = caught.value.args
    assert (file, number, word) == ("mine.toml", line, expected)
    assert found == text.splitlines()[line - 3]
    assert isinstance(caught.value, EditionError)


def test_every_word_of_what_is_expected_is_said_in_both_languages() -> None:
    for lang in LANGUAGES:
        said = {key.removeprefix("error.toml.") for key in table(lang) if key.startswith("error.toml.")}
        assert said == {expected for _, _, expected in BROKEN.values()} | {"line"}


def test_a_long_line_is_cut_and_an_empty_file_has_a_first_line() -> None:
    with pytest.raises(NotToml) as caught:
        read_own("mine.toml", "x" * 500)
    assert len(caught.value.args[2]) == 61


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_of_the_parser_is_shown(lang: str) -> None:
    with pytest.raises(NotToml) as caught:
        read_own("mine.toml", HEAD + "from 2028-01-01\n")
    said = HqsError("edition_file", problem=caught.value).message(lang)
    assert "mine.toml" in said
    assert say("error.toml.equals", lang) in said
    assert "key/value" not in said
    assert "line 3" in said if lang == "en" else "строка 3" in said


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("command", ["check", "due", "ics"])
def test_a_file_that_the_settings_name(
    command: str, lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.toml").write_text(HEAD + "from = \n", encoding="utf-8")
    settings = [["Setting", "Value"], ["Edition file", "mine.toml"]]
    file = write(tmp_path / "r.xlsx", Roster=[list(SPECIALIST), list(SPECIALIST.values())], Settings=settings)
    assert run(command, file, "--lang", lang) == 2
    said = capsys.readouterr().err
    assert say("error.toml.value", lang) in said
    assert "mine.toml" in said
    assert said.count("\n") == 1
