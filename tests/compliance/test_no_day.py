"""What programs write for no day and for no end, and links to blank cells: as good as a blank in every column."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hqs_xl.compliance.check import Roster, check_block, check_roster, read_roster
from hqs_xl.roster.columns import facts
from hqs_xl.roster.gathered import Gathered
from hqs_xl.roster.reading import read
from hqs_xl.roster.records import Person
from tests.roster.books import MemoryBook
from tests.roster.people import AS_OF, FILED, SPECIALIST, codes, settings
from tests.roster.test_documents import checked

BLANKS = [0, 0.0, "01.01.0001 0:00:00", "00.01.1900", "0001-01-01T00:00:00"]
COLUMNS = [column for column in facts("roster") if column.key != "person_id"]


@pytest.mark.parametrize("value", BLANKS, ids=repr)
@pytest.mark.parametrize("key", [column.key for column in COLUMNS if column.kind == "date"])
def test_no_day_is_as_good_as_a_blank(key: str, value: Any) -> None:
    assert codes({key: value}) == codes({key: None})


@pytest.mark.parametrize("key", [column.key for column in COLUMNS if column.kind != "date"])
def test_a_link_to_a_blank_cell_is_as_good_as_one(key: str) -> None:
    assert codes({key: 0}) == codes({key: None})


@pytest.mark.parametrize("value", BLANKS, ids=repr)
def test_a_notice_filed_on_no_day_is_not_filed(value: Any) -> None:
    assert codes({}, FILED | {"2025Q2": value}) == ["notice.salary.overdue"]


@pytest.mark.parametrize("value", ["31.12.9999", 2958465, date(9999, 12, 31)], ids=repr)
class TestNoEnd:
    def test_of_the_agreement_leaves_it_open(self, value: Any) -> None:
        expires = {"permit_expires": date(2026, 4, 1)}
        assert codes(expires | {"agreement_ends": value}) == codes(expires) == ["permit.renewal_overdue"]

    def test_of_the_policy_covers_all_days_from_its_first(self, value: Any) -> None:
        assert codes({"policy_ends": value}) == []
        assert codes({"policy_ends": value, "policy_starts": None}) == ["insurance.gap_untold"]
        assert codes({"policy_ends": value, "policy_starts": date(2025, 6, 2)}) == ["insurance.gap"]

    @pytest.mark.parametrize("first", [None, date(2026, 1, 1)])
    def test_of_a_document_that_covers_the_days_to_come(self, value: Any, first: date | None) -> None:
        ended = SPECIALIST | {"policy_ends": date(2026, 2, 1)}
        roster = Roster([(read(Person, 2, ended)[0], [])], Gathered())
        roster.other.take("roster", 2, ended)
        for quarter, day in FILED.items():
            roster.other.take("salary", 2, {"person_id": "P1", "quarter": quarter, "filed_on": day})
        policy = {"person_id": "P1", "document": "policy", "valid_until": value, "valid_from": first}
        roster.other.take("documents", 7, {key: cell for key, cell in policy.items() if cell is not None})
        untold = [] if first else ["insurance.gap_untold"]
        assert [one.code for one in check_roster(roster, settings()).findings] == untold

    def test_of_a_permit_or_visa_is_longer_than_it_may_be(self, value: Any) -> None:
        assert codes({"permit_expires": value}) == ["permit.too_long"]
        assert codes({"permit_expires": value, "permit_starts": None}) == ["permit.too_long"]
        assert codes({"permit_expires": value, "agreement_ends": date(2027, 1, 1)}) == [
            *("permit.beyond_agreement", "permit.too_long", "visa.too_long"),
        ]
        assert codes({"visa_expires": value}) == ["visa.too_long"]
        assert codes({"visa_expires": value, "visa_starts": None}) == ["visa.too_long"]

    def test_of_a_registration_is_beyond_every_visa(self, value: Any) -> None:
        assert codes({"registered_until": value}) == ["registration.beyond_visa"]
        assert codes({"registered_until": value, "visa_expires": None}) == ["visa.missing"]
        assert codes({"registered_until": value, "visa_required": "no"}) == ["scope.visa_free"]
        assert codes({"registered_until": value, "visa_expires": value}) == ["visa.too_long"]

    @pytest.mark.parametrize(
        ("kind", "columns", "code"),
        [
            ("permit", ("permit_starts", "permit_expires"), "permit.too_long"),
            ("visa", ("visa_starts", "visa_expires"), "visa.too_long"),
            ("registration", ("registered_on", "registered_until"), "registration.beyond_visa"),
        ],
    )
    def test_of_a_document_too(self, value: Any, kind: str, columns: tuple[str, str], code: str) -> None:
        rows = [(kind, SPECIALIST[columns[0]], value)]
        for blank in ({}, dict.fromkeys(columns)):
            assert [one.code for one in checked(blank, rows).findings] == [code]


@pytest.mark.parametrize("date1904", [False, True])
def test_a_row_of_links_to_blank_cells_is_no_person(date1904: bool) -> None:
    heads = [column.key for column in facts("roster")]
    book = MemoryBook({"R": [heads, [SPECIALIST.get(key) for key in heads], [0] * len(heads), [0.0] * len(heads)]})
    book.date1904 = date1904
    roster = read_roster(book)
    assert [person.person_id for person, _ in roster.people] == ["P1"]
    assert not roster.other.ids.known("")


def test_a_lone_zero_in_a_book_of_1904_is_no_day() -> None:
    heads = [column.key for column in facts("roster")]
    person = SPECIALIST | {"terminated_on": 0}
    book = MemoryBook({"R": [heads, [person.get(key) for key in heads]]})
    book.date1904 = True
    assert "data.not_a_date" not in {one.code for one in check_roster(read_roster(book), settings()).findings}


def test_blank_rows_of_a_block_are_no_people() -> None:
    rows: list[list[Any]] = [["P1", "HQS", date(2026, 3, 12)], [0, 0, 0], ["", None, ""]]
    found = check_block(["Person ID", "Relation", "Agreement signed"], rows, {}, as_of=AS_OF)
    assert [line is not None for line in found] == [True, False, False]


def test_a_row_that_says_no_is_one() -> None:
    heads = ["Person ID", "Relation", "Agreement signed", "Visa required"]
    assert len(read_roster(MemoryBook({"R": [heads, [None, None, None, False]]})).people) == 1


@pytest.mark.parametrize(
    ("row", "column"),
    [({"date": date(2026, 6, 1)}, "working"), ({"working": "no"}, "date"), ({"date": 0, "working": "no"}, "date")],
)
def test_an_own_day_half_said_is_a_cell_to_mend(row: dict[str, Any], column: str) -> None:
    other = Gathered()
    other.take("own_days", 12, row)
    [found] = other.first_findings("en")
    assert (found.code, found.table, found.row, found.column) == ("data.required", "own_days", 12, column)


def test_an_own_day_that_says_nothing_is_none() -> None:
    other = Gathered()
    other.take("own_days", 12, {"note": "to come"})
    assert not list(other.first_findings("en"))
