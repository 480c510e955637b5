"""Old results taken out of cells: whoever opens the file next has to count the formulas, and nobody reads old ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hqs_xl.hosts.package.xml_bytes import without
from hqs_xl.hosts.sheets.runs import holds
from hqs_xl.hosts.xlsx.patch.row_bytes import OddNamesError, RowBytes
from hqs_xl.hosts.xlsx.patch.row_splices import Splice, spliced

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hqs_xl.hosts.sheets.cell_values import CellValue
    from hqs_xl.hosts.sheets.runs import Runs
    from hqs_xl.hosts.xlsx.patch.row_bytes import CellBytes
    from hqs_xl.hosts.xlsx.read.plain_row import PlainRow

_VALUES, _CELL_END = (b"<v>", b"<is>"), b"</c>"
_TYPE = re.compile(rb' t="[A-Za-z]+"')


class EmptiedRows:
    """Takes the stored results out of cells, and leaves every other byte."""

    wants_rest = False

    def __init__(self, cells: Mapping[int, Runs]) -> None:
        """``cells``: their rows by column."""
        self._cells = cells
        self.changed = False

    def around(self, _name: str, _attributes: dict[str, str]) -> None:
        """Nothing outside the rows matters."""

    def expect(self, _rows: Sequence[PlainRow]) -> None:
        """Nothing is asked about rows."""

    def between(self, _number: int) -> bytes:
        """No new rows."""
        return b""

    def below(self) -> bytes:
        """No new rows."""
        return b""

    def rest(self, data: bytes) -> bytes:
        """What follows the rows stays as it is."""
        return data

    def plain(self, row: PlainRow) -> bytes:
        """A row of the usual shape, without its end tag."""
        columns = self._columns(row.number)
        if not columns:
            return row.data
        cells = [
            _emptied(cell) if column in columns else cell for column, cell in zip(row.columns, row.cells, strict=True)
        ]
        if cells == row.cells:
            return row.data
        self.changed = True
        return row.with_cells(row.head, cells)

    def exact(self, row: bytes, number: int, _cells: dict[int, CellValue]) -> bytes:
        """A row of any shape; one that is too odd to be taken apart keeps its results."""
        columns = self._columns(number)
        if not columns:
            return row
        try:
            taken = RowBytes(row)
        except OddNamesError:
            return row
        splices = [splice for cell in taken.cells if cell.column in columns for splice in _splices(taken, cell)]
        if not splices:
            return row
        self.changed = True
        return spliced(row, splices)

    def _columns(self, number: int) -> set[int]:
        return {column for column, runs in self._cells.items() if holds(runs, number)}


def _emptied(cell: bytes) -> bytes:
    """A cell of the usual shape without its value; one that has none stays as it is, type and all."""
    tag, _, content = cell.partition(b">")
    start = max(content.find(value) for value in _VALUES)
    return _TYPE.sub(b"", tag) + b">" + content[:start] + _CELL_END if start >= 0 else cell


def _splices(row: RowBytes, cell: CellBytes) -> list[Splice]:
    """What makes a cell one without a value."""
    values = [piece for piece in cell.pieces if piece.name in {b"v", b"is"}]
    if not values:
        return []
    tag = Splice(cell.start, cell.inner, without(row.data[cell.start : cell.inner], b"t", b"vm"))
    return [tag, *(Splice(piece.start, piece.end, b"") for piece in values)]
