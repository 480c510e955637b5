"""What a person put on our sheets and a new workbook does not hold: words beside tables, notes, colours, charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hqs_xl.hosts.closed import ClosedBook
from hqs_xl.hosts.package import Package
from hqs_xl.hosts.sheets import unescaped
from hqs_xl.hosts.xlsx import sheet_parts
from hqs_xl.template.carried import Held, HeldTable
from hqs_xl.texts import LANGUAGES, say, table

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_DRAWN = {"chart", "chartEx", "image"}


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


def coloured(sheet: Worksheet, rows: range, places: Iterable[int]) -> Iterator[str]:
    """The cells of our columns that are filled with another colour than most of their column, by name."""
    for place in places:
        fills = {row: fill for row in rows if (fill := _fill(sheet.cell(row, place)))}
        counts = Counter(fills.values())
        usual = {fill for fill, count in counts.items() if 2 * count > len(rows)}
        yield from (f"{sheet.title}!{sheet.cell(row, place).coordinate}" for row in fills if fills[row] not in usual)


def _fill(cell: Cell | MergedCell) -> str:
    """The colour a cell is filled with, as it is written; blank for none."""
    colour = cell.fill.fgColor if cell.fill.fill_type == "solid" else None
    return f"{colour.type} {colour.value} {colour.tint}" if colour is not None else ""


def drawings_left(old: Path, new: Path, lang: str) -> dict[str, int]:
    """How many charts and pictures of our sheets the new workbook lacks, by sheet of the old one."""
    keys = [key for key in table(lang) if key.startswith("sheet.")]
    names = {say(key, one): say(key, lang) for one in LANGUAGES for key in keys}
    before, after = _drawn(old), _drawn(new)
    left = {sheet: count - after.get(names[sheet], 0) for sheet, count in before.items() if sheet in names}
    return {sheet: count for sheet, count in left.items() if count > 0}


def _drawn(file: Path) -> dict[str, int]:
    """How many charts and pictures each sheet has."""
    with Package(file) as package:
        counts = {}
        for sheet, part in sheet_parts(package).items():
            links = package.relationships(part).values()
            drawings = [one.part for one in links if one.kind == "drawing" and one.part and package.has(one.part)]
            below = [link.kind.rpartition("/")[2] for one in drawings for link in package.relationships(one).values()]
            counts[sheet] = sum(kind in _DRAWN for kind in below)
    return counts
