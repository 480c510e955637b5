"""Cells of LibreOffice that are not written as a block of values: beside comments, and links, which are formulas."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from hqs_xl.formulas.links import Link
from hqs_xl.hosts.open.sheet import runs


def put_links(sheet: Any, row: int, place: int, block: Sequence[Sequence[Any]], noted: Collection[int]) -> None:
    """Write the links of a block over what they come to; in rows with a comment cell by cell."""
    for column, answers in enumerate(zip(*block, strict=True), place):
        links = {at: value.formula(";") for at, value in enumerate(answers, row) if isinstance(value, Link)}
        for number in links.keys() & set(noted):
            sheet.getCellByPosition(column, number - 1).Formula = links.pop(number)
        for rows in runs([*links]):
            cells = sheet.getCellRangeByPosition(column, rows[0] - 1, column, rows[-1] - 1)
            cells.setFormulaArray(tuple((links[number],) for number in rows))


def write_singly(cells: Any, lines: Sequence[Sequence[Any]]) -> None:
    """Write values cell by cell, which keeps the comments."""
    for row, line in enumerate(lines):
        for column, value in enumerate(line):
            cell = cells.getCellByPosition(column, row)
            if isinstance(value, float):
                cell.Value = value
            else:
                cell.String = value
