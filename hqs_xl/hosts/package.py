"""A workbook's zip package, looked over before anything in it is parsed.

The file may be somebody's mistake (a .csv renamed) or somebody's trap (a megabyte that inflates to a gigabyte), so
all bounds are checked on the zip's directory first, and again while a part is streamed. Whatever isn't understood is
refused as ``UnusableFile``; nothing is written, followed or fetched.
"""

from __future__ import annotations

import io
import posixpath
import re
import stat
import struct
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self
from urllib.parse import unquote
from xml.parsers import expat

from hqs_xl.errors import UnusableFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import IO

# Excel's biggest real workbooks hold some hundreds of parts.
MAX_MEMBERS = 10_000
# The zip's directory is read at one go: 10,000 members of 400 bytes each.
MAX_DIRECTORY = 4 << 20
# All parts inflated. A full sheet of 1,048,576 rows and 40 columns is about 2 GiB.
MAX_TOTAL = 4 << 30
# Sheets of like rows inflate 20 to 60 times, deflate's limit is 1,032. Small parts of one repeated word may pass.
BOMB_SIZE = 32 << 20
BOMB_RATIO = 150
# Parts that are listed, not streamed to a caller: content types, relationships, the workbook, tables.
MAX_LISTED_PART = 64 << 20
# A sheet may hold 65,530 hyperlinks, each a relationship.
MAX_RELATIONSHIPS = 100_000
# Bytes of a part fed to the parser at a time: big enough to be quick, small enough to hold.
CHUNK = 64 << 10
# The parser keeps one unfinished tag, comment or instruction in memory.
MAX_TOKEN = 16 << 20
# Office nests about twenty elements deep.
MAX_DEPTH = 256
# The parser remembers every different element, attribute and prefix name for good; Office has some hundreds.
MAX_NAMES = 20_000

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/"

_CONTENT_TYPES = "[Content_Types].xml"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONSHIP = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"
_WORKBOOK_TYPE = re.compile(
    r"application/vnd\.(openxmlformats-officedocument\.spreadsheetml\.(sheet|template)"
    r"|ms-excel\.(sheet|template|addin)\.macroEnabled)\.main\+xml",
    re.IGNORECASE,
)
_XLSB_TYPE = "application/vnd.ms-excel.sheet.binary.macroenabled.main"
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
# All that Open Packaging allows.
_ENCODINGS = frozenset({"utf-8", "utf-16", "utf-16le", "utf-16be"})

