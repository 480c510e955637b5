"""What a new workbook takes over from an older one: rows of tables, a person's own columns and sheets, notes.

Reading the old one is ``setup.held``; here it is put into the pages of the new one, before anything is answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from hqs_xl.hosts.memory import Formula
from hqs_xl.roster.columns import TABLES
from hqs_xl.roster.tables.marks import TABLE_NAMES
from hqs_xl.rows import Mark
from hqs_xl.template.page import Looks, Page
from hqs_xl.template.whole_values import whole_number, whole_text
from hqs_xl.texts import LANGUAGES

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

# Tables whose rows are a person's, or this program's memory; all others are made by every check.
KEPT = ("roster", "salary", "documents", "employer", "own_days", "settings", "log")
# Of these a line is known by its first cell, and stands where the new version has it.
BY_LABEL = ("employer", "settings")


# XlsxWriter's words for a format.
Look = tuple[tuple[str, Any], ...]


class Note(NamedTuple):
    """A note of a cell, and who wrote it."""

    text: str
    author: str


@dataclass(frozen=True, slots=True)
class OwnCell:
    """A cell as it looked: its value, XlsxWriter's words for its format, and its note.

    ``runs``: the pieces of a text whose letters differ, each with its own look.
    """

    value: Any
    look: Look = ()
    note: Note | None = None
    runs: tuple[tuple[Look, str], ...] = ()


@dataclass(frozen=True, slots=True)
class HeldTable:
    """The rows of a table: values by column key, and below them those of a person's own columns by header."""

    rows: Sequence[Mapping[str, Any]]
    own: Mapping[str, Sequence[OwnCell]] = field(default_factory=dict)
    notes: Mapping[tuple[int, str], Note] = field(default_factory=dict)

    def count_notes(self) -> int:
        """How many notes come along with its rows."""
        return len(self.notes) + sum(bool(cell.note) for cells in self.own.values() for cell in cells)


# First and last row and column, from 0.
Area = tuple[int, int, int, int]


class Printed(NamedTuple):
    """What of a sheet is printed, and which rows and columns on each page, as Excel names them."""

    area: str = ""
    rows: str = ""
    columns: str = ""


ALL_PRINTED = Printed()


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """A sheet of a person's own: cells by row and column from 0, widths of columns, merged cells, rows of their own.

    ``rows``: the height in points and XlsxWriter's words for hidden and folded ones. ``state``: whether it is seen, in
    the words of Open XML. What else it has is carried as it is written, by ``hosts.xlsx.carry``.
    """

    name: str
    cells: Mapping[tuple[int, int], OwnCell]
    widths: Mapping[int, float]
    merged: Sequence[Area] = ()
    rows: Mapping[int, tuple[float | None, Look]] = field(default_factory=dict)
    state: str = "visible"
    printed: Printed = ALL_PRINTED


@dataclass(frozen=True, slots=True)
class Held:
    """All that is taken over. ``stray``: cells with something in them that are not, by name.

    ``names``: a person's own names of cells on their own sheets. ``beside``: what stands on our sheets outside the
    tables, as sheet, cell and value. ``notes_left``: how many notes of cells of a sheet stay behind. ``coloured``:
    cells of our columns that a person coloured.
    """

    tables: Mapping[str, HeldTable]
    sheets: Sequence[OwnSheet]
    stray: Sequence[str]
    lang: str
    names: Mapping[str, str] = field(default_factory=dict)
    beside: Sequence[tuple[str, str, str]] = ()
    notes_left: Mapping[str, int] = field(default_factory=dict)
    coloured: Sequence[str] = ()

    def rows(self, kind: str) -> list[Mapping[str, Any]]:
        """The rows of a table; none where there is none."""
        return list(self.tables[kind].rows) if kind in self.tables else []


def carry(pages: Sequence[Page], held: Held) -> list[Page]:
    """Put it into the pages; the pages of the own sheets, to stand behind them."""
    for kind, table in held.tables.items():
        page, mark = _place_of(pages, kind)
        if page and mark:
            _fill(page, kind, table, mark)
    return [_own_page(sheet, number) for number, sheet in enumerate(held.sheets, 1)]


def _place_of(pages: Sequence[Page], kind: str) -> tuple[Page | None, Mark | None]:
    found = ((page, mark) for page in pages for mark in page.marks if mark[0] == TABLE_NAMES[kind])
    return next(found, (None, None))


