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

from hqs_xl.hosts.xlsx.parallel.block_rows import Answered, Block, Kept, Shared, Slot, Unread, do_block, ready
from hqs_xl.hosts.xlsx.parallel.processes import Seen, pool
from hqs_xl.hosts.xlsx.read.plain_rows import ROW_END
from hqs_xl.law import decrees
from hqs_xl.roster.tables import SomeRows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

    from hqs_xl.hosts.xlsx.edit.patch_stream import PatchStream
    from hqs_xl.hosts.xlsx.edit.row_patch import CellPatch
    from hqs_xl.hosts.xlsx.edit.styles import Styles
    from hqs_xl.hosts.xlsx.parallel.block_rows import Apart
    from hqs_xl.hosts.xlsx.read.plain_rows import Columns, PlainRows
    from hqs_xl.hosts.xlsx.read.sheet_rows import Row, SheetReader
    from hqs_xl.roster.tables import DivisibleEdit

# Sheets of so many bytes are worth the start of other processes, which takes as long as some thousand rows.
BIG_SHEET = 16 << 20
# Bytes of rows sent at a time, with room for what their answers add, and how many such blocks wait for each process.
BLOCK = 1 << 20
SLOT = 2 << 20
WAITING = 2

_ROW_NUMBER = re.compile(rb'<row r="([0-9]{1,7})"')


class Pending(Protocol):
    """What becomes of a block."""

    def result(self) -> Any:
        """The block answered, or its rows; None where it is to be done row by row."""

    def cancel(self) -> None:
        """Let go what is not wanted any more."""


class Office(Protocol):
    """Where blocks of a sheet are answered; ``room`` for so many at a time."""

    @property
    def room(self) -> int:
        """How many blocks may be there at a time."""

    def submit(self, block: Any) -> Pending:
        """Have a block answered, or read."""

    def close(self) -> None:
        """Let go what is known of the sheet."""


class Helpers:
    """Processes that answer blocks of rows; they start at once, while this process does something else."""

    def __init__(self, processes: int) -> None:
        self.processes = processes
        self.pool = pool(processes)
        self._years = self.pool.submit(decrees.years_beyond)
        for _ in range(processes):
            self.pool.submit(ready)

    def tell_calendar(self) -> None:
        """Have this process know the calendar as one of the others found it meanwhile, which takes a while."""
        with suppress(BrokenProcessPool):
            decrees.learn(self._years.result())

    def close(self) -> None:
        """Let the processes go."""
        self.pool.shutdown(cancel_futures=True)


class Desk:
    """Blocks are answered here, when they are brought."""

    room = 1

    def __init__(self, shared: Shared) -> None:
        self._kept = Kept(shared)

    def submit(self, block: Block | Unread) -> Pending:
        """Answer a block, or read it."""
        return _Here(self._kept.do(block))

    def close(self) -> None:
        """There is nothing to let go."""


class HelpersOffice:
    """Blocks are answered by processes that know the sheet by memory they all see."""

    def __init__(self, helpers: Helpers, shared: Shared) -> None:
        if shared.edit is not None:
            helpers.tell_calendar()
        self._helpers = helpers
        self.room = helpers.processes * WAITING
        data = pickle.dumps(shared, pickle.HIGHEST_PROTOCOL)
        self._known = len(data)
        self._memory = Seen(size=len(data) + self.room * SLOT)
        self._memory.write(0, data)
        self._free = [self._known + place * SLOT for place in range(self.room)]

    def submit(self, block: Block | Unread) -> Pending:
        """Have a block answered, or read; not before another's answer was taken where all slots are in use."""
        start, size = self._free.pop(), len(block.data)
        if size > SLOT:
            return _Elsewhere(self, None, start)
        self._memory.write(start, block.data)
        sent = (self._memory.name, self._known, Slot(start, size, SLOT), block._replace(data=b""))
        try:
            return _Elsewhere(self, self._helpers.pool.submit(do_block, *sent), start)
        except BrokenProcessPool:
            return _Elsewhere(self, None, start)

    def taken(self, start: int, size: int) -> bytes:
        """The bytes answered in a slot, which is free again."""
        self._free.append(start)
        return self._memory.read(start, size)

    def close(self) -> None:
        """Let the memory go."""
        self._memory.end()


