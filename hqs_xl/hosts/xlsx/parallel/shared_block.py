"""A block of memory that several processes share."""

from __future__ import annotations

from errno import ENOSPC
from multiprocessing.shared_memory import SharedMemory
from os import strerror
from pathlib import Path
from shutil import disk_usage

# Where Linux keeps shared memory. It may be small.
_SHARED = Path("/dev/shm")  # noqa: S108 - the system's own


class SharedBlock:
    """``size`` bytes made here, or those another process has made under a name. OSError where there is no room."""

    def __init__(self, name: str | None = None, size: int = 0) -> None:
        # A write beyond the room there is ends the process without a word.
        if size and _SHARED.is_dir() and disk_usage(_SHARED).free < size:
            raise OSError(ENOSPC, strerror(ENOSPC))
        self._memory = SharedMemory(name, create=name is None, size=size)
        self.name = self._memory.name

    @property
    def _bytes(self) -> memoryview:
        if self._memory.buf is None:
            raise OSError(self.name)
        return self._memory.buf

    def read(self, start: int, size: int) -> bytes:
        """Some bytes from a place on."""
        return bytes(self._bytes[start : start + size])

    def write(self, start: int, data: bytes) -> None:
        """Bytes to a place."""
        self._bytes[start : start + len(data)] = data

    def free(self) -> None:
        """Give the memory back, in the process that made it."""
        self._memory.close()
        self._memory.unlink()
