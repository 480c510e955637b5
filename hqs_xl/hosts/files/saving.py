"""A workbook saved so that its file is always the old one or the new one, whole.

A temporary file beside it is written, brought to the disk and put in its place at one stroke, after a dated copy of
the old one is laid into the folder of backups. Whatever goes wrong before that stroke leaves the old file as it
was, and says so.
"""

from __future__ import annotations

import errno
import filecmp
import os
import stat
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Self

from hqs_xl.errors import UnusableFile
from hqs_xl.hosts.files.backups import (
    back_up,
    bring_folder_to_disk,
    bring_to_disk,
    clear_leftovers,
    drop_if_empty,
    drop_old_backups,
    take_on,
    temporary,
)
from hqs_xl.hosts.files.disk_file import open_file, refusal
from hqs_xl.hosts.files.limits import LIMITS
from hqs_xl.hosts.files.locks import alone, open_elsewhere, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

BACKUPS = 5

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
# A virus scanner looks at a new file for a moment, and Windows replaces no file that is looked at.
_SCANNER_SECONDS = 2.0
_SCANNER_POLL = 0.1


class Fingerprint(NamedTuple):
    """What a file looked like when it was read: length, time and the zip's directory, which has all checksums.

    Of the directory it is Python's hash, another one in each process. The inode is left out: some network and
    memory-card file systems number anew, and a file of these three alike holds the same.
    """

    size: int
    mtime_ns: int
    directory: int

    @classmethod
    def of(cls, path: Path) -> Self:
        """The file's fingerprint of this moment, to be taken before reading. Raises UnusableFile."""
        with open_file(path) as file:
            found = os.fstat(file.fileno())
            file.seek(max(0, found.st_size - LIMITS.directory))
            return cls(found.st_size, found.st_mtime_ns, hash(file.read(LIMITS.directory)))


class Saved(NamedTuple):
    """Whether a file was replaced (not when it held the very same before), and the backup of the old one, if any."""

    changed: bool
    backup: Path | None


def target_of(path: Path, out: Path | None = None) -> Path:
    """The file a save replaces: where links lead, for a link stays a link."""
    return Path(os.path.realpath(out or path))


def check_writable(path: Path) -> None:
    """Raise UnusableFile where a file could not be saved, whoever has it open: read-only, linked, no such folder."""
    target = target_of(path)
    with _as_refusal(target):
        _check_writable(target)


@contextmanager
def reserved(path: Path, wait: float = 0.0, waiting: Callable[[], object] | None = None) -> Iterator[None]:
    """Hold a file from before it is read until it is saved; leftovers of a killed run are cleared away.

    ``wait``: the seconds to wait for Excel, LibreOffice or another refresh to let go of it; ``waiting`` is called now
    and then meanwhile, and may raise. Raises UnusableFile when they don't, or when it could not be saved anyway:
    read-only, linked, or in a folder nothing can be written to.
    """
    target, deadline = target_of(path), monotonic() + wait
    with ExitStack() as held:
        with _as_refusal(target):
            _check_writable(target)
            held.enter_context(alone(target, deadline, waiting))
            wait_until(lambda: open_elsewhere(path) or open_elsewhere(target) or _in_use(target), deadline, waiting)
            clear_leftovers(target)
        yield


def save(
    path: Path,
    write: Callable[[BinaryIO], None],
    *,
    seen: Fingerprint,
    stamp: datetime,
    backups: int = BACKUPS,
    out: Path | None = None,
    verify: Callable[[Path], None] | None = None,
    release: Callable[[], None] | None = None,
) -> Saved:
    """Replace a file by what ``write`` writes, within ``reserved``.

    ``seen``: what ``path`` looked like when it was read. ``stamp`` names the backup; so many ``backups`` of the file
    are kept, 0 makes none and removes none. ``out``: write there instead. ``verify`` may raise to stop before
    anything is replaced; ``release`` closes the old file, for Windows replaces no open one. Raises UnusableFile, and
    whatever ``write`` and ``verify`` do; the old file is then as it was.
    """
    target = target_of(path, out)
    with _as_refusal(target), temporary(target.parent, target.name) as new:
        with new.open("w+b") as file:
            write(file)
            bring_to_disk(file)
        if verify:
            verify(new)
        if release:
            release()
        if _same(new, target):
            return Saved(changed=False, backup=None)
        backup = _swap(path, new, target, seen, stamp if backups else None)
    bring_folder_to_disk(target.parent)
    if backup:
        drop_old_backups(target, backups)
    return Saved(changed=True, backup=backup)


def _same(new: Path, target: Path) -> bool:
    return target.exists() and filecmp.cmp(new, target, shallow=False)


def _swap(path: Path, new: Path, target: Path, seen: Fingerprint, stamp: datetime | None) -> Path | None:
    """Back the old file up and put the new one in its place; the backup of a file then not replaced goes again."""
    _check_unchanged(path, seen)
    backup = None
    if target.exists():
        take_on(new, target)
        backup = back_up(target, stamp) if stamp else None
    else:
        new.chmod(stat.S_IMODE(path.stat().st_mode) | stat.S_IWUSR)
    try:
        wait_until(lambda: open_elsewhere(target), deadline=0.0)
        _check_unchanged(path, seen)
        _replace(new, target)
    except BaseException:
        if backup:
            backup.unlink(missing_ok=True)
            drop_if_empty(backup.parent)
        raise
    return backup


def _check_writable(target: Path) -> None:
    """What can't be written in place is not replaced either: whoever made it so meant it."""
    if not target.parent.is_dir():
        raise refusal(target.name, "no_folder", folder=target.parent.name)
    try:
        found = target.stat()
    except FileNotFoundError:  # of a file to be read, its reader speaks
        return
    if not stat.S_ISREG(found.st_mode):
        return
    if not found.st_mode & 0o222 or (sys.platform != "win32" and not _can_write(target)):
        raise refusal(target.name, "read_only")
    if found.st_nlink > 1:
        raise refusal(target.name, "hard_linked")


def _can_write(target: Path) -> bool:
    try:
        os.close(os.open(target, os.O_RDWR))
    except OSError as fault:
        if fault.errno in _DENIED:
            return False
        raise
    return True


def _in_use(target: Path) -> UnusableFile | None:
    """On Windows a program that has a file open lets nobody write; elsewhere only lock files tell."""
    if sys.platform == "win32" and target.is_file() and not _can_write(target):
        return refusal(target.name, "in_use")
    return None


def _check_unchanged(path: Path, seen: Fingerprint) -> None:
    try:
        same = Fingerprint.of(path) == seen
    except UnusableFile:  # gone, or emptied
        same = False
    if not same:
        raise refusal(path.name, "changed_meanwhile")


def _replace(new: Path, target: Path) -> None:
    deadline = monotonic() + _SCANNER_SECONDS
    while True:
        try:
            new.replace(target)
        except PermissionError as fault:
            if sys.platform != "win32":
                raise
            if monotonic() >= deadline:
                raise refusal(target.name, "in_use") from fault
            sleep(_SCANNER_POLL)
        else:
            return


@contextmanager
def _as_refusal(target: Path) -> Iterator[None]:
    """What the system says against a save, in one line a person can act on."""
    try:
        yield
    except OSError as fault:
        if fault.errno in _FULL:
            raise refusal(target.name, "disk_full") from fault
        if fault.errno in _DENIED:
            raise refusal(target.name, "folder_read_only") from fault
        raise refusal(target.name, "cannot_save", reason=fault) from fault
