"""A sheet in the making: cells as a grid the sync fills, styles beside them, and what XlsxWriter adds at the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from typing import TYPE_CHECKING, Any

from hqs_xl.hosts.memory import Formula, Grid
from hqs_xl.roster.columns import Column
from hqs_xl.rows import Mark
from hqs_xl.template.whole_values import whole_number, whole_text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Finish = Callable[["Worksheet", "Looks"], None]
EXCEL_ROWS = 1_048_576
TABLE_STYLE = "Table Style Light 1"
LINE_POINTS = 15
# Excel's number of the paper.
A4 = 9
# Characters of a text that fit a column as wide as one character of the digits' width; words do not fill a line.
FULLNESS = 0.95


@dataclass(slots=True)
class ArrayFormula(Formula):
    """The first cell of a formula that answers a block of rows and columns; ``spills``: as many as there are."""

    rows: int = 1
    columns: int = 1
    spills: bool = False


@dataclass(slots=True)
class ArrayPart(Formula):
    """Another cell of such a block."""


class Looks:
    """The formats of a workbook, made once each."""

    def __init__(self, workbook: Workbook, styles: dict[str, dict[str, Any]]) -> None:
        self._workbook, self._styles = workbook, styles
        self._made: dict[str, Format] = {}

    def __getitem__(self, name: str) -> Format:
        if name not in self._made:
            self._made[name] = self._workbook.add_format(self._styles[name])
        return self._made[name]

    def once(self, look: Sequence[tuple[str, Any]]) -> Format:
        """A format of a person's own, made once however many cells have it."""
        name = repr(look)
        self._styles.setdefault(name, dict(look))
        return self[name]

    def add(self, properties: dict[str, Any]) -> Format:
        """A format of its own, such as a conditional one."""
        return self._workbook.add_format(properties)


