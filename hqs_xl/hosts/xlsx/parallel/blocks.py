"""A sheet's rows answered block by block, those of a big sheet in several processes, and put together in order.

A block answered elsewhere rests on what was known when it was sent. That is looked at again when its turn comes, and
where it does not hold, or anything in the block is unusual, the block is done row by row as if nothing had happened.
So the bytes written are the same however many processes there are.
"""

from __future__ import annotations

import pickle
import re
from collections import deque
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from hqs_xl.hosts.xlsx.parallel.block_rows import (
    AnswerResult,
    AnswerTask,
    ReadTask,
    Segment,
    SheetState,
    Worker,
    run_task,
    warm_up,
)
from hqs_xl.hosts.xlsx.parallel.processes import SharedBlock, pool
from hqs_xl.hosts.xlsx.read.plain_rows import ROW_END
from hqs_xl.law import decrees
from hqs_xl.rows import SomeRows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

    from hqs_xl.hosts.xlsx.edit.patch_stream import PatchStream
    from hqs_xl.hosts.xlsx.edit.row_patch import CellPatch
    from hqs_xl.hosts.xlsx.edit.styles import Styles
    from hqs_xl.hosts.xlsx.parallel.block_rows import WorkerResult
    from hqs_xl.hosts.xlsx.read.plain_rows import Columns, PlainRows
    from hqs_xl.hosts.xlsx.read.sheet_rows import Row, SheetReader
    from hqs_xl.rows import ParallelEdit

# Sheets of so many bytes are worth the start of other processes, which takes as long as some thousand rows.
BIG_SHEET = 16 << 20
# Bytes of rows sent at a time, with room for what their answers add, and how many such blocks wait for each process.
BLOCK = 1 << 20
SEGMENT = 2 << 20
TASKS_PER_WORKER = 2

_ROW_NUMBER = re.compile(rb'<row r="([0-9]{1,7})"')


class PendingResult(Protocol):
    """What becomes of a block."""

    def result(self) -> Any:
        """The block answered, or its rows; None where it is to be done row by row."""

    def cancel(self) -> None:
        """The result is not wanted any more."""


class Executor(Protocol):
    """Where blocks of a sheet are answered; ``room`` for so many at a time."""

    @property
    def room(self) -> int:
        """How many blocks may be there at a time."""

    def submit(self, block: Any) -> PendingResult:
        """Have a block answered, or read."""

    def close(self) -> None:
        """Free what the tasks of the sheet needed."""


class WorkerPool:
    """Processes that answer blocks of rows; they start at once, while this process does something else."""

    def __init__(self, processes: int) -> None:
        self.processes = processes
        self.pool = pool(processes)
        self._years = self.pool.submit(decrees.years_beyond)
        for _ in range(processes):
            self.pool.submit(warm_up)

    def tell_calendar(self) -> None:
        """Have this process know the calendar as one of the others found it meanwhile, which takes a while."""
        with suppress(BrokenProcessPool):
            decrees.learn(self._years.result())

    def close(self) -> None:
        """End the processes."""
        self.pool.shutdown(cancel_futures=True)


class SerialExecutor:
    """Blocks are answered here, when they are brought."""

    room = 1

    def __init__(self, shared: SheetState) -> None:
        self._worker = Worker(shared)

    def submit(self, block: AnswerTask | ReadTask) -> PendingResult:
        """Answer a block, or read it."""
        return _DoneFuture(self._worker.do(block))

    def close(self) -> None:
        """There is nothing to free."""


