"""A sheet divided into chunks of whole rows, each of them a task for a worker, and put together in order.

A task rests on what is known when it is sent. That is looked at again when its turn comes; where it does not hold, or
the worker could not do the task, the rows are done here as if they had never been sent. So the rows written are
the same however many workers there are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hqs_xl.hosts.xlsx.parallel.worker import AnswerTask, ReadTask
from hqs_xl.hosts.xlsx.read.plain_row import ROW_END
from hqs_xl.rows import SomeRows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hqs_xl.hosts.xlsx.parallel.pool import SheetTasks
    from hqs_xl.hosts.xlsx.parallel.worker import AnswerResult
    from hqs_xl.hosts.xlsx.patch.patch_stream import PatchStream
    from hqs_xl.hosts.xlsx.patch.plain_patch import CellPatch
    from hqs_xl.hosts.xlsx.read.plain_rows import Columns
    from hqs_xl.hosts.xlsx.read.row_source import SheetRows
    from hqs_xl.hosts.xlsx.read.sheet_rows import Row
    from hqs_xl.rows import ParallelEdit

# Bytes of rows that make a task.
CHUNK = 1 << 20

_ROW_NUMBER = re.compile(rb'<row r="([0-9]{1,7})"')


class RowChunks:
    """Cuts a sheet's bytes into chunks that end with a row."""

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self._size = 0
        self._enough = 0  # bytes that make a chunk; the first bytes alone, for the parser has to meet some rows

    def add(self, data: bytes) -> bytes:
        """The chunk that is whole with the next bytes; none yet: b""."""
        self._held.append(data)
        self._size += len(data)
        if self._size < self._enough:
            return b""
        self._enough = CHUNK
        held = b"".join(self._held)
        # Without the end of a row it is nothing to be cut, or held, any longer.
        cut = held.rfind(ROW_END) + len(ROW_END) if ROW_END in held else len(held)
        self._held, self._size = [held[cut:]], len(held) - cut
        return held[:cut]

    def rest(self) -> tuple[bytes, bytes]:
        """The last chunk, and what stands behind it."""
        held = b"".join(self._held)
        cut = held.rfind(ROW_END) + len(ROW_END) if ROW_END in held else 0
        return held[:cut], held[cut:]


class DividedEdit:
    """Takes a sheet's bytes as ``PatchStream`` does, and has its rows answered by the workers where that can be."""

    def __init__(self, stream: PatchStream, patch: CellPatch, edit: ParallelEdit, tasks: SheetTasks) -> None:
        self._stream, self._patch, self._edit, self._tasks = stream, patch, edit, tasks
        self._chunks = RowChunks()

    @property
    def share(self) -> float:
        """The share of the sheet that is done, 0 to 1."""
        return self._stream.share

    def add(self, data: bytes) -> None:
        """The next bytes of the sheet."""
        if chunk := self._chunks.add(data):
            self._answer(chunk)

    def end(self) -> int:
        """The sheet has ended; how many bytes it had."""
        chunk, rest = self._chunks.rest()
        if chunk:
            self._answer(chunk)
        self._take_all()
        self._stream.add(rest)
        return self._stream.end()

    def close(self) -> None:
        """Cancel the tasks that are not wanted any more."""
        self._tasks.close()

    def _answer(self, data: bytes) -> None:
        first = _ROW_NUMBER.match(data)
        last = _ROW_NUMBER.match(data, data.rfind(b"<row ")) if first else None
        if first is None or last is None or not (self._tasks or self._stream.resting):
            self._take_all()
            self._stream.add(data)
            return
        if self._tasks.full:
            self._take()
        styles = self._patch.context.styles
        known = (self._stream.tags, dict(self._patch.above), styles.dates(), styles.quotes())
        self._tasks.submit(AnswerTask(data, *known, self._edit.task(int(first[1]), int(last[1]))))

    def _take_all(self) -> None:
        while self._tasks:
            self._take()

    def _take(self) -> None:
        task, answered = self._tasks.take()
        self._stream.write_batch()
        if answered is None or not self._is_valid(task, answered):
            self._stream.add(task.data)
            return
        self._patch.take(answered.above, answered.reach, changed=answered.data is not None)
        self._stream.pass_rows(task.data, answered.data, answered.last)
        self._edit.merge(answered.result)

    def _is_valid(self, task: AnswerTask, answered: AnswerResult) -> bool:
        """Whether all that a task was answered by is so."""
        above = self._patch.above
        return (
            self._stream.resting
            and answered.first > self._stream.number
            and not self._patch.knows_areas
            and all(above.get(column) == task.above.get(column) for column in answered.asked)
            and self._edit.is_valid(task.details)
        )


class DividedRead:
    """Reads a sheet's rows as ``SheetRows`` does with some columns wanted, but by the workers where that can be.

    Between chunks, whoever takes the rows may come to want other columns.
    """

    def __init__(self, rows: SheetRows, columns: Columns, tasks: SheetTasks) -> None:
        self._rows, self._columns, self._plain, self._reader = rows, columns, rows.plain, rows.reader
        self._tasks = tasks
        self._chunks = RowChunks()

    @property
    def share(self) -> float:
        """The share of the sheet that is read, 0 to 1."""
        return self._rows.share

    def add(self, data: bytes) -> Iterator[SomeRows]:
        """The rows that are known with the next bytes of the sheet."""
        if chunk := self._chunks.add(data):
            yield from self._read(chunk)

    def end(self) -> Iterator[SomeRows]:
        """The sheet has ended: the rest of the rows."""
        chunk, rest = self._chunks.rest()
        yield from self._read(chunk)
        yield from self._take_all()
        yield from self._rows.add(rest)
        yield from self._rows.end()

    def close(self) -> None:
        """Cancel the tasks that are not wanted any more."""
        self._tasks.close()

    def _read(self, data: bytes) -> Iterator[SomeRows]:
        columns = tuple(self._columns())
        if not columns or not (self._tasks or self._plain.resting):
            yield from self._take_all()
            yield from self._rows.add(data)
            return
        if self._tasks.full:
            yield from self._take()
        self._tasks.submit(ReadTask(data, self._plain.tags, columns))

    def _take_all(self) -> Iterator[SomeRows]:
        while self._tasks:
            yield from self._take()

    def _take(self) -> Iterator[SomeRows]:
        task: ReadTask
        rows: list[Row] | None
        task, rows = self._tasks.take()
        is_valid = rows and self._plain.resting and tuple(self._columns()) == task.columns
        if not rows or not is_valid or not self._reader.pass_rows(rows[0][0], rows[-1][0]):
            yield from self._rows.add(task.data)
            return
        self._plain.skip(len(task.data))
        yield SomeRows([row for row in rows if row[1]], headed=False)
