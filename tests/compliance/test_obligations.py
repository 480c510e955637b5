"""Every deadline of a person: the day before, the day, the day after; done in time, done late."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, ClassVar

import pytest

from hqs_xl.roster.findings import Severity
from hqs_xl.texts import LANGUAGES, say
from tests.roster.people import AS_OF, FILED, SPECIALIST, checked, codes, findings

DAY = timedelta(days=1)


@dataclass
class Owed:
    """An obligation: the facts that found it, the day it is due (worked out by hand), where its doing is typed."""

    code: str
    due: date
    done: str
    facts: dict[str, Any]
    edition: str = "card"
    filed: dict[str, Any] = field(default_factory=lambda: dict(FILED))

    def __str__(self) -> str:
        return f"{self.code}{self.edition}"

    @property
    def quarter(self) -> bool:
        return self.done.startswith("20")

    def codes(self, as_of: date, done: date | None) -> list[str]:
        """The codes of this obligation only, on a day, done on another."""
        facts, filed = dict(self.facts), dict(self.filed)
        if self.quarter:
            filed[self.done] = done
        else:
            facts[self.done] = done
        found = codes(facts, filed, as_of=as_of, edition=self.edition)
        return [code for code in found if code.startswith(self.code)]


FRESH = dict.fromkeys([key for key in SPECIALIST if key not in {"person_id", "relation", "visa_required"}])

SIGNED = FRESH | {"agreement_signed": date(2024, 4, 25)}
EXPIRES = {"permit_starts": date(2025, 3, 3), "permit_expires": date(2027, 4, 1)}
ENTERED = {"entered_on": date(2024, 1, 15), "registered_until": None}
MOVED = {"entered_on": date(2025, 9, 1), "moved_on": date(2025, 10, 2), "registered_until": None}
DECIDED = {"permit_decided": date(2025, 2, 11)}
CHANGED = {"passport_changed": date(2026, 3, 2)}
ENTRY = {"entered_on": date(2026, 2, 2)}

OWED = [
    # Signed Thursday 2024-04-25, which is day 1; working Saturday 27 April is day 3. By law day 1 is Friday.
    Owed("notice.concluded.", date(2024, 4, 27), "concluded_notice_filed", SIGNED),
    Owed("notice.concluded.", date(2024, 5, 2), "concluded_notice_filed", SIGNED, "law"),
    # The last working day is Tuesday 2025-12-30, day 1; then 12 and 13 January.
    Owed("notice.terminated.", date(2026, 1, 13), "terminated_notice_filed", {"terminated_on": date(2025, 12, 30)}),
    # The agreement ran out on Friday 2026-02-20, day 1; 23 February is a holiday.
    Owed("notice.terminated.", date(2026, 2, 25), "terminated_notice_filed", {"agreement_ends": date(2026, 2, 20)}),
    # 31 January 2026 is a Saturday.
    Owed("notice.salary.", date(2026, 1, 30), "2025Q4", {}),
    # 2027-04-01 less 30 days; the careful officer's 31 days end on Monday 2027-03-01.
    Owed("permit.renewal_", date(2027, 3, 2), "renewal_filed", EXPIRES),
    Owed("permit.renewal_", date(2027, 3, 1), "renewal_filed", EXPIRES, "careful"),
    # 2024-01-15 and 90 days is Sunday 04-14; then three working days, by law seven.
    Owed("registration.", date(2024, 4, 17), "registered_on", ENTERED),
    Owed("registration.", date(2024, 4, 23), "registered_on", ENTERED, "law"),
    Owed("registration.", date(2024, 4, 12), "registered_on", ENTERED, "careful"),
    # Moved 2025-10-02: 30 days end Saturday 11-01 (worked); 3, 4 November are off; 5, 6, 7 November.
    Owed("registration.", date(2025, 11, 7), "registered_on", MOVED),
    Owed("medical.", date(2026, 3, 4), "medical_done", ENTRY, "law"),
    Owed("medical.", date(2026, 3, 3), "medical_done", ENTRY, "careful"),
    Owed("permit.collect_", date(2025, 3, 13), "permit_collected", DECIDED, "law"),
    Owed("permit.collect_", date(2025, 3, 12), "permit_collected", DECIDED, "careful"),
    # Changed Monday 2026-03-02: 3, 4, 5, 6, 10, 11, 12 March (the 9th is a moved day off).
    Owed("permit.passport_", date(2026, 3, 12), "permit_filed", CHANGED, "law"),
    Owed("permit.passport_", date(2026, 3, 11), "permit_filed", CHANGED, "careful"),
    # 30 working days after Monday 2026-01-12 end 2026-02-24, and 30 days more.
    Owed("leave.", date(2026, 3, 26), "left_on", {"terminated_on": date(2026, 1, 12)}, "law"),
]


@pytest.mark.parametrize("owed", OWED, ids=str)
class TestAnObligation:
    def test_is_silent_before_the_widest_band(self, owed: Owed) -> None:
        assert owed.codes(owed.due - 31 * DAY, None) == []

    def test_is_due_from_the_first_day_of_the_band(self, owed: Owed) -> None:
        first = owed.due - 30 * DAY
        entered = owed.facts.get("entered_on")
        happened = owed.code != "medical." or entered is None or entered <= first
        assert owed.codes(first, None) == ([owed.code + "due"] if happened else [])

    def test_is_due_the_day_before_and_on_the_day(self, owed: Owed) -> None:
        assert owed.codes(owed.due - DAY, None) == [owed.code + "due"]
        assert owed.codes(owed.due, None) == [owed.code + "due"]

    def test_is_overdue_the_day_after(self, owed: Owed) -> None:
        assert owed.codes(owed.due + DAY, None) == [owed.code + "overdue"]

    def test_done_on_its_day_raises_nothing(self, owed: Owed) -> None:
        assert owed.codes(owed.due + DAY, owed.due) == []

    def test_done_the_day_after_is_late(self, owed: Owed) -> None:
        assert owed.codes(owed.due + 2 * DAY, owed.due + DAY) == [owed.code + "late"]

    def test_a_doing_in_the_future_is_not_done(self, owed: Owed) -> None:
        assert owed.codes(owed.due + DAY, owed.due + 2 * DAY) == [owed.code + "overdue"]


def only(code: str, found: list[str]) -> list[str]:
    return [one for one in found if one.startswith(code)]


class TestSalaryNotices:
    def test_every_quarter_of_the_agreement_is_owed(self) -> None:
        found = findings({}, {}, as_of=date(2026, 2, 2))
        assert [(one.code, one.due) for one in found] == [
            ("notice.salary.overdue", date(2025, 4, 30)),
            ("notice.salary.overdue", date(2025, 7, 31)),
            ("notice.salary.overdue", date(2025, 10, 31)),
            ("notice.salary.overdue", date(2026, 1, 30)),
        ]

    @pytest.mark.parametrize(
        ("starts", "ends", "quarters"),
        [
            (date(2025, 3, 31), date(2025, 3, 31), 1),
            (date(2025, 3, 31), date(2025, 4, 1), 2),
            (date(2025, 4, 1), date(2025, 6, 30), 1),
            (date(2025, 4, 1), date(2025, 7, 1), 2),
        ],
        ids=["one day", "two days in two quarters", "a whole quarter", "and a day of the next"],
    )
    def test_a_quarter_counts_from_the_first_day_of_the_agreement_to_its_last(
        self, starts: date, ends: date, quarters: int
    ) -> None:
        facts = {"agreement_starts": starts, "work_started": starts, "agreement_ends": ends}
        assert len(only("notice.salary.", codes(facts, {}))) == quarters

    @pytest.mark.parametrize(
        ("ends", "worked", "quarters"),
        [
            (date(2025, 3, 2), None, 0),
            (date(2025, 3, 3), None, 1),
            (date(2025, 3, 4), None, 1),
            (date(2025, 3, 2), date(2025, 3, 2), 1),
            (date(2025, 3, 2), date(2025, 3, 3), 0),
        ],
        ids=["the day before it", "on its first day", "the day after", "before it, and worked", "before it, and then"],
    )
    @pytest.mark.parametrize("column", ["terminated_on", "agreement_ends"])
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_of_an_agreement_that_ended_before_it_began_none_is_owed_and_that_is_said(
        self, column: str, ends: date, worked: date | None, quarters: int, lang: str
    ) -> None:
        facts: dict[str, Any] = {"agreement_starts": date(2025, 3, 3), "work_started": worked, column: ends}
        found = findings(facts, {}, lang=lang)
        assert len([one for one in found if one.code == "notice.salary.overdue"]) == quarters
        told = [one for one in found if one.code == "data.order" and one.column == column]
        assert bool(told) is (ends < date(2025, 3, 3))
        untold = say("finding.untold", lang, subjects=say("subject.notice_salary", lang))
        assert all(one.message.endswith(untold) is (not quarters) for one in told)

    def test_a_quarter_without_a_row_is_named_at_the_person(self) -> None:
        (one,) = findings({}, FILED | {"2025Q2": None})[:1]
        assert (one.code, one.column) == ("notice.salary.overdue", "filed_on")
        filed = {quarter: day for quarter, day in FILED.items() if quarter != "2025Q2"}
        (one,) = findings({}, filed)
        assert (one.code, one.column, one.row) == ("notice.salary.overdue", "person_id", 2)
        assert "2025Q2" in one.message

    def test_nothing_is_owed_before_the_agreement_starts(self) -> None:
        assert codes({"agreement_starts": date(2026, 7, 1)} | NOT_YET, {}, as_of=date(2026, 6, 1)) == []

    @pytest.mark.parametrize(
        ("worked", "quarters"),
        [(date(2025, 6, 30), 3), (date(2025, 7, 1), 2), (date(2025, 9, 30), 2), (date(2025, 10, 1), 1)],
    )
    @pytest.mark.parametrize("starts", [date(2025, 10, 1), date(2026, 3, 16), date(2026, 3, 17)])
    def test_work_before_the_agreement_starts_counts(self, worked: date, quarters: int, starts: date) -> None:
        """As where the start of a new agreement is typed over that of the one before."""
        found = codes({"agreement_starts": starts, "work_started": worked}, {})
        assert len(only("notice.salary.", found)) == quarters
        assert ("data.order" in found) is (worked < starts)

    def test_an_agreement_without_a_start_begins_with_the_work_or_the_permit(self) -> None:
        assert only("notice.salary.", codes({"agreement_starts": None}, {})) == ["notice.salary.overdue"] * 4
        facts = {"agreement_starts": None, "work_started": None, "hiring_order": None}
        assert only("notice.salary.", codes(facts, {})) == ["notice.salary.overdue"] * 4

    def test_of_two_notices_for_a_quarter_the_first_counts(self) -> None:
        facts = [{"person_id": "P1", "quarter": "2025Q2", "filed_on": date(2025, 9, 1)}]
        assert only("notice.salary.", [one.code for one in checked([SPECIALIST], FILED, facts).findings]) == []


NOT_YET: dict[str, Any] = dict.fromkeys(
    (
        "medical_done",
        "permit_collected",
        "permit_starts",
        "permit_expires",
        "work_started",
        "hiring_order",
        "entered_on",
        "registered_on",
    )
)


class TestRenewal:
    """S13: owed when the agreement is open-ended or outlasts the permit."""

    @pytest.mark.parametrize(
        ("ends", "owed"),
        [
            (None, ["permit.renewal_due"]),
            (date(2026, 4, 2), ["permit.renewal_due"]),
            (date(2026, 4, 1), []),
            (date(2026, 3, 31), []),
        ],
        ids=["open-ended", "ends the day after the permit", "ends with the permit", "ends before it"],
    )
    def test_is_owed(self, ends: date | None, owed: list[str]) -> None:
        facts = {"permit_expires": date(2026, 4, 1), "agreement_ends": ends}
        assert only("permit.renewal_", codes(facts, as_of=date(2026, 2, 20))) == owed

    def test_filed_for_the_permit_before_this_one_does_not_count(self) -> None:
        facts = {"permit_expires": date(2026, 4, 1), "renewal_filed": date(2025, 3, 2)}
        assert only("permit.renewal_", codes(facts, as_of=date(2026, 3, 2))) == ["permit.renewal_due"]
        assert only("permit.renewal_", codes(facts, as_of=date(2026, 3, 3))) == ["permit.renewal_overdue"]

    @pytest.mark.parametrize(
        ("facts", "since"),
        [
            ({"permit_decided": date(2025, 2, 11), "permit_collected": date(2025, 3, 3)}, "permit_collected"),
            ({"permit_decided": None, "permit_collected": date(2025, 3, 3)}, "permit_collected"),
            ({"permit_decided": date(2025, 3, 3), "permit_collected": None}, "permit_decided"),
            ({"permit_decided": date(2025, 3, 3), "permit_collected": date(2022, 3, 2)}, "permit_decided"),
        ],
        ids=["decided, then collected", "collected", "decided", "decided anew, collected is the earlier one's"],
    )
    @pytest.mark.parametrize(
        ("filed", "counts"), [(date(2025, 3, 2), False), (date(2025, 3, 3), True), (date(2025, 3, 4), True)]
    )
    def test_of_a_permit_that_has_no_start_any_day_it_was_obtained_tells(
        self, facts: dict[str, Any], since: str, filed: date, *, counts: bool
    ) -> None:
        facts = facts | {"permit_starts": None, "permit_expires": date(2026, 4, 1), "renewal_filed": filed}
        found = [one for one in findings(facts, as_of=date(2026, 3, 3)) if one.code.startswith("permit.renewal_")]
        assert [one.code for one in found] == ([] if counts else ["permit.renewal_overdue"])
        assert all(f"lies before «{say(f'header.{since}')}» 2025-03-03" in one.message for one in found)

    def test_where_the_permit_starts_tells_a_later_decision_is_of_the_next_one(self) -> None:
        facts = {"permit_expires": date(2026, 4, 1), "permit_starts": date(2025, 3, 3)}
        renewed = {"renewal_filed": date(2026, 2, 2), "permit_decided": date(2026, 2, 20)}
        assert only("permit.renewal_", codes(facts | renewed, as_of=date(2026, 3, 3))) == []

    @pytest.mark.parametrize(
        ("filed", "edition", "counts"),
        [
            (date(2023, 3, 31), "card", False),
            (date(2023, 4, 1), "card", True),
            (date(2023, 4, 1), "careful", False),
            (date(2023, 4, 2), "careful", True),
        ],
    )
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_of_a_permit_whose_start_nothing_tells_one_longer_ago_than_it_may_last_does_not_count(
        self, filed: date, edition: str, lang: str, *, counts: bool
    ) -> None:
        facts: dict[str, Any] = dict.fromkeys(("permit_starts", "permit_decided"))
        facts |= {"permit_collected": date(2023, 2, 1), "permit_expires": date(2026, 4, 1), "renewal_filed": filed}
        told = findings(facts, as_of=date(2026, 3, 3), edition=edition, lang=lang)
        found = [one for one in told if one.code.startswith("permit.renewal_")]
        assert [one.code for one in found] == ([] if counts else ["permit.renewal_overdue"])
        assert all(say("finding.remark.earlier_permit", lang) in one.message for one in found)
        started = findings(facts | {"permit_starts": date(2023, 2, 1)}, as_of=date(2026, 3, 3), edition=edition)
        assert not any(one.code.startswith("permit.renewal_") for one in started), "too long, and renewed"


def test_a_permit_filed_for_on_the_day_of_the_new_passport_corrects_it() -> None:
    facts = {"passport_changed": date(2026, 2, 2), "permit_filed": date(2026, 2, 2), "permit_decided": None}
    assert only("permit.passport_", codes(facts, edition="law")) == []
    facts["permit_filed"] = date(2026, 2, 1)
    assert only("permit.passport_", codes(facts, edition="law")) == ["permit.passport_overdue"]


class TestRegistration:
    """S16, S19, S20, S22."""

    @pytest.mark.parametrize(
        ("facts", "expected"),
        [
            ({"registered_on": date(2026, 1, 20)}, []),
            ({"moved_on": date(2025, 12, 1)}, []),
            ({"moved_on": date(2026, 2, 10)}, []),
            ({"moved_on": date(2026, 2, 11)}, ["registration.due"]),
            ({"moved_on": date(2026, 2, 12), "entered_on": date(2025, 6, 2)}, ["registration.due"]),
            (
                {"entered_on": date(2025, 6, 2), "registered_on": None, "moved_on": date(2026, 3, 1)},
                ["registration.overdue"],
            ),
            ({"entered_on": None, "registered_on": None, "moved_on": date(2026, 1, 12)}, ["registration.overdue"]),
            ({"entered_on": date(2025, 6, 2), "registered_on": None, "left_on": date(2026, 3, 1)}, []),
            ({"entered_on": date(2026, 2, 2), "registered_on": None, "left_on": date(2026, 1, 20)}, []),
            (
                {"entered_on": date(2025, 6, 2), "registered_on": None, "left_on": date(2025, 6, 1)},
                ["registration.overdue"],
            ),
            (
                {"entered_on": date(2025, 6, 2), "registered_on": None, "left_on": date(2025, 6, 2)},
                ["registration.overdue"],
            ),
            ({"entered_on": date(2025, 6, 2), "registered_on": None, "left_on": date(2025, 6, 3)}, []),
            ({"entered_on": date(2026, 4, 2), "registered_on": None, "registered_until": None}, []),
        ],
        ids=[
            "before the last entry, whose free days still run",
            "a move before the last entry is past",
            "registered on the day of the move",
            "registered the day before the move does not count for the new place",
            "registered long before the move does not count",
            "never registered since the entry: moving gains nothing",
            "a move alone",
            "who left needs none",
            "who came back starts anew",
            "left the day before the entry",
            "left and entered on one day: is here",
            "left the day after the entry",
            "who is still to come",
        ],
    )
    def test_which_registration_counts(self, facts: dict[str, Any], expected: list[str]) -> None:
        assert only("registration.", codes({"registered_until": None} | facts)) == expected

    @pytest.mark.parametrize(
        ("until", "expected"),
        [
            (date(2026, 3, 15), ["registration.overdue"]),
            (date(2026, 3, 16), ["registration.due"]),
            (date(2026, 4, 15), ["registration.due"]),
            (date(2026, 4, 16), []),
        ],
        ids=["lapsed yesterday", "lapses today", "lapses in 30 days", "lapses in 31 days"],
    )
    def test_a_registration_that_lapses_is_followed_by_another(self, until: date, expected: list[str]) -> None:
        facts = {"entered_on": date(2025, 6, 2), "registered_on": date(2025, 6, 10), "registered_until": until}
        assert only("registration.", codes(facts)) == expected

    @pytest.mark.parametrize(
        ("until", "expected"),
        [
            (date(2026, 2, 28), [("registration.overdue", date(2026, 2, 28))]),
            (date(2026, 3, 1), [("registration.due", date(2026, 4, 3))]),
            (date(2026, 3, 2), [("registration.due", date(2026, 4, 3))]),
        ],
        ids=["lapsed the day before the move", "lapses on the day of the move", "lapses the day after"],
    )
    def test_who_was_registered_nowhere_gains_nothing_by_moving(
        self, until: date, expected: list[tuple[str, date]]
    ) -> None:
        facts = {"entered_on": date(2025, 6, 2), "registered_on": date(2025, 6, 10), "registered_until": until}
        found = findings(facts | {"moved_on": date(2026, 3, 1)})
        assert [(one.code, one.due) for one in found if one.code.startswith("registration.")] == expected
        anew = {"registered_on": date(2026, 3, 5), "registered_until": date(2027, 3, 5), "moved_on": date(2026, 3, 1)}
        assert only("registration.", codes(facts | anew)) == []

    def test_a_registration_that_lapsed_before_a_move_was_not_needed_in_the_free_days(self) -> None:
        facts = {"entered_on": date(2026, 1, 20), "registered_on": date(2026, 1, 22), "moved_on": date(2026, 2, 20)}
        found = findings(facts | {"registered_until": date(2026, 2, 10)})
        due = [(one.code, one.due) for one in found if one.code.startswith("registration.")]
        assert due == [("registration.due", date(2026, 3, 25))]

    def test_a_registration_may_lapse_within_the_free_days(self) -> None:
        assert only("registration.", codes({"registered_until": date(2026, 3, 1)})) == []


EARLIER = [
    ("notice.concluded.", "concluded_notice_filed", SIGNED, date(2024, 4, 25), "agreement_signed", True),
    (
        *("notice.terminated.", "terminated_notice_filed", {"terminated_on": date(2025, 12, 15)}),
        *(date(2025, 12, 15), "terminated_on", True),
    ),
    (
        *("notice.terminated.", "terminated_notice_filed", {"agreement_ends": date(2026, 2, 20)}),
        *(date(2026, 2, 20), "agreement_ends", True),
    ),
    (
        "permit.renewal_",
        "renewal_filed",
        {"permit_expires": date(2026, 4, 2)},
        date(2025, 3, 3),
        "permit_starts",
        False,
    ),
    (
        *("registration.", "registered_on", {"entered_on": date(2025, 11, 3), "registered_until": date(2026, 10, 30)}),
        *(date(2025, 11, 3), "entered_on", False),
    ),
    (
        *("registration.", "registered_on", MOVED | {"moved_on": date(2026, 1, 20)}),
        *(date(2026, 1, 20), "moved_on", False),
    ),
    ("permit.passport_", "permit_filed", CHANGED | {"passport_changed": date(2026, 2, 2)}, date(2026, 2, 2), "", False),
    ("permit.collect_", "permit_collected", DECIDED, date(2025, 2, 11), "permit_decided", True),
]


@pytest.mark.parametrize("edition", ["card", "law", "careful"])
@pytest.mark.parametrize(("code", "mark", "facts", "first", "since", "disorder"), EARLIER)
def test_a_doing_of_an_earlier_cycle_does_not_count(
    code: str, mark: str, facts: dict[str, Any], first: date, since: str, *, disorder: bool, edition: str
) -> None:
    if edition == "card" and code in {"permit.collect_", "permit.passport_"}:
        return  # the card knows no such term
    steps = dict.fromkeys(("permit_decided", "permit_collected")) if code == "permit.passport_" else {}
    found = findings(facts | steps | {mark: first - DAY}, as_of=date(2026, 4, 1), edition=edition)
    overdue = next(one for one in found if one.code == code + "overdue")
    if since:
        assert (
            f"«{say(f'header.{mark}')}» {first - DAY} lies before «{say(f'header.{since}')}» {first}" in overdue.message
        )
    assert ("data.order" in [one.code for one in found if one.column == mark]) is disorder
    counted = codes(facts | steps | {mark: first}, as_of=date(2026, 4, 1), edition=edition)
    assert only(code, counted) == []
    assert "data.order" not in counted


class TestANoticeOfAnotherQuarter:
    def test_filed_before_its_quarter_does_not_count(self) -> None:
        found = findings({}, FILED | {"2025Q4": date(2025, 9, 30)})
        assert sorted(one.code for one in found) == ["data.order", "notice.salary.overdue"]
        assert "does not count" in next(one.message for one in found if one.code == "notice.salary.overdue")

    def test_filed_on_its_first_day_counts(self) -> None:
        assert codes({}, FILED | {"2025Q4": date(2025, 10, 1)}) == ["salary.early"]

    @pytest.mark.parametrize("order", [1, -1])
    def test_one_that_counts_wins_over_one_that_does_not(self, order: int) -> None:
        both = [{"person_id": "P1", "quarter": "2025Q4", "filed_on": day} for day in ("2025-09-30", "2026-01-29")]
        rest = {quarter: day for quarter, day in FILED.items() if quarter != "2025Q4"}
        report = checked([SPECIALIST], rest, both[::order])
        assert [one.code for one in report.findings] == ["data.order"]

    @pytest.mark.parametrize("order", [1, -1])
    def test_one_that_cannot_be_read_wins_over_a_blank_one(self, order: int) -> None:
        both = [{"person_id": "P1", "quarter": "2025Q4", "filed_on": day} for day in ("#REF!", None)]
        rest = {quarter: day for quarter, day in FILED.items() if quarter != "2025Q4"}
        found = [one.code for one in checked([SPECIALIST], rest, both[::order]).findings]
        assert sorted(found) == ["data.not_a_date", "notice.salary.unclear"]


class TestWhoIsDone:
    """A person who left, or whose agreement ended and notices are done, raises nothing further."""

    ENDED: ClassVar[dict[str, Any]] = {
        "terminated_on": date(2025, 12, 15),
        "policy_ends": date(2025, 12, 31),
        "hiring_order": None,
    }

    def test_ended_with_notices_done(self) -> None:
        assert codes(self.ENDED | {"terminated_notice_filed": date(2025, 12, 16)}) == []

    def test_ended_with_a_notice_open(self) -> None:
        assert codes(self.ENDED) == ["notice.terminated.overdue"]

    def test_ended_with_a_notice_open_the_stay_is_still_looked_at(self) -> None:
        facts = self.ENDED | {"visa_expires": date(2026, 3, 2), "registered_until": None}
        assert codes(facts) == ["notice.terminated.overdue", "visa.expired"]
        assert codes(facts | {"terminated_notice_filed": date(2025, 12, 16)}) == []

    def test_a_notice_filed_late_stays_known(self) -> None:
        assert codes(self.ENDED | {"terminated_notice_filed": date(2026, 2, 1)}) == ["notice.terminated.late"]

    @pytest.mark.parametrize(
        ("expires", "expected"),
        [
            (AS_OF - DAY, ["permit.expired", "permit.renewal_overdue"]),
            (AS_OF, ["permit.renewal_overdue"]),
            (AS_OF + 29 * DAY, ["permit.renewal_overdue"]),
            (AS_OF + 30 * DAY, ["permit.renewal_due"]),
            (AS_OF + 61 * DAY, []),
        ],
    )
    def test_who_is_abroad_owes_the_permit_while_the_agreement_runs(self, expires: date, expected: list[str]) -> None:
        facts = {"left_on": date(2026, 3, 1), "permit_expires": expires}
        assert codes(facts) == expected
        ended = {"agreement_ends": AS_OF - DAY, "terminated_notice_filed": AS_OF - DAY}
        assert codes(facts | ended) == []

    def test_who_left_owes_notices_and_the_permit_only(self) -> None:
        facts = {"left_on": date(2026, 3, 1), "visa_expires": date(2026, 3, 2), "policy_ends": date(2026, 3, 2)}
        assert codes(facts) == []
        assert codes(facts, {}) == ["notice.salary.overdue"] * 4

    def test_the_agreements_last_day_is_still_in_it(self) -> None:
        facts = {"agreement_ends": AS_OF, "permit_expires": date(2026, 3, 15), "terminated_notice_filed": AS_OF}
        assert "permit.expired" in codes(facts)
        assert "permit.expired" not in codes(facts, as_of=AS_OF + DAY)


def test_a_specialist_in_order_raises_nothing() -> None:
    for edition in ("card", "law", "careful"):
        assert codes(edition=edition) == []


@pytest.mark.parametrize(
    ("severity", "done", "days"),
    [(Severity.VIOLATION, None, -46), (Severity.LATE, date(2026, 2, 3), -4)],
    ids=["overdue: from the check", "late: from the doing"],
)
def test_days_of_a_finding(severity: Severity, done: date | None, days: int) -> None:
    (one,) = [
        one for one in findings({}, FILED | {"2025Q4": done}, as_of=date(2026, 3, 17)) if one.severity == severity
    ]
    assert (one.due, one.days) == (date(2026, 1, 30), days)