def _fill(page: Page, kind: str, table: HeldTable, mark: Mark) -> None:
    _, header_row, left, right = mark
    top = header_row - 1
    keys = {column.header(lang): column.key for column in TABLES[kind] for lang in LANGUAGES}
    titles = {str(_held(page, top, place)): place for place in range(left, right + 1)}
    places = {keys[title]: place for title, place in titles.items() if title in keys}
    lines = _lines(page, kind, table, top, left)
    for row, values in zip(lines, table.rows, strict=True):
        for key, value in values.items():
            # An answer's formula stands there, or will be put there by a check.
            if not isinstance(_held(page, row, places[key]), Formula) or kind == "settings":
                style = page.style_at(row, places[key]) or page.style_at(top + 1, places[key])
                page.put(row, places[key], value, style)
    for place, (title, cells) in enumerate(table.own.items(), right + 1):
        page.put(top, place, title, "header")
        for row, cell in zip(lines, cells, strict=True):
            page.put(row, place, None)
            page.finish.append(_writer({(row, place): cell}))
    page.extend(TABLE_NAMES[kind], columns=len(table.own), last=max(lines, default=0))
    notes = {(lines[row], places[key]): note for (row, key), note in table.notes.items()}

    def write_notes(sheet: Worksheet, _: Looks) -> None:
        for cell, note in notes.items():
            sheet.write_comment(*cell, whole_text(note.text), {"author": note.author})

    page.finish.append(write_notes)


def _lines(page: Page, kind: str, table: HeldTable, top: int, left: int) -> list[int]:
    """Where each row goes: below each other, or to the line that has its label."""
    if kind not in BY_LABEL:
        return [top + 1 + number for number in range(len(table.rows))]
    label = TABLES[kind][0].key
    known: dict[str, int] = {}
    row = top + 1
    while _held(page, row, left) is not None:
        known[str(_held(page, row, left))] = row
        row += 1
    for values in table.rows:
        if str(values[label]) not in known:
            known[str(values[label])] = row
            row += 1
    return [known[str(values[label])] for values in table.rows]


def _held(page: Page, row: int, column: int) -> Any:
    line = page.cells[row] if row < len(page.cells) else []
    return line[column] if column < len(line) else None


def _own_page(sheet: OwnSheet, number: int) -> Page:
    page = Page(sheet.name, f"OwnSheet{number}", hidden=sheet.state == "hidden")
    for column, width in sheet.widths.items():
        page.width(column, width)
    page.finish.append(_writer(sheet.cells))

    def merge(worksheet: Worksheet, looks: Looks) -> None:
        for top, left, bottom, right in sheet.merged:
            first = sheet.cells.get((top, left), OwnCell(None))
            worksheet.merge_range(top, left, bottom, right, "", looks.once(first.look))
            write_cell(worksheet, top, left, first, looks)
        for row, (height, options) in sheet.rows.items():
            worksheet.set_row(row, height, None, dict(options))
        _print(worksheet, sheet.printed)
        if sheet.state == "veryHidden":
            worksheet.very_hidden()

    page.finish.append(merge)
    return page


def _print(worksheet: Worksheet, printed: Printed) -> None:
    if printed.area:
        # The library's own call takes one area alone.
        worksheet.print_area_range = printed.area
    if printed.rows:
        worksheet.repeat_rows(*(int(number) - 1 for number in printed.rows.replace("$", "").split(":")))
    if printed.columns:
        worksheet.repeat_columns(printed.columns.replace("$", ""))


def _writer(cells: Mapping[tuple[int, int], OwnCell]) -> Any:
    def write(sheet: Worksheet, looks: Looks) -> None:
        for (row, column), cell in cells.items():
            write_cell(sheet, row, column, cell, looks)

    return write


def write_cell(sheet: Worksheet, row: int, column: int, cell: OwnCell, looks: Looks) -> None:
    """A cell of a person's own; a formula of theirs came as its value, and a text that begins with = stays a text."""
    look = looks.once(cell.look)
    if len(cell.runs) > 1:
        runs = ((looks.once(run), whole_text(text)) if run else (whole_text(text),) for run, text in cell.runs)
        pieces = (part for run in runs for part in run)
        sheet.write_rich_string(row, column, *pieces, look)
    elif cell.value is None:
        sheet.write_blank(row, column, None, look)
    elif isinstance(cell.value, str):
        sheet.write_string(row, column, whole_text(cell.value), look)
    elif isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        sheet.write_number(row, column, whole_number(cell.value), look)
    else:
        sheet.write(row, column, cell.value, look)
    if cell.note:
        sheet.write_comment(row, column, whole_text(cell.note.text), {"author": cell.note.author})


def some_of(names: Iterable[str], most: int = 5) -> str:
    """The first of some cells by name, and that there are more."""
    listed = list(names)
    return ", ".join(listed[:most]) + (" ..." if len(listed) > most else "")
