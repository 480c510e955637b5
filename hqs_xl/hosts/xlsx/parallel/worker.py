"""What a worker process does: it reads or answers the rows of one task after the other.

A task's rows are whole, and stand in a segment of the shared block; the bytes of rows answered go back there. A worker
takes rows of the usual shape only. Where a task holds any other, its answer is None, and the process that sent it does
the rows itself, with the parser.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from hqs_xl.hosts.sheets.places import MAX_ROWS
from hqs_xl.hosts.xlsx.parallel.shared_block import SharedBlock
from hqs_xl.hosts.xlsx.patch.answered_rows import AnsweredRows
from hqs_xl.hosts.xlsx.patch.formulas import IsOwn, nobodys
from hqs_xl.hosts.xlsx.patch.row_patch import SheetContext
from hqs_xl.hosts.xlsx.read.plain_cells import Cells
from hqs_xl.hosts.xlsx.read.plain_row import ROW_END, PlainRow, RowPieces, row_pieces
from hqs_xl.hosts.xlsx.read.row_tags import Prefixed, prefixed_in

if TYPE_CHECKING:
    from hqs_xl.hosts.files.limits import Limits
    from hqs_xl.hosts.package.opc import Package
    from hqs_xl.hosts.xlsx.patch.reach import Reach
    from hqs_xl.hosts.xlsx.patch.styles import Styles
    from hqs_xl.hosts.xlsx.read.shared_strings import PackedTexts
    from hqs_xl.hosts.xlsx.read.sheet_rows import Row
    from hqs_xl.rows import WorkerEdit


class SheetState(NamedTuple):
    """What a worker must know of a sheet for all its tasks; the second part is needed to answer, not to read."""

    strings: PackedTexts
    limits: Limits
    date1904: bool
    empty_zeros: bool
    sheet: str = ""
    own: IsOwn = nobodys
    edit: WorkerEdit | None = None


class ReadTask(NamedTuple):
    """Rows of which some columns are to be read; ``tags``: what the parser has met of rows' start tags."""

    data: bytes
    tags: frozenset[Prefixed]
    columns: tuple[int, ...]


class AnswerTask(NamedTuple):
    """Rows to be answered, and what is taken for granted above them.

    ``above``: the format of the last cell answered, by column; ``dated``, ``quoted``: formats that show dates, or a
    text as it stands, by the format they are made from; ``details``: what ``ParallelEdit.task`` says.
    """

    data: bytes
    tags: frozenset[Prefixed]
    above: Mapping[int, int]
    dated: Mapping[int, int]
    quoted: Mapping[int, int]
    details: Any


class AnswerResult(NamedTuple):
    """Rows answered; ``data`` is None where nothing changed. ``asked``: columns whose format above was asked for."""

    data: bytes | None
    first: int
    last: int
    above: dict[int, int]
    asked: frozenset[int]
    reach: Reach
    result: Any


class Segment(NamedTuple):
    """A task's place in the shared block: its first byte, the bytes that stand there, those there is room for."""

    start: int
    size: int
    room: int


class TaskResult(NamedTuple):
    """What became of a task: ``size`` bytes of it stand in its segment."""

    done: AnswerResult | list[Row] | None
    size: int = 0


def warm_up() -> None:
    """Does nothing; a worker that has run it has imported all that its tasks need."""


def run(block: str, state_size: int, segment: Segment, task: AnswerTask | ReadTask) -> TaskResult:
    """Run a task whose bytes stand in a segment of a shared block, which begins with the pickled ``SheetState``."""
    shared, worker = _attached(block, state_size)
    done = worker.run(task._replace(data=shared.read(segment.start, segment.size)))
    if not isinstance(done, AnswerResult) or not done.data or len(done.data) > segment.room:
        return TaskResult(done)
    shared.write(segment.start, done.data)
    return TaskResult(done._replace(data=b""), len(done.data))


@lru_cache(maxsize=1)
def _attached(block: str, state_size: int) -> tuple[SharedBlock, Worker]:
    """The shared block of a name, and the worker for the sheet it holds the state of."""
    shared = SharedBlock(block)
    # Written by the process that started this one.
    return shared, Worker(pickle.loads(shared.read(0, state_size)))  # noqa: S301


class Worker:
    """Runs the tasks of one sheet."""

    def __init__(self, state: SheetState) -> None:
        self._state, self._cells = state, Cells(state.strings, date1904=state.date1904, empty_zeros=state.empty_zeros)
        self._fewest = state.strings.words.fewest
        self._row_by_row = False  # headers are looked for

    def run(self, task: AnswerTask | ReadTask) -> AnswerResult | list[Row] | None:
        """Read or answer the rows of a task; None where any of them is not of the usual shape."""
        try:
            return self._read(task) if isinstance(task, ReadTask) else self._answered(task)
        except Exception:  # noqa: BLE001 - the same rows are then done where the fault can be told
            return None

    def _read(self, task: ReadTask) -> list[Row] | None:
        """The numbers of all rows with their cells in the columns wanted; None where there may be a header."""
        if not self._row_by_row:
            headers = self._cells.headers_in(task.data)
            if headers is None:
                return None
            # Words that are headers in other tables come again in the rows below.
            self._row_by_row = headers >= self._fewest
        read = self._cells.some if self._row_by_row else self._cells.picked
        rows: list[Row] = []
        number = 0
        for piece in task.data.split(ROW_END)[:-1]:
            found = self._pieces(piece, task.tags)
            cells = read(found, task.columns) if found else None
            if found is None or cells is None or not number < int(found.digits) <= MAX_ROWS:
                return None
            number = int(found.digits)
            rows.append((number, cells))
        return rows

    def _pieces(self, piece: bytes, tags: frozenset[Prefixed]) -> RowPieces | None:
        found = row_pieces(piece, self._state.limits)
        return found if found and prefixed_in(found.shape) in tags else None

    def _rows(self, task: AnswerTask) -> list[PlainRow]:
        """The rows of a task; none where any of them is not of the usual shape, or may be a header."""
        rows: list[PlainRow] = []
        number = 0
        for piece in task.data.split(ROW_END)[:-1]:
            found = self._pieces(piece, task.tags)
            row = self._cells.row(piece, found.digits, found.inner) if found else None
            if row is None or row.headers >= self._fewest or not number < row.number <= MAX_ROWS:
                return []
            number = row.number
            rows.append(row)
        return rows

    def _answered(self, task: AnswerTask) -> AnswerResult | None:
        rows, state, above = self._rows(task), self._state, _Above(task.above)
        if not rows or state.edit is None:
            return None
        answers, result = state.edit.answers(task.details, [(row.number, row.values) for row in rows if row.values])
        following = iter(answers)
        patch = AnsweredRows(self._context(task), lambda _number, _cells: next(following), (), above)
        written = [patch.plain(row) for row in rows]
        data = ROW_END.join([*written, b""]) if patch.changed else None
        asked = frozenset(above.asked)
        return AnswerResult(data, rows[0].number, rows[-1].number, dict(above), asked, patch.reach, result)

    def _context(self, task: AnswerTask) -> SheetContext:
        state, styles = self._state, cast("Styles", _KnownStyles(task.dated, task.quoted))
        return SheetContext(cast("Package", None), state.sheet, styles, state.date1904, state.own)


class _Above(dict[int, int]):
    """Formats of cells answered, which remembers what was asked of the rows above the task's."""

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
