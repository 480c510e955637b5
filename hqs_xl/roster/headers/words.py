"""The words of a header: in one alphabet, without case, dots on ё, marks and initials' dots, cut to their stems."""

from __future__ import annotations

import re
from functools import lru_cache

from hqs_xl.cells.letters import ALIKE, CYRILLIC, LATIN, TO_CYRILLIC, TO_LATIN, composed, latin_of, seen

# A column's number before its header, and a footnote's behind it; a line break as pages of the web have it.
_NUMBERED = re.compile(
    r"^\s*[0-9]{1,3}\s?[.)]\s*(?=[^\W\d])|[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+|\s[0-9]{1,2}\)\s*$"
)
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_INITIALS = re.compile(r"(?<=\b\w)\.\s?(?=\w\b)")
_HUMP = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])")
_WORD = re.compile(r"[^\W_]+")
_CUT = re.compile(r"[^\W_]+(?=\.)")
# What stands between a header's parts, such as the same in two languages.
_PARTS = re.compile(r"[/|;,\n()\[\]]+|\s[-\u2012-\u2015]\s")
_BRACKETS = re.compile(r"[(\[{<«][^()\[\]{}<>«»]*[)\]}>»]?")

_SHORTEST_STEM = 3
_SHORT_WORD = 3
# Endings of Russian nouns, adjectives and verbs.
_ENDINGS = frozenset(
    re.findall(
        r"\w+",
        "иями ями ами ием иях ого его ому ему ыми ими ую юю ая яя ое ее ые ие ый ий ой ей ых их ым им "
        "ия ии ию ью ам ям ах ях ом ем ов ев а я о е ы и у ю ь й",
    )
)
_LONGEST_ENDING = 4


def plain(text: str) -> str:
    """A text without what does not matter: numbers, footnotes, signs of no width, forms of letters, initials' dots."""
    return _INITIALS.sub("", seen(composed(_NUMBERED.sub("", _BREAK.sub(" ", text)))))


def words_of(text: str) -> list[str]:
    """The words of a plain text, each in one alphabet."""
    return [_in_one_alphabet(word) for word in _WORD.findall(text.casefold().translate(ALIKE))]


def skeleton(text: str) -> str:
    """The letters of a plain text as they look: those that look alike in both alphabets are the same."""
    return "".join(_WORD.findall(latin_of(text.casefold())))


def without_humps(text: str) -> str:
    """A text written as PermitExpires, in words."""
    return _HUMP.sub(" ", text)


def in_brackets(text: str) -> tuple[str, str]:
    """What stands outside brackets, and what within."""
    return _BRACKETS.sub(" ", text), " ".join(_BRACKETS.findall(text))


def parts_of(text: str) -> list[str]:
    """What a text may be the sum of: the same in two languages, and so on."""
    return [part for part in map(str.strip, _PARTS.split(text)) if part]


def cut_stems(text: str) -> frozenset[str]:
    """The stems of words that a full stop follows, as it follows those cut off."""
    return frozenset(stem(word) for some in _CUT.findall(text) for word in words_of(some))


def _in_one_alphabet(word: str) -> str:
    """A word that mixes alphabets in the one most of its letters are of, as far as they look alike."""
    if word.isascii():
        return word
    latin = sum("a" <= sign <= "z" for sign in word)
    if not latin:
        return word
    only_latin = sum("a" <= sign <= "z" and sign not in LATIN for sign in word)
    only_cyrillic = sum("а" <= sign <= "я" and sign not in CYRILLIC for sign in word)
    if only_latin == only_cyrillic:
        # Letters of both that all look alike: whoever knows words tells which.
        return word
    return word.translate(TO_LATIN if only_latin > only_cyrillic else TO_CYRILLIC)


def in_either_alphabet(word: str) -> tuple[str, ...]:
    """A word all of whose letters look alike in both alphabets, in each of them; else the word alone."""
    latin, cyrillic = word.translate(TO_LATIN), word.translate(TO_CYRILLIC)
    return (latin, cyrillic) if latin.isascii() and is_cyrillic(cyrillic) else (word,)


def is_cyrillic(word: str) -> bool:
    """Whether all letters of a word are Cyrillic."""
    return all("а" <= sign <= "я" or sign in CYRILLIC for sign in word)


@lru_cache(maxsize=1 << 12)
def stem(word: str) -> str:
    """A word without its ending: of number or person in English, of case, gender and number in Russian."""
    if word.isascii():
        if len(word) > _SHORT_WORD and word.endswith("s") and word[-2] not in "sui":
            return word[:-3] + "y" if word.endswith("ies") else word[:-1]
        return word
    for length in range(min(_LONGEST_ENDING, len(word) - _SHORTEST_STEM), 0, -1):
        if word[-length:] in _ENDINGS:
            return word[:-length]
    return word
