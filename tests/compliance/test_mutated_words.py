"""Words of lists and names of settings, however they are written: read as what they say, or asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from random import Random

import pytest

from hqs_xl.cells.list_words import UNKNOWN, read_word
from hqs_xl.cells.values import EDITION_WORDS, LANGUAGE_WORDS, YES_NO, BadValue, to_word
from hqs_xl.data import packaged, toml
from hqs_xl.roster.columns import DOCUMENT_WORDS, HOSTS, RELATIONS
from hqs_xl.roster.employer import FIELDS, field_key
from hqs_xl.roster.headers.labels import refuse_unnamed
from hqs_xl.roster.settings import LINES, setting_key
from hqs_xl.texts import LANGUAGES, say
from tests.compliance.mutations import AS_OF, demo, in_a_cell
from tests.compliance.test_mutated_headers import report, unexplained, whole

SEED = 20261129
# Of what is written otherwise so much is understood at once, at least: a misspelt word is asked about.
AT_ONCE = 0.8
YES_NO_WORDS = {text: "yes" if meant else "no" for text, meant in YES_NO.items()}
LISTS: Mapping[str, Mapping[str, str]] = {
    "relation": RELATIONS,
    "host": HOSTS,
    "document": DOCUMENT_WORDS,
    "yes_no": YES_NO_WORDS,
    "edition": EDITION_WORDS,
    "language": LANGUAGE_WORDS,
}
ALSO = toml(packaged("texts/list_words.toml"))
LABELS: Mapping[str, tuple[tuple[str, ...], Callable[[object], str | None]]] = {
    "setting": (LINES, setting_key),
    "employer": (FIELDS, field_key),
}


def in_lists(lang: str) -> Iterator[tuple[str, str, str]]:
    """Words of each list written otherwise, with what they mean."""
    random = Random(f"{SEED} {lang}")  # noqa: S311
    for name, words in LISTS.items():
        for meant in dict.fromkeys(words.values()):
            own = [text for text, word in words.items() if word == meant and text.isascii() == (lang == "en")]
            other = [text for text, word in words.items() if word == meant]
            for text in own:
                yield from ((name, meant, one) for one in in_a_cell(text.capitalize(), random.choice(other), random))


def test_each_word_has_other_phrases_in_both_languages() -> None:
    meant = {word for words in LISTS.values() for word in words.values()}
    assert ALSO.keys() == meant
    for word, phrases in ALSO.items():
        own = [phrase.strip() for phrase in phrases.split("|")]
        english = sum(phrase.isascii() for phrase in own)
        assert (english >= 5, len(own) - english >= 5) == (True, True), word


def test_a_phrase_says_one_word_of_its_list() -> None:
    for words in LISTS.values():
        for word in dict.fromkeys(words.values()):
            for phrase in ALSO[word].split("|"):
                assert to_word(phrase.strip(), words) == word, phrase


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_word_of_a_list_is_understood_or_asked_about(lang: str) -> None:
    understood, count = 0, 0
    for name, meant, text in in_lists(lang):
        count += 1
        try:
            assert to_word(text, LISTS[name]) == meant, text
            understood += 1
        except BadValue as error:
            if error.key == "unknown_word":  # of three letters or fewer hardly anything is left
                assert len(text) < 4, (name, text)
            else:
                assert " ".join(text.split()) in error.message(), text
    print(f"\n{lang}: {count} words of lists written otherwise, {understood / count:.0%} understood")  # noqa: T201
    assert count >= 200
    assert understood / count >= AT_ONCE


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("group", LABELS)
def test_a_label_is_understood_or_asked_about(group: str, lang: str) -> None:
    keys, key_of = LABELS[group]
    random, understood, count = Random(f"{SEED} {group} {lang}"), 0, 0  # noqa: S311
    for key in keys:
        texts = {one: say(f"{group}.{key}", one) for one in LANGUAGES}
        for text in in_a_cell(texts[lang], texts["ru" if lang == "en" else "en"], random):
            count += 1
            found = key_of(text)
            if found is None:
                with pytest.raises(BadValue) as error:
                    refuse_unnamed(group, keys, text)
                assert " ".join(text.split()) in error.value.message(lang)
                assert f"«{texts[lang]}»" in error.value.message(lang), text
            else:
                assert found == key, text
                understood += 1
    print(f"\n{group}, {lang}: {count} labels written otherwise, {understood / count:.0%} understood")  # noqa: T201
    assert understood / count >= AT_ONCE


@pytest.mark.parametrize(
    ("text", "list_name", "maybe"),
    [
        ("Famly", "relation", ("Family",)),
        ("Famili member", "relation", ("Family",)),
        ("Employee", "host", ("Employer",)),
        ("работодател", "host", ("Employer",)),
        ("Registartion", "document", ("registration",)),
        ("yse", "yes_no", ("yes",)),
        ("lw", "edition", ("law",)),
    ],
)
def test_what_is_only_spelt_like_a_word_is_never_read_as_it(text: str, list_name: str, maybe: tuple[str, ...]) -> None:
    found = read_word(text, LISTS[list_name])
    assert (found.word, found.maybe) == (None, maybe)


@pytest.mark.parametrize("text", ["Ivanova", "Иванова", "?", "-", "x", "1", "n/a", "Utopia", "", "Семенова"])
def test_what_is_like_no_word_of_a_list_is_repeated_nowhere(text: str) -> None:
    assert all(read_word(text, words) == UNKNOWN for words in LISTS.values())


def test_a_remark_beside_a_word_is_not_repeated() -> None:
    with pytest.raises(BadValue) as error:
        to_word("Family (Ivanova)", RELATIONS)
    assert error.value.message() == (
        "«Family, ...» is nearly «Family», and may be meant so; expected one of: HQS, Family"
    )


def test_the_finding_names_cell_text_and_what_it_may_mean() -> None:
    sheets = deepcopy(whole("en")[0])
    sheets["roster"][3][2] = "Famly"
    found = next(one for one in report(sheets).findings if one.code == "data.unknown_word")
    assert (found.row, found.column) == (4, "relation")
    assert "row 4" in found.message
    assert "«Famly», which may mean «Family»" in found.message


def test_a_setting_that_is_nearly_named_is_a_finding() -> None:
    sheets = demo("en")
    sheets["settings"][2][0] = "Editon"
    found = next(one for one in report(sheets).findings if one.table == "settings")
    assert (found.row, found.column) == (3, "setting")
    assert "«Editon», which may mean «Edition»" in found.message


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_finding_vanishes_when_a_word_or_a_label_is_written_otherwise(lang: str) -> None:
    before, random = whole(lang)[1], Random(f"{SEED} cells {lang}")  # noqa: S311
    places = [("settings", row, 0) for row in (1, 2, 4)] + [("roster", row, 2) for row in (1, 9, 30)]
    places += [("documents", 1, 1), ("own_days", 1, 1), ("settings", 2, 1)]
    for kind, row, place in places:
        text = str(demo(lang)[kind][row][place])
        for written in random.sample([*in_a_cell(text, text, random)], 4):
            sheets = demo(lang)
            sheets[kind][row][place] = written
            assert unexplained(before, sheets) == [], written
    assert before.settings.as_of == AS_OF
