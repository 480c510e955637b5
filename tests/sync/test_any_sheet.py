"""A property: a sheet of any words beside a roster stays byte for byte, unless it is marked or holds our rows only."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from hqs_xl.refresh.one import Job, Options, State, refresh_file
from hqs_xl.roster.columns import TABLES
from hqs_xl.texts import LANGUAGES, table
from tests.roster.people import FILED, SPECIALIST
from tests.sync.test_own_cells import NOW

# The words of all our headers, and of tables that others have.
OURS = sorted({column.header(lang) for columns in TABLES.values() for column in columns for lang in LANGUAGES})
OTHERS = ["Rating", "Order", "Product", "Owner", "Given on", "Room", "Оценка", "Кому выдано", "Comment", "№", "2026"]
# What cells of ours hold too.
WORDS = sorted(
    {text for lang in LANGUAGES for key, text in table(lang).items() if key.startswith(("status.", "action."))}
)
CODES = ["notice.salary.due", "data.required", "card", "law", "As of", "Edition", "People", "Violation", "Data", "HQS"]
MINE = "Anna's own"

headers = st.lists(
    st.sampled_from(OURS) | st.sampled_from(OURS) | st.sampled_from(OTHERS), min_size=1, max_size=9, unique=True
)
values = st.one_of(
    st.none(),
    st.sampled_from(WORDS),
    st.sampled_from(CODES),
    st.sampled_from(["X1", "X2", "2026Q1", "yes", "no", "visa", "Family", ""]),
    st.integers(-3, 50_000),
    st.dates(date(2024, 1, 1), date(2027, 1, 1)),
    st.text("abc йфя.;=-1 ", max_size=12),
)


@st.composite
def kinds(draw: st.DrawFn) -> list[str]:
    """The headers of a table of ours, whole or in part, in any order, with others between."""
    columns = TABLES[draw(st.sampled_from(sorted(set(TABLES) - {"roster"})))]
    lang = draw(st.sampled_from(LANGUAGES))
    needed = [column.header(lang) for column in columns if column.required]
    more = draw(st.lists(st.sampled_from([column.header(lang) for column in columns]), unique=True))
    others = draw(st.lists(st.sampled_from(OTHERS), max_size=3, unique=True))
    return draw(st.permutations(list(dict.fromkeys([*needed, *more, *others]))))


@st.composite
def sheets(draw: st.DrawFn) -> list[list[Any]]:
    """One table or two, below blank lines or not; some cell of each row is somebody's own word."""
    rows: list[list[Any]] = []
    for _ in range(draw(st.integers(1, 2))):
        rows += [[] for _ in range(draw(st.integers(0, 2)))]
        heads = draw(kinds() | headers)
        rows.append(heads)
        for _ in range(draw(st.integers(0, 4))):
            row = draw(st.lists(values, min_size=len(heads), max_size=len(heads)))
            row[draw(st.integers(0, len(heads) - 1))] = MINE
            rows.append(row)
    return rows


def written(file: Path, other: list[list[Any]]) -> None:
    book = Workbook()
    roster = book.worksheets[0]
    roster.append([*SPECIALIST, "Status", "Check"])
    roster.append([*SPECIALIST.values(), None, None])
    salary = book.create_sheet("Notices")
    for row in [["Person ID", "Quarter", "Filed on"], *(["P1", quarter, day] for quarter, day in FILED.items())]:
        salary.append(row)
    sheet = book.create_sheet("Other")
    for number, row in enumerate(other, 1):
        for place, value in enumerate(row, 1):
            cell = sheet.cell(number, place)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    book.save(file)


def parts(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as package:
        return {name: package.read(name) for name in package.namelist()}


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(other=sheets(), adding=st.booleans())
def test_a_sheet_of_any_words_stays_byte_for_byte(other: list[list[Any]], adding: bool) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "roster.xlsx"
        written(file, other)
        before = parts(file)
        done = refresh_file(Job(file, Options(NOW, backups=0, add_columns=adding, findings_sheet=adding)))
        after = parts(file)
    event(str(done.state))
    assert done.code not in {"unexpected", "crashed"}, done.message
    assert after["xl/worksheets/sheet3.xml"] == before["xl/worksheets/sheet3.xml"]
    assert after["xl/worksheets/sheet2.xml"] == before["xl/worksheets/sheet2.xml"] or adding
    if done.state is State.REFUSED:
        assert after == before
    else:
        assert after["xl/worksheets/sheet1.xml"] != before["xl/worksheets/sheet1.xml"]
