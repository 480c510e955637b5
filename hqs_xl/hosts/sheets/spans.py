"""Rows from a first to a last one with what stands in them: of many, those that hold a row are found at once."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_T = TypeVar("_T")


class Span(NamedTuple, Generic[_T]):
    """What stands in all rows from a first to a last one."""

    first: int
    last: int
    of: _T


class Spans(Generic[_T]):
    """Spans, from the top; they may overlap."""

    def __init__(self, spans: Iterable[Span[_T]]) -> None:
        self._spans = sorted(spans, key=lambda span: span.first)
        # How far down each of them, or one above it, reaches.
        self._reach = [*accumulate((span.last for span in self._spans), max)]

    def meeting(self, first: int, last: int) -> Iterator[Span[_T]]:
        """Those that hold any of the rows."""
        for place in range(bisect_left(self._reach, first), len(self._spans)):
            span = self._spans[place]
            if span.first > last:
                return
            if span.last >= first:
                yield span
