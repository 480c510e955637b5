"""What a workbook says of itself: who made it, which settings it has, of which xlwings its macros are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from hqs_xl.hosts.closed import ClosedBook
from hqs_xl.hosts.package import Package
from hqs_xl.template.xlwings_conf import SHEET

MACROS = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
GLUE = re.compile(r'^Public Const XLWINGS_VERSION As String = "([^"]*)"', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Workbook:
    """The facts of a file; ``settings`` are those of xlwings' sheet, by key in capitals, None where there is none.

    ``glue`` is the version of xlwings in its macros, "" when they hold none or can't be read.
    """

    path: Path
    has_macros: bool
    settings: Mapping[str, str] | None
    glue: str


def read_workbook(path: Path) -> Workbook:
    """A closed .xlsx or .xlsm. Raises UnusableFile."""
    with ClosedBook(path) as book:
        settings = _settings(book) if SHEET in book.sheets else None
    with Package(path) as package:
        links = package.relationships(package.workbook).values()
        part = next((link.part for link in links if link.kind == MACROS and link.part), None)
        project = package.whole(part) if part else b""
    return Workbook(path.absolute(), part is not None, settings, glue_of(project))


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
