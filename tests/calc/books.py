"""What the tests do inside LibreOffice with a document as a roster's book. Run by its Python (inside.py)."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from hqs_xl.compliance.check import read_roster
from hqs_xl.errors import HqsError, UnusableFile
from hqs_xl.hosts.calc.document import CalcBook, CalcPage
from hqs_xl.roster.columns import TABLES
from hqs_xl.roster.tables import Found
from hqs_xl.sync.book import refresh_book
from tests.calc.sheets import document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

NOW = datetime(2026, 3, 16, 7, 30)


def _fill(sheet: Any, cells: Mapping[str, Any]) -> None:
    """Type into cells by address; {...} is an array formula over a range, and None stands for a comment."""
    for address, value in cells.items():
        area = sheet.getCellRangeByName(address)
        if value is None:
            sheet.Annotations.insertNew(area.getCellByPosition(0, 0).CellAddress, "a note")
        elif isinstance(value, str) and value.startswith("{"):
            area.setArrayFormula(value[1:-1])
        elif isinstance(value, str) and value.startswith("="):
            area.setFormula(value)
        elif isinstance(value, str):
            area.setString(value)
        else:
            area.setValue(value)


@contextmanager
def _made(desktop: Any, *, visible: bool = False, **sheets: Any) -> Iterator[Any]:
    """A document of sheets of cells, with nothing to undo."""
    with document(desktop, visible=visible) as opened:
        opened.Sheets[0].Name = "first"
        for name, cells in sheets.items():
            opened.Sheets.insertNewByName(name, opened.Sheets.Count)
            _fill(opened.Sheets[name], cells)
        opened.Sheets.removeByName("first")
        opened.UndoManager.clear()
        opened.setModified(False)
        yield opened


def _day_zero(opened: Any, day: Sequence[int]) -> None:
    zero = opened.NullDate
    zero.Year, zero.Month, zero.Day = day
    opened.NullDate = zero


def _table(opened: Any, name: str, sheet: str, address: str, *, totals: bool = False) -> None:
    area = opened.Sheets[sheet].getCellRangeByName(address).RangeAddress
    opened.DatabaseRanges.addNewByName(name, area)
    opened.DatabaseRanges[name].TotalsRow = totals


def _format(opened: Any, sheet: str, address: str, form: str) -> None:
    formats = opened.NumberFormats
    key = formats.queryKey(form, opened.CharLocale, False)  # noqa: FBT003
    cells = opened.Sheets[sheet].getCellRangeByName(address)
    cells.NumberFormat = key if key >= 0 else formats.addNew(form, opened.CharLocale)


def _shown(opened: Any, sheet: str, address: str) -> list[list[str]]:
    """What cells show."""
    cells = opened.Sheets[sheet].getCellRangeByName(address)
    area = cells.RangeAddress
    rows, columns = area.EndRow - area.StartRow + 1, area.EndColumn - area.StartColumn + 1
    return [[cells.getCellByPosition(place, row).String for place in range(columns)] for row in range(rows)]


def read(
    desktop: Any, cells: Mapping[str, Any], formats: Mapping[str, str] | None = None, day_zero: Any = None
) -> dict[str, Any]:
    """The rows of a sheet as a book gives them, each value with the name of its type."""
    with _made(desktop, S=cells) as opened:
        for address, form in (formats or {}).items():
            _format(opened, "S", address, form)
        if day_zero:
            _day_zero(opened, day_zero)
        try:
            book = CalcBook(opened)
        except UnusableFile as error:
            return {"refused": error.message()}
        rows = {
            number: {place: [type(value).__name__, str(value)] for place, value in found.items()}
            for number, found in book.rows("S")
        }
        return {"rows": rows, "date1904": book.date1904}


def edit(  # noqa: PLR0917 - UNO's side of a table of examples
    desktop: Any,
    cells: Mapping[str, Any],
    answers: Mapping[str, Sequence[Any]],
    look: str = "A1:E6",
    formats: Mapping[str, str] | None = None,
    locked: str = "",
) -> dict[str, Any]:
    """Answer rows of a sheet (number to answers from column B on; ["day", y, m, d] is a day), and undo it."""
    with _made(desktop, S=cells) as opened:
        for address, form in (formats or {}).items():
            _format(opened, "S", address, form)
        if locked == "sheet":
            opened.Sheets["S"].protect("")
        opened.UndoManager.clear()
        opened.setModified(False)
        before = _shown(opened, "S", look)
        done = _edited(opened, {int(row): _days(values) for row, values in answers.items()})
        done |= {"modified": opened.isModified(), "steps": list(opened.UndoManager.getAllUndoActionTitles())}
        done |= {"shown": _shown(opened, "S", look), "notes": opened.Sheets["S"].Annotations.Count}
        done["types"] = [line.getCellByPosition(1, 0).Type.value for line in _lines(opened, look)]
        if done["steps"]:
            opened.UndoManager.undo()
        done["undone"] = _shown(opened, "S", look) == before
        if done["steps"]:
            opened.UndoManager.redo()
        done["redone"] = _shown(opened, "S", look) == done["shown"]
        return done


def _lines(opened: Any, look: str) -> list[Any]:
    area = opened.Sheets["S"].getCellRangeByName(look).RangeAddress
    return [
        opened.Sheets["S"].getCellRangeByPosition(area.StartColumn, row, area.EndColumn, row)
        for row in range(area.StartRow, area.EndRow + 1)
    ]


def _days(values: Sequence[Any]) -> dict[int, Any]:
    return {place: _day(value) for place, value in enumerate(values, 1)}


def _day(value: Any) -> Any:
    return datetime(*value[1:]).date() if isinstance(value, list) else value


def _edited(opened: Any, answers: Mapping[int, Mapping[int, Any]]) -> dict[str, Any]:
    book = CalcBook(opened, "HQS: test")
    try:
        book.edit_rows("S", lambda number, _: answers.get(number, {}))
        book.flush()
    except UnusableFile as error:
        return {"refused": error.message()}
    again = CalcBook(opened)
    again.edit_rows("S", lambda number, _: answers.get(number, {}))
    return {"changed": book.changed, "again": again.changed}


def rewrite(desktop: Any, before: int, after: int, table_rows: int | None, below: str = "") -> dict[str, Any]:
    """So many findings in a table of so many rows (None: no database range) become so many others; and undone."""
    columns, last = TABLES["findings"], chr(64 + len(TABLES["findings"]))
    heads = {f"{chr(65 + place)}1": column.header() for place, column in enumerate(columns)}
    old = {f"A{row}": f"old {row}" for row in range(2, before + 2)}
    with _made(desktop, F=heads | old | ({below: "mine"} if below else {})) as opened:
        if table_rows is not None:
            _table(opened, "Findings", "F", f"A1:{last}{table_rows + 1}")
        opened.UndoManager.clear()
        shown, area = _shown(opened, "F", "A1:C9"), _end(opened)
        book = CalcBook(opened)
        put = book.replace_rows(Found("findings", "F", 1, {n: column.key for n, column in enumerate(columns)}, {}))
        try:
            for number in range(1, after + 1):
                put({"severity": f"new {number}", "person_id": "001", "due": datetime(2026, 3, 16).date()})
            book.flush()
        except UnusableFile as error:
            return {"refused": error.message(), "same": _shown(opened, "F", "A1:C9") == shown}
        done: dict[str, Any] = {"first": [line[0] for line in _shown(opened, "F", "A2:A9")], "end": _end(opened)}
        due = chr(65 + [column.key for column in columns].index("due"))
        done["due"] = _shown(opened, "F", f"{due}2:{due}2")[0][0]
        if opened.UndoManager.isUndoPossible():
            opened.UndoManager.undo()
        done["undone"] = _shown(opened, "F", "A1:C9") == shown and _end(opened) == area
        return done


def _end(opened: Any) -> int | None:
    """The last row of the findings' database range, from 1."""
    ranges = opened.DatabaseRanges
    return int(ranges["Findings"].DataArea.EndRow) + 1 if ranges.hasByName("Findings") else None


