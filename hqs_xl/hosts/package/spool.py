"""A part's new bytes, deflated as they come and kept on the disk until the package is written."""

from __future__ import annotations

import zlib
from collections import deque
from functools import cache, cached_property
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any, Protocol

from hqs_xl.hosts import system
from hqs_xl.hosts.package.crc import joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future, ThreadPoolExecutor

    from hqs_xl.errors import UnusableFile

# A sheet of answers comes out 1.5 % larger than at level 6, which Office writes, and in two thirds of its time.
LEVEL = 5
# The library's best at its speed: 30 % larger than at level 6, and in a fifteenth of its time.
FAST_LEVEL = 1
# Bytes handed to the deflating thread at a time, and how many such blocks may wait for it.
BLOCK = 1 << 20
WAITING = 2
# Up to so many deflated bytes stay in memory.
IN_MEMORY = 4 << 20
COPIED = 1 << 20


class Packer(Protocol):
    """What deflates."""

    def compress(self, data: bytes, /) -> bytes:
        """Deflated bytes, as far as there are any yet."""

    def flush(self, mode: int = ..., /) -> bytes:
        """The rest of them."""


class Spool:
    """Bytes of a part in the making. Deflating runs beside the caller, in a thread of its own where there are any.

    The part's head may be given last, for it tells how far the rows below it reach.
    """

    def __init__(self, no_room: Callable[[], UnusableFile]) -> None:
        self._no_room = no_room
        self._packer: Packer | None = None  # of most sheets nothing is written
        self._worker: ThreadPoolExecutor | None = None
        self._waiting: deque[Future[None]] = deque()
        self._pending: list[bytes] = []
        self._pending_size = 0
        self._head = b""
        self.crc = 0
        self.size = 0  # inflated
        self.packed_size = 0

    @cached_property
    def _file(self) -> SpooledTemporaryFile[bytes]:
        return SpooledTemporaryFile(max_size=IN_MEMORY)

    def write(self, data: bytes) -> None:
        """The next bytes of the part."""
        self._pending.append(data)
        self._pending_size += len(data)
        if self._pending_size >= BLOCK:
            self._hand_over()

    def finish(self, head: bytes = b"") -> None:
        """The part is whole; ``head`` stands before all that was written."""
        self._wait(0)
        if self._worker is not None:
            self._worker.shutdown()
        is_first, data = not self.size, b"".join(self._pending)
        self._pack(data)
        self._pending.clear()
        self._put(self._deflating().flush())
        if head:
            packer = _packer(fast=False)
            self._head = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
            before = zlib.crc32(head)
            self.crc = zlib.crc32(data, before) if is_first else joined(before, self.crc, self.size)
            self.size += len(head)
            self.packed_size += len(self._head)

    def chunks(self) -> Iterator[bytes]:
        """The deflated bytes of the finished part."""
        yield self._head
        self._file.seek(0)
        while chunk := self._file.read(COPIED):
            yield chunk

    def inflated(self) -> Iterator[bytes]:
        """The bytes of the finished part."""
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        for chunk in self.chunks():
            yield inflater.decompress(chunk, COPIED)
            while inflater.unconsumed_tail:
                yield inflater.decompress(inflater.unconsumed_tail, COPIED)
        yield inflater.flush()

    def close(self) -> None:
        """Throw the part away."""
        if self._worker is not None:
            self._worker.shutdown(cancel_futures=True)
        if "_file" in vars(self):
            self._file.close()

    def _hand_over(self) -> None:
        """Have whole blocks deflated, cut alike however the bytes were written: so the same bytes come out."""
        held = b"".join(self._pending)
        end = len(held) - len(held) % BLOCK
        for start in range(0, end, BLOCK):
            self._submit(held[start : start + BLOCK])
        self._pending, self._pending_size = [held[end:]], len(held) - end

    def _submit(self, block: bytes) -> None:
        if not system.CONCURRENT:
            self._pack(block)
            return
        if self._worker is None:
            from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - for big sheets only

            self._worker = ThreadPoolExecutor(1, thread_name_prefix="deflate")
        self._waiting.append(self._worker.submit(self._pack, block))
        self._wait(WAITING)

    def _wait(self, most: int) -> None:
        """Wait until no more blocks than that wait to be deflated."""
        while len(self._waiting) > most:
            self._waiting.popleft().result()

    def _pack(self, block: bytes) -> None:
        self.crc = zlib.crc32(block, self.crc)
        self.size += len(block)
        self._put(self._deflating().compress(block))

    def _deflating(self) -> Packer:
        if self._packer is None:
            self._packer = _packer(fast=True)
        return self._packer

    def _put(self, packed: bytes) -> None:
        try:
            self._file.write(packed)
        except OSError as fault:
            raise self._no_room() from fault
        self.packed_size += len(packed)


def _packer(*, fast: bool) -> Packer:
    isal = _isal() if fast else None
    if isal:
        packer: Packer = isal.compressobj(FAST_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        return packer
    return zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)


@cache
def _isal() -> Any:
    """The faster library, an extra; None where it is not installed.

    It does not always deflate the same data to the same bytes (1.9.1, one part in some thousands): what is promised of
    a file written are the bytes that its parts inflate to.
    """
    try:
        from isal import isal_zlib  # noqa: PLC0415 - most runs write nothing
    except ImportError:
        return None
    return isal_zlib


def spooled(data: bytes, no_room: Callable[[], UnusableFile]) -> Spool:
    """A part that is at hand as a whole."""
    spool = Spool(no_room)
    spool.write(data)
    spool.finish()
    return spool
