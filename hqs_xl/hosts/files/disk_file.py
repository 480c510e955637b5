"""The file as it lies on the disk: opened, or refused before it is taken for a zip."""

from __future__ import annotations

import io
import re
import stat
from typing import TYPE_CHECKING

from hqs_xl.errors import UnusableFile
from hqs_xl.hosts.files.limits import LIMITS, Limits

if TYPE_CHECKING:
    from pathlib import Path


# As a path, which has one slash where an address has two.
_WEB_ADDRESS = re.compile(r"https?:[/\\]", re.IGNORECASE).match


class DirectoryTooLargeError(Exception):
    """The zip's directory names far too many members to be read."""


class _BoundedFile(io.BufferedReader):
    """A file nobody reads much of at once: zipfile takes the whole directory, as long as it says it is."""

    def __init__(self, raw: io.FileIO, limits: Limits) -> None:
        super().__init__(raw)
        self._most = limits.directory

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > self._most:
            raise DirectoryTooLargeError
        return super().read(size)


def refusal(file: str, code: str, **fields: object) -> UnusableFile:
    """Names out of the file are cut short and kept to one line: who made them may mean to confuse."""
    said = {name: _one_line(value) if isinstance(value, str) else value for name, value in fields.items()}
    return UnusableFile(f"file.{code}", file=_one_line(file), **said)


def _one_line(text: str) -> str:
    short = text if len(text) <= 120 else f"{text[:119]}…"  # noqa: PLR2004 - about a line
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in short)


def open_file(path: Path, limits: Limits = LIMITS) -> _BoundedFile:
    """The file opened to read, or refused for what it is: a folder, a pipe, empty, out of reach."""
    try:
        if _WEB_ADDRESS(str(path)):
            raise refusal(path.as_posix(), "web_address")
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise refusal(path.name or str(path), "is_folder")  # "." has no name
        if not stat.S_ISREG(found.st_mode):  # opening a pipe would wait for ever
            raise refusal(path.name, "cannot_read")
        if not found.st_size:
            raise refusal(path.name, "empty")
        return _BoundedFile(io.FileIO(path), limits)
    except PermissionError as fault:
        raise refusal(path.name, "no_permission") from fault
    except (FileNotFoundError, NotADirectoryError, ValueError) as fault:  # ValueError: a NUL in the path
        raise refusal(path.name, "not_found") from fault
    except OSError as fault:
        raise refusal(path.name, "cannot_read") from fault


def read_whole(path: Path, most: int, limits: Limits = LIMITS) -> bytes:
    """All bytes of a file that is no workbook; refused when there are more than ``most``."""
    pieces: list[bytes] = []
    size = 0
    with open_file(path, limits) as file:
        while piece := file.read(limits.chunk):
            pieces.append(piece)
            size += len(piece)
            if size > most:
                raise refusal(path.name, "too_big", most=most >> 20)
    return b"".join(pieces)
