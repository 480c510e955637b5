"""The new package: what is not concerned is copied as it is packed, the rest is put in its place."""

from __future__ import annotations

import struct
import zipfile
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from hqs_xl.hosts.package.spool import Spool
    from hqs_xl.hosts.package.zip_guard import GuardedZip

COPIED = 1 << 20
# Fields of 32 bits hold less than this.
MAX_FIELD = 0xFFFF_FFFF

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_LOCAL_SIGN, _CENTRAL_SIGN, _END_SIGN = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_DESCRIPTOR_SIGN = b"PK\x07\x08"
_STREAMED = 0x8
_UTF8 = 0x800
_ZIP64 = 1
_VERSION = 20
# New members are as old as zip dates can be: the same input gives the same bytes.
_DATE = 1 << 5 | 1


class ChangedUnderwayError(Exception):
    """What was copied is not what the source holds."""


class _Entry(NamedTuple):
    """A member's entry in the directory."""

    fields: tuple[int, ...]  # from the version made by to the external attributes, as they are laid out
    name: bytes
    extra: bytes
    comment: bytes


def write_package(
    source: GuardedZip,
    stream: BinaryIO,
    changed: Mapping[str, Spool],
    added: Mapping[str, Spool],
    removed: Container[str] = (),
) -> None:
    """Write the members of ``source`` in their order, those ``changed`` by name anew, then those ``added``.

    The stream is compared with the source after writing where it can be read; ChangedUnderwayError says that they
    differ. Members ``removed`` are left out.
    """
    writer = _Writer(source, stream)
    for number, info in enumerate(source.infos):
        spool = changed.get(info.orig_filename)
        if info.orig_filename in removed:
            continue
        if spool is None:
            writer.copy(number, info)
        else:
            writer.replace(number, info, spool)
    for name, spool in added.items():
        writer.add(name, spool)
    writer.close()
    writer.compare()


class _Writer:
    def __init__(self, source: GuardedZip, stream: BinaryIO) -> None:
        self._source, self._stream = source, stream
        self._start = stream.tell() if stream.seekable() else 0
        self._at = 0
        self._entries: list[bytes] = []
        self._copies: list[tuple[int, int, int]] = []  # of the source, of the stream, bytes
        self._old = _directory(source)

    def copy(self, number: int, info: zipfile.ZipInfo) -> None:
        """A member, by its number in the source, just as it is packed, with its own header."""
        entry = self._old[number]
        _, flags, *_ = fields = _local_fields(self._source, info)
        size = _LOCAL.size + fields[-2] + fields[-1] + info.compress_size
        if flags & _STREAMED:
            size += _descriptor_size(self._source, info, info.header_offset + size)
        offset = self._at
        self._copies.append((info.header_offset, offset, size))
        for chunk in _raw(self._source, info.header_offset, size):
            self._put(chunk)
        self._enter(entry, (info.CRC, info.compress_size, info.file_size), offset)

    def replace(self, number: int, info: zipfile.ZipInfo, spool: Spool) -> None:
        """A member with other contents, under its old header's name, date and flags."""
        entry = self._old[number]
        made_by, needed, flags, _, time, date, *_ = entry.fields
        flags &= ~_STREAMED
        local = _local_fields(self._source, info)
        names = b"".join(_raw(self._source, info.header_offset + _LOCAL.size, local[-2] + local[-1]))
        name, extra = names[: local[-2]], _without_zip64(names[local[-2] :])
        offset = self._at
        version = max(needed, _VERSION)
        self._local((version, flags, zipfile.ZIP_DEFLATED, time, date), name, extra, spool)
        fields = (made_by, version, flags, zipfile.ZIP_DEFLATED, time, date, *entry.fields[6:])
        self._enter(entry._replace(fields=fields), (spool.crc, spool.packed_size, spool.size), offset)

    def add(self, part: str, spool: Spool) -> None:
        """A new member."""
        name = part.encode()
        flags = 0 if part.isascii() else _UTF8
        head = (_VERSION, flags, zipfile.ZIP_DEFLATED, 0, _DATE)
        offset = self._at
        self._local(head, name, b"", spool)
        entry = _Entry((_VERSION, *head, 0, 0, 0), name, b"", b"")
        self._enter(entry, (spool.crc, spool.packed_size, spool.size), offset)

    def close(self) -> None:
        """The directory."""
        start = self._at
        for entry in self._entries:
            self._put(entry)
        count, size, comment = len(self._entries), self._at - start, self._source.comment
        self._put(_END.pack(_END_SIGN, 0, 0, count, count, size, self._bounded(start), len(comment)) + comment)

    def compare(self) -> None:
        """Every copied byte is the source's."""
        if not (self._stream.readable() and self._stream.seekable()):
            return
        self._stream.flush()
        for old, new, size in self._copies:
            self._stream.seek(self._start + new)
            for chunk in _raw(self._source, old, size):
                if self._stream.read(len(chunk)) != chunk:
                    raise ChangedUnderwayError
        self._stream.seek(self._start + self._at)

    def _local(self, head: tuple[int, ...], name: bytes, extra: bytes, spool: Spool) -> None:
        sizes = (spool.crc, self._bounded(spool.packed_size), self._bounded(spool.size), len(name), len(extra))
        self._put(_LOCAL.pack(_LOCAL_SIGN, *head, *sizes) + name + extra)
        for chunk in spool.chunks():
            self._put(chunk)

    def _enter(self, entry: _Entry, sizes: tuple[int, int, int], offset: int) -> None:
        """A member's entry for the directory; ``sizes`` are its checksum, packed and inflated bytes."""
        *head, disk, inside, outside = entry.fields
        lengths = (len(entry.name), len(entry.extra), len(entry.comment))
        places = (disk, inside, outside, self._bounded(offset))
        bounded = (sizes[0], *map(self._bounded, sizes[1:]))
        packed = _CENTRAL.pack(_CENTRAL_SIGN, *head, *bounded, *lengths, *places)
        self._entries.append(packed + entry.name + entry.extra + entry.comment)

    def _bounded(self, number: int) -> int:
        if number >= MAX_FIELD:
            raise self._source.refusal("too_large", part=self._source.infos[0].filename)
        return number

    def _put(self, data: bytes) -> None:
        self._stream.write(data)
        self._at += len(data)


