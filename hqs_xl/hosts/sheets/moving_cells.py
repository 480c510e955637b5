"""Cells that move with the day: by TODAY() or NOW() in their own formula, or in one of those that it stands on.

Which formulas stand on one that moves, ``Dependents`` says, quickly and rather too many. How the cells asked for move,
their formulas say: what is known to move is put in the place of each reference, so that ``=MIN($H$1,D2)`` moves as
``=MIN(TODAY(),D2)`` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hqs_xl.formulas.references import References, references, written_out
from hqs_xl.formulas.today import Movement, movement
from hqs_xl.hosts.sheets.blocks import Written
from hqs_xl.hosts.sheets.dependents import Dependents
from hqs_xl.hosts.sheets.moving_cell import MovingCell, given_columns
from hqs_xl.hosts.sheets.places import MAX_ROWS
from hqs_xl.hosts.sheets.runs import merged
from hqs_xl.hosts.sheets.spans import Span, Spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hqs_xl.formulas.references import Reference
    from hqs_xl.hosts.sheets.blocks import Block
    from hqs_xl.hosts.sheets.runs import Runs
    from hqs_xl.hosts.sheets.sources import Input, NamedFormula, Sources

Cell = tuple[str, int, int]  # sheet, row, column

# A chain of formulas is followed through so many of them, and the cells of an area are asked up to so many.
_DEEP, _MANY = 40, 1_000
_UNKNOWN = Movement(None)
_COMPARED = Movement(None, made_of_it=False)
_NONE = Spans["Block"](())


class MovingCells:
    """How cells move, of a workbook whose formulas are given as blocks with their texts."""

    def __init__(self, blocks: Sequence[Block], sources: Sources) -> None:
        self._blocks, self._sources = blocks, sources
        self._clocks = _names_on_clocks(sources)
        self._known: dict[Cell, Movement | None] = {}
        self._by_column = self._found_spans()

    def of(self, sheet: str, columns: Mapping[int, int]) -> dict[int, dict[int, MovingCell]]:
        """The cells of a sheet, below a row of each column, that move: by row and column."""
        found: dict[int, dict[int, MovingCell]] = {}
        for column, above in columns.items():
            for span in self._spans(sheet, column).meeting(above + 1, MAX_ROWS):
                given = given_columns(span.of, self._sources)
                for row in range(max(span.first, above + 1), span.last + 1):
                    moves = self._at((sheet, row, column), 0)
                    if moves is not None:
                        found.setdefault(row, {})[column] = MovingCell(moves, given)
        return found

    def _spans(self, sheet: str, column: int) -> Spans[Block]:
        return self._by_column.get((sheet, column), _NONE)

    def _found_spans(self) -> dict[tuple[str, int], Spans[Block]]:
        """The blocks that may move, by sheet and column."""
        found: dict[tuple[str, int], list[Span[Block]]] = {}
        for place, runs in self._found_rows().items():
            block = self._blocks[place]
            for first, last in runs if block.area is None else [block.area[:2]]:
                for column in _columns_of(block):
                    found.setdefault((block.sheet, column), []).append(Span(first, last, block))
        return {column: Spans(some) for column, some in found.items()}

    def _found_rows(self) -> dict[int, Runs]:
        """The rows of each block that may move, by the block's place."""
        seeds = [place for place, block in enumerate(self._blocks) if self._is_on_clock(block)]
        changed: dict[str, dict[int, list[tuple[int, int]]]] = {}
        for place in seeds:
            block = self._blocks[place]
            first, last = (block.first, block.last) if block.area is None else block.area[:2]
            for column in _columns_of(block):
                changed.setdefault(block.sheet, {}).setdefault(column, []).append((first, last))
        dependents = Dependents(self._blocks, self._sources, {})
        cells = {
            sheet: {column: merged(runs) for column, runs in columns.items()} for sheet, columns in changed.items()
        }
        found = dict(dependents.follow(cells)) if cells else {}
        for place in seeds:
            found[place] = [(self._blocks[place].first, self._blocks[place].last)]
        return found

    def _is_on_clock(self, block: Block) -> bool:
        """Whether a formula calls TODAY() or NOW() by itself, or by a name."""
        if block.written is not None and movement(block.written.text) is not None:
            return True
        named = (self._sources.named(one, block.sheet) for one in block.stands_on.found if one.name)
        return any(one in self._clocks for one in named)

    def _at(self, cell: Cell, deep: int) -> Movement | None:
        """How a cell moves; None for one that does not."""
        if cell not in self._known:
            self._known[cell] = None  # for cells that stand on themselves
            sheet, row, column = cell
            for span in self._spans(sheet, column).meeting(row, row):
                self._known[cell] = self._of_block(span.of, row, column, deep)
        return self._known[cell]

    def _of_block(self, block: Block, row: int, column: int, deep: int) -> Movement | None:
        written = block.written
        if written is None or not written.text or deep > _DEEP:
            return _UNKNOWN
        if block.area is not None:
            row, column = block.first, block.column
        return self._of_text(written, block.stands_on, (block.sheet, row, column), deep)

    def _of_text(self, written: Written, stands_on: References, cell: Cell, deep: int) -> Movement | None:
        sheet, _, column = cell
        if stands_on.open_ended:
            if self._join(self._sources.inputs(stands_on, sheet, column), cell, deep) is not None:
                return _UNKNOWN
            return movement(written.text)

        def said(one: Reference) -> str:
            named = self._sources.named(one, sheet) if one.name else None
            if named is not None and named in self._clocks:
                return _spelt(self._of_name(named, cell, deep + 1))
            return _spelt(self._of_reference(one, cell, deep + 1))

        return movement(written_out(written.text, written.row, written.column, said))

    def _of_reference(self, one: Reference, cell: Cell, deep: int) -> Movement | None:
        """How the cells move that a reference means; in the first of two picked columns VLOOKUP only looks."""

        def joined(picked: tuple[int, ...]) -> Movement | None:
            of_these = References((one._replace(picked=picked),), open_ended=False)
            return self._join(self._sources.inputs(of_these, cell[0], cell[2]), cell, deep)

        found = joined(one.picked[-1:])
        if found is None and len(one.picked) > 1 and joined(one.picked[:1]) is not None:
            return _COMPARED
        return found

    def _of_name(self, named: NamedFormula, cell: Cell, deep: int) -> Movement | None:
        """How a name on TODAY() moves, as its formula is counted in a cell."""
        if deep > _DEEP:
            return _UNKNOWN
        return self._of_text(Written(named.text, 1, 0, ""), references(named.text, 1, 0), cell, deep)

    def _join(self, inputs: Sequence[Input], cell: Cell, deep: int) -> Movement | None:
        """How the cells move that a reference means; of several it is not told how."""
        if _is_single(inputs, cell):
            return next((self._at(one, deep) for one in self._cells(inputs, cell)), None)
        found: Movement | None = None
        for number, one in enumerate(self._cells(inputs, cell)):
            moves = self._at(one, deep) if number < _MANY else _UNKNOWN
            if moves is not None:
                found = Movement(None, moves.made_of_it)
                if found.made_of_it:
                    break
        return found

    def _cells(self, inputs: Sequence[Input], cell: Cell) -> Iterator[Cell]:
        """The cells among some that may move."""
        for one in inputs:
            first, last = sorted((one.rows[0].at(cell[1]), one.rows[1].at(cell[1])))
            for column in range(one.first_column, one.last_column + 1):
                for span in self._spans(one.sheet, column).meeting(first, last) if one.has(column) else ():
                    for row in range(max(span.first, first), min(span.last, last) + 1):
                        yield one.sheet, row, column


