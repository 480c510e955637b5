"""What a text above a column means: one of a table's columns, perhaps one, or nothing that is looked at here.

A header need not be written as the columns' own headers are: words that say the same, in either language, in any order
and ending, with look-alike letters of the other alphabet, a unit in brackets or one letter wrong are understood where
they mean one column only. Where they may mean another, or the likeness is slight, they are a doubt, which is said and
never decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

from hqs_xl.cells.spelling import distance, nearest
from hqs_xl.roster.columns import column, exact_keys, keys_beside, normalised
from hqs_xl.roster.headers.phrases import TYPED, TablePhrases, Words, phrases
from hqs_xl.roster.headers.words import cut_stems, in_brackets, parts_of, plain, skeleton, without_humps
from hqs_xl.rows import ERRORS

# What is longer is a sentence, no header.
LONGEST = 80
# A misspelt word is understood when it has so many letters; one so long may have two letters wrong.
SURE_MISSPELT, TWO_WRONG = 4, 8
# What may be the beginning of a word, cut off by a full stop, has so many letters.
SHORTEST_CUT = 3
# A misspelt word that alone is the whole phrase is understood when it has so many letters.
SURE_ALONE = 6
# A header may be the sum of so many parts.
MOST_PARTS = 3
# What holds a phrase of two words and says more has so many.
FEWEST_HOLDING = 3
# So many words may be misspelt, and so many ways to read them are looked at.
MOST_MISSPELT, MOST_WAYS = 2, 16
# A whole header may differ from ours in one letter of so many; shorter ones are not compared.
ONE_IN, SHORTEST_ALIKE = 4, 5
# One that holds so long a header of ours whole may mean it.
SHORTEST_WITHIN = 7


class Sure(IntEnum):
    """How sure a header is its column's: named as only we name it, as it is written, in its words, in other words."""

    NOT = 0
    SAME = 1
    WORDS = 2
    EXACT = 3
    OURS = 4


class Reading(NamedTuple):
    """What a text means above a column: ``key`` is the column, blank where none is sure; ``maybe`` those it may be."""

    key: str = ""
    sure: Sure = Sure.NOT
    maybe: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The column it is, or those it may be."""
        return (self.key,) if self.key else self.maybe


FOREIGN = Reading()


@lru_cache(maxsize=1 << 12)
def read_header(kind: str, text: str) -> Reading:
    """What a text means above a column of a kind of table."""
    found = read_surely(kind, text)
    return found if found.keys or not _may_be_typed(kind, text) else _by_likeness(kind, plain(text))


@lru_cache(maxsize=1 << 12)
def read_surely(kind: str, text: str) -> Reading:
    """The same, but for doubts by mere likeness of spelling, which take long to find and make no column sure."""
    name = normalised(text)
    if key := keys_beside(kind).get(name):
        return Reading(key, Sure.OURS)
    if key := exact_keys(kind).get(name):
        return Reading(key, Sure.EXACT)
    if not _may_be_typed(kind, text):
        return FOREIGN
    if key := phrases().tables[kind].joined.get(name):
        return Reading(key, Sure.SAME)
    text, looks, faces, (outside, inside) = _faces(text)
    if key := _by_looks(kind).get(looks):
        return Reading(key, Sure.WORDS)
    found = _first_sure([_by_words(kind, face) for face in faces] + [_by_parts(kind, text)])
    if inside and not found.key:
        remark = {*phrases().stems(inside)} <= phrases().remarks | phrases().units
        bare = _by_words(kind, outside)
        found = _first_sure([found, bare if remark else Reading(maybe=bare.keys)])
    return found


@lru_cache(maxsize=1 << 10)
def _faces(text: str) -> tuple[str, str, Sequence[str], tuple[str, str]]:
    """A text made plain, how it looks, with and without humps, outside and in brackets: alike for all tables."""
    text = plain(text)
    return text, skeleton(text), tuple(dict.fromkeys((text, without_humps(text)))), in_brackets(text)


def _may_be_typed(kind: str, text: str) -> bool:
    """Whether a text may be a person's own words for a column."""
    return kind in TYPED and 0 < len(text) <= LONGEST and text.strip() not in ERRORS


@cache
def _by_looks(kind: str) -> dict[str, str]:
    """The columns a person fills, by how their headers look."""
    headers = ((skeleton(header), key) for header, key in exact_keys(kind).items())
    return {looks: key for looks, key in headers if not column(kind, key).answer}


def _first_sure(readings: Sequence[Reading]) -> Reading:
    """The first that is sure, else the first that leaves a doubt."""
    found = [reading for reading in readings if reading.keys]
    return next((reading for reading in found if reading.key), found[0] if found else FOREIGN)


def _by_parts(kind: str, text: str) -> Reading:
    """What all parts of a text say, as where a header stands in two languages; a doubt where they differ."""
    parts = parts_of(text)
    keys = [read_surely(kind, part).key for part in parts] if 1 < len(parts) <= MOST_PARTS else [""]
    if not all(keys):
        return FOREIGN
    return Reading(keys[0], Sure.WORDS) if len({*keys}) == 1 else Reading(maybe=tuple(dict.fromkeys(keys)))


def _by_words(kind: str, text: str) -> Reading:
    book = phrases()
    table, (_, words, unknown, _) = book.tables[kind], _said(text)
    if not unknown:
        found = by_phrase(table, words)
        return found if found.keys or words & book.other else _by_part(table, words, known=True)
    if len(unknown) <= MOST_MISSPELT and not words & book.other:
        found = _misspelt(table, text)
        return found if found.keys else _by_part(table, words, known=False)
    return FOREIGN


