"""What no cell says and is not passed over: when an agreement begins, when somebody entered, whose a notice is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from hqs_xl.compliance.check import check_roster, read_roster
from hqs_xl.roster.findings import Severity
from hqs_xl.texts import LANGUAGES, say
from tests.compliance.test_rehired import FIRST, found, report, sheets
from tests.roster.books import MemoryBook
from tests.roster.people import AS_OF, FILED, SPECIALIST, Facts, checked, codes, family_codes, findings

DAY = timedelta(days=1)
NEW: Facts = {"person_id": "P1", "relation": "HQS", "agreement_signed": date(2026, 3, 12)}
NEW |= {"concluded_notice_filed": date(2026, 3, 12)}


def of(facts: Facts, filed: Facts | None = None, **given: Any) -> list[str]:
    return [one.code for one in checked([facts], filed or {}, **given).findings]


# ---- an agreement that begins on no known day

BEGINNINGS: dict[str, tuple[Facts, Facts, list[str]]] = {
    "signed, and nothing more": ({}, {}, ["agreement.no_start"]),
    "to be signed tomorrow": ({"agreement_signed": AS_OF + DAY, "concluded_notice_filed": None}, {}, []),
    "it begins on a day": ({"agreement_starts": date(2026, 6, 1)}, {}, []),
    "it begins with the work": ({"work_started": date(2026, 6, 1)}, {}, []),
    "the order is issued": ({"hiring_order": AS_OF}, {}, ["agreement.begun_untold", "work.before_permit"]),
    "the order is issued tomorrow": ({"hiring_order": AS_OF + DAY}, {}, ["agreement.no_start"]),
    "the permit has begun": (
        {"permit_starts": AS_OF, "permit_expires": date(2027, 1, 1)},
        {},
        ["agreement.begun_untold"],
    ),
    "a salary notice is typed": ({}, {"2026Q1": None}, ["agreement.begun_untold"]),
    "it ends today": ({"agreement_ends": AS_OF}, {}, ["agreement.no_start"]),
    "it has ended": (
        {"agreement_ends": AS_OF - DAY, "terminated_notice_filed": AS_OF - DAY},
        {},
        ["agreement.no_start"],
    ),
    "it has run and ended": (
        {"terminated_on": AS_OF - DAY, "terminated_notice_filed": AS_OF - DAY, "hiring_order": AS_OF - DAY},
        {},
        ["agreement.begun_untold"],
    ),
    "it has ended and is not notified": (
        {"terminated_on": AS_OF - DAY, "permit_starts": AS_OF - DAY},
        {},
        ["agreement.begun_untold"],
    ),
    "it has ended and a salary notice is typed": (
        {"terminated_on": AS_OF - DAY, "terminated_notice_filed": AS_OF - DAY},
        {"2026Q1": AS_OF - DAY},
        ["agreement.begun_untold"],
    ),
    "it has ended, and its first day is known": (
        {"terminated_on": AS_OF - DAY, "terminated_notice_filed": AS_OF - DAY, "agreement_starts": AS_OF - DAY},
        {},
        [],
    ),
    "the work has begun and ended": (
        {"terminated_on": AS_OF - DAY, "terminated_notice_filed": AS_OF - DAY, "work_started": AS_OF - DAY},
        {},
        [],
    ),
    "of the family": ({"relation": "Family", "sponsor_id": "P9"}, {}, ["family.no_sponsor"]),
}


@pytest.mark.parametrize("case", BEGINNINGS)
def test_an_agreement_that_begins_on_no_known_day(case: str) -> None:
    changes, filed, expected = BEGINNINGS[case]
    assert [code for code in of(NEW | changes, filed) if not code.startswith("notice.")] == expected


def test_it_is_said_of_who_left_too_and_not_where_there_is_no_such_column() -> None:
    assert of(NEW | {"left_on": date(2026, 3, 2)}) == ["agreement.no_start"]
    columns = frozenset({"agreement_starts", "work_started", "permit_collected"})
    assert of(NEW, absent=columns) == []
    assert of(NEW, absent=columns - {"work_started"}) == ["agreement.no_start"]


@pytest.mark.parametrize(
    ("changes", "code", "said"),
    [
        ({}, "agreement.no_start", "if it never began"),
        ({"permit_starts": date(2023, 2, 1)}, "agreement.begun_untold", "the day from which the agreement runs"),
    ],
    ids=["nothing shows that it began", "the permit shows it"],
)
def test_of_an_ended_one_too_before_the_person_was_hired_again(changes: Facts, code: str, said: str) -> None:
    blank = dict.fromkeys(("agreement_starts", "work_started", "permit_collected", "permit_starts", "hiring_order"))
    later = {quarter: day for quarter, day in FILED.items() if day and day > SPECIALIST["agreement_signed"]}
    told = [one for one in report(FIRST | blank | changes, SPECIALIST, filed=later).findings if one.row == 2]
    assert [one.code for one in told] == [code]
    assert "which salary notices were owed is not known" in told[0].message
    assert said in told[0].action


# ---- a column that is not there


@pytest.mark.parametrize(
    ("column", "code", "rule"),
    [
        ("permit_collected", "work.before_permit", "work_before_permit"),
        ("hiring_order", "order.missing", "order"),
        ("owns_housing", "host.no_housing", "housing"),
    ],
)
def test_a_column_that_is_not_there_is_said_once_and_not_of_each_person(column: str, code: str, rule: str) -> None:
    facts = SPECIALIST | {"host": "Self", "owns_housing": "yes"}
    keys = [key for key in facts if key != column]
    for heads, cells, expected in (
        (keys, [facts[key] for key in keys], []),
        ([*keys, column], [*(facts[key] for key in keys), None], [code]),
    ):
        book = MemoryBook({"R": [heads, cells]})
        roster = read_roster(book)
        report = check_roster(roster, roster.other.settings_for(AS_OF))
        assert [one.code for one in report.findings if one.code.startswith(code)] == expected
        gone = [one for one in report.coverage.not_checked if (one.kind, one.what) == ("rule", rule)]
        assert [one.columns for one in gone] == ([] if expected else [(column,)])
        assert all(say(f"header.{column}") in one.message for one in gone)


# ---- an entry on no known day


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ["stay.entry_untold"]),
        ({"registered_on": None}, ["stay.entry_untold"]),
        ({"registered_on": None, "work_started": None, "hiring_order": None}, ["stay.entry_untold"]),
        ({"left_on": date(2026, 3, 2)}, []),
        ({"entered_on": AS_OF + DAY}, []),
    ],
    ids=["works and is registered", "works", "collected the permit", "is abroad", "is to enter tomorrow"],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_works_has_entered(changes: Facts, expected: list[str], lang: str) -> None:
    assert codes({"entered_on": None} | changes, lang=lang) == expected


def test_who_is_only_to_begin_has_not_entered() -> None:
    later: Facts = dict.fromkeys(("agreement_starts", "work_started", "hiring_order", "permit_collected"), AS_OF + DAY)
    later["medical_done"] = None
    assert codes({"entered_on": None, "registered_on": None, "registered_until": None} | later, {}) == []
    assert codes({"entered_on": None, "registered_on": AS_OF} | later, {}) == ["stay.entry_untold"]


def test_of_the_family_the_registration_shows_it() -> None:
    assert family_codes({"entered_on": None}) == ["stay.entry_untold"]
    assert family_codes({"entered_on": None, "registered_on": None}) == []
    assert family_codes({"entered_on": None, "registered_on": None, "moved_on": AS_OF}) == ["stay.entry_untold"]
    lapsed: Facts = {"entered_on": None, "registered_on": None, "registered_until": AS_OF - DAY}
    assert family_codes(lapsed) == ["stay.entry_untold"], "it has lapsed, and nobody is known to have left"
    assert family_codes(lapsed | {"left_on": AS_OF}) == []


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"medical_done": AS_OF - DAY}, ["stay.entry_untold"]),
        ({"medical_done": AS_OF}, ["stay.entry_untold"]),
        ({"medical_done": AS_OF + DAY}, []),
        ({"medical_done": AS_OF, "left_on": AS_OF}, []),
        ({"medical_done": AS_OF, "entered_on": AS_OF}, []),
    ],
    ids=["yesterday", "today", "tomorrow", "has left", "has entered"],
)
def test_who_was_examined_has_entered(facts: Facts, expected: list[str]) -> None:
    assert family_codes({"entered_on": None, "registered_on": None, "registered_until": None} | facts) == expected


def test_a_roster_without_the_column_of_entries_is_told_of_it_once() -> None:
    assert codes({"entered_on": None}, absent=frozenset({"entered_on"})) == []


# ---- notices under the id of two people


@pytest.mark.parametrize("lang", LANGUAGES)
def test_notices_under_the_id_of_two_people_are_said_to_be_of_either(lang: str) -> None:
    two = [SPECIALIST | {"full_name": "One"}, SPECIALIST | {"full_name": "Two"}]
    for filed, said in ((FILED, True), ({}, False)):
        (one,) = [one for one in checked(two, filed, lang=lang).findings if one.code == "data.duplicate_id"]
        assert one.message.endswith(say("finding.shared", lang)) is said


# ---- a notice filed before its quarter is over

EARLY: dict[str, tuple[date, Facts, list[str]]] = {
    "the day after the quarter": (date(2026, 1, 1), {}, []),
    "on its last day": (date(2025, 12, 31), {}, ["salary.early"]),
    "on its first day": (date(2025, 10, 1), {}, ["salary.early"]),
    "the day before it": (date(2025, 9, 30), {}, ["data.order", "notice.salary.overdue"]),
    "on the last day of the agreement": (date(2025, 12, 1), {"terminated_on": date(2025, 12, 1)}, []),
    "the day before that": (date(2025, 11, 30), {"terminated_on": date(2025, 12, 1)}, ["salary.early"]),
}


@pytest.mark.parametrize("case", EARLY)
def test_a_notice_filed_before_its_quarter_is_over_counts_and_is_told(case: str) -> None:
    filed, changes, expected = EARLY[case]
    notice = {"terminated_notice_filed": changes["terminated_on"]} if changes else {}
    assert codes(changes | notice, FILED | {"2025Q4": filed}) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ((date(2025, 12, 20), date(2026, 1, 20)), []),
        ((date(2026, 3, 10), date(2025, 12, 20)), []),
        ((date(2025, 12, 20), AS_OF), []),
        ((date(2025, 12, 20), AS_OF + DAY), ["salary.early"]),
        ((date(2025, 12, 20), date(2025, 12, 31)), ["salary.early"]),
        ((date(2025, 12, 20), None), ["salary.early"]),
        ((date(2025, 12, 25), date(2026, 1, 20), date(2025, 12, 20)), []),
        ((date(2025, 12, 20), date(2025, 12, 25), date(2026, 1, 20)), []),
    ],
)
def test_filed_again_after_the_quarter_it_is_settled(days: tuple[date | None, ...], expected: list[str]) -> None:
    book = sheets(SPECIALIST, filed={quarter: day for quarter, day in FILED.items() if quarter != "2025Q4"})
    book["S"] += [["P1", "2025Q4", day] for day in days]
    roster = read_roster(MemoryBook(book))
    told = check_roster(roster, roster.other.settings_for(AS_OF)).findings
    assert [one.code for one in told if one.code != "notice.salary.due"] == expected


def test_it_is_a_question_at_the_notice() -> None:
    (one,) = findings({}, FILED | {"2025Q4": date(2025, 12, 20)})
    assert (one.severity, one.table, one.row, one.column) == (Severity.ASK, "salary", 5, "filed_on")
    assert codes({}, FILED | {"2026Q1": AS_OF + DAY}) == []


# ---- a person hired again, whose new row is blank

BLANK: Facts = dict.fromkeys(("entered_on", "registered_on", "registered_until", "visa_starts", "visa_expires"))
# Nothing in the new row shows a stay, but for the examination.
SINCE: Facts = dict.fromkeys(
    ("entered_on", "registered_on", "registered_until", "work_started", "permit_collected", "hiring_order")
)
STAYED: Facts = {"entered_on": date(2025, 10, 1), "visa_starts": date(2024, 3, 1), "visa_expires": date(2027, 2, 28)}
OVERDUE = (3, "registration.overdue")
EARLIER = (3, "data.earlier_row")
REHIRES: dict[str, tuple[Facts, Facts, list[tuple[int, str]]]] = {
    "the new row has it all": (STAYED, {}, []),
    "the new row is blank": (STAYED, BLANK, [(3, "data.earlier_row")] * 2 + [OVERDUE]),
    "the visa alone is blank": (STAYED, {"visa_starts": None, "visa_expires": None}, [(3, "data.earlier_row")]),
    "the visa's first day alone is copied": (
        STAYED,
        {"visa_starts": date(2024, 3, 1), "visa_expires": None},
        [EARLIER],
    ),
    "the visa's first day alone, of another one": (
        STAYED,
        {"visa_starts": date(2024, 3, 2), "visa_expires": None},
        [(3, "visa.missing")],
    ),
    "the visa's first day alone, which the earlier row has not": (
        STAYED | {"visa_starts": None},
        {"visa_starts": date(2024, 3, 1), "visa_expires": None},
        [EARLIER],
    ),
    "the visa's first day alone is copied, and it has expired": (
        STAYED | {"visa_expires": date(2026, 3, 15)},
        {"visa_starts": date(2024, 3, 1), "visa_expires": None, "registered_until": None},
        [EARLIER, (3, "visa.expired")],
    ),
    "that visa has expired": (
        STAYED | {"visa_expires": date(2026, 3, 15)},
        {"visa_starts": None, "visa_expires": None, "registered_until": None},
        [(3, "data.earlier_row"), (3, "visa.expired")],
    ),
    "had left before": (
        STAYED | {"left_on": date(2025, 10, 20)},
        BLANK | {"visa_expires": date(2028, 1, 1)},
        [(3, "stay.entry_untold")],
    ),
    "had left before, and has no visa here": (
        STAYED | {"left_on": date(2025, 10, 20)},
        BLANK,
        [(3, "data.earlier_row"), (3, "stay.entry_untold")],
    ),
    "had left, and that visa ends today": (
        STAYED | {"left_on": date(2025, 10, 20), "visa_expires": AS_OF},
        BLANK,
        [(3, "data.earlier_row"), (3, "stay.entry_untold")],
    ),
    "had left, and that visa ended yesterday": (
        STAYED | {"left_on": date(2025, 10, 20), "visa_expires": AS_OF - DAY},
        BLANK,
        [(3, "visa.missing"), (3, "stay.entry_untold")],
    ),
    "the new row has the registration's end alone": (
        STAYED,
        SINCE | {"registered_until": date(2026, 1, 15)},
        [(3, "data.earlier_row"), OVERDUE],
    ),
    "the new row has the old registration": (
        STAYED | {"registered_on": date(2025, 10, 8)},
        SINCE | {"registered_on": date(2025, 10, 8), "registered_until": date(2026, 1, 15)},
        [(3, "data.earlier_row"), OVERDUE],
    ),
    "the new row has the day of a journey to come": (
        STAYED,
        SINCE | {"left_on": AS_OF + DAY},
        [(3, "data.earlier_row"), OVERDUE],
    ),
    "had left, and is to leave again": (
        STAYED | {"left_on": date(2025, 10, 20)},
        SINCE | {"left_on": AS_OF + DAY},
        [(3, "stay.entry_untold")],
    ),
    "a new registration has no end in the old row": (
        STAYED | {"registered_on": date(2025, 10, 8), "registered_until": date(2026, 1, 15)},
        SINCE | {"registered_on": date(2025, 12, 8)},
        [(3, "data.earlier_row")],
    ),
    "the new row has the day of leaving": (STAYED, BLANK | {"left_on": date(2026, 3, 2)}, [(3, "data.earlier_row")]),
    "nobody knows of a stay": ({}, BLANK | {"visa_expires": date(2028, 1, 1)}, [(3, "stay.entry_untold")]),
}


@pytest.mark.parametrize("case", REHIRES)
@pytest.mark.parametrize("turned", [False, True])
def test_the_stay_of_a_person_hired_again_goes_on(case: str, *, turned: bool) -> None:
    earlier, changes, expected = REHIRES[case]
    rows = [FIRST | earlier, SPECIALIST | changes]
    told = found(report(*(rows[::-1] if turned else rows)))
    assert told == [(2 if turned else 3, code) for _, code in expected]


@pytest.mark.parametrize(
    ("column", "changes", "expected"),
    [
        ("visa_expires", {"visa_starts": None, "visa_expires": None}, ["data.earlier_row"]),
        ("left_on", SINCE, ["data.earlier_row", "registration.overdue"]),
        ("entered_on", SINCE, ["data.earlier_row"]),
    ],
)
def test_what_cant_be_read_there_is_not_taken_for_blank(column: str, changes: Facts, expected: list[str]) -> None:
    told = [one for one in report(FIRST | STAYED | {column: "soon"}, SPECIALIST | changes).findings if one.row == 3]
    assert [one.code for one in told if one.code != "notice.salary.due"] == expected
    said = [one.message for one in told if one.code == "registration.overdue"]
    assert all("«Left on»" in message for message in said), "it is said to be found without that day"
    assert "which can't be read there; until this is mended, it can't be told for sure: " in told[0].message


def test_until_the_next_agreement_is_signed_the_row_of_the_first_counts() -> None:
    before = report(FIRST | STAYED, SPECIALIST | BLANK, as_of=SPECIALIST["agreement_signed"] - DAY)
    assert "data.earlier_row" not in [code for _, code in found(before)]


def test_what_was_taken_from_the_earlier_row_is_named() -> None:
    told = report(FIRST | STAYED, SPECIALIST | BLANK).findings
    stay, visa = [one for one in told if one.code == "data.earlier_row"]
    assert "«Entered on» 2025-10-01" in stay.message
    assert "«Visa starts» 2024-03-01, «Visa expires» 2027-02-28" in visa.message
    assert (stay.column, visa.column) == ("entered_on", "visa_starts")


def test_an_unreadable_cell_is_no_blank_one() -> None:
    told = found(report(FIRST | STAYED, SPECIALIST | BLANK | {"entered_on": "soon", "visa_expires": "soon"}))
    assert "data.earlier_row" not in [code for _, code in told]


def test_what_is_of_no_consequence_is_not_told() -> None:
    later = dict.fromkeys(("agreement_starts", "work_started", "hiring_order"), AS_OF + DAY)
    assert codes(later | {"permit_starts": None, "permit_expires": date(2029, 3, 17)}, {}) == []
    ended: Facts = {"entered_on": None, "terminated_on": AS_OF - DAY}
    assert codes(ended) == ["notice.terminated.due"]
    assert codes({}, FILED | {"2024Q4": date(2024, 12, 20)}) == []
    signed_late = dict.fromkeys(("agreement_signed", "concluded_notice_filed"), date(2025, 4, 1))
    assert codes(signed_late) == ["data.order"]
