"""Files of ours beside a workbook: the temporary one it is written to, and its dated backups."""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from hqs_xl.hosts.files.names import BACKUP_FOLDER, OURS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_BLOCK = 1 << 20


@contextmanager
def temporary(folder: Path, name: str) -> Iterator[Path]:
    """A new empty file of ours, readable by us alone, gone when it was not put in place."""
    file, made = tempfile.mkstemp(prefix=f"{OURS}{name}.", suffix=".tmp", dir=folder)
    os.close(file)
    try:
        yield Path(made)
    finally:
        with suppress(OSError):
            Path(made).unlink()


def take_on(new: Path, old: Path) -> None:
    """Mode, owner where possible, and what else the system keeps with a file; but the time is now."""
    found = old.stat()
    group_kept = True
    if hasattr(os, "chown"):
        with suppress(PermissionError):
            os.chown(new, found.st_uid, -1)
        try:
            os.chown(new, -1, found.st_gid)
        except PermissionError:
            group_kept = False
    shutil.copystat(old, new)
    os.utime(new)
    if not group_kept:  # another group gets no more than everybody
        mode = stat.S_IMODE(found.st_mode)
        new.chmod(mode & ~stat.S_IRWXG | (mode & stat.S_IRWXO) << 3)


def back_up(target: Path, stamp: datetime) -> Path:
    """A copy of the file in the folder of backups, whole before it has its name."""
    folder = target.parent / BACKUP_FOLDER
    folder.mkdir(exist_ok=True)
    try:
        with temporary(folder, target.name) as copy:
            with target.open("rb") as old, copy.open("wb") as new:
                shutil.copyfileobj(old, new, _BLOCK)
                bring_to_disk(new)
            take_on(copy, target)
            os.utime(copy, ns=(target.stat().st_atime_ns, target.stat().st_mtime_ns))
            backup = _new_name(folder, target, stamp)
            copy.replace(backup)
    except BaseException:
        drop_if_empty(folder)
        raise
    bring_folder_to_disk(folder)
    return backup


def _new_name(folder: Path, target: Path, stamp: datetime) -> Path:
    """Dated to the second; several of one second are numbered."""
    day = f"{stamp:%Y-%m-%dT%H%M%S}"
    last = max((number for of_day, number, _ in _backups(folder, target) if of_day == day), default=0)
    return folder / f"{target.stem}.{day}{f'-{last + 1}' if last else ''}{target.suffix}"


def _backups(folder: Path, target: Path) -> list[tuple[str, int, str]]:
    """Stamp, number and name of this file's backups, by their names only: a copy somebody put there is not ours."""
    ours = re.compile(
        rf"{re.escape(target.stem)}\.(\d{{4}}-\d\d-\d\dT\d{{6}})(?:-(\d+))?{re.escape(target.suffix)}", re.ASCII
    )
    return [(match[1], int(match[2] or 1), match[0]) for match in map(ours.fullmatch, _names(folder)) if match]


def drop_old_backups(target: Path, keep: int) -> None:
    """The newest so many stay."""
    folder = target.parent / BACKUP_FOLDER
    for *_, name in sorted(_backups(folder, target), reverse=True)[keep:]:
        with suppress(OSError):  # open somewhere: the next run gets it
            (folder / name).unlink()


def clear_leftovers(target: Path) -> None:
    """What a killed run left of this file; while it is reserved, nobody else writes any."""
    ours = re.compile(rf"{re.escape(OURS + target.name)}\.[a-z0-9_]{{8}}\.tmp")
    for folder in (target.parent, target.parent / BACKUP_FOLDER):
        for name in filter(ours.fullmatch, _names(folder)):
            with suppress(OSError):
                (folder / name).unlink()
    drop_if_empty(target.parent / BACKUP_FOLDER)


def _names(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir()] if folder.is_dir() else []


def drop_if_empty(folder: Path) -> None:
    """The folder of backups goes with its last."""
    with suppress(OSError):
        folder.rmdir()


def bring_to_disk(file: BinaryIO) -> None:
    """What was written, out of the system's memory."""
    file.flush()
    os.fsync(file.fileno())


def bring_folder_to_disk(folder: Path) -> None:
    """So that the new name outlasts a power cut; not every file system, and no Windows, can be asked to."""
    if sys.platform != "win32":
        with suppress(OSError):
            file = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(file)
            finally:
                os.close(file)
