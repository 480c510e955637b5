"""Rows as records: read by pydantic and without it, many by column or one by one, they come to the same."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import astuple
from datetime import date, datetime
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from hqs_xl.cells.values import BadValue
from hqs_xl.compliance.check import check_roster, read_roster
from hqs_xl.demo.people import people
from hqs_xl.formulas.today import moving_number
from hqs_xl.hosts.memory import MemoryBook
from hqs_xl.models.by_pydantic import ADAPTERS
from hqs_xl.roster import reading, records
from hqs_xl.roster.columns import TABLES, facts
from hqs_xl.roster.employer import FIELDS, Employer, read_employer
from hqs_xl.roster.fields import cells
from hqs_xl.roster.reading import FEW, by_annotations, by_pydantic, read, read_all
from hqs_xl.roster.records import Document, OwnDay, Person, Problem, SalaryNotice
from hqs_xl.roster.settings import LINES, Settings, read_setting
from hqs_xl.roster.tables import Found, TableRows

READERS: dict[str, Any] = {"pydantic": by_pydantic, "annotations": by_annotations}
KINDS: dict[str, type[Any]] = {"roster": Person, "salary": SalaryNotice, "documents": Document, "own_days": OwnDay}
DAY = 46_000
CELLS: list[Any] = [
    *(DAY, float(DAY), DAY + 0.5, 0, 1, 1.0, True, False, -5, 10**9, float("inf")),
    *("2026-01-05", "05.01.2026", " HQS ", "семья", "yes", "нет", "2026Q1", "#N/A", "x", " ", ""),
    *(date(2026, 1, 5), datetime(2026, 1, 5, 12), moving_number(DAY, 1), moving_number(DAY, None)),
]
ANY_CELL = st.sampled_from(CELLS) | st.text() | st.floats() | st.integers() | st.datetimes() | st.booleans() | st.none()


@pytest.fixture(params=READERS)
def reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Each reader as the one that the product takes: the second where the first is not installed."""
    reading._reader.cache_clear()
    if request.param == "annotations":
        monkeypatch.setitem(sys.modules, "hqs_xl.roster.reading.by_pydantic", None)
        monkeypatch.delattr(reading, "by_pydantic")
    assert reading._reader() is READERS[request.param]
    yield READERS[request.param]
    reading._reader.cache_clear()


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
    return told([by_annotations.read(KINDS[rows.table.kind], *row) for row in rows.each()])


def rows_of(kind: str, cells: list[dict[int, Any]], *, date1904: bool = False) -> TableRows:
    return TableRows(table_of(kind), [(number, row) for number, row in enumerate(cells, 2)], date1904)


@given(st.data(), st.sampled_from(sorted(KINDS)), st.booleans())
def test_any_rows_are_read_as_each_of_them_alone(data: st.DataObject, kind: str, date1904: bool) -> None:
    row = st.dictionaries(st.integers(0, len(TABLES[kind]) - 1), st.sampled_from(CELLS))
    rows = rows_of(kind, data.draw(st.lists(row, max_size=2 * FEW)), date1904=date1904)
    for reader in READERS.values():
        assert told(reader.read_all(KINDS[kind], rows)) == one_by_one(rows)
    for column in TABLES[kind]:
        assert rows.column(column.key) == [found.get(column.key) for _, found in rows.each()]


def by_type_adapter(kind: type[Any], row: int, found: dict[str, Any]) -> list[Any]:
    """A row as pydantic itself makes it of the annotations: the record, or which of its fields are wrong, and how."""
    try:
        return told([(ADAPTERS[kind].validate_python({"row": row} | found), [])])
    except ValidationError as error:
        return [(one["loc"], one["ctx"]["error"].error.key) for one in error.errors()]


@given(st.data(), st.sampled_from(sorted(KINDS)))
def test_any_row_is_read_the_same_by_both_and_by_pydantic_itself(data: st.DataObject, kind: str) -> None:
    keys = st.sampled_from([*(column.key for column in TABLES[kind]), "no_such_column"])
    row = data.draw(st.dictionaries(keys, ANY_CELL))
    found = by_pydantic.read(KINDS[kind], 7, row)
    assert told([found]) == told([by_annotations.read(KINDS[kind], 7, row)])
    wrong = [((one.column,), one.error.key) for one in found[1]]
    assert by_type_adapter(KINDS[kind], 7, row) == (wrong or told([found]))


def fact(reader: ModuleType, kind: type[Any], name: str, cell: Any) -> Any:
    try:
        found = reader.read_fact(kind, name, cell)
    except BadValue as error:
        return error.key
    return type(found), found


@given(st.sampled_from([Settings, Employer]), st.data())
def test_any_line_is_read_the_same_by_both(kind: type[Any], data: st.DataObject) -> None:
    name, cell = data.draw(st.sampled_from([*cells(kind)])), data.draw(ANY_CELL | st.sampled_from(["30, 7", "закон"]))
    first, second = (fact(one, kind, name, cell) for one in READERS.values())
    assert first == second


def test_each_field_is_read_as_the_kind_of_its_column() -> None:
    assert {*records.TABLES} == {*KINDS.values()}
    for kind, table in records.TABLES.items():
        for name, cell in cells(kind).items():
            assert {one.key: one.kind for one in facts(table)}[name] == cell.kind, name


