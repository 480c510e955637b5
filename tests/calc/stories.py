"""What the tests do inside LibreOffice with whole workbooks and the menu. Run by its Python (inside.py)."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import uno

from hqs_xl.buttons.menu import press_in
from hqs_xl.hosts.calc.document import CalcPage
from hqs_xl.hosts.calc.names import MENU
from tests.calc.books import grids
from tests.calc.inside import context, service
from tests.calc.sheets import document, save

_FORMULAS = 16
# Where the roster's first person stands, from 0: below the band of stages and the header.
FIRST_PERSON = 2


def press(button: str) -> str:
    """Press a button of the menu in the document in front, as the menu does but for its message box."""
    named = uno.createUnoStruct("com.sun.star.beans.NamedValue", "button", button)
    return str(service(MENU).execute((named,)))


def formulas(desktop: Any, file: str) -> dict[str, dict[str, Any]]:
    """What every formula of a workbook comes to, by sheet and "row,column" from 1; an error as its text."""
    found: dict[str, dict[str, Any]] = {}
    with document(desktop, file) as opened:
        for name in opened.Sheets.ElementNames:
            sheet = opened.Sheets[name]
            used = sheet.createCursor()
            used.gotoEndOfUsedArea(True)  # noqa: FBT003 - UNO takes arguments by position
            for area in used.queryContentCells(_FORMULAS).getRangeAddresses():
                cells = sheet.getCellRangeByPosition(area.StartColumn, area.StartRow, area.EndColumn, area.EndRow)
                for row, line in enumerate(cells.getDataArray()):
                    for place, value in enumerate(line):
                        shown = cells.getCellByPosition(place, row).String if value is None else value
                        key = f"{area.StartRow + row + 1},{area.StartColumn + place + 1}"
                        found.setdefault(name, {})[key] = shown
    return found


class _Colours(HTMLParser):
    """The colour of each cell, by sheet, as LibreOffice's own HTML has it: with the conditional formats applied."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, dict[str, str]] = {}
        self._sheet = ""
        self._row = self._place = 0
        self._names = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._names = tag == "em"
        if tag == "table":
            self._row = 0
        elif tag == "tr":
            self._row, self._place = self._row + 1, 0
        elif tag == "td":
            given = dict(attrs)
            if given.get("bgcolor"):
                self.found.setdefault(self._sheet, {})[f"{self._row},{self._place}"] = str(given["bgcolor"])
            self._place += int(given.get("colspan") or 1)

    def handle_data(self, data: str) -> None:
        if self._names and data.strip():
            self._sheet, self._names = data.strip(), False


def _colours(opened: Any, folder: str) -> dict[str, dict[str, str]]:
    page = Path(folder, "colours.html")
    save(opened, str(page))
    parser = _Colours()
    parser.feed(page.read_text("utf-8"))
    page.unlink()
    return parser.found


def colours(desktop: Any, file: str, folder: str) -> dict[str, Any]:
    """The colours of a workbook's cells as they are shown, and its plain values."""
    with document(desktop, file) as opened:
        return {"colours": _colours(opened, folder), "sheets": grids(opened)}


def story(desktop: Any, file: str, folder: str, cell: str, day: float) -> dict[str, Any]:
    """Open, change one day, recalculate, check, undo, do again, save as .xlsx and .ods, and open these."""
    told: dict[str, Any] = {}
    with document(desktop, file, visible=True) as opened:
        told["opened"] = [grids(opened), _colours(opened, folder), opened.isModified()]
        opened.Sheets["Roster"].getCellRangeByName(cell).setValue(day)
        told["recalculated"] = press("recalculate")
        told["changed"] = [grids(opened), _colours(opened, folder)]
        opened.UndoManager.clear()
        told["check"] = press("check")
        told["steps"] = list(opened.UndoManager.getAllUndoActionTitles())
        told["checked"] = [grids(opened), _colours(opened, folder)]
        told["counts"] = opened.isAutomaticCalculationEnabled()
        opened.UndoManager.undo()
        told["undone"] = [grids(opened), _colours(opened, folder)]
        opened.UndoManager.redo()
        told["redone"] = [grids(opened), _colours(opened, folder)]
        told["second"] = [press("check"), list(opened.UndoManager.getAllUndoActionTitles())]
        for kind in ("xlsx", "ods"):
            save(opened, f"{folder}/saved.{kind}")
    for kind in ("xlsx", "ods"):
        with document(desktop, f"{folder}/saved.{kind}", visible=True) as opened:
            told[kind] = [grids(opened), _colours(opened, folder), press("check"), press("check")]
    return told


