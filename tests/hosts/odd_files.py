"""Odd files that are legal all the same, and which rows they hold."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from hqs_xl.hosts.package.opc import MAIN
from tests.hosts.odd_cells import odd_cells
from tests.hosts.xlsx_files import (
    BOOK_TYPE,
    GOOD_ROWS,
    LINKS_PART,
    MIXED_ROWS,
    ONE,
    ONE_ROW,
    ONE_SHEET,
    SHEET_PART,
    STRICT_LINK,
    STRICT_MAIN,
    Case,
    book,
    content_types,
    file,
    inline,
    links,
    parts,
    sheet,
    streamed,
    strings,
    workbook,
    zipped,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.hosts.xlsx_files import Rows


def odd_packages() -> list[Case]:
    module = '<sheet name="Module1" sheetId="2" r:id=""/>'
    chart = '<sheet name="C" sheetId="2" r:id="rId9"/><sheet name="S" sheetId="1" r:id="rId1"/>'
    with_chart = links(("rId9", "chartsheet", "chartsheets/sheet1.xml"), ("rId1", "worksheet", "worksheets/sheet1.xml"))
    target, outside = "worksheets/sheet1.xml", ' TargetMode="External"'
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
        Case("module sheet first", book(book=workbook(module + ONE_SHEET)), rows=ONE),
        Case("chart sheet first", book(book=workbook(chart), book_links=with_chart), rows=ONE),
        Case(
            "macro-enabled", book(types=content_types("application/vnd.ms-excel.sheet.macroEnabled.main+xml")), rows=ONE
        ),
        Case("template", book(types=content_types(BOOK_TYPE.replace("sheet.main", "template.main"))), rows=ONE),
        Case("content type by default", book(types=default), rows=ONE),
        Case(
            "outside link beside",
            book(sheet_links=links(("rId1", "officeDocument", "other.xlsx"), mode=outside)),
            rows=ONE,
        ),
    ]


def backslashed(members: dict[str, bytes]) -> dict[str, bytes]:
    """Members as older .NET names them."""
    return {name.replace("/", "\\"): data for name, data in members.items()}


def commented() -> bytes:
    target = io.BytesIO(zipped(parts()))
    with zipfile.ZipFile(target, "a") as archive:
        archive.comment = b"made by hand"
    return target.getvalue()


STRICT_ROOT = links(("rId1", "officeDocument", "xl/workbook.xml"), base=STRICT_LINK)


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

# Excel's own limits: a text of 32,767 signs, a formula of 8,192.
LONGEST, LONGEST_FORMULA = 32_767, 8_192


def odd_sizes() -> list[Case]:
    """Long, far out or many, as far as Excel itself goes."""
    blanks = " " * (LONGEST_FORMULA - 1)
    elsewhere = sheet(ONE_ROW, before='<dimension ref="B2:C9"/>')
    two_of_three = strings("<si><t>zero</t></si>", "<si><t>one</t></si>").replace('ount="2"', 'ount="3"')
    numbers: Rows = {number: {0: number} for number in range(1, 2001)}
    return [
        Case("spaces between rows", book(" " * 5000 + ONE_ROW), rows=ONE),
        Case("blank rows", book("".join(f'<row r="{row}"/>' for row in range(1, 5001))), rows={}),
        Case("blank rows by count", book("<row/>" * 5000), rows={}),
        Case(
            "rows each of a shape of its own",
            book(_rows('<row r="{0}" ht="{0}"><c r="A{0}"><v>{0}</v></c></row>')),
            rows=numbers,
        ),
        Case(
            "a prefix on every row",
            book(_rows('<row r="{0}" xmlns:p="urn:u"><c r="A{0}"><v>{0}</v></c></row>')),
            rows=numbers,
        ),
        Case("many digits", _one_value("1" * LONGEST), rows={1: {0: "1" * LONGEST}}),
        Case(
            "many digits and a letter", _one_value("1" * (LONGEST - 1) + "x"), rows={1: {0: "1" * (LONGEST - 1) + "x"}}
        ),
        Case(
            "many blanks and a letter", _one_value(" " * (LONGEST - 1) + "x"), rows={1: {0: " " * (LONGEST - 1) + "x"}}
        ),
        Case("many escapes", _one_value("_x0041_" * 4681, "str"), rows={1: {0: "A" * 4681}}),
        Case("formula of many blanks", book(f'<row r="1"><c r="A1"><f>{blanks}x</f><v>1</v></c></row>'), rows=ONE),
        Case(
            "a cell in the last row",
            book('<row r="1048576"><c r="A1048576"><v>7</v></c></row>'),
            rows={1_048_576: {0: 7}},
        ),
        Case("a cell in the last column", book('<row r="1"><c r="XFD1"><v>7</v></c></row>'), rows={1: {16_383: 7}}),
        Case("dimension elsewhere", book(sheet=elsewhere), rows=ONE),
        Case("three strings declared where there are two", book(texts=two_of_three), rows=ONE),
        Case(
            "merged cells",
            book(sheet=sheet(ONE_ROW, after='<mergeCells count="1"><mergeCell ref="A3:C4"/></mergeCells>')),
            rows=ONE,
        ),
    ]


def _rows(pattern: str) -> str:
    return "".join(pattern.format(number) for number in range(1, 2001))


def _one_value(text: str, kind: str = "n") -> Callable[[Path], None]:
    return book(f'<row r="1"><c r="A1" t="{kind}"><v>{text}</v></c></row>')


def _cases() -> Iterator[Case]:
    yield from odd_packages()
    yield from odd_xml()
    yield from odd_sizes()
    yield from odd_cells()


ODD = tuple(_cases())
