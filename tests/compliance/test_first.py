"""What comes first: what forbids work or stay, then the rest by its days; the same in every list that is made of it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from hqs_xl.compliance.check import Report
from hqs_xl.compliance.first import STOPS, deadline_of, stops
from hqs_xl.output.digest import Due, digest_text
from hqs_xl.output.duelist import due_list
from hqs_xl.roster.findings import Severity
from hqs_xl.texts import LANGUAGES, say
from tests.roster.people import AS_OF, FAMILY, SPECIALIST, checked

DAY = timedelta(days=1)
# What is overdue by far, and can wait for what forbids work.
LATE = {"concluded_notice_filed": None}
STOP = "permit.expired"


def report(*people: dict[str, Any], **given: Any) -> Report:
    return checked([SPECIALIST | one for one in people], **given)


@pytest.mark.parametrize(
    ("facts", "action", "due"),
    [
        ({"permit_expires": AS_OF - DAY}, "permit.expired", AS_OF - DAY),
        ({"permit_expires": AS_OF - DAY} | LATE, "permit.expired", AS_OF - DAY),
        ({"permit_expires": AS_OF} | LATE, "notice.concluded", date(2025, 1, 22)),
        ({"permit_expires": AS_OF}, "permit.renewal", AS_OF - 30 * DAY),
        ({"visa_expires": AS_OF - DAY, "registered_until": None} | LATE, "visa.expired", AS_OF - DAY),
        ({"visa_expires": AS_OF, "registered_until": None} | LATE, "notice.concluded", date(2025, 1, 22)),
        ({"permit_expires": None, "permit_starts": None} | LATE, "permit.missing", None),
        ({"permit_collected": None} | LATE, "work.before_permit", None),
        (
            {"permit_expires": AS_OF - DAY, "visa_expires": AS_OF - 2 * DAY, "registered_until": None},
            "visa.expired",
            AS_OF - 2 * DAY,
        ),
        ({"hiring_order": None} | LATE, "notice.concluded", date(2025, 1, 22)),
    ],
    ids=[
        "the permit expired yesterday",
        "and something is long overdue",
        "the permit's last day is today: work may go on",
        "then the renewal is overdue, and can still be filed",
        "the visa expired yesterday",
        "the visa's last day is today",
        "no permit, which has no day",
        "work before the permit is collected",
        "of two that forbid it the older one",
        "what forbids nothing waits",
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_next_action(facts: dict[str, Any], action: str, due: date | None, lang: str) -> None:
    line = report(facts, lang=lang).agenda[0]
    assert (line.next_action, line.next_due) == (say(f"action.{action}", lang), due)
    assert line.days_left == (due and (due - AS_OF).days)
    assert (line.act_by is None) is (due is None)


def test_a_day_not_past_is_no_deadline_of_what_is_broken() -> None:
    line = report({"permit_expires": date(2028, 3, 4)}, as_of=AS_OF).agenda[0]
    assert (line.next_action, line.next_due) == (say("action.permit.too_long", "en"), None)


@pytest.mark.parametrize(
    ("code", "severity", "days", "has_day"),
    [
        ("permit.expired", "violation", -1, True),
        ("permit.too_long", "violation", 0, False),
        ("permit.too_long", "violation", 1, False),
        ("permit.gap", "violation", -1, False),
        ("visa.gap", "violation", -1, False),
        ("insurance.gap", "violation", -1, True),
        ("insurance.ending", "due", 0, True),
        ("insurance.ending", "due", 1, True),
    ],
)
def test_which_days_are_deadlines(code: str, severity: str, days: int, has_day: bool) -> None:
    due = AS_OF + days * DAY
    assert deadline_of(code, severity, due, days) == (due if has_day else None)
    assert deadline_of(code, severity, None, None) is None


@pytest.mark.parametrize(
    ("expires", "action"), [(AS_OF - DAY, "permit.renewal_expired"), (AS_OF, "permit.renewal")], ids=["gone", "holds"]
)
def test_a_permit_that_has_expired_is_not_to_be_renewed(expires: date, action: str) -> None:
    found = [one for one in report({"permit_expires": expires}).findings if one.code == "permit.renewal_overdue"]
    assert [(one.severity, one.action) for one in found] == [(Severity.VIOLATION, say(f"action.{action}", "en"))]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_lists_begin_with_it(lang: str) -> None:
    found = report(LATE, {"person_id": "P2", "permit_expires": AS_OF - DAY}, {"person_id": "P3"} | LATE, lang=lang)
    stop = say(f"action.{STOP}", lang)
    first = due_list(Path("r.xlsx"), found).entries[0]
    assert (first.action, first.person_id, first.days) == (stop, "P2", -1)
    text = digest_text({"r.xlsx": [due for one in found.findings for due in Due.of(one)]}, AS_OF, lang)
    lines = [line for line in text.splitlines() if line.startswith("    ")]
    assert (stop in lines[0], "P2" in lines[0]) == (True, True)


def test_what_has_no_day_stands_last_of_what_is_overdue() -> None:
    found = report({"hiring_order": None} | LATE)
    text = digest_text({"r.xlsx": [due for one in found.findings for due in Due.of(one)]}, AS_OF, "en")
    assert text.index(say("action.notice.concluded", "en")) < text.index(say("action.order.missing", "en"))


def test_all_that_forbids_work_or_stay_is_told_apart_by_its_words() -> None:
    assert len(stops()) == len(STOPS) * len(LANGUAGES)


# --- What can no longer be done --------------------------------------------------------------------------------------


GAPS = {
    "closed last year": ({"policy_starts": date(2025, 3, 10)}, Severity.LATE, date(2025, 3, 3)),
    "closed yesterday": ({"policy_starts": AS_OF}, Severity.LATE, date(2025, 3, 3)),
    "open: another policy begins tomorrow": ({"policy_starts": AS_OF + DAY}, Severity.VIOLATION, date(2025, 3, 3)),
    "open since today": ({"policy_ends": AS_OF - DAY}, Severity.VIOLATION, AS_OF),
    "one closed, one open": (
        {"policy_starts": date(2025, 3, 10), "policy_ends": AS_OF - 2 * DAY},
        Severity.VIOLATION,
        AS_OF - DAY,
    ),
}


@pytest.mark.parametrize(("facts", "severity", "due"), GAPS.values(), ids=list(GAPS))
def test_days_gone_by_cannot_be_insured_any_more(facts: dict[str, Any], severity: Severity, due: date) -> None:
    found = report(facts)
    [gap] = [one for one in found.findings if one.code == "insurance.gap"]
    assert (gap.severity, gap.due) == (severity, due)
    closed = severity is Severity.LATE
    assert gap.action == say(f"action.insurance.gap{'_closed' if closed else ''}", "en")
    assert bool([*Due.of(gap)]) is not closed
    assert gap.message in found.agenda[0].check, "it stays told"
    assert (found.agenda[0].status == "Overdue") is not closed


def test_the_familys_gap_too() -> None:
    found = checked([SPECIALIST, FAMILY | {"policy_starts": date(2026, 2, 3)}])
    assert [(one.code, one.severity) for one in found.findings] == [("insurance.gap", Severity.LATE)]
