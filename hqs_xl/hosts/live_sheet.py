"""One sheet of an open workbook: read in one block, its answers collected, written in few blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise, product
from typing import Any, NamedTuple

import xlwings as xw
from xlwings.main import Table

from hqs_xl.errors import UnusableFile
from hqs_xl.hosts.live_cells import answered, held, is_formula, is_live, is_ours, same, typed
from hqs_xl.hosts.places import column_name
from hqs_xl.roster.tables import Cached, Found

# Formulas are read in pieces of so many cells, as xlwings reads values.
CELLS_AT_ONCE = 4_000_000
# A longer text is refused within a block, and taken in a cell alone.
LONGEST_IN_BLOCK = 8_000


class Frame(NamedTuple):
    """An Excel table and where it stands: rows from 1, columns from 0, the last ones included."""

    table: Table
    first_row: int
    last_row: int
    first_column: int
    last_column: int
    totals: bool


class LiveSheet:
    """A sheet as it stands, and what is to be written into it."""

    def __init__(self, sheet: xw.Sheet, file: str) -> None:
        self.sheet, self.name, self._file = sheet, sheet.name, file
        used = sheet.used_range
        self.first_row, self._left = used.row, used.column - 1
        values = used.options(ndim=2, err_to_str=True).value
        self._formulas = _formulas(used, values)
        self._formulas |= _spilled(used, self._formulas)
        self._values = [[held(value) for value in row] for row in values]
        for (row, column), formula in self._formulas.items():
            if is_live(formula):
                self._values[row][column] = None
        self._wanted: dict[int, dict[int, Any]] = {}
        self._differing: dict[int, set[int]] = {}
        self.frames = [_frame(table) for table in sheet.tables if table.show_headers]

    @property
    def last_row(self) -> int:
        """The last row that is in use."""
        return self.first_row + len(self._values) - 1

    @property
    def changed(self) -> bool:
        """Whether any answer differs from what stands there."""
        return bool(self._differing)

    def rows(self) -> Iterator[tuple[int, dict[int, Any]]]:
        """Row numbers and cells of the rows that hold anything."""
        for number, row in enumerate(self._values, self.first_row):
            cells = {place: value for place, value in enumerate(row, self._left) if value is not None}
            if cells:
                yield number, cells

    def _value(self, number: int, place: int) -> Any:
        row, column = number - self.first_row, place - self._left
        if 0 <= row < len(self._values) and 0 <= column < len(self._values[row]):
            return self._values[row][column]
        return None

    def _formula(self, number: int, place: int) -> str | None:
        return self._formulas.get((number - self.first_row, place - self._left))

    def holds(self, number: int, place: int) -> bool:
        """Whether a cell holds anything, a formula too."""
        return self._value(number, place) is not None or self._formula(number, place) is not None

    def last_used(self, places: Iterable[int], first: int, last: int | None = None) -> int:
        """The last row from ``first`` to ``last`` that holds anything in these columns, or the row above ``first``."""
        wanted = tuple(places)
        numbers = range(min(self.last_row, last or self.last_row), first - 1, -1)
        return next((number for number in numbers if any(self.holds(number, place) for place in wanted)), first - 1)

    def frame_of(self, found: Found) -> Frame | None:
        """The Excel table whose header a table of ours has."""
        for frame in self.frames:
            inside = any(frame.first_column <= place <= frame.last_column for place in found.places)
            if frame.first_row == found.header_row and inside:
                return frame
        return None

    def answer(self, number: int, answers: Mapping[int, Any]) -> None:
        """Take what a row's cells become; a formula of ours stays, and so does what it comes to.

        Raises UnusableFile where a formula of somebody else stands.
        """
        for place, value in answers.items():
            formula = self._formula(number, place)
            if isinstance(value, Cached) or (formula is not None and is_ours(formula)):
                continue
            if formula is not None:
                cell = f"{column_name(place)}{number}"
                raise UnusableFile("file.foreign_formula", file=self._file, sheet=self.name, cell=cell)
            wanted = answered(value)
            self._wanted.setdefault(place, {})[number] = wanted
            if not same(self._value(number, place), wanted):
                self._differing.setdefault(place, set()).add(number)

    def write(self) -> None:
        """Write the answers that differ, one block for a run of adjacent columns."""
        for run in _runs(sorted(self._wanted)):
            differing = [place for place in run if place in self._differing]
            if not differing:
                continue
            places = list(range(differing[0], differing[-1] + 1))
            rows = sorted(set[int]().union(*(self._differing[place] for place in differing)))
            if all(self._is_free(number, place) for number in rows for place in places):
                self._write_run(places, rows)
            else:
                for place in differing:
                    self._write_run([place], sorted(self._differing[place]))

    def _write_run(self, places: list[int], rows: list[int]) -> None:
        for stretch in self._stretches(places, rows):
            block = [[typed(self._wanted[place].get(number)) for place in places] for number in stretch]
            write_block(self.sheet, stretch.start, places[0], block)

    def _stretches(self, places: list[int], rows: list[int]) -> Iterator[range]:
        """These rows and those between them, but for rows that are not ours to write."""
        first = rows[0]
        for number, following in pairwise(rows):
            if not all(self._is_free(row, place) for row in range(number + 1, following) for place in places):
                yield range(first, number + 1)
                first = following
        yield range(first, rows[-1] + 1)

    def _is_free(self, number: int, place: int) -> bool:
        """Whether a cell may be written with its answer, or is blank and may stay so."""
        return number in self._wanted.get(place, ()) or not self.holds(number, place)


def write_block(sheet: xw.Sheet, row: int, place: int, block: list[list[Any]]) -> None:
    """Write a block at a row (from 1) and a column (from 0); texts too long for one follow alone."""
    short = [[value[:LONGEST_IN_BLOCK] if isinstance(value, str) else value for value in line] for line in block]
    sheet.range((row, place + 1)).value = short
    for number, (line, cut) in enumerate(zip(block, short, strict=True), row):
        for column, value in enumerate(line, place + 1):
            if value != cut[column - place - 1]:
                sheet.range((number, column)).value = value


def _runs(places: list[int]) -> Iterator[list[int]]:
    """Neighbours together."""
    run: list[int] = []
    for place in places:
        if run and place != run[-1] + 1:
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _formulas(used: xw.Range, values: list[list[Any]]) -> dict[tuple[int, int], str]:
    """The formulas of a range by row and column, both from 0; few cells of a sheet hold one."""
    step = max(1, CELLS_AT_ONCE // len(values[0]))
    found: dict[tuple[int, int], str] = {}
    for start in range(0, len(values), step):
        piece = used if len(values) <= step else used[start : start + step, :]
        for row, texts in enumerate(_grid(piece.formula), start):
            for column, text in enumerate(texts):
                if is_formula(text, values[row][column]):
                    found[row, column] = text
    return found


def _spilled(used: xw.Range, formulas: Mapping[tuple[int, int], str]) -> dict[tuple[int, int], str]:
    """The cells that a formula fills from another cell, with that formula; Excels before 2021 have none."""
    found: dict[tuple[int, int], str] = {}
    # None where some do: only then each formula is asked.
    if getattr(used.api, "HasSpill", False) is False:
        return found
    for (row, column), formula in formulas.items():
        native = used[row, column].api
        if (row, column) not in found and native.HasSpill:
            area = native.SpillingToRange
            for place in product(range(row, row + area.Rows.Count), range(column, column + area.Columns.Count)):
                found[place] = formula
    return found


def _grid(found: Any) -> Any:
    """Formulas as rows of cells: one cell comes alone, one row without its rows."""
    if not isinstance(found, list | tuple):
        return [[found]]
    return found if found and isinstance(found[0], list | tuple) else [found]


def _frame(table: Table) -> Frame:
    area = table.range
    rows, columns = area.shape
    left, top = area.column - 1, area.row
    return Frame(table, top, top + rows - 1, left, left + columns - 1, bool(table.show_totals))