class PoolExecutor:
    """Blocks are answered by processes that know the sheet by memory they all see."""

    def __init__(self, workers: WorkerPool, shared: SheetState) -> None:
        if shared.edit is not None:
            workers.tell_calendar()
        self._workers = workers
        self.room = workers.processes * TASKS_PER_WORKER
        data = pickle.dumps(shared, pickle.HIGHEST_PROTOCOL)
        self._known = len(data)
        self._memory = SharedBlock(size=len(data) + self.room * SEGMENT)
        self._memory.write(0, data)
        self._free = [self._known + place * SEGMENT for place in range(self.room)]

    def submit(self, block: AnswerTask | ReadTask) -> PendingResult:
        """Have a block answered, or read; not before another's answer was taken where all slots are in use."""
        start, size = self._free.pop(), len(block.data)
        if size > SEGMENT:
            return _PoolFuture(self, None, start)
        self._memory.write(start, block.data)
        sent = (self._memory.name, self._known, Segment(start, size, SEGMENT), block._replace(data=b""))
        try:
            return _PoolFuture(self, self._workers.pool.submit(run_task, *sent), start)
        except BrokenProcessPool:
            return _PoolFuture(self, None, start)

    def taken(self, start: int, size: int) -> bytes:
        """The bytes answered in a segment, which is free again."""
        self._free.append(start)
        return self._memory.read(start, size)

    def close(self) -> None:
        """Free the shared memory."""
        self._memory.end()


class _PoolFuture:
    """What another process makes of a block; None as its future where there is none to make anything of it."""

    def __init__(self, executor: PoolExecutor, future: Future[WorkerResult] | None, start: int) -> None:
        self._executor, self._future, self._start = executor, future, start

    def result(self) -> Any:
        """The answer, waited for."""
        try:
            done, size = self._future.result() if self._future else (None, 0)
        except BrokenProcessPool:
            done, size = None, 0
        data = self._executor.taken(self._start, size)
        return done._replace(data=data) if size and isinstance(done, AnswerResult) else done

    def cancel(self) -> None:
        """The answer is not wanted any more."""
        if self._future:
            self._future.cancel()


class _DoneFuture:
    """What was made of a block here."""

    def __init__(self, done: Any) -> None:
        self._done = done

    def result(self) -> Any:
        """The answer."""
        return self._done

    def cancel(self) -> None:
        """The answer is there already."""


def executor_for(shared: SheetState, size: int, workers: WorkerPool | None) -> Executor:
    """Where the rows of a sheet of so many bytes are answered."""
    if workers is not None and size >= BIG_SHEET:
        try:
            return PoolExecutor(workers, shared)
        except OSError:  # no memory to share
            pass
    return SerialExecutor(shared)


class RowChunker:
    """Cuts a sheet's bytes into blocks that end with a row."""

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self._size = 0
        self._enough = 0  # bytes that make a block; the first chunk alone, for the parser has to meet some rows

    def block(self, chunk: bytes) -> bytes:
        """A block that is whole with the next bytes; none yet: b""."""
        self._held.append(chunk)
        self._size += len(chunk)
        if self._size < self._enough:
            return b""
        self._enough = BLOCK
        data = b"".join(self._held)
        # Without the end of a row it is nothing to be cut, or held, any longer.
        cut = data.rfind(ROW_END) + len(ROW_END) if ROW_END in data else len(data)
        self._held, self._size = [data[cut:]], len(data) - cut
        return data[:cut]

    def rest(self) -> tuple[bytes, bytes]:
        """The last block, and what stands behind it."""
        data = b"".join(self._held)
        cut = data.rfind(ROW_END) + len(ROW_END) if ROW_END in data else 0
        return data[:cut], data[cut:]


class _Submitted(NamedTuple):
    block: Any
    answer: PendingResult