_ZIP_START = b"PK\x03\x04"
_OLE_START = bytes.fromhex("D0CF11E0A1B11AE1")
_OLE_ENTRY = 128  # bytes of a directory entry; entries stand at whole multiples of it
_OLE_SCANNED = 64 << 20
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


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link from one part to another; ``part`` is None where it leads outside the package."""

    kind: str  # the last word of Office's own types, such as "worksheet"; else the whole type
    part: str | None


class Package:
    """An opened .xlsx or .xlsm: its members are within bounds and its workbook part is known."""

    def __init__(self, path: Path) -> None:
        self._file = path.name
        self._source = _open_file(path)
        try:
            self._check_start()
            self._zip = self._open_zip()
            self._members = self._checked_members()
            self.workbook = self._find_workbook()
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
        """The error to raise about this file."""
        return _refusal(self._file, code, **fields)

    def has(self, part: str) -> bool:
        """Whether the package holds a part; as Open Packaging has it, case doesn't count."""
        return part.casefold() in self._members

    def size(self, part: str) -> int:
        """The bytes of a part, inflated."""
        return self._member(part).file_size

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

    def parse(self, part: str, attach: Callable[[expat.XMLParserType], None]) -> Iterator[float]:
        """Streams a part through a parser whose handlers ``attach`` sets.

        Yields the share done after every chunk, so that the caller can take what its handlers gathered. Names come
        as "namespace name". The handlers bound the depth, for they alone see all elements.
        """
        feed = XmlFeed(self, part, attach)
        for chunk in self.chunks(part):
            feed.feed(chunk)
            yield feed.share
        feed.finish()
        yield 1.0

    def elements(self, part: str) -> Iterator[tuple[int, str, dict[str, str]]]:
        """Depth (the root's is 1), name and attributes of every element of a smaller part, in order."""
        if self.size(part) > MAX_LISTED_PART:
            raise self.refusal("too_large", part=part)
        gathered = _Elements(self, part)
        for _ in self.parse(part, gathered.attach):
            yield from gathered.found
            gathered.found.clear()

    def relationships(self, source: str) -> dict[str, Relationship]:
        """The relationships of a part by id; "" is the package itself."""
        folder, name = posixpath.split(source)
        part = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, Relationship] = {}
        if not self.has(part):
            return found
        for _, element, attributes in self.elements(part):
            if element == _RELATIONSHIP:
                key = attributes.get("Id", "")
                if key in found or len(found) >= MAX_RELATIONSHIPS:
                    raise self.refusal("bad_xml", part=part)
                found[key] = self._relationship(source, attributes)
        return found

    def _relationship(self, source: str, attributes: dict[str, str]) -> Relationship:
        kind = attributes.get("Type", "")
        if kind.startswith(STRICT):
            raise self.refusal("strict_ooxml")
        outside = attributes.get("TargetMode", "").casefold() == "external"
        target = None if outside else self._resolved(source, attributes.get("Target", ""))
        return Relationship(kind.removeprefix(f"{OFFICE_RELATIONSHIP}/"), target)

    def _resolved(self, source: str, target: str) -> str:
        """The part a target names, as a URI is resolved: it can't climb over the package's root."""
        base = "/" + posixpath.dirname(source)
        part = posixpath.normpath(posixpath.join(base, target.partition("#")[0])).lstrip("/")
        return part if self.has(part) else unquote(part)

    def _check_start(self) -> None:
        start = self._source.read(len(_OLE_START))
        if start == _OLE_START:
            raise self.refusal(_ole_kind(self._source))
        if not start.startswith(_ZIP_START):
            raise self.refusal("not_a_zip")

    def _open_zip(self) -> zipfile.ZipFile:
        with self._as_damaged():
            try:
                return zipfile.ZipFile(self._source)
            except _DirectoryTooLargeError as fault:
                raise self.refusal("too_many_members", limit=MAX_MEMBERS) from fault

    def _checked_members(self) -> dict[str, zipfile.ZipInfo]:
        """The members by folded name, all of them within bounds."""
        infos = self._zip.infolist()
        if len(infos) > MAX_MEMBERS:
            raise self.refusal("too_many_members", limit=MAX_MEMBERS)
        members: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            self._check_member(info)
            key = info.orig_filename.rstrip("/").casefold()
            if key in members:
                raise self.refusal("duplicate_member", member=info.orig_filename)
            members[key] = info
        if sum(info.file_size for info in infos) > MAX_TOTAL:
            raise self.refusal("too_large", part=max(infos, key=lambda info: info.file_size).filename)
        self._check_overlaps(infos)
        return members

    def _check_member(self, info: zipfile.ZipInfo) -> None:
        if _is_bad_name(info.orig_filename) or _is_bad_name(unquote(info.orig_filename)):
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

    def _find_workbook(self) -> str:
        """The main part, by relationship and content type; the file's own name doesn't matter."""
        if self.has("mimetype") and next(self.chunks("mimetype"), b"").startswith(_ODS_TYPE):
            raise self.refusal("ods")
        if not self.has(_CONTENT_TYPES):
            raise self.refusal("not_a_workbook")
        links = self.relationships("").values()
        part = next((link.part for link in links if link.kind == "officeDocument" and link.part), "")
        if not self.has(part):
            raise self.refusal("not_a_workbook")
        kind = self._content_type(part)
        if kind.casefold() == _XLSB_TYPE:
            raise self.refusal("xlsb")
        if not _WORKBOOK_TYPE.fullmatch(kind):
            raise self.refusal("not_a_workbook")
        return part

    def _content_type(self, part: str) -> str:
        by_extension = ""
        extension = part.rpartition(".")[2].casefold()
        for _, element, attributes in self.elements(_CONTENT_TYPES):
            kind = attributes.get("ContentType", "")
            if element == f"{_TYPES} Override" and attributes.get("PartName", "").casefold() == f"/{part}".casefold():
                return kind
            if element == f"{_TYPES} Default" and attributes.get("Extension", "").casefold() == extension:
                by_extension = kind
        return by_extension

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


