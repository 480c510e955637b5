"""What the tests do inside LibreOffice with links to cells. Run by its Python (inside.py)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from com.sun.star.beans import PropertyValue

from hqs_xl.formulas.links import link_to
from hqs_xl.hosts.calc.document import CalcBook
from hqs_xl.roster.tables import Found
from tests.calc.inside import service
from tests.calc.sheets import document, save

FOUND = Found("findings", "Findings", 1, {0: "severity", 1: "go_to"}, {"severity": "Severity", "go_to": "Go to"})
_TARGET = re.compile(r'=HYPERLINK\("((?:[^"]|"")+)"')


def written(desktop: Any, sheets: Sequence[str], cell: str, files: Sequence[str]) -> dict[str, Any]:
    """Links to a cell of each sheet, and a finding without one, written, undone, done again, and saved as files."""
    with document(desktop) as opened:
        opened.Sheets[0].Name = "Findings"
        for sheet in sheets:
            opened.Sheets.insertNewByName(sheet, opened.Sheets.Count)
        _note(opened, "B3")
        opened.UndoManager.clear()
        book = _rewritten(opened, sheets, cell)
        book.flush()
        done: dict[str, Any] = {"shown": _links(opened, len(sheets) + 1), "note": _noted(opened)}
        opened.UndoManager.undo()
        done["undone"] = _links(opened, len(sheets) + 1)
        opened.UndoManager.redo()
        done["redone"] = _links(opened, len(sheets) + 1)
        done["again"] = _rewritten(opened, sheets, cell).changed
        for file in files:
            save(opened, file)
        fewer = _rewritten(opened, sheets[:1], cell)
        fewer.flush()
        done["fewer"] = _links(opened, len(sheets) + 1)
        return done


def followed(desktop: Any, file: str, sheets: Sequence[str], cell: str) -> dict[str, Any]:
    """Where the links of a file lead that is opened in a window, and whether they would be written anew."""
    with document(desktop, file, visible=True) as opened:
        formulas = [formula for formula, _ in _links(opened, len(sheets) + 1)]
        found = {sheet: _follow(opened, formula) for sheet, formula in zip(sheets, formulas, strict=False)}
        return {"found": found, "shown": _links(opened, len(sheets) + 1), "again": _again(opened, sheets, cell)}


def _again(opened: Any, sheets: Sequence[str], cell: str) -> bool:
    return _rewritten(opened, sheets, cell).changed


def _rewritten(opened: Any, sheets: Sequence[str], cell: str) -> CalcBook:
    book = CalcBook(opened, "HQS: test")
    put = book.replace_rows(FOUND)
    rows: list[Mapping[str, Any]] = [{"severity": "Due", "go_to": link_to(sheet, cell)} for sheet in sheets]
    for row in [*rows, {"severity": "Due", "go_to": None}]:
        put(row)
    return book


def _links(opened: Any, count: int) -> list[list[str]]:
    """What the cells hold, and what they show."""
    sheet = opened.Sheets["Findings"]
    cells = [sheet.getCellByPosition(1, row) for row in range(1, count + 1)]
    return [[cell.Formula, cell.String] for cell in cells]


def _follow(opened: Any, formula: str) -> str:
    """Where the user stands after a click on a link, as LibreOffice takes one."""
    controller, sheet = opened.CurrentController, opened.Sheets["Findings"]
    controller.setActiveSheet(sheet)
    controller.select(sheet.getCellRangeByName("H8"))
    target = _TARGET.match(formula)
    url = PropertyValue()
    url.Name, url.Value = "URL", target[1].replace('""', '"') if target else ""
    helper = service("com.sun.star.frame.DispatchHelper")
    helper.executeDispatch(controller.Frame, ".uno:Open", "", 0, (url,))
    at = opened.CurrentSelection.RangeAddress
    return f"{opened.Sheets[at.Sheet].Name}!{opened.CurrentSelection.AbsoluteName.rpartition('.')[2].replace('$', '')}"


def _note(opened: Any, address: str) -> None:
    sheet = opened.Sheets["Findings"]
    sheet.Annotations.insertNew(sheet.getCellRangeByName(address).CellAddress, "a note")


def _noted(opened: Any) -> str:
    return str(opened.Sheets["Findings"].getCellRangeByName("B3").Annotation.String)