def with_ids(desktop: Any, file: str, folder: str, ids: list[str]) -> dict[str, Any]:
    """Give the first people other ids, as text, and check: what is shown, what the plan finds, which are their own."""
    with document(desktop, file, visible=True) as opened:
        roster, plan = opened.Sheets["Roster"], opened.Sheets["Plan"]
        for row, one in enumerate(ids, FIRST_PERSON):
            roster.getCellByPosition(0, row).setString(one)
        told = {"check": press("check"), "sheets": grids(opened), "colours": _colours(opened, folder)}
        plan.unprotect("")
        named = []
        for one in ids:
            plan.getCellRangeByName("B3").setString(one)
            named.append(plan.getCellRangeByName("B4").String)
        # What a validation asks is counted where it would be asked.
        asked = roster.getCellByPosition(0, FIRST_PERSON).Validation.getFormula1()
        formula = roster.getCellByPosition(52, FIRST_PERSON)
        formula.setFormula(f"={asked}")
        # Two rows below the table and a gap, as somebody types there who does not let it grow.
        last = opened.DatabaseRanges.getByName("Roster").DataArea.EndRow
        roster.getCellByPosition(0, last + 3).setString("below")
        roster.getCellByPosition(0, last + 4).setString(ids[0])
        rows = [*range(FIRST_PERSON, FIRST_PERSON + len(ids)), last + 3, last + 4]
        for row in rows[1:]:
            area = roster.getCellRangeByPosition(52, FIRST_PERSON, 52, FIRST_PERSON).RangeAddress
            roster.copyRange(roster.getCellByPosition(52, row).CellAddress, area)
        own = [bool(roster.getCellByPosition(52, row).Value) for row in rows]
        return told | {"named": named, "own": own, "asked": asked}


def pressed(desktop: Any, file: str, buttons: list[str], select: list[Any] | None = None) -> dict[str, Any]:
    """Press buttons one after the other, a cell selected: what is told, and what became of the document."""
    with document(desktop, file, visible=True) as opened:
        controller = opened.CurrentController
        if select:
            controller.setActiveSheet(opened.Sheets[select[0]])
            controller.select(opened.Sheets[select[0]].getCellRangeByName(select[1]))
        before = grids(opened)
        return {
            "told": {button: press(button) for button in buttons},
            "front": controller.ActiveSheet.Name,
            "modified": opened.isModified(),
            "same": grids(opened) == before,
            "steps": list(opened.UndoManager.getAllUndoActionTitles()),
        }


def emptied(desktop: Any, file: str, mine: list[Any], copies: list[str]) -> dict[str, Any]:
    """The demo taken out, undone and taken out again; with somebody typed into a line of the roster before, if any.

    After it somebody is typed into the row that is left, and checked; the document is saved as files.
    """
    with document(desktop, file, visible=True) as opened:
        sheets = list(opened.Sheets.ElementNames)
        roster = opened.Sheets[sheets[opened.DatabaseRanges.getByName("Roster").DataArea.Sheet]]
        for line, facts in mine:
            for place, value in facts:
                _type(roster.getCellByPosition(place, line), value)
        before, steps = grids(opened), len(opened.UndoManager.getAllUndoActionTitles())
        done: dict[str, Any] = {"told": press("empty_demo")}
        done["sheets"], done["tables"], done["names"] = grids(opened), _tables(opened), _broken(opened)
        for _ in opened.UndoManager.getAllUndoActionTitles()[steps:]:
            opened.UndoManager.undo()
        done["undone"] = grids(opened) == before
        done["again"] = press("empty_demo") == done["told"]
        done["nobody"] = press("empty_demo")
        for copy in copies:
            save(opened, copy)
        row = opened.DatabaseRanges.getByName("Roster").DataArea.EndRow
        for place, value in ((0, "A-2"), (1, "Bea Oak"), (9, "HQS")):
            _type(roster.getCellByPosition(place, row), value)
        done["checked"] = press("check")
        return done


def _type(cell: Any, value: Any) -> None:
    if isinstance(value, str):
        cell.setString(value)
    else:
        cell.setValue(value)


def _tables(opened: Any) -> dict[str, list[int]]:
    """The first and last row of each table, from 1."""
    ranges = opened.DatabaseRanges
    areas = {name: ranges.getByName(name).DataArea for name in ranges.ElementNames}
    return {name: [area.StartRow + 1, area.EndRow + 1] for name, area in areas.items()}


def _broken(opened: Any) -> list[str]:
    """Names, validations and conditional formats that have lost their cells."""
    names = [opened.NamedRanges.getByIndex(number) for number in range(opened.NamedRanges.Count)]
    found = [name.Name for name in names if "#REF" in name.Content]
    for sheet in (opened.Sheets.getByIndex(number) for number in range(opened.Sheets.Count)):
        for one in sheet.ConditionalFormats.getConditionalFormats():
            entries = [one.getByIndex(number) for number in range(one.Count)]
            found += [sheet.Name for entry in entries if "#REF" in getattr(entry, "Formula1", "")]
    return found


