"""Records of many rows read column by column, or by pydantic: each is what its row read alone comes to."""

from __future__ import annotations

from dataclasses import astuple
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hqs_xl.models.by_pydantic import ADAPTERS
from hqs_xl.roster import records
from hqs_xl.roster.columns import TABLES, facts
from hqs_xl.roster.employer import FIELDS, Employer
from hqs_xl.roster.fields import cells
from hqs_xl.roster.records import FEW, Document, OwnDay, Person, Problem, SalaryNotice, read, read_all
from hqs_xl.roster.settings import READERS, Settings
from hqs_xl.roster.tables import Found, TableRows
from hqs_xl.roster.validated import validated

KINDS: dict[str, type[Any]] = {"roster": Person, "salary": SalaryNotice}
DAY = 46_000
CELLS: list[Any] = [
    *(DAY, float(DAY), DAY + 0.5, 0, 1, 1.0, True, False, -5, 10**9, float("inf")),
    *("2026-01-05", "05.01.2026", " HQS ", "семья", "yes", "нет", "2026Q1", "#N/A", "x", " ", ""),
    *(date(2026, 1, 5), datetime(2026, 1, 5, 12)),
]


def table_of(kind: str) -> Found:
    keys = [column.key for column in TABLES[kind]]
    return Found(kind, "Sheet", 1, dict(enumerate(keys)), {key: key for key in keys})


def told(found: list[tuple[Any, list[Problem]]]) -> list[Any]:
    """Records with the types of their facts, for True is 1 is 1.0, and what was wrong."""
    return [
        (astuple(record), [*map(type, astuple(record))], [(one.column, one.error.key) for one in problems])
        for record, problems in found
    ]


def one_by_one(rows: TableRows) -> list[Any]:
    return told([read(KINDS[rows.table.kind], *row) for row in rows.each()])


def rows_of(kind: str, cells: list[dict[int, Any]], *, date1904: bool = False) -> TableRows:
    return TableRows(table_of(kind), [(number, row) for number, row in enumerate(cells, 2)], date1904)


@given(st.data(), st.sampled_from(sorted(KINDS)), st.booleans())
def test_any_rows_read_by_column_are_those_read_one_by_one(data: st.DataObject, kind: str, date1904: bool) -> None:
    row = st.dictionaries(st.integers(0, len(TABLES[kind]) - 1), st.sampled_from(CELLS))
    rows = rows_of(kind, data.draw(st.lists(row, max_size=2 * FEW)), date1904=date1904)
    assert told(read_all(KINDS[kind], rows)) == one_by_one(rows)
    for column in TABLES[kind]:
        assert rows.column(column.key) == [found.get(column.key) for _, found in rows.each()]


EVERY: dict[str, type[Any]] = {"roster": Person, "salary": SalaryNotice, "documents": Document, "own_days": OwnDay}
ANY_CELL = st.sampled_from(CELLS) | st.text() | st.floats() | st.integers() | st.datetimes() | st.booleans() | st.none()


@given(st.data(), st.sampled_from(sorted(EVERY)))
def test_a_row_validated_by_pydantic_is_the_row_read_without_it(data: st.DataObject, kind: str) -> None:
    keys = st.sampled_from([*(column.key for column in TABLES[kind]), "no_such_column"])
    row = data.draw(st.dictionaries(keys, ANY_CELL))
    assert told([validated(EVERY[kind], 7, row)]) == told([read(EVERY[kind], 7, row)])


def test_each_field_is_read_as_the_kind_of_its_column() -> None:
    for kind, table in records.TABLES.items():
        for name, cell in cells(kind).items():
            assert {one.key: one.kind for one in facts(table)}[name] == cell.kind, name


def test_settings_and_employer_are_declared_for_pydantic_too() -> None:
    given = {"as_of": "31.12.2026", "edition": "закон", "lang": "русский", "bands": "30, 60", "authority": "X"}
    found = ADAPTERS[Settings].validate_python(given | {"count_presidential_days_off": "да"})
    assert found == Settings(date(2026, 12, 31), "law", "ru", (60, 30), count_presidential_days_off=True, authority="X")
    assert list(READERS) == ["as_of", "edition", "language", "bands", "count_presidential_days_off", "edition_file"]
    assert ADAPTERS[Employer].validate_python(dict.fromkeys(FIELDS, " a ")) == Employer(*"a" * len(FIELDS))


KEYS = [column.key for column in TABLES["roster"]]
ENTERED, RENTS, NAME = (KEYS.index(key) for key in ("entered_on", "owns_housing", "full_name"))


@pytest.mark.parametrize(
    ("place", "cells", "facts", "wrong"),
    [
        pytest.param(ENTERED, [DAY] * 8, [date(2025, 12, 9)] * 8, [], id="days"),
        pytest.param(ENTERED, [DAY] * 8 + [True], [date(2025, 12, 9)] * 8 + [None], [8], id="a yes among days"),
        pytest.param(ENTERED, ["x"] + [DAY] * 8, [None] + [date(2025, 12, 9)] * 8, [0], id="a word among days"),
        pytest.param(ENTERED, ["05.01.2026"] * 8 + ["?"], [date(2026, 1, 5)] * 8 + [None], [8], id="texts, one no day"),
        pytest.param(RENTS, [True, 1] * 4, [True, None] * 4, [1, 3, 5, 7], id="a yes, and a number that equals it"),
        pytest.param(RENTS, [None] * 9, [None] * 9, [], id="all blank"),
        pytest.param(NAME, [None] * 9, [""] * 9, [], id="all texts blank"),
        pytest.param(NAME, [None] + [" A "] * 8, [""] + ["A"] * 8, [], id="texts and a blank"),
    ],
)
def test_a_column_is_read(place: int, cells: list[Any], facts: list[Any], wrong: list[int]) -> None:
    rows = rows_of("roster", [{} if cell is None else {place: cell} for cell in cells])
    found = read_all(Person, rows)
    assert [getattr(record, KEYS[place]) for record, _ in found] == facts
    assert [index for index, (record, _) in enumerate(found) if KEYS[place] in record.unread] == wrong
    assert told(found) == one_by_one(rows)


def test_what_was_wrong_keeps_nothing_else_alive() -> None:
    """An error that remembers where it was raised holds the rows read there."""
    assert validated(Person, 2, {"entered_on": "x"})[1][0].error.__traceback__ is None
    for _, problems in read_all(Person, rows_of("roster", [{ENTERED: "x"}] * FEW)):
        assert [problem.error.__traceback__ for problem in problems] == [None]
