"""Formulas as blocks: the same formula in one row of a column after the other is one of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from hqs_xl.formulas.references import References, references
from hqs_xl.hosts.sheets.patterns import Memo

if TYPE_CHECKING:
    from collections.abc import Callable

# What formulas refer to, by their column and their text as seen from their row: all that tells it, in any workbook.
_KNOWN = Memo[str, References]()
_REMEMBERED = 1 << 12
_CELL = re.compile(r"(\$?[A-Za-z]{1,3})(\$?)([0-9]{1,7})(?![\w(.!\[])")
_WHOLE_ROWS = re.compile(r"[0-9]:\$?[0-9]").search
_BEFORE_ROW = re.compile(r"(?:^|[(,;+\-*/^&=<>:\s!])\$?[A-Z]{1,3}$").search
_AFTER_ROW = re.compile(r"(?:$|[),;+\-*/^&=<>:\s%}])").match


class Block(NamedTuple):
    """A formula in the rows of a column, and the cells that show its results.

    Mostly those are its own; ``area`` (first row, last row, first column, last column) where it fills others too.
    ``stored``: what is stored for it are old results, which may be taken out.
    """

    sheet: str
    column: int
    first: int
    last: int
    stands_on: References
    area: tuple[int, int, int, int] | None = None
    stored: bool = True


class Blocks:
    """Gathers the formulas of one sheet, from the top and the left."""

    def __init__(self, sheet: str) -> None:
        self._sheet = sheet
        self._open: dict[int, _Open] = {}  # by column
        self._shared: dict[str, References] = {}
        self.found: list[Block] = []

    def add(self, row: int, column: int, text: str) -> None:
        """A cell's own formula."""
        above = self._open.get(column)
        if above is not None and above.last + 1 == row and above.pieces and text.split(str(row)) == above.pieces:
            above.last = row
            return
        self._go_on(row, column, self._parsed(text, row, column), _pieces(text, row))

    def share(self, row: int, column: int, key: str, text: str) -> None:
        """A formula that many cells share; its text stands in the first of them."""
        self.know(row, column, key, text)
        stands_on = self._shared.get(key)
        if stands_on is not None:
            self._go_on(row, column, stands_on, [])

    def know(self, row: int, column: int, key: str, text: str) -> None:
        """What a shared formula is, whose first cell needs no counting."""
        if text:
            self._shared[key] = self._parsed(text, row, column)

    def fill(self, row: int, column: int, area: tuple[int, int, int, int], stands_on: References) -> None:
        """A formula whose results fill an area."""
        self.found.append(Block(self._sheet, column, row, row, stands_on, area))

    def end(self) -> list[Block]:
        """All formulas of the sheet."""
        for column in [*self._open]:
            self._close(column)
        return self.found

    def _go_on(self, row: int, column: int, stands_on: References, pieces: list[str]) -> None:
        above = self._open.get(column)
        if above is not None and above.last + 1 == row and above.stands_on == stands_on:
            above.last, above.pieces = row, pieces
            return
        self._close(column)
        if stands_on.found:
            self._open[column] = _Open(row, stands_on, pieces)

    def _close(self, column: int) -> None:
        above = self._open.pop(column, None)
        if above is not None:
            self.found.append(Block(self._sheet, column, above.first, above.last, above.stands_on))

    def _parsed(self, text: str, row: int, column: int) -> References:
        key = f"{column} {row if _WHOLE_ROWS(text) else ''} {_CELL.sub(_relative(row), text)}"
        found = _KNOWN.get(key)
        return _KNOWN.remember(key, references(text, row, column), _REMEMBERED) if found is None else found


class _Open:
    """A block that may go on in the next row; ``pieces``: its formula's text in the last row, cut at the row's number.

    No pieces where that would not tell the same formula in the next row from another one.
    """

    __slots__ = ("first", "last", "pieces", "stands_on")

    def __init__(self, row: int, stands_on: References, pieces: list[str]) -> None:
        self.first = self.last = row
        self.stands_on, self.pieces = stands_on, pieces


def _pieces(text: str, row: int) -> list[str]:
    """A formula cut at its own row's number, where that is nothing but the row of cells beside it."""
    pieces = text.split(str(row))
    usual = all(map(_BEFORE_ROW, pieces[:-1])) and all(map(_AFTER_ROW, pieces[1:]))
    others_fixed = all(match[2] for piece in pieces for match in _CELL.finditer(piece))
    return pieces if usual and others_fixed and len(pieces) > 1 else []


def _relative(row: int) -> Callable[[re.Match[str]], str]:
    """Spells the row of a cell as so many rows from the formula's own."""

    def spelt(match: re.Match[str]) -> str:
        column, fixed, digits = match.groups()
        return match[0] if fixed else f"{column}[{int(digits) - row}]"

    return spelt
