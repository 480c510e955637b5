"""Hostile and odd files, each made from scratch: ``python -m tests.hosts.hostile FOLDER`` writes them all.

A case either says by which code the file is refused, or which rows its first sheet holds: odd files are legal all the
same. The heavy ones are those that fill the memory of a careless reader.
"""

from __future__ import annotations

import io
import struct
import sys
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hqs_xl.hosts.package.opc import MAIN, OFFICE_RELATIONSHIP
from hqs_xl.rows import UNCOUNTED
from tests.hosts import other_kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from hqs_xl.hosts.xlsx.read.workbook import CellValue

Rows = dict[int, dict[int, "CellValue"]]
Write = "Callable[[Path], None]"

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_LINK = "http://purl.oclc.org/ooxml/officeDocument/relationships"
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEET_PART = "xl/worksheets/sheet1.xml"
STRINGS_PART = "xl/sharedStrings.xml"
BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MIB = 1 << 20
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'


@dataclass(frozen=True, slots=True)
class Case:
    """One file: refused by ``code``, or read as ``rows``."""

    name: str
    write: Callable[[Path], None]
    code: str | None = None
    rows: Rows | None = None
    heavy: bool = False


def content_types(book_type: str = BOOK_TYPE) -> str:
    return (
        f'{DECLARED}<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{book_type}"/></Types>'
    )


def links(*rows: tuple[str, str, str], base: str = OFFICE_RELATIONSHIP, mode: str = "") -> str:
    """A relationships part of (id, kind, target)."""
    inner = "".join(
        f'<Relationship Id="{key}" Type="{base}/{kind}" Target="{target}"{mode}/>' for key, kind, target in rows
    )
    return f'{DECLARED}<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


ONE_SHEET = '<sheet name="S" sheetId="1" r:id="rId1"/>'


def workbook(sheets: str = ONE_SHEET, properties: str = "") -> str:
    return (
        f'{DECLARED}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE_RELATIONSHIP}">{properties}'
        f"<sheets>{sheets}</sheets></workbook>"
    )


def sheet(data: str, *, after: str = "", before: str = "", declared: str = DECLARED) -> str:
    return f'{declared}<worksheet xmlns="{MAIN}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'


def strings(*items: str) -> str:
    return f'{DECLARED}<sst xmlns="{MAIN}" count="1" uniqueCount="1">{"".join(items)}</sst>'


