"""Lists of something else below people: phones, addresses, holidays. They are nobody, and nobody is lost with them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from hqs_xl.compliance.check import check_roster, read_roster
from hqs_xl.roster.tables.end import UnsureEnd
from hqs_xl.roster.tables.no_rows import is_no_row
from hqs_xl.roster.tables.sheet import SheetTables
from hqs_xl.sync.book import refresh_book
from tests.roster.books import Grid, MemoryBook

NOW = datetime(2026, 3, 16, 7, 30)
SIGNED = date(2025, 1, 20)
HEADER: list[Any] = ["Person ID", "Full name", "Relation", "Agreement signed", "Entered on", "Status"]
PERSON: list[Any] = ["P1", "Amber", "HQS", SIGNED, None, None]
ANOTHER: list[Any] = ["P2", "Basil", "HQS", SIGNED, None, None]


def book_with(*below: list[Any]) -> MemoryBook:
    return MemoryBook({"R": [HEADER, [*PERSON], *([*row, *[None] * (len(HEADER) - len(row))] for row in below)]})


PHONES: Grid = [["Anna Ivanova", "+7 921 123-45-67"], ["Reception", "12-34"]]
# Each with the row, below the person's in row 2, from which on it is left alone; 0 where its rows are passed over.
LISTS: dict[str, tuple[Grid, int]] = {
    "titled and headed": ([[], ["Phone list"], ["Name", "Phone"], *PHONES], 4),
    "headed": ([[], ["Name", "Phone"], *PHONES], 0),
    "headed, without a blank line": ([["Name", "Phone"], *PHONES], 0),
    "in Russian": ([["Список телефонов:"], ["ФИО", "Телефон"], ["Иванова А.А.", "8 (812) 123-45-67"]], 3),
    "titled in capitals": ([[], ["КОНТАКТЫ"], ["Иванова А.А.", "кадры"]], 4),
    "of four columns": ([["Name", "Phone", "Room", "E-mail"], ["Anna", "12-34", "5", "anna@example.com"]], 0),
    "of holidays": ([[], ["Holiday", "Date"], ["New Year", date(2026, 1, 1)]], 4),
    "of colours": ([[], ["Colour", "Meaning"], ["Red", "late"], ["Green", "fine"]], 4),
    "of departments": ([[], ["Отдел", "Телефон"], ["Кадры", "8-921-123-45-67"], ["Бухгалтерия", "12-34"]], 0),
    "without a header": ([[], *PHONES], 0),
    "phones first": ([["+7 921 123 45 67", "Anna"], ["hr@example.com", "Personnel"]], 0),
    "numbers": ([["Reception", 1234], ["Guard", "доб. 12"], ["Canteen", "вн.305"]], 0),
    "beside the ids": ([[None, "Anna", "+7 921 123-45-67"], [None, "Boris", "12-34"]], 0),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_read_as_nobody_and_nothing_is_written_beside(name: str) -> None:
    rows, begins = LISTS[name]
    book = book_with(*rows)
    summary = refresh_book(book, now=NOW)
    assert summary.people == 1
    assert [number for number, row in enumerate(book.grids["R"][1:], 2) if row[-1]] == [2]
    assert [(one.why, one.row) for one in summary.left_alone] == ([("below", begins)] if begins else [])
    said = [one.number for one in summary.coverage.not_checked if one.kind == "rows"]
    assert said == ([] if begins else [sum(map(bool, rows))])


@pytest.mark.parametrize("name", LISTS)
def test_people_below_a_list_are_read(name: str) -> None:
    rows, _ = LISTS[name]
    found = read_roster(book_with(*rows, [], ANOTHER))
    assert [person.person_id for person, _ in found.people] == ["P1", "P2"]


SOMEBODY: dict[str, list[Any]] = {
    "only an id": ["P2"],
    "an id and a name": ["P2", "Basil"],
    "an id and a phone": ["P2", "+7 921 123-45-67"],
    "an id and a number": ["P2", 1234],
    "a name twice": ["Basil", "Basil"],
    "a name for an id": ["Иванова Анна", "Иванова Анна Петровна"],
    "a title and a name": ["Director", "Anna"],
    "a word of headers, with a day": ["Name", "Basil", None, SIGNED],
    "a word of headers, with a relation": ["Сотрудник", "Василий", "Family"],
    "the number of an insurance for an id": ["812-456-789 01", "Basil"],
    "a phone and a relation": ["Basil", "+7 921 123-45-67", "HQS"],
    "a phone and a day": ["Basil", "+7 921 123-45-67", None, SIGNED],
    "a relation nobody can read": ["Basil", "Basil Smith", "spouse of P1"],
    "a number for an id": [62],
    "an e-mail for an id": ["li.wei@example.com", "Li Wei", "employee"],
    "a country by its code": ["Иванов И.И.", "Иванов Иван", "156"],
    "a relation by a code": ["Иванов И.И.", "Иванов Иван", 1],
    "new for an id": ["new", "Li Wei"],
    "a number before the name": ["1. Ivanov"],
    "an initial that is a Roman number": ["V. Petrov"],
}


@pytest.mark.parametrize("row", SOMEBODY)
@pytest.mark.parametrize("blank", [0, 2])
def test_whoever_may_be_a_person_is_checked(row: str, blank: int) -> None:
    found = read_roster(book_with(*[[] for _ in range(blank)], SOMEBODY[row]))
    assert [person.row for person, _ in found.people] == [2, 3 + blank]


BELOW: dict[str, list[Any]] = {
    "no relation, but a day": ["P2", "Li Wei", None, SIGNED],
    "no relation, but an entry": ["P2", "Li Wei", None, None, SIGNED],
    "a relation nobody can read": ["P2", "Li Wei", "ВКСс"],
    "an error for a relation": ["P2", "Li Wei", "#N/A"],
}
TITLES = ["Contacts", "Legend", "Телефоны", "Выехали", "Новые сотрудники", "New employees", "Documents", "Staff", "ФИО"]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("row", BELOW)
@pytest.mark.parametrize("blank", [0, 1])
def test_whoever_stands_below_a_title_is_checked(title: str, row: str, blank: int) -> None:
    found = read_roster(book_with(*[[] for _ in range(blank)], [title], BELOW[row], ["P3", "Bo", "HQS", SIGNED]))
    assert [person.row for person, _ in found.people if person.full_name] == [2, blank + 4, blank + 5]


def test_below_the_header_of_another_table_whoever_has_an_id_and_a_day_is_checked() -> None:
    found = read_roster(book_with([], ["Иванов", "Иван", "сотрудник"], ["P7", "Li Wei", "employee", SIGNED]))
    assert [person.row for person, _ in found.people] == [2, 5]
    assert [one.row for one in found.other.left_alone] == [4]


def test_each_list_is_named() -> None:
    lists: Grid = [["Contacts"], ["Anna", "12-34"], ["P4", "Basil", "Family", SIGNED], ["Legend"], ["red", "late"]]
    found = read_roster(book_with(*lists, ["P5", "Cy", "HQS", SIGNED], ["Phones"], ["Anna", "12-34"]))
    assert [person.row for person, _ in found.people] == [2, 5, 8]
    assert [(one.why, one.row) for one in found.other.left_alone] == [("below", 3), ("below", 6), ("below", 9)]


@pytest.mark.parametrize("alone", ["V. Petrov", "Kenneth Branch", "Филиал Анна", "1. Ivanov", "Moscow office"])
def test_whoever_has_a_word_in_a_column_of_ones_own_is_checked(alone: str) -> None:
    header = [*HEADER, "Department"]
    rows: Grid = [header, [*PERSON, "Sales"], [alone, *[None] * 5, "Sales"]]
    assert [person.row for person, _ in read_roster(MemoryBook({"R": rows})).people] == [2, 3]


@pytest.mark.parametrize("department", ["People", "People & Culture", "Работников учёт"])
def test_a_department_that_is_called_as_people_are_counted_is_no_total(department: str) -> None:
    rows: Grid = [["Department", *HEADER], ["Sales", *PERSON], [department, 12, "Li Wei"]]
    assert [person.row for person, _ in read_roster(MemoryBook({"R": rows})).people] == [2, 3]


def test_no_list_begins_right_below_the_header() -> None:
    book = MemoryBook({"R": [HEADER, ["Name", None, None, None, None, None], PERSON]})
    assert [person.row for person, _ in read_roster(book).people] == [2, 3]


@pytest.mark.parametrize("row", [["Colour", "Meaning"], ["Телефоны"], ["Status", "Meaning", "Colour"]])
def test_worker_processes_leave_the_decision_to_whoever_knows_the_rows_above(row: list[Any]) -> None:
    tables = SheetTables(MemoryBook({"R": [HEADER]}), "R")
    tables.all_taken([(1, dict(enumerate(HEADER)))])
    with pytest.raises(LookupError):
        UnsureEnd(tables.tables[0]).goes_on(7, dict(enumerate(row)))


NAMED: Grid = [["Anna Lee", "Anna Lee", "HQS", SIGNED], ["Boris", "Boris", "Family", SIGNED]]


@pytest.mark.parametrize("phones", [[["Anna Lee", "12-34"], ["Boris", "12-35"]], [["Boris", 1234], ["Boris", 1235]]])
@pytest.mark.parametrize("above", [False, True])
def test_a_list_of_the_same_names_has_nobody_there_twice(phones: Grid, *, above: bool) -> None:
    grid = [*phones, *NAMED] if above else [*NAMED, [], *phones]
    roster = read_roster(book_with(*grid))
    report = check_roster(roster, roster.other.settings_for(NOW.date()))
    assert [person.person_id for person, _ in roster.people] == ["P1", "Anna Lee", "Boris"]
    assert not [one for one in report.findings if one.code == "data.duplicate_id"]
    assert not roster.other.ids.repeated
    assert "Anna Lee" in roster.other.ids
    assert "Boris" not in roster.other.ids  # a family member is no sponsor
    rows = [number for number, _ in roster.other.ids.ascending()]
    assert rows == sorted(rows)


def test_somebody_there_twice_is_still_said_beside_a_list() -> None:
    roster = read_roster(book_with(*NAMED, NAMED[0], [], ["Anna Lee", "12-34"]))
    report = check_roster(roster, roster.other.settings_for(NOW.date()))
    assert [one.row for one in report.findings if one.code == "data.duplicate_id"] == [5]


@pytest.mark.parametrize("kind", ["salary", "documents"])
def test_a_list_below_notices_or_documents(kind: str) -> None:
    assert is_no_row(kind, {"person_id": "Name", "document": "Phone"}) is (kind == "documents")
