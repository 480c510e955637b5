"""Tables are found by their headers, wherever they stand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hqs_xl.compliance.check import check_roster, read_roster
from hqs_xl.errors import UnusableFile
from hqs_xl.roster.columns import column
from hqs_xl.roster.gathered import gather
from hqs_xl.roster.settings import Settings
from hqs_xl.roster.tables import TableRows
from hqs_xl.roster.tables.book import find_tables
from hqs_xl.roster.tables.finder import HowRead
from tests.roster.books import Grid, MemoryBook

SIGNED = date(2025, 1, 20)
HEADER: list[Any] = ["Person ID", "Relation", "Agreement signed"]
ROW: list[Any] = ["P1", "HQS", SIGNED]
TODAY = date(2026, 3, 16)


Rows = list[tuple[int, dict[str, Any]]]


def tables(book: MemoryBook, sheet: str | None = None) -> dict[str, Rows]:
    """The rows of each table found."""
    rows: dict[str, Rows] = {}

    def take(taken: TableRows) -> None:
        rows.setdefault(taken.table.kind, []).extend(taken.each())

    for table in find_tables(book, take, HowRead(sheet)).found:
        rows.setdefault(table.kind, [])
    return rows


def roster_rows(*grid: list[Any]) -> Rows:
    return tables(MemoryBook({"Sheet": list(grid)}))["roster"]


FACTS = {"person_id": "P1", "relation": "HQS", "agreement_signed": SIGNED}


@pytest.mark.parametrize(
    ("grid", "row"),
    [
        ([HEADER, ROW], 2),
        ([["Our people"], [], HEADER, ROW], 4),
        ([HEADER[::-1], ROW[::-1]], 2),
        ([[None, "Note", *HEADER], [None, "x", *ROW]], 2),
        ([["person id", "Comment", "RELATION", "Agreement\nsigned"], ["P1", "x", "HQS", SIGNED]], 2),
        ([["Номер", "Кем является", "Договор подписан"], ROW], 2),
        ([["Номер", "Relation", "agreement_signed"], ROW], 2),
        ([HEADER, [], [], ROW], 4),
        ([HEADER, HEADER, ROW], 3),
    ],
    ids=[
        "plain",
        "below other lines",
        "in another order",
        "with other columns",
        "other case, line breaks, a column between",
        "Russian headers",
        "mixed headers",
        "blank rows between",
        "the header repeated",
    ],
)
def test_the_roster_is_found(grid: Grid, row: int) -> None:
    assert roster_rows(*grid) == [(row, FACTS)]


def test_on_any_sheet() -> None:
    book = MemoryBook({"Cover": [["Hello"]], "People": [HEADER, ROW]})
    found = gather(book).found["roster"]
    assert (found.sheet, found.header_row) == ("People", 1)


def test_a_totals_row_is_no_person() -> None:
    book = MemoryBook({"Sheet": [HEADER, ROW, ["Total", 1, None]]}, {"Sheet": {3}})
    assert len(tables(book)["roster"]) == 1


@pytest.mark.parametrize(
    ("row", "is_person"),
    [
        ([1, 2, 3], False),
        (["1", "2", "3"], False),
        ([1.0, 2.0, 3.0], False),
        ([2, 3, 4], False),
        (["А", 1, 2, 3], False),
        ([1, 2], True),
        ([1, 2, 4], True),
        ([1, "HQS", SIGNED], True),
        ([1001, 1002, 1003], True),
    ],
    ids=str,
)
def test_a_row_that_numbers_the_columns_is_nobody(row: list[Any], is_person: bool) -> None:
    heads = [*HEADER, "Full name"]
    assert len(tables(MemoryBook({"Sheet": [heads, row, ROW]}))["roster"]) == 1 + is_person
    # Only right below the header.
    assert len(tables(MemoryBook({"Sheet": [heads, ROW, row]}))["roster"]) == 2


def test_what_stands_below_the_people_is_not_lost() -> None:
    assert roster_rows(HEADER, ROW, ["P2", None, None])[1] == (3, {"person_id": "P2"})


def test_two_tables_on_one_sheet() -> None:
    below = [HEADER, ROW, [], ["Person ID", "Quarter", "Filed on"], ["P1", "2025Q1", SIGNED]]
    found = tables(MemoryBook({"Sheet": below}))
    assert found["roster"] == [(2, FACTS)]
    assert found["salary"] == [(5, {"person_id": "P1", "quarter": "2025Q1", "filed_on": SIGNED})]
    beside = [[*HEADER, None, "Setting", "Value"], [*ROW, None, "Edition", "law"], [None] * 4 + ["Language", "ru"]]
    found = tables(MemoryBook({"Sheet": beside}))
    assert found["roster"] == [(2, FACTS)]
    assert len(found["settings"]) == 2


@pytest.mark.parametrize(
    "heads",
    [
        ["Letter", "Value", None, "Letter", "Value"],
        ["Event", "Date", None, "Event", "Date"],
        ["Person ID", "Rating", "Person ID", "Rating"],
        ["Due", "Bill", "Due", "Code"],
    ],
    ids=str,
)
def test_a_header_of_ours_twice_in_a_table_that_is_not_ours_is_nobodys_business(heads: list[Any]) -> None:
    found = tables(MemoryBook({"Sheet": [HEADER, ROW], "Other": [heads, ["a", 1, "b", 2]]}))
    assert list(found) == ["roster"]


@pytest.mark.parametrize(
    ("sheets", "sheet", "code"),
    [
        ({"A": [["nothing"]]}, None, "no_roster"),
        ({}, None, "no_roster"),
        ({"A": [["Person ID", "Relation", "Full name", "Host", "Left on"], ["P1"]]}, None, "no_column"),
        ({"A": [HEADER, ROW], "B": [HEADER, ROW]}, None, "two_tables"),
        ({"A": [HEADER, ROW, HEADER[::-1], ROW[::-1]]}, None, "two_rosters"),
        ({"A": [HEADER, ROW, HEADER[::-1], ROW[::-1]]}, "A", "two_rosters"),
        ({"A": [[*HEADER, "relation"], ROW]}, None, "column_twice"),
        ({"A": [HEADER, ROW], "B": [["Setting", "Value", "Setting", "Value"]]}, None, "column_twice"),
        ({"A": [HEADER, ROW], "B": [["Setting", "Value", "Value"]]}, None, "column_twice"),
        ({"A": [HEADER, ROW]}, "B", "no_sheet"),
        ({"A": [HEADER, ROW], "B": []}, "B", "no_roster"),
    ],
)
def test_what_is_refused(sheets: dict[str, Grid], sheet: str | None, code: str) -> None:
    with pytest.raises(UnusableFile) as error:
        gather(MemoryBook(sheets), how=HowRead(sheet))
    assert error.value.code == code
    assert error.value.message("ru").startswith("memory.xlsx: ")


@pytest.mark.parametrize(
    ("header", "missing"),
    [
        (["Person ID", "Relation", "Full name", "Host", "Left on"], "agreement_signed"),
        (["Номер", "ФИО", "Договор подписан", "Договор до", "Выехал"], "relation"),
        (["Relation", "Full name", "Agreement signed", "Host", "Left on"], "person_id"),
    ],
    ids=str,
)
def test_a_missing_column_is_named_in_the_reader_s_language(header: list[str], missing: str) -> None:
    with pytest.raises(UnusableFile) as error:
        gather(MemoryBook({"A": [header, ["P1"]]}))
    for lang, other in (("en", "ru"), ("ru", "en")):
        message, wanted = error.value.message(lang), column("roster", missing)
        assert f"«{wanted.header(lang)}»" in message
        assert wanted.header(other) not in message


def test_the_sheet_can_be_named() -> None:
    book = MemoryBook({"A": [HEADER, ROW], "B": [HEADER, ROW, ROW]})
    assert len(tables(book, "B")["roster"]) == 2


def test_serials_of_a_1904_workbook() -> None:
    book = MemoryBook({"Sheet": [HEADER, ["P1", "HQS", 45677 - 1462]]})
    book.date1904 = True
    assert read_roster(book).people[0][0].agreement_signed == SIGNED


SETTINGS: Grid = [
    ["Setting", "Value"],
    ["As of", date(2026, 2, 1)],
    ["Edition", "law"],
    ["Language", "ru"],
    ["Reminder bands", "7, 90; 30"],
    ["Count presidential days off", "yes"],
    ["Colour", "green"],
]
OWN: Grid = [["Date", "Working", "Note"], [date(2026, 2, 2), "no", "flood"], [date(2026, 2, 7), "yes", None]]


class TestSettings:
    def settings(self, *rows: list[Any], **given: Any) -> Settings:
        book = MemoryBook({"R": [HEADER, ROW], "S": [["Setting", "Value"], *rows], "D": OWN})
        return read_roster(book).other.settings_for(TODAY, **given)

    def test_of_the_file(self) -> None:
        settings = self.settings(*SETTINGS[1:])
        assert (settings.as_of, settings.edition, settings.lang) == (date(2026, 2, 1), "law", "ru")
        assert settings.bands == (90, 30, 7)
        assert settings.count_presidential_days_off
        assert not settings.calendar.is_working(date(2020, 4, 1))
        assert not settings.calendar.is_working(date(2026, 2, 2))
        assert settings.calendar.is_working(date(2026, 2, 7))

    def test_what_is_asked_for_wins(self) -> None:
        settings = self.settings(*SETTINGS[1:], edition="careful", lang="en", as_of=TODAY)
        assert (settings.as_of, settings.edition, settings.lang) == (TODAY, "careful", "en")

    def test_blank_ones_are_the_defaults(self) -> None:
        settings = self.settings(["As of", None], ["Edition", ""], ["Reminder bands", None])
        assert (settings.as_of, settings.edition, settings.lang) == (TODAY, "card", "en")
        assert settings.bands == (60, 30, 14, 7)
        assert settings.calendar.is_working(date(2020, 4, 1))

    @pytest.mark.parametrize(("label", "value"), [("As of", "soon"), ("Edition", "old"), ("Reminder bands", "a, b")])
    def test_a_bad_one_is_a_finding(self, label: str, value: str) -> None:
        book = MemoryBook({"R": [HEADER, ROW], "S": [["Setting", "Value"], [label, value]]})
        roster = read_roster(book)
        (one,) = [
            one
            for one in check_roster(roster, roster.other.settings_for(SIGNED)).findings
            if one.code.startswith("data.")
        ]
        assert (one.row, one.column) == (2, "value")
        assert "Settings, row 2" in one.message
