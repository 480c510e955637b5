"""Formulas of ours typed into real sheets, and what they come to. Run by LibreOffice's Python (inside.py).

Values are those of tests/cases/functions.csv: "@2026-01-12" a date cell, "@error" an error, "@missing" an argument left
out, None a blank cell, a list of rows a range.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import uno

from tests.calc.inside import service
from tests.calc.sheets import document, save


def answers(desktop: Any, calls: list[Any], literal: bool, first_day: str = "") -> list[Any]:
    """What calls come to, each [function, arguments, rows, columns] of its answer: rows of values.

    ``literal``: single values stand in the formula itself; else everything stands in cells. A value is a number, a text
    or ["error", its number]. ``first_day``: the day from which the document counts.
    """
    with document(desktop) as opened:
        if first_day:
            _count_from(opened, first_day)
        sheet, row, places = opened.Sheets[0], 0, []
        for function, arguments, rows, columns in calls:
            column, given = 10, []
            for value in arguments:
                given.append(_literal(value) if literal and not isinstance(value, list) else "")
                if not given[-1] and value != "@missing" and not (literal and value is None):
                    block = value if isinstance(value, list) else [[value]]
                    given[-1] = _placed(opened, sheet, row, column, block)
                    column += max(map(len, block))
            while given and not given[-1]:
                given.pop()
            area = sheet.getCellRangeByPosition(0, row, columns - 1, row + rows - 1)
            _type(area, f"={function}({';'.join(given)})")
            places.append(area)
            row += 1 + max([rows, *(len(value) for value in arguments if isinstance(value, list))])
        opened.calculateAll()
        return [_values(area) for area in places]


def _count_from(opened: Any, first_day: str) -> None:
    first = date.fromisoformat(first_day)
    opened.NullDate = uno.createUnoStruct("com.sun.star.util.Date", first.day, first.month, first.year)


def _type(area: Any, formula: str) -> None:
    if area.Rows.Count == area.Columns.Count == 1:
        area.getCellByPosition(0, 0).setFormula(formula)
    else:
        area.setArrayFormula(formula)


def _literal(value: Any) -> str:
    if value is None or value in {"@missing", "@error"}:
        return ""
    if isinstance(value, bool):
        return "TRUE()" if value else "FALSE()"
    if isinstance(value, str):
        day = date.fromisoformat(value[1:]) if value.startswith("@") else None
        return f"DATE({day.year};{day.month};{day.day})" if day else f'"{value}"'
    return str(value)


def _placed(opened: Any, sheet: Any, row: int, column: int, block: list[list[Any]]) -> str:
    """Cells with the values of a block, and their address."""
    for down, values in enumerate(block):
        for right, value in enumerate(values):
            _put(opened, sheet.getCellByPosition(column + right, row + down), value)
    area = sheet.getCellRangeByPosition(column, row, column + len(block[0]) - 1, row + len(block) - 1)
    return str(area.AbsoluteName).replace("$", "").rpartition(".")[2].removesuffix(":")


def _put(opened: Any, cell: Any, value: Any) -> None:
    if value == "@error":
        cell.setFormula("=NA()")
    elif isinstance(value, bool):
        cell.setFormula(f"={str(value).upper()}()")
    elif isinstance(value, str) and value.startswith("@"):
        first = opened.NullDate
        cell.setValue((date.fromisoformat(value[1:]) - date(first.Year, first.Month, first.Day)).days)
        cell.NumberFormat = _date_format(opened)
    elif isinstance(value, str):
        cell.setString(value)
    elif value is not None:
        cell.setValue(value)


def _date_format(opened: Any) -> int:
    language = uno.createUnoStruct("com.sun.star.lang.Locale", "en", "US", "")
    key = opened.NumberFormats.queryKey("YYYY-MM-DD", language, False)  # noqa: FBT003 - UNO takes arguments by position
    return int(key if key >= 0 else opened.NumberFormats.addNew("YYYY-MM-DD", language))


def _values(area: Any) -> list[list[Any]]:
    def value(column: int, row: int, data: Any) -> Any:
        error = area.getCellByPosition(column, row).getError()
        return ["error", error] if error else data

    return [[value(x, y, data) for x, data in enumerate(line)] for y, line in enumerate(area.getDataArray())]


def table_column(desktop: Any, function: str, names: list[str], rows: list[list[Any]]) -> list[Any]:
    """What a column of a table (a database range) comes to, its formula with the table's own columns as arguments."""
    with document(desktop) as opened:
        sheet = opened.Sheets[0]
        _placed(opened, sheet, 0, 0, [[*names, "answer"], *rows])
        area = sheet.getCellRangeByPosition(0, 0, len(names), len(rows))
        opened.DatabaseRanges.addNewByName("Facts", area.RangeAddress)
        opened.DatabaseRanges.getByName("Facts").ContainsHeader = True
        given = ";".join(f"Facts[[#This Row];[{name}]]" for name in names)
        for row in range(1, len(rows) + 1):
            sheet.getCellByPosition(len(names), row).setFormula(f"={function}({given})")
        opened.calculateAll()
        return [
            _values(sheet.getCellRangeByPosition(len(names), row, len(names), row))[0][0]
            for row in range(1, 1 + len(rows))
        ]


