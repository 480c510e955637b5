"""The words that whoever reads or edits the rows of a sheet shares with whoever answers them.

It stands below both, so that neither knows the other: an editor of files knows no roster, a roster no files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple, Protocol, runtime_checkable

# Excel's day 0 as counted from 1 March 1900 on; serial 60 is 29 February 1900, a day that never was.
EPOCH = date(1899, 12, 30)
FIRST_SERIAL = 61
# A workbook of the 1904 date system counts from 1 January 1904: so many days later.
OFFSET_1904 = 1462

# What a cell holds that could not be calculated.
ERRORS = frozenset(
    ("#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#NAME?", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA", "#BUSY!")
)

# What readers give for a formula whose value the file does not hold: it is no blank, and nobody can tell what it is.
UNCOUNTED = "#UNCOUNTED!"


@cache
def column_name(column: int) -> str:
    """The letters of a column, from 0."""
    name, left = "", column + 1
    while left:
        left, letter = divmod(left - 1, 26)
        name = chr(letter + ord("A")) + name
    return name


# A row's number from 1, and its values by 0-based column; blank cells are absent.
Row = tuple[int, Mapping[int, Any]]


# A name that stands on a sheet: that of an Excel table with its header's row and its first and last column, or with 0
# for the row a name for cells.
Mark = tuple[str, int, int, int]


class OneValue(NamedTuple):
    """Cells that have one value between them, which stands in the first. Rows count from 1, columns from 0.

    ``merged``: they are merged. Else an array formula fills them, and the file does not hold what it came to.
    """

    first_row: int
    last_row: int
    first_column: int
    last_column: int
    merged: bool


class SomeRows(NamedTuple):
    """Rows that follow each other; ``headed``: whether any of them may be a header."""

    rows: Sequence[Row]
    headed: bool = True


class HeaderWords(Protocol):
    """Knows which texts are headers of tables. Can be pickled.

    A row with ``fewest`` headers or more may begin a table, which changes what the rows below it are: it is always
    read whole, and answered by itself.
    """

    @property
    def fewest(self) -> int:
        """So many headers make a header row."""

    def is_header(self, text: str) -> bool:
        """Whether a text is the header of a column."""

    def may_be_header(self, text: str) -> bool:
        """False where a text is certainly no header; cheaper to tell than whether it is one."""


class NoHeaders:
    """No text is a header."""

    fewest = 1

    def is_header(self, _text: str) -> bool:
        """No."""
        return False

    may_be_header = is_header


class Cached(NamedTuple):
    """What a cell's own formula comes to: written only where a formula stands, which stays."""

    value: Any


class Guarded(NamedTuple):
    """An answer for a cell that holds what is not known to be ours: what a formula of ours there comes to.

    Anything else that stands there is somebody's own, and refused with ``not_ours``.
    """

    value: Any


# Is given a row that holds anything, and says what its cells become: values, or Cached ones, by 0-based column.
RowEdit = Callable[[int, Mapping[int, Any]], Mapping[int, Any]]


@runtime_checkable
class BatchEdit(Protocol):
    """A ``RowEdit`` that answers many rows at once, which takes half the time of one by one."""

    def __call__(self, number: int, cells: Mapping[int, Any], /) -> Mapping[int, Any]:
        """Answer a row."""

    def answers(self, rows: Sequence[Row]) -> Sequence[Mapping[int, Any]]:
        """The answers to the next rows, none of them a header."""


class WorkerEdit(Protocol):
    """An edit as a worker process runs it: pickled once a sheet, then called with one task after the other."""

    def answers(self, task: Any, rows: Sequence[Row]) -> tuple[Sequence[Mapping[int, Any]], Any]:
        """The answers to the rows of a task, none of them a header, and the task's result for ``ParallelEdit.merge``.

        Any exception says that one of the rows can't be answered in a worker.
        """


@runtime_checkable
class ParallelEdit(BatchEdit, Protocol):
    """A ``BatchEdit`` whose rows may be answered in worker processes; results are merged in the order of rows."""

    def for_workers(self) -> WorkerEdit:
        """The edit as worker processes run it."""

    def task(self, first: int, last: int) -> Any:
        """What a worker must know to answer the rows from ``first`` to ``last``; rows ascend from task to task."""

    def is_valid(self, task: Any) -> bool:
        """Whether what a task was made from still holds, now that all rows above it are answered."""

    def merge(self, result: Any) -> None:
        """Take the result of the next task."""
