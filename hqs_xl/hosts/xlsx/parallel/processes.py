"""Processes that work beside this one: spawned alike on every system, and gone when this one is."""

from __future__ import annotations

import gc
import os
import signal
from concurrent.futures import ProcessPoolExecutor
from errno import ENOSPC
from multiprocessing import get_context, parent_process
from multiprocessing.shared_memory import SharedMemory
from os import strerror
from pathlib import Path
from shutil import disk_usage
from threading import Thread

RARELY = (100_000, 20, 100)
# Where Linux keeps the memory that processes share. It may be small.
_SHARED = Path("/dev/shm")  # noqa: S108 - the system's own


class SharedBlock:
    """Memory that several processes see: ``size`` bytes made here, or those another process has made under a name.

    OSError where there is no room.
    """

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

    def end(self) -> None:
        """Let it go for good, in the process that made it."""
        self._memory.close()
        self._memory.unlink()


def pool(workers: int) -> ProcessPoolExecutor:
    """So many processes. They inherit nothing, as on Windows; Ctrl-C is this process's business alone."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """A terminal's Ctrl-C reaches every process; one that waits for work has nothing to say about it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Rows come and go by the thousand and hold no circles: to look for those takes a twentieth of the time.
    gc.set_threshold(*RARELY)
    Thread(target=_end_with_parent, name="parent", daemon=True).start()


def _end_with_parent() -> None:
    """A process killed leaves its workers waiting for work that never comes."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