def counted_from(desktop: Any, formula: str, day: str, first_days: list[str]) -> list[str]:
    """What a formula over A1, which holds a day, shows as a date while the document's first day is changed."""
    shown = []
    with document(desktop) as opened:
        sheet = opened.Sheets[0]
        for first_day in first_days:
            _count_from(opened, first_day)
            _put(opened, sheet.getCellRangeByName("A1"), "@" + day)
            sheet.getCellRangeByName("B1").setFormula(formula)
            sheet.getCellRangeByName("B1").NumberFormat = _date_format(opened)
            opened.calculateAll()
            shown.append(sheet.getCellRangeByName("B1").getString())
    return shown


def copied(desktop: Any, file: str, cell: str, copies: list[str]) -> list[list[Any]]:
    """Formula and value of a cell of a file, and of each copy saved from it and opened again."""
    with document(desktop, file) as opened:
        found = [_seen(opened, cell)]
        for copy in copies:
            save(opened, copy)
    for copy in copies:
        with document(desktop, copy) as opened:
            found.append(_seen(opened, cell))
            again = str(Path(copy).with_name("again_" + Path(copy).name))
            save(opened, again)
    return found


def _seen(opened: Any, cell: str) -> list[Any]:
    there = opened.Sheets[0].getCellRangeByName(cell)
    return [
        there.getFormula(),
        there.getError() or (there.getString() if there.FormulaResultType2 == 2 else there.Value),
    ]


def formulas_shown(desktop: Any, formulas: list[str]) -> list[list[Any]]:
    """What formulas typed into a column come to: text, number, error."""
    with document(desktop) as opened:
        sheet = opened.Sheets[0]
        for row, formula in enumerate(formulas):
            sheet.getCellByPosition(0, row).setFormula(formula)
        opened.calculateAll()
        cells = [sheet.getCellByPosition(0, row) for row in range(len(formulas))]
        return [[cell.getString(), cell.Value, cell.getError()] for cell in cells]


def told_in(desktop: Any, formula: str, languages: list[str | None]) -> list[str]:
    """What a formula shows in a document whose cell named Language holds each of these; None: no cell has the name."""
    with document(desktop) as opened:
        sheet, shown = opened.Sheets[0], []
        sheet.getCellRangeByName("A1").setFormula(formula)
        for language in languages:
            if opened.NamedRanges.hasByName("Language"):
                opened.NamedRanges.removeByName("Language")
            if language is not None:
                sheet.getCellRangeByName("C3").setString(language)
                origin = sheet.getCellRangeByName("A1").getCellAddress()
                opened.NamedRanges.addNewByName("Language", "$C$3", origin, 0)
            opened.calculateAll()
            shown.append(sheet.getCellRangeByName("A1").getString())
        return shown


def wizard(_: Any) -> dict[str, Any]:
    """What Calc's function wizard knows of the functions of add-ins whose names begin like ours."""
    found = {}
    descriptions = service("com.sun.star.sheet.FunctionDescriptions")
    for index in range(descriptions.Count):
        one = {entry.Name: entry.Value for entry in descriptions.getByIndex(index)}
        if one["Name"].startswith("HQS_"):
            arguments = [[given.Name, given.Description] for given in one["Arguments"] or ()]
            found[one["Name"]] = [one["Description"], arguments]
    return found
