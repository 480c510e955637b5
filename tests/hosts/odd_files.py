"""Odd files that are legal all the same, and which rows they hold."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from hqs_xl.hosts.package.opc import MAIN
from hqs_xl.rows import UNCOUNTED
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

    from hqs_xl.hosts.xlsx.read.workbook import CellValue
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
    ("shared string far out", "s", f"<v>{'9' * 20}</v>", "#N/A"),
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
    yield from odd_packages()
    yield from odd_xml()
    yield from odd_sizes()
    yield from odd_cells()


ODD = tuple(_cases())
