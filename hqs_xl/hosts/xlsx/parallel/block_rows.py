"""The work of one task: whole rows of the usual shape read or answered, in this process or in a worker process."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from hqs_xl.hosts.xlsx.edit.edited_rows import AnsweredRows
from hqs_xl.hosts.xlsx.edit.row_patch import SheetContext
from hqs_xl.hosts.xlsx.parallel.processes import SharedBlock
from hqs_xl.hosts.xlsx.read.places import MAX_ROWS
from hqs_xl.hosts.xlsx.read.plain_rows import ROW_END, Cells, PlainRow, row_pieces

if TYPE_CHECKING:
    from hqs_xl.hosts.package.opc import Package
    from hqs_xl.hosts.xlsx.edit.reach import Reach
    from hqs_xl.hosts.xlsx.edit.styles import Styles
    from hqs_xl.hosts.xlsx.read.shared_strings import PackedTexts
    from hqs_xl.hosts.xlsx.read.sheet_rows import Row
    from hqs_xl.rows import WorkerEdit


class SheetState(NamedTuple):
    """What must be known of a sheet to answer its rows."""

    sheet: str
    date1904: bool
    strings: PackedTexts
    empty_zeros: bool = False
    edit: WorkerEdit | None = None  # needed to answer, not to read


class AnswerTask(NamedTuple):
    """Whole rows, and what is taken for granted above them.

    ``shapes``: start tags of rows the parser has met; ``above``: the format of the last cell answered, by column;
    ``dated``, ``quoted``: formats that show dates, or a text as it stands, by the format they are made from.
    """

    data: bytes
    shapes: frozenset[bytes]
    above: Mapping[int, int]
    dated: Mapping[int, int]
    quoted: Mapping[int, int]
    task: Any


class ReadTask(NamedTuple):
    """Whole rows of which some columns are to be read; ``shapes`` as in ``AnswerTask``."""

    data: bytes
    shapes: frozenset[bytes]
    columns: tuple[int, ...]


class AnswerResult(NamedTuple):
    """A block with its answers; ``data`` is None where nothing changed. ``asked``: columns whose format above told."""

    data: bytes | None
    first: int
    last: int
    above: dict[int, int]
    asked: frozenset[int]
    reach: Reach
    result: Any


class WorkerResult(NamedTuple):
    """What became of a task: its ``AnswerResult``, the rows read, or None where the caller has to do them row by row.

    ``size``: the bytes answered, which stand in the block's segment.
    """

    done: AnswerResult | list[Row] | None
    size: int


def warm_up() -> None:
    """Does nothing; a worker that has run it has imported all that its tasks need."""


class Segment(NamedTuple):
    """A place in shared memory for a block's bytes: how many stand there, and for how many there is room."""

    start: int
    size: int
    room: int


def run_task(memory: str, known: int, segment: Segment, block: AnswerTask | ReadTask) -> WorkerResult:
    """Answer the rows of a block, or read them, in a process of its own.

    memory: the name of the shared memory that holds the pickled ``SheetState`` in its first ``known`` bytes, and the
    block's own in a segment, where those answered are put too.
    """
    seen, worker = _attached(memory, known)
    done = worker.do(block._replace(data=seen.read(segment.start, segment.size)))
    if not isinstance(done, AnswerResult) or not done.data or len(done.data) > segment.room:
        return WorkerResult(done, 0)
    seen.write(segment.start, done.data)
    return WorkerResult(done._replace(data=b""), len(done.data))


@lru_cache(maxsize=1)
def _attached(name: str, known: int) -> tuple[SharedBlock, Worker]:
    """The shared memory of a name, and the worker made from what it holds."""
    seen = SharedBlock(name)
    # Written by the process that started this one.
    return seen, Worker(pickle.loads(seen.read(0, known)))  # noqa: S301


class Worker:
    """Runs the tasks of one sheet."""

    def __init__(self, shared: SheetState) -> None:
        self._shared, self._cells = shared, Cells(shared.strings, empty_zeros=shared.empty_zeros)
        self._fewest = shared.strings.words.fewest
        self._row_by_row = False  # headers are looked for

    def do(self, block: AnswerTask | ReadTask) -> AnswerResult | list[Row] | None:
        """Answer or read the rows of a block; None where any of them is unusual, for then only the parser can judge."""
        try:
            if isinstance(block, ReadTask):
                return self._read(block)
            rows = self._rows(block)
            return self._answered(block, rows) if rows else None
        except Exception:  # noqa: BLE001 - the same block is then done where the fault can be told
            return None

    def _read(self, block: ReadTask) -> list[Row] | None:
        """The numbers of all rows with their cells in the columns wanted; None where there may be a header."""
        if not self._row_by_row:
            headers = self._cells.headers_in(block.data)
            if headers is None:
                return None
            # Words that are headers elsewhere come again below.
            self._row_by_row = headers >= self._fewest
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

    def _rows(self, block: AnswerTask) -> list[PlainRow]:
        """The rows of a block; none where any of them is unusual, or may be a header."""
        rows: list[PlainRow] = []
        number = 0
        for piece in block.data.split(ROW_END)[:-1]:
            found = row_pieces(piece)
            row = self._cells.row(piece, found.digits, found.inner) if found and found.shape in block.shapes else None
            if row is None or self._cells.headers >= self._fewest or not number < row.number <= MAX_ROWS:
                return []
            number = row.number
            rows.append(row)
        return rows

    def _answered(self, block: AnswerTask, rows: Sequence[PlainRow]) -> AnswerResult:
        # Step by step, which is quicker than row by row: what a step needs stays in the processor's cache.
        shared, above = self._shared, _Above(block.above)
        if shared.edit is None:
            raise ValueError(shared.sheet)
        answers, outcome = shared.edit.answers(block.task, [(row.number, row.values) for row in rows if row.values])
        styles = cast("Styles", _KnownStyles(block.dated, block.quoted))
        context = SheetContext(cast("Package", None), shared.sheet, styles, shared.date1904)
        following = iter(answers)
        patch = AnsweredRows(context, lambda _number, _cells: next(following), (), above)
        written = [patch.plain(row) for row in rows]
        data = ROW_END.join([*written, b""]) if patch.changed else None
        return AnswerResult(
            data, rows[0].number, rows[-1].number, dict(above), frozenset(above.asked), patch.reach, outcome
        )


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
