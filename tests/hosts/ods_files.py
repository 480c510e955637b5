"""A small .ods made by hand, cell by cell, so that a test can say exactly what stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from hqs_xl.hosts.package.open_document import CALC, OFFICE, SPREADSHEET, TABLE, TEXT
from tests.hosts.xlsx_files import file, zipped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.hosts.xlsx_files import Rows

NAMES = {
    "office": OFFICE,
    "table": TABLE,
    "text": TEXT,
    "calcext": CALC,
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}
DECLARED = '<?xml version="1.0" encoding="UTF-8"?>\n'
MANIFEST_NAMES = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"


def content(tables: str, *, before: str = "", after: str = "", names: str = "", declared: str = DECLARED) -> str:
    """A content part of these tables; ``names``: namespaces declared otherwise."""
    spaces = names or " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMES.items())
    return (
        f"{declared}<office:document-content {spaces}><office:automatic-styles/><office:body><office:spreadsheet>"
        f"{before}{tables}{after}</office:spreadsheet></office:body></office:document-content>"
    )


def table(rows: str, name: str = "S") -> str:
    return f"<table:table table:name={quoteattr(name)}><table:table-column/>{rows}</table:table>"


def row(*cells: str, times: object = 1) -> str:
    return f"<table:table-row{_repeated('rows', times)}>{''.join(cells)}</table:table-row>"


def cell(inner: str = "", times: object = 1, name: str = "table-cell", **attributes: object) -> str:
    """A cell; attributes such as ``office_value_type`` by their names."""
    said = "".join(f" {_spelled(key)}={quoteattr(str(value))}" for key, value in attributes.items())
    return f"<table:{name}{_repeated('columns', times)}{said}>{inner}</table:{name}>"


def _repeated(what: str, times: object) -> str:
    return "" if times == 1 else f' table:number-{what}-repeated="{times}"'


def _spelled(key: str) -> str:
    prefix, _, local = key.partition("_")
    return f"{prefix}:{local.replace('_', '-')}"


def text(words: str, **more: Any) -> str:
    return cell(f"<text:p>{escape(words)}</text:p>", office_value_type="string", **more)


def number(value: object, kind: str = "float", shown: str = "", **more: Any) -> str:
    return cell(f"<text:p>{shown or value}</text:p>", office_value_type=kind, office_value=value, **more)


def day(value: str, **more: Any) -> str:
    return cell(f"<text:p>{value}</text:p>", office_value_type="date", office_date_value=value, **more)


def clock(value: str) -> str:
    return cell(office_value_type="time", office_time_value=value)


def truth(value: str) -> str:
    return cell(office_value_type="boolean", office_boolean_value=value)


def members(tables: str = "", **changes: Any) -> dict[str, bytes]:
    return {"mimetype": SPREADSHEET.encode(), "content.xml": content(tables, **changes).encode()}


def book(tables: str, **changes: Any) -> Callable[[Path], None]:
    return file(zipped(members(tables, **changes)))


def sheet(*rows: str, **changes: Any) -> Callable[[Path], None]:
    return book(table("".join(rows)), **changes)


def written(grid: Rows) -> str:
    """The rows of a grid, blanks between them repeated as LibreOffice repeats them."""
    lines, last = [], 0
    for place, cells in sorted(grid.items()):
        if place > last + 1:
            lines.append(row(cell(times=16_384), times=place - last - 1))
        lines.append(_line(cells))
        last = place
    if last < 1_048_576:
        lines.append(row(cell(times=16_384), times=1_048_576 - last))
    return "".join(lines)


def _line(cells: Mapping[int, Any]) -> str:
    found, last = [], -1
    for place, value in sorted(cells.items()):
        if place > last + 1:
            found.append(cell(times=place - last - 1))
        found.append(_value(value))
        last = place
    return row(*found)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return truth(str(value).lower())
    if isinstance(value, str):
        paragraphs = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in value.split("\n"))
        return cell(paragraphs, office_value_type="string")
    return number(repr(value))


def _spaced(line: str) -> str:
    return escape(line).replace("\t", "<text:tab/>").replace("  ", ' <text:s text:c="1"/>').replace("\r", "&#13;")


HEAD, BODY = row(text("head")), row(text("body"))
SAME = row(text("a"), number(5, times=2))
LOCKED = "<manifest:encryption-data/>"


def manifest(path: str, inner: str = "", kind: str = SPREADSHEET) -> bytes:
    return (
        f'<manifest:manifest xmlns:manifest="{MANIFEST_NAMES}"><manifest:file-entry manifest:full-path="{path}" '
        f'manifest:media-type="{kind}">{inner}</manifest:file-entry></manifest:manifest>'
    ).encode()


def changed(**parts: bytes | None) -> Callable[[Path], None]:
    """A small .ods with members by short names changed, or left out."""
    short = {"kind": "mimetype", "content": "content.xml", "manifest": "META-INF/manifest.xml"}
    whole = members(table(BODY)) | {short[name]: data for name, data in parts.items()}
    return file(zipped({name: data for name, data in whole.items() if data is not None}))
