"""What stands on our sheets outside their tables, and notes of cells, that a new workbook does not hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hqs_xl.hosts.closed import ClosedBook
from hqs_xl.hosts.sheets import unescaped
from hqs_xl.template.carried import Held, HeldTable
from hqs_xl.texts import LANGUAGES, say, table

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


def beside_tables(sheet: Worksheet, formulas: Workbook) -> Iterator[tuple[str, str, str]]:
    """The cells in no table that hold a value and no formula: sheet, name and value."""
    from openpyxl.utils.cell import range_boundaries  # noqa: PLC0415 - with the reader, which few commands need

    areas = [tuple(place or 1 for place in range_boundaries(one.ref)) for one in sheet.tables.values()]
    found = {
        cell.coordinate: cell.value
        for line in sheet.iter_rows()
        for cell in line
        if cell.value is not None
        and not any(left <= cell.column <= right and top <= cell.row <= end for left, top, right, end in areas)
    }
    counted = {one.coordinate for line in formulas[sheet.title].iter_rows() for one in line if one.data_type == "f"}
    yield from ((sheet.title, name, unescaped(str(value))) for name, value in found.items() if name not in counted)


def not_held(new: Path, held: Held) -> list[str]:
    """Which of the cells beside the tables hold what stands nowhere on that sheet of the new workbook."""
    keys = [key for key in table(held.lang) if key.startswith("sheet.")]
    names = {say(key, lang): say(key, held.lang) for lang in LANGUAGES for key in keys}
    # A text of ours in the other language, or one that another sheet has by now, is nothing that somebody typed.
    ours = {text for lang in LANGUAGES for text in table(lang).values()}
    with ClosedBook(new) as book:
        there = {
            sheet: {str(value) for _, cells in book.rows(sheet) for value in cells.values()} for sheet in book.sheets
        }
    return [
        f"{sheet}!{cell}"
        for sheet, cell, value in held.beside
        if sheet in names and value not in ours and value not in there.get(names[sheet], ())
    ]


def notes_left(sheets: Sequence[Worksheet], tables: Mapping[str, Sequence[HeldTable]]) -> dict[str, int]:
    """How many notes of cells on each sheet do not come along with a table's rows."""
    counts: dict[str, int] = {}
    for sheet in sheets:
        all_there = sum(cell.comment is not None for line in sheet.iter_rows() for cell in line)
        taken = sum(one.count_notes() for one in tables.get(sheet.title, ()))
        if all_there > taken:
            counts[sheet.title] = all_there - taken
    return counts
