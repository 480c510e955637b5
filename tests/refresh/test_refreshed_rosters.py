"""Any roster, refreshed and read back by others, answers what ``hqs-xl check`` says of the original."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from hqs_xl.compliance.check import Report, check_roster, read_roster
from hqs_xl.demo.people import people
from hqs_xl.hosts.closed import ClosedBook
from hqs_xl.refresh.one import Job, Options, State, refresh_file
from hqs_xl.roster.columns import TABLES, answers
from tests.programs import converted, needs_libreoffice

AS_OF = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 7, 30)
ODD = ("", "soon", "31.12.2026", 0, -1, 45000.5, True, "=1+1", "#N/A", "ВКС", "no")
SEEDS = range(12)


def roster(seed: int, lang: str) -> list[dict[str, Any]]:
    """Some people, with facts moved, emptied and spoilt at random."""
    chance = random.Random(seed)  # noqa: S311 - any roster, the same each time
    found = []
    for person in people(AS_OF, chance.randint(1, 8) + seed % 50, lang):
        facts = dict(person.facts)
        for key in list(facts):
            luck = chance.random()
            if luck < 0.03:
                facts[key] = chance.choice(ODD)
            elif luck < 0.08:
                facts[key] = None
            elif luck < 0.25 and isinstance(facts[key], date):
                facts[key] += timedelta(days=chance.randint(-400, 400))
        found.append(facts)
    return found[-8:]


def notices(lang: str) -> list[list[Any]]:
    """The salary notices of all of them, filed in time: else these would be due before all else."""
    filed = [(person.facts["person_id"], person.filed) for person in people(AS_OF, 60, lang)]
    header = [column.header(lang) for column in TABLES["salary"]]
    return [
        header,
        *([who, str(quarter), None, day, None, None] for who, days in filed for quarter, day in days.items()),
    ]


def layout(seed: int) -> list[str]:
    """The columns in any order, some of them missing, some of the answers there already, others' between."""
    chance = random.Random(-seed)  # noqa: S311 - as above
    keys = [column.key for column in TABLES["roster"] if column.required or chance.random() < 0.8]
    chance.shuffle(keys)
    for _ in range(chance.randint(0, 3)):
        keys.insert(chance.randint(0, len(keys)), f"mine {len(keys)}")
    return keys


def grid(seed: int, lang: str) -> list[list[Any]]:
    columns = {column.key: column.header(lang) for column in TABLES["roster"]}
    keys = layout(seed)
    lines = [[facts.get(key, "x" if key not in columns else None) for key in keys] for facts in roster(seed, lang)]
    return [[columns.get(key, key) for key in keys], *lines]


def written(lines: Sequence[Sequence[Any]], salary: Sequence[Sequence[Any]], file: Path, maker: str) -> Path:
    (by_openpyxl if maker == "openpyxl" else by_xlsxwriter)(lines, salary, file)
    return file


def by_openpyxl(lines: Sequence[Sequence[Any]], salary: Sequence[Sequence[Any]], file: Path) -> None:
    """A plain range, below empty rows."""
    book: Any = Workbook()
    for row, line in enumerate(lines, 3):
        for place, value in enumerate(line, 2):
            cell = book.active.cell(row, place, value)
            if isinstance(value, str) and value.startswith("="):
                cell.data_type = "s"
    other = book.create_sheet("S")
    for line in salary:
        other.append(list(line))
    book.save(file)


def by_xlsxwriter(lines: Sequence[Sequence[Any]], salary: Sequence[Sequence[Any]], file: Path) -> None:
    """An Excel table."""
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False, "default_date_format": "dd.mm.yyyy"}) as book:
        sheet = book.add_worksheet("Людям")
        other = book.add_worksheet("S")
        for target, rows in ((sheet, lines), (other, salary)):
            for row, line in enumerate(rows):
                target.write_row(row, 0, line)
        sheet.add_table(0, 0, len(lines) - 1, len(lines[0]) - 1, {"columns": [{"header": text} for text in lines[0]]})


def checked(file: Path) -> Report:
    with ClosedBook(file) as book:
        found = read_roster(book)
    return check_roster(found, found.other.settings_for(AS_OF))


def refreshed(file: Path, out: Path) -> Path:
    done = refresh_file(Job(file, Options(NOW, as_of=AS_OF, add_columns=True, findings_sheet=True), out))
    assert done.state is State.CHANGED, done.message
    return out


def read_back(file: Path) -> tuple[dict[int, dict[str, Any]], list[tuple[Any, ...]]]:
    """The answers of each row by key, and the findings' rows, as openpyxl reads them."""
    book: Any = load_workbook(file, data_only=True)
    sheet = book.worksheets[0]
    keys = {column.header(lang): column.key for column in answers("roster") for lang in ("en", "ru")}
    header = next(row for row in sheet.iter_rows() if sum(cell.value in keys for cell in row) == len(answers("roster")))
    places = {keys[cell.value]: cell.column for cell in header if cell.value in keys}
    found = {
        row: {key: plain(sheet.cell(row, place).value) for key, place in places.items()}
        for row in range(header[0].row + 1, sheet.max_row + 1)
    }
    return found, [tuple(map(plain, row)) for row in book.worksheets[-1].iter_rows(min_row=2, values_only=True)]


def plain(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value


def compare(report: Report, file: Path) -> None:
    found, findings = read_back(file)
    wanted = {
        line.row: {column.key: getattr(line, column.key) for column in answers("roster")} for line in report.agenda
    }
    assert {row: known(line) for row, line in found.items() if known(line)} == {
        row: known(line) for row, line in wanted.items() if known(line)
    }
    keys = [column.key for column in TABLES["findings"]]
    shown = [(line[keys.index("code")], line[keys.index("row")], line[keys.index("message")]) for line in findings]
    # In which order they stand: tests/sync/test_urgent_first.py.
    assert Counter(shown) == Counter((one.code, one.row, one.message) for one in report.findings)


def known(line: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in line.items() if value not in (None, "")}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), lang=st.sampled_from(["en", "ru"]), maker=st.sampled_from(["openpyxl", "other"]))
def test_read_back_by_openpyxl(tmp_path: Path, seed: int, lang: str, maker: str) -> None:
    file = written(grid(seed, lang), notices(lang), tmp_path / f"{seed}{lang}{maker}.xlsx", maker)
    report = checked(file)
    out = tmp_path / f"{seed}{lang}{maker}-out.xlsx"
    out.unlink(missing_ok=True)
    compare(report, refreshed(file, out))


@needs_libreoffice
@pytest.mark.parametrize("maker", ["openpyxl", "other"])
def test_read_back_by_libreoffice(tmp_path: Path, maker: str) -> None:
    for seed in SEEDS[:: 2 if maker == "openpyxl" else 3]:
        file = written(grid(seed, "en"), notices("en"), tmp_path / f"{seed}.xlsx", maker)
        report = checked(file)
        out = refreshed(file, tmp_path / f"{seed}-out.xlsx")
        compare(report, converted(out, "xlsx", tmp_path / f"{seed}"))
