"""A workbook open in Excel through xlwings Lite: all of it is read ahead with ``await``, then it is as any open one.

Lite runs in a browser, which can be asked only so: by values, formulas and merged cells. What is written waits there
until the script ends or flushes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import xlwings as xw

from hqs_xl.errors import UnusableFile
from hqs_xl.hosts.excel.workbook import ExcelDocument, ExcelPage
from hqs_xl.hosts.open.cells import is_formula
from hqs_xl.hosts.open.sheet import Area, Block

# Excel on the web hands over no more than 5 MB at once.
CELLS_AT_ONCE = 50_000
# Where cells are merged is asked piece by piece; each question is a call into Excel and back.
MOST_ASKED = 1_000
EMPTY = Block(1, 0, [[None]], {})


class LiteDocument(ExcelDocument):
    """A workbook open in Excel, as it stood when it was read."""

    def __init__(self, book: xw.Book, pages: Iterable[LitePage]) -> None:
        super().__init__(book)
        self._pages = {page.name: page for page in pages}

    @classmethod
    async def read(cls, book: xw.Book) -> LiteDocument:
        """All its sheets. Raises UnusableFile for a sheet with merged cells all over."""
        return cls(book, [await LitePage.of(sheet, book.name) for sheet in book.sheets])

    @property
    def fullname(self) -> str:
        """Its name alone: a browser knows no path."""
        return self.name

    def page(self, sheet: str) -> LitePage:
        """A sheet of it."""
        return self._pages[sheet]

    def add_page(self, sheet: str) -> LitePage:
        """A new sheet at the end, with nothing in it."""
        self._pages[sheet] = LitePage(self._added(sheet), EMPTY, ())
        return self._pages[sheet]

    def named(self, name: str) -> Any:
        """What a named cell holds; KeyError where there is none."""
        if name not in self._book.names:
            raise KeyError(name)
        cell = self._book.names[name].refers_to_range
        return self._pages[cell.sheet.name].value(cell.row, cell.column - 1)


class LitePage(ExcelPage):
    """A sheet as it stood when it was read."""

    def __init__(self, sheet: xw.Sheet, block: Block, merged: Sequence[Area]) -> None:
        super().__init__(sheet)
        self._block, self._merged = block, merged

    @classmethod
    async def of(cls, sheet: xw.Sheet, file: str) -> LitePage:
        """All of a sheet that anything stands in."""
        used = await sheet.get_used_range(values_only=True)
        if used is None:
            return cls(sheet, EMPTY, ())
        values: list[list[Any]] = []
        formulas: dict[tuple[int, int], str] = {}
        for piece in _pieces(used):
            texts = await piece.options(ndim=2).get_formula()
            for row, line in enumerate(await piece.options(ndim=2, err_to_str=True).get_value()):
                number = len(values)
                values.append(line)
                pairs = enumerate(zip(texts[row], line, strict=True))
                formulas |= {(number, column): text for column, (text, value) in pairs if is_formula(text, value)}
        return cls(sheet, Block(used.row, used.column - 1, values, formulas), await _merged_in(used, file))

    def read(self) -> Block:
        """What was read."""
        return self._block

    def value(self, row: int, place: int) -> Any:
        """What a cell holds: row from 1, column from 0."""
        first_row, left, values, _ = self._block
        line = values[row - first_row] if 0 <= row - first_row < len(values) else ()
        return line[place - left] if 0 <= place - left < len(line) else None

    def any_merged(self, area: Area) -> bool:
        """Whether any cell is merged."""
        return any(_overlap(area, one) for one in self._merged)

    def merged_with(self, row: int, place: int) -> Area:
        """The merged cells around one."""
        here = (row, row, place, place)
        return next((one for one in self._merged if _overlap(here, one)), here)

    def copy_formats(self, source: int, rows: range, places: Sequence[int]) -> None:
        """Give rows the formats of another one, of which a browser can't be asked for the number's alone."""
        for place in places:
            cells = self._area(rows[0], rows[-1], place, place)
            cells.copy_from(self._area(source, source, place, place), "formats")

    def _let_count(self, cells: xw.Range) -> None:
        """What format cells have can't be asked here."""
        cells.number_format = "General"


def _pieces(used: xw.Range) -> Iterable[xw.Range]:
    rows, columns = used.shape
    step = max(1, CELLS_AT_ONCE // columns)
    return [used] if rows <= step else [used[start : min(start + step, rows), :] for start in range(0, rows, step)]


async def _merged_in(used: xw.Range, file: str) -> list[Area]:
    """The merged cells of a range: an area without any is asked about once, others are halved."""
    found: list[Area] = []
    waiting, asked = [used], 0
    while waiting:
        cells = waiting.pop()
        area = _area(cells)
        if any(one[0] <= area[0] and area[1] <= one[1] and one[2] <= area[2] and area[3] <= one[3] for one in found):
            continue
        asked += 1
        if asked > MOST_ASKED:
            raise UnusableFile("file.merged_everywhere", file=file, sheet=used.sheet.name)
        if await cells.get_merge_cells() is False:
            continue
        rows, columns = cells.shape
        if (rows, columns) == (1, 1):
            found.append(_area(await cells.get_merge_area()))
        elif rows >= columns:
            waiting += [cells[rows // 2 :, :], cells[: rows // 2, :]]
        else:
            waiting += [cells[:, columns // 2 :], cells[:, : columns // 2]]
    return found


def _area(cells: xw.Range) -> Area:
    rows, columns = cells.shape
    return cells.row, cells.row + rows - 1, cells.column - 1, cells.column + columns - 2


def _overlap(one: Area, other: Area) -> bool:
    return one[0] <= other[1] and other[0] <= one[1] and one[2] <= other[3] and other[2] <= one[3]
