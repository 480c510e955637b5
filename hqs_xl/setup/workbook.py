"""What a workbook says of itself: who made it, which settings it has, of which xlwings its macros are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from hqs_xl.hosts.closed import ClosedBook
from hqs_xl.hosts.package import Package
from hqs_xl.template.xlwings_conf import SHEET

MACROS = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_CODE_NAME = re.compile(rb"<(?:\w+:)?(?:workbookPr|sheetPr)\b[^>]*\bcodeName=")
_OPENING, _CLOSING = re.compile(rb"<(?:\w+:)?sheetData\b[^>]*>"), re.compile(rb"</(?:\w+:)?sheetData>")
# As long as an end tag that two pieces share may be.
_TAG = 40
_RULE = re.compile(rb"<(?:\w+:)?(conditionalFormatting|dataValidation)\b([^>]*)>(.*?)</(?:\w+:)?\1>", re.DOTALL)
_RULED = re.compile(rb'\bsqref="([^"]*)"|<(?:\w+:)?sqref>([^<]*)<')
# As Excel writes it, and as it does where it does not know the function.
_CALL = re.compile(rb"(?<![\w.])(?:_xludf\.|_xldudf_)?HQS_[A-Z_]+\(")
GLUE = re.compile(r'^Public Const XLWINGS_VERSION As String = "([^"]*)"', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Workbook:
    """The facts of a file; ``settings`` are those of xlwings' sheet, by key in capitals, None where there is none.

    ``glue`` is the version of xlwings in its macros, "" when they hold none or can't be read. ``named``: whether the
    workbook and all its sheets say of which module of the macros they are. ``dead_rules``: the cells whose conditional
    format or validation calls a function of ours.
    """

    path: Path
    has_macros: bool
    settings: Mapping[str, str] | None
    glue: str
    named: bool = True
    dead_rules: tuple[str, ...] = ()


def read_workbook(path: Path) -> Workbook:
    """A closed .xlsx or .xlsm. Raises UnusableFile."""
    with ClosedBook(path) as book:
        settings = _settings(book) if SHEET in book.sheets else None
        sheets = {sheet: around_rows(book.bytes_of(sheet)) for sheet in book.sheets}
    with Package(path) as package:
        links = package.relationships(package.workbook).values()
        part = next((link.part for link in links if link.kind == MACROS and link.part), None)
        project = package.whole(part) if part else b""
        named = all(_CODE_NAME.search(part) for part in (package.whole(package.workbook), *sheets.values()))
    rules = tuple(f"{sheet}!{cells}" for sheet, part in sheets.items() for cells in rules_that_call(part))
    return Workbook(path.absolute(), part is not None, settings, glue_of(project), named, rules)


def around_rows(chunks: Iterable[bytes]) -> bytes:
    """What a sheet's part holds before and after its rows, of which only a piece is in memory at a time."""
    before, rows, after = b"", b"", b""
    opened = closed = False
    for chunk in chunks:
        if closed:
            after += chunk
        elif opened:
            rows = rows[-_TAG:] + chunk
        else:
            before += chunk
            opening = _OPENING.search(before)
            if opening:
                opened, closed = True, opening[0].endswith(b"/>")
                before, rows = before[: opening.end()], before[opening.end() :]
                after = rows if closed else b""
        closing = _CLOSING.search(rows) if opened and not closed else None
        if closing:
            closed, after = True, rows[closing.end() :]
    return before + after


def rules_that_call(sheet: bytes) -> list[str]:
    """The cells of each conditional format and validation that calls a function of ours, as the sheet names them."""
    found = []
    for rule in _RULE.finditer(sheet):
        where = _RULED.search(rule[2] + rule[3])
        if where and _CALL.search(rule[3]):
            found.append((where[1] or where[2]).decode())
    return found


def _settings(book: ClosedBook) -> dict[str, str]:
    return {str(cells[0]).upper(): str(cells.get(1, "")) for _, cells in book.rows(SHEET) if 0 in cells}


def glue_of(project: bytes) -> str:
    """The version of xlwings whose glue a ``vbaProject.bin`` holds; "" when it can't be told."""
    if not project or not find_spec("pyopenvba"):
        return ""
    from pyopenvba.cfb import CFB  # noqa: PLC0415 - of the extra "build"
    from pyopenvba.vba import parse_vba_project  # noqa: PLC0415

    try:
        text = parse_vba_project(CFB.from_bytes(project)).get_module("xlwings").source
    except Exception:  # noqa: BLE001 - a broken project fails in a hundred ways, and each means the same here
        return ""
    found = GLUE.search(text.replace("\r\n", "\n"))
    return found[1] if found else ""
