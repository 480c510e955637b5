"""Small rosters as workbooks open in the test engine."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import xlwings as xw

from hqs_xl.roster.columns import TABLES, facts
from hqs_xl.texts import say
from tests.engine import add_table, app_of, grid, made
from tests.roster.people import FAMILY, FILED, SPECIALIST

AS_OF = date(2026, 3, 16)
NOW = datetime(2026, 3, 16, 7, 30)
LATER = datetime(2026, 3, 16, 9, 0)
KEYS = [column.key for column in TABLES["roster"]]
FACTS = len(facts("roster"))


def day(value: Any) -> Any:
    """As openpyxl holds a day."""
    return datetime(value.year, value.month, value.day) if type(value) is date else value


def person(**changes: Any) -> list[Any]:
    found = SPECIALIST | changes
    return [day(found.get(key)) for key in KEYS]


def family(**changes: Any) -> list[Any]:
    found = FAMILY | changes
    return [day(found.get(key)) for key in KEYS]


def heads(kind: str, lang: str = "en") -> list[str]:
    return [column.header(lang) for column in TABLES[kind]]


def notices(person_id: str = "P1") -> list[list[Any]]:
    return [[person_id, quarter, None, day(filed), None, None] for quarter, filed in FILED.items()]


def roster(*people: list[Any], lang: str = "en", **sheets: Any) -> xw.Book:
    """A small workbook with a findings table; sheets R (roster), S (salary notices), F and others."""
    people = people or (person(),)
    tables = {
        "R": [heads("roster", lang), *people],
        "S": [heads("salary", lang), *notices(), *notices("P2")],
        "F": [heads("findings", lang)],
        "Settings": [heads("settings", lang), [say("setting.language", lang), lang]],
    }
    book = made(**(tables | sheets))
    add_table(book, "F", "Findings", f"A1:{chr(64 + len(TABLES['findings']))}2")
    return book


def cell(book: xw.Book, row: int, key: str, sheet: str = "R", kind: str = "roster") -> Any:
    return grid(book, sheet)[row - 1][[column.key for column in TABLES[kind]].index(key)]


def settings_of(book: xw.Book) -> tuple[Any, ...]:
    app = app_of(book)
    return app.calculation, app.screen_updating, app.status_bar
