"""Rows that follow each other, as runs from a first to a last one: what is said of many cells, in little memory."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

# First and last row; they ascend, and none touches the next.
Runs = list[tuple[int, int]]


def merged(runs: Iterable[tuple[int, int]]) -> Runs:
    """Any runs as they are kept."""
    found: Runs = []
    for first, last in sorted(runs):
        if found and first <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(found[-1][1], last)
        else:
            found.append((first, last))
    return found


def without(runs: Runs, others: Runs) -> Runs:
    """The rows of some runs that are not among others."""
    found: Runs = []
    for first, last in runs:
        start = first
        for other_first, other_last in others[max(bisect_right(others, (start,)) - 1, 0) :]:
            if other_first > last:
                break
            if other_last < start:
                continue
            if other_first > start:
                found.append((start, other_first - 1))
            start = other_last + 1
        if start <= last:
            found.append((start, last))
    return found


def holds(runs: Runs, row: int) -> bool:
    """Whether a row is among some runs."""
    place = bisect_right(runs, (row, 1 << 30)) - 1
    return place >= 0 and runs[place][1] >= row


def meeting(runs: Runs, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Those of some runs that hold any of the rows; the others are not looked at one by one."""
    for place in range(bisect_left(runs, first, key=itemgetter(1)), len(runs)):
        if runs[place][0] > last:
            return
        yield runs[place]


class RowsByColumns:
    """Which cells something is said of, row by row: mostly the same columns in one row after the other."""

    __slots__ = ("_rows",)

    def __init__(self) -> None:
        self._rows: dict[tuple[int, ...], list[list[int]]] = {}

    def add(self, number: int, columns: Sequence[int]) -> None:
        """Some cells of a row; rows ascend."""
        runs = self._rows.get(key := tuple(columns))
        if runs is None:
            self._rows[key] = [[number, number]]
        elif runs[-1][1] + 1 >= number:
            runs[-1][1] = number
        else:
            runs.append([number, number])

    def take(self, other: RowsByColumns) -> None:
        """Add what is said of cells further down."""
        for key, runs in other._rows.items():
            self._rows.setdefault(key, []).extend(runs)

    def columns(self) -> set[int]:
        """The columns of all these cells."""
        return {column for columns in self._rows for column in columns}

    def by_column(self) -> Mapping[int, Runs]:
        """The rows by column."""
        found: dict[int, list[tuple[int, int]]] = {}
        for columns, runs in self._rows.items():
            for column in columns:
                found.setdefault(column, []).extend((first, last) for first, last in runs)
        return {column: merged(runs) for column, runs in found.items()}

    def __bool__(self) -> bool:
        """Whether anything is said of any cell."""
        return bool(self._rows)