def saved_as(desktop: Any, file: str, copies: list[str]) -> None:
    """A document opened and saved as others."""
    with document(desktop, file) as opened:
        for copy in copies:
            save(opened, copy)


def conditional_formats(desktop: Any, file: str) -> list[list[Any]]:
    """Each rule: its sheet, cells, formula and look."""
    with document(desktop, file) as opened:
        styles = opened.StyleFamilies.getByName("CellStyles")
        found = []
        for sheet in (opened.Sheets.getByIndex(number) for number in range(opened.Sheets.Count)):
            for one in sheet.ConditionalFormats.getConditionalFormats():
                for entry in (one.getByIndex(number) for number in range(one.Count)):
                    style = styles.getByName(entry.StyleName)
                    frame = style.LeftBorder
                    form = opened.NumberFormats.getByKey(style.NumberFormat).FormatString
                    look = [style.CellBackColor, style.CharColor, style.CharWeight, frame.Color, form]
                    found.append([sheet.Name, one.Range.RangeAddressesAsString, entry.Formula1, *look])
        return sorted(found, key=str)


def protected(desktop: Any, file: str, sheet: str) -> dict[str, Any]:
    """A check of a workbook with a protected sheet."""
    with document(desktop, file, visible=True) as opened:
        opened.Sheets[sheet].protect("")
        opened.setModified(False)
        before = grids(opened)
        return {"told": press("check"), "modified": opened.isModified(), "same": grids(opened) == before}


def no_spreadsheet(_desktop: Any) -> str:
    """A check where nothing is open."""
    return press("check")


def failing(desktop: Any, file: str, kind: str) -> dict[str, Any]:
    """A check in which LibreOffice itself fails when the second block is written; what is told, what is left of it."""
    errors = {"uno": uno.getClass("com.sun.star.uno.RuntimeException"), "python": RuntimeError}
    real, blocks = CalcPage.write, []

    def write(page: CalcPage, *given: Any) -> None:
        blocks.append(given)
        if len(blocks) > 1:
            raise errors[kind]("Amber Alderquill", *([None] if kind == "uno" else []))
        real(page, *given)

    with document(desktop, file, visible=True) as opened:
        before = grids(opened)
        CalcPage.write = write  # type: ignore[assignment, method-assign]
        try:
            told = press_in(context(), opened, "check")
        finally:
            CalcPage.write = real  # type: ignore[method-assign]
        return {
            "told": told.text,
            "blocks": len(blocks),
            "same": grids(opened) == before,
            "modified": opened.isModified(),
            "counts": opened.isAutomaticCalculationEnabled(),
            "locked": opened.hasControllersLocked(),
            "steps": list(opened.UndoManager.getAllUndoActionTitles()),
        }


def dispatched(desktop: Any, file: str, cell: str) -> list[Any]:
    """A cell whose formula is not counted by itself, before and after the menu's entry Recalculate."""
    with document(desktop, file, visible=True) as opened:
        opened.enableAutomaticCalculation(False)  # noqa: FBT003
        shown = opened.Sheets[0].getCellRangeByName(cell)
        opened.Sheets[0].getCellRangeByName("A1").setValue(2)
        before = shown.Value
        helper = service("com.sun.star.frame.DispatchHelper")
        helper.executeDispatch(opened.CurrentController.Frame, f"service:{MENU}?recalculate", "_self", 0, ())
        return [before, shown.Value]


def menu(_desktop: Any) -> dict[str, Any]:
    """The menu's and the toolbar's entries as LibreOffice has them, in its order: title and address."""
    provider = service("com.sun.star.configuration.ConfigurationProvider")
    told: dict[str, Any] = {}
    for name, path in {
        "menu": f"/org.openoffice.Office.Addons/AddonUI/OfficeMenuBar/{MENU}/Submenu",
        "toolbar": f"/org.openoffice.Office.Addons/AddonUI/OfficeToolBar/{MENU}",
    }.items():
        node = uno.createUnoStruct("com.sun.star.beans.NamedValue", "nodepath", path)
        found = provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationAccess", (node,))
        told[name] = [[found.getByName(one).Title, found.getByName(one).URL] for one in found.ElementNames]
    toolbar = f"private:resource/toolbar/addon_{MENU}"
    path = f"/org.openoffice.Office.UI.CalcWindowState/UIElements/States/['{toolbar}']"
    node = uno.createUnoStruct("com.sun.star.beans.NamedValue", "nodepath", path)
    state = provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationAccess", (node,))
    return told | {"name": state.UIName, "docked": state.Docked}


def unsaved(desktop: Any, button: str) -> str:
    """Press a button in a new document."""
    with document(desktop, visible=True):
        return press(button)