@dataclass(slots=True)
class Page:
    """One sheet. ``code`` is its name in VBA; below a table's header a cell without a style takes its column's."""

    name: str
    code: str
    cells: Grid = field(default_factory=list)
    tables: list[Finish] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    finish: list[Finish] = field(default_factory=list)
    hidden: bool = False
    _styles: dict[int, dict[int, str]] = field(default_factory=dict)
    _columns: dict[int, str] = field(default_factory=dict)
    _below: int = 0
    _widths: dict[int, float] = field(default_factory=dict)
    _folded: set[int] = field(default_factory=set)
    _fit_from: int | None = None
    _extended: dict[str, tuple[int, int]] = field(default_factory=dict)

    def put(self, row: int, column: int, value: Any, style: str = "") -> None:
        """Set a cell, counted from 0."""
        while len(self.cells) <= row:
            self.cells.append([])
        line = self.cells[row]
        line += [None] * (column + 1 - len(line))
        line[column] = value
        if style:
            self._styles.setdefault(row, {})[column] = style

    def style_at(self, row: int, column: int) -> str:
        """The style a cell was given; "" for none of its own."""
        return self._styles.get(row, {}).get(column, "")

    def put_row(self, row: int, column: int, values: Sequence[Any], style: str = "") -> None:
        """Set cells side by side."""
        for place, value in enumerate(values, column):
            self.put(row, place, value, style)

    def put_line(self, row: int, last: int, text: str, style: str) -> None:
        """Set a line of text over the columns from the first to ``last``, whose widths are set: as high as it needs."""
        self.put(row, 0, text)
        room = sum(self._widths[column] for column in range(last + 1)) * FULLNESS
        self.height(row, LINE_POINTS * ceil(len(text) / room))
        self.finish.append(lambda sheet, looks: sheet.merge_range(row, 0, row, last, text, looks[style]))

    def put_header(self, row: int, column: int, columns: Sequence[Column], lang: str) -> None:
        """Set the headers of a table."""
        for place, one in enumerate(columns, column):
            self.put(row, place, one.header(lang), "answer_header" if one.answer else "header")

    def width(self, column: int, characters: float, style: str = "") -> None:
        """Set the width of a column, and the style of its cells that have none."""
        self._widths[column] = characters

        def set_width(sheet: Worksheet, looks: Looks) -> None:
            options = {"level": 1} if column in self._folded else {}
            sheet.set_column(column, column, characters, looks[style] if style else None, options)

        self.finish.append(set_width)

    def fold(self, column: int) -> None:
        """Let a column fold away with those beside it that do."""
        self._folded.add(column)

    def height(self, row: int, points: float) -> None:
        """Set the height of a row."""
        self.finish.append(lambda sheet, _: sheet.set_row(row, points))

    def fit_rows(self, first: int) -> None:
        """Make rows from this one on as high as their wrapped texts; Excel would, other programs do not."""
        self._fit_from = first

    def fill_columns(self, header_row: int, styles: Mapping[int, str]) -> None:
        """Style whole columns below a header row."""
        self._below = header_row
        self._columns.update(styles)

    def add_table(
        self,
        name: str,
        row: int,
        column: int,
        columns: int,
        *,
        rows: int = 0,
        formulas: Mapping[int, str] | None = None,
    ) -> None:
        """Make an Excel table of a header row and what is below; ``rows`` 0: as many as there are at last, at least 1.

        ``formulas``: those of calculated columns, by column.
        """

        def add(sheet: Worksheet, _: Looks) -> None:
            more, last = self._extended.get(name, (0, 0))
            height = max(rows or max(len(self.cells) - row - 1, 1), last - row)
            headers = [
                {"header": whole_text(str(self.cells[row][place]))}
                | ({"formula": formulas[place]} if formulas and place in formulas else {})
                for place in range(column, column + columns + more)
            ]
            options = {"name": name, "columns": headers, "style": TABLE_STYLE, "banded_rows": False}
            if sheet.add_table(row, column, row + height, column + columns + more - 1, options) != 0:
                raise ValueError(f"table {name} was not taken")

        self.tables.append(add)
        self.marks.append((name, row + 1, column, column + columns - 1))

    def extend(self, name: str, *, columns: int, last: int) -> None:
        """Let a table have so many columns more at its right, and reach down to a row at least."""
        self._extended[name] = (columns, last)

    def print_wide(self, *, repeat: int | None = None, last: int | None = None, first: int = 0) -> None:
        """Print landscape, as wide as A4, with the row ``repeat`` (from 0) on each page.

        ``last``: the last column printed; of these all rows are, for tables grow, or those from ``first`` on, below
        whatever stands down to ``repeat``.
        """

        def set_up(sheet: Worksheet, _: Looks) -> None:
            sheet.set_landscape()
            sheet.set_paper(A4)
            sheet.fit_to_pages(1, 0)
            sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
            sheet.set_footer("&L&A&R&P / &N")
            if repeat is not None:
                sheet.repeat_rows(0 if first else repeat, repeat)
            if last is not None:
                # Not the very last row: all of them would be "A:J", which openpyxl takes for no area and drops.
                sheet.print_area(first, 0, EXCEL_ROWS - 2, last)

        self.finish.append(set_up)

    def render(self, sheet: Worksheet, looks: Looks) -> None:
        """Write everything; tables first, for they write their headers without a style."""
        for step in self.tables:
            step(sheet, looks)
        for row, line in enumerate(self.cells):
            styles = self._row_styles(row)
            for column in range(max([len(line), *(place + 1 for place in styles)])):
                value, style = line[column] if column < len(line) else None, styles.get(column, "")
                if value is not None or style:
                    # A blank within a block needs a format to be written over XlsxWriter's nought.
                    look = looks[style] if style or isinstance(value, ArrayPart) else None
                    _write(sheet, row, column, value, look)
            if self._fit_from is not None and row >= self._fit_from:
                sheet.set_row(row, LINE_POINTS * self._lines(line, styles))
        for step in self.finish:
            step(sheet, looks)

    def _lines(self, line: Sequence[Any], styles: Mapping[int, str]) -> int:
        """How many lines the longest wrapped text of a row takes, about."""
        texts = [
            (column, str(value.value if isinstance(value, Formula) else value))
            for column, value in enumerate(line)
            if styles.get(column, "").endswith("wrap")
        ]
        return max([1, *(ceil(len(text) / (self._widths[column] * FULLNESS)) for column, text in texts)])

    def _row_styles(self, row: int) -> Mapping[int, str]:
        own = self._styles.get(row, {})
        return self._columns | own if self._columns and row > self._below else own


def _write(sheet: Worksheet, row: int, column: int, value: Any, look: Format | None) -> None:
    if isinstance(value, ArrayFormula):
        write = sheet.write_dynamic_array_formula if value.spills else sheet.write_array_formula
        last = (row + value.rows - 1, column + value.columns - 1)
        write(row, column, *last, value.text, look, _stored(value.value))
        # The library fills the block with noughts. Its cells follow from above, those that hold anything.
        for below in range(row + 1, last[0] + 1):
            sheet.table.pop(below, None)
        sheet.dim_rowmax = row
    elif isinstance(value, ArrayPart):
        _write(sheet, row, column, value.value, look)
    elif isinstance(value, Formula):
        sheet.write_formula(row, column, value.text, look, _stored(value.value))
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, look)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, look)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, whole_number(value), look)
    elif value is None or value == "":
        sheet.write_blank(row, column, None, look)
    else:
        sheet.write_string(row, column, whole_text(str(value)), look)


def _stored(value: Any) -> Any:
    """What a formula came to, as the file holds it: dates as serial numbers."""
    if isinstance(value, date):
        return (value - date(1899, 12, 30)).days
    return whole_text(value or "") if value is None or isinstance(value, str) else value
