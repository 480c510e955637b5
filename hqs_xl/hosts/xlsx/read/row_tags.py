"""Which start tags of rows are right without asking the parser: those with attributes as in rows it has met.

What they say does not matter: heights and formats differ from row to row, and a sheet has few sets of names.
"""

from __future__ import annotations

import re
from functools import lru_cache

from hqs_xl.hosts.sheets.patterns import MAX_CELL, MAX_SHAPES

# The names of attributes that have a prefix.
Prefixed = frozenset[bytes]

_NAME = rb"[A-Za-z][A-Za-z0-9]{0,29}"
_PLAIN = re.compile(rb'(?: (?:%b:)?%b="[0-9A-Za-z:. ]{0,60}"){0,16}' % (_NAME, _NAME)).fullmatch
_NAMES = re.compile(rb' ([A-Za-z0-9:]+)="').findall
_NONE: Prefixed = frozenset()


class RowTags:
    """The start tags that the parser has met in the rows of a sheet, as sets of names.

    A prefix it has met is declared around the rows, and no prefix at all means what it meant in any row. A tag that
    declares names itself, or names an attribute twice, is left to the parser.
    """

    def __init__(self) -> None:
        self._met: set[Prefixed] = set()
        self._right: set[bytes] = set()  # start tags that are right, for they come again and again

    def learn(self, shape: bytes) -> None:
        """The parser has met a row with this start tag, ``shape`` all of it that follows the number."""
        found = prefixed_in(shape)
        if found is not None and len(self._met) < MAX_SHAPES:
            self._met |= {_NONE, found}

    @staticmethod
    def usual(shape: bytes) -> bool:
        """Whether a start tag is one that can be learned."""
        return prefixed_in(shape) is not None

    def knows(self, shape: bytes) -> bool:
        """Whether a start tag is right here."""
        if shape in self._right:
            return True
        known = prefixed_in(shape) in self._met
        if known and len(self._right) < MAX_SHAPES:
            self._right.add(shape)
        return known

    @property
    def met(self) -> frozenset[Prefixed]:
        """What the parser has met, for a worker to compare with ``prefixed_in``."""
        return frozenset(self._met)

    def __bool__(self) -> bool:
        """Whether the parser has met any."""
        return bool(self._met)


def prefixed_in(shape: bytes) -> Prefixed | None:
    """The attributes with a prefix in a start tag; None for a tag of no usual shape."""
    return _prefixed_in(shape) if len(shape) <= MAX_CELL else None


@lru_cache(maxsize=1 << 12)
def _prefixed_in(shape: bytes) -> Prefixed | None:
    names: list[bytes] = _NAMES(shape)
    if not _PLAIN(shape) or b"xmlns" in shape or b"r" in names or len({*names}) != len(names):
        return None
    return frozenset(name for name in names if b":" in name)