class XmlFeed:
    """A parser fed piece by piece, that stops at what no workbook needs and what would fill the memory."""

    def __init__(self, package: Package, part: str, attach: Callable[[expat.XMLParserType], None]) -> None:
        self._package = package
        self._part = part
        self._size = max(package.size(part), 1)
        self._fed = 0
        self._skipped = 0
        self._cdata = False
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.XmlDeclHandler = self._declaration
        self._parser.StartDoctypeDeclHandler = self._doctype
        # Not of interest; but only prefixes that are handed over are kept among the names counted in feed().
        self._parser.StartNamespaceDeclHandler = _ignored
        self._parser.StartCdataSectionHandler = self._start_cdata
        attach(self._parser)

    @property
    def share(self) -> float:
        """The share of the part fed, 0 to 1."""
        return min(self._fed / self._size, 1.0)

    @property
    def at_rest(self) -> bool:
        """Whether a ``<`` fed next is certain to open a tag: no token is unfinished and there was no CDATA at all."""
        return not self._cdata and not self._unfinished()

    def feed(self, piece: bytes) -> None:
        """Parse the next bytes of the part."""
        self._fed += len(piece)
        self._parse(piece)
        if self._unfinished() > MAX_TOKEN or len(self._parser.intern) > MAX_NAMES:
            raise self._package.refusal("bomb", part=self._part)

    def skip(self, size: int) -> None:
        """Count bytes the caller has read itself; the parser must be at rest."""
        self._fed += size
        self._skipped += size

    def finish(self) -> None:
        """The part has ended: whatever is still open is a fault."""
        self._parse(b"", final=True)

    def _unfinished(self) -> int:
        # Masked: where C's long has 32 bits the parser's index wraps at 2 GiB.
        return (self._fed - self._skipped - max(self._parser.CurrentByteIndex, 0)) & 0xFFFF_FFFF

    def _parse(self, piece: bytes, *, final: bool = False) -> None:
        try:
            self._parser.Parse(piece, final)
        except expat.ExpatError as fault:
            raise self._package.refusal("bad_xml", part=self._part) from fault

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.casefold() not in _ENCODINGS:
            raise self._package.refusal("bad_encoding", part=self._part, encoding=encoding)

    def _doctype(self, *_: object) -> None:
        raise self._package.refusal("dtd", part=self._part)

    def _start_cdata(self) -> None:
        self._cdata = True


class _DirectoryTooLargeError(Exception):
    """The zip's directory names far too many members to be read."""


class _BoundedFile(io.BufferedReader):
    """A file nobody reads much of at once: zipfile takes the whole directory, as long as it says it is."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > MAX_DIRECTORY:
            raise _DirectoryTooLargeError
        return super().read(size)


def _ignored(*_: object) -> None:
    """A handler for what is only counted."""


class _Elements:
    """Gathers the elements of a part that is read as a list."""

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self._part = part
        self._depth = 0
        self.found: list[tuple[int, str, dict[str, str]]] = []

    def attach(self, parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._package.refusal("bomb", part=self._part)
        self.found.append((self._depth, name, attributes))

    def _end(self, _name: str) -> None:
        self._depth -= 1


def _refusal(file: str, code: str, **fields: object) -> UnusableFile:
    """Names out of the file are cut short and kept to one line: who made them may mean to confuse."""
    said = {name: _one_line(value) if isinstance(value, str) else value for name, value in fields.items()}
    return UnusableFile(f"file.{code}", file=_one_line(file), **said)


def _one_line(text: str) -> str:
    short = text if len(text) <= 120 else f"{text[:119]}…"  # noqa: PLR2004 - about a line
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in short)


def _open_file(path: Path) -> _BoundedFile:
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise _refusal(path.name, "is_folder")
        if not stat.S_ISREG(found.st_mode):  # opening a pipe would wait for ever
            raise _refusal(path.name, "cannot_read")
        if not found.st_size:
            raise _refusal(path.name, "empty")
        return _BoundedFile(io.FileIO(path))
    except PermissionError as fault:
        raise _refusal(path.name, "no_permission") from fault
    except (FileNotFoundError, NotADirectoryError, ValueError) as fault:  # ValueError: a NUL in the path
        raise _refusal(path.name, "not_found") from fault
    except OSError as fault:
        raise _refusal(path.name, "cannot_read") from fault


def _ole_kind(source: io.BufferedIOBase) -> str:
    """Why an OLE file is no .xlsx, by the names in its directory; the directory may stand anywhere in the file."""
    kinds = {"EncryptionInfo": "encrypted", "EncryptedPackage": "encrypted", "Workbook": "old_xls", "Book": "old_xls"}
    names = {name.encode("utf-16le").ljust(64, b"\0"): kind for name, kind in kinds.items()}
    source.seek(0)
    for _ in range(0, _OLE_SCANNED, 1 << 20):
        block = source.read(1 << 20)
        for entry, kind in names.items():
            place = block.find(entry)
            if place >= 0 and place % _OLE_ENTRY == 0:
                return kind
    return "ole"


def _is_bad_name(name: str) -> bool:
    """Whether a member's name could lead out of a folder, or mean two things to two programs."""
    segments = name.removesuffix("/").split("/")
    return "\\" in name or "\0" in name or bool(_DRIVE.match(name)) or not {"", ".", ".."}.isdisjoint(segments)
