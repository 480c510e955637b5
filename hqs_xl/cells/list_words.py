"""A word of a list as people write it: in other words, letters or marks; and which one a misspelt word may mean.

What says one word of the list in other words is read as that. What is only spelt like one is a doubt, however small:
one letter parts «Employer» from «Employee».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from hqs_xl.cells.letters import composed, latin_of, seen
from hqs_xl.cells.spelling import is_near
from hqs_xl.data import packaged, toml

# What is longer is a remark, no word of a list.
LONGEST = 60
# The same in two languages, or a word and a remark: yes / да, Family (wife).
_PARTS = re.compile(r"[/|;,\n()\[\]]+|\s[-\u2012-\u2015]\s")
_WORD = re.compile(r"[^\W_]+|[+\u2600-\u27bf]")

Looks = tuple[str, ...]


class Reading(NamedTuple):
    """What a text says: ``word`` is the word of the list, as the list names it; else ``maybe`` are those it may be.

    ``text`` is what says so: a remark beside a word may be anybody's name, and is left out.
    """

    word: str | None = None
    maybe: tuple[str, ...] = ()
    text: str = ""


UNKNOWN = Reading()


def read_word(text: str, words: Mapping[str, str]) -> Reading:
    """What a text says that stands in a list's column and is no word of the list; ``words``: what each stands for."""
    return _read(text, tuple(words.items()))


@lru_cache(maxsize=1 << 12)
def _read(text: str, words: tuple[tuple[str, str], ...]) -> Reading:
    if len(text) > LONGEST:
        return UNKNOWN
    known = _known(words)
    if found := known.get(_looks(text)):
        return Reading(found)
    parts = {part.strip(): _looks(part) for part in _PARTS.split(text)}
    said = {part: known[looks] for part, looks in parts.items() if looks in known}
    words_said = dict.fromkeys(said.values())
    if len(words_said) == 1 and all(part in said for part, looks in parts.items() if looks):
        return Reading(next(iter(words_said)))
    # A letter beside others is no word: n/a.
    beside = [part for part in said if len(part) > 1]
    if beside:
        return Reading(maybe=tuple(dict.fromkeys(map(said.__getitem__, beside))), text=f"{', '.join(beside)}, ...")
    near = _near(_looks(text), known)
    return Reading(maybe=near, text=text) if near else UNKNOWN


def _near(looks: Looks, known: Mapping[Looks, str]) -> tuple[str, ...]:
    name = "".join(looks)
    others = (("".join(one), word) for one, word in known.items())
    return tuple(dict.fromkeys(word for other, word in others if is_near(name, other)))


@cache
def _known(words: tuple[tuple[str, str], ...]) -> Mapping[Looks, str]:
    """The words of a list, those that say the same, and how they look."""
    found = {_looks(text): word for text, word in words}
    also = toml(packaged("texts/list_words.toml"))
    for word in dict.fromkeys(word for _, word in words):
        for text in _also(word, also):
            found.setdefault(_looks(text), word)
    return found


def _also(word: str, also: Mapping[str, str]) -> Iterable[str]:
    return [word, *also.get(word, "").split("|")]


@lru_cache(maxsize=1 << 12)
def _looks(text: str) -> Looks:
    """The words of a text in any order, each as its letters look: those alike in both alphabets are the same."""
    return tuple(sorted(_WORD.findall(latin_of(composed(seen(text)).casefold()))))