class _Elsewhere:
    """What another process makes of a block; None as its future where there is none to make anything of it."""

    def __init__(self, office: HelpersOffice, future: Future[Apart] | None, start: int) -> None:
        self._office, self._future, self._start = office, future, start

    def result(self) -> Any:
        """The answer, waited for."""
        try:
            done, size = self._future.result() if self._future else (None, 0)
        except BrokenProcessPool:
            done, size = None, 0
        data = self._office.taken(self._start, size)
        return done._replace(data=data) if size and isinstance(done, Answered) else done

    def cancel(self) -> None:
        """The answer is not wanted any more."""
        if self._future:
            self._future.cancel()


class _Here:
    """What was made of a block here."""

    def __init__(self, done: Any) -> None:
        self._done = done

    def result(self) -> Any:
        """The answer."""
        return self._done

    def cancel(self) -> None:
        """Too late, and no matter."""


def office(shared: Shared, size: int, helpers: Helpers | None) -> Office:
    """Where the rows of a sheet of so many bytes are answered."""
    if helpers is not None and size >= BIG_SHEET:
        try:
            return HelpersOffice(helpers, shared)
        except OSError:  # no memory to share
            pass
    return Desk(shared)


class _Cutter:
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


class _Sent(NamedTuple):
    block: Any
    answer: Pending


class BlockStream:
    """Takes a sheet's bytes chunk by chunk, as ``PatchStream`` does, and sends the rows of the usual shape away."""

    def __init__(
        self, stream: PatchStream, patch: CellPatch, styles: Styles, edit: DivisibleEdit, office: Office
    ) -> None:
        self._stream, self._patch, self._styles, self._edit, self._office = stream, patch, styles, edit, office
        self._cutter = _Cutter()
        self._sent: deque[_Sent] = deque()

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
        self._office.close()

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
        while len(self._sent) >= self._office.room:
            self._take_next()
        errand = self._edit.errand(int(first[1]), int(last[1]))
        known = (self._stream.shapes, dict(self._patch.above), self._styles.dates(), self._styles.quotes())
        block = Block(data, *known, errand)
        self._sent.append(_Sent(block, self._office.submit(block)))

    def _take_next(self) -> None:
        sent = self._sent.popleft()
        answered: Answered | None = sent.answer.result()
        if answered is None or not self._holds(sent.block, answered):
            self._stream.chunk(sent.block.data)
            return
        self._patch.take(answered.above, answered.reach, changed=answered.data is not None)
        self._stream.pass_rows(sent.block.data, answered.data, answered.last)
        self._edit.take(answered.came)

    def _holds(self, block: Block, answered: Answered) -> bool:
        """Whether all that a block was answered by is so."""
        above = self._patch.above
        return (
            self._stream.resting
            and answered.first > self._stream.number
            and not self._patch.knows_areas
            and all(above.get(column) == block.above.get(column) for column in answered.asked)
            and self._edit.holds(block.errand)
        )


class ReadBlocks:
    """Reads a sheet's rows as ``PlainRows`` does with some columns wanted, block by block in several processes."""

    def __init__(self, plain: PlainRows, reader: SheetReader, columns: Columns, office: Office) -> None:
        self._plain, self._reader, self._columns, self._office = plain, reader, columns, office
        self._sent: deque[_Sent] = deque()

    def rows(self, chunks: Iterator[bytes]) -> Iterator[SomeRows]:
        """The rows of a sheet's bytes. Between blocks, whoever takes them may come to want other columns."""
        cutter = _Cutter()
        try:
            for chunk in chunks:
                if block := cutter.block(chunk):
                    yield from self._read(block)
            block, rest = cutter.rest()
            yield from self._read(block)
            while self._sent:
                yield self._take_next()
            yield self._here(rest)
            self._plain.finish()
            yield SomeRows(self._reader.handed_over())
        finally:
            while self._sent:
                self._sent.popleft().answer.cancel()
            self._office.close()

    def _read(self, data: bytes) -> Iterator[SomeRows]:
        columns = tuple(self._columns())
        if not columns or not (self._sent or self._plain.resting):
            while self._sent:
                yield self._take_next()
            yield self._here(data)
            return
        while len(self._sent) >= self._office.room:
            yield self._take_next()
        block = Unread(data, self._plain.shapes, columns)
        self._sent.append(_Sent(block, self._office.submit(block)))

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
