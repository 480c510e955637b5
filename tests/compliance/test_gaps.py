"""Days without a permit, a policy or a registration, told one by one; and those of which a blank cell hides it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hqs_xl.compliance.case import Case
from hqs_xl.compliance.registration import registration
from hqs_xl.law import EDITIONS
from hqs_xl.roster.findings import Finding, Severity
from hqs_xl.roster.ids import Ids
from hqs_xl.roster.records import Person
from hqs_xl.roster.settings import Settings
from hqs_xl.roster.status import State
from hqs_xl.texts import LANGUAGES, say
from tests.roster.people import AS_OF, FAMILY, SPECIALIST, Facts, codes, family_codes, findings
from tests.roster.test_documents import Row, checked

DAY = timedelta(days=1)
Days = tuple[date, date]


def only(code: str, rows: list[Row], changes: Facts | None = None, **given: Any) -> list[Finding]:
    return [one for one in checked(changes, rows, **given).findings if one.code.startswith(code)]


# ---- permits

# The roster's permit of 2025-03-03..2028-03-02, the agreement's from 2025-03-03 on, and others in Documents.
PERMITS: dict[str, tuple[Facts, list[Row], list[tuple[str, str]]]] = {
    "the next one begins the day after": (
        {"permit_expires": date(2026, 1, 31)},
        [("permit", date(2026, 2, 1), date(2028, 1, 31))],
        [],
    ),
    "a day between": (
        {"permit_expires": date(2026, 1, 31)},
        [("permit", date(2026, 2, 2), date(2028, 1, 31))],
        [("permit.gap", "1, from 2026-02-01 to 2026-02-01")],
    ),
    "two gaps": (
        {"permit_expires": date(2025, 9, 30)},
        [("permit", date(2025, 10, 3), date(2025, 12, 31)), ("permit", date(2026, 1, 2), date(2028, 1, 1))],
        [("permit.gap", "3, from 2025-10-01 to 2026-01-01")],
    ),
    "another one covers the days between": (
        {"permit_expires": date(2025, 9, 30)},
        [("permit", date(2025, 10, 3), date(2028, 1, 1)), ("permit", date(2025, 9, 1), date(2025, 10, 2))],
        [],
    ),
    "before the agreement began": (
        {},
        [("permit", date(2023, 1, 1), date(2024, 12, 31))],
        [],
    ),
    "until the day before the agreement began": (
        {"permit_starts": date(2025, 3, 4)},
        [("permit", date(2023, 1, 1), date(2025, 3, 2))],
        [("permit.gap", "1, from 2025-03-03 to 2025-03-03")],
    ),
    "between one that has expired and one to come: no permit today": (
        {"permit_expires": date(2026, 3, 15)},
        [("permit", date(2026, 3, 17), date(2028, 1, 1))],
        [("permit.renewal_overdue", ""), ("permit.expired", "")],
    ),
    "the last one has no first day": (
        {"permit_expires": date(2026, 1, 31)},
        [("permit", None, date(2028, 1, 31))],
        [("permit.gap_untold", "44 days of the agreement, from 2026-02-01 to 2026-03-16")],
    ),
    "the first one has no first day": (
        {"permit_expires": date(2026, 1, 31), "permit_starts": None},
        [("permit", date(2026, 2, 2), date(2028, 1, 31))],
        [("permit.gap", "1, from 2026-02-01 to 2026-02-01")],
    ),
    "both expired, one without a first day": (
        {"permit_expires": date(2026, 1, 31), "permit_starts": None},
        [("permit", date(2025, 3, 3), date(2026, 1, 31))],
        [("permit.renewal_overdue", ""), ("permit.expired", "")],
    ),
}


@pytest.mark.parametrize("case", PERMITS)
def test_days_between_permits(case: str) -> None:
    changes, rows, expected = PERMITS[case]
    for order in (rows, rows[::-1]):
        found = only("permit.", order, changes)
        assert [one.code for one in found] == [code for code, _ in expected]
        assert all(words in one.message for one, (_, words) in zip(found, expected, strict=True))


def test_a_gap_between_permits_stays_owed_on_a_journey_and_ends_with_the_agreement() -> None:
    rows: list[Row] = [("permit", date(2026, 2, 2), date(2028, 1, 31))]
    changes: Facts = {"permit_expires": date(2026, 1, 31)}
    abroad = only("permit.gap", rows, changes | {"left_on": date(2026, 3, 2)})
    assert [(one.severity, one.due) for one in abroad] == [(Severity.VIOLATION, date(2026, 2, 1))]
    assert only("permit.gap", rows, changes | {"terminated_on": date(2026, 3, 13)}) == []
    assert only("permit.gap", rows, changes, facts=FAMILY) == []


spans = st.lists(
    st.tuples(st.integers(-60, 10), st.integers(0, 40)).map(
        lambda pair: (AS_OF + timedelta(pair[0]), AS_OF + timedelta(sum(pair)))
    ),
    min_size=1,
    max_size=5,
)


@given(spans)
@settings(max_examples=60, deadline=None)
def test_gaps_between_permits_day_by_day(held: list[tuple[date, date]]) -> None:
    none: Facts = {"permit_starts": None, "permit_expires": None, "permit_collected": date(2025, 3, 3)}
    covered = {first + timedelta(n) for first, last in held for n in range((last - first).days + 1)}
    begun = [first for first, _ in held if first <= AS_OF]
    between = [
        min(begun) + timedelta(n)
        for n in range((max(begun) - min(begun)).days if begun else 0)
        if min(begun) + timedelta(n) not in covered
    ]
    found = only("permit.gap", [("permit", *days) for days in held], none)
    if len(held) < 2 or not between:
        assert found == []
    else:
        (one,) = found
        assert f"{len(between)}, from {between[0]} to {between[-1]}" in one.message


# ---- a permit, a visa that begins later, or whose first day is blank

LATER = AS_OF + DAY
IDLE: Facts = {"work_started": None, "hiring_order": None}
BEGINS: dict[str, tuple[Facts, list[str]]] = {
    "the permit begins today": ({"permit_starts": AS_OF}, []),
    "the permit begins tomorrow": ({"permit_starts": LATER}, ["permit.not_begun"]),
    "it renews one that is not on record": (
        {"permit_starts": LATER, "renewal_filed": date(2026, 1, 12)},
        ["permit.before_untold"],
    ),
    "it is of a new passport": (
        {"permit_starts": LATER, "passport_changed": date(2026, 1, 12)},
        ["permit.before_untold"],
    ),
    "the agreement begins tomorrow too": (
        {"permit_starts": LATER, "agreement_starts": LATER, "work_started": LATER, "hiring_order": LATER},
        [],
    ),
    "the visa begins today": ({"visa_starts": AS_OF}, []),
    "the visa begins tomorrow": ({"visa_starts": LATER}, ["visa.before_untold"]),
    "the visa of one who is abroad": ({"visa_starts": LATER, "left_on": date(2026, 3, 2)}, []),
    "the permit's first day is blank, three years from today": (
        {"permit_starts": None, "permit_expires": date(2029, 3, 16)},
        ["permit.begun_untold"],
    ),
    "a day more than three years from today": (
        {"permit_starts": None, "permit_expires": date(2029, 3, 17)},
        ["permit.too_long"],
    ),
    "its first day is blank, and it was collected today": (
        {"permit_starts": None, "permit_collected": AS_OF, "renewal_filed": AS_OF - DAY},
        [],
    ),
    "it is to be collected tomorrow": (
        {"permit_starts": None, "permit_collected": LATER} | IDLE,
        ["permit.begun_untold"],
    ),
    "it was never collected": ({"permit_starts": None, "permit_collected": None} | IDLE, ["permit.begun_untold"]),
    "never collected, and works": ({"permit_starts": None, "permit_collected": None}, ["work.before_permit"]),
    "never collected, and the order is issued": (
        {"permit_starts": None, "permit_collected": None, "work_started": None},
        ["work.before_permit"],
    ),
    "never collected, and it ended yesterday": (
        {"permit_starts": None, "permit_collected": None, "permit_expires": AS_OF - DAY, "renewal_filed": AS_OF} | IDLE,
        ["permit.expired", "permit.renewal_late"],
    ),
    "collected three years before its end": (
        {"permit_starts": None, "permit_expires": date(2028, 3, 3)},
        [],
    ),
    "collected a day more before its end": (
        {"permit_starts": None, "permit_expires": date(2028, 3, 4)},
        ["permit.begun_untold"],
    ),
    "the agreement has yet to begin": (
        {"permit_starts": None, "permit_collected": None, "agreement_starts": LATER} | IDLE,
        [],
    ),
    "the visa's first day is blank, three years from today": (
        {"visa_starts": None, "visa_expires": date(2029, 3, 16)},
        [],
    ),
    "the visa a day more than three years from today": (
        {"visa_starts": None, "visa_expires": date(2029, 3, 17)},
        ["visa.too_long"],
    ),
    "no visa is needed": ({"visa_starts": LATER, "visa_required": "no"}, ["scope.visa_free"]),
}


@pytest.mark.parametrize("case", BEGINS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_begins_later_or_on_no_known_day(case: str, lang: str) -> None:
    changes, expected = BEGINS[case]
    assert codes(changes, lang=lang) == expected


def test_an_earlier_one_in_documents_holds_until_then() -> None:
    held: list[Row] = [("permit", date(2025, 3, 3), AS_OF), ("visa", date(2025, 3, 3), AS_OF)]
    changes: Facts = {"permit_starts": LATER, "visa_starts": LATER}
    assert [one.code for one in checked(changes, held).findings] == []
    assert [one.code for one in checked(changes, held[:1]).findings] == ["visa.before_untold"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_permit_of_the_roster_is_asked_about_in_its_own_column(lang: str) -> None:
    (one,) = findings({"permit_starts": None, "permit_collected": None} | IDLE, lang=lang)
    assert (one.column, one.action) == ("permit_starts", say("action.permit.begun_untold_own", lang))


@pytest.mark.parametrize("column", ["permit_starts", "permit_collected"])
def test_where_one_of_the_two_columns_is_not_there(column: str) -> None:
    absent = frozenset({column})
    blank: Facts = {"permit_starts": None, "permit_collected": None}
    asked = [] if column == "permit_starts" else ["permit.begun_untold"]
    assert codes(blank | IDLE, absent=absent) == asked
    assert codes(blank, absent=absent) == (["work.before_permit"] if column == "permit_starts" else asked)


@pytest.mark.parametrize("column", ["permit_starts", "permit_collected"])
def test_where_one_of_them_cannot_be_read_the_cell_says_what_hangs_on_it(column: str) -> None:
    (one,) = findings({"permit_starts": None, "permit_collected": None, column: "?"} | IDLE)
    assert (one.code, one.column) == ("data.not_a_date", column)
    assert say("subject.permit") in one.message


def test_three_years_and_a_blank_first_day_say_so() -> None:
    (one,) = findings({"permit_starts": None, "permit_expires": date(2029, 3, 17)})
    assert one.due == date(2029, 3, 16)
    assert "first day of the permit is blank" in one.message


# ---- policies

POLICIES: dict[str, tuple[Facts, list[Row], list[tuple[str, str]]]] = {
    "no last day": ({"policy_ends": None}, [], [("insurance.gap_untold", "379 days, from 2025-03-03 to 2026-03-16")]),
    "no last day, since today": (
        {"policy_ends": None, "policy_starts": AS_OF},
        [("policy", date(2025, 3, 1), date(2026, 3, 15))],
        [],
    ),
    "no first day": (
        {"policy_starts": None},
        [],
        [("insurance.gap_untold", "379 days, from 2025-03-03 to 2026-03-16")],
    ),
    "no first day, and it has ended": (
        {"policy_starts": None, "policy_ends": date(2026, 3, 14)},
        [],
        [("insurance.gap", "2, from 2026-03-15 to 2026-03-16"), ("insurance.gap_untold", "from 2025-03-03")],
    ),
    "no first day, in Documents": (
        {"policy_ends": date(2026, 2, 1)},
        [("policy", None, date(2027, 1, 1))],
        [("insurance.gap_untold", "43 days, from 2026-02-02 to 2026-03-16")],
    ),
    "no first day, and another one covers it": (
        {},
        [("policy", None, date(2027, 1, 1))],
        [],
    ),
}


@pytest.mark.parametrize("case", POLICIES)
def test_a_policy_without_a_first_or_last_day(case: str) -> None:
    changes, rows, expected = POLICIES[case]
    found = only("insurance.", rows, changes)
    assert [one.code for one in found] == [code for code, _ in expected]
    assert all(words in one.message for one, (_, words) in zip(found, expected, strict=True))


def test_a_policy_of_the_family_without_a_last_day() -> None:
    assert family_codes({"policy_ends": None}) == ["insurance.gap_untold"]
    assert family_codes({"policy_ends": None, "left_on": date(2026, 3, 2)}) == []


def test_a_roster_without_the_column_is_told_of_it_once() -> None:
    assert codes({"policy_starts": None}, absent=frozenset({"policy_starts"})) == []
    assert codes({"policy_ends": None}, absent=frozenset({"policy_starts"})) == ["insurance.gap_untold"]


# ---- registrations


def by_walking(
    spans: list[tuple[date, date]], entered: date, moved: date | None, case: Case
) -> list[tuple[date, date]]:
    """Each registration made too late, with the day it was needed by, day after day."""
    entry = case.due("registration.entry", entered)
    move = case.due("registration.move", moved)
    assert entry
    found, due, free, day = [], entry.due, entry.due, entered
    registered: list[Days] = []
    while day <= case.as_of:
        if move and day == moved:
            held = [last for _, last in registered]
            if held and max(held) >= day:
                due = free = move.due
            elif not held or due > max(held):
                due = free = min(due, move.due)
            elif due >= move.due:
                due = free = move.due
            registered = []
        for first, last in spans:
            if first == day:
                if day > free:
                    found.append((due, day))
                registered.append((first, last))
                due, free = max(due, last), max(free, last + DAY)
        day += DAY
    return found


@given(
    spans=st.lists(st.tuples(st.integers(0, 300), st.integers(0, 90)), min_size=1, max_size=5),
    moved=st.none() | st.integers(0, 300),
    edition=st.sampled_from(list(EDITIONS)),
)
@settings(max_examples=150, deadline=None)
def test_registrations_made_late_day_by_day(spans: list[tuple[int, int]], moved: int | None, edition: str) -> None:
    entered = date(2025, 5, 12)
    held = [(entered + timedelta(first), entered + timedelta(first + length)) for first, length in spans]
    moved_on = None if moved is None else entered + timedelta(moved)
    person = Person(2, "P1", relation="HQS", entered_on=entered, moved_on=moved_on)
    case = Case(person, Settings(AS_OF, edition), None, Ids(), {"registration": held})
    late = [(one.due, one.done) for one in registration(case) if one.state is State.LATE]
    assert late == by_walking(sorted(held), entered, moved_on, case)


# Entered on 2025-06-02, so that the registration is due on 2025-09-03.
ENTERED: Facts = {"entered_on": date(2025, 6, 2), "registered_on": None, "registered_until": None}
SEVERAL: dict[str, tuple[Facts, list[tuple[date, date]], list[tuple[str, date]]]] = {
    "two gaps are two": (
        {},
        [
            (date(2025, 6, 10), date(2025, 9, 30)),
            (date(2025, 10, 2), date(2025, 12, 31)),
            (date(2026, 1, 12), date(2027, 1, 1)),
        ],
        [("registration.late", date(2025, 9, 30)), ("registration.late", date(2025, 12, 31))],
    ),
    "a gap, and the last one lapses soon": (
        {},
        [(date(2025, 6, 10), date(2025, 9, 30)), (date(2025, 10, 2), date(2026, 4, 1))],
        [("registration.late", date(2025, 9, 30)), ("registration.due", date(2026, 4, 1))],
    ),
    "a gap before a move": (
        {"moved_on": date(2026, 2, 2)},
        [
            (date(2025, 6, 10), date(2025, 9, 30)),
            (date(2025, 10, 2), date(2026, 6, 1)),
            (date(2026, 2, 10), date(2027, 2, 1)),
        ],
        [("registration.late", date(2025, 9, 30))],
    ),
    "lapsed before a move, registered after it": (
        {"moved_on": date(2026, 2, 2)},
        [(date(2025, 6, 10), date(2026, 1, 31)), (date(2026, 2, 10), date(2027, 2, 1))],
        [("registration.late", date(2026, 1, 31))],
    ),
    "lapsed the day before a move, registered on its day": (
        {"moved_on": date(2026, 2, 2)},
        [(date(2025, 6, 10), date(2026, 2, 1)), (date(2026, 2, 2), date(2027, 2, 1))],
        [],
    ),
    "the last one lapses in 30 days": (
        {},
        [(date(2025, 6, 10), date(2026, 4, 15))],
        [("registration.due", date(2026, 4, 15))],
    ),
    "the last one lapses in 31 days": ({}, [(date(2025, 6, 10), date(2026, 4, 16))], []),
    "the first one late, and a gap": (
        {},
        [(date(2025, 9, 4), date(2025, 9, 30)), (date(2025, 10, 2), date(2027, 1, 1))],
        [("registration.late", date(2025, 9, 3)), ("registration.late", date(2025, 9, 30))],
    ),
    "a planned one is none": (
        {},
        [(date(2026, 3, 20), date(2027, 3, 1))],
        [("registration.overdue", date(2025, 9, 3))],
    ),
    "one that prolongs is planned": (
        {},
        [(date(2025, 6, 10), date(2026, 3, 31)), (date(2026, 4, 1), date(2027, 3, 1))],
        [],
    ),
}


@pytest.mark.parametrize("case", SEVERAL)
def test_each_gap_between_registrations_is_told(case: str) -> None:
    changes, held, expected = SEVERAL[case]
    rows: list[Row] = [("registration", *days) for days in held]
    for order in (rows, rows[::-1]):
        found = only("registration.", order, ENTERED | changes)
        assert [(one.code, one.due) for one in found] == expected


# Entered on 2026-01-12: free until 04-12, due on 04-15. Moved on 03-30: 30 days to 04-29, due on 05-05.
MOVED_WHILE_FREE: dict[str, tuple[date | None, date, list[tuple[str, date]]]] = {
    "registered before the move: the 30 days hold": (date(2026, 1, 20), date(2026, 4, 30), []),
    "and are over": (date(2026, 1, 20), date(2026, 5, 6), [("registration.overdue", date(2026, 5, 5))]),
    "registered in the 90 days": (date(2026, 4, 15), date(2026, 6, 1), []),
    "registered after them: nowhere before": (
        date(2026, 4, 16),
        date(2026, 6, 1),
        [("registration.late", date(2026, 4, 15))],
    ),
    "not registered": (None, date(2026, 4, 16), [("registration.overdue", date(2026, 4, 15))]),
    "to be registered tomorrow": (date(2026, 4, 17), date(2026, 4, 16), [("registration.overdue", date(2026, 4, 15))]),
}


@pytest.mark.parametrize("case", MOVED_WHILE_FREE)
def test_a_move_within_the_90_days_gives_30_more_to_whom_is_registered(case: str) -> None:
    registered, as_of, expected = MOVED_WHILE_FREE[case]
    facts: Facts = {"entered_on": date(2026, 1, 12), "moved_on": date(2026, 3, 30), "registered_on": registered}
    found = findings(facts | {"registered_until": None}, as_of=as_of, bands=(1,))
    assert [(one.code, one.due) for one in found if one.code.startswith("registration.")] == expected


def test_after_the_90_days_the_registration_of_the_new_place_stands_for_both() -> None:
    moved = {"entered_on": SPECIALIST["agreement_starts"], "moved_on": date(2026, 2, 16)}
    assert codes(moved | {"registered_on": AS_OF}) == []
    # A planned one stands for none: 90 days from 2025-03-03 end on Sunday 06-01; 2, 3, 4 June.
    (overdue,) = findings(moved | {"registered_on": AS_OF + DAY})
    assert (overdue.code, overdue.due) == ("registration.overdue", date(2025, 6, 4))
