"""Formulas that count or add up rows: which they are, and that what they come to is nobody, in each kind of book."""

from __future__ import annotations

import pickle
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from hqs_xl.cells.values import Serial, serial_class, to_date, to_text
from hqs_xl.compliance.check import read_roster
from hqs_xl.formulas.counted import COUNTING, CountedNumber, meaning_of
from hqs_xl.hosts.closed import ClosedBook
from hqs_xl.roster.tables.no_rows import is_no_row
from hqs_xl.sync.book import refresh_book
from tests.roster.books import Formula, Grid, MemoryBook

NOW = datetime(2026, 3, 16, 7, 30)
SIGNED = date(2025, 1, 20)
HEADER: list[Any] = ["Person ID", "Full name", "Relation", "Agreement signed", "Entered on", "Status"]
PERSON: list[Any] = ["P1", "Amber", "HQS", SIGNED, None, None]

COUNTS = ["COUNT(A2:A60)", "=COUNTA(A2:A60)", 'countif(C2:C60,"HQS")', "SUBTOTAL(103,A2:A60)", "+SUM(A2:A60)"]
COUNTS += ["_xlfn.AGGREGATE(3,5,A2:A60)", "COUNTA([.A2:.A60])", "ROWS(A2:A60)", 'SUMPRODUCT(--(A2:A60<>""))']
NO_COUNTS = ["A2", "A2+1", "DATE(2026,1,1)", "EDATE(D2,36)", "COUNTRY", "VLOOKUP(A2,COUNTS,2)", "IF(COUNT(A2)=1,5,6)"]


@pytest.mark.parametrize("formula", COUNTS)
def test_a_formula_that_counts(formula: str) -> None:
    assert meaning_of(formula) is COUNTING


@pytest.mark.parametrize("formula", NO_COUNTS)
def test_any_other(formula: str) -> None:
    assert meaning_of(formula) is None


@pytest.mark.parametrize("value", [None, "", "5", True, "#DIV/0!"])
def test_what_is_no_number_stays_what_it_is(value: Any) -> None:
    assert COUNTING.of(value) is value


def test_a_number_of_other_days_stays_one() -> None:
    number: Serial = serial_class(5)(7)
    assert COUNTING.of(number) is number


def test_it_is_read_as_the_number_it_is() -> None:
    found = pickle.loads(pickle.dumps(COUNTING.of(46022)))  # noqa: S301 - our own, as a worker gets it
    assert isinstance(found, CountedNumber)
    assert to_date(found) == date(2025, 12, 31)
    assert to_text(found) == "46022"


COUNTED = CountedNumber(59)


@pytest.mark.parametrize(
    ("cells", "nobody"),
    [
        ({"person_id": COUNTED}, True),
        ({"person_id": COUNTED, "relation": COUNTED, "entered_on": CountedNumber(46022)}, True),
        ({"person_id": COUNTED, "full_name": 12}, True),
        ({"full_name": 59}, True),
        ({"full_name": 59, "citizenship": 7}, True),
        ({"person_id": 59}, False),
        ({"person_id": COUNTED, "full_name": "Basil"}, False),
        ({"person_id": COUNTED, "relation": "HQS"}, False),
        ({"person_id": COUNTED, "agreement_signed": SIGNED}, False),
        ({"entered_on": 46022}, False),
        ({"visa_required": False}, False),
        ({"owns_housing": True}, False),
        ({"person_id": 5, "entered_on": COUNTED}, False),
    ],
)
def test_a_row_of_them_alone_is_nobody(cells: dict[str, Any], *, nobody: bool) -> None:
    assert is_no_row("roster", cells) is nobody


def test_nor_is_it_a_notice_but_a_number_alone_may_be_one() -> None:
    assert is_no_row("salary", {"salary_paid": CountedNumber(5)})
    assert not is_no_row("salary", {"salary_paid": 5.0})


@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_nothing_is_written_beside_it_and_it_is_named(place: int) -> None:
    total: list[Any] = [None] * len(HEADER)
    total[place] = Formula("=COUNTA(A2:A2)", 1)
    grid: Grid = [HEADER, [*PERSON], total]
    book = MemoryBook({"R": grid})
    summary = refresh_book(book, now=NOW)
    assert summary.people == 1
    assert book.grids["R"][2][-1] is None
    assert [one.number for one in summary.coverage.not_checked if one.kind == "rows"] == [1]


@pytest.mark.parametrize("numbered", ["=COUNTA(B$2:B2)", "=SUBTOTAL(3,B$2:B2)"])
def test_people_numbered_by_such_a_formula_are_people(numbered: str) -> None:
    rows = [[Formula(numbered, row), name, "HQS", SIGNED] for row, name in enumerate(("Amber", "Basil"), 1)]
    found = read_roster(MemoryBook({"R": [HEADER[:4], *rows]}))
    assert [person.person_id for person, _ in found.people] == ["1", "2"]


def test_a_closed_file_says_so_too(tmp_path: Path) -> None:
    path = tmp_path / "counted.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("R")
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ["P1", "Amber", "HQS", 45677])
        sheet.write_formula(3, 0, "=COUNTA(A2:A3)", None, 1)
        sheet.write_formula(4, 1, "=SUBTOTAL(3,B2:B3)", None, 1)
        sheet.write_number(5, 0, 62)
    with ClosedBook(path) as book:
        found = read_roster(book)
    assert [person.row for person, _ in found.people] == [2, 6]
    assert [*found.other.passed.get("roster", ())] == [4, 5]
