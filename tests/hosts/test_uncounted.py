"""Formulas that nobody counted, as scripts leave them: each is a cell to mend, in every table and kind of file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from xlsxwriter import Workbook as Workbook2

from hqs_xl.compliance.check import Report, check_roster, read_roster
from hqs_xl.hosts.closed import open_book
from hqs_xl.roster.columns import TABLES
from hqs_xl.roster.settings import Settings
from hqs_xl.texts import say
from tests.hosts.ods_files import book, cell, day, row, table, text
from tests.roster.people import FILED, SPECIALIST

AS_OF = date(2026, 3, 16)
FORMULA = "=DATE(2026,3,20)"
SETTINGS = {"edition": "card", "language": "en"}
EMPTY = '=""'
Sheets = dict[str, list[list[Any]]]


def sheets(**changes: dict[str, Any]) -> Sheets:
    """A roster in order with all tables beside it; ``changes``: cells of a table by column, in its last row."""
    rows: dict[str, list[dict[str, Any]]] = {
        "roster": [dict(SPECIALIST)],
        "salary": [{"person_id": "P1", "quarter": quarter, "filed_on": day} for quarter, day in FILED.items()],
        "documents": [{"person_id": "P1", "document": "Policy", "number": "1", "valid_until": date(2027, 1, 1)}],
        "settings": [{"setting": say(f"setting.{key}"), "value": value} for key, value in SETTINGS.items()],
        "own_days": [{"date": date(2026, 6, 1), "working": "no"}],
        "employer": [{"employer_field": say("employer.name"), "value": "Utopia Works"}],
    }
    found: Sheets = {}
    for kind, lines in rows.items():
        lines[-1] |= changes.get(kind, {})
        keys = list({key: None for line in lines for key in line})
        heads = [next(column.header() for column in TABLES[kind] if column.key == key) for key in keys]
        found[kind] = [heads, *([line.get(key) for key in keys] for line in lines)]
    return found


def by_openpyxl(path: Path, found: Sheets) -> None:
    workbook = Workbook()
    for name, lines in found.items():
        sheet = workbook.create_sheet(name)
        for line in lines:
            sheet.append(line)
    workbook.save(path)


def by_xlsxwriter(path: Path, found: Sheets) -> None:
    workbook = Workbook2(path, {"default_date_format": "yyyy-mm-dd"})
    for name, lines in found.items():
        sheet = workbook.add_worksheet(name)
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    workbook.close()


def as_ods(path: Path, found: Sheets) -> None:
    tables = [table("".join(row(*map(_ods_cell, line)) for line in lines), name) for name, lines in found.items()]
    book("".join(tables))(path)


def _ods_cell(value: Any) -> str:
    if isinstance(value, str) and value.startswith("="):
        return cell("<text:p/>" if value == EMPTY else "", table_formula=f"of:{value.replace(',', ';')}")
    if isinstance(value, date):
        return day(value.isoformat())
    return cell() if value is None else text(str(value))


def report(path: Path) -> Report:
    with open_book(path) as opened:
        return check_roster(read_roster(opened), Settings(AS_OF, bands=(30,)))


MAKERS = pytest.mark.parametrize(
    ("make", "name"),
    [(by_openpyxl, "o.xlsx"), (by_xlsxwriter, "x.xlsx"), (as_ods, "l.ods")],
    ids=["openpyxl", "XlsxWriter", "ods"],
)
Make = Callable[[Path, Sheets], None]


@MAKERS
@pytest.mark.parametrize(
    ("kind", "column"),
    [
        ("roster", "terminated_on"),
        ("roster", "policy_ends"),
        ("roster", "host"),
        ("roster", "visa_required"),
        ("roster", "full_name"),
        ("salary", "filed_on"),
        ("salary", "quarter"),
        ("salary", "person_id"),
        ("salary", "salary_paid"),
        ("documents", "valid_from"),
        ("documents", "replaced_by"),
        ("settings", "value"),
        ("settings", "setting"),
        ("own_days", "date"),
        ("own_days", "working"),
        ("employer", "value"),
        ("employer", "employer_field"),
    ],
)
def test_is_one_finding(make: Make, name: str, kind: str, column: str, tmp_path: Path) -> None:
    found = sheets(**{kind: {column: FORMULA}})
    make(tmp_path / name, found)
    uncounted = [one for one in report(tmp_path / name).findings if one.code == "data.uncounted"]
    assert [(one.table, one.row, one.column) for one in uncounted] == [(kind, len(found[kind]), column)]
    assert "not stored" in uncounted[0].message


@MAKERS
def test_none_where_nothing_is_a_formula(make: Make, name: str, tmp_path: Path) -> None:
    make(tmp_path / name, sheets())
    assert report(tmp_path / name).findings == []


def test_a_formula_that_comes_to_nothing_is_a_blank(tmp_path: Path) -> None:
    """As LibreOffice stores it. XlsxWriter and openpyxl store the same whatever a formula comes to."""
    as_ods(tmp_path / "l.ods", sheets(roster={"terminated_on": EMPTY}))
    assert report(tmp_path / "l.ods").findings == []
