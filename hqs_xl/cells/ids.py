"""What a cell of an id says, and which two ids a person may take for one another.

An id is its text, letter for letter and digit for digit: 0012 is not 12, and p1 is not P1, for programs that give out
ids do tell them apart, and to take two people for one hides what one of them owes. A number is the text of its whole
digits. Only spaces are not told apart by how many there are, or of which width, as TRIM has it in a spreadsheet.

Where two ids differ by nothing but case, leading zeros, a trailing .0, spaces, signs nobody sees or letters that look
alike, they are near: each stays what it is, and the nearness is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, NamedTuple

from hqs_xl.cells.letters import composed, latin_of, seen
from hqs_xl.cells.values import to_text

_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")
# A number that a program wrote as text.
_FRACTION = re.compile(r"^([0-9]+)[.,]0+$", re.MULTILINE)
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))


def to_id(value: Any) -> str:
    """The id a cell holds; "" for a blank one. Raises BadValue."""
    text = to_text(value)
    if text.isalnum():
        return text
    text = " ".join(text.split())
    return text if seen(text) else ""


# What is not told apart, each by its name in ``texts`` (``near.case``), in the order it is left out.
_FOLDS: Mapping[str, Callable[[str], str]] = {
    "unseen": seen,
    "letters": lambda text: text if text.isascii() else latin_of(composed(text).translate(_DASHES)),
    "case": str.casefold,
    "spaces": lambda text: text.replace(" ", ""),
    "fraction": lambda text: _FRACTION.sub(r"\1", text),
    "zeros": lambda text: _ZEROS.sub("", text),
}


class Near(NamedTuple):
    """An id that another one is near, and what they differ by: names of ``texts``, such as ``case``."""

    person_id: str
    by: tuple[str, ...]


def nearness(known: Collection[str], unknown: Collection[str] = ()) -> dict[str, Near]:
    """The ids that are near a known one: of two known ids the later, and those of ``unknown``, which are none of them.

    Each id is given once.
    """
    bare = skeletons(known)
    wanted = frozenset(skeletons(unknown))
    if not wanted and len({*bare}) == len(bare):
        return {}
    first: dict[str, str] = {}
    found: dict[str, Near] = {}
    for one, skeleton in zip(known, bare, strict=True):
        other = first.setdefault(skeleton, one)
        if other != one:
            found[one] = Near(other, differences(one, other))
    for one, skeleton in zip(unknown, skeletons(unknown), strict=True):
        if skeleton in first:
            found[one] = Near(first[skeleton], differences(one, first[skeleton]))
    return found


def skeletons(ids: Collection[str]) -> list[str]:
    """What is left of ids without all that near ones differ by; of all at once, for a sheet has many."""
    return _folded("\n".join(ids), _FOLDS.values()).split("\n") if ids else []


def _folded(text: str, folds: Iterable[Callable[[str], str]]) -> str:
    for fold in folds:
        text = fold(text)
    return text


def differences(one: str, other: str) -> tuple[str, ...]:
    """What two near ids differ by: case, zeros, ..."""
    found = []
    for name in _FOLDS:
        others = [fold for key, fold in _FOLDS.items() if key != name]
        if _folded(one, others) != _folded(other, others):
            found.append(name)
    return tuple(found)