def _directory(source: GuardedZip) -> list[_Entry]:
    """The entries of the zip's directory as they are laid out, zip64 apart."""
    data = b"".join(_raw(source, source.directory_start, source.directory_size))
    entries: list[_Entry] = []
    at = 0
    for _ in source.infos:
        if data[at : at + 4] != _CENTRAL_SIGN:
            raise source.refusal("damaged")
        _, *fields = _CENTRAL.unpack_from(data, at)
        name_size, extra_size, comment_size = fields[9:12]
        at += _CENTRAL.size
        name, extra = data[at : at + name_size], data[at + name_size : at + name_size + extra_size]
        at += name_size + extra_size
        kept = (*fields[:6], 0, *fields[13:15])
        entries.append(_Entry(kept, name, _without_zip64(extra), data[at : at + comment_size]))
        at += comment_size
    return entries


def _local_fields(source: GuardedZip, info: zipfile.ZipInfo) -> tuple[int, ...]:
    """A member's own header, without its sign: version, flags, ..., bytes of its name, bytes of what follows."""
    sign, *fields = _LOCAL.unpack(b"".join(_raw(source, info.header_offset, _LOCAL.size)))
    if sign != _LOCAL_SIGN:
        raise source.refusal("damaged")
    return tuple(fields)


def _descriptor_size(source: GuardedZip, info: zipfile.ZipInfo, at: int) -> int:
    """The bytes behind a streamed member that repeat its sizes, of the four forms in use."""
    found = b"".join(_raw(source, at, 24, short=True))
    for sign in (_DESCRIPTOR_SIGN, b""):
        for form in ("<3L", "<L2Q"):
            wanted = sign + struct.pack(form, info.CRC, info.compress_size, info.file_size)
            if found.startswith(wanted):
                return len(wanted)
    return 0


def _without_zip64(extra: bytes) -> bytes:
    """The extra fields of a header but for the sizes of 64 bits; what is no list of fields is dropped."""
    kept = b""
    while len(extra) >= 4:  # noqa: PLR2004 - a field's number and size
        number, size = struct.unpack_from("<2H", extra)
        if number != _ZIP64:
            kept += extra[: 4 + size]
        extra = extra[4 + size :]
    return kept


def _raw(source: GuardedZip, start: int, size: int, *, short: bool = False) -> Iterable[bytes]:
    """Bytes of the file as they lie there."""
    while size:
        chunk = source.raw(start, min(size, COPIED))
        if not chunk:
            if short:
                return
            raise source.refusal("damaged")
        start += len(chunk)
        size -= len(chunk)
        yield chunk
