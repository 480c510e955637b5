"""Worker processes of an editor, and the tasks of one sheet that are with them."""

from __future__ import annotations

import pickle
from collections import deque
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from hqs_xl.hosts import system
from hqs_xl.hosts.xlsx import parallel
from hqs_xl.hosts.xlsx.parallel.divided import DividedEdit, DividedRead
from hqs_xl.hosts.xlsx.parallel.shared_block import SharedBlock
from hqs_xl.hosts.xlsx.parallel.worker import AnswerResult, Segment, SheetState, run, warm_up

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future, ProcessPoolExecutor

    from hqs_xl.hosts.xlsx.edit.executor import RowStream
    from hqs_xl.hosts.xlsx.parallel.worker import AnswerTask, ReadTask, TaskResult
    from hqs_xl.hosts.xlsx.patch.patch_stream import PatchStream
    from hqs_xl.hosts.xlsx.patch.plain_patch import CellPatch
    from hqs_xl.hosts.xlsx.read.row_source import RowSource, SheetRows
    from hqs_xl.hosts.xlsx.read.sheet_rows import SheetReader
    from hqs_xl.rows import ParallelEdit

# Bytes of a segment: a task's rows, with room for what their answers add.
SEGMENT = 2 << 20
# So many tasks of each worker are under way.
TASKS_PER_WORKER = 2


class WorkerPool:
    """An ``Executor`` for big sheets. Its processes start at once, while this process does something else.

    ``prepare`` is run by one of the workers meanwhile; what it gives is handed to ``prepared`` here, before the first
    row is answered.
    """

    def __init__(
        self,
        processes: int,
        prepare: Callable[[], Any] = warm_up,
        prepared: Callable[[Any], None] = lambda _: None,
    ) -> None:
        self.room = processes * TASKS_PER_WORKER
        self.pool: ProcessPoolExecutor = system.process_pool(processes)
        self._preparing, self._prepared = self.pool.submit(prepare), prepared
        for _ in range(processes):
            self.pool.submit(warm_up)

    def reading(self, rows: SheetRows) -> RowSource:
        """The rows of a sheet read by the workers; as they were given where the sheet is small."""
        state = _state_of(rows.reader)
        if rows.columns is None or (tasks := self._tasks(rows.size, state)) is None:
            return rows
        return DividedRead(rows, rows.columns, tasks)

    def editing(self, stream: PatchStream, patch: CellPatch, edit: ParallelEdit) -> RowStream:
        """A sheet whose rows are answered by the workers; as it was given where it is small."""
        if stream.size < parallel.BIG_SHEET:
            return stream
        with suppress(BrokenProcessPool):
            self._prepared(self._preparing.result())
        context = patch.context
        state = _state_of(stream.reader)._replace(sheet=context.sheet, own=context.own, edit=edit.for_workers())
        tasks = self._tasks(stream.size, state)
        return stream if tasks is None else DividedEdit(stream, patch, edit, tasks)

    def close(self) -> None:
        """End the processes."""
        self.pool.shutdown(cancel_futures=True)

    def _tasks(self, size: int, state: SheetState) -> SheetTasks | None:
        """The tasks of a sheet of so many bytes; None where it is small, or there is no memory to share."""
        with suppress(OSError):
            return SheetTasks(self, state) if size >= parallel.BIG_SHEET else None
        return None


def _state_of(reader: SheetReader) -> SheetState:
    return SheetState(reader.strings, reader.limits, reader.date1904, reader.empty_zeros)


class _Pending(NamedTuple):
    """A task, its segment's start, and its future; None where it could not be sent."""

    task: Any
    start: int
    future: Future[TaskResult] | None


class SheetTasks:
    """The tasks of a sheet, first in, first out, and the block of memory by which the workers know them.

    Raises OSError where there is no memory to share.
    """

    def __init__(self, workers: WorkerPool, state: SheetState) -> None:
        self._workers = workers
        data = pickle.dumps(state, pickle.HIGHEST_PROTOCOL)
        self._state_size = len(data)
        self._block = SharedBlock(size=len(data) + workers.room * SEGMENT)
        self._block.write(0, data)
        self._free = [self._state_size + place * SEGMENT for place in range(workers.room)]
        self._pending: deque[_Pending] = deque()

    def __len__(self) -> int:
        """How many are under way."""
        return len(self._pending)

    @property
    def full(self) -> bool:
        """Whether one has to be taken back before another can be sent."""
        return not self._free

    def submit(self, task: AnswerTask | ReadTask) -> None:
        """Send a task to the workers."""
        start = self._free.pop()
        self._pending.append(_Pending(task, start, self._sent(task, start)))

    def _sent(self, task: AnswerTask | ReadTask, start: int) -> Future[TaskResult] | None:
        size = len(task.data)
        if size > SEGMENT:
            return None
        self._block.write(start, task.data)
        segment = Segment(start, size, SEGMENT)
        with suppress(BrokenProcessPool):
            return self._workers.pool.submit(run, self._block.name, self._state_size, segment, task._replace(data=b""))
        return None

    def take(self) -> tuple[Any, Any]:
        """The first of the tasks and its result, waited for; None where this process has to do it."""
        task, start, future = self._pending.popleft()
        self._free.append(start)
        done, size = None, 0
        with suppress(BrokenProcessPool):
            done, size = future.result() if future else (None, 0)
        if size and isinstance(done, AnswerResult):
            done = done._replace(data=self._block.read(start, size))
        return task, done

    def close(self) -> None:
        """Cancel what is not wanted any more, and free the memory."""
        for pending in self._pending:
            if pending.future:
                pending.future.cancel()
        self._pending.clear()
        self._block.free()
