"""Labels of lines, such as a setting's name: known in the same words, and asked about when they are close to one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from hqs_xl.bilingual import Bilingual
from hqs_xl.cells.values import BadValue, is_blank
from hqs_xl.data import packaged, toml
from hqs_xl.roster.headers.spelling import distance
from hqs_xl.roster.headers.words import plain, stem, words_of
from hqs_xl.texts import LANGUAGES, say

# A label is close to one of ours when it differs in one letter of so many.
ONE_IN = 4

Words = tuple[str, ...]


def label_key(group: str, keys: Iterable[str], label: object) -> str | None:
    """Which of a group's keys a label names, in either language; None for a label of something else."""
    return _known(group, tuple(keys)).get(_words(str(label))) if label is not None else None


def refuse_unnamed(group: str, keys: Iterable[str], label: object) -> None:
    """Raise BadValue where a label is blank, or close to one of a group's and none of them."""
    if is_blank(label):
        raise BadValue("required")
    known = _known(group, tuple(keys))
    words = _words(str(label))
    name = "".join(words)
    if words not in known:
        for other in map("".join, known):
            most = max(len(name), len(other)) // ONE_IN
            if distance(name, other, most) <= most:
                said = (", ".join(say(f"{group}.{key}", lang) for key in keys) for lang in LANGUAGES)
                raise BadValue("unknown_word", expected=Bilingual(*said))


@lru_cache(maxsize=1 << 10)
def _words(label: str) -> Words:
    """A label's words, in any order."""
    return tuple(sorted(map(stem, words_of(plain(label)))))


@cache
def _known(group: str, keys: tuple[str, ...]) -> dict[Words, str]:
    also = toml(packaged("texts/headers.toml"))["labels"][group]
    found = {_words(phrase): key for key, some in also.items() for phrase in some.split("|")}
    for key in keys:
        found |= dict.fromkeys(map(_words, (key, *(say(f"{group}.{key}", lang) for lang in LANGUAGES))), key)
    return found
