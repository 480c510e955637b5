"""A person hired again, and again: which row says what goes on, and what a past agreement in the middle still owes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from hqs_xl.roster.findings import Finding, Severity
from tests.compliance.test_begins_untold import BLANK, SINCE, STAYED
from tests.compliance.test_rehired import FILED_FIRST, FIRST, report
from tests.roster.people import FILED, SPECIALIST, Facts

DAY = timedelta(days=1)
# 2023-02-01..2023-12-29, 2024-02-01..2024-08-30, and from 2025-03-03.
ENDED: Facts = {"terminated_on": date(2023, 12, 29), "terminated_notice_filed": date(2023, 12, 29)}
SECOND: Facts = FIRST | {
    "agreement_signed": date(2024, 1, 15),
    "concluded_notice_filed": date(2024, 1, 16),
    **dict.fromkeys(("agreement_starts", "permit_collected", "permit_starts"), date(2024, 2, 1)),
    **dict.fromkeys(("work_started", "hiring_order"), date(2024, 2, 1)),
}


def three(first: Facts, second: Facts, third: Facts, **more: Any) -> list[Finding]:
    return report(FIRST | ENDED | first, SECOND | second, SPECIALIST | third, **more).findings


def told(found: list[Finding]) -> list[tuple[int, str]]:
    return [(one.row, one.code) for one in found if one.severity is not Severity.DUE]


def test_three_in_order_owe_nothing() -> None:
    assert told(three({}, {}, {})) == []


# ---- which of two earlier rows is taken


def test_of_two_earlier_rows_the_last_that_says_it_is_taken() -> None:
    older = STAYED | {"entered_on": date(2023, 9, 1), "visa_expires": date(2026, 3, 1)}
    stay, visa = [one for one in three(older, STAYED, BLANK) if one.code == "data.earlier_row"]
    assert (stay.row, visa.row) == (4, 4)
    assert "«Entered on» 2025-10-01" in stay.message
    assert "«Visa expires» 2027-02-28" in visa.message


def test_where_the_last_says_nothing_it_is_the_one_before() -> None:
    stay, visa = [one for one in three(STAYED, {}, BLANK) if one.code == "data.earlier_row" and one.row == 4]
    assert "«Entered on» 2025-10-01" in stay.message
    assert "«Visa expires» 2027-02-28" in visa.message


@pytest.mark.parametrize(
    ("as_of", "changes", "edition", "told_of"),
    [
        (date(2026, 4, 13), {}, "card", True),
        (date(2026, 4, 14), {}, "card", False),
        (date(2026, 4, 15), {}, "card", False),
        (date(2026, 4, 15), {"terminated_notice_filed": None}, "card", True),
        (date(2026, 4, 15), {}, "law", True),
        (date(2026, 4, 15), {"left_on": date(2026, 4, 14)}, "law", False),
    ],
    ids=["its last day", "ended", "a day later", "not notified", "has to leave", "has left"],
)
def test_an_earlier_row_is_told_of_until_nothing_stands_on_it(
    as_of: date, changes: Facts, edition: str, *, told_of: bool
) -> None:
    """By rule 7 what a check goes by is said; of an agreement that has ended, with all notified, it goes by nothing."""
    ended = dict.fromkeys(("terminated_on", "terminated_notice_filed"), date(2026, 4, 13))
    filed = FILED_FIRST | FILED | dict.fromkeys(("2026Q1", "2026Q2"), date(2026, 4, 13))
    third = SPECIALIST | BLANK | ended | changes
    found = report(FIRST | STAYED, third, as_of=as_of, edition=edition, filed=filed).findings
    assert ("data.earlier_row" in [one.code for one in found]) is told_of


# ---- a past agreement between two others

MIDDLE: dict[str, tuple[Facts, list[tuple[int, str]]]] = {
    "in order": ({}, []),
    "its end not notified": ({"terminated_notice_filed": None}, [(3, "notice.terminated.overdue")]),
    "its signing not notified": ({"concluded_notice_filed": None}, [(3, "notice.concluded.overdue")]),
    "no permit and no policy any more": (dict.fromkeys(("permit_expires", "policy_starts", "policy_ends")), []),
    "its visa has expired, its stay has no registration": (
        {"entered_on": date(2024, 2, 1), "visa_starts": date(2024, 1, 20), "visa_expires": date(2024, 9, 1)},
        [],
    ),
    "its passport was changed, and the permit was not": ({"passport_changed": date(2024, 5, 6)}, []),
    "the work began before its permit": ({"permit_collected": date(2024, 2, 2)}, []),
}


@pytest.mark.parametrize("case", MIDDLE)
def test_one_in_the_middle_owes_its_notices_and_nothing_else(case: str) -> None:
    changes, expected = MIDDLE[case]
    assert told(three({}, changes, {}, edition="law")) == expected


def test_each_quarter_is_owed_by_the_last_agreement_that_ran_in_it() -> None:
    quarters = FILED_FIRST | FILED
    for quarter, row in {"2023Q3": 2, "2023Q4": 2, "2024Q1": 3, "2024Q3": 3, "2025Q1": 4, "2025Q4": 4}.items():
        filed = {key: day for key, day in quarters.items() if key != quarter}
        assert told(three({}, {}, {}, filed=filed)) == [(row, "notice.salary.overdue")]


# ---- a notice filed early in the quarter in which the next agreement began


@pytest.mark.parametrize("began", [date(2025, 12, 1), date(2025, 12, 31), date(2026, 1, 1)], ids=str)
def test_a_notice_filed_early_is_told_of_one_of_the_two_agreements(began: date) -> None:
    """It is of the next one where that began in the quarter."""
    first = SPECIALIST | {"terminated_on": date(2025, 11, 28), "terminated_notice_filed": date(2025, 11, 28)}
    begun = dict.fromkeys(("agreement_starts", "work_started", "hiring_order", "permit_collected"), began)
    signed = dict.fromkeys(("agreement_signed", "concluded_notice_filed"), date(2025, 11, 20))
    filed = FILED | {"2025Q4": date(2025, 11, 10)}
    found = report(first, SPECIALIST | begun | signed, filed=filed).findings
    assert [one.code for one in found if one.code == "salary.early"] == ["salary.early"]


# ---- a medical examination that can't be read in the row of the earlier agreement


@pytest.mark.parametrize("edition", ["law", "careful"])
def test_an_unread_examination_of_the_stay_that_goes_on_is_not_taken_for_none(edition: str) -> None:
    stayed, since = STAYED | {"medical_done": "soon"}, SINCE | {"medical_done": None}
    found = [one for one in report(FIRST | stayed, SPECIALIST | since, edition=edition).findings if one.row == 3]
    (medical,) = [one for one in found if one.code.startswith("medical.")]
    assert (medical.severity, medical.column) == (Severity.DATA, "medical_done")
    (earlier,) = [one for one in found if one.code == "data.earlier_row"]
    assert "«Medical done», which can't be read there" in earlier.message
    none = report(FIRST | STAYED, SPECIALIST | since, edition=edition).findings
    assert [one.code for one in none if one.code.startswith("medical.")] == ["medical.overdue"]
