"""Small rosters as .xlsx files, and the command line run over them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook

from hqs_xl.cli import main
from tests.roster.people import FILED, SPECIALIST


def write(path: Path, **sheets: list[list[Any]]) -> Path:
    """A workbook of these sheets, each a list of rows."""
    book = Workbook()
    del book[book.active.title if book.active else "Sheet"]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def roster_file(path: Path, **changes: object) -> Path:
    """One specialist in order but for the changes, with the salary notices that were filed."""
    facts = SPECIALIST | changes
    salary = [["Person ID", "Quarter", "Filed on"], *(["P1", quarter, day] for quarter, day in FILED.items())]
    return write(path, Roster=[list(facts), list(facts.values())], Salary=salary)


def run(*arguments: object) -> int:
    """Run a command; its exit status."""
    return main([str(argument) for argument in arguments])
