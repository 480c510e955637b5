"""Which cells of an open workbook move with the day by what their formulas refer to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from hqs_xl.formulas.calc_syntax import from_calc
from hqs_xl.formulas.ours import is_ours
from hqs_xl.formulas.references import references
from hqs_xl.formulas.today import movement
from hqs_xl.hosts.open.sheet import LiveSheet
from hqs_xl.hosts.sheets import Block, Blocks, MovingCells, NamedFormula, NamedTable, Sources

# A column of the formula's own row, of the table that it stands in, as Excel shows it there.
_OWN_TABLE = re.compile(r"(?<![\w\]'\[])\[@")


def follow_clock(
    sheets: Mapping[str, LiveSheet],
    names: Callable[[], Iterable[tuple[str, str]]],
    facts: Mapping[str, Mapping[int, int]],
) -> bool:
    """Whether cells below some rows of columns, by sheet, move; from then on the sheets give them as such that do.

    ``names``: what the workbook's names are and stand for, asked only where a fact refers to anything.
    """
    if not any(_refers(sheets[sheet], columns) for sheet, columns in facts.items()):
        return False
    found = _moving_cells([*sheets.values()], [NamedFormula(name, "", from_calc(text)) for name, text in names()])
    moving = {sheet: found.of(sheet, columns) for sheet, columns in facts.items()} if found else {}
    for sheet, moves in moving.items():
        sheets[sheet].tell_what_moves(moves)
    return any(moving.values())


def _refers(sheet: LiveSheet, columns: Mapping[int, int]) -> bool:
    """Whether a formula below some rows of columns refers to anything; ours is counted on the day of the check."""
    return any(
        row > columns.get(column, row) and not is_ours(text) and references(from_calc(text), row, column).found
        for row, column, text in sheet.formulas()
    )


def _moving_cells(sheets: Sequence[LiveSheet], names: Sequence[NamedFormula]) -> MovingCells | None:
    """The cells of all sheets that move; None where nothing does."""
    texts = [text for sheet in sheets for _, _, text in sheet.formulas()]
    if not any(movement(text) for text in (*texts, *(name.text for name in names))):
        return None
    blocks = [block for sheet in sheets for block in _blocks_of(sheet)]
    tables = [table for sheet in sheets for table in _tables_of(sheet)]
    return MovingCells(blocks, Sources([sheet.name for sheet in sheets], names, tables))


def _blocks_of(sheet: LiveSheet) -> list[Block]:
    blocks = Blocks(sheet.name, texts=True)
    for row, column, text in sheet.formulas():
        if not is_ours(text):
            blocks.add(row, column, _in_full(from_calc(text), sheet, row, column))
    return blocks.end()


def _in_full(formula: str, sheet: LiveSheet, row: int, column: int) -> str:
    """A formula with the name of its own table before the columns that it names alone."""
    if "[@" not in formula:
        return formula
    for frame in sheet.frames:
        if frame.first_row <= row <= frame.last_row and frame.first_column <= column <= frame.last_column:
            return f"{frame.name}[@".join(_OWN_TABLE.split(formula))
    return formula


def _tables_of(sheet: LiveSheet) -> list[NamedTable]:
    heads = dict(sheet.rows())
    return [
        NamedTable(
            frame.name,
            sheet.name,
            frame.first_row,
            frame.last_row,
            frame.first_column,
            [
                str(heads.get(frame.first_row, {}).get(place, ""))
                for place in range(frame.first_column, frame.last_column + 1)
            ],
        )
        for frame in sheet.frames
    ]