class _Said(NamedTuple):
    """The stems of a text, what they stand for, and those that no phrase knows.

    ``known``: whether the book knows them all, but for units too.
    """

    stems: Sequence[str]
    words: Words
    unknown: Mapping[int, str]
    known: bool


@lru_cache(maxsize=1 << 10)
def _said(text: str) -> _Said:
    """What the words of a text say: the same for all kinds of tables."""
    book = phrases()
    stems = book.stems(text)
    words, unknown = book.said(stems)
    left = {place: stem for place, stem in unknown.items() if stem not in book.units}
    return _Said(stems, words, left, not unknown)


def by_phrase(table: TablePhrases, words: Words) -> Reading:
    """What a phrase of these words means, as it stands or without the words that add nothing."""
    for some in (words, words - phrases().soft):
        if key := table.means.get(some):
            return Reading(key, Sure.WORDS if some in table.headers else Sure.SAME)
        if some in table.maybe:
            return Reading(maybe=tuple(table.maybe[some]))
    return FOREIGN


@lru_cache(maxsize=1 << 12)
def _alike(word: str) -> tuple[int, tuple[str, ...]]:
    """The known words nearest to one, and how far they are; the same words come in many texts."""
    apart, found = nearest(word, phrases().spellings, 2 if len(word) >= TWO_WRONG else 1)
    return apart, tuple(found)


def _misspelt(table: TablePhrases, text: str) -> Reading:
    """What a text with unknown words means above a column."""
    sure, ways = _ways(text)
    readings = {by_phrase(table, words) for words in ways}
    keys = tuple(dict.fromkeys(key for reading in sorted(readings) for key in reading.keys))
    certain = [reading for reading in readings if reading.key]
    return certain[0] if sure and len(keys) == len(certain) == 1 else Reading(maybe=keys)


@lru_cache(maxsize=1 << 10)
def _ways(text: str) -> tuple[bool, frozenset[Words]]:
    """What a text says with the unknown words read as the known ones nearest to them, or begun by those cut off.

    With it, whether that is sure; all of this is the same for all kinds of tables.
    """
    book, ways, wrong, cut = phrases(), list[list[str]](), 0, cut_stems(text)
    stems, _, unknown, _ = _said(text)
    if len(stems) == 1 and len(stems[0]) < SURE_MISSPELT:
        return False, frozenset()
    for word in unknown.values():
        apart, alike = _alike(word)
        found = [one for one in alike if apart == 1 or one[0] == word[0]]
        if word in cut and len(word) >= SHORTEST_CUT:
            begun = [one for one in book.known if one.startswith(word)]
            apart, found = (1, [*dict.fromkeys((*begun, *found))]) if begun else (apart, found)
        ways.append(found)
        wrong += apart
    shortest = min(map(len, unknown.values()))
    sure = wrong == 1 and shortest >= (SURE_ALONE if len(stems) == 1 else SURE_MISSPELT)
    said = set[Words]()
    for way in [*product(*ways)][:MOST_WAYS]:
        meant = dict(zip(unknown, way, strict=True))
        read = [meant.get(place, stem) for place, stem in enumerate(stems)]
        said.add(book.said([one for one in read if one not in book.noise]).words)
    return sure and book.doubtful.isdisjoint(unknown.values()), frozenset(said)


def _by_part(table: TablePhrases, words: Words, *, known: bool) -> Reading:
    """The columns that words may mean which say more than a phrase, or less."""
    book = phrases()
    within: list[Words] = []
    if len(words) >= FEWEST_HOLDING:
        within = [phrase for phrase in table.means if phrase < words and len(phrase - book.soft) > 1]
    if within:
        longest = max(map(len, within))
        return Reading(maybe=_keys(table, [phrase for phrase in within if len(phrase) == longest]))
    least = words - book.soft or words & book.partial
    if known and least and least <= book.partial:
        more = ((phrase, phrase - book.soft - least) for phrase in (*table.means, *table.maybe) if least < phrase)
        return Reading(maybe=_keys(table, (one for one, rest in more if len(rest) == 1 and rest <= book.missing)))
    return FOREIGN


def _keys(table: TablePhrases, some: Iterable[Words]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for phrase in some for key in (table.maybe.get(phrase) or [table.means[phrase]])))


def _by_likeness(kind: str, text: str) -> Reading:
    """The columns whose own header a text is spelt much like, or holds whole."""
    said = _said(text)
    if said.known:
        return FOREIGN
    name, found = normalised(text), dict[str, None]()
    of_others = not said.words.isdisjoint(phrases().other)
    for header, key, answer in _own_headers(kind):
        most = 1 if answer else max(len(name), len(header)) // ONE_IN
        if (min(len(name), len(header)) >= SHORTEST_ALIKE and distance(name, header, most) <= most) or (
            len(header) >= SHORTEST_WITHIN and header in name and not answer and not of_others
        ):
            found[key] = None
    return Reading(maybe=tuple(found))


@cache
def _own_headers(kind: str) -> list[tuple[str, str, bool]]:
    """The columns' own headers, each with its column and whether that is an answer."""
    return [(header, key, column(kind, key).answer) for header, key in exact_keys(kind).items()]
