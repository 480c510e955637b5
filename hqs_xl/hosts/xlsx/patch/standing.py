"""Whether a row holds its answers already: asked before anything is written, for in most rows nothing has changed."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from hqs_xl.formulas.links import Link, same_link
from hqs_xl.hosts.sheets.patterns import MAX_CELL, Memo
from hqs_xl.hosts.xlsx.patch.formulas import holds_link, text_of
from hqs_xl.hosts.xlsx.read.cell_start import formula_in, start_of
from hqs_xl.rows import Cached

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, MutableMapping, Sequence

    from hqs_xl.hosts.sheets.cell_values import CellValue
    from hqs_xl.hosts.xlsx.read.plain_row import PlainRow

_FORMULA, _FORMULA_END = b"<f", b"</f>"
_ERROR = b' t="e"'
# Kinds of answers that are in a cell what they are, whatever its format.
_AS_THEY_ARE = (str, int, type(None), bool)


class _Before(NamedTuple):
    """What stands before a cell's value: its format, its formula and whose that is."""

    style: int
    is_error: bool
    formula: bytes
    is_ours: bool
    is_link: bool


class Standing:
    """Tells it of rows of the usual shape, on a sheet where no formula fills other cells than its own.

    It may always say no: then the row is looked at cell by cell, and may come out the same.
    """

    def __init__(
        self,
        above: MutableMapping[int, int],
        names_ours: Callable[[bytes], bool],
        serial_in: Callable[[date | Cached, int], CellValue | None],
    ) -> None:
        """``above``: takes the format of cells that hold their answers; ``names_ours``: whether a formula is ours.

        ``serial_in``: the number that stands for a day in a cell of some format; None where that shows no days.
        """
        self._above, self._names_ours, self._serial_in = above, names_ours, serial_in
        self._met = Memo[bytes, _Before]()

    def are_there(self, row: PlainRow, answers: Mapping[int, Any]) -> bool:
        """Whether the cells of a row hold its answers, asked where nothing is written, so that no format is wanted."""
        if _FORMULA in row.data or _ERROR in row.data:
            return self.hold(row, sorted(answers), answers)
        held = row.values.get
        for column in sorted(answers):
            answer = answers[column]
            kind, old = answer.__class__, held(column)
            if kind is date:
                if old.__class__ is not int:
                    return False
                cell = row.cells[bisect_left(row.columns, column)]
                if old != self._serial_in(answer, start_of(cell[: cell.index(b">")]).style):
                    return False
            elif old.__class__ is not kind or old != answer or kind not in _AS_THEY_ARE:
                return False
        return True

    def hold(self, row: PlainRow, columns: Sequence[int], answers: Mapping[int, Any]) -> bool:
        """Whether the cells of a row hold its answers, which stand in ``columns``; ``above`` takes their formats."""
        cells, places, values = row.cells, row.columns, row.values
        place, end = 0, len(places)
        for column in columns:
            while place < end and places[place] < column:
                place += 1
            if place == end or places[place] != column:
                if answers[column] is not None:
                    return False
            elif not self._stands(cells[place], column, answers[column], values.get(column)):
                return False
        return True

    def _stands(self, cell: bytes, column: int, answer: Any, old: CellValue | None) -> bool:
        before, cached = self._before(cell), answer.__class__ is Cached
        value = answer.value if cached else answer
        kind = value.__class__
        if before.is_error:
            return False
        if before.is_link or kind is Link:
            same = before.is_link and kind is Link and old == value.cell and same_link(text_of(before.formula), value)
        elif before.formula and not (cached or before.is_ours):
            return False
        elif cached and not before.formula:
            same = True
        elif kind in _AS_THEY_ARE:
            same = (old.__class__ is kind or (kind is int and isinstance(old, float))) and old == value
        else:
            same = kind is date and old.__class__ is int and old == self._serial_in(answer, before.style)
        if same:
            self._above[column] = before.style
        return same

    def _before(self, cell: bytes) -> _Before:
        end = cell.find(_FORMULA_END)
        key = cell[: cell.index(b">")] if end < 0 else cell[:end]
        found = self._met.get(key)
        if found is None:
            start, formula = start_of(cell[: cell.index(b">")]), formula_in(cell)
            is_link = holds_link(formula)
            is_ours = not is_link and bool(formula) and self._names_ours(formula)
            found = _Before(start.style, start.is_error, formula, is_ours, is_link)
            if len(key) <= MAX_CELL:
                self._met.remember(key, found)
        return found
