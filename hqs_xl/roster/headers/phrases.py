"""The phrases that mean a column, as ``texts/headers.toml`` has them: each a set of words that stand for their like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import islice
from typing import Any, NamedTuple

from hqs_xl.cells.spelling import Spellings
from hqs_xl.data import made_of, packaged, toml
from hqs_xl.roster.columns import TABLES, normalised
from hqs_xl.roster.headers.words import in_either_alphabet, is_cyrillic, plain, stem, words_of
from hqs_xl.texts import LANGUAGES

FILE = "texts/headers.toml"
# The tables whose columns a person fills, and so heads in words of their own.
TYPED = ("roster", "salary", "settings", "own_days", "documents", "employer", "means")
# Stands between phrases, so that no phrase holds it.
_BAR = "|"
# The words of some groups.
_SETS = ("singles", "noise", "soft", "other", "exact", "partial", "doubtful", "units", "remarks")
# Words of the book, each of which stands for all that say the same.
Words = frozenset[str]


class Said(NamedTuple):
    """What the words of a text stand for, and the stems that the book does not know, by their place."""

    words: Words
    unknown: Mapping[int, str]


class TablePhrases(NamedTuple):
    """The phrases of a table's columns: those that mean one, its own headers among them, and those that may."""

    means: Mapping[Words, str]
    headers: frozenset[Words]
    joined: Mapping[str, str]  # as ``normalised`` has them
    maybe: Mapping[Words, Sequence[str]]

    @classmethod
    def unpacked(cls, tree: Mapping[str, Any]) -> TablePhrases:
        """The phrases as ``packed`` has them."""
        means = {frozenset(words.split(_BAR)): key for words, key in tree["means"].items()}
        maybe = {frozenset(words.split(_BAR)): keys for words, keys in tree["maybe"].items()}
        return cls(means, frozenset(islice(means, tree["headers"])), tree["joined"], maybe)

    def packed(self) -> dict[str, Any]:
        """The phrases as JSON can hold them; the first ones are headers."""
        return {
            "means": {_BAR.join(sorted(words)): key for words, key in self.means.items()},
            "headers": len(self.headers),
            "joined": self.joined,
            "maybe": {_BAR.join(sorted(words)): keys for words, keys in self.maybe.items()},
        }


