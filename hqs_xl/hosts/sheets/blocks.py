"""Formulas as blocks: the same formula in one row of a column after the other is one of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from hqs_xl.formulas.references import References, pointed, references
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
    ``stored``: what is stored for it are old results, which may be taken out. ``written``: its text, where that is
    wanted and known.
    """

    sheet: str
    column: int
    first: int
    last: int
    stands_on: References
    area: tuple[int, int, int, int] | None = None
    stored: bool = True
    written: Written | None = None


class Written(NamedTuple):
    """The text of a formula and where it stands; like ones elsewhere have the same ``shape``."""

    text: str
    row: int
    column: int
    shape: str


class Blocks:
    """Gathers the formulas of one sheet, from the top and the left."""

    def __init__(self, sheet: str, *, texts: bool = False) -> None:
        """``texts``: they are wanted, so that formulas are like ones only if all of their texts is."""
        self._sheet, self._texts = sheet, texts
        self._open: dict[int, _Open] = {}  # by column
        self._shared: dict[str, tuple[References, Written | None]] = {}
        self.found: list[Block] = []

    def add(self, row: int, column: int, text: str) -> None:
        """A cell's own formula."""
        if self._texts:
            text = pointed(text)
        above = self._open.get(column)
        if above is not None and above.last + 1 == row and above.pieces and text.split(str(row)) == above.pieces:
            above.last = row
            return
        self._go_on(row, column, *self._parsed(text, row, column), _pieces(text, row))

    def share(self, row: int, column: int, key: str, text: str) -> None:
        """A formula that many cells share; its text stands in the first of them."""
        self.know(row, column, key, text)
        known = self._shared.get(key)
        if known is not None:
            self._go_on(row, column, *known, [])

    def know(self, row: int, column: int, key: str, text: str) -> None:
        """What a shared formula is, whose first cell needs no counting."""
        if self._texts:
            text = pointed(text)
        if text:
            self._shared[key] = self._parsed(text, row, column)

    def fill(self, row: int, column: int, area: tuple[int, int, int, int], stands_on: References, text: str) -> None:
        """A formula whose results fill an area; a data table has no text."""
        written = Written(text, row, column, text) if self._texts else None
        self.found.append(Block(self._sheet, column, row, row, stands_on, area, written=written))

    def end(self) -> list[Block]:
        """All formulas of the sheet."""
        for column in [*self._open]:
            self._close(column)
        return self.found

    def _go_on(self, row: int, column: int, stands_on: References, written: Written | None, pieces: list[str]) -> None:
        above = self._open.get(column)
        if above is not None and above.last + 1 == row and above.goes_on(stands_on, written):
            above.last, above.pieces = row, pieces
            return
        self._close(column)
        if stands_on.found or written:
            self._open[column] = _Open(row, stands_on, written, pieces)

    def _close(self, column: int) -> None:
        above = self._open.pop(column, None)
        if above is not None:
            found = Block(self._sheet, column, above.first, above.last, above.stands_on, written=above.written)
            self.found.append(found)

    def _parsed(self, text: str, row: int, column: int) -> tuple[References, Written | None]:
        shape = f"{column} {row if _WHOLE_ROWS(text) else ''} {_CELL.sub(_relative(row), text)}"
        found = _KNOWN.get(shape)
        if found is None:
            found = _KNOWN.remember(shape, references(text, row, column), _REMEMBERED)
        return found, Written(text, row, column, shape) if self._texts else None


class _Open:
    """A block that may go on in the next row; ``pieces``: its formula's text in the last row, cut at the row's number.

    No pieces where that would not tell the same formula in the next row from another one.
    """

    __slots__ = ("first", "last", "pieces", "stands_on", "written")

    def __init__(self, row: int, stands_on: References, written: Written | None, pieces: list[str]) -> None:
        self.first = self.last = row
        self.stands_on, self.written, self.pieces = stands_on, written, pieces

    def goes_on(self, stands_on: References, written: Written | None) -> bool:
        """Whether a formula in the next row is a like one."""
        same = self.written is None or (written is not None and self.written.shape == written.shape)
        return same and self.stands_on == stands_on


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
