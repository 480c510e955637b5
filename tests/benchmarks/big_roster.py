"""A roster of any size in seconds: the XML of ten thousand invented people, written again and again with other ids.

Shared strings, styled dates and a table, as Excel writes them; the answer columns are there and empty. One person in
twenty has something wrong, of every kind in turn.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from hqs_xl.demo.person import compliant
from hqs_xl.demo.scenarios import scenarios
from hqs_xl.roster.columns import TABLES

AS_OF = date(2026, 11, 22)
KINDS = 10_000
WRONG = 20  # one in so many
COLUMNS = TABLES["roster"]
LAST = get_column_letter(len(COLUMNS))

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_EPOCH = date(1899, 12, 30)


def write_roster(file: Path, people: int) -> None:
    """Write a workbook with one sheet of so many people, none of whom owes a salary notice yet."""
    strings: dict[str, int] = {}
    heads = "".join(_cell(place, column.header(), strings) for place, column in enumerate(COLUMNS))
    kinds = [_row(facts, strings) for facts in _people(min(KINDS, people))]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, text in _parts(people).items():
            package.writestr(name, _HEAD + text)
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(_sheet_head(people).encode() + f'<row r="1">{heads}</row>'.replace("@", "1").encode())
            for first in range(0, people, KINDS):
                rows = (
                    kind.replace("@", str(number + 2)).replace("~", str(len(strings) + number))
                    for number, kind in enumerate(kinds[: people - first], first)
                )
                sheet.write("".join(rows).encode())
            sheet.write(b'</sheetData><tableParts count="1"><tablePart r:id="rId1"/></tableParts></worksheet>')
        with package.open("xl/sharedStrings.xml", "w") as part:
            part.write(f'{_HEAD}<sst xmlns="{_MAIN}" uniqueCount="{len(strings) + people}">'.encode())
            part.write("".join(f"<si><t>{escape(text)}</t></si>" for text in strings).encode())
            for first in range(0, people, KINDS):
                last = min(first + KINDS, people)
                part.write("".join(f"<si><t>HQS-{number + 1:07}</t></si>" for number in range(first, last)).encode())
            part.write(b"</sst>")


def _people(count: int) -> Iterator[dict[str, Any]]:
    changes = list(scenarios("en").values())
    for number in range(count):
        wrong = number % WRONG == 0
        person = compliant("#", AS_OF, Random(number), "en", recent=not wrong)  # noqa: S311
        if wrong:
            changes[number // WRONG % len(changes)](person, AS_OF)
        yield {key: value for key, value in person.facts.items() if value is not None}


def _row(facts: dict[str, Any], strings: dict[str, int]) -> str:
    """A person's row: @ stands for the row's number, ~ for the id among the shared strings."""
    cells = [_cell(place, facts[column.key], strings) for place, column in enumerate(COLUMNS) if column.key in facts]
    return f'<row r="@" spans="1:{len(COLUMNS)}">{"".join(cells)}</row>'


def _cell(place: int, value: Any, strings: dict[str, int]) -> str:
    name = f"{get_column_letter(place + 1)}@"
    if isinstance(value, date):
        return f'<c r="{name}" s="1"><v>{(value - _EPOCH).days}</v></c>'
    number = "~" if value == "#" else strings.setdefault(str(value), len(strings))
    return f'<c r="{name}" t="s"><v>{number}</v></c>'


def _sheet_head(people: int) -> str:
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><dimension ref="A1:{LAST}{people + 1}"/>'
        '<sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="15"/><sheetData>'
    )


def _parts(people: int) -> dict[str, str]:
    area = f"A1:{LAST}{people + 1}"
    names = "".join(f'<tableColumn id="{n}" name="{column.header()}"/>' for n, column in enumerate(COLUMNS, 1))
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.sharedStrings+xml"/>'
        f'<Override PartName="/xl/tables/table1.xml" ContentType="{_TYPE}.table+xml"/></Types>',
        "_rels/.rels": _links(officeDocument="xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Roster" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _links(
            worksheet="worksheets/sheet1.xml", styles="styles.xml", sharedStrings="sharedStrings.xml"
        ),
        "xl/worksheets/_rels/sheet1.xml.rels": _links(table="../tables/table1.xml"),
        "xl/tables/table1.xml": f'<table xmlns="{_MAIN}" id="1" name="Roster" displayName="Roster" ref="{area}">'
        f'<autoFilter ref="{area}"/><tableColumns count="{len(COLUMNS)}">{names}</tableColumns></table>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="2"><fill>'
        '<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2">'
        '<xf numFmtId="0" xfId="0"/><xf numFmtId="14" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>',
    }


def _links(**parts: str) -> str:
    links = (
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(parts.items(), 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(links)}</Relationships>'