def _is_single(inputs: Sequence[Input], cell: Cell) -> bool:
    """Whether a reference means one cell."""
    if len(inputs) != 1:
        return False
    (one,) = inputs
    return one.first_column == one.last_column and one.rows[0].at(cell[1]) == one.rows[1].at(cell[1])


def _columns_of(block: Block) -> range:
    return range(block.column, block.column + 1) if block.area is None else range(block.area[2], block.area[3] + 1)


def _spelt(moves: Movement | None) -> str:
    """A formula that moves so, for the place of a reference."""
    if moves is None:
        return ""
    if moves.days is not None:
        return f"(TODAY()+{moves.days})" if moves.days >= 0 else f"(TODAY(){moves.days})"
    return "(TODAY()+X)" if moves.made_of_it else "IF(TODAY()>X,X)"


def _names_on_clocks(sources: Sources) -> set[NamedFormula]:
    """The names whose formulas call TODAY() or NOW(), by themselves or by other names."""
    found = {named for named in sources.names if movement(named.text) is not None}
    grown = bool(found)
    while grown:
        grown = False
        for named in sources.names:
            if named not in found and _names_any(named, found, sources):
                found.add(named)
                grown = True
    return found


def _names_any(named: NamedFormula, others: set[NamedFormula], sources: Sources) -> bool:
    """Whether the formula of a name uses one of others."""
    used = references(named.text, 1, 0).found
    return any(sources.named(one, named.sheet) in others for one in used if one.name)
