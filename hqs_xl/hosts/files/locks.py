"""Who holds a file: Excel and LibreOffice by the lock files they lay beside it, another refresh by our own."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import contextmanager, suppress
from time import monotonic, sleep
from typing import TYPE_CHECKING

from hqs_xl.hosts.files.disk_file import refusal
from hqs_xl.hosts.files.names import OURS
from hqs_xl.hosts.system import lock_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hqs_xl.errors import UnusableFile

POLL_SECONDS = 0.2

_LOCK_FILES = (("Microsoft Excel", "~${}"), ("LibreOffice", ".~lock.{}#"))
# A folder on a server that knows no locks: what is left is the look at the file right before it is replaced.
_NO_LOCKS = {errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL, errno.EBADF}


def open_elsewhere(path: Path) -> UnusableFile | None:
    """The refusal of a file a program has open; who sits at that program stays unsaid."""
    for program, pattern in _LOCK_FILES:
        lock = path.with_name(pattern.format(path.name))
        if os.path.lexists(lock):
            return refusal(path.name, "locked", program=program, lock=lock.name)
    return None


def wait_until(
    free: Callable[[], UnusableFile | None], deadline: float, waiting: Callable[[], object] | None = None
) -> None:
    """Ask until nothing stands in the way; what still does at the deadline (on the monotonic clock) is raised."""
    while (refused := free()) is not None:
        if monotonic() >= deadline:
            raise refused
        if waiting:
            waiting()
        sleep(POLL_SECONDS)


@contextmanager
def alone(path: Path, deadline: float, waiting: Callable[[], object] | None = None) -> Iterator[None]:
    """Keep every other refresh from a file, or wait for one under way until the deadline.

    The lock is the system's, on a file of ours beside: it ends with the process, however that ends, so a lock file
    left behind holds nobody up.
    """
    lock = path.with_name(f"{OURS}{path.name}.lock")
    held: list[int] = []

    def take() -> UnusableFile | None:
        try:
            held.append(_locked(lock))
        except BlockingIOError:
            return refusal(path.name, "busy")
        return None

    wait_until(take, deadline, waiting)
    try:
        yield
    finally:
        _let_go(lock, held[0])


def _locked(lock: Path) -> int:
    """The lock file, opened and locked; BlockingIOError while another process has it."""
    file = _opened(lock)
    try:
        lock_file(file)
    except OSError as fault:
        if fault.errno not in _NO_LOCKS:
            os.close(file)
            raise BlockingIOError from fault
    # Whoever held it may have removed it since we opened it: such a lock keeps nobody out.
    if not _is_at(lock, file):
        os.close(file)
        raise BlockingIOError
    return file


def _opened(lock: Path) -> int:
    flags = os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        return os.open(lock, os.O_RDWR | flags, 0o666)
    except PermissionError:
        # A colleague's run was killed and its lock file stayed.
        if not lock.exists():
            raise
        return os.open(lock, os.O_RDONLY | flags)


def _is_at(lock: Path, file: int) -> bool:
    try:
        return os.path.samestat(os.fstat(file), lock.stat())
    except FileNotFoundError:
        return False


def _let_go(lock: Path, file: int) -> None:
    with suppress(OSError):
        if sys.platform != "win32":
            lock.unlink()  # while it is still ours; nobody's else can be at the name
    os.close(file)
    with suppress(OSError):
        if sys.platform == "win32":
            lock.unlink()  # an open file can't be removed there, so one that is locked anew stays