def new_table(desktop: Any, *, fails: bool = False, locked: bool = False) -> dict[str, Any]:
    """A document with a sheet of its own and one called Findings gets a table of findings, and it is undone."""
    with _made(desktop, visible=True, A={"A1": "x"}, Findings={"A1": "mine"}) as opened:
        _table(opened, "FINDINGS", "A", "A1:B2")
        opened.CurrentController.setActiveSheet(opened.Sheets["A"])
        if locked:
            opened.protect("")
        opened.UndoManager.clear()
        opened.setModified(False)
        book = CalcBook(opened, "HQS: test")
        put = book.add_table("findings", "en")
        put({"severity": "Due", "person_id": "007", "due": datetime(2026, 3, 16).date(), "message": "=1+1"})
        done: dict[str, Any] = {}
        with _failing(fails):
            try:
                book.flush()
            except UnusableFile as error:
                done["refused"] = error.message()
            except ZeroDivisionError:
                done["failed"] = True
        done |= {"sheets": list(opened.Sheets.ElementNames), "front": opened.CurrentController.ActiveSheet.Name}
        done |= {"modified": opened.isModified(), "counts": opened.isAutomaticCalculationEnabled()}
        done["tables"] = sorted(opened.DatabaseRanges.ElementNames)
        if len(opened.Sheets.ElementNames) > 2:
            done["shown"] = _shown(opened, "Findings2", f"A1:{chr(64 + len(TABLES['findings']))}2")
        if opened.UndoManager.isUndoPossible():
            opened.UndoManager.undo()
        done["undone"] = [list(opened.Sheets.ElementNames), sorted(opened.DatabaseRanges.ElementNames)]
        return done


