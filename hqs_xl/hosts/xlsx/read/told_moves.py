"""Rows given with those cells as such that move which do so by formulas that they stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hqs_xl.formulas.today import Moving
from hqs_xl.rows import BatchEdit, SomeRows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from hqs_xl.hosts.sheets.moving_cell import MovingCell
    from hqs_xl.rows import Row, RowEdit

# How the cells of some rows move, by row and column.
Moves = dict[int, dict[int, "MovingCell"]]


def told_of_rows(parts: Iterable[SomeRows], moves: Moves) -> Iterator[SomeRows]:
    """Rows as they are read, their cells as such that move."""
    for rows, headed in parts:
        yield SomeRows([_told(row, moves) for row in rows], headed)


def told_what_moves(edit: RowEdit, moves: Moves) -> RowEdit:
    """An edit that is given the rows so; where nothing moves, the edit itself."""
    if not moves:
        return edit
    return _ToldInBatches(edit, moves) if isinstance(edit, BatchEdit) else _Told(edit, moves)


class _Told:
    def __init__(self, edit: RowEdit, moves: Moves) -> None:
        self._edit, self._moves = edit, moves

    def __call__(self, number: int, cells: Mapping[int, Any], /) -> Mapping[int, Any]:
        """Answer a row."""
        return self._edit(*_told((number, cells), self._moves))


class _ToldInBatches(_Told):
    def __init__(self, edit: BatchEdit, moves: Moves) -> None:
        super().__init__(edit, moves)
        self._batches = edit

    def answers(self, rows: Sequence[Row]) -> Sequence[Mapping[int, Any]]:
        """The answers to the next rows."""
        return self._batches.answers([_told(row, self._moves) for row in rows])


def _told(row: Row, moves: Moves) -> Row:
    number, cells = row
    found = moves.get(number)
    if not found:
        return row
    told = dict(cells)
    for column, moving in found.items():
        value = moving.of(cells.get(column, ""), cells)
        # A row of formulas alone, which come to blanks, is a blank row.
        if value != "" or (isinstance(value, Moving) and not cells.keys() <= found.keys()):
            told[column] = value
    return number, told
