"""A block of rows of the usual shape answered in a process of its own; whatever is unusual comes back undone."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from functools import lru_cache
from multiprocessing.shared_memory import SharedMemory
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from hqs_xl.hosts.edited_rows import AnsweredRows
from hqs_xl.hosts.places import MAX_ROWS
from hqs_xl.hosts.plain_rows import ROW_END, Cells, row_pieces
from hqs_xl.hosts.row_patch import SheetContext

if TYPE_CHECKING:
    from hqs_xl.hosts.cell_text import Texts
    from hqs_xl.hosts.package import Package
    from hqs_xl.hosts.reach import Reach
    from hqs_xl.hosts.styles import Styles
    from hqs_xl.roster.tables import EditApart


class Shared(NamedTuple):
    """What a process keeps from one block of a sheet to the next."""

    sheet: str
    date1904: bool
    strings: Texts
    edit: EditApart


class Block(NamedTuple):
    """Whole rows, and what is taken for granted above them.

    ``shapes``: start tags of rows the parser has met; ``above``: the format of the last cell answered, by column;
    ``dated``, ``quoted``: formats that show dates, or a text as it stands, by the format they are made from.
    """

    data: bytes
    shapes: frozenset[bytes]
    above: Mapping[int, int]
    dated: Mapping[int, int]
    quoted: Mapping[int, int]
    errand: Any


class Answered(NamedTuple):
    """A block with its answers; ``data`` is None where nothing changed. ``asked``: columns whose format above told."""

    data: bytes | None
    first: int
    last: int
    above: dict[int, int]
    asked: frozenset[int]
    reach: Reach
    came: Any


def ready() -> None:
    """Nothing; a process that has done it has loaded all that answering takes."""


def answer_block(memory: str, size: int, block: Block) -> Answered | None:
    """Answer the rows of a block; None where any of them is unusual, for then only the parser can judge.

    memory: the name of the shared memory that holds the pickled ``Shared`` in its first ``size`` bytes.
    """
    try:
        return _answered(_shared(memory, size), block)
    except Exception:  # noqa: BLE001 - the same block is then done where the fault can be told
        return None


@lru_cache(maxsize=1)
def _shared(name: str, size: int) -> tuple[Shared, Cells]:
    memory = SharedMemory(name)
    try:
        # Written by the process that started this one.
        shared: Shared = pickle.loads(bytes(memory.buf or b"")[:size])  # noqa: S301
    finally:
        memory.close()
    return shared, Cells(shared.strings)


def _answered(kept: tuple[Shared, Cells], block: Block) -> Answered | None:
    shared, cells = kept
    edit, came = shared.edit.begin(block.errand)
    styles = cast("Styles", _KnownStyles(block.dated, block.quoted))
    above = _Above(block.above)
    patch = AnsweredRows(SheetContext(cast("Package", None), shared.sheet, styles, shared.date1904), edit, (), above)
    written: list[bytes] = []
    first = number = 0
    for piece in block.data.split(ROW_END)[:-1]:
        found = row_pieces(piece)
        row = cells.row(piece, found.digits, found.inner) if found and found.shape in block.shapes else None
        if row is None or not number < row.number <= MAX_ROWS:
            return None
        number = row.number
        first = first or number
        written += (patch.plain(row), ROW_END)
    data = b"".join(written) if patch.changed else None
    return Answered(data, first, number, dict(above), frozenset(above.asked), patch.reach, came)


class _Above(dict[int, int]):
    """Formats of cells answered, which remembers what was asked of the rows above the block."""

    def __init__(self, inherited: Mapping[int, int]) -> None:
        super().__init__()
        self._inherited = inherited
        self.asked: set[int] = set()

    def __missing__(self, column: int) -> int:
        self.asked.add(column)
        if column not in self._inherited:
            # No KeyError: the format of the sheet's column, which is not known here, would have to be looked up.
            raise ValueError(column)
        return self._inherited[column]


class _KnownStyles:
    """The formats there are; one to be made is a KeyError."""

    def __init__(self, dated: Mapping[int, int], quoted: Mapping[int, int]) -> None:
        self._dated, self._quoted = dated, quoted

    def dated(self, style: int) -> int:
        """The format with dates."""
        return self._dated[style]

    def quoted(self, style: int) -> int:
        """The format for a text that begins like a formula."""
        return self._quoted[style]
