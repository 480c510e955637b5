"""A header is understood, asked about, or nothing of ours: worked cases, synonyms, and what no text may do."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hqs_xl.cells.spelling import Spellings, distance, nearest
from hqs_xl.data import packaged, toml
from hqs_xl.roster.columns import TABLES, facts, normalised
from hqs_xl.roster.headers import LONGEST, Sure, read_header
from hqs_xl.roster.headers.cells import is_header, may_be_header
from hqs_xl.roster.headers.phrases import TYPED, phrases
from hqs_xl.texts import LANGUAGES

CASES = Path(__file__).parents[1] / "cases" / "headers.csv"
DATA = toml(packaged("texts/headers.toml"))
SYNONYMS = [
    (kind, key, phrase.strip())
    for kind in TYPED
    for lang in LANGUAGES
    for key, some in DATA[kind][lang].items()
    for phrase in some.split("|")
]


def cases() -> list[Any]:
    with CASES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [pytest.param(row["table"], row["header"], row["means"], id=" ".join(row.values())) for row in rows]


@pytest.mark.parametrize(("table", "header", "means"), cases())
def test_a_worked_case(table: str, header: str, means: str) -> None:
    reading = read_header(table, header)
    if means.startswith("?"):
        assert reading.key == ""
        assert set(means[1:].split()) <= set(reading.maybe)
    else:
        assert (reading.key, reading.maybe) == (means, ())


@pytest.mark.parametrize("kind", TYPED)
def test_each_column_has_five_synonyms_in_each_language(kind: str) -> None:
    for column in facts(kind):
        for lang in LANGUAGES:
            known = {normalised(phrase) for phrase in DATA[kind][lang][column.key].split("|")}
            assert len(known - {normalised(column.header(lang))}) >= 5, (column.key, lang)


@pytest.mark.parametrize(("kind", "key", "phrase"), SYNONYMS, ids=[" ".join(one) for one in SYNONYMS])
def test_a_synonym_is_understood(kind: str, key: str, phrase: str) -> None:
    for spelt in (phrase, phrase.upper(), f" {phrase} :", f"{phrase}*", phrase.replace(" ", "\n")):
        assert read_header(kind, spelt).key == key
    assert is_header(phrase) or normalised(phrase) in {"employer", "работодатель", "no"}


@pytest.mark.parametrize("kind", TABLES)
def test_a_columns_own_header_is_sure(kind: str) -> None:
    for column in TABLES[kind]:
        for header in (column.key, *map(column.header, LANGUAGES)):
            assert read_header(kind, header) == (column.key, Sure.EXACT, ())


def test_what_is_a_header_for_sure_begins_like_one() -> None:
    for _, _, phrase in SYNONYMS:
        assert may_be_header(phrase)


@pytest.mark.parametrize(
    "word", ["Employer", "Permit", "HQS", "yes", "Overdue soon", "Notify the authority of the concluded agreement"]
)
def test_a_word_of_the_rows_is_none(word: str) -> None:
    assert not is_header(word)


@settings(deadline=None)  # the first text has the book of phrases read
@given(st.text(max_size=LONGEST + 5))
def test_any_text_is_read_and_means_columns_there_are(text: str) -> None:
    for kind in TYPED:
        keys = {column.key for column in TABLES[kind]}
        assert keys.issuperset(read_header(kind, text).keys)
        if is_header(text):
            assert may_be_header(text)


@given(st.text(alphabet="abcde", max_size=7), st.text(alphabet="abcde", max_size=7))
def test_the_distance_of_two_words_is_the_same_both_ways(one: str, other: str) -> None:
    assert distance(one, other, 3) == distance(other, one, 3)
    assert (distance(one, other, 3) == 0) is (one == other)


@given(st.text(alphabet="abc", max_size=7), st.text(alphabet="abc", max_size=7), st.integers(0, 5))
def test_the_distance_is_the_same_however_far_one_looks(one: str, other: str, most: int) -> None:
    assert distance(one, other, most) == min(distance(one, other, 20), most + 1)


@given(st.text(alphabet="abcdжз", max_size=6), st.lists(st.text(alphabet="abcdжз", max_size=6)), st.integers(1, 2))
def test_the_nearest_words_are_found_among_those_told_apart_by_their_letters(
    word: str, known: list[str], most: int
) -> None:
    apart = min((distance(word, other, most) for other in known), default=most + 1)
    found = [other for other in known if distance(word, other, most) == apart <= most]
    assert nearest(word, Spellings(known), most) == (apart, found)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("visa", "viza", 1),
        ("visa", "vsia", 1),
        ("visa", "vis", 1),
        ("visa", "vissa", 1),
        ("visa", "vaiss", 2),
        ("a", "", 1),
    ],
)
def test_a_distance_is_the_letters_put_in_left_out_changed_or_swapped(one: str, other: str, apart: int) -> None:
    assert distance(one, other, 3) == apart
    assert distance(one, other, apart - 1) == apart


def test_a_phrase_of_two_columns_is_refused() -> None:
    book = {**DATA, "salary": {**DATA["salary"], "en": {"quarter": "Amount", "salary_paid": "Amount"}}}
    with pytest.raises(ValueError, match="Amount"):
        type(phrases())(book)
