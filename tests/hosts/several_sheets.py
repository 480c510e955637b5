"""Workbooks of several sheets with formulas, made by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hqs_xl.hosts.package.opc import MAIN, OFFICE_RELATIONSHIP
from tests.hosts import xlsx_files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SHEETML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
EXTENDED = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
COUNTED = '<calcPr calcId="191029"/>'
# LibreOffice trusts what Excel has counted.
EXCEL = (
    f"{xlsx_files.DECLARED}<Properties"
    ' xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Microsoft Excel</Application><AppVersion>16.0300</AppVersion></Properties>"
)


def number(reference: str, value: float) -> str:
    return f'<c r="{reference}"><v>{value}</v></c>'


def formula(reference: str, text: str, stored: object = 99, kind: str = "", attributes: str = "") -> str:
    """A cell with a formula; ``stored``: its old result, None for none."""
    value = "" if stored is None else f"<v>{stored}</v>"
    told = f' t="{kind}"' if kind else ""
    return f'<c r="{reference}"{told}><f{attributes}>{text}</f>{value}</c>'


def rows(*cells: str) -> str:
    """Rows of cells that say where they stand, a row each unless they are given as one text."""
    found = []
    for of_row in cells:
        digits = of_row.partition('r="')[2].partition('"')[0].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        found.append(f'<row r="{digits}">{of_row}</row>')
    return "".join(found)


def table(title: str, cells: str, headers: str) -> str:
    """The part of a table; its headers with commas."""
    columns = headers.split(",")
    inner = "".join(f'<tableColumn id="{place}" name="{text}"/>' for place, text in enumerate(columns, 1))
    listed = f'<tableColumns count="{len(columns)}">{inner}</tableColumns>'
    said = f'name="{title}" displayName="{title}" ref="{cells}"'
    return f'{xlsx_files.DECLARED}<table xmlns="{MAIN}" id="{len(title)}" {said}>{listed}</table>'


class More(NamedTuple):
    """Parts beside the sheets: their text and type by name, and the links of the workbook and of sheets to them."""

    parts: Mapping[str, tuple[str, str]]
    links: tuple[tuple[str, str, str], ...] = ()
    sheet_links: Mapping[str, tuple[tuple[str, str, str], ...]] = {}


NOTHING = More({})


def write(
    path: Path,
    sheets: Mapping[str, str],
    *,
    names: str = "",
    calculation: str = COUNTED,
    behind: str = "",
    tables: Mapping[str, tuple[str, str, str]] | None = None,
    more: More = NOTHING,
) -> Path:
    """A workbook of sheets (their rows, or their whole XML).

    ``names``, ``behind``: elements of the workbook's part; ``tables``: the table of a sheet, as ``table`` takes it.
    """
    parts = {"xl/workbook.xml": ("", f"{SHEETML}.sheet.main+xml"), "docProps/app.xml": (EXCEL, EXTENDED), **more.parts}
    listed, book_links = "", [*more.links]
    for place, (name, data) in enumerate(sheets.items(), 1):
        listed += f'<sheet name="{name}" sheetId="{place}" r:id="rId{place}"/>'
        book_links.append((f"rId{place}", "worksheet", f"worksheets/sheet{place}.xml"))
        links, after = [*more.sheet_links.get(name, ())], ""
        if tables and name in tables:
            parts[f"xl/tables/table{place}.xml"] = table(*tables[name]), f"{SHEETML}.table+xml"
            links.append(("rIdT", "table", f"../tables/table{place}.xml"))
            after = f'<tableParts count="1"><tablePart xmlns:r="{OFFICE_RELATIONSHIP}" r:id="rIdT"/></tableParts>'
        whole = data if data.startswith("<?") else xlsx_files.sheet(data, after=after)
        parts[f"xl/worksheets/sheet{place}.xml"] = whole, f"{SHEETML}.worksheet+xml"
        if links:
            parts[f"xl/worksheets/_rels/sheet{place}.xml.rels"] = xlsx_files.links(*links), ""
    book = (
        f'{xlsx_files.DECLARED}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE_RELATIONSHIP}"><sheets>{listed}</sheets>'
        f"{names}{calculation}{behind}</workbook>"
    )
    root = (("rId1", "officeDocument", "xl/workbook.xml"), ("rId2", "extended-properties", "docProps/app.xml"))
    whole_parts = {
        "[Content_Types].xml": _content_types({name: kind for name, (_, kind) in parts.items() if kind}),
        "_rels/.rels": xlsx_files.links(*root),
        "xl/_rels/workbook.xml.rels": xlsx_files.links(*book_links),
        **{name: text for name, (text, _) in parts.items()},
        "xl/workbook.xml": book,
    }
    path.write_bytes(xlsx_files.zipped({name: text.encode() for name, text in whole_parts.items()}))
    return path


def _content_types(kinds: Mapping[str, str]) -> str:
    overrides = "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in kinds.items())
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'{xlsx_files.DECLARED}<Types xmlns="{xlsx_files.PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="{rels}"/>{overrides}</Types>'
    )