class Phrases:
    """The book of phrases. Raises ValueError where one phrase would mean two columns, or one word two others."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        noise = data["noise"]
        self._known: set[str] = set()
        self.singles: frozenset[str] = frozenset()
        self.noise = frozenset(one for lang in LANGUAGES for one in _stems(noise[lang]))
        self._like: dict[tuple[str, ...], str] = {}
        for lang in LANGUAGES:
            for name, others in data["same"][lang].items():
                for phrase in (name, *_parted(others)):
                    self._learn(phrase, name)
        for group in ("soft", "other"):
            for phrase in self._listed(data[group]):
                self._learn(phrase, " ".join(self.stems(phrase)), again=True)
        self._longest = max(map(len, self._like))
        self.soft, self.other, self.exact, self.partial, self.doubtful = (
            frozenset(one for phrase in self._listed(data[group]) for one in self._named(phrase))
            for group in ("soft", "other", "exact", "partial", "doubtful")
        )
        missing = data["partial"]["missing"]
        self.missing = self.partial | {one for phrase in _parted(missing) for one in self._named(phrase)}
        self.units, self.remarks = (frozenset(_stems(noise[key])) for key in ("units", "brackets"))
        self.tables = {kind: self._table(kind, data) for kind in TYPED}
        self._known |= {one for words in self._like for one in words} - self.doubtful
        self.singles = frozenset(self._known | self.noise | self.units | {one for key in self._like for one in key})
        # What a word may be misspelt for.
        self.known = tuple(sorted(self._known | self.noise))

    @cached_property
    def spellings(self) -> Spellings:
        """The words to be found when they are misspelt."""
        return Spellings(self.known)

    @classmethod
    def unpacked(cls, tree: Mapping[str, Any]) -> Phrases:
        """The book as ``packed`` has it, in a tenth of the time that it takes to make it."""
        book = cls.__new__(cls)
        vars(book).update(
            {name: frozenset(tree[name]) for name in _SETS},
            missing=frozenset(tree["missing"]),
            known=tuple(tree["known"]),
            tables={kind: TablePhrases.unpacked(table) for kind, table in tree["tables"].items()},
            _longest=tree["longest"],
            _known={*tree["words"]},
            _like={tuple(_parted(key)): name for key, name in tree["like"].items()},
        )
        return book

    def packed(self) -> dict[str, Any]:
        """The book as JSON can hold it."""
        return {
            "longest": self._longest,
            "known": self.known,
            "words": sorted(self._known),
            "missing": sorted(self.missing),
            **{name: sorted(getattr(self, name)) for name in _SETS},
            "like": {_BAR.join(key): name for key, name in self._like.items()},
            "tables": {kind: table.packed() for kind, table in self.tables.items()},
        }

    def stems(self, text: str) -> list[str]:
        """The stems of a text's words, but for those that say nothing."""
        words = words_of(plain(text))
        latin = sum(word.isascii() for word in words)
        stems = (self._stem(word, alone=not 0 < latin < len(words)) for word in words)
        return [one for one in stems if one not in self.noise]

    def _stem(self, word: str, *, alone: bool) -> str:
        """A word's stem, in the alphabet it is known in where its letters look alike in both."""
        one = stem(word)
        if one in self.singles or (alone and (word.isascii() or is_cyrillic(word))):
            return one
        return next((other for other in map(stem, in_either_alphabet(word)) if other in self.singles), one)

    def knows(self, stems: Sequence[str]) -> bool:
        """Whether every one of the stems is a word of the book."""
        return self.singles.issuperset(stems)

    def said(self, stems: Sequence[str]) -> Said:
        """What stems stand for: as many at a time as say one thing together."""
        words: set[str] = set()
        unknown: dict[int, str] = {}
        place = 0
        while place < len(stems):
            name, taken = self._first(stems[place : place + self._longest])
            if name:
                words.add(name)
            else:
                unknown[place] = stems[place]
            place += taken
        return Said(frozenset(words), unknown)

    def _first(self, stems: Sequence[str]) -> tuple[str, int]:
        """What the first stems stand for, and how many they are; blank for an unknown one."""
        for length in range(len(stems), 0, -1):
            found = self._like.get(tuple(sorted(stems[:length])))
            if found:
                return found, length
        if stems[0] in self._known:
            return stems[0], 1
        return "", 1

    def _learn(self, phrase: str, name: str, *, again: bool = False) -> None:
        key = tuple(sorted(self.stems(phrase)))
        if self._like.setdefault(key, name) != name and not again:
            raise ValueError(f"«{phrase}» says both {self._like[key]} and {name}")

    @staticmethod
    def _listed(group: Mapping[str, str]) -> Iterator[str]:
        return (phrase for name, phrases in group.items() if name != "missing" for phrase in _parted(phrases))

    def _named(self, phrase: str) -> Words:
        """What a phrase of the book stands for; words met nowhere else stand for themselves."""
        words, unknown = self.said(self.stems(phrase))
        return words | frozenset(unknown.values())

    def _table(self, kind: str, data: Mapping[str, Any]) -> TablePhrases:
        means: dict[Words, str] = {}
        joined: dict[str, str] = {}
        for column in TABLES[kind]:
            if not column.answer:
                for header in (column.key, *map(column.header, LANGUAGES)):
                    words = self._named(header)
                    if not words <= self.exact:
                        _add(means, words, column.key, header)
        headers = frozenset(means)
        for lang in LANGUAGES:
            for key, phrases in data[kind][lang].items():
                for phrase in _parted(phrases):
                    _add(means, self._named(phrase), key, phrase)
                    joined[normalised(phrase)] = key
        maybe: dict[Words, list[str]] = {}
        for key, phrases in data["maybe"].get(kind, {}).items():
            for phrase in _parted(phrases):
                maybe.setdefault(self._named(phrase), []).append(key)
        self._known |= {word for words in (*means, *maybe) for word in words}
        return TablePhrases(means, headers, joined, {words: [*dict.fromkeys(keys)] for words, keys in maybe.items()})


def _add(means: dict[Words, str], words: Words, key: str, phrase: str) -> None:
    if not words or means.setdefault(words, key) != key:
        raise ValueError(f"«{phrase}» means both {means.get(words)} and {key}")


def _parted(phrases: str) -> list[str]:
    return [phrase.strip() for phrase in phrases.split(_BAR)]


def _stems(text: str) -> list[str]:
    return [stem(word) for word in words_of(plain(text))]


@cache
def phrases() -> Phrases:
    """The book, as it was made when the package was, unless what it is made of has been edited since."""
    packed = made_of(sources())
    return Phrases(toml(packaged(FILE))) if packed is None else Phrases.unpacked(packed)


def sources() -> str:
    """All that the book is made of: the phrases, and the headers of our own columns."""
    headers = [
        "|".join((kind, one.key, *map(one.header, LANGUAGES)))
        for kind in TYPED
        for one in TABLES[kind]
        if not one.answer
    ]
    return "\n".join((packaged(FILE), *headers))
