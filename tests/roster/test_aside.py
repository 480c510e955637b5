"""People below another table, or below a header that has some of their columns elsewhere, are read where they fit."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from hqs_xl.compliance.check import check_roster, read_roster
from hqs_xl.roster.tables.sheet import SheetTables
from hqs_xl.sync.book import refresh_book
from hqs_xl.texts import LANGUAGES
from tests.roster.books import Grid, MemoryBook

NOW = datetime(2026, 3, 16, 7, 30)
SIGNED, PERMIT, VISA = date(2025, 1, 20), date(2027, 3, 2), date(2027, 2, 19)
HEADER: list[Any] = ["Person ID", "Full name", "Relation", "Agreement signed", "Visa expires", "Permit expires"]
PERSON: list[Any] = ["P1", "Amber", "HQS", SIGNED, VISA, PERMIT]
ANOTHER: list[Any] = ["P2", "Basil", "HQS", SIGNED, VISA, PERMIT]
FAMILY: list[Any] = ["F1", "Cedar", "Family", None, VISA, None]


def read(*below: list[Any]) -> tuple[list[int], list[tuple[str, int, int]]]:
    """The rows of people, and what is named as left alone, by its first and last row."""
    found = read_roster(MemoryBook({"R": [HEADER, PERSON, *below]}))
    return [person.row for person, _ in found.people], [(one.why, one.row, one.last) for one in found.other.left_alone]


# A header of a roster that lacks a column, with some of the others elsewhere.
MOVED: dict[str, list[Any]] = {
    "a name above the id": ["Full name", "Relation"],
    "the relation beside the id": ["Person ID", "Relation", "Full name", "Sponsor ID"],
    "a day where words stand": ["Person ID", "Full name", "Relation", "Host", "Agreement until", "Visa expires"],
}


@pytest.mark.parametrize("header", MOVED.values(), ids=MOVED)
def test_people_in_the_columns_above_are_read_again(header: list[Any]) -> None:
    people, left = read(header, ANOTHER, ["P3", "Dill", "HQS", SIGNED, None, None], ["P4", "Elder"])
    assert people == [2, 4, 5, 6]
    assert left == [("elsewhere", 3, 3)]


ELSEWHERE: dict[str, tuple[list[Any], list[Any]]] = {
    "words in another order": (["Person ID", "Relation", "Full name", "Sponsor ID"], ["F1", "Family", "Cedar", "P1"]),
    "words alone": (["Full name", "Relation"], ["Cedar", "Family"]),
    "a day for another one": (
        ["Person ID", "Full name", "Relation", "Visa expires", "Policy ends"],
        ["F1", "Cedar", "Family", VISA, PERMIT],
    ),
    "a relation below words of somebody's own": (
        ["Person ID", "Full name", "Type of hire", "Visa expires"],
        ["F1", "Cedar", "HQS", VISA],
    ),
    "columns the table has not": (
        ["Person ID", "Full name", "Relation", "Host", "Agreement until"],
        ["F1", "Cedar", "Family", "Employer", PERMIT],
    ),
}


@pytest.mark.parametrize(("header", "row"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_people_who_may_be_in_other_columns_are_not_read_by_those_above(header: list[Any], row: list[Any]) -> None:
    # One day would be taken for another.
    people, left = read(header, row, row)
    assert people == [2]
    assert left == [("elsewhere", 3, 0)]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("below", "last"), [([], ""), ([ANOTHER], "4")], ids=["to the end", "to a row"])
def test_what_stands_elsewhere_is_said(lang: str, below: Grid, last: str) -> None:
    rows = [HEADER, PERSON, MOVED["the relation beside the id"], ["F1", "Family", "Cedar", "P1"], *below]
    [one] = read_roster(MemoryBook({"R": rows})).other.left_alone
    message = one.message(lang)
    assert message.index("B3 «Relation»") < message.index("B1 «Full name»")
    assert ("3 to 4" in message or "с 3 по 4" in message) is bool(last)


def test_the_header_again_ends_what_stands_elsewhere() -> None:
    moved = MOVED["the relation beside the id"]
    people, left = read(moved, ["F1", "Family", "Cedar", "P1"], HEADER, ["P2", None, None, SIGNED])
    assert people == [2, 6]
    assert left == [("elsewhere", 3, 4)]


OTHERS: dict[str, tuple[Grid, Grid]] = {
    "salary notices": ([["Person ID", "Quarter", "Filed on"], ["P1", "2025Q1", SIGNED]], [["P1", "2025Q2", SIGNED]]),
    "documents": ([["Person ID", "Document", "Valid until"], ["P1", "Visa", VISA]], [["P1", "Permit", PERMIT]]),
    "own days": ([["Date", "Working", "Note"], [VISA, "no", "flood"]], []),
    "settings": ([["Setting", "Value"], ["Edition", "law"]], []),
}


@pytest.mark.parametrize(("table", "more"), OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize("blank", [0, 1])
def test_people_below_another_table_of_ours_are_people(table: Grid, more: Grid, blank: int) -> None:
    gap: Grid = [[] for _ in range(blank)]
    people, left = read(*gap, *table, *gap, ANOTHER, FAMILY, ["P3", "Dill", None, None], *gap, *more)
    first = 5 + 2 * blank
    assert people == [2, first, first + 1, first + 2]
    assert left == []


def test_what_follows_in_the_other_table_s_shape_is_its_own() -> None:
    notices, more = OTHERS["salary notices"]
    book = MemoryBook({"R": [HEADER, PERSON, *notices, ANOTHER, *more, FAMILY]})
    tables = SheetTables(book, "R")
    taken = {one.table.kind: one.numbers for one in tables.all_taken(book.rows("R"))}
    assert taken == {"roster": [2, 5, 7], "salary": [4, 6]}


@pytest.mark.parametrize(
    "row",
    [
        ["P2", "2025Q2", "HQS"],
        ["P2", "2 квартал 2025", None],
        ["P2", "second", SIGNED],
        [None, None, "HQS"],
    ],
    ids=["a quarter beside a relation", "a quarter in words", "a quarter nobody can read", "no id"],
)
def test_a_notice_whose_cells_are_wrong_is_no_person(row: list[Any]) -> None:
    people, _ = read([], *OTHERS["salary notices"][0], row)
    assert people == [2]


def test_nobody_is_lost_who_can_be_told_from_a_notice_only_by_what_is_said() -> None:
    # Without a relation or a day the row may be a notice as well, and is named with its row.
    book = MemoryBook({"R": [HEADER, PERSON, [], *OTHERS["salary notices"][0], ["P2", "Basil", None, None]]})
    roster = read_roster(book)
    findings = check_roster(roster, roster.other.settings_for(NOW.date())).findings
    assert ("salary", 6, "quarter") in [(one.table, one.row, one.column) for one in findings]


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize(
    "row",
    [
        ["P2", "Basil", "?", SIGNED, None, None],
        ["P2", None, None, None, VISA, None],
        [None, "Basil", None, SIGNED, None, None],
        [None, None, "Family", None, VISA, None],
    ],
    ids=["a wrong relation", "no relation", "no id", "neither id nor name"],
)
def test_a_day_where_the_other_table_has_no_column_is_a_person_s(name: str, row: list[Any]) -> None:
    assert read([], *OTHERS[name][0], row) == ([2, 6], [])


@pytest.mark.parametrize(
    ("cells", "is_person"),
    [
        ({6: "P2"}, True),
        ({8: "Family"}, True),
        ({9: SIGNED}, True),
        ({0: "Colour", 9: SIGNED}, True),
        ({0: "Colour", 1: "green", 6: 45992}, False),
        ({0: "Language", 1: "en", 9: SIGNED}, False),
    ],
    ids=["an id", "a relation", "a day", "a day beside a word", "an id like a day beside a line", "a setting"],
)
def test_a_row_of_nobody_else_is_a_person_s(cells: dict[int, Any], is_person: bool) -> None:
    heads = ["Host", "Owns housing", "Left on", "Passport expires", "Hiring order", "Work started", *HEADER]
    people = ["Employer", *[None] * 5, *PERSON]
    row = [cells.get(place) for place in range(12)]
    found = read_roster(MemoryBook({"R": [heads, people, OTHERS["settings"][0][0], ["Edition", "law"], row]}))
    assert [person.row for person, _ in found.people] == [2, 5][: 1 + is_person]


@pytest.mark.parametrize("name", OTHERS)
def test_the_other_table_s_header_again_goes_on_with_it(name: str) -> None:
    # As a page's header may; a second table of the kind would be refused.
    table = OTHERS[name][0]
    people, left = read([], *table, ANOTHER, *table, FAMILY)
    assert people == [2, 6, 9]
    assert left == []


def test_below_a_table_whose_lines_nobody_can_tell_they_are_named() -> None:
    book = MemoryBook({"R": [HEADER, PERSON, [], ["Column", "Means"], ["Came", "Entered on"], ANOTHER]})
    roster = read_roster(book)
    assert [person.row for person, _ in roster.people] == [2]
    assert [(table, row) for table, row, _, _ in roster.other.problems] == [("means", 6)]


def test_a_header_that_the_next_row_takes_back_takes_no_row() -> None:
    rows: Grid = [*(OTHERS[name][0][0] for name in ("salary notices", "documents")), ["P1", "2025Q1", SIGNED]]
    book = MemoryBook({"R": [HEADER, PERSON, *rows]})
    tables = SheetTables(book, "R")
    taken = {one.table.kind: one.numbers for one in tables.all_taken(book.rows("R"))}
    assert taken == {"roster": [2], "documents": [5]}


@pytest.mark.parametrize("name", OTHERS)
def test_they_are_answered_in_their_rows(name: str) -> None:
    heads, person = [*HEADER, "Status"], [*PERSON, None]
    book = MemoryBook({"R": [heads, person, *OTHERS[name][0], [*ANOTHER, None], OTHERS["salary notices"][1] or []]})
    refresh_book(book, now=NOW)
    assert book.grids["R"][1][-1] == book.grids["R"][4][-1] != ""


def test_the_header_again_below_another_table_goes_on_with_the_people() -> None:
    people, left = read([], *OTHERS["salary notices"][0], [], HEADER, ["P2", None, None, SIGNED])
    assert people == [2, 8]
    assert left == []


@pytest.mark.parametrize("name", OTHERS)
def test_a_part_of_the_rows_leaves_the_question_to_whoever_knows_the_rows_above(name: str) -> None:
    rows: Grid = [HEADER, PERSON, *OTHERS[name][0]]
    book = MemoryBook({"R": rows})
    above = SheetTables(book, "R")
    above.all_taken(book.rows("R"))
    part = SheetTables(book, "R", opened=above.opened, ended=above.ended, aside=above.aside)
    with pytest.raises(LookupError, match="5"):
        part.all_taken([(5, dict(enumerate(ANOTHER)))], headed=False)


def test_the_columns_read_of_every_row_tell_people_below_another_table() -> None:
    # A first reading of a big file looks at no others.
    book = MemoryBook({"R": [HEADER, PERSON, *OTHERS["salary notices"][0]]})
    tables = SheetTables(book, "R")
    tables.all_taken(book.rows("R"))
    assert {0, 1, 2, 3, 4} <= {*tables.columns}