def inline(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


ONE_ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'
LINKS_PART = "xl/_rels/workbook.xml.rels"


def parts(data: str = ONE_ROW, /, texts: str | None = None, **changes: str | bytes | None) -> dict[str, bytes]:
    """The parts of a small workbook; ``changes`` replace a part by its short name (None: leave it out)."""
    short = {
        "types": "[Content_Types].xml",
        "root": "_rels/.rels",
        "book": "xl/workbook.xml",
        "book_links": LINKS_PART,
        "sheet": SHEET_PART,
        "strings": STRINGS_PART,
        "sheet_links": "xl/worksheets/_rels/sheet1.xml.rels",
        "table": "xl/tables/table1.xml",
    }
    whole: dict[str, str | bytes | None] = {
        "types": content_types(),
        "root": links(("rId1", "officeDocument", "xl/workbook.xml")),
        "book": workbook(),
        "book_links": links(
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sharedStrings", "sharedStrings.xml")
        ),
        "sheet": sheet(data),
        "strings": texts or strings("<si><t>zero</t></si>", "<si><t>one</t></si>"),
    }
    whole |= changes
    return {short[name]: _bytes(part) for name, part in whole.items() if part is not None}


def _bytes(part: str | bytes) -> bytes:
    return part.encode() if isinstance(part, str) else part


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in members.items():
            # By ZipInfo, for a name given as text is tidied on some systems.
            info = zipfile.ZipInfo("x")
            info.filename, info.compress_type = name, method
            archive.writestr(info, data)
    return target.getvalue()


def file(data: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(data)

    return write


def book(data: str = ONE_ROW, /, texts: str | None = None, **changes: str | bytes | None) -> Callable[[Path], None]:
    """A small workbook of these rows, with parts changed."""
    return file(zipped(parts(data, texts, **changes)))


def book_with(members: dict[str, bytes]) -> Callable[[Path], None]:
    """A small workbook with members added."""
    return file(zipped(parts() | members))


# ---- zips nobody's library writes -------------------------------------------------------------------------------


def directory_edited(data: bytes, name: str, offset: int, value: bytes) -> bytes:
    """The zip with bytes overwritten in the directory's entry of a member, from its start."""
    place = data.index(name.encode(), data.index(b"PK\x01\x02")) - 46 + offset
    return data[:place] + value + data[place + len(value) :]


def flagged() -> bytes:
    return directory_edited(zipped(parts()), SHEET_PART, 8, struct.pack("<H", 1))


def with_bad_byte(name: str) -> bytes:
    """A stored member with one byte changed, so that its checksum is wrong."""
    data = bytearray(zipped(parts(), zipfile.ZIP_STORED))
    place = data.index(b"</", data.index(name.encode()))
    data[place + 2] ^= 1
    return bytes(data)


def with_garbage_deflate() -> bytes:
    data = bytearray(zipped(parts("<row/>" * 500)))
    place = data.index(SHEET_PART.encode()) + len(SHEET_PART)
    data[place : place + 8] = b"\xff" * 8
    return bytes(data)


def with_lying_size(size: int) -> bytes:
    return directory_edited(zipped(parts()), SHEET_PART, 24, struct.pack("<I", size))


def overlapping() -> bytes:
    """Two entries of the directory for the same bytes."""
    data = zipped(parts() | {"xl/worksheets/sheet2.xml": b"x"})
    first = data.index(b"PK\x03\x04")
    return directory_edited(data, "xl/worksheets/sheet2.xml", 42, struct.pack("<I", first))


def with_two_names() -> bytes:
    """The directory names a member otherwise than its own header does."""
    return zipped(parts()).replace(SHEET_PART.encode(), SHEET_PART.replace("1", "9").encode(), 1)


def with_nul_name() -> bytes:
    return zipped(parts() | {"xl/a_b.xml": b"x"}).replace(b"xl/a_b.xml", b"xl/a\0b.xml")


def with_bad_utf8_name() -> bytes:
    return zipped(parts() | {"xl/éé.xml": b"x"}).replace("éé".encode(), b"\xff\xff\xff\xff")


def with_far_directory() -> bytes:
    """The end record says the directory begins beyond the file."""
    data = bytearray(zipped(parts()))
    place = data.index(b"PK\x05\x06")
    data[place + 16 : place + 20] = struct.pack("<I", 0x7FFF_FFFF)
    return bytes(data)


def too_large() -> bytes:
    """Two hundred members said to be 30 MiB each."""
    names = [f"xl/media/picture{number:03}.bin" for number in range(200)]
    data = zipped(parts() | dict.fromkeys(names, bytes(1000)), zipfile.ZIP_STORED)
    for name in names:
        data = directory_edited(data, name, 24, struct.pack("<I", 30 * MIB))
    return data


def many_members(count: int) -> bytes:
    return zipped(parts() | {f"xl/{number}": b"" for number in range(count)}, zipfile.ZIP_STORED)


def endless_directory() -> bytes:
    """A directory of half a million entries, all of them the same."""
    data = zipped(parts())
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entry = data[start : data.index(b"PK\x01\x02", start + 1)]
    directory = entry * 500_000
    sizes = struct.pack("<II", len(directory), start)
    return data[:start] + directory + data[end : end + 12] + sizes + data[end + 20 :]


def doubled(first: str, second: str) -> bytes:
    return zipped(parts() | {first: b"a", second: b"b"})


def doubled_sheet() -> bytes:
    """Two members of the very same name: readers differ in which they take."""
    other = SHEET_PART.replace("1", "2")
    return zipped(parts() | {other: sheet("").encode()}).replace(other.encode(), SHEET_PART.encode())


def streamed() -> bytes:
    """Written to a pipe: sizes and checksums stand behind the data."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    target = Pipe()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts().items():
            archive.writestr(name, data)
    return target.getvalue()


def ole(*entries: str) -> bytes:
    """An OLE file's header and one directory sector."""
    header = bytes.fromhex("D0CF11E0A1B11AE1").ljust(512, b"\0")
    return header + b"".join(entry.encode("utf-16le").ljust(128, b"\0") for entry in ("Root Entry", *entries))


def ods() -> bytes:
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"})


# ---- big files, written as they are made -------------------------------------------------------------------------


def streamed_part(name: str, pieces: Callable[[], Iterable[bytes]], **changes: str | None) -> Callable[[Path], None]:
    """A workbook one of whose parts is long; packed by Huffman codes alone, so that it inflates at most eightfold."""

    def write(path: Path) -> None:
        members = parts(**changes)
        members.pop(name, None)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for other, data in members.items():
                archive.writestr(other, data)
            with archive.open(name, "w", force_zip64=True) as target:
                target._compressor = zlib.compressobj(1, zlib.DEFLATED, -15, 9, zlib.Z_HUFFMAN_ONLY)  # type: ignore[attr-defined]
                for piece in pieces():
                    target.write(piece)

    return write


def long_sheet(pieces: Callable[[], Iterable[bytes]], *, closed: bool = True) -> Callable[[Path], None]:
    def whole() -> Iterator[bytes]:
        start, end = sheet("\0").encode().split(b"\0")
        yield start
        yield from pieces()
        if closed:
            yield end

    return streamed_part(SHEET_PART, whole)


def long_strings(pieces: Callable[[], Iterable[bytes]]) -> Callable[[Path], None]:
    def whole() -> Iterator[bytes]:
        start, end = strings("\0").encode().split(b"\0")
        yield start
        yield from pieces()
        yield end

    return streamed_part(STRINGS_PART, whole)


def repeated(start: bytes, piece: bytes, count: int, end: bytes = b"") -> Callable[[], Iterator[bytes]]:
    def pieces() -> Iterator[bytes]:
        yield start
        block = piece * max(1, MIB // len(piece))
        per_block = len(block) // len(piece)
        for _ in range(count // per_block):
            yield block
        yield piece * (count % per_block)
        yield end

    return pieces


def numbered(pattern: str, count: int, end: str = "", *, start: str = "") -> Callable[[], Iterator[bytes]]:
    def pieces() -> Iterator[bytes]:
        yield start.encode()
        for first in range(0, count, 10_000):
            yield "".join(pattern.format(number) for number in range(first, min(first + 10_000, count))).encode()
        yield end.encode()

    return pieces


def deflated_gigabyte(path: Path) -> None:
    """A sheet of a gigabyte of spaces, in a megabyte."""
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(SHEET_PART, "w", force_zip64=True) as target,
    ):
        for _ in range(1024):
            target.write(b" " * MIB)


def wide_texts() -> Iterator[bytes]:
    """Texts of a million characters that Python holds in four bytes each, for one of them is beyond U+FFFF."""
    for _ in range(132):
        yield "<si><t>\N{GRINNING FACE}".encode() + b"x" * (MIB - 1) + b"</t></si>"


# ---- the files ----------------------------------------------------------------------------------------------------


def no_zips() -> list[Case]:
    good = zipped(parts())
    return [
        Case("empty file", file(b""), "empty"),
        *(Case(name, file(data), code) for name, data, code in other_kinds.KINDS),
        Case("one byte", file(b"P"), "not_a_zip"),
        Case("zip after other bytes", file(b"MZ self-extracting" + good), "not_a_zip"),
        Case("zip of nothing", file(zipped({})), "not_a_zip"),
        Case("encrypted workbook", file(ole("EncryptedPackage", "\x06DataSpaces", "EncryptionInfo")), "encrypted"),
        Case("old xls", file(ole("Workbook", "\x05SummaryInformation")), "old_xls"),
        Case("older xls", file(ole("Book")), "old_xls"),
        Case("word 97 document", file(ole("WordDocument")), "ole"),
        Case("word 97 document on encryption", file(ole("WordDocument") + b" " + ole("EncryptionInfo")[640:]), "ole"),
        Case("ole header alone", file(ole()[:8]), "ole"),
        Case("ods", file(ods()), "ods"),
        Case("zip of texts", file(zipped({"a.txt": b"a"})), "not_a_workbook"),
        Case("word document", book(types=content_types("application/vnd.ms-word.main+xml")), "not_a_workbook"),
        Case("no content types", book(types=None), "not_a_workbook"),
        Case("no package relationships", book(root=None), "not_a_workbook"),
        Case("no workbook part", book(book=None), "not_a_workbook"),
        Case("workbook outside the package", book(root=OUTSIDE), "not_a_workbook"),
        Case("xlsb", book(types=content_types("application/vnd.ms-excel.sheet.binary.macroEnabled.main")), "xlsb"),
    ]


OUTSIDE = links(("rId1", "officeDocument", "file:///c:/other.xlsx"), mode=' TargetMode="External"')


def damaged_zips() -> list[Case]:
    good = zipped(parts())
    return [
        Case("cut in the middle", file(good[: len(good) // 2]), "damaged"),
        Case("last byte missing", file(good[:-1]), "damaged"),
        Case("first bytes only", file(good[:4]), "damaged"),
        Case("checksum of the sheet", file(with_bad_byte(SHEET_PART)), "damaged"),
        Case("checksum of the workbook", file(with_bad_byte("xl/workbook.xml")), "damaged"),
        Case("garbage for deflate", file(with_garbage_deflate()), "damaged"),
        Case("size said too small", file(with_lying_size(50)), "damaged"),
        Case("size said too big", file(with_lying_size(5000)), "damaged"),
        Case("overlapping members", file(overlapping()), "damaged"),
        Case("member with two names", file(with_two_names()), "damaged"),
        Case("name not utf-8", file(with_bad_utf8_name()), "damaged"),
        Case("directory beyond the end", file(with_far_directory()), "damaged"),
        Case("encrypted member", file(flagged()), "encrypted_member"),
        Case("bzip2", file(zipped(parts(), zipfile.ZIP_BZIP2)), "bad_method"),
        Case("lzma", file(zipped(parts(), zipfile.ZIP_LZMA)), "bad_method"),
        Case("unknown method", file(directory_edited(good, SHEET_PART, 10, b"\x63\0")), "bad_method"),
        Case("name with dots", book_with({"../evil.xml": b""}), "bad_name"),
        Case("name with dots inside", book_with({"xl/../../evil.xml": b""}), "bad_name"),
        Case("name with escaped dots", book_with({"xl/%2e%2e/evil.xml": b""}), "bad_name"),
        Case("name from the root", book_with({"/etc/passwd": b""}), "bad_name"),
        Case("name with a drive", book_with({"C:/evil.xml": b""}), "bad_name"),
        Case("name with dots between backslashes", book_with({"xl\\..\\..\\evil.xml": b""}), "bad_name"),
        Case("name with an escaped backslash", book_with({"xl/%5Cevil.xml": b""}), "bad_name"),
        Case("name from a server", book_with({"\\\\server\\share": b""}), "bad_name"),
        Case("one name in both slashes", book_with({SHEET_PART.replace("/", "\\"): b""}), "duplicate_member"),
        Case("name with nul", file(with_nul_name()), "bad_name"),
        Case("two members of one name", file(doubled_sheet()), "duplicate_member"),
        Case("two members but for case", file(doubled("xl/a.xml", "XL/A.XML")), "duplicate_member"),
        Case("member and folder of one name", file(doubled("xl/a", "xl/a/")), "duplicate_member"),
        Case("too many members", file(many_members(10_001)), "too_many_members"),
        Case("directory without end", file(endless_directory()), "too_many_members", heavy=True),
        Case("too large in all", file(too_large()), "too_large"),
        Case("gigabyte in a megabyte", deflated_gigabyte, "bomb", heavy=True),
    ]


def broken_xml() -> list[Case]:
    utf16 = sheet(ONE_ROW, declared='<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x>').encode("utf-16")
    system = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    entity = '<row r="1"><c r="A1" t="str"><v>&c;</v></c></row>'
    return [
        Case("doctype in the sheet", book(sheet=sheet(ONE_ROW, declared="<!DOCTYPE worksheet>")), "dtd"),
        Case("doctype in utf-16", book(sheet=utf16), "dtd"),
        Case("billion laughs", book(sheet=sheet(entity, declared=LAUGHS)), "dtd"),
        Case("external entity", book(sheet=sheet(entity, declared=system)), "dtd"),
        Case("doctype in the strings", book(texts=f"{LAUGHS}<sst/>"), "dtd"),
        Case("doctype in the workbook", book(book=f"{LAUGHS}<workbook/>"), "dtd"),
        Case("doctype in the content types", book(types=f"{LAUGHS}<Types/>"), "dtd"),
        Case("doctype in the relationships", book(root=f"{LAUGHS}<Relationships/>"), "dtd"),
        Case("sheet cut short", book(sheet=sheet(ONE_ROW)[:-20]), "bad_xml"),
        Case("sheet of no bytes", book(sheet=""), "bad_xml"),
        Case("sheet of zeros", book(sheet=bytes(100)), "bad_xml"),
        Case("sheet is html", book(sheet="<html/>"), "bad_xml"),
        Case("text after the end", book(sheet=sheet(ONE_ROW) + "x"), "bad_xml"),
        Case("unknown entity", book(entity), "bad_xml"),
        Case("undeclared prefix", book('<row r="1" x:a="1"/>'), "bad_xml"),
        Case("attribute twice", book('<row r="1" r="2"/>'), "bad_xml"),
        Case("broken utf-8", book(sheet=sheet(inline("A1", "\0")).replace("\0", "é").encode("latin-1")), "bad_xml"),
        Case("broken utf-8 after good rows", book(sheet=broken_late(b"\xc3\x28")), "bad_xml"),
        Case("broken utf-8 in a formula after good rows", book(sheet=broken_formula()), "bad_xml"),
        Case("surrogate in utf-8 after good rows", book(sheet=broken_late(b"\xed\xa0\x80")), "bad_xml"),
        Case("control sign after good rows", book(sheet=broken_late(b"\x01")), "bad_xml"),
        Case("noncharacter after good rows", book(sheet=broken_late(b"\xef\xbf\xbf")), "bad_xml"),
        Case("cdata end in text after good rows", book(sheet=broken_late(b"]]>")), "bad_xml"),
        Case("undeclared prefix after good rows", book(GOOD_ROWS + '<row r="5" x:a="1"></row>'), "bad_xml"),
        Case("attribute twice after good rows", book(GOOD_ROWS + '<row r="5" s="1" s="1"></row>'), "bad_xml"),
        Case("windows-1251", book(sheet=old_encoding("windows-1251")), "bad_encoding"),
        Case("ebcdic", book(sheet=old_encoding("cp037", "cp037")), "bad_xml"),
        Case("utf-7", book(sheet=old_encoding("utf-7")), "bad_encoding"),
        Case("strict sheet alone", book(sheet=sheet(ONE_ROW).replace(MAIN, STRICT_MAIN)), "strict_ooxml"),
        Case("nested too deep outside the rows", book(sheet=sheet("", after="<a>" * 300 + "</a>" * 300)), "bomb"),
        Case("nested too deep in a row", book(f'<row r="1">{"<a>" * 300}{"</a>" * 300}</row>'), "bomb"),
        Case("nested too deep in a text", book(texts=strings(f"<si>{'<r>' * 300}{'</r>' * 300}</si>")), "bomb"),
        Case("nested too deep in the strings", book(texts=strings("<a>" * 300 + "</a>" * 300)), "bomb"),
        Case("nested too deep in the workbook", book(book=workbook("<a>" * 300 + "</a>" * 300)), "bomb"),
    ]


GOOD_ROWS = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 5))
STRICT_ROOT = links(("rId1", "officeDocument", "xl/workbook.xml"), base=STRICT_LINK)


def broken_late(bad: bytes) -> bytes:
    """A sheet whose fifth row, of the usual shape, holds bad bytes."""
    return sheet(GOOD_ROWS + f'<row r="5">{inline("A5", "a#b")}</row>').encode().replace(b"#", bad)


def broken_formula() -> bytes:
    row = '<row r="5"><c r="A5"><f>B5</f><v>1</v></c></row>'
    return sheet(GOOD_ROWS + row).encode().replace(b"<f>B", b"<f>\xc3")


def old_encoding(said: str, real: str = "ascii") -> bytes:
    return sheet(ONE_ROW, declared=f'<?xml version="1.0" encoding="{said}"?>').encode(real)


def broken_sheets() -> list[Case]:
    one = '<c r="{}"><v>1</v></c>'
    text = '<row r="1"><c r="A1" t="{}"><v>{}</v></c></row>'
    long_text = "x" * (MIB + 1)
    run = f"<r><t>{'x' * (MIB // 2 + 1)}</t></r>"
    return [
        Case("rows out of order", book('<row r="2"/><row r="1"/>'), "unordered"),
        Case("row twice", book('<row r="2"/><row r="2"/>'), "unordered"),
        Case("row twice after good rows", book(GOOD_ROWS + '<row r="4"><c r="A4"><v>1</v></c></row>'), "unordered"),
        Case("cells out of order", book(f'<row r="1">{one.format("B1")}{one.format("A1")}</row>'), "unordered"),
        Case("cell twice", book(f'<row r="1">{one.format("B1")}{one.format("B1")}</row>'), "unordered"),
        Case("cell twice after good rows", book(f'{GOOD_ROWS}<row r="5">{one.format("A5") * 2}</row>'), "unordered"),
        Case("cell of another row", book(f'<row r="1">{one.format("A2")}</row>'), "unordered"),
        Case("cell of another row, late", book(f'{GOOD_ROWS}<row r="5">{one.format("A15")}</row>'), "unordered"),
        Case("row zero", book('<row r="0"/>'), "bad_cell"),
        Case("row negative", book('<row r="-1"/>'), "bad_cell"),
        Case("row beyond the last", book('<row r="1048577"/>'), "bad_cell"),
        Case("row beyond the last, late", book(f'{GOOD_ROWS}<row r="1048577"></row>'), "bad_cell"),
        Case("row of twenty digits", book(f'<row r="1{"0" * 20}"/>'), "bad_cell"),
        Case("row of a million digits", book(f'<row r="{"9" * MIB}"/>'), "bad_cell"),
        Case("row in arabic digits", book('<row r="١"/>'), "bad_cell"),
        Case("row after the last", book('<row r="1048576"/><row/>'), "bad_cell"),
        Case("column beyond XFD", book(f'<row r="1">{one.format("XFE1")}</row>'), "bad_cell"),
        Case("column beyond XFD, late", book(f'{GOOD_ROWS}<row r="5">{one.format("XFE5")}</row>'), "bad_cell"),
        Case("column of four letters", book(f'<row r="1">{one.format("AAAA1")}</row>'), "bad_cell"),
        Case("cell without a row", book(f'<row r="1">{one.format("A")}</row>'), "bad_cell"),
        Case("cell of row zero", book(f'<row r="1">{one.format("A0")}</row>'), "bad_cell"),
        Case("cell of no place", book(f'<row r="1">{one.format("$A$1")}</row>'), "bad_cell"),
        Case("cell of an empty place", book(f'<row r="1">{one.format("")}</row>'), "bad_cell"),
        Case("cell after the last", book('<row r="1"><c r="XFD1"/><c/></row>'), "bad_cell"),
        Case("row within a row", book('<row r="1"><row r="2"/></row>'), "bad_xml"),
        Case("cell within a cell", book('<row r="1"><c r="A1"><c r="B1"/></c></row>'), "bad_xml"),
        Case("value within a value", book('<row r="1"><c r="A1"><v>1<v>2</v></v></c></row>'), "bad_xml"),
        Case("text within a text", book('<row r="1"><c r="A1"><is><t>1<t>2</t></t></is></c></row>'), "bad_xml"),
        Case("element within a value", book('<row r="1"><c r="A1"><v>1<b/>2</v></c></row>'), "bad_xml"),
        Case("rows hidden in an alternative", book(f"<a><b>{ONE_ROW}</b></a>"), "bad_xml"),
        Case("two sheets' data", book(f"{ONE_ROW}</sheetData><sheetData>"), "bad_xml"),
        Case("value too long", book(text.format("str", long_text)), "bomb"),
        Case("value too long, late", book(GOOD_ROWS + text.replace("1", "5").format("str", long_text)), "bomb"),
        Case("number too long", book(text.format("n", "1" * (MIB + 1))), "bomb"),
        Case("formula too long", book(f'<row r="1"><c r="A1"><f>{long_text}</f></c></row>'), "bomb"),
        Case("inline text too long", book(f'<row r="1">{inline("A1", long_text)}</row>'), "bomb"),
        Case("runs too long together", book(f'<row r="1"><c r="A1"><is>{run * 2}</is></c></row>'), "bomb"),
        Case("shared text too long", book(texts=strings(f"<si><t>{long_text}</t></si>")), "bomb"),
        Case("shared runs too long", book(texts=strings(f"<si>{run * 2}</si>")), "bomb"),
    ]


def broken_links() -> list[Case]:
    two = '<sheet name="S" sheetId="1" r:id="rId1"/><sheet name="{}" sheetId="2" r:id="{}"/>'
    unknown = workbook(ONE_SHEET.replace("rId1", "rId7"))
    outside = links(("rId1", "worksheet", "https://example.org/s.xml"), mode=' TargetMode="External"')
    third = links(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId3", "worksheet", "/xl/worksheets/Sheet1.xml"))
    twice = links(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId1", "worksheet", "other.xml"))
    return [
        Case("sheet's part missing", book(sheet=None), "missing_part"),
        Case("sheet outside the package", book(book_links=outside), "missing_sheet"),
        Case("sheet without a relationship", book(book=workbook('<sheet name="S" sheetId="1"/>')), "missing_sheet"),
        Case("sheet of an unknown relationship", book(book=unknown), "missing_sheet"),
        Case("shared strings' part missing", book(SHARED_ROW, strings=None), "missing_part"),
        Case("two sheets of one name", book(book=workbook(two.format("s", "rId1"))), "duplicate_sheet"),
        Case(
            "two sheets of one part", book(book=workbook(two.format("T", "rId3")), book_links=third), "duplicate_sheet"
        ),
        Case("two relationships of one id", book(book_links=twice), "bad_xml"),
        Case("table's part missing", book(sheet_links=TABLE_LINK), "missing_part"),
        *(
            Case(f"table at {attributes}", book(sheet_links=TABLE_LINK, table=table(attributes)), "bad_table")
            for attributes in (
                "",
                'ref=""',
                'ref="B2:A1"',
                'ref="A2:B1"',
                'ref="A0:B1"',
                'ref="A1:XFE2"',
                'ref="A1:B1048577"',
                'ref="A1:B2" totalsRowCount="2"',
                'ref="A1:B2" totalsRowCount="-1"',
            )
        ),
    ]


SHARED_ROW = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
TABLE_LINK = links(("rId1", "table", "../tables/table1.xml"))


def table(attributes: str) -> str:
    return f'{DECLARED}<table xmlns="{MAIN}" id="1" name="T" displayName="T" {attributes}/>'


def heavy() -> list[Case]:
    cell = b'<row r="1"><c r="A1" t="str"><v>'
    live = '<c><f t="shared" si="{0}">NOW()</f></c>'
    blank = '<row r="{}"/>'
    return [
        Case("64 MiB of spaces in a value", long_sheet(repeated(cell, b" ", 64 * MIB)), "bomb"),
        Case("64 MiB of spaces in an inline text", long_sheet(repeated(INLINE, b" ", 64 * MIB)), "bomb"),
        Case("64 MiB of spaces in a formula", long_sheet(repeated(FORMULA, b" ", 64 * MIB)), "bomb"),
        Case("64 MiB of spaces in a shared text", long_strings(repeated(b"<si><t>", b" ", 64 * MIB)), "bomb"),
        Case("tag without end", long_sheet(repeated(b"<row ", b" ", 24 * MIB)), "bomb"),
        Case("attribute without end", long_sheet(repeated(b'<row a="', b"x", 24 * MIB)), "bomb"),
        Case("comment without end", long_sheet(repeated(b"<!--", b"x", 24 * MIB)), "bomb"),
        Case("attributes without end", long_sheet(attributes(2_000_000)), "bomb"),
        Case("most of a million attributes", long_sheet(attributes(700_000, "/>")), "bomb"),
        Case("names without end", long_sheet(numbered("<n{}/>", 300_000)), "bomb"),
        Case("prefixes without end", long_sheet(numbered('<p{0}:a xmlns:p{0}="u"/>', 300_000)), "bomb"),
        Case("row without end", long_sheet(repeated(b'<row r="1">', b"<a>" + b" " * 4000 + b"</a>", 20_000)), "bomb"),
        Case("runs without end", long_strings(repeated(b"<si>", b"<r><t>x</t></r>", MIB + 10, b"</si>")), "bomb"),
        Case("shared texts without end", long_strings(wide_texts), "too_large"),
        Case("live formulas without end", long_sheet(live_formulas(live)), "bomb"),
        Case("nested without end", long_sheet(repeated(b"", b"<a>", 4 * MIB)), "bomb"),
        Case("workbook part too large", streamed_part("xl/workbook.xml", repeated(b"", b" ", 65 * MIB)), "too_large"),
        Case("relationships without end", streamed_part(LINKS_PART, endless_links), "bad_xml"),
        Case("72 MiB of spaces between rows", long_sheet(repeated(b"", b" ", 72 * MIB, ONE_ROW.encode())), rows=ONE),
        Case("half a million blank rows", long_sheet(numbered_from_one(blank, 1_048_576)), rows={}),
        Case("blank rows by count", long_sheet(repeated(b"", b"<row/>", 200_000)), rows={}),
        Case("merged to the last cell", book(sheet=sheet(ONE_ROW, after=MERGED)), rows=ONE),
        Case("comment full of rows", long_sheet(repeated(b"<!--", NO_ROW, 12 * MIB // len(NO_ROW), CLOSING)), rows=ONE),
        Case("text full of rows", long_sheet(repeated(b"<![CDATA[", NO_ROW, 12 * MIB // len(NO_ROW), b"]]>")), rows={}),
        Case("rows each of a shape of its own", long_sheet(numbered_from_one(SHAPED, 50_000)), rows={}),
        Case("a prefix on every row", long_sheet(numbered_from_one('<row r="{}" xmlns:p="u"/>', 100_000)), rows={}),
        Case("prefixes in one tag", long_sheet(numbered(' xmlns:p{}="u"', 500_000, "/>", start="<row")), "bomb"),
        Case("a million digits and a letter", one_value("1" * (MIB - 1) + "x"), rows={1: {0: "1" * (MIB - 1) + "x"}}),
        Case("a million digits", one_value("1" * MIB), rows={1: {0: "1" * MIB}}),
        Case("a million blanks and a letter", one_value(" " * (MIB - 1) + "x"), rows={1: {0: " " * (MIB - 1) + "x"}}),
        Case("formula of a million blanks", book(f'<row r="1"><c r="A1"><f>{" " * MIB}x</f></c></row>'), "bomb"),
        Case("formula of many blanks", book(LONG_FORMULA), rows=ONE),
        Case("many escapes", one_value("_x0041_" * 140_000, "str"), rows={1: {0: "A" * 140_000}}),
        Case("a cell at the very end", book(LAST_CELL), rows={1_048_576: {16_383: 7}}),
        Case("lying counts", book(sheet=LYING, texts=strings().replace('"1"', '"4294967295"')), rows=ONE),
    ]


ONE: Rows = {1: {0: 1}}
NO_ROW = b'<row r="9"></row>'
CLOSING = b"-->" + ONE_ROW.encode()
SHAPED = '<row r="{0}" ht="{0}"></row>'
LONG_FORMULA = f'<row r="1"><c r="A1"><f>{" " * (MIB - 10)}x</f><v>1</v></c></row>'
INLINE = b'<row r="1"><c r="A1" t="inlineStr"><is><t>'
FORMULA = b'<row r="1"><c r="A1"><f>'
MERGED = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
LAST_CELL = '<row r="1048576"><c r="XFD1048576"><v>7</v></c></row>'
LYING = sheet(ONE_ROW, before='<dimension ref="A1:XFD1048576"/>')


def attributes(count: int, end: str = "") -> Callable[[], Iterator[bytes]]:
    return numbered(' a{}=""', count, end, start="<row")


def one_value(text: str, kind: str = "n") -> Callable[[Path], None]:
    return book(f'<row r="1"><c r="A1" t="{kind}"><v>{text}</v></c></row>')


def endless_links() -> Iterator[bytes]:
    start, end = links().split("></")
    yield f"{start}>".encode()
    yield from numbered('<Relationship Id="{}" Type="t" Target="x"/>', 100_001, f"</{end}")()


def live_formulas(cell: str) -> Callable[[], Iterator[bytes]]:
    """Rows of a hundred cells, each a shared formula of its own."""
    one_row = "<row>" + "".join(cell.format(f"{{0}}_{column}") for column in range(100)) + "</row>"
    return numbered(one_row, 1000)


def numbered_from_one(pattern: str, count: int) -> Callable[[], Iterator[bytes]]:
    def pieces() -> Iterator[bytes]:
        for start in range(1, count + 1, 16_384):
            stop = min(start + 16_384, count + 1)
            yield "".join(pattern.format(number) for number in range(start, stop)).encode()

    return pieces


def odd_packages() -> list[Case]:
    module = '<sheet name="Module1" sheetId="2" r:id=""/>'
    chart = '<sheet name="C" sheetId="2" r:id="rId9"/><sheet name="S" sheetId="1" r:id="rId1"/>'
    with_chart = links(("rId9", "chartsheet", "chartsheets/sheet1.xml"), ("rId1", "worksheet", "worksheets/sheet1.xml"))
    target = "worksheets/sheet1.xml"
    default = content_types().replace("application/xml", BOOK_TYPE).replace('PartName="/xl/w', 'PartName="/xl/_')
    far = {"rId1": "../../../xl/worksheets/./sheet1.xml#A1"}
    spaced = parts() | {LINKS_PART: links(("rId1", "worksheet", "my%20sheet.xml")).encode()}
    spaced["xl/my sheet.xml"] = spaced.pop(SHEET_PART)
    return [
        Case("plain", book(), rows=ONE),
        Case("strict workbook alone", book(book=workbook().replace(MAIN, STRICT_MAIN)), rows=ONE),
        Case("strict relationships alone", book(root=STRICT_ROOT), rows=ONE),
        Case("stored", file(zipped(parts(), zipfile.ZIP_STORED)), rows=ONE),
        Case("written to a pipe", file(streamed()), rows=ONE),
        Case("names with backslashes", file(zipped(backslashed(parts()))), rows=ONE),
        Case("comment behind the zip", file(commented()), rows=ONE),
        Case("folders as members", file(zipped({"xl/": b"", "xl/worksheets/": b""} | parts())), rows=ONE),
        Case("no shared strings", book(book_links=links(("rId1", "worksheet", target)), strings=None), rows=ONE),
        Case("shared strings named, absent and not needed", book(strings=None), rows=ONE),
        Case("absolute target", book(book_links=links(("rId1", "worksheet", f"/xl/{target}"))), rows=ONE),
        Case("roundabout target", book(book_links=links(("rId1", "worksheet", far["rId1"]))), rows=ONE),
        Case(
            "target in another case", book(book_links=links(("rId1", "worksheet", "Worksheets/Sheet1.xml"))), rows=ONE
        ),
        Case("target with an escaped space", file(zipped(spaced)), rows=ONE),
        Case(
            "module sheet first",
            book(book=workbook(module + ONE_SHEET)),
            rows=ONE,
        ),
        Case("chart sheet first", book(book=workbook(chart), book_links=with_chart), rows=ONE),
        Case(
            "macro-enabled", book(types=content_types("application/vnd.ms-excel.sheet.macroEnabled.main+xml")), rows=ONE
        ),
        Case("template", book(types=content_types(BOOK_TYPE.replace("sheet.main", "template.main"))), rows=ONE),
        Case("content type by default", book(types=default), rows=ONE),
        Case("outside link beside", book(sheet_links=OUTSIDE), rows=ONE),
    ]


def backslashed(members: dict[str, bytes]) -> dict[str, bytes]:
    """Members as older .NET names them."""
    return {name.replace("/", "\\"): data for name, data in members.items()}


def commented() -> bytes:
    target = io.BytesIO(zipped(parts()))
    with zipfile.ZipFile(target, "a") as archive:
        archive.comment = b"made by hand"
    return target.getvalue()


def odd_xml() -> list[Case]:
    prefixed = sheet(ONE_ROW).replace("xmlns=", "xmlns:q=").replace("</", "</q:").replace("<c", "<q:c")
    for name in ("worksheet", "sheetData", "row", "v>"):
        prefixed = prefixed.replace(f"<{name}", f"<q:{name}")
    utf16 = sheet(f'<row r="1">{inline("A1", "Жанна")}</row>', declared='<?xml version="1.0" encoding="UTF-16"?>')
    quoted = "<row spans='1:1' r='1'><c t='n' s='0' r='A1' ><v >1</v ></c ></row >"
    pretty = '\n  <row r="1">\n    <c r="A1">\n      <v>1</v>\n    </c>\n  </row>\n'
    nine = '</row><row r="9"><c r="A9"><v>9</v></c></row>'
    fake = f"{GOOD_ROWS}<![CDATA[{nine}]]>"
    comment = f"{GOOD_ROWS}<!-- {nine} --><?x {nine}?>"
    other = f'{GOOD_ROWS}<row r="9" xmlns="urn:other"><x r="A9"/></row>'
    alike = '<row r="4" xmlns="urn:other"></row><row r="5" xmlns="urn:other"><c r="A5"><v>5</v></c></row>'
    four: Rows = {row: {0: row} for row in range(1, 5)}
    return [
        Case("prefixed", book(sheet=prefixed), rows=ONE),
        Case("utf-16", book(sheet=utf16.encode("utf-16")), rows={1: {0: "Жанна"}}),
        Case("utf-16 big-endian", book(sheet=b"\xfe\xff" + utf16.encode("utf-16be")), rows={1: {0: "Жанна"}}),
        Case("byte order mark", book(sheet=b"\xef\xbb\xbf" + sheet(ONE_ROW).encode()), rows=ONE),
        Case("no declaration", book(sheet=sheet(ONE_ROW, declared="")), rows=ONE),
        Case("odd quotes and order", book(quoted), rows=ONE),
        Case("pretty-printed", book(pretty), rows=ONE),
        Case("no sheet data", book(sheet=f'<worksheet xmlns="{MAIN}"/>'), rows={}),
        Case("empty sheet data", book(sheet=f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'), rows={}),
        Case("rows in cdata are text", book(fake), rows=four),
        Case("rows in comments are none", book(comment), rows=four),
        Case("rows of another namespace", book(other), rows=four),
        Case("rows of another namespace that look alike", book(GOOD_ROWS + alike), rows=four),
        Case("unknown elements", book(f'<row r="1">{"<x><y>5</y></x>"}<c r="A1"><x/><v>1</v></c></row>'), rows=ONE),
        Case("no places said", book("<row/><row><c/><c><v>5</v></c></row><row><c><v>6</v></c></row>"), rows=PLACELESS),
        Case("places said now and then", book(NOW_AND_THEN), rows={3: {1: 5, 2: 6}, 4: {0: 7}}),
        Case("place in small letters", book('<row r="1"><c r="ab1"><v>1</v></c></row>'), rows={1: {27: 1}}),
        Case("usual and unusual rows", book(MIXED_ROWS), rows={row: {0: row, 1: "a&b"} for row in range(1, 21)}),
    ]


PLACELESS: Rows = {2: {1: 5}, 3: {0: 6}}
NOW_AND_THEN = '<row r="3"><c r="B3"><v>5</v></c><c><v>6</v></c></row><row><c r="A4"><v>7</v></c></row>'
MIXED_ROWS = "".join(
    f'<row r="{row}"><c r="A{row}"><v>{row}</v></c>{inline(f"B{row}", "a&amp;b")}</row>'
    if row % 3
    else f'<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="B{row}" t="s"><v>0</v></c></row>'
    for row in range(1, 21)
).replace('t="s"><v>0</v>', 't="inlineStr"><is><r><t>a</t></r><r><t>&#38;b</t></r></is>')


def cell(kind: str, inner: str, *, row: int = 1) -> str:
    typed = f' t="{kind}"' if kind else ""
    return f'<c r="A{row}"{typed}>{inner}</c>'


# What a cell of each kind reads as; None: blank. Tried as the first row and after rows of the usual shape.
CELLS: tuple[tuple[str, str, str, CellValue | None], ...] = (
    ("whole number", "", "<v>42</v>", 42),
    ("whole number said so", "n", "<v>42</v>", 42),
    ("negative number", "", "<v>-7</v>", -7),
    ("number with a sign", "", "<v>+7</v>", 7),
    ("decimal number", "", "<v>45123.25</v>", 45123.25),
    ("number with an exponent", "", "<v>1.5E+3</v>", 1500.0),
    ("tiny number", "", "<v>5e-324</v>", 5e-324),
    ("number without a leading zero", "", "<v>.5</v>", 0.5),
    ("number of twenty digits", "", "<v>12345678901234567890</v>", 12345678901234567890.0),
    ("number among blanks", "", "<v> 5\n</v>", 5),
    ("underscore in a number", "", "<v>1_000</v>", "1_000"),
    ("nan", "", "<v>NaN</v>", "NaN"),
    ("inf", "", "<v>inf</v>", "inf"),
    ("number too great", "", "<v>1e999</v>", "1e999"),
    ("number of four hundred digits", "", f"<v>{'9' * 400}</v>", "9" * 400),
    ("arabic digits", "", "<v>١٢</v>", "١٢"),
    ("hexadecimal", "", "<v>0x10</v>", "0x10"),
    ("comma in a number", "", "<v>1,5</v>", "1,5"),
    ("sign alone", "", "<v>-</v>", "-"),
    ("point alone", "", "<v>.</v>", "."),
    ("empty value", "", "<v></v>", None),
    ("value tag closed at once", "", "<v/>", None),
    ("value of blanks for a number", "", "<v>  </v>", None),
    ("no value", "", "", None),
    ("empty formula text", "str", "<f>A2</f><v></v>", None),
    ("shared string", "s", "<v>1</v>", "one"),
    ("shared string among blanks", "s", "<v> 1 </v>", "one"),
    ("shared string out of range", "s", "<v>2</v>", "#N/A"),
    ("shared string negative", "s", "<v>-1</v>", "#N/A"),
    ("shared string odd", "s", "<v>1_0</v>", "#N/A"),
    ("shared string far out", "s", f"<v>{'9' * 5000}</v>", "#N/A"),
    ("shared string empty", "s", "<v></v>", None),
    ("formula text", "str", "<f>A2</f><v>просрочено</v>", "просрочено"),
    ("text among blanks", "str", "<v>  a  </v>", "  a  "),
    ("text of blanks", "str", "<v>  </v>", "  "),
    ("text like a number", "str", "<v>0012</v>", "0012"),
    ("line ends", "str", "<v>a\r\nb\rc</v>", "a\nb\nc"),
    ("line ends escaped", "str", "<v>a_x000D_\nb</v>", "a\r\nb"),
    ("escape escaped", "str", "<v>_x005F_x000D_</v>", "_x000D_"),
    ("escape in small letters", "str", "<v>_x000d_</v>", "\r"),
    ("no escape", "str", "<v>_x12_ _X0041_ x0041_</v>", "_x12_ _X0041_ x0041_"),
    ("surrogates escaped", "str", "<v>_xD83D__xDE00_</v>", "\N{GRINNING FACE}"),
    ("half a pair escaped", "str", "<v>a_xD83D_b</v>", "a\N{REPLACEMENT CHARACTER}b"),
    ("entities", "str", "<v>&lt;&amp;&gt;&quot;&#1046;</v>", '<&>"Ж'),
    ("beyond U+FFFF", "str", "<v>\N{GRINNING FACE}</v>", "\N{GRINNING FACE}"),
    ("cdata", "str", "<v>a<![CDATA[<b>]]>c</v>", "a<b>c"),
    ("comment in a value", "str", "<v>a<!-- no -->b</v>", "ab"),
    ("true", "b", "<v>1</v>", True),
    ("false", "b", "<v>0</v>", False),
    ("true in letters", "b", "<v>true</v>", True),
    ("neither true nor false", "b", "<v>2</v>", "2"),
    ("error value", "e", "<v>#DIV/0!</v>", "#DIV/0!"),
    ("iso day", "d", "<v>2026-03-31</v>", 46112),
    ("iso day at midnight", "d", "<v>2026-03-31T00:00:00</v>", 46112),
    ("iso day and hour", "d", "<v> 2026-03-31T12:00:00Z\n</v>", 46112.5),
    ("iso hour", "d", "<v>06:00:00</v>", 0.25),
    ("iso day of a formula", "d", "<f>A9</f><v>2026-03-31</v>", 46112),
    ("iso first day Excel counts right", "d", "<v>1900-03-01</v>", 61),
    ("iso day before it", "d", "<v>1900-02-28</v>", "1900-02-28"),
    ("iso day long ago", "d", "<v>0001-01-01</v>", "0001-01-01"),
    ("iso day that is none", "d", "<v>2026-02-30</v>", "2026-02-30"),
    ("iso day in other digits", "d", "<v>٢٠٢٦-03-31</v>", "٢٠٢٦-03-31"),
    ("iso day empty", "d", "<v></v>", None),
    ("iso number", "d", "<v>46112</v>", "46112"),
    ("unknown type", "zzz", "<v>12</v>", "12"),
    ("inline text", "inlineStr", "<is><t>a</t></is>", "a"),
    ("inline text kept", "inlineStr", '<is><t xml:space="preserve"> a </t></is>', " a "),
    ("inline text escaped", "inlineStr", "<is><t>_x0041_</t></is>", "A"),
    ("escape across runs", "inlineStr", "<is><r><t>_x00</t></r><r><t>41_</t></r></is>", "A"),
    ("inline text empty", "inlineStr", "<is><t></t></is>", None),
    ("inline type with a value", "inlineStr", "<v>a</v>", "a"),
    ("inline runs", "inlineStr", "<is><r><rPr><b/></rPr><t>a</t></r>\n<r><t>b</t></r></is>", "ab"),
    ("phonetic hint", "inlineStr", '<is><t>課</t><rPh sb="0" eb="1"><t>か</t></rPh><phoneticPr/></is>', "課"),
    ("run after a phonetic hint", "inlineStr", "<is><r><t>a</t></r><rPh><t>x</t></rPh><r><t>b</t></r></is>", "ab"),
    ("today", "", "<f>TODAY()</f><v>45000</v>", None),
    ("now", "", "<f>NOW()</f><v>45000.5</v>", None),
    ("today spelt oddly", "", "<f> = today ( ) </f><v>45000</v>", None),
    ("today shared", "", '<f t="shared" si="0" ref="A1:A9">TODAY()</f><v>45000</v>', None),
    ("today in a longer formula", "", "<f>TODAY()+1</f><v>45001</v>", 45001),
    ("text like today", "str", "<v>TODAY()</v>", "TODAY()"),
    ("formula without a stored value", "", "<f>A2</f>", UNCOUNTED),
    ("formula with an empty value", "", "<f>A2</f><v></v>", UNCOUNTED),
    ("formula with a value closed at once", "", "<f>A2</f><v/>", UNCOUNTED),
    ("formula with blanks for a value", "", "<f>A2</f><v> </v>", UNCOUNTED),
    ("formula of a number without a value", "n", "<f>A2</f><v></v>", UNCOUNTED),
    ("formula of a yes without a value", "b", "<f>A2</f><v></v>", UNCOUNTED),
    ("formula of an error without a value", "e", "<f>A2</f><v></v>", UNCOUNTED),
    ("formula of a text without a value", "str", "<f>A2</f>", UNCOUNTED),
    ("formula of a text, its value closed at once", "str", "<f>A2</f><v/>", None),
    ("formula of a shared text without a value", "s", "<f>A2</f><v></v>", UNCOUNTED),
    ("formula with attributes without a value", "", '<f aca="false">A2</f><v></v>', UNCOUNTED),
    ("array formula without a value", "", '<f t="array" ref="A1">A2</f>', UNCOUNTED),
    ("formula in an element closed at once", "", "<f/>", None),
    ("formula of nothing", "", "<f></f>", None),
    ("formula of nothing with a value", "", "<f></f><v>5</v>", 5),
    ("formula that comes to 0", "", "<f>A2</f><v>0</v>", 0),
    ("value before a formula", "", "<v>5</v><f>A2</f>", 5),
    ("empty value before a formula", "", "<v></v><f>A2</f>", UNCOUNTED),
    ("empty text before a formula", "str", "<v></v><f>A2</f>", None),
    ("today without a stored value", "", "<f>TODAY()</f>", None),
    ("value before today", "", "<v>45000</v><f>TODAY()</f>", None),
)
# A text that is empty says nothing of the formulas below it, nor of those beside it.
UNCOUNTED_BELOW = (
    '<row r="1"><c r="A1" t="str"><f>B1&amp;""</f><v/></c><c r="B1" t="str"><f>C1</f></c></row>'
    '<row r="2"><c r="A2" t="str"><f>B2&amp;""</f></c></row>'
)
SHARED_UNCOUNTED = (
    '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="3">B1</f><v>5</v></c></row>'
    '<row r="2"><c r="A2"><f t="shared" si="3"/></c></row>'
)
# As XlsxWriter leaves them: 0 for whatever a formula comes to. A number that somebody typed is one.
ZEROS = (
    '<row r="1"><c r="A1"><f>B1</f><v>0</v></c><c r="B1"><v>0</v></c><c r="C1" t="b"><f>B1</f><v>0</v></c></row>'
    '<row r="2"><c r="A2"><f aca="0">B1</f><v>0</v></c><c r="B2"><f>B1+1</f><v>1</v></c></row>'
)
BY_XLSXWRITER = '<calcPr calcId="124519" fullCalcOnLoad="1"/>'
BY_EXCEL = '<calcPr calcId="191029" fullCalcOnLoad="1"/>'
SHARED_LIVE = (
    '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="3">TODAY()</f><v>5</v></c><c r="B1"><v>4</v></c></row>'
    '<row r="2"><c r="A2"><f t="shared" si="3"/><v>5</v></c><c r="B2"><f t="shared" si="4"/><v>6</v></c></row>'
)


def odd_cells() -> Iterator[Case]:
    for name, kind, inner, value in CELLS:
        found: Rows = {} if value is None else {1: {0: value}}
        yield Case(f"cell: {name}", book(f'<row r="1">{cell(kind, inner)}</row>'), rows=found)
        late: Rows = {row: {0: row} for row in range(1, 5)}
        if value is not None:
            late[5] = {0: value}
        data = f'{GOOD_ROWS}<row r="5">{cell(kind, inner, row=5)}</row>'
        yield Case(f"cell after usual rows: {name}", book(data), rows=late)
    yield Case("cell: today shared with another", book(SHARED_LIVE), rows={1: {1: 4}, 2: {1: 6}})
    below: Rows = {1: {1: UNCOUNTED}, 2: {0: UNCOUNTED}}
    yield Case("cell: formulas nobody counted beside empty texts", book(UNCOUNTED_BELOW), rows=below)
    yield Case("cell: a shared formula nobody counted", book(SHARED_UNCOUNTED), rows={1: {0: 5}, 2: {0: UNCOUNTED}})
    empty: Rows = {1: {0: UNCOUNTED, 1: 0, 2: False}, 2: {0: UNCOUNTED, 1: 1}}
    yield Case("cell: zeros of XlsxWriter", book(ZEROS, book=counted_by(BY_XLSXWRITER)), rows=empty)
    real: Rows = {1: {0: 0, 1: 0, 2: False}, 2: {0: 0, 1: 1}}
    yield Case("cell: zeros of Excel", book(ZEROS, book=counted_by(BY_EXCEL)), rows=real)


def counted_by(properties: str) -> str:
    return workbook().replace("</workbook>", f"{properties}</workbook>")


def _cases() -> Iterator[Case]:
    yield from no_zips()
    yield from damaged_zips()
    yield from broken_xml()
    yield from broken_sheets()
    yield from broken_links()
    for case in heavy():
        yield Case(case.name, case.write, case.code, case.rows, heavy=True)
    yield from odd_packages()
    yield from odd_xml()
    yield from odd_cells()


CASES = tuple(_cases())


def main(folder: Path) -> None:
    """Write every case, numbered, with its outcome in the name."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, case in enumerate(CASES):
        words = "".join(sign if sign.isalnum() else "_" for sign in case.name)[:60]
        case.write(folder / f"{number:03}_{case.code or 'reads'}_{words}.xlsx")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
