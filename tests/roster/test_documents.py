"""The documents table: renewals beside what they renew; what is covered by any of them is covered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hqs_xl.cli.program import main
from hqs_xl.compliance.check import Report, Roster, check_roster, read_roster
from hqs_xl.functions import HQS_ANSWERS
from hqs_xl.roster.columns import TABLES
from hqs_xl.roster.documents import Documents
from hqs_xl.roster.gathered import Gathered
from hqs_xl.roster.reading import read
from hqs_xl.roster.records import Document, Person
from hqs_xl.roster.spans import in_force, newest
from hqs_xl.sync.book import refresh_book
from hqs_xl.texts import LANGUAGES
from tests.roster.books import made_by_us
from tests.roster.people import AS_OF, FAMILY, FILED, SPECIALIST, Facts, codes, settings
from tests.roster_files import write

Row = tuple[Any, ...]
KEYS = ("document", "valid_from", "valid_until", "number", "replaced_by")
OLD = {"permit_starts": date(2023, 3, 3), "permit_expires": date(2026, 3, 2)}


def checked(
    changes: Facts | None = None, rows: Iterable[Row] = (), *, facts: Facts = SPECIALIST, **given: Any
) -> Report:
    """The report on a person with documents."""
    roster = Roster([], Gathered())
    people = [SPECIALIST, facts | (changes or {})] if facts is FAMILY else [facts | (changes or {})]
    for row, cells in enumerate(people, 2):
        roster.people.append(read(Person, row, cells))
        roster.other.take("roster", row, cells)
    for row, (quarter, day) in enumerate(FILED.items(), 2):
        roster.other.take("salary", row, {"person_id": "P1", "quarter": quarter, "filed_on": day})
    for row, written in enumerate(rows, 2):
        known = {key: value for key, value in zip(KEYS, written, strict=False) if value is not None}
        roster.other.take("documents", row, {"person_id": people[-1]["person_id"]} | known)
    return check_roster(roster, settings(**given))


def found(changes: Facts | None = None, rows: Iterable[Row] = (), **given: Any) -> list[str]:
    return sorted(finding.code for finding in checked(changes, rows, **given).findings)


# --- Without the table, and with one that says the same ---------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [{}, OLD, {"policy_ends": date(2026, 3, 1)}, {"visa_expires": date(2026, 3, 1), "registered_until": None}],
    ids=str,
)
def test_a_table_that_says_what_the_roster_says_changes_nothing(changes: Facts) -> None:
    facts = SPECIALIST | changes
    columns = {
        "permit": ("permit_starts", "permit_expires"),
        "visa": ("visa_starts", "visa_expires"),
        "policy": ("policy_starts", "policy_ends"),
        "registration": ("registered_on", "registered_until"),
    }
    rows = [(kind, facts[first], facts[last]) for kind, (first, last) in columns.items() if facts[last]]
    assert found(changes, rows) == codes(changes)
    emptied = {column: None for pair in columns.values() for column in pair if facts[pair[1]]}
    if facts["registered_until"]:
        assert found(changes | emptied, rows) == codes(changes)


# --- Renewals beside the old -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], ["permit.expired", "permit.renewal_overdue"]),
        ([("permit", date(2026, 3, 3), date(2029, 3, 2))], []),
        # A day between the two: the run that covers the day of the check is the new one.
        ([("permit", date(2026, 3, 4), date(2029, 3, 3))], ["permit.gap"]),
        ([("permit", date(2026, 3, 17), date(2029, 3, 16))], ["permit.expired", "permit.renewal_overdue"]),
        ([("permit", date(2020, 3, 3), date(2023, 3, 2))], ["permit.expired", "permit.renewal_overdue"]),
        ([("permit", date(2026, 3, 3), date(2029, 3, 3))], []),
        ([("permit", date(2026, 3, 3), date(2029, 3, 4))], ["permit.too_long"]),
        ([("permit", date(2026, 3, 3), date(2026, 4, 10))], ["permit.renewal_overdue"]),
        ([("permit", date(2026, 3, 3), date(2026, 4, 20))], ["permit.renewal_due"]),
        ([("visa", date(2026, 3, 3), date(2029, 3, 2))], ["permit.expired", "permit.renewal_overdue"]),
    ],
)
def test_a_permit_renewed_goes_on(rows: list[Row], expected: list[str]) -> None:
    assert found(OLD, rows) == expected


def test_a_renewal_filed_for_the_old_permit_does_not_count_for_the_new_one() -> None:
    rows = [("permit", date(2026, 3, 3), date(2026, 4, 10))]
    assert found(OLD | {"renewal_filed": date(2026, 1, 20)}, rows) == ["permit.renewal_overdue"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], ["visa.expired"]),
        ([("visa", date(2026, 3, 2), date(2028, 3, 1))], []),
        ([("visa", date(2026, 3, 2), date(2026, 3, 15))], ["visa.expired"]),
    ],
)
def test_a_visa_too(rows: list[Row], expected: list[str]) -> None:
    changes = {"visa_expires": date(2026, 3, 1), "registered_until": None}
    assert found(changes, rows) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], ["insurance.gap"]),
        ([("policy", date(2026, 2, 2), date(2026, 12, 31))], []),
        ([("policy", date(2026, 2, 3), date(2026, 12, 31))], ["insurance.gap"]),
        ([("policy", date(2026, 2, 2), date(2026, 3, 20))], ["insurance.ending"]),
        ([("policy", date(2026, 2, 2), date(2026, 3, 20)), ("policy", date(2026, 3, 21), date(2027, 3, 20))], []),
        (
            [("policy", date(2026, 2, 2), date(2026, 3, 20)), ("policy", date(2026, 3, 22), date(2027, 3, 20))],
            ["insurance.ending"],
        ),
        ([("policy", None, date(2027, 3, 20))], ["insurance.gap_untold"]),
    ],
)
def test_policies_are_looked_at_together(rows: list[Row], expected: list[str]) -> None:
    assert found({"policy_ends": date(2026, 2, 1)}, rows) == expected


def test_a_gap_in_the_past_is_found_behind_a_policy_that_runs() -> None:
    rows = [("policy", date(2025, 3, 1), date(2025, 6, 30)), ("policy", date(2025, 7, 11), date(2026, 12, 31))]
    report = checked({"policy_starts": None, "policy_ends": None}, rows)
    (gap,) = report.findings
    assert (gap.code, gap.due) == ("insurance.gap", date(2025, 7, 1))
    assert "Days without health insurance: 10" in gap.message


def test_a_policy_replaced_ends_the_day_before_the_next_one_begins() -> None:
    rows: list[Row] = [
        ("policy", date(2025, 3, 1), date(2027, 12, 31), "A1", "A2"),
        ("policy", date(2026, 1, 1), date(2026, 3, 20), "A2"),
    ]
    assert found({"policy_starts": None, "policy_ends": None}, rows) == ["insurance.ending"]
    rows[0] = (*rows[0][:4], None)
    assert found({"policy_starts": None, "policy_ends": None}, rows) == []


@pytest.mark.parametrize(
    ("first", "told"),
    [(date(2026, 1, 14), True), (date(2026, 1, 15), True), (date(2026, 1, 16), False), (None, False)],
)
@pytest.mark.parametrize("kind", ["policy", "visa"])
def test_a_successor_that_is_older_replaces_nothing_and_is_told(kind: str, first: date | None, *, told: bool) -> None:
    rows: list[Row] = [
        (kind, first, date(2026, 12, 31), "A2"),
        (kind, date(2026, 1, 15), date(2026, 12, 31), "A1", "A2"),
    ]
    mine = [one for one in checked({}, rows).findings if one.table == "documents"]
    assert [(one.code, one.row, one.column) for one in mine] == [("data.older_document", 3, "replaced_by")] * told
    assert all("(row 2)" in one.message for one in mine)


def test_a_document_does_not_replace_itself() -> None:
    rows: list[Row] = [("policy", date(2026, 1, 15), date(2026, 12, 31), "A1", "A1")]
    assert found({}, rows) == ["data.older_document"]


def test_of_registrations_the_one_made_last_counts() -> None:
    entered = {
        "entered_on": date(2025, 11, 10),
        "registered_on": date(2025, 3, 5),
        "registered_until": date(2028, 2, 1),
    }
    assert found(entered) == ["registration.overdue"]
    assert found(entered, [("registration", date(2025, 11, 12), date(2026, 12, 1))]) == []
    # Prolonged in time, or not.
    short = ("registration", date(2025, 11, 12), date(2026, 3, 20))
    assert found(entered, [short]) == ["registration.due"]
    assert found(entered, [short, ("registration", date(2026, 3, 21), date(2027, 3, 20))]) == []
    assert found(entered, [short, ("registration", date(2026, 3, 22), date(2027, 3, 20))]) == ["registration.due"]


# Entered on 2025-11-10, so that the registration is due on 2026-02-11.
SINCE_THE_ENTRY: dict[str, tuple[list[tuple[date, date]], tuple[str, date] | None]] = {
    "prolonged after that day": ([(date(2025, 11, 12), date(2026, 3, 1)), (date(2026, 3, 2), date(2027, 3, 1))], None),
    "prolonged, the first on the last day": (
        [(date(2026, 2, 11), date(2026, 3, 1)), (date(2026, 2, 20), date(2027, 3, 1))],
        None,
    ),
    "prolonged, the first a day late": (
        [(date(2026, 2, 12), date(2026, 3, 1)), (date(2026, 3, 2), date(2027, 3, 1))],
        ("registration.late", date(2026, 2, 11)),
    ),
    "a day between": (
        [(date(2025, 11, 12), date(2026, 2, 28)), (date(2026, 3, 2), date(2027, 3, 1))],
        ("registration.late", date(2026, 2, 28)),
    ),
    "days between that need none": (
        [(date(2025, 11, 12), date(2025, 12, 1)), (date(2026, 2, 11), date(2027, 3, 1))],
        None,
    ),
    "days between, the second a day late": (
        [(date(2025, 11, 12), date(2025, 12, 1)), (date(2026, 2, 12), date(2027, 3, 1))],
        ("registration.late", date(2026, 2, 11)),
    ),
    "the first was of an earlier entry": (
        [(date(2025, 11, 9), date(2026, 3, 1)), (date(2026, 3, 2), date(2027, 3, 1))],
        ("registration.late", date(2026, 2, 11)),
    ),
    "another one is to begin": (
        [(date(2025, 11, 12), date(2026, 3, 20)), (date(2026, 3, 22), date(2027, 3, 20))],
        ("registration.due", date(2026, 3, 20)),
    ),
}


@pytest.mark.parametrize("case", SINCE_THE_ENTRY)
def test_one_that_prolongs_is_no_late_registration(case: str) -> None:
    registrations, expected = SINCE_THE_ENTRY[case]
    entered: Facts = {"entered_on": date(2025, 11, 10), "registered_on": None, "registered_until": None}
    rows: list[Row] = [("registration", *days) for days in registrations]
    for order in (rows, rows[::-1]):
        assert [(one.code, one.due) for one in checked(entered, order).findings] == ([expected] if expected else [])


def test_after_a_move_only_those_of_the_new_place_count() -> None:
    moved: Facts = {"entered_on": date(2025, 3, 10), "moved_on": date(2026, 1, 12)}
    moved |= {"registered_on": date(2025, 6, 2), "registered_until": date(2026, 3, 1)}
    prolonged = ("registration", date(2026, 3, 2), date(2027, 3, 1))
    assert found(moved, [("registration", date(2026, 2, 16), date(2026, 3, 1)), prolonged]) == []
    assert found(moved, [prolonged]) == ["registration.late"]


def test_a_registration_without_an_end_stands_beside_older_ones() -> None:
    open_ended = {"entered_on": date(2025, 11, 10), "registered_on": date(2025, 11, 12), "registered_until": None}
    assert found(open_ended, [("registration", date(2025, 3, 5), date(2025, 12, 31))]) == []


def test_family_have_documents_of_their_own() -> None:
    changes = {"policy_ends": date(2026, 3, 1)}
    assert found(changes, facts=FAMILY) == ["insurance.gap"]
    assert found(changes, [("policy", date(2026, 3, 2), date(2026, 12, 31))], facts=FAMILY) == []


# --- Cells to mend ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"document": None}, "data.required", "document"),
        ({"valid_until": None}, "data.required", "valid_until"),
        ({"person_id": None}, "data.required", "person_id"),
        ({"document": "passport"}, "data.unknown_word", "document"),
        ({"valid_until": "soon"}, "data.not_a_date", "valid_until"),
        ({"valid_from": date(2027, 1, 2)}, "data.order", "valid_until"),
        ({"person_id": "P9"}, "data.unknown_person", "person_id"),
        ({"replaced_by": "B7"}, "data.unknown_document", "replaced_by"),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_cell_to_mend_is_named_and_the_row_left_out(cells: Facts, code: str, column: str, lang: str) -> None:
    whole = {"person_id": "P1", "document": "policy", "valid_from": AS_OF, "valid_until": date(2027, 1, 1)}
    roster = Roster([(read(Person, 2, SPECIALIST)[0], [])], Gathered())
    roster.other.take("roster", 2, SPECIALIST)
    for quarter, day in FILED.items():
        roster.other.take("salary", 2, {"person_id": "P1", "quarter": quarter, "filed_on": day})
    given = {key: value for key, value in (whole | cells).items() if value is not None}
    roster.other.take("documents", 7, given)
    (finding,) = check_roster(roster, settings(lang=lang)).findings
    assert (finding.code, finding.column, finding.row, finding.table) == (code, column, 7, "documents")


@pytest.mark.parametrize("key", ["number", "valid_from", "filed", "replaced_by"])
def test_a_document_counts_as_far_as_it_can_be_read(key: str) -> None:
    roster = Roster([(read(Person, 2, SPECIALIST | {"policy_ends": date(2026, 3, 1)})[0], [])], Gathered())
    roster.other.take("roster", 2, SPECIALIST)
    for quarter, day in FILED.items():
        roster.other.take("salary", 2, {"person_id": "P1", "quarter": quarter, "filed_on": day})
    policy = {"person_id": "P1", "document": "policy", "valid_from": date(2026, 3, 2), "valid_until": date(2027, 1, 1)}
    roster.other.take("documents", 7, policy | {key: "#REF!"})
    told = [(one.code, one.row) for one in check_roster(roster, settings()).findings]
    assert told == [*([("insurance.gap_untold", 2)] if key == "valid_from" else []), ("data.not_a_date", 7)]


ENDS = date(2027, 12, 31)
BLANK_PERMIT: Facts = dict.fromkeys(("permit_starts", "permit_expires", "permit_collected", "work_started"))
BLANK_PERMIT["hiring_order"] = None
COLLECTED = BLANK_PERMIT | {"permit_collected": date(2025, 3, 3)}
BLANK_VISA = dict.fromkeys(("visa_starts", "visa_expires"))
# What holds only if it has begun, of which no cell says when: changes of the roster, documents, what is found.
UNBEGUN: dict[str, tuple[Facts, list[Row], list[str]]] = {
    "a permit, no first day": (BLANK_PERMIT, [("permit", None, ENDS)], ["permit.begun_untold"]),
    "a permit, a first day nobody can read": (
        BLANK_PERMIT,
        [("permit", "?", ENDS)],
        ["data.not_a_date", "permit.begun_untold"],
    ),
    "a permit that is to be collected": (
        BLANK_PERMIT | {"permit_collected": AS_OF + timedelta(days=1)},
        [("permit", None, ENDS)],
        ["permit.begun_untold"],
    ),
    "the earlier one was collected, and holds": (
        COLLECTED,
        [("permit", date(2025, 3, 3), AS_OF), ("permit", None, ENDS)],
        [],
    ),
    "the earlier one was collected, and has ended": (
        COLLECTED,
        [("permit", date(2025, 3, 3), date(2026, 3, 15)), ("permit", None, ENDS)],
        ["permit.gap_untold"],
    ),
    "the earlier one was collected on its last day": (
        COLLECTED,
        [("permit", date(2025, 1, 3), date(2025, 3, 3)), ("permit", None, ENDS)],
        ["permit.gap_untold"],
    ),
    "which of two was collected nobody knows": (
        COLLECTED,
        [("permit", None, date(2026, 3, 15)), ("permit", None, ENDS)],
        ["permit.gap_untold"],
    ),
    "collected longer ago than a permit lasts": (
        COLLECTED,
        [("permit", None, date(2028, 3, 4))],
        ["permit.begun_untold"],
    ),
    "the roster's first day is after its end": (
        BLANK_PERMIT | {"permit_starts": date(2028, 1, 1)},
        [("permit", None, ENDS)],
        ["permit.begun_untold"],
    ),
    "the roster's first day is of either": (
        BLANK_PERMIT | {"permit_starts": date(2025, 3, 3)},
        [("permit", None, ENDS), ("permit", None, AS_OF)],
        ["permit.begun_untold"],
    ),
    "a visa, no first day": (BLANK_VISA, [("visa", None, ENDS)], ["visa.begun_untold"]),
    "the day itself is its last": (BLANK_VISA, [("visa", None, AS_OF)], ["visa.begun_untold"]),
    "another one begins tomorrow": (
        BLANK_VISA,
        [("visa", None, ENDS), ("visa", AS_OF + timedelta(days=1), ENDS)],
        ["visa.begun_untold"],
    ),
    # Not so where it is known, or of no matter.
    "the permit was collected": (COLLECTED, [("permit", None, ENDS)], []),
    "the permit was collected today": (COLLECTED | {"permit_collected": AS_OF}, [("permit", None, ENDS)], []),
    "collected on the day, its last": (
        COLLECTED | {"permit_collected": AS_OF},
        [("permit", None, AS_OF)],
        ["permit.renewal_overdue"],
    ),
    "the middle one of three was collected": (
        COLLECTED,
        [
            ("permit", date(2025, 1, 3), date(2025, 3, 2)),
            ("permit", None, date(2025, 12, 31)),
            ("permit", date(2026, 1, 1), ENDS),
        ],
        [],
    ),
    "three years before its end": (COLLECTED, [("permit", None, date(2028, 3, 3))], []),
    "collected the day after the earlier one ended": (
        COLLECTED,
        [("permit", date(2025, 1, 3), date(2025, 3, 2)), ("permit", None, ENDS)],
        [],
    ),
    "collected after a renewal of the earlier one": (
        COLLECTED | {"renewal_filed": date(2025, 2, 1)},
        [("permit", date(2025, 1, 3), date(2025, 3, 10)), ("permit", None, ENDS)],
        [],
    ),
    "the first day stands in the roster": (
        BLANK_PERMIT | {"permit_starts": date(2025, 3, 3)},
        [("permit", None, ENDS)],
        [],
    ),
    "the visa's first day stands in the roster": (
        {"visa_starts": date(2025, 3, 3), "visa_expires": None},
        [("visa", None, ENDS)],
        [],
    ),
    "a first day": (BLANK_PERMIT, [("permit", date(2025, 3, 3), ENDS)], []),
    "it begins on the day": (BLANK_VISA, [("visa", AS_OF, ENDS)], []),
    "another one surely holds": ({}, [("permit", None, ENDS)], []),
    "another one in the table does": (BLANK_VISA, [("visa", None, ENDS), ("visa", AS_OF, AS_OF)], []),
    "it has ended": (BLANK_VISA, [("visa", None, date(2026, 3, 15))], ["visa.expired"]),
    "who has left needs no visa": (
        {**BLANK_VISA, "left_on": AS_OF, "agreement_ends": date(2026, 3, 1), "terminated_notice_filed": AS_OF},
        [("visa", None, ENDS)],
        [],
    ),
}


@pytest.mark.parametrize("name", UNBEGUN)
def test_what_has_no_first_day_holds_only_perhaps(name: str) -> None:
    changes, rows, expected = UNBEGUN[name]
    told = [code for code in found(changes, rows) if code.startswith(("permit.", "visa.", "data."))]
    assert sorted(code for code in told if code not in {"permit.too_long", "visa.too_long"}) == expected


@pytest.mark.parametrize("lang", LANGUAGES)
def test_until_when_such_a_document_lasts_is_said(lang: str) -> None:
    [one] = [one for one in checked(BLANK_VISA, [("visa", None, ENDS)], lang=lang).findings if "begun" in one.code]
    assert ("2027-12-31" if lang == "en" else "31.12.2027") in one.message
    assert ("Valid from" if lang == "en" else "Действует с") in one.action


@pytest.mark.parametrize("word", ["Permit", "work permit", "Разрешение", "ВИЗА", "Миграционный учет", "полис"])
def test_kinds_in_either_language(word: str) -> None:
    assert read(Document, 2, {"document": word})[0].document


def test_number_and_rows_come_back_as_they_were() -> None:
    documents = Documents()
    for row, number in enumerate(["A-1", "", "ДМС № 7", "x" * 5000], 2):
        cells = {"person_id": "P1", "document": "policy", "valid_until": AS_OF, "number": number}
        documents.add(*read(Document, row, cells))
    assert [(one.row, one.number) for one in documents.of("P1")] == [
        *((2, "A-1"), (3, ""), (4, "ДМС № 7"), (5, "x" * 1000)),
    ]
    assert documents.of("P2") == []


def test_of_two_that_end_together_the_later_one_is_in_force() -> None:
    """A permit reissued for a new passport runs to the old day, and is as long as it is."""
    ends = date(2027, 3, 2)
    assert in_force([(date(2024, 3, 3), ends), (date(2025, 9, 1), ends)], AS_OF) == (date(2025, 9, 1), ends)


def test_a_cell_of_the_roster_that_is_unread_leaves_the_documents_to_go_by() -> None:
    permit = ("permit", date(2026, 3, 3), date(2026, 4, 10))
    assert found({"permit_expires": "soon"}, [permit]) == ["data.not_a_date", "permit.renewal_overdue"]


# --- Day by day ------------------------------------------------------------------------------------------------------

days = st.integers(0, 60).map(lambda number: AS_OF + timedelta(number - 30))
spans = st.lists(
    st.tuples(days, st.integers(0, 20)).map(lambda pair: (pair[0], pair[0] + timedelta(pair[1]))), min_size=1
)


@given(spans)
def test_the_run_covers_the_day_when_any_document_does(held: list[tuple[date, date]]) -> None:
    first, last = in_force(held, AS_OF)
    assert first
    assert last
    assert (first, last) in held
    covered = {begins + timedelta(n) for begins, ends in held for n in range((ends - begins).days + 1)}
    if AS_OF in covered:
        assert last >= AS_OF
        assert {AS_OF + timedelta(n) for n in range((last - AS_OF).days + 1)} <= covered
    assert last + timedelta(1) not in covered


@given(spans)
def test_the_newest_registration_is_the_last_one_begun(held: list[tuple[date, date]]) -> None:
    first, last = newest(held, AS_OF)
    begun = [begins for begins, _ in held if begins <= AS_OF]
    assert first == (max(begun) if begun else min(begins for begins, _ in held))
    assert last
    assert last >= max(ends for begins, ends in held if begins == first)


# --- In a book -------------------------------------------------------------------------------------------------------


def test_the_table_is_found_in_a_book_and_named_in_findings() -> None:
    heads = [column.header() for column in TABLES["documents"]]
    findings = [[column.header() for column in TABLES["findings"]]]
    rows = [["P1", "policy", "A1", date(2026, 1, 1), "later", None, None]]
    book = made_by_us({"R": [list(SPECIALIST), list(SPECIALIST.values())], "D": [heads, *rows], "F": findings})
    refresh_book(book, now=datetime(2026, 3, 16, 9))
    told = {(row[2], row[3], row[4]) for row in book.grids["F"][1:]}
    assert ("D", 2, "Valid until") in told
    assert read_roster(book).other.documents.of("P1") == []


def test_in_cells_too() -> None:
    heads, row = [list(SPECIALIST)], [list((SPECIALIST | OLD).values())]
    salary = [["Person ID", "Quarter", "Filed on"], *(["P1", quarter, day] for quarter, day in FILED.items())]
    documents = [["Person ID", "Document", "Valid from", "Valid until"]]
    documents.append(["P1", "permit", date(2026, 3, 3), date(2029, 3, 2)])  # type: ignore[list-item]
    given = (heads, row, AS_OF, "card", "en", salary, None, None)
    assert HQS_ANSWERS(*given)[0][4] == "Overdue"
    assert HQS_ANSWERS(*given, documents)[0][4] == "Due soon"


def test_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = SPECIALIST | OLD
    salary = [["Person ID", "Quarter", "Filed on"], *(["P1", quarter, day] for quarter, day in FILED.items())]
    documents = [["Номер", "Документ", "Номер документа", "Действует с", "Действует до"]]
    documents.append(["P1", "разрешение", "77-1", "03.03.2026", "02.03.2029"])
    file = write(tmp_path / "r.xlsx", Roster=[list(facts), list(facts.values())], Salary=salary, Documents=documents)
    assert main(["check", str(file), "--as-of", "2026-03-16"]) == 0
    assert main(["notice", str(file), "P1", "--kind", "salary", "--as-of", "2026-03-16"]) == 0
    shown = capsys.readouterr().out
    assert "77-1" in shown
    assert "2029-03-02" in shown
