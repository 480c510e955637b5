"""The demo roster as an .xlsx file: people, salary notices and settings, each an Excel table."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from hqs_xl.demo.people import people
from hqs_xl.demo.person import no
from hqs_xl.roster.columns import FULL_SHEET, TABLES, Column
from hqs_xl.roster.tables.marks import TABLE_NAMES
from hqs_xl.texts import say
from hqs_xl.whole_file import in_temporary_folder, write_new

WHEN_MADE = "docProps/core.xml"


def write_demo(
    file: Path, as_of: date, count: int, lang: str = "en", progress: Callable[[float], None] | None = None
) -> Path:
    """Write the demo roster: sheets Roster, Salary notices and Settings, each an Excel table.

    Where it is: under the next free name where a file of that name holds anything else, for somebody may have typed
    in the last one.
    """
    with in_temporary_folder():
        content = _content(as_of, count, lang, progress)
    return _put(file, content)


def _content(as_of: date, count: int, lang: str, progress: Callable[[float], None] | None) -> io.BytesIO:
    book = Workbook(write_only=True)
    salary: list[list[Any]] = []

    def roster_rows() -> Iterator[list[Any]]:
        for done, person in enumerate(people(as_of, count, lang)):
            if len(salary) < FULL_SHEET:
                salary.extend(
                    [person.facts["person_id"], str(quarter), None, day] for quarter, day in person.filed.items()
                )
            yield [person.facts.get(column.key) for column in TABLES["roster"]]
            if progress:
                progress((done + 1) / count)

    _write_table(book.create_sheet(say("table.roster", lang)), "roster", roster_rows(), count, lang)
    del salary[FULL_SHEET:]
    _write_table(book.create_sheet(say("table.salary", lang)), "salary", iter(salary), len(salary), lang)
    # Wide enough that a salary notice, due every three months, is always in the widest band.
    settings = {"as_of": as_of, "edition": "card", "language": lang, "bands": "92, 30, 14, 7"}
    settings["count_presidential_days_off"] = no(lang)
    rows = [[say(f"setting.{key}", lang), value] for key, value in settings.items()]
    _write_table(book.create_sheet(say("table.settings", lang)), "settings", iter(rows), len(rows), lang)
    content = io.BytesIO()
    book.save(content)
    return content


def _put(file: Path, content: io.BytesIO) -> Path:
    """Put it under the first name that is free, or whose file holds the very same."""
    number, place = 1, file
    while True:
        try:
            write_new(place, content.getbuffer())
        except FileExistsError:
            if _parts(place) != _parts(content):
                number += 1
                place = file.with_stem(f"{file.stem}_{number}")
                continue
        return place


def _parts(book: Path | io.BytesIO) -> dict[str, tuple[int, int]] | None:
    """Length and checksum of a workbook's parts but the one that says when it was made; None of what is none."""
    try:
        with zipfile.ZipFile(book) as package:
            return {one.filename: (one.file_size, one.CRC) for one in package.infolist() if one.filename != WHEN_MADE}
    except (OSError, zipfile.BadZipFile):
        return None


def write_blank(file: Path, lang: str) -> None:
    """Write a roster of nobody: its sheet and table, under our headers."""
    with in_temporary_folder():
        book = Workbook(write_only=True)
        _write_table(book.create_sheet(say("table.roster", lang)), "roster", iter(()), 0, lang)
        book.save(file)


def _write_table(sheet: Any, kind: str, rows: Iterator[list[Any]], count: int, lang: str) -> None:
    columns = TABLES[kind]
    sheet.freeze_panes = "B2"
    for place, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width + 2
    sheet.append([_header(sheet, column, lang) for column in columns])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    table = Table(displayName=TABLE_NAMES[kind], ref=f"A1:{get_column_letter(len(columns))}{max(count, 1) + 1}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight9", showRowStripes=True)
    table.tableColumns = [TableColumn(id=i, name=column.header(lang)) for i, column in enumerate(columns, 1)]
    with catch_warnings():
        # openpyxl warns that a write-only table needs its columns named, which they are.
        simplefilter("ignore", UserWarning)
        sheet.add_table(table)


def _header(sheet: Any, column: Column, lang: str) -> Any:
    cell = WriteOnlyCell(sheet, column.header(lang))
    cell.font = Font(name="Calibri", size=11, bold=True)
    cell.fill = PatternFill("solid", start_color="EEEEEE" if column.answer else "DCE6F1")
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, date):
        return value
    cell = WriteOnlyCell(sheet, datetime.combine(value, time()))
    cell.number_format = "yyyy-mm-dd"
    return cell
