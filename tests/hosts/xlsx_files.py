"""A small .xlsx made by hand, part by part, so that a test can say exactly what stands in it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hqs_xl.hosts.package.opc import MAIN, OFFICE_RELATIONSHIP

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hqs_xl.hosts.xlsx.read.workbook import CellValue

Rows = dict[int, dict[int, "CellValue"]]

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_LINK = "http://purl.oclc.org/ooxml/officeDocument/relationships"
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEET_PART = "xl/worksheets/sheet1.xml"
STRINGS_PART = "xl/sharedStrings.xml"
BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


@dataclass(frozen=True, slots=True)
class Case:
    """One file: refused by ``code``, or read as ``rows``."""

    name: str
    write: Callable[[Path], None]
    code: str | None = None
    rows: Rows | None = None


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
    return f'{DECLARED}<sst xmlns="{MAIN}" count="{len(items)}" uniqueCount="{len(items)}">{"".join(items)}</sst>'


def inline(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


ONE_ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'
ONE: Rows = {1: {0: 1}}
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


TABLE_LINK = links(("rId1", "table", "../tables/table1.xml"))


def table(attributes: str) -> str:
    return f'{DECLARED}<table xmlns="{MAIN}" id="1" name="T" displayName="T" {attributes}/>'


# Rows of the usual shape, and such among others.
GOOD_ROWS = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 5))
MIXED_ROWS = "".join(
    f'<row r="{row}"><c r="A{row}"><v>{row}</v></c>{inline(f"B{row}", "a&amp;b")}</row>'
    if row % 3
    else f'<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="B{row}" t="s"><v>0</v></c></row>'
    for row in range(1, 21)
).replace('t="s"><v>0</v>', 't="inlineStr"><is><r><t>a</t></r><r><t>&#38;b</t></r></is>')


def no_tag(_shape: bytes) -> None:
    """In place of ``row_tags.prefixed_in``: no start tag is usual, so that the parser reads all rows."""
