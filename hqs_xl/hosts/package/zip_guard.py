"""A zip's members, looked over before any is read.

The file may be somebody's mistake (a .csv renamed) or somebody's trap (a megabyte that inflates to a gigabyte), so
all bounds are checked on the zip's directory first, and again while a member is streamed.
"""

from __future__ import annotations

import os
import re
import struct
import zipfile
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Self
from urllib.parse import unquote

from hqs_xl.hosts.files.disk_file import DirectoryTooLargeError, open_file, refusal
from hqs_xl.hosts.files.file_kind import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO

    from hqs_xl.errors import UnusableFile

# Excel's biggest real workbooks hold some hundreds of parts.
MAX_MEMBERS = 10_000
# All parts inflated. A full sheet of 1,048,576 rows and 40 columns is about 2 GiB.
MAX_TOTAL = 4 << 30
# Sheets of like rows inflate 20 to 60 times, deflate's limit is 1,032. Small parts of one repeated word may pass.
BOMB_SIZE = 32 << 20
BOMB_RATIO = 150
# Bytes of a part fed to the parser at a time: big enough to be quick, small enough to hold.
CHUNK = 64 << 10

_ZIP_START = b"PK\x03\x04"
# The first member of an OpenDocument, which Excel can't mend when it is damaged.
_OPEN_DOCUMENT = b"mimetype"
_FLAG_ENCRYPTED = 0x1 | 0x40 | 0x2000  # by password, strongly, and the directory itself
_FLAG_PATCH = 0x20
_LOCAL_HEADER = 30
_DRIVE = re.compile(r"[A-Za-z]:")

# All that zipfile and zlib raise on hostile bytes, found by trying.
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

    def __init__(self, path: Path) -> None:
        self._file = path.name
        self._source = open_file(path)
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
        """Lets the file go; what still streams from it stops with an error."""
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
        """Bytes of the file as they lie on the disk; fewer at its end."""
        with self._as_damaged():
            self._source.seek(start)
            return self._source.read(size)

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
        if seen != info.file_size:
            raise self.refusal("damaged")

    def _check_start(self) -> None:
        start = self._source.read(_LOCAL_HEADER + len(_OPEN_DOCUMENT))
        if not start.startswith(_ZIP_START):
            raise self.refusal(kind_of(self._source))
        if start[_LOCAL_HEADER:] == _OPEN_DOCUMENT:
            self.program = "LibreOffice"

    def _open_zip(self) -> zipfile.ZipFile:
        with self._as_damaged():
            try:
                return zipfile.ZipFile(self._source)
            except DirectoryTooLargeError as fault:
                raise self.refusal("too_many_members", limit=MAX_MEMBERS) from fault

    def _checked_members(self) -> dict[str, zipfile.ZipInfo]:
        """The members by folded name, all of them within bounds."""
        infos = self._zip.infolist()
        if len(infos) > MAX_MEMBERS:
            raise self.refusal("too_many_members", limit=MAX_MEMBERS)
        members: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            self._check_member(info)
            key = _slashed(info.orig_filename).rstrip("/").casefold()
            if key in members:
                raise self.refusal("duplicate_member", member=info.orig_filename)
            members[key] = info
        if sum(info.file_size for info in infos) > MAX_TOTAL:
            raise self.refusal("too_large", part=max(infos, key=lambda info: info.file_size).filename)
        self._check_overlaps(infos)
        return members

    def _check_member(self, info: zipfile.ZipInfo) -> None:
        name = _slashed(info.orig_filename)
        if _is_bad_name(name) or _is_bad_name(unquote(name)):
            raise self.refusal("bad_name", member=info.orig_filename)
        if info.flag_bits & _FLAG_ENCRYPTED:
            raise self.refusal("encrypted_member", member=info.filename)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or info.flag_bits & _FLAG_PATCH:
            raise self.refusal("bad_method", member=info.filename)
        if info.file_size > BOMB_SIZE and info.file_size > BOMB_RATIO * info.compress_size:
            raise self.refusal("bomb", part=info.filename)

    def _check_overlaps(self, infos: list[zipfile.ZipInfo]) -> None:
        """Members sharing bytes let a small file inflate without end."""
        end = 0
        for info in sorted(infos, key=lambda info: info.header_offset):
            if info.header_offset < end:
                raise self.refusal("damaged")
            end = info.header_offset + _LOCAL_HEADER + info.compress_size

    def _member(self, part: str) -> zipfile.ZipInfo:
        try:
            return self._members[part.casefold()]
        except KeyError:
            raise self.refusal("missing_part", part=part) from None

    def _read(self, source: IO[bytes]) -> bytes:
        with self._as_damaged():
            return source.read(CHUNK)

    @contextmanager
    def _as_damaged(self) -> Iterator[None]:
        try:
            yield
        except _ZIP_FAULTS as fault:
            raise self.refusal("damaged") from fault
        except OSError as fault:
            raise self.refusal("cannot_read") from fault


def _slashed(name: str) -> str:
    """A member's name as a part's: older .NET, and zip programs of Windows, divide it by backslashes."""
    return name.replace("\\", "/")


def _is_bad_name(name: str) -> bool:
    """Whether a member's name could lead out of a folder, or mean two things to two programs."""
    segments = name.removesuffix("/").split("/")
    return "\\" in name or "\0" in name or bool(_DRIVE.match(name)) or not {"", ".", ".."}.isdisjoint(segments)
