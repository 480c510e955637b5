"""A book in memory: the template in the making, and what is tested without files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hqs_xl.errors import UnusableFile
from hqs_xl.formulas.counted import COUNTING, meaning_of
from hqs_xl.formulas.links import Link
from hqs_xl.formulas.ours import is_ours
from hqs_xl.formulas.today import Movement
from hqs_xl.roster.columns import TABLES
from hqs_xl.roster.tables import Found, Sink
from hqs_xl.rows import Cached, Guarded, Mark, OneValue, RowEdit, column_name

Grid = list[list[Any]]


@dataclass(slots=True)
class Formula:
    """A cell with a formula and the value it last came to."""

    text: str
    value: Any = None


class MemoryBook:
    """Sheets as grids of cells; None is a blank."""

    date1904 = False
    name = "memory.xlsx"

    def __init__(
        self,
        sheets: Mapping[str, Grid],
        totals: Mapping[str, set[int]] | None = None,
        marks: Mapping[str, Collection[Mark]] | None = None,
        one_valued: Mapping[str, Sequence[OneValue]] | None = None,
    ) -> None:
        self._one_valued = one_valued or {}
        self.grids, self._totals, self._marks = dict(sheets), totals or {}, dict(marks or {})
        self.changed = False

    @property
    def sheets(self) -> tuple[str, ...]:
        """The sheets by name, in order."""
        return tuple(self.grids)

    def rows(
        self, sheet: str, progress: Callable[[float], None] | None = None
    ) -> Iterator[tuple[int, Mapping[int, Any]]]:
        """Rows that hold anything, as a closed book gives them."""
        for number, row in enumerate(self.grids[sheet], 1):
            values = [_value(cell) for cell in row]
            cells = {place: value for place, value in enumerate(values) if value is not None}
            if cells:
                yield number, cells
        if progress:
            progress(1.0)

    def one_valued(self, sheet: str, below: int) -> Sequence[OneValue]:
        """The cells of a sheet that have one value between them and begin below a row."""
        return [area for area in self._one_valued.get(sheet, ()) if area.first_row > below]

    def marks(self, sheet: str) -> Collection[Mark]:
        """The names on a sheet that may say whose its tables are."""
        return self._marks.get(sheet, ())

    def totals(self, sheet: str) -> frozenset[int]:
        """The rows that are totals of a table."""
        return frozenset(self._totals.get(sheet, ()))

    def edit_rows(self, sheet: str, edit: RowEdit, progress: Callable[[float], None] | None = None) -> None:
        """Let each row that holds anything be answered."""
        for number, cells in self.rows(sheet, progress):
            for place, value in edit(number, cells).items():
                self._write(sheet, number, place, value)

    def widen(self, table: Found, headers: Sequence[str]) -> Sequence[int]:
        """Add columns to the right end of a table."""
        first = max(table.places) + 1
        for place, header in enumerate(headers, first):
            self._write(table.sheet, table.header_row, place, header)
        return range(first, first + len(headers))

    def replace_rows(self, table: Found) -> Sink:
        """Write the rows of a table anew; what stands below its header goes."""
        grid = self.grids[table.sheet]
        del grid[table.header_row :]
        keys = dict(table.places)

        def take(values: Mapping[str, Any]) -> None:
            grid.append([_held(values.get(keys.get(place, ""))) for place in range(max(keys) + 1)])
            self.changed = True

        return take

    def add_table(self, kind: str, lang: str) -> Sink:
        """A new sheet with a table of that kind."""
        self.grids[kind] = [[column.header(lang) for column in TABLES[kind]]]
        places = {place: column.key for place, column in enumerate(TABLES[kind])}
        return self.replace_rows(Found(kind, kind, 1, places, {}))

    def _write(self, sheet: str, number: int, place: int, value: Any) -> None:
        row = self.grids[sheet][number - 1]
        row += [None] * (place + 1 - len(row))
        cell, plain = row[place], value.value if isinstance(value, Cached | Guarded) else value
        if isinstance(cell, Formula):
            if not isinstance(value, Cached) and not is_ours(cell.text):
                raise self._refusal("foreign_formula", sheet, number, place)
            self.changed |= cell.value != plain
            cell.value = plain
        elif not isinstance(value, Cached):
            if isinstance(value, Guarded) and cell != plain:
                raise self._refusal("not_ours", sheet, number, place)
            self.changed |= cell != plain
            row[place] = plain

    def _refusal(self, code: str, sheet: str, number: int, place: int) -> UnusableFile:
        return UnusableFile(f"file.{code}", file=self.name, sheet=sheet, cell=f"{column_name(place)}{number}")


def _held(value: Any) -> Any:
    return Formula(value.formula(), value.cell) if isinstance(value, Link) else value


def _value(cell: Any) -> Any:
    if not isinstance(cell, Formula):
        return cell
    meaning = meaning_of(cell.text)
    if isinstance(meaning, Movement):
        return meaning.of_now(cell.value)
    return COUNTING.of(cell.value) if meaning else cell.value
