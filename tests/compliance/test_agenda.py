"""The answers beside a person's facts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hqs_xl.compliance.agenda import Agenda
from tests.roster.people import AS_OF, FAMILY, FILED, SPECIALIST, checked


def answer(facts: dict[str, Any] | None = None, filed: dict[str, Any] = FILED, **given: Any) -> Agenda:
    return checked([SPECIALIST | (facts or {})], filed, **given).agenda[0]


def test_of_a_specialist_in_order() -> None:
    agenda = answer()
    assert agenda.next_action == "Notify the authority of the salary paid"
    assert (agenda.next_due, agenda.act_by, agenda.days_left) == (date(2026, 4, 30), date(2026, 4, 30), 45)
    assert (agenda.status, agenda.check, agenda.row) == ("OK", "", 2)


@pytest.mark.parametrize(
    ("facts", "given", "status"),
    [
        ({}, {"as_of": date(2026, 3, 30)}, "OK"),
        ({}, {"as_of": date(2026, 3, 31)}, "Due soon"),
        ({}, {"as_of": date(2026, 4, 30)}, "Due today"),
        ({}, {"as_of": date(2026, 5, 1)}, "Overdue"),
        ({"hiring_order": None}, {}, "Overdue"),
        ({"policy_ends": AS_OF}, {}, "Due today"),
        ({"policy_ends": date(2026, 3, 20)}, {}, "Due soon"),
        ({"agreement_signed": None}, {}, "Missing data"),
        ({"agreement_signed": None, "hiring_order": None}, {}, "Overdue"),
        ({"visa_required": "no", "visa_expires": None, "visa_starts": None}, {}, "Not applicable"),
        ({"terminated_on": date(2025, 12, 15), "terminated_notice_filed": date(2025, 12, 15)}, {}, "Done"),
        ({"terminated_on": date(2025, 12, 15), "terminated_notice_filed": date(2026, 1, 15)}, {}, "Done late"),
    ],
)
def test_the_status_word(facts: dict[str, Any], given: dict[str, Any], status: str) -> None:
    assert answer(facts, **given).status == status


def test_the_status_is_marked_provisional_beyond_the_decreed_calendar() -> None:
    far = {"permit_starts": date(2027, 3, 3), "permit_expires": date(2028, 2, 1), "agreement_ends": date(2029, 1, 1)}
    filed = {f"{year}Q{number}": date(year, 3 * number, 3) for year in (2025, 2026, 2027) for number in (1, 2, 3, 4)}
    assert answer(far, filed, as_of=date(2027, 12, 30), bands=(10,)).status == "Overdue"
    agenda = answer(
        {"registered_until": None, "policy_ends": "31.12.9999"}, filed, as_of=date(2027, 12, 30), bands=(10,)
    )
    assert agenda.status == "OK (provisional)"


def test_the_most_pressing_comes_first() -> None:
    agenda = answer({"concluded_notice_filed": None, "permit_expires": date(2026, 4, 20)})
    assert agenda.next_action == "Notify the authority of the concluded agreement"
    assert agenda.next_due == date(2025, 1, 22)
    assert agenda.days_left == -418


def test_act_by_is_the_working_day_before() -> None:
    # 2026-05-31 less 30 days is 1 May, a holiday.
    agenda = answer({"permit_expires": date(2026, 5, 31)}, FILED | {"2026Q1": AS_OF})
    assert (agenda.next_due, agenda.act_by) == (date(2026, 5, 1), date(2026, 4, 30))


def test_the_check_says_what_does_not_comply_and_not_what_is_merely_due() -> None:
    agenda = answer({"hiring_order": None}, as_of=date(2026, 4, 20))
    assert agenda.check == "Work started 2025-03-03 and there is no hiring order"


def test_each_person_has_a_line() -> None:
    report = checked([SPECIALIST, FAMILY, SPECIALIST | {"person_id": None}])
    assert [one.row for one in report.agenda] == [2, 3, 4]


def test_in_russian() -> None:
    agenda = answer(lang="ru", as_of=date(2026, 5, 1))
    assert agenda.status == "Просрочено"
    assert "30.04.2026" in agenda.check


def test_what_may_be_done_or_not_is_to_be_found_out() -> None:
    agenda = answer({"concluded_notice_filed": "by post"})
    assert agenda.next_action == "Find out whether it was done, and correct the cell"
    assert (agenda.next_due, agenda.days_left, agenda.status) == (date(2025, 1, 22), -418, "Missing data")
    assert "whether it was done can't be told" in agenda.check