class ChunkedStream:
    """Takes a sheet's bytes chunk by chunk, as ``PatchStream`` does, and sends the rows of the usual shape away."""

    def __init__(
        self, stream: PatchStream, patch: CellPatch, styles: Styles, edit: ParallelEdit, executor: Executor
    ) -> None:
        self._stream, self._patch, self._styles, self._edit, self._executor = stream, patch, styles, edit, executor
        self._cutter = RowChunker()
        self._sent: deque[_Submitted] = deque()

    @property
    def share(self) -> float:
        """The share of the sheet that is done, 0 to 1."""
        return self._stream.share

    def chunk(self, data: bytes) -> None:
        """The next bytes of the sheet."""
        if block := self._cutter.block(data):
            self._answer(block)

    def end(self) -> int:
        """The sheet has ended; how many bytes it had."""
        block, rest = self._cutter.rest()
        if block:
            self._answer(block)
        while self._sent:
            self._take_next()
        self._stream.chunk(rest)
        return self._stream.end()

    def close(self) -> None:
        """Let go what was shared."""
        while self._sent:
            self._sent.popleft().answer.cancel()
        self._executor.close()

    def _answer(self, data: bytes) -> None:
        """Have a block answered: elsewhere where that can be, else here and now."""
        first = _ROW_NUMBER.match(data)
        last = _ROW_NUMBER.match(data, data.rfind(b"<row ")) if first else None
        if not self._sent and not self._stream.resting:
            first = None
        if first is None or last is None:
            while self._sent:
                self._take_next()
            self._stream.chunk(data)
            return
        while len(self._sent) >= self._executor.room:
            self._take_next()
        task = self._edit.task(int(first[1]), int(last[1]))
        known = (self._stream.shapes, dict(self._patch.above), self._styles.dates(), self._styles.quotes())
        block = AnswerTask(data, *known, task)
        self._sent.append(_Submitted(block, self._executor.submit(block)))

    def _take_next(self) -> None:
        sent = self._sent.popleft()
        answered: AnswerResult | None = sent.answer.result()
        if answered is None or not self._holds(sent.block, answered):
            self._stream.chunk(sent.block.data)
            return
        self._patch.take(answered.above, answered.reach, changed=answered.data is not None)
        self._stream.pass_rows(sent.block.data, answered.data, answered.last)
        self._edit.merge(answered.result)

    def _holds(self, block: AnswerTask, answered: AnswerResult) -> bool:
        """Whether all that a block was answered by is so."""
        above = self._patch.above
        return (
            self._stream.resting
            and answered.first > self._stream.number
            and not self._patch.knows_areas
            and all(above.get(column) == block.above.get(column) for column in answered.asked)
            and self._edit.is_valid(block.task)
        )


class ChunkedReader:
    """Reads a sheet's rows as ``PlainRows`` does with some columns wanted, block by block in several processes."""

    def __init__(self, plain: PlainRows, reader: SheetReader, columns: Columns, executor: Executor) -> None:
        self._plain, self._reader, self._columns, self._executor = plain, reader, columns, executor
        self._sent: deque[_Submitted] = deque()

    def rows(self, chunks: Iterator[bytes]) -> Iterator[SomeRows]:
        """The rows of a sheet's bytes. Between blocks, whoever takes them may come to want other columns."""
        chunker = RowChunker()
        try:
            for chunk in chunks:
                if block := chunker.block(chunk):
                    yield from self._read(block)
            block, rest = chunker.rest()
            yield from self._read(block)
            while self._sent:
                yield self._take_next()
            yield self._here(rest)
            self._plain.finish()
            yield SomeRows(self._reader.handed_over())
        finally:
            while self._sent:
                self._sent.popleft().answer.cancel()
            self._executor.close()

    def _read(self, data: bytes) -> Iterator[SomeRows]:
        columns = tuple(self._columns())
        if not columns or not (self._sent or self._plain.resting):
            while self._sent:
                yield self._take_next()
            yield self._here(data)
            return
        while len(self._sent) >= self._executor.room:
            yield self._take_next()
        block = ReadTask(data, self._plain.shapes, columns)
        self._sent.append(_Submitted(block, self._executor.submit(block)))

    def _take_next(self) -> SomeRows:
        sent = self._sent.popleft()
        rows: list[Row] | None = sent.answer.result()
        holds = rows and self._plain.resting and tuple(self._columns()) == sent.block.columns
        if not rows or not holds or not self._reader.pass_rows(rows[0][0], rows[-1][0]):
            return self._here(sent.block.data)
        self._plain.skip(len(sent.block.data))
        return SomeRows([row for row in rows if row[1]], headed=False)

    def _here(self, data: bytes) -> SomeRows:
        self._plain.feed(data)
        self._reader.settle()
        return SomeRows(self._reader.handed_over())
