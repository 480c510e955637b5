"""One sheet of an open workbook, whichever program has it open: its answers are collected and written in few blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple, Protocol

from hqs_xl.errors import UnusableFile
from hqs_xl.formulas.counted import COUNTING, meaning_of
from hqs_xl.formulas.links import Link, is_link, same_link
from hqs_xl.formulas.ours import is_ours
from hqs_xl.formulas.today import Movement
from hqs_xl.hosts.open.cells import answered, held, same
from hqs_xl.hosts.sheets import MovingCell
from hqs_xl.roster.tables import Found
from hqs_xl.rows import Cached, Guarded, OneValue, column_name


class Block(NamedTuple):
    """The cells of a sheet that are in use: where they begin (row from 1, column from 0) and what they hold.

    Formulas go by row and column of the block, both from 0; a cell that a formula elsewhere fills has that formula.
    """

    first_row: int
    left: int
    values: Sequence[Sequence[Any]]
    formulas: Mapping[tuple[int, int], str]


class Frame(NamedTuple):
    """A table of the program's own and where it stands: rows from 1, columns from 0, the last ones included."""

    table: Any
    name: str
    first_row: int
    last_row: int
    first_column: int
    last_column: int
    totals: bool


# First and last row (from 1), first and last column (from 0).
Area = tuple[int, int, int, int]
# To ask where cells are merged takes the program a thousandth of a second; so often it is asked.
MOST_ASKED = 20_000


class Page(Protocol):
    """A sheet as the program has it open: rows count from 1, columns from 0."""

    @property
    def name(self) -> str:
        """What it is called."""

    def read(self) -> Block:
        """All that is in use, with blanks as None or ""."""

    def frames(self) -> Sequence[Frame]:
        """Its tables that show a header."""

    def any_merged(self, area: Area) -> bool:
        """Whether any cell of an area is merged with others."""

    def merged_with(self, row: int, place: int) -> Area:
        """All the cells that a merged one is merged with."""

    def write(self, row: int, place: int, block: Sequence[Sequence[Any]]) -> None:
        """Write a block of answers from a cell on; a text stays that text."""

    def resize(self, frame: Frame, last_row: int, last_column: int) -> None:
        """Let a table end elsewhere."""

    def copy_formats(self, source: int, rows: range, places: Sequence[int]) -> None:
        """Give rows the number formats of another one."""

    def remove_cells(self, area: Area) -> None:
        """Take cells out; those below them move up, and the table they are of ends higher."""

    def copy_cells(self, area: Area, row: int) -> None:
        """Copy cells with all they hold to the same columns of another row."""

    def set_width(self, place: int, width: float) -> None:
        """Make a column so many characters wide."""

    def format_dates(self, place: int, rows: range) -> None:
        """Let cells of a column show dates."""

    def add_table(self, name: str, rows: int, columns: int) -> None:
        """A table of so many rows and columns at the sheet's corner, its first row the header."""


class LiveSheet:
    """A sheet as it stands, and what is to be written into it."""

    def __init__(self, page: Page, file: str) -> None:
        self.page, self.name, self._file = page, page.name, file
        self.first_row, self._left, values, self._formulas = page.read()
        self._values = [[held(value) for value in row] for row in values]
        for (row, column), formula in self._formulas.items():
            meaning = meaning_of(formula)
            if isinstance(meaning, Movement):
                self._values[row][column] = meaning.of_now(self._values[row][column])
            elif meaning is COUNTING:
                self._values[row][column] = COUNTING.of(self._values[row][column])
        self._wanted: dict[int, dict[int, Any]] = {}
        self._differing: dict[int, set[int]] = {}
        self.frames = page.frames()

    def formulas(self) -> Iterator[tuple[int, int, str]]:
        """Row, column and text of all formulas, from the top and the left."""
        for (row, column), text in sorted(self._formulas.items()):
            yield row + self.first_row, column + self._left, text

    def tell_what_moves(self, moves: Mapping[int, Mapping[int, MovingCell]]) -> None:
        """Take note of cells, by row and column, that move with the day by what they refer to."""
        for number, cells in moves.items():
            for place, cell in cells.items():
                row, column = number - self.first_row, place - self._left
                self._values[row][column] = cell.moves.of_now(self._values[row][column])

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

    def one_valued(self, below: int) -> list[OneValue]:
        """The merged cells that begin below a row: an area without any is asked about once, others are halved."""
        found: list[OneValue] = []
        right = self._left + max(map(len, self._values), default=0) - 1
        areas, asked = [(below + 1, self.last_row, self._left, right)], 0
        while areas:
            first, last, left, right = area = areas.pop()
            if first > last or left > right or any(_holds(one, area) for one in found):
                continue
            asked += 1
            if asked > MOST_ASKED:
                raise UnusableFile("file.merged_everywhere", file=self._file, sheet=self.name)
            if not self.page.any_merged(area):
                continue
            if first < last:
                half = (first + last) // 2
                areas += [(half + 1, last, left, right), (first, half, left, right)]
            elif left < right:
                half = (left + right) // 2
                areas += [(first, last, half + 1, right), (first, last, left, half)]
            else:
                found.append(OneValue(*self.page.merged_with(first, left), merged=True))
        return [one for one in found if one.first_row > below]

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

    def constants(self, number: int, first: int, last: int) -> list[int]:
        """The columns from one to another in which a row holds anything but a formula."""
        places = range(first, last + 1)
        return [place for place in places if self.holds(number, place) and self._formula(number, place) is None]

    def frame_of(self, found: Found) -> Frame | None:
        """The program's table whose header a table of ours has."""
        for frame in self.frames:
            inside = any(frame.first_column <= place <= frame.last_column for place in found.places)
            if frame.first_row == found.header_row and inside:
                return frame
        return None

    def answer(self, number: int, answers: Mapping[int, Any]) -> None:
        """Take what a row's cells become; a formula of ours stays, and so does what it comes to.

        Raises UnusableFile where a formula of somebody else stands, or what no check has written.
        """
        for place, value in answers.items():
            formula = self._formula(number, place)
            if isinstance(value, Cached) or (formula is not None and is_ours(formula)):
                continue
            wanted = answered(value.value if isinstance(value, Guarded) else value)
            foreign = formula is not None and not is_link(formula)
            if foreign or (isinstance(value, Guarded) and not same(self._value(number, place), wanted)):
                code = "file.foreign_formula" if foreign else "file.not_ours"
                cell = f"{column_name(place)}{number}"
                raise UnusableFile(code, file=self._file, sheet=self.name, cell=cell)
            self._wanted.setdefault(place, {})[number] = wanted
            if not _stands(self._value(number, place), formula, wanted):
                self._differing.setdefault(place, set()).add(number)

    def write(self) -> None:
        """Write the answers that differ, one block for a run of adjacent columns."""
        for run in runs(sorted(self._wanted)):
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
            block = [[self._wanted[place].get(number) for place in places] for number in stretch]
            self.page.write(stretch.start, places[0], block)

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


def _stands(value: Any, formula: str | None, wanted: Any) -> bool:
    """Whether a cell holds an answer already."""
    if isinstance(wanted, Link):
        return formula is not None and same_link(formula, wanted)
    return formula is None and same(value, wanted)


def runs(places: Sequence[int]) -> Iterator[list[int]]:
    """Neighbours together."""
    run: list[int] = []
    for place in places:
        if run and place != run[-1] + 1:
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _holds(one: OneValue, area: Area) -> bool:
    """Whether an area lies within merged cells."""
    rows, columns = one.first_row <= area[0] <= area[1] <= one.last_row, one.first_column <= area[2]
    return rows and columns and area[3] <= one.last_column
