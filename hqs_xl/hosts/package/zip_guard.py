"""A zip's members, looked over before any is read.

The file may be somebody's mistake (a .csv renamed) or somebody's trap (a megabyte that inflates to a gigabyte), so
all bounds are checked on the zip's directory first, and again while a member is streamed.
"""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self

from hqs_xl.hosts.files.disk_file import DirectoryTooLargeError, open_file, refusal
from hqs_xl.hosts.files.file_kind import kind_of
from hqs_xl.hosts.files.limits import LIMITS, Limits
from hqs_xl.hosts.package.members import LOCAL_HEADER, first_fault, folded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO

    from hqs_xl.errors import UnusableFile

_ZIP_START = b"PK\x03\x04"
# What Excel and LibreOffice put beside a workbook they have open.
_LOCK_FILES = ("~$", ".~lock.")
# The first member of an OpenDocument, which Excel can't mend when it is damaged.
_OPEN_DOCUMENT = b"mimetype"

# All that zipfile and zlib raise at bytes that are no zip's, found by trying.
_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    ValueError,
    OverflowError,
    NotImplementedError,
)


class GuardedZip:
    """An opened zip: its members are within bounds, and stay so while they are read."""

    program = "Excel"  # which can mend such a file

    def __init__(self, path: Path, limits: Limits = LIMITS) -> None:
        self.limits = limits
        self._file = path.name
        self._source = open_file(path, limits)
        try:
            self._check_start()
            self._zip = self._open_zip()
            self._members = self._checked_members()
        except BaseException:
            self._source.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what still streams from it stops with an error."""
        self._zip.close()
        self._source.close()

    def refusal(self, code: str, **fields: object) -> UnusableFile:
        """The error to raise about this file; its sentence may name the ``program``."""
        return refusal(self._file, code, program=self.program, **fields)

    def has(self, part: str) -> bool:
        """Whether the package holds a part; as Open Packaging has it, case doesn't count."""
        return part.casefold() in self._members

    def size(self, part: str) -> int:
        """The bytes of a part, inflated."""
        return self._member(part).file_size

    @property
    def infos(self) -> list[zipfile.ZipInfo]:
        """The zip's members in the order of its directory."""
        return self._zip.infolist()

    @property
    def comment(self) -> bytes:
        """What stands behind the zip."""
        return self._zip.comment

    @property
    def directory_start(self) -> int:
        """Where the zip's directory begins."""
        return self._zip.start_dir

    @property
    def directory_size(self) -> int:
        """The bytes of the directory's entries at most: all that follows where it begins."""
        return self._source.seek(0, os.SEEK_END) - self._zip.start_dir

    def member(self, part: str) -> str:
        """A part's name as the zip spells it."""
        return self._member(part).orig_filename

    def raw(self, start: int, size: int) -> bytes:
        """Bytes of the file as they lie on the disk, not all of them where that is many; none at its end."""
        with self._as_damaged():
            self._source.seek(start)
            return self._source.read(min(size, self.limits.directory))

    def chunks(self, part: str) -> Iterator[bytes]:
        """The bytes of a part; its length and checksum are known to be right only after the last."""
        info = self._member(part)
        seen = 0
        with self._as_damaged():
            source = self._zip.open(info)
        with source:
            while chunk := self._read(source):
                seen += len(chunk)
                yield chunk
                if seen >= info.file_size:
                    break  # what follows has been compared with the checksum already
        if seen != info.file_size:
            raise self.refusal("damaged")

    def _check_start(self) -> None:
        start = self._source.read(LOCAL_HEADER + len(_OPEN_DOCUMENT))
        if not start.startswith(_ZIP_START):
            is_lock = self._file.startswith(_LOCK_FILES)
            raise self.refusal("lock_file" if is_lock else kind_of(self._source, self.limits))
        if start[LOCAL_HEADER:] == _OPEN_DOCUMENT:
            self.program = "LibreOffice"

    def _open_zip(self) -> zipfile.ZipFile:
        with self._as_damaged():
            try:
                return zipfile.ZipFile(self._source)
            except DirectoryTooLargeError as fault:
                raise self.refusal("too_many_members", limit=self.limits.members) from fault

    def _checked_members(self) -> dict[str, zipfile.ZipInfo]:
        """The members by folded name, all of them within bounds."""
        infos = self._zip.infolist()
        fault = first_fault(infos, self.limits)
        if fault is not None:
            raise self.refusal(fault.code, **fault.fields)
        return {folded(info): info for info in infos}

    def _member(self, part: str) -> zipfile.ZipInfo:
        try:
            return self._members[part.casefold()]
        except KeyError:
            raise self.refusal("missing_part", part=part) from None

    def _read(self, source: IO[bytes]) -> bytes:
        with self._as_damaged():
            return source.read(self.limits.chunk)

    @contextmanager
    def _as_damaged(self) -> Iterator[None]:
        try:
            yield
        except _ZIP_FAULTS as fault:
            raise self.refusal("damaged") from fault
        except OSError as fault:
            raise self.refusal("cannot_read") from fault
