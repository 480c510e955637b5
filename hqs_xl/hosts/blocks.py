"""A sheet's rows answered block by block, those of a big sheet in several processes, and put together in order.

A block answered elsewhere rests on what was known when it was sent. That is looked at again when its turn comes, and
where it does not hold, or anything in the block is unusual, the block is done row by row as if nothing had happened.
So the bytes written are the same however many processes there are.
"""

from __future__ import annotations

import pickle
import re
from collections import deque
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.shared_memory import SharedMemory
from typing import TYPE_CHECKING, NamedTuple, Protocol

from hqs_xl.hosts.block_rows import Block, Kept, Shared, answer_block, ready
from hqs_xl.hosts.plain_rows import ROW_END
from hqs_xl.hosts.processes import pool

if TYPE_CHECKING:
    from hqs_xl.hosts.block_rows import Answered
    from hqs_xl.hosts.patch_stream import PatchStream
    from hqs_xl.hosts.row_patch import CellPatch
    from hqs_xl.hosts.styles import Styles
    from hqs_xl.roster.tables import DivisibleEdit

# Sheets of so many bytes are worth the start of other processes, which takes as long as some thousand rows.
BIG_SHEET = 16 << 20
# Bytes of rows sent at a time, and how many such blocks wait for each process.
BLOCK = 1 << 20
WAITING = 2

_ROW_NUMBER = re.compile(rb'<row r="([0-9]{1,7})"')


class Office(Protocol):
    """Where blocks of a sheet are answered; ``room`` for so many at a time."""

    @property
    def room(self) -> int:
        """How many blocks may be there at a time."""

    def submit(self, block: Block) -> Future[Answered | None]:
        """Have a block answered; None is the answer to one that is to be done row by row."""

    def close(self) -> None:
        """Let go what is known of the sheet."""


class Helpers:
    """Processes that answer blocks of rows; they start at once, while this process does something else."""

    def __init__(self, processes: int) -> None:
        self.processes = processes
        self.pool = pool(processes)
        for _ in range(processes):
            self.pool.submit(ready)

    def close(self) -> None:
        """Let the processes go."""
        self.pool.shutdown(cancel_futures=True)


class Desk:
    """Blocks are answered here, when they are brought."""

    room = 1

    def __init__(self, shared: Shared) -> None:
        self._kept = Kept(shared)

    def submit(self, block: Block) -> Future[Answered | None]:
        """Answer a block."""
        future: Future[Answered | None] = Future()
        future.set_result(self._kept.answer(block))
        return future

    def close(self) -> None:
        """There is nothing to let go."""


class HelpersOffice:
    """Blocks are answered by processes that know the sheet by memory they all see."""

    def __init__(self, helpers: Helpers, shared: Shared) -> None:
        self._helpers = helpers
        self.room = helpers.processes * WAITING
        data = pickle.dumps(shared, pickle.HIGHEST_PROTOCOL)
        self._memory = SharedMemory(create=True, size=len(data))
        if self._memory.buf is not None:
            self._memory.buf[: len(data)] = data

    def submit(self, block: Block) -> Future[Answered | None]:
        """Have a block answered."""
        try:
            return self._helpers.pool.submit(answer_block, self._memory.name, self._memory.size, block)
        except BrokenProcessPool:
            nobody: Future[Answered | None] = Future()
            nobody.set_result(None)
            return nobody

    def close(self) -> None:
        """Let the memory go."""
        self._memory.close()
        self._memory.unlink()


def office(shared: Shared, size: int, helpers: Helpers | None) -> Office:
    """Where the rows of a sheet of so many bytes are answered."""
    if helpers is not None and size >= BIG_SHEET:
        try:
            return HelpersOffice(helpers, shared)
        except OSError:  # no memory to share
            pass
    return Desk(shared)


class _Sent(NamedTuple):
    block: Block
    answer: Future[Answered | None]


class BlockStream:
    """Takes a sheet's bytes chunk by chunk, as ``PatchStream`` does, and sends the rows of the usual shape away."""

    def __init__(
        self, stream: PatchStream, patch: CellPatch, styles: Styles, edit: DivisibleEdit, office: Office
    ) -> None:
        self._stream, self._patch, self._styles, self._edit, self._office = stream, patch, styles, edit, office
        self._held: list[bytes] = []
        self._size = 0
        self._enough = 0  # bytes that make a block; the first chunk alone, for the parser has to meet some rows
        self._sent: deque[_Sent] = deque()

    @property
    def share(self) -> float:
        """The share of the sheet that is done, 0 to 1."""
        return self._stream.share

    def chunk(self, data: bytes) -> None:
        """The next bytes of the sheet."""
        self._held.append(data)
        self._size += len(data)
        if self._size >= self._enough:
            self._enough = BLOCK
            whole, cut = self._rows_held()
            self._held, self._size = [whole[cut:]], len(whole) - cut
            self._answer(whole[:cut])

    def end(self) -> int:
        """The sheet has ended; how many bytes it had."""
        whole, cut = self._rows_held()
        self._answer(whole[:cut])
        while self._sent:
            self._take_next()
        self._stream.chunk(whole[cut:])
        return self._stream.end()

    def close(self) -> None:
        """Let go what was shared."""
        while self._sent:
            self._sent.popleft().answer.cancel()
        self._office.close()

    def _rows_held(self) -> tuple[bytes, int]:
        """The bytes held, and where their last whole row ends."""
        whole = b"".join(self._held)
        return whole, whole.rfind(ROW_END) + len(ROW_END) if ROW_END in whole else 0

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
        answered = _result(sent.answer)
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


def _result(answer: Future[Answered | None]) -> Answered | None:
    """What became of a block; None where the process that had it is gone."""
    try:
        return answer.result()
    except BrokenProcessPool:
        return None
