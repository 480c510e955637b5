"""Files that are no workbook, are damaged, or break the format: each case says by which code it is refused.

They are of the kind that any program meets and says no to. What a limit refuses is in limited_files.py, and what a
zip's directory may say in test_members.py, with no file at all.
"""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from hqs_xl.hosts.package.opc import MAIN
from tests.hosts import other_kinds
from tests.hosts.xlsx_files import (
    GOOD_ROWS,
    ONE_ROW,
    ONE_SHEET,
    SHEET_PART,
    STRICT_MAIN,
    TABLE_LINK,
    Case,
    book,
    content_types,
    file,
    inline,
    links,
    parts,
    sheet,
    table,
    workbook,
    zipped,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

# Any document type is refused where it begins, whatever it would declare.
DOCTYPE = "<!DOCTYPE x>"


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


def ods() -> bytes:
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"})


def no_zips() -> list[Case]:
    good = zipped(parts())
    return [
        Case("empty file", file(b""), "empty"),
        *(Case(name, file(data), code) for name, data, code in other_kinds.KINDS),
        Case("one byte", file(b"P"), "plain_text"),
        Case("zip after other bytes", file(b"sent by mail: " + good), "not_a_zip"),
        Case("zip of nothing", file(zipped({})), "not_a_zip"),
        Case("ods", file(ods()), "ods"),
        Case("zip of texts", file(zipped({"a.txt": b"a"})), "not_a_workbook"),
        Case("word document", book(types=content_types("application/vnd.ms-word.main+xml")), "not_a_workbook"),
        Case("no content types", book(types=None), "not_a_workbook"),
        Case("no package relationships", book(root=None), "not_a_workbook"),
        Case("no workbook part", book(book=None), "not_a_workbook"),
        Case("workbook outside the package", book(root=OUTSIDE), "not_a_workbook"),
        Case("xlsb", book(types=content_types("application/vnd.ms-excel.sheet.binary.macroEnabled.main")), "xlsb"),
    ]


OUTSIDE = links(("rId1", "officeDocument", "other.xlsx"), mode=' TargetMode="External"')


def damaged_zips() -> list[Case]:
    """Cut on the way, or with a byte changed, or packed as Office never does; test_members.py has the rest."""
    good = zipped(parts())
    return [
        Case("cut in the middle", file(good[: len(good) // 2]), "damaged"),
        Case("last byte missing", file(good[:-1]), "damaged"),
        Case("first bytes only", file(good[:4]), "damaged"),
        Case("checksum of the sheet", file(with_bad_byte(SHEET_PART)), "damaged"),
        Case("checksum of the workbook", file(with_bad_byte("xl/workbook.xml")), "damaged"),
        Case("garbage for deflate", file(with_garbage_deflate()), "damaged"),
        Case("bzip2", file(zipped(parts(), zipfile.ZIP_BZIP2)), "bad_method"),
        Case("lzma", file(zipped(parts(), zipfile.ZIP_LZMA)), "bad_method"),
    ]


def broken_xml() -> list[Case]:
    utf16 = sheet(ONE_ROW, declared='<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x>').encode("utf-16")
    entity = '<row r="1"><c r="A1" t="str"><v>&c;</v></c></row>'
    return [
        Case("doctype in the sheet", book(sheet=sheet(ONE_ROW, declared="<!DOCTYPE worksheet>")), "dtd"),
        Case("doctype in utf-16", book(sheet=utf16), "dtd"),
        Case("doctype in the strings", book(texts=f"{DOCTYPE}<sst/>"), "dtd"),
        Case("doctype in the workbook", book(book=f"{DOCTYPE}<workbook/>"), "dtd"),
        Case("doctype in the content types", book(types=f"{DOCTYPE}<Types/>"), "dtd"),
        Case("doctype in the relationships", book(root=f"{DOCTYPE}<Relationships/>"), "dtd"),
        Case("doctype in a table", book(sheet_links=TABLE_LINK, table=f"{DOCTYPE}<table/>"), "dtd"),
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
    ]


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
        Case("row of eight digits", book('<row r="00000001"/>'), "bad_cell"),
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
    ]


SHARED_ROW = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'


def broken_links() -> list[Case]:
    two = '<sheet name="S" sheetId="1" r:id="rId1"/><sheet name="{}" sheetId="2" r:id="{}"/>'
    unknown = workbook(ONE_SHEET.replace("rId1", "rId7"))
    outside = links(("rId1", "worksheet", "other.xml"), mode=' TargetMode="External"')
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


def _cases() -> Iterator[Case]:
    yield from no_zips()
    yield from damaged_zips()
    yield from broken_xml()
    yield from broken_sheets()
    yield from broken_links()


REFUSED = tuple(_cases())
