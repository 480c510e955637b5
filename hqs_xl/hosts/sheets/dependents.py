"""Which formulas stand on changed cells, directly or on others that do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hqs_xl.hosts.sheets.runs import meeting, merged, without

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hqs_xl.formulas.references import Bound
    from hqs_xl.hosts.sheets.blocks import Block
    from hqs_xl.hosts.sheets.runs import Runs
    from hqs_xl.hosts.sheets.sources import Input, Sources

# Cells by sheet and column.
Cells = dict[str, dict[int, "Runs"]]

# A block met in so many rounds stands in a circle, or each of its rows on the next: all of it is taken.
_ROUNDS = 20


class Dependents:
    """Follows changed cells to all that stands on them."""

    def __init__(self, blocks: Sequence[Block], sources: Sources, known: Mapping[str, Mapping[int, Runs]]) -> None:
        """``known``: cells whose results are new in any case."""
        self._blocks, self._known = blocks, known
        self._inputs: dict[str, list[tuple[int, Input]]] = {}
        self._running: set[int] = set()  # blocks whose rows stand on those above them
        for place, block in enumerate(blocks):
            for one in sources.inputs(block.stands_on, block.sheet, block.column):
                self._inputs.setdefault(one.sheet, []).append((place, one))
                if one.sheet == block.sheet and one.has(block.column) and _ends_above(one.rows):
                    self._running.add(place)
        self._stale: dict[int, Runs] = {}
        self._met: dict[int, int] = {}

    def follow(self, changed: Cells) -> dict[int, Runs]:
        """The rows that stand on changed cells, by the block's place."""
        while changed:
            changed = self._next(changed)
        return self._stale

    def cells(self, place: int, rows: Runs) -> Iterator[tuple[int, Runs]]:
        """The cells that show the results of a block's rows, by column."""
        block = self._blocks[place]
        known = self._known.get(block.sheet, {})
        if block.area is None:
            columns, runs = range(block.column, block.column + 1), rows
        else:
            first, last, first_column, last_column = block.area
            columns, runs = range(first_column, last_column + 1), [(first, last)]
        for column in columns:
            yield column, without(runs, known.get(column, []))

    def _next(self, changed: Cells) -> Cells:
        found: dict[int, list[tuple[int, int]]] = {}
        for sheet, columns in changed.items():
            for place, one in self._inputs.get(sheet, ()):
                for column in _columns(columns, one):
                    rows = [*_standing_on(self._blocks[place], one.rows, columns[column])]
                    if rows:
                        found.setdefault(place, []).extend(rows)
        following: dict[str, dict[int, list[tuple[int, int]]]] = {}
        for place, rows in found.items():
            new = self._new(place, merged(rows))
            for column, runs in self.cells(place, new) if new else ():
                following.setdefault(self._blocks[place].sheet, {}).setdefault(column, []).extend(runs)
        return {
            sheet: {column: merged(runs) for column, runs in columns.items()} for sheet, columns in following.items()
        }

    def _new(self, place: int, rows: Runs) -> Runs:
        """The rows that were not known to be stale."""
        block, before = self._blocks[place], self._stale.get(place, [])
        self._met[place] = self._met.get(place, 0) + 1
        if self._met[place] > _ROUNDS:
            rows = [(block.first, block.last)]
        elif place in self._running:
            rows = [(rows[0][0], block.last)]
        new = without(rows, before)
        self._stale[place] = merged([*before, *new])
        return new


def _ends_above(rows: tuple[Bound, Bound]) -> bool:
    return not rows[1].fixed and rows[1].number < 0


def _columns(changed: Mapping[int, Runs], one: Input) -> Iterator[int]:
    """The changed columns that a formula stands on."""
    if len(changed) <= one.last_column - one.first_column:
        return (column for column in changed if one.has(column))
    return (column for column in range(one.first_column, one.last_column + 1) if column in changed and one.has(column))


def _standing_on(block: Block, rows: tuple[Bound, Bound], changed: Runs) -> Iterator[tuple[int, int]]:
    """The rows of a block whose formula stands on changed rows.

    One bound that moves with the row may pass one that does not, so that they are taken both ways round.
    """
    ways = [rows] if rows[0].fixed == rows[1].fixed else [rows, rows[::-1]]
    for top, end in ways:
        for first, last in meeting(changed, top.at(block.first), end.at(block.last)):
            start = block.first if end.fixed else max(block.first, first - end.number)
            stop = block.last if top.fixed else min(block.last, last - top.number)
            if start <= stop:
                yield start, stop
