"""A file written whole or not at all: a full disk leaves no half of one, and the message says of which place.

For files that hold nothing a person typed; of workbooks, ``hosts.files`` keeps the old one, too.
"""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def write_whole(out: Path, content: bytes) -> None:
    """Put a file in its place at one stroke, over one of that name. Raises OSError, which names it.

    A link stays a link, and who may read the earlier file, and nobody else, may read the new one.
    """
    place = Path(os.path.realpath(out))
    new = place.with_name(f".{place.name}.tmp")
    with _naming(out):
        try:
            mode = stat.S_IMODE(place.stat().st_mode) if place.exists() else None
            if mode is not None:
                new.touch(stat.S_IRUSR | stat.S_IWUSR)
            new.write_bytes(content)
            if mode is not None:
                new.chmod(mode)
            new.replace(place)
        finally:
            new.unlink(missing_ok=True)


def write_new(out: Path, content: bytes | memoryview) -> None:
    """Write a file where there is none of that name; FileExistsError where there is. Raises OSError, which names it."""
    with _naming(out), out.open("xb") as new:
        try:
            new.write(content)
            new.flush()
        except BaseException:
            new.close()
            out.unlink(missing_ok=True)
            raise


@contextmanager
def in_temporary_folder() -> Iterator[None]:
    """What a library writes into the system's folder for temporary files: where that is full, it is named."""
    try:
        with _naming(Path(tempfile.gettempdir())):
            yield
    except OSError:
        raise
    except Exception as fault:
        # lxml has an error of its own for it, whose text is "IO_" and the system's name of what is wrong.
        number = getattr(errno, str(fault).removeprefix("IO_"), None)
        if not isinstance(number, int):
            raise
        raise OSError(number, str(fault), tempfile.gettempdir()) from fault


@contextmanager
def _naming(place: Path) -> Iterator[None]:
    """The system names no file where it was opened and there is no room for what is written."""
    try:
        yield
    except OSError as fault:
        if fault.filename is None:
            fault.filename = str(place)
        raise
