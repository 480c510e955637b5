"""What the law's files say is there in both languages, and each reader gets his own."""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import hqs_xl
from hqs_xl.bilingual import Bilingual, both
from hqs_xl.data import toml
from hqs_xl.texts import in_words, shown

FILES = ["law/editions/card.toml", "law/editions/law.toml", "law/editions/careful.toml", "law/decrees.toml",
         "output/notices.toml"]  # fmt: skip
SPOKEN = {"source", "note", "quote", "name", "where", "decree", "order"}
PACKAGE = Path(hqs_xl.__file__).parent


def spoken(tree: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """What people read of a file, by its key."""
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
        if key in SPOKEN and (isinstance(value, str) or value.keys() & {"en", "ru"}):
            yield f"{name}.{key}", value
        elif isinstance(value, dict | list):
            yield from spoken(value, f"{name}.{key}")


@pytest.mark.parametrize("file", FILES)
def test_whatever_the_laws_files_say_they_say_in_russian_too(file: str) -> None:
    found = dict(spoken(toml((PACKAGE / file).read_text("utf-8"))))
    assert found
    for key, value in found.items():
        assert isinstance(value, dict), key
        assert re.search("[А-Яа-яЁё]", value["ru"]), key
        assert not re.search("[A-Za-z]", value["ru"]), key
        assert not re.search("[А-Яа-яЁё]", value["en"]), key


@pytest.mark.parametrize("file", FILES)
def test_both_languages_name_the_same_numbers_and_days(file: str) -> None:
    for key, value in spoken(toml((PACKAGE / file).read_text("utf-8"))):
        turned = re.sub(r"(\d{4})-(\d\d)-(\d\d)", r"\3.\2.\1", value["en"])
        assert sorted(re.findall(r"\d[\d.]*\d|\d", turned)) == sorted(re.findall(r"\d[\d.]*\d|\d", value["ru"])), key


def test_each_reader_gets_his_own_language() -> None:
    law = both({"en": "a law", "ru": "закон"})
    assert (law, shown(law, "en"), shown(law, "ru")) == ("a law", "a law", "закон")
    assert (in_words("typed by hand", "ru"), in_words(Bilingual("a law"), "ru")) == ("typed by hand", "a law")
    again = pickle.loads(pickle.dumps(law))  # noqa: S301 - made here
    assert shown(again, "ru") == "закон"


@pytest.mark.parametrize(
    "found", [None, "", " ", 5, [], {}, {"en": "a"}, {"en": "a", "ru": ""}, {"en": "a", "ru": "b", "de": "c"}], ids=repr
)
def test_half_a_text_is_none(found: object) -> None:
    assert both(found) is None
