"""A block of rows of the usual shape answered at once, here or in another process; what is unusual is left undone."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from hqs_xl.hosts.xlsx.edit.edited_rows import AnsweredRows
from hqs_xl.hosts.xlsx.edit.row_patch import SheetContext
from hqs_xl.hosts.xlsx.parallel.processes import Seen
from hqs_xl.hosts.xlsx.read.places import MAX_ROWS
from hqs_xl.hosts.xlsx.read.plain_rows import ROW_END, Cells, PlainRow, row_pieces
from hqs_xl.roster.columns import FEWEST_HEADERS

if TYPE_CHECKING:
    from hqs_xl.hosts.package.opc import Package
    from hqs_xl.hosts.xlsx.edit.reach import Reach
    from hqs_xl.hosts.xlsx.edit.styles import Styles
    from hqs_xl.hosts.xlsx.read.shared_strings import PackedTexts
    from hqs_xl.hosts.xlsx.read.sheet_rows import Row
    from hqs_xl.roster.tables import EditApart


class Shared(NamedTuple):
    """What must be known of a sheet to answer its rows."""

    sheet: str
    date1904: bool
    strings: PackedTexts
    edit: EditApart | None = None  # needed to answer, not to read


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


class Unread(NamedTuple):
    """Whole rows of which some columns are to be read; ``shapes`` as in ``Block``."""

    data: bytes
    shapes: frozenset[bytes]
    columns: tuple[int, ...]


class Answered(NamedTuple):
    """A block with its answers; ``data`` is None where nothing changed. ``asked``: columns whose format above told."""

    data: bytes | None
    first: int
    last: int
    above: dict[int, int]
    asked: frozenset[int]
    reach: Reach
    came: Any


class Apart(NamedTuple):
    """What a process made of a block: its ``Answered``, the rows read, or None where they are to be done row by row.

    ``size``: the bytes answered, which stand in the block's slot.
    """

    done: Answered | list[Row] | None
    size: int


def ready() -> None:
    """Nothing; a process that has done it has loaded all that answering takes."""


class Slot(NamedTuple):
    """A place in shared memory for a block's bytes: how many stand there, and for how many there is room."""

    start: int
    size: int
    room: int


def do_block(memory: str, known: int, slot: Slot, block: Block | Unread) -> Apart:
    """Answer the rows of a block, or read them, in a process of its own.

    memory: the name of the shared memory that holds the pickled ``Shared`` in its first ``known`` bytes, and the
    block's own in a slot, where those answered are put too.
    """
    seen, kept = _seen(memory, known)
    done = kept.do(block._replace(data=seen.read(slot.start, slot.size)))
    if not isinstance(done, Answered) or not done.data or len(done.data) > slot.room:
        return Apart(done, 0)
    seen.write(slot.start, done.data)
    return Apart(done._replace(data=b""), len(done.data))


@lru_cache(maxsize=1)
def _seen(name: str, known: int) -> tuple[Seen, Kept]:
    """Shared memory, and what is known by it."""
    seen = Seen(name)
    # Written by the process that started this one.
    return seen, Kept(pickle.loads(seen.read(0, known)))  # noqa: S301


class Kept:
    """What is known of a sheet from one block to the next."""

    def __init__(self, shared: Shared) -> None:
        self._shared, self._cells = shared, Cells(shared.strings)
        self._row_by_row = False  # headers are looked for

    def do(self, block: Block | Unread) -> Answered | list[Row] | None:
        """Answer or read the rows of a block; None where any of them is unusual, for then only the parser can judge."""
        try:
            if isinstance(block, Unread):
                return self._read(block)
            rows = self._rows(block)
            return self._answered(block, rows) if rows else None
        except Exception:  # noqa: BLE001 - the same block is then done where the fault can be told
            return None

    def _read(self, block: Unread) -> list[Row] | None:
        """The numbers of all rows with their cells in the columns wanted; None where there may be a header."""
        if not self._row_by_row:
            headers = self._cells.headers_in(block.data)
            if headers is None:
                return None
            # Words that are headers elsewhere come again below.
            self._row_by_row = headers >= FEWEST_HEADERS
        read = self._cells.some if self._row_by_row else self._cells.picked
        rows: list[Row] = []
        number = 0
        for piece in block.data.split(ROW_END)[:-1]:
            found = row_pieces(piece)
            cells = read(found, block.columns) if found and found.shape in block.shapes else None
            if found is None or cells is None or not number < int(found.digits) <= MAX_ROWS:
                return None
            number = int(found.digits)
            rows.append((number, cells))
        return rows

    def _rows(self, block: Block) -> list[PlainRow]:
        """The rows of a block; none where any of them is unusual, or may be a header."""
        rows: list[PlainRow] = []
        number = 0
        for piece in block.data.split(ROW_END)[:-1]:
            found = row_pieces(piece)
            row = self._cells.row(piece, found.digits, found.inner) if found and found.shape in block.shapes else None
            if row is None or self._cells.headers >= FEWEST_HEADERS or not number < row.number <= MAX_ROWS:
                return []
            number = row.number
            rows.append(row)
        return rows

    def _answered(self, block: Block, rows: Sequence[PlainRow]) -> Answered:
        # Step by step, which is quicker than row by row: what a step needs stays in the processor's cache.
        shared, above = self._shared, _Above(block.above)
        if shared.edit is None:
            raise ValueError(shared.sheet)
        answers, came = shared.edit.answers(block.errand, [(row.number, row.values) for row in rows if row.values])
        styles = cast("Styles", _KnownStyles(block.dated, block.quoted))
        context = SheetContext(cast("Package", None), shared.sheet, styles, shared.date1904)
        following = iter(answers)
        patch = AnsweredRows(context, lambda _number, _cells: next(following), (), above)
        written = [patch.plain(row) for row in rows]
        data = ROW_END.join([*written, b""]) if patch.changed else None
        return Answered(data, rows[0].number, rows[-1].number, dict(above), frozenset(above.asked), patch.reach, came)


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
