"""One person from the first day to the second agreement, in all sheets and all outputs.

Told in the edition card. Wherever the workbook is looked at, all that speaks of the same thing has to say the same
(``tests/followed.py``): roster, answers, findings, dashboard, deadlines, log, due list, calendar files.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hqs_xl.law import plan
from hqs_xl.refresh.one import State
from hqs_xl.texts import LANGUAGES
from tests.followed import Workbook

AMBER = {"person_id": "HQS-1", "full_name": "Amber Quill", "relation": "HQS", "visa_required": "yes"}
PAPER = {"person_id": "HQS-1", "valid_until": date(2028, 3, 16), "number": "77-2"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_person_from_the_first_day_to_the_second_agreement(tmp_path: Path, lang: str) -> None:
    book = Workbook(tmp_path, lang)
    _she_is_added_and_changed(book)
    _she_works(book)
    _her_papers_are_renewed(book)
    _she_moves(book)
    _she_leaves(book)
    _she_is_rehired(book)


def _she_is_added_and_changed(book: Workbook) -> None:
    # On Monday Amber signs. The authority is to be told within three working days, the first of which is this one.
    book.types("roster", AMBER | {"agreement_signed": date(2025, 2, 3)})
    added = book.on(date(2025, 2, 3))
    assert added.answer() == ("due_soon", "notice.concluded", "2025-02-05")
    assert added.large_numbers == (0, 1, 1, 1)
    assert added.events == ["2025-02-05 notice.concluded"]
    assert added.notice("concluded") == ("2025-02-05", "2025-02-03", None)

    # She signed on Tuesday, it turns out. Every place moves on by a day, and no calendar keeps the old one.
    book.types("roster", over={3: {"agreement_signed": date(2025, 2, 4)}})
    changed = book.on(date(2025, 2, 4))
    assert changed.answer() == ("due_soon", "notice.concluded", "2025-02-06")
    assert changed.events == ["2025-02-06 notice.concluded"]
    assert changed.notice("concluded") == ("2025-02-06", "2025-02-04", None)


def _she_works(book: Workbook) -> None:
    # Told in time. In March she comes, collects her permit for a year, and works; what the plan foresaw has its day.
    latest = {step.key: step.latest for step in plan(date(2025, 2, 4), date(2025, 3, 17))}
    assert (latest["notice"], latest["permit_collection"]) == (date(2025, 2, 6), date(2025, 3, 17))
    notified = {"concluded_notice_filed": date(2025, 2, 6), "permit_filed": date(2025, 2, 10)}
    came = {"permit_decided": date(2025, 2, 28), "visa_starts": date(2025, 3, 3), "visa_expires": date(2026, 3, 16)}
    came |= {"entered_on": date(2025, 3, 10), "policy_starts": date(2025, 3, 10), "policy_ends": date(2026, 3, 9)}
    works = dict.fromkeys(("agreement_starts", "permit_starts", "permit_collected", "work_started"), date(2025, 3, 17))
    works |= {
        "hiring_order": date(2025, 3, 17),
        "permit_expires": date(2026, 3, 16),
        "agreement_ends": date(2028, 3, 16),
    }
    book.types("roster", over={3: notified | came | works})
    working = book.on(date(2025, 4, 14))
    assert working.answer() == ("due_soon", "notice.salary", "2025-04-30")
    assert working.found == [("notice.salary.due", "2025-04-30"), ("registration.due", "2025-06-11")]
    assert working.large_numbers == (0, 0, 1, 5)
    assert working.events == [
        "2025-04-30 notice.salary 2025Q1",
        "2025-06-11 registration",
        "2025-07-31 notice.salary 2025Q2",
        "2026-02-13 permit.renewal",
        "2026-03-06 insurance.ending",
        "2028-03-20 notice.terminated",
    ]

    # The salary notice goes out after the holidays of May, too late; she registers on the last day.
    book.types("salary", {"person_id": "HQS-1", "quarter": "2025Q1", "filed_on": date(2025, 5, 5)})
    book.types("roster", over={3: {"registered_on": date(2025, 6, 11), "registered_until": date(2026, 3, 16)}})
    settled = book.on(date(2025, 6, 16))
    assert settled.found == [("notice.salary.due", "2025-07-31"), ("notice.salary.late", "2025-04-30")]
    assert settled.large_numbers == (0, 0, 0, 4)


def _her_papers_are_renewed(book: Workbook) -> None:
    # In February the permit is to be renewed: the day is a Saturday, the one to act by the Friday before.
    filed = {"2025Q2": date(2025, 7, 31), "2025Q3": date(2025, 10, 31), "2025Q4": date(2026, 1, 30)}
    book.types("salary", *({"person_id": "HQS-1", "quarter": of, "filed_on": day} for of, day in filed.items()))
    ending = book.on(date(2026, 2, 2))
    assert ending.answer() == ("due_soon", "permit.renewal", "2026-02-14")
    assert ending.large_numbers == (0, 0, 1, 4)
    assert ending.events[:3] == [
        "2026-02-13 permit.renewal",
        "2026-03-06 insurance.ending",
        "2026-03-16 registration",
    ]

    # Filed on that Friday; the new papers are rows of the documents, and the old ones stay where they are.
    book.types("roster", over={3: {"renewal_filed": date(2026, 2, 13)}})
    begins = {"permit": date(2026, 3, 17), "visa": date(2026, 3, 17), "policy": date(2026, 3, 10)}
    begins["registration"] = date(2026, 3, 16)
    book.types("documents", *(PAPER | {"document": kind, "valid_from": day} for kind, day in begins.items()))
    renewed = book.on(date(2026, 3, 17))
    assert renewed.answer() == ("due_soon", "notice.salary", "2026-04-30")
    assert renewed.found == [("notice.salary.due", "2026-04-30"), ("notice.salary.late", "2025-04-30")]
    assert "registration" not in str(renewed.events)


def _she_moves(book: Workbook) -> None:
    # She moves to another town, and registers there a day too late.
    book.types("salary", {"person_id": "HQS-1", "quarter": "2026Q1", "filed_on": date(2026, 4, 30)})
    book.types("roster", over={3: {"moved_on": date(2026, 4, 6)}})
    moved = book.on(date(2026, 5, 12))
    assert moved.answer() == ("due_today", "registration", "2026-05-12")
    late = book.on(date(2026, 5, 13))
    assert late.answer() == ("overdue", "registration", "2026-05-12")
    assert late.large_numbers == (1, 0, 0, 1)
    assert late.events[0] == "2026-05-12 registration", "what is overdue stays in the calendar"
    book.types("documents", PAPER | {"document": "registration", "valid_from": date(2026, 5, 13), "number": "77-3"})
    registered = book.on(date(2026, 5, 14))
    assert registered.found == [("notice.salary.late", "2025-04-30"), ("registration.late", "2026-05-12")]
    assert registered.moved == ["overdue > ok"]


def _she_leaves(book: Workbook) -> None:
    # In summer the agreement is ended, and she leaves. The last quarter's salary is still to be told.
    book.types("salary", {"person_id": "HQS-1", "quarter": "2026Q2", "filed_on": date(2026, 7, 30)})
    book.types("roster", over={3: {"terminated_on": date(2026, 7, 31)}})
    ended = book.on(date(2026, 8, 4))
    assert ended.answer() == ("due_today", "notice.terminated", "2026-08-04")
    assert ended.events == ["2026-08-04 notice.terminated", "2026-10-30 notice.salary 2026Q3"]
    assert ended.notice("terminated") == ("2026-08-04", "2026-07-31", "77-2")
    # The notice goes out that day, the permit and the policy end with the agreement.
    book.types("roster", over={3: {"terminated_notice_filed": date(2026, 8, 4), "left_on": date(2026, 8, 10)}})
    book.types("documents", over={row: {"valid_until": date(2026, 7, 31)} for row in (2, 4)})
    gone = book.on(date(2026, 8, 11))
    assert gone.answer() == ("ok", "notice.salary", "2026-10-30")
    assert gone.large_numbers == (0, 0, 0, 1)
    assert gone.events == ["2026-10-30 notice.salary 2026Q3"]


def _she_is_rehired(book: Workbook) -> None:
    # In October she signs again: a second row under the same id, with notices of its own.
    book.types("roster", AMBER | {"agreement_signed": date(2026, 10, 12), "agreement_starts": date(2026, 11, 16)})
    rehired = book.on(date(2026, 10, 12))
    assert rehired.answer(0) == ("due_soon", "notice.salary", "2026-10-30")
    assert rehired.answer(1) == ("due_soon", "notice.concluded", "2026-10-14")
    assert rehired.notice("concluded") == ("2026-10-14", "2026-10-12", None)
    assert rehired.notice("terminated") == ("2026-08-04", "2026-07-31", "77-2"), "of the agreement that ended"

    # All of it done, the first agreement is closed, and the second begins as the first did.
    book.types("salary", {"person_id": "HQS-1", "quarter": "2026Q3", "filed_on": date(2026, 10, 30)})
    again = dict.fromkeys(("permit_starts", "permit_collected", "work_started", "hiring_order"), date(2026, 11, 16))
    again |= dict.fromkeys(("permit_expires", "agreement_ends", "policy_ends"), date(2029, 11, 15))
    again |= {"entered_on": date(2026, 11, 9), "visa_starts": date(2026, 11, 2), "visa_expires": date(2029, 11, 1)}
    again["policy_starts"] = date(2026, 11, 2)
    book.types("roster", over={4: again | {"concluded_notice_filed": date(2026, 10, 14)}})
    works_again = book.on(date(2026, 11, 17))
    assert works_again.answer(0) == ("done_late", "", ""), "one notice of 2025 was late"
    assert works_again.answer(1) == ("ok", "notice.salary", "2027-01-29")
    assert works_again.events == [
        "2027-01-29 notice.salary 2026Q4",
        "2027-02-10 registration",
        "2029-11-19 notice.terminated",
    ]
    assert book.check(date(2026, 11, 17), 10) is State.SAME, "a second check has nothing to add"
