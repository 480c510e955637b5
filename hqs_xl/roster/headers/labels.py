"""Labels of lines, such as a setting's name: known in the same words, and asked about when they are close to one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from hqs_xl.bilingual import Bilingual
from hqs_xl.cells.letters import latin_of
from hqs_xl.cells.spelling import is_near
from hqs_xl.cells.values import BadValue, is_blank
from hqs_xl.data import packaged, toml
from hqs_xl.roster.headers.phrases import phrases
from hqs_xl.roster.headers.words import in_brackets, parts_of, plain, skeleton, stem, words_of
from hqs_xl.texts import LANGUAGES, say

Words = tuple[str, ...]


def label_key(group: str, keys: Iterable[str], label: object) -> str | None:
    """Which of a group's keys a label names, in either language; None for a label of something else."""
    return _read(group, tuple(keys), str(label))[0] if label is not None else None


def refuse_unnamed(group: str, keys: Iterable[str], label: object) -> None:
    """Raise BadValue where a label is blank, or close to one of a group's and none of them."""
    if is_blank(label):
        raise BadValue("required")
    keys = tuple(keys)
    key, maybe = _read(group, keys, str(label))
    if key is None and maybe:
        said = (", ".join(say(f"{group}.{key}", lang) for key in keys) for lang in LANGUAGES)
        near = (say("word.or", lang).join(f"«{say(f'{group}.{one}', lang)}»" for one in maybe) for lang in LANGUAGES)
        text = " ".join(str(label).split())
        raise BadValue("near_word", text=text, words=Bilingual(*near), expected=Bilingual(*said))


@lru_cache(maxsize=1 << 10)
def _read(group: str, keys: tuple[str, ...], label: str) -> tuple[str | None, tuple[str, ...]]:
    """The key that a label names, or those it may name."""
    known = _known(group, keys)
    if key := _key(label, known):
        return key, ()
    parts = {part: _key(part, known) for part in parts_of(plain(label))}
    said = tuple(dict.fromkeys(key for key in parts.values() if key))
    book = phrases()
    rest = {one for part, key in parts.items() if not key for one in book.stems(part)}
    if len(said) == 1 and rest <= book.remarks | book.units:
        return said[0], ()
    key = _key(in_brackets(label)[0], known)
    return None, (key,) if key else said or _near(label, known)


def _key(label: str, known: Mapping[Words, str]) -> str | None:
    return known.get(_words(label)) or known.get((skeleton(plain(label)),))


def _near(label: str, known: Mapping[Words, str]) -> tuple[str, ...]:
    """The keys of the labels that a label is spelt much like."""
    name = "".join(_words(label))
    others = (("".join(one), key) for one, key in known.items())
    return tuple(dict.fromkeys(key for other, key in others if is_near(name, other)))


@lru_cache(maxsize=1 << 10)
def _words(label: str) -> Words:
    """A label's words, in any order, each as its letters look: those alike in both alphabets are the same."""
    return tuple(sorted(latin_of(stem(word)) for word in words_of(plain(label))))


@cache
def _known(group: str, keys: tuple[str, ...]) -> dict[Words, str]:
    """The keys by the words of their labels, and by all the letters of one."""
    also = toml(packaged("texts/headers.toml"))["labels"][group]
    labels = [(phrase.strip(), key) for key, some in also.items() for phrase in some.split("|")]
    labels += [(label, key) for key in keys for label in (key, *(say(f"{group}.{key}", lang) for lang in LANGUAGES))]
    found = {(skeleton(label),): key for label, key in labels}
    return found | {_words(label): key for label, key in labels}
