"""Where a table ends: at the header of another one below a blank line; and where it does not, whatever people leave."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from hqs_xl.compliance.check import read_roster
from hqs_xl.roster.gathered import gather
from hqs_xl.roster.tables.end import TELLING, TableEnd
from hqs_xl.roster.tables.sheet import SheetTables
from hqs_xl.sync.book import refresh_book
from hqs_xl.texts import LANGUAGES
from tests.roster.books import Grid, MemoryBook

NOW = datetime(2026, 3, 16, 7, 30)
SIGNED = date(2025, 1, 20)
HEADER: list[Any] = ["Person ID", "Full name", "Relation", "Agreement signed", "Status"]
PERSON: list[Any] = ["P1", "Amber", "HQS", SIGNED, None]
ANOTHER = ["P2", "Basil", "HQS", SIGNED, None]


def read(*below: list[Any]) -> tuple[list[int], list[tuple[str, int]]]:
    """The rows of people, and what is named as left alone with its row."""
    book = MemoryBook({"R": [HEADER, PERSON, *below]})
    found = read_roster(book)
    return [person.row for person, _ in found.people], [(one.why, one.row) for one in found.other.left_alone]


BLOCKS: dict[str, Grid] = {
    "equipment": [["Equipment", "Serial", "Given", "Back", "State"], ["Laptop", "S-1", date(2026, 1, 1), None, "new"]],
    "courses": [["Course", "Trainer", "Place"], ["Fire safety", "Ivanova", "Room 5"], ["First aid", 3, 4]],
    "in Russian": [["Техника", "Модель", "Кому", "Когда"], ["Ноутбук", "X1", "Иванова", SIGNED]],
    "a day's column": [["Item", None, None, "When"], ["Desk", None, None, SIGNED]],
}


@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.parametrize("blank", [1, 3])
def test_another_table_below_a_blank_line_is_not_read(block: str, blank: int) -> None:
    people, left = read(*[[] for _ in range(blank)], *BLOCKS[block])
    assert people == [2]
    assert left == [("below", 3 + blank)]


@pytest.mark.parametrize(
    "person",
    [
        ["P2", "Basil", "Employee", None, "Fired"],
        ["P2", "Full name", "Employee", None, "Terminated"],
        ["Employee", "Basil", "Employee", SIGNED, "Fired"],
        ["Иванов", "Basil", "Сотрудник", "20.01.2025", "Уволен"],
        [7, "Basil", "Employee", None, "Fired"],
    ],
    ids=["an id with a digit", "a name like a header", "a day", "a day in Russian", "a number"],
)
@pytest.mark.parametrize("above", [0, 1], ids=["the first row", "the second row"])
def test_a_person_whose_words_are_headers_too_is_read(person: list[Any], above: int) -> None:
    book = MemoryBook({"R": [HEADER, *[PERSON][:above], person]})
    found = read_roster(book)
    assert [one.row for one, _ in found.people] == [2, 3][: above + 1]
    assert not found.other.left_alone


def test_a_person_whose_words_would_head_another_table_is_read_and_those_below() -> None:
    people, left = read(["P2", "Date", "HQS", SIGNED, "Working"], ["P3", SIGNED, "HQS", SIGNED, "yes"], ANOTHER)
    assert people == [2, 3, 4, 5]
    assert not left


def test_a_table_beside_whose_header_stands_in_a_persons_row_is_read() -> None:
    rows: Grid = [
        [*HEADER, None, None, None],
        [*PERSON, None, "Date", "Working"],
        [*ANOTHER, None, date(2026, 5, 8), "no"],
    ]
    found = gather(MemoryBook({"R": rows}))
    assert found.found["own_days"].header_row == 2
    assert found.found["roster"].header_row == 1


@pytest.mark.parametrize("block", BLOCKS)
def test_it_is_not_written_either(block: str) -> None:
    sheet = [HEADER, list(PERSON), [], *(list(row) for row in BLOCKS[block])]
    book = MemoryBook({"R": sheet})
    summary = refresh_book(book, now=NOW)
    assert book.grids["R"][3:] == BLOCKS[block]
    assert book.grids["R"][1][-1] == "Overdue"
    assert [one.why for one in summary.left_alone] == ["below"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_it_begins_is_said(lang: str) -> None:
    [one] = gather(MemoryBook({"R": [HEADER, PERSON, [], *BLOCKS["courses"]]})).left_alone
    assert "«R»" in one.message(lang)
    assert " 4" in one.message(lang)


WORDS: list[Any] = ["Иванов", "Иван", "сотрудник"]
TOOLS: list[Any] = ["Tool", "Owner", "Since"]
# What stands below the roster in rows 3 and on; the first and last of those that nobody is read in, 0 for no last one.
UNREAD: dict[str, tuple[Grid, list[tuple[int, int]], list[int]]] = {
    "a person in words, and one below": ([[], WORDS, ["Basil", "Basil", "worker"]], [(4, 0)], []),
    "the same, and one with an id of a figure": ([[], WORDS, ["P2", "Basil", "worker"]], [(4, 0)], []),
    "then somebody of ours": ([[], WORDS, ["P2", "Basil", "worker"], ANOTHER], [(4, 5)], [6]),
    "somebody of ours at once": ([[], WORDS, ANOTHER], [(4, 4)], [5]),
    "then the header again": ([[], TOOLS, ["P2", "Basil", "worker"], [], HEADER, ANOTHER], [(4, 6)], [8]),
    "twice": ([[], WORDS, ANOTHER, [], TOOLS, ["Saw", "Anna", "May"]], [(4, 4), (7, 0)], [5]),
    "a list": ([["Contacts"], ["Anna", "12-34"], ["P2", "Basil", "HQS", SIGNED]], [(3, 4)], [5]),
    "a header that lacks a column": ([[], ["Person ID", "Relation", "Full name", "Host"], ["P2", "HQS"]], [(4, 0)], []),
    "people all along": ([[], ["Иванов", "Иван", "сотрудник", SIGNED], ["P2", None, "worker"]], [], [4, 5]),
}


@pytest.mark.parametrize("name", UNREAD)
def test_whoever_is_not_read_below_a_roster_is_named_by_the_rows(name: str) -> None:
    below, gaps, people = UNREAD[name]
    found = read_roster(MemoryBook({"R": [HEADER, PERSON, *below]}))
    assert [person.row for person, _ in found.people] == [2, *people]
    left = [one for one in found.other.left_alone if one.kind == "roster" and one.why in {"below", "elsewhere"}]
    assert [(one.row, one.last) for one in left] == gaps
    filled = {number for number, row in enumerate([PERSON, *below], 2) if any(row) and row != HEADER}
    passed = found.other.passed.get("roster", {})
    named = {row for first, last in gaps for row in range(first, (last or 99) + 1)}
    assert filled == {2, *people, *(filled & named), *passed}


@pytest.mark.parametrize(
    ("lang", "below", "words"),
    [
        ("en", [], "no row from there down is read as one of «Roster»; fill in «Relation»"),
        ("en", [ANOTHER], "none of the rows 4 to 4 is read as one of «Roster»"),
        ("ru", [], "ни одна строка отсюда до конца листа"),
        ("ru", [ANOTHER], "строки с 4 по 4"),
    ],
)
def test_it_is_said_which_rows_are_not_read(lang: str, below: Grid, words: str) -> None:
    [one] = read_roster(MemoryBook({"R": [HEADER, PERSON, [], WORDS, *below]})).other.left_alone
    assert words in one.message(lang)


NONE: dict[str, list[Any]] = {
    "a person": ANOTHER,
    "a person still without most facts": ["P2", None, None, None],
    "a person by name only": [None, "Basil", None, None],
    "a person whose relation is misspelt": ["P2", "Basil", "HSQ", SIGNED],
    "a person whose facts are all wrong": ["P2", "Basil", "?", "n/a"],
    "a person without a relation": ["Basil", "Basil", None, SIGNED],
    "a person whose id is a word": ["Basil", "Basil", "HQS", "soon"],
    "a day in words, with figures": ["Basil", "Basil", "?", "1 May"],
    "words of nobody knows what": ["Amber Island", None, None, None],
}
# These are no people either, which is said: see test_no_rows.py.
PASSED: dict[str, list[Any]] = {
    "a section's title": ["Department B", None, None, None],
    "a note": ["Checked by Anna", None, None, None],
    "figures": ["Total", None, 2, None],
}


@pytest.mark.parametrize("row", NONE)
@pytest.mark.parametrize("blank", [0, 1, 4])
def test_below_all_else_the_table_goes_on(row: str, blank: int) -> None:
    people, left = read(*[[] for _ in range(blank)], NONE[row], ANOTHER)
    assert people == [2, 3 + blank, 4 + blank]
    assert not left


@pytest.mark.parametrize("row", PASSED)
@pytest.mark.parametrize("blank", [0, 1, 4])
def test_it_goes_on_below_rows_that_are_passed_over(row: str, blank: int) -> None:
    people, left = read(*[[] for _ in range(blank)], PASSED[row], ANOTHER)
    assert people == [2, 4 + blank]
    assert not left


def test_words_right_below_a_person_are_a_person_s() -> None:
    # Without a blank line it may as well be somebody whose cells went wrong.
    people, left = read(["Basil", "Basil", "soon", "soon"], ANOTHER)
    assert people == [2, 3, 4]
    assert not left


def test_people_below_the_other_table_are_read_again() -> None:
    people, left = read([], *BLOCKS["equipment"], [], ANOTHER, ["P3", None, "Family", None])
    assert people == [2, 7, 8]
    assert left == [("below", 4)]


@pytest.mark.parametrize(
    ("person_id", "is_read"),
    [("P2", True), (12, True), ("0012", True), ("1234", True), ("Basil", False), ("12-34", False), ("тел. 12", False)],
)
def test_a_day_beside_an_id_is_a_person_s_below_the_other_table(person_id: object, is_read: bool) -> None:
    people, _ = read([], *BLOCKS["courses"], [person_id, "Basil", None, SIGNED])
    assert people == ([2, 7] if is_read else [2])


DATED: list[Any] = [*HEADER[:4], "Permit decided", "Visa expires", "Entered on"]


@pytest.mark.parametrize("place", [4, 5, 6])
@pytest.mark.parametrize("day", [SIGNED, "01.11.2026", 45992])
def test_a_day_below_a_blank_line_is_a_person_s(place: int, day: Any) -> None:
    # Family members, whose ids and relations are words of people's own.
    anna: list[Any] = ["Anna", "Anna", "Mother-in-law", None, None, None, None]
    anna[place] = day
    boris = ["Boris", "Boris", "Spouse (of Amber)", None, None, None, None]
    book = MemoryBook({"R": [DATED, [*PERSON[:4], None, None, None], [], anna, boris]})
    found = read_roster(book)
    assert [person.row for person, _ in found.people] == [2, 4, 5]
    assert not found.other.left_alone


@pytest.mark.parametrize("place", [4, 5, 6])
def test_the_columns_read_of_every_row_are_enough_to_tell(place: int) -> None:
    # A first reading of a big file looks at no others.
    book = MemoryBook({"R": [DATED]})
    tables = SheetTables(book, "R")
    tables.all_taken(book.rows("R"))
    [table] = tables.tables
    cells = {0: "Anna", 2: "Mother-in-law", place: SIGNED}
    read_first = {at: cell for at, cell in cells.items() if table.places[at] in TELLING["roster"]}
    assert TableEnd(table).goes_on(4, read_first)
    assert not TableEnd(table).goes_on(4, {at: cell for at, cell in cells.items() if at != place})


@pytest.mark.parametrize("cell", [None, "When", 2026, "n/a"])
def test_without_a_day_it_may_be_a_header(cell: Any) -> None:
    header = ["Course", "Trainer", "Place", None, cell, cell, cell]
    found = read_roster(MemoryBook({"R": [DATED, [*PERSON[:4], None, None, None], [], header]}))
    assert [(one.why, one.row) for one in found.other.left_alone] == [("below", 4)]


FAMILY: Grid = [["Person ID", "Relation", "Full name", "Sponsor ID"], ["F1", "Family", "Basil", "P1"]]


@pytest.mark.parametrize("above", [[], [[]], [["Family members"]], [[], ["Family members"]]])
def test_people_in_other_columns_are_not_read_by_those_above(above: Grid) -> None:
    # A header of a roster that lacks a column: what stands below it is not where the columns above say.
    people, left = read(*above, *FAMILY)
    assert people == [2]
    assert left == [("elsewhere", 3 + len(above))]


def test_a_header_that_lacks_a_column_goes_on_with_the_same_columns() -> None:
    # As a page's header may, with a word of it wrong.
    people, _ = read([], ["Person ID", "Full name", "Relation", "Remark"], ANOTHER)
    assert (people[0], people[-1]) == (2, 5)


def test_the_header_again_goes_on_with_the_table() -> None:
    people, left = read([], *BLOCKS["equipment"], [], HEADER, ["P2", None, None, None])
    assert people == [2, 8]
    assert left == [("below", 4)]


@pytest.mark.parametrize(
    ("header", "row", "block", "again"),
    [
        (
            ["Person ID", "Quarter", "Filed on"],
            ["P1", "2026Q1", SIGNED],
            [["Course", "Place", "When"], ["Fire", "Room", SIGNED]],
            ["P1", "2026Q2", None],
        ),
        (
            ["Person ID", "Document", "Valid until"],
            ["P1", "Visa", SIGNED],
            [["Item", "Owner", "When"], ["Desk", "Anna", SIGNED]],
            ["P1", "Policy", SIGNED],
        ),
    ],
    ids=["salary", "documents"],
)
def test_other_tables_end_likewise(header: list[Any], row: list[Any], block: Grid, again: list[Any]) -> None:
    book = MemoryBook({"R": [HEADER, PERSON], "S": [header, row, [], *block, again]})
    found = gather(book)
    assert [(one.kind, one.row, one.why) for one in found.left_alone] == [
        (next(iter({*found.found} - {"roster"})), 4, "below")
    ]
    rows = [number for taken in SheetTables(book, "S").all_taken(book.rows("S")) for number in taken.numbers]
    assert rows == [2, 6]


@pytest.mark.parametrize("column", ["Valid from", "Filed"])
def test_a_document_with_a_day_is_one_of_ours(column: str) -> None:
    header: list[Any] = ["Person ID", "Document", "Valid until", column]
    rows: Grid = [["P1", "Visa", SIGNED, None], [], ["Basil", "Vissa", None, SIGNED]]
    assert not gather(MemoryBook({"R": [HEADER, PERSON], "S": [header, *rows]})).left_alone
