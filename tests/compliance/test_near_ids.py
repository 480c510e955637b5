"""Ids that differ by hardly anything: each is its own person's, and the nearness is said wherever it is met."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from hqs_xl.compliance.check import Report, check_roster, read_roster
from hqs_xl.errors import HqsError
from hqs_xl.functions import HQS_ANSWERS, HQS_CHECK
from hqs_xl.law import Quarter
from hqs_xl.output.notice import notice
from hqs_xl.sync.book import refresh_book
from tests.cells.test_ids import APART, NEAR
from tests.roster.books import Grid, MemoryBook
from tests.roster.people import AS_OF, FAMILY, FILED, SPECIALIST, Facts, settings

PAIRS = [(one, other) for one, other, _ in NEAR.values()]


def sheets(*people: Facts, notices: Grid | None = None, documents: Grid | None = None) -> dict[str, Grid]:
    keys = list(dict.fromkeys(key for facts in people for key in facts))
    ids = [facts["person_id"] for facts in people if facts["relation"] == "HQS"]
    filed = [[one, quarter, day] for one in ids for quarter, day in FILED.items()] if notices is None else notices
    found: dict[str, Grid] = {
        "R": [[*keys, "Status", "Check"], *([*map(facts.get, keys), None, None] for facts in people)],
        "S": [["Person ID", "Quarter", "Filed on"], *filed],
    }
    if documents:
        found["D"] = [["Person ID", "Document", "Number", "Valid from", "Valid until"], *documents]
    return found


def report(*people: Facts, **more: Any) -> Report:
    roster = read_roster(MemoryBook(sheets(*people, **more)))
    return check_roster(roster, settings())


def found(one: Report) -> list[tuple[str, int, str, str]]:
    return [(finding.table, finding.row, finding.column, finding.code) for finding in one.findings]


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=str)
def test_two_people_whose_ids_are_near_are_two_and_it_is_said(one: str, other: str) -> None:
    made = report(SPECIALIST | {"person_id": one}, SPECIALIST | {"person_id": other})
    assert found(made) == [("roster", 3, "person_id", "data.near_id")]
    assert f"«{one}»" in made.findings[0].message
    assert [line.status for line in made.agenda] == ["OK", "Missing data"]


@pytest.mark.parametrize(("one", "other"), APART, ids=str)
def test_two_people_whose_ids_are_not(one: str, other: str) -> None:
    assert found(report(SPECIALIST | {"person_id": one}, SPECIALIST | {"person_id": other})) == []


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=str)
def test_a_notice_counts_for_no_near_id(one: str, other: str) -> None:
    filed: Grid = [[other, quarter, day] for quarter, day in FILED.items()]
    made = report(SPECIALIST | {"person_id": one}, notices=filed)
    overdue = [("roster", 2, "person_id", "notice.salary.overdue")] * len(FILED)
    assert found(made) == [*overdue, *(("salary", row, "person_id", "data.near_id") for row in range(2, 6))]
    assert f"«{one}» differs from it only by" in made.findings[-1].message


def test_a_notice_of_nobody_at_all_is_said_as_before() -> None:
    filed: Grid = [["P1", quarter, day] for quarter, day in FILED.items()]
    made = report(SPECIALIST, notices=[*filed, ["P9", "2025Q1", date(2025, 4, 28)]])
    assert found(made) == [("salary", 6, "person_id", "data.unknown_person")]


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=str)
def test_a_document_is_of_no_near_id(one: str, other: str) -> None:
    permit = dict.fromkeys(("permit_starts", "permit_expires"))
    held: Grid = [[other, "permit", "1", date(2025, 3, 3), date(2028, 3, 2)]]
    made = report(SPECIALIST | {"person_id": one} | permit, documents=held)
    assert {code for *_, code in found(made)} >= {"permit.missing_untold", "data.near_id"}
    assert ("documents", 2, "person_id", "data.near_id") in found(made)
    assert "permit.missing" not in str(found(report(SPECIALIST | {"person_id": other} | permit, documents=held)))
    far = [["X-99", *held[0][1:]]]
    assert "permit.missing" in {
        code for *_, code in found(report(SPECIALIST | {"person_id": one} | permit, documents=far))
    }


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=str)
def test_a_sponsor_is_nobody_whose_id_is_near(one: str, other: str) -> None:
    made = report(SPECIALIST | {"person_id": one}, FAMILY | {"sponsor_id": other})
    assert found(made) == [
        ("roster", 3, "sponsor_id", "data.near_id"),
        ("roster", 3, "sponsor_id", "family.no_sponsor"),
    ]
    assert found(report(SPECIALIST | {"person_id": other}, FAMILY | {"sponsor_id": other})) == []


def test_spaces_of_any_width_around_and_within_are_no_difference() -> None:
    filed: Grid = [["\u00a0A  1 ", quarter, day] for quarter, day in FILED.items()]
    assert found(report(SPECIALIST | {"person_id": "A 1"}, notices=filed)) == []


def test_a_number_is_its_digits() -> None:
    filed: Grid = [["12", "2025Q1", FILED["2025Q1"]], [12, "2025Q2", FILED["2025Q2"]]]
    filed += [[12.0, quarter, FILED[quarter]] for quarter in ("2025Q3", "2025Q4")]
    assert found(report(SPECIALIST | {"person_id": 12.0}, notices=filed)) == []


def test_the_cell_functions_say_it_too() -> None:
    grid = sheets(SPECIALIST, SPECIALIST | {"person_id": "p1"})
    block = [["" if cell is None else cell for cell in row] for row in grid["R"][1:]]
    checked: Any = HQS_CHECK([grid["R"][0]], block, AS_OF, "card", "en")
    assert checked[0] == [""]
    assert "«P1»" in checked[1][0]
    answers: Any = HQS_ANSWERS([grid["R"][0]], block, AS_OF, "card", "ru", grid["S"], None, None)
    assert "«P1» только заглавными и строчными буквами" in answers[1][5]


def test_a_notice_asked_for_of_a_near_id_says_whose_it_may_be() -> None:
    roster = read_roster(MemoryBook(sheets(SPECIALIST)))
    with pytest.raises(HqsError, match="«P1» differs from it only by upper and lower case"):
        notice(roster, settings(), "p1", "salary", Quarter(2025, 1))
    with pytest.raises(HqsError, match=r"«P9» in the roster$"):
        notice(roster, settings(), "P9", "salary", Quarter(2025, 1))


def test_refresh_says_what_check_says() -> None:
    people = [SPECIALIST | {"person_id": one} for one in ("P1", "0012", "p1", 12, "P*1", "P?1", "~")]
    book, roster = MemoryBook(sheets(*people)), read_roster(MemoryBook(sheets(*people)))
    wanted = check_roster(roster, roster.other.settings_for(AS_OF))
    refresh_book(book, now=datetime(2026, 3, 16, 9))
    assert [row[-2] for row in book.grids["R"][1:]] == [line.status for line in wanted.agenda]
    assert [row[-1] or "" for row in book.grids["R"][1:]] == [line.check for line in wanted.agenda]
    assert [line.status for line in wanted.agenda] == [*["Due soon"] * 2, *["Missing data"] * 2, *["Due soon"] * 3]