@contextmanager
def _failing(fails: bool) -> Iterator[None]:
    """The last thing that is done to a new sheet fails."""
    real = CalcPage.add_table

    def broken(*_: Any) -> None:
        raise ZeroDivisionError

    if fails:
        CalcPage.add_table = broken  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        CalcPage.add_table = real  # type: ignore[method-assign]


def checked(desktop: Any, file: str, **given: Any) -> dict[str, Any]:
    """A file's roster checked as an open document: what every sheet then shows as plain values, and the summary."""
    with document(desktop, file, visible=True) as opened:
        book = CalcBook(opened)
        try:
            summary = refresh_book(book, now=NOW, findings_sheet=True, **given)
            book.flush()
        except HqsError as error:
            return {"refused": error.message(), "modified": opened.isModified(), "sheets": grids(opened)}
        again = CalcBook(opened)
        refresh_book(again, now=datetime(2026, 3, 16, 9), findings_sheet=True, **given)
        findings = {str(severity): count for severity, count in summary.findings.items()}
        return {
            "people": summary.people,
            "edition": str(summary.settings.edition),
            "findings": findings,
            "again": again.changed,
            "steps": list(opened.UndoManager.getAllUndoActionTitles()),
            "sheets": grids(opened),
        }


def grids(opened: Any) -> dict[str, dict[int, dict[int, Any]]]:
    """What every sheet holds."""
    book = CalcBook(opened)
    return {sheet: {number: dict(cells) for number, cells in book.rows(sheet)} for sheet in book.sheets}


def facts(desktop: Any, formulas: Sequence[str]) -> list[list[str]]:
    """What is wrong with people whose agreements were signed on days by formulas, beside a sheet that moves."""
    people = {
        f"{letter}{row}": value
        for row, line in enumerate(
            [["Person ID", "Relation", "Agreement signed"], *(["P", "HQS", one] for one in formulas)], 1
        )
        for letter, value in zip("ABC", line, strict=True)
    }
    other = {"A1": "=TODAY()", "B1": 46_000, "A2": "=$B$1", "A3": "=A1+1", "D1": 46_000}
    with _made(desktop, R=people, O=other) as opened:
        origin = opened.Sheets["O"].getCellByPosition(0, 0).CellAddress
        opened.NamedRanges.addNewByName("ADay", "$O.$A$1", origin, 0)
        opened.NamedRanges.addNewByName("InAWeek", "TODAY()+7", origin, 0)
        found = read_roster(CalcBook(opened)).people
        return [[one.error.key for one in problems if one.column == "agreement_signed"] for _, problems in found]