def test_settings_and_employer_are_declared_for_pydantic_too() -> None:
    given = {"as_of": "31.12.2026", "edition": "закон", "lang": "русский", "bands": "30, 60", "authority": "X"}
    found = ADAPTERS[Settings].validate_python(given | {"count_presidential_days_off": "да"})
    assert found == Settings(date(2026, 12, 31), "law", "ru", (60, 30), count_presidential_days_off=True, authority="X")
    assert [*LINES] == ["as_of", "edition", "language", "bands", "count_presidential_days_off", "edition_file"]
    assert ADAPTERS[Employer].validate_python(dict.fromkeys(FIELDS, " a ")) == Employer(*"a" * len(FIELDS))


@pytest.mark.usefixtures("reader")
def test_lines_are_facts_of_settings_and_employer() -> None:
    assert read_setting("Язык", "русский") == {"lang": "ru"}
    assert read_setting("As of", " ") == {}
    assert read_setting("Whatever", "x") == {}
    assert read_employer("ИНН", 7800000000.0) == {"inn": "7800000000"}
    with pytest.raises(BadValue, match="not a date"):
        read_setting("As of", "soon")
    with pytest.raises(BadValue, match="error"):
        read_employer("ИНН", "#N/A")


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
@pytest.mark.usefixtures("reader")
def test_a_column_is_read(place: int, cells: list[Any], facts: list[Any], wrong: list[int]) -> None:
    rows = rows_of("roster", [{} if cell is None else {place: cell} for cell in cells])
    found = read_all(Person, rows)
    assert [getattr(record, KEYS[place]) for record, _ in found] == facts
    assert [index for index, (record, _) in enumerate(found) if KEYS[place] in record.unread] == wrong
    assert [[problem.column for problem in problems] for _, problems in found] == [
        [KEYS[place]] if index in wrong else [] for index in range(len(cells))
    ]
    assert told(found) == one_by_one(rows)


@pytest.mark.usefixtures("reader")
def test_a_row_keeps_its_good_cells_and_names_the_bad_ones_in_the_order_of_columns() -> None:
    row = {"host": "nobody", "entered_on": "2026-01-05", "person_id": 7.0, "agreement_signed": "x", "owns_housing": 2}
    person, problems = read(Person, 5, row)
    assert (person.row, person.person_id, person.entered_on, person.host) == (5, "7", date(2026, 1, 5), None)
    assert [one.column for one in problems] == ["agreement_signed", "host", "owns_housing"]
    assert [one.error.key for one in problems] == ["not_a_date", "unknown_word", "unknown_word"]
    assert person.unread == {"agreement_signed", "host", "owns_housing"}


@pytest.mark.usefixtures("reader")
def test_what_was_wrong_keeps_nothing_else_alive() -> None:
    """An error that remembers where it was raised holds the rows read there."""
    assert read(Person, 2, {"entered_on": "x"})[1][0].error.__traceback__ is None
    for _, problems in read_all(Person, rows_of("roster", [{ENTERED: "x"}] * FEW)):
        assert [problem.error.__traceback__ for problem in problems] == [None]


def demo_sheets() -> dict[str, list[list[Any]]]:
    """Everybody of the demo, and in each column one cell that is no such fact; the other tables likewise."""
    as_of = date(2026, 11, 22)
    shown = [column for column in TABLES["roster"] if not column.answer]
    everybody = [[person.facts.get(column.key) for column in shown] for person in people(as_of, 60, "en")]
    for place in range(1, len(shown)):
        everybody[place][place] = "?!"
    heads = [column.header() for column in shown]
    return {
        "Roster": [heads, *everybody],
        "Salary": [
            ["Person ID", "Quarter", "Filed on"],
            ["HQS-00001", "2026Q9", "31.04.2026"],
            ["Nobody", "2026Q1", DAY],
        ],
        "Documents": [
            ["Person ID", "Document", "Valid until"],
            ["HQS-00001", "passport of a dog", DAY],
            [None, "visa", "x"],
        ],
        "Days": [["Date", "Working"], ["someday", "perhaps"], ["2026-11-23", "no"]],
        "Settings": [["Setting", "Value"], ["As of", as_of], ["Edition", "the best"], ["Reminder bands", "30, x"]],
        "Employer": [["Employer", "Value"], ["INN", "#N/A"], ["Name", "Romashka"]],
    }


def test_a_roster_has_the_same_findings_by_either_reader() -> None:
    sheets, reports = demo_sheets(), []
    for reader in READERS.values():
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(reading, "_reader", lambda reader=reader: reader)
            roster = read_roster(MemoryBook(sheets))
            reports.append(check_roster(roster, roster.other.settings_for(date(2026, 11, 22))))
    first, second = reports
    assert first.findings == second.findings
    assert first.agenda == second.agenda
    unread = {(one.table, one.column) for one in first.findings if one.code.startswith("data.")}
    assert {table for table, _ in unread} >= {"roster", "salary", "documents", "own_days", "settings", "employer"}
    assert len([one for one in unread if one[0] == "roster"]) >= len(KEYS) // 2
