"""Medical examinations: the family's first one, and another one after a renewal; who owes it, from which day on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from hqs_xl.compliance.check import Report, Roster, check_roster
from hqs_xl.roster.findings import Finding, Severity
from hqs_xl.roster.gathered import Gathered
from hqs_xl.roster.reading import read
from hqs_xl.roster.records import Person
from hqs_xl.texts import LANGUAGES, say
from tests.roster.people import AS_OF, FAMILY, FILED, SPECIALIST, checked, settings

D = date.fromisoformat
DAY = timedelta(days=1)
Facts = dict[str, Any]

# Renewed while here: filed on Monday 2025-12-01, decided on Monday 2025-12-15. Thirty days after that is Wednesday
# 2026-01-14; the careful officer's thirty with that day in them end on Tuesday 2026-01-13.
RENEWED: Facts = {
    "renewal_filed": D("2025-12-01"),
    "permit_filed": D("2025-12-01"),
    "permit_decided": D("2025-12-15"),
    "permit_collected": D("2025-12-17"),
    "permit_starts": D("2025-12-17"),
    "entered_on": D("2025-11-03"),
    "registered_on": D("2025-11-10"),
    "registered_until": D("2026-11-01"),
    "medical_done": D("2025-11-05"),
}
DUE = {"law": D("2026-01-14"), "careful": D("2026-01-13")}
HERE: Facts = {key: RENEWED[key] for key in ("entered_on", "registered_on", "registered_until", "medical_done")}
EACH_EDITION = pytest.mark.parametrize("edition", ["law", "careful"])


def medical(report: Report, person_id: str = "P1") -> list[Finding]:
    """The findings on examinations of one person."""
    return [one for one in report.findings if one.code.startswith("medical.") and one.person_id == person_id]


def told(changes: Facts, **given: Any) -> list[tuple[str, date | None]]:
    """Which of them there are about the specialist, and when it is due."""
    report = checked([SPECIALIST | RENEWED | changes], FILED, **{"edition": "law"} | given)
    return [(one.code, one.due) for one in medical(report)]


def of_family(changes: Facts, specialist: Facts, **given: Any) -> list[tuple[str, date | None]]:
    """Which of them there are about the family member, whoever of the two stands above."""
    family, sponsor = FAMILY | HERE | changes, SPECIALIST | RENEWED | specialist
    reports = [checked(two, FILED, **{"edition": "law"} | given) for two in ([family, sponsor], [sponsor, family])]
    found = [[(one.code, one.due) for one in medical(report, "F1")] for report in reports]
    assert found[0] == found[1]
    return found[0]


# --- After a renewal -------------------------------------------------------------------------------------------------


@EACH_EDITION
class TestAfterARenewal:
    def test_it_is_due_up_to_its_day(self, edition: str) -> None:
        due = DUE[edition]
        for day in (due - 30 * DAY, due - DAY, due):
            if day >= RENEWED["permit_decided"]:
                assert told({}, edition=edition, as_of=day) == [("medical.repeat_due", due)]

    def test_it_is_overdue_the_day_after(self, edition: str) -> None:
        assert told({}, edition=edition, as_of=DUE[edition] + DAY) == [("medical.repeat_overdue", DUE[edition])]

    def test_done_on_its_day_raises_nothing(self, edition: str) -> None:
        assert told({"medical_done": DUE[edition]}, edition=edition) == []

    def test_done_on_the_day_of_the_decision_raises_nothing(self, edition: str) -> None:
        assert told({"medical_done": RENEWED["permit_decided"]}, edition=edition) == []

    def test_done_the_day_before_the_decision_does_not_count(self, edition: str) -> None:
        found = told({"medical_done": RENEWED["permit_decided"] - DAY}, edition=edition)
        assert ("medical.repeat_overdue", DUE[edition]) in found

    def test_done_the_day_after_it_is_due_is_late(self, edition: str) -> None:
        assert told({"medical_done": DUE[edition] + DAY}, edition=edition) == [("medical.repeat_late", DUE[edition])]


def test_the_card_knows_none() -> None:
    assert told({}, edition="card") == []
    assert of_family({"medical_done": None}, {}, edition="card") == []


@pytest.mark.parametrize(
    ("changes", "renewed"),
    [
        ({}, True),
        ({"renewal_filed": D("2025-12-15")}, True),
        ({"renewal_filed": D("2025-12-16"), "permit_starts": D("2025-03-03")}, False),
        ({"renewal_filed": None}, False),
        ({"permit_decided": None, "permit_collected": None, "permit_starts": D("2025-03-03")}, False),
    ],
    ids=["filed before", "filed that day", "the next one is filed the day after", "nothing filed", "not decided yet"],
)
def test_only_a_renewal_asks_for_another_one(changes: Facts, renewed: bool) -> None:
    assert ("medical.repeat_overdue" in dict(told(changes))) is renewed


@pytest.mark.parametrize(("decided", "owed"), [("2022-07-13", False), ("2022-07-14", True), ("2022-07-15", True)])
@EACH_EDITION
def test_since_the_law_of_2022(edition: str, decided: str, owed: bool) -> None:
    changes: Facts = {"renewal_filed": D("2022-06-01"), "permit_filed": D("2022-06-01"), "permit_decided": D(decided)}
    changes |= dict.fromkeys(("permit_collected", "permit_starts"), D("2022-07-20"))
    changes |= {"entered_on": D("2022-01-10"), "registered_on": None, "registered_until": None, "medical_done": None}
    assert ("medical.repeat_overdue" in dict(told(changes, edition=edition))) is owed


@pytest.mark.parametrize(("done", "code"), [(None, "medical.repeat_overdue"), ("2026-02-02", "medical.repeat_late")])
def test_entered_on_the_day_of_the_decision_it_is_one_examination(done: str | None, code: str) -> None:
    facts = {"entered_on": RENEWED["permit_decided"], "registered_on": RENEWED["permit_decided"]}
    assert told(facts | {"medical_done": done and D(done)}) == [(code, DUE["law"])]


def test_the_examination_after_it_is_not_taken_for_a_late_first_one() -> None:
    """Entered on 2025-11-03: the first one was due by 2025-12-03, and its day is overwritten."""
    assert told({"medical_done": D("2026-01-05")}) == []
    assert told({"medical_done": D("2026-01-05"), "renewal_filed": None}) == [("medical.late", D("2025-12-03"))]


# --- Abroad on the day of the decision -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entered", "left", "due", "unsure"),
    [
        pytest.param("2025-12-14", None, "2026-01-14", False, id="entered the day before"),
        pytest.param("2025-12-15", None, "2026-01-14", False, id="entered that day"),
        pytest.param("2026-01-10", "2025-12-14", "2026-02-09", False, id="left the day before, back later"),
        pytest.param("2026-01-10", "2025-12-15", "2026-01-14", False, id="left that day"),
        pytest.param("2026-01-10", "2025-12-16", "2026-01-14", False, id="left the day after"),
        pytest.param("2025-12-16", None, "2026-01-14", True, id="entered the day after, no departure known"),
        pytest.param("2025-12-16", "2026-04-01", "2026-01-14", True, id="entered the day after, about to leave"),
        pytest.param(None, None, "2026-01-14", True, id="no entry known"),
    ],
)
def test_who_was_abroad_counts_from_the_entry(entered: str | None, left: str | None, due: str, unsure: bool) -> None:
    facts = {"entered_on": entered and D(entered), "left_on": left and D(left), "medical_done": None}
    report = checked([SPECIALIST | RENEWED | facts], FILED, edition="law", as_of=D("2026-03-16"))
    (found,) = [one for one in medical(report) if one.code.startswith("medical.repeat")]
    assert (found.code, found.due) == ("medical.repeat_overdue", D(due))
    assert (say("finding.remark.abroad") in found.message) is unsure


def test_who_counts_from_the_entry_owes_one_examination_and_not_two() -> None:
    back = {"entered_on": D("2026-01-10"), "left_on": D("2025-12-01"), "registered_on": D("2026-01-12")}
    owed = back | {"medical_done": None}
    assert told(owed) == [("medical.repeat_overdue", D("2026-02-09"))]
    assert told(owed | {"medical_done": D("2026-02-09")}) == []
    assert told(owed | {"medical_done": D("2026-02-10")}) == [("medical.repeat_late", D("2026-02-09"))]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_said_in_each_language(lang: str) -> None:
    report = checked([SPECIALIST | RENEWED | {"entered_on": None}], FILED, edition="law", lang=lang)
    (found,) = [one for one in medical(report) if one.code == "medical.repeat_overdue"]
    assert found.message.startswith(say("obligation.medical.repeat", lang))
    assert say("finding.remark.abroad", lang) in found.message


def test_who_has_left_owes_none_until_they_enter_again() -> None:
    assert told({"left_on": D("2026-02-01"), "medical_done": None}) == []


# --- When the decision is not known ----------------------------------------------------------------------------------

NO_DECISION: Facts = {"permit_filed": D("2025-01-22"), "permit_decided": D("2025-02-11")}


@pytest.mark.parametrize(
    ("changes", "told_so"),
    [
        pytest.param(NO_DECISION, True, id="that of the first permit still stands there"),
        pytest.param({"permit_decided": None}, True, id="blank"),
        pytest.param({"permit_decided": None, "permit_starts": D("2025-03-03")}, True, id="collected after the filing"),
        pytest.param(NO_DECISION | {"medical_done": D("2025-12-16")}, True, id="examined before it was held"),
        pytest.param(NO_DECISION | {"medical_done": D("2025-12-17")}, False, id="examined since"),
        pytest.param({}, False, id="known"),
        pytest.param(
            NO_DECISION | dict.fromkeys(("permit_starts", "permit_collected"), D("2025-03-03")), False, id="pending"
        ),
        pytest.param({"renewal_filed": None, "permit_decided": None}, False, id="no renewal"),
        pytest.param(
            NO_DECISION | {"permit_collected": None, "permit_starts": D("2025-12-01")},
            False,
            id="held since the filing",
        ),
        pytest.param(
            NO_DECISION | {"permit_starts": D("2025-12-22"), "medical_done": D("2025-12-18")},
            False,
            id="examined since it was collected",
        ),
    ],
)
def test_what_cannot_be_told_is_said(changes: Facts, told_so: bool) -> None:
    report = checked([SPECIALIST | RENEWED | changes], FILED, edition="law")
    found = [one for one in medical(report) if one.code == "medical.repeat_untold"]
    assert bool(found) is told_so
    for one in found:
        assert (one.severity, one.column, one.due) == (Severity.DATA, "permit_decided", None)
        assert "can't be told" in one.message


def test_nothing_is_asked_where_the_edition_has_no_such_term() -> None:
    assert told(NO_DECISION, edition="card") == []
    before = {"renewal_filed": D("2022-05-02"), "permit_decided": None, "medical_done": None}
    before |= dict.fromkeys(("permit_starts", "permit_collected"), D("2022-07-13"))
    assert "medical.repeat_untold" not in dict(told(before))
    after = before | dict.fromkeys(("permit_starts", "permit_collected"), D("2022-07-14"))
    assert "medical.repeat_untold" in dict(told(after))


# --- The documents ---------------------------------------------------------------------------------------------------


def with_documents(people: list[Facts], *permits: tuple[str, str, str]) -> Report:
    """The report on people with permits in the table of documents: whose, from, to."""
    roster = Roster([], Gathered())
    for row, facts in enumerate(people, 2):
        roster.people.append(read(Person, row, facts))
        roster.other.take("roster", row, facts)
    for row, (who, first, last) in enumerate(permits, 2):
        held = {"person_id": who, "document": "permit", "valid_from": D(first), "valid_until": D(last)}
        roster.other.take("documents", row, held)
    return check_roster(roster, settings(edition="law"))


TWO = (("P1", "2023-01-16", "2026-01-15"), ("P1", "2025-12-17", "2028-03-02"))


@pytest.mark.parametrize(
    ("permits", "decided", "codes"),
    [
        pytest.param(TWO, "2025-12-15", ["medical.repeat_overdue"], id="decided while the first one was held"),
        pytest.param(TWO, "2022-12-20", ["medical.repeat_untold"], id="decided before it began"),
        pytest.param(TWO, None, ["medical.repeat_untold"], id="no decision"),
        pytest.param(TWO[1:], "2025-12-15", [], id="one permit"),
        pytest.param((("P1", "2025-12-10", "2028-03-02"),), "2025-12-15", [], id="one permit, decided later"),
        pytest.param(TWO, "2023-01-16", ["medical.repeat_untold"], id="decided on the day it began"),
        pytest.param(
            (("P1", "2021-01-18", "2024-01-17"), TWO[1]), "2025-12-15", [], id="a day without a permit between"
        ),
    ],
)
def test_a_renewal_shows_in_the_documents_too(
    permits: tuple[tuple[str, str, str], ...], decided: str | None, codes: list[str]
) -> None:
    facts: Facts = {"renewal_filed": None, "permit_filed": None, "permit_collected": None}
    facts |= {"permit_decided": decided and D(decided)}
    family = FAMILY | HERE
    report = with_documents([family, SPECIALIST | RENEWED | facts], *permits)
    assert [one.code for one in medical(report) if one.code.startswith("medical.repeat")] == codes
    # The family's counts from the same decision.
    assert [one.code for one in medical(report, "F1")] == [code for code in codes if "untold" not in code]


# --- The family ------------------------------------------------------------------------------------------------------


@EACH_EDITION
class TestTheFamily:
    def test_counts_from_the_specialist_s_decision(self, edition: str) -> None:
        assert of_family({}, {}, edition=edition) == [("medical.repeat_overdue", DUE[edition])]
        assert of_family({}, {}, edition=edition, as_of=DUE[edition]) == [("medical.repeat_due", DUE[edition])]

    def test_done_on_its_day_raises_nothing(self, edition: str) -> None:
        assert of_family({"medical_done": DUE[edition]}, {}, edition=edition) == []
        late = of_family({"medical_done": DUE[edition] + DAY}, {}, edition=edition)
        assert late == [("medical.repeat_late", DUE[edition])]

    def test_owes_none_where_the_specialist_s_permit_was_not_renewed(self, edition: str) -> None:
        assert of_family({}, {"renewal_filed": None}, edition=edition) == []

    @pytest.mark.parametrize(("decided", "owed"), [("2023-07-09", False), ("2023-07-10", True)])
    def test_owes_one_since_the_law_of_2023(self, edition: str, decided: str, owed: bool) -> None:
        specialist = {"renewal_filed": D("2023-06-01"), "permit_filed": D("2023-06-01"), "permit_decided": D(decided)}
        stay = {"entered_on": D("2023-05-02"), "medical_done": D("2023-05-10"), "registered_until": D("2023-05-30")}
        found = of_family(stay, specialist, edition=edition, as_of=D("2023-09-01"))
        assert [code for code, _ in found] == ["medical.repeat_overdue"] * owed

    def test_counts_from_the_decision_of_no_other_specialist(self, edition: str) -> None:
        undecided = SPECIALIST | {"person_id": "P0", "permit_decided": None}
        people = [undecided, SPECIALIST | RENEWED, FAMILY | HERE | {"sponsor_id": "P0"}]
        assert medical(checked(people, FILED, edition=edition), "F1") == []

    @pytest.mark.parametrize("sponsor", ["P9", "", None])
    def test_of_nobody_here_counts_from_nothing(self, edition: str, sponsor: str | None) -> None:
        assert of_family({"sponsor_id": sponsor}, {}, edition=edition) == []


# The day of entry, and the last day of the first examination, by the law and carefully.
FIRST = [
    ("2021-12-28", None, None),
    ("2021-12-29", "2022-03-29", "2022-03-28"),
    ("2026-08-31", "2026-11-29", "2026-11-27"),
    ("2026-09-01", "2026-10-01", "2026-09-30"),
    ("2026-09-02", "2026-10-02", "2026-10-01"),
]


@pytest.mark.parametrize(("entered", "law", "careful"), FIRST)
def test_the_family_s_first_examination(entered: str, law: str | None, careful: str | None) -> None:
    for edition, day in (("law", law), ("careful", careful)):
        for after in (0, 1) if day else ():
            facts = {"entered_on": D(entered), "registered_on": D(entered), "medical_done": None}
            as_of = D(day or "") + after * DAY
            facts["registered_until"] = as_of + 60 * DAY
            found = of_family(facts, {"renewal_filed": None}, edition=edition, as_of=as_of)
            assert found == [("medical.overdue" if after else "medical.due", D(day or ""))]
        if not day:
            facts = {"entered_on": D(entered), "registered_on": D(entered), "medical_done": None}
            assert of_family(facts, {"renewal_filed": None}, edition=edition) == []


def test_who_came_together_owe_it_each_in_their_own_time() -> None:
    together = {"entered_on": D("2026-03-02"), "medical_done": None}
    report = checked([SPECIALIST | together, FAMILY | together], FILED, edition="law", as_of=D("2026-07-01"))
    found = [[one.due for one in medical(report, who)] for who in ("P1", "F1")]
    assert found == [[D("2026-04-01")], [D("2026-05-31")]]


def test_who_is_not_here_owes_none() -> None:
    assert of_family({"entered_on": None, "medical_done": None}, {"renewal_filed": None}) == []


def test_of_whom_nobody_knows_whether_they_are_family_it_can_not_be_told() -> None:
    report = checked([SPECIALIST | RENEWED, FAMILY | HERE | {"relation": "Boss"}], FILED, edition="law")
    assert medical(report, "F1") == []
    (cell,) = [one for one in report.findings if one.column == "relation"]
    assert say("subject.medical_repeat") in cell.message


# --- Cells that can't be read ----------------------------------------------------------------------------------------


def test_a_decision_that_cannot_be_read_is_not_taken_for_none() -> None:
    report = checked([SPECIALIST | RENEWED | {"permit_decided": "?"}], FILED, edition="law", as_of=AS_OF)
    (cell,) = [one for one in report.findings if one.column == "permit_decided"]
    assert say("subject.medical_repeat") in cell.message
    assert "medical.repeat_untold" not in [one.code for one in report.findings]


def test_a_done_mark_that_cannot_be_read_leaves_the_deadline_named() -> None:
    assert ("medical.repeat_unclear", DUE["law"]) in told({"medical_done": "?"})


# --- Passed before the last entry: its papers are good for a year, and whether they count nobody could verify ---------

ENTERED = D("2026-01-12")
PASSED = ENTERED - DAY
# Thirty days after that entry; the careful officer's thirty with that day in them.
AGAIN = {"law": D("2026-02-11"), "careful": D("2026-02-10")}
# The last day of the year, which the careful officer counts from the day itself.
GOOD = {"law": D("2027-01-11"), "careful": D("2027-01-10")}


def of_traveller(done: date | None, as_of: date, edition: str, **changes: Any) -> list[Finding]:
    """The findings on examinations of a specialist who came back to Russia."""
    stay = {"entered_on": ENTERED, "registered_on": ENTERED, "registered_until": D("2027-12-31")}
    people = [SPECIALIST | stay | {"medical_done": done} | changes]
    return medical(checked(people, FILED, edition=edition, as_of=as_of))


@EACH_EDITION
class TestBeforeTheLastEntry:
    def test_it_is_asked_and_no_violation_as_long_as_it_is_good(self, edition: str) -> None:
        for as_of in (ENTERED, AGAIN[edition], AGAIN[edition] + DAY, GOOD[edition]):
            [found] = of_traveller(PASSED, as_of, edition)
            assert (found.code, found.severity, found.due) == ("medical.before_entry", Severity.ASK, AGAIN[edition])

    def test_the_day_after_that_a_new_one_is_owed_since_the_entry(self, edition: str) -> None:
        [found] = of_traveller(PASSED, GOOD[edition] + DAY, edition)
        assert (found.code, found.severity, found.due) == ("medical.overdue", Severity.VIOLATION, AGAIN[edition])
        assert "2026-01-11" in found.message  # and why the earlier one does not count

    def test_one_that_was_no_longer_good_at_the_entry_does_not_count(self, edition: str) -> None:
        year_ago = D("2025-01-11")
        assert [one.code for one in of_traveller(year_ago, AGAIN[edition] + DAY, edition)] == ["medical.overdue"]
        assert [one.code for one in of_traveller(year_ago, ENTERED, edition)] == ["medical.due"]

    def test_one_of_the_day_of_the_entry_counts(self, edition: str) -> None:
        assert of_traveller(ENTERED, AGAIN[edition] + DAY, edition) == []

    def test_where_none_was_passed_a_new_one_is_owed(self, edition: str) -> None:
        assert [one.code for one in of_traveller(None, AGAIN[edition] + DAY, edition)] == ["medical.overdue"]

    def test_who_left_again_is_not_asked(self, edition: str) -> None:
        assert of_traveller(PASSED, AGAIN[edition], edition, left_on=ENTERED + DAY) == []

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_it_says_that_this_could_not_be_verified(self, edition: str, lang: str) -> None:
        person = SPECIALIST | {"entered_on": ENTERED, "medical_done": PASSED}
        [found] = medical(checked([person], FILED, edition=edition, as_of=AGAIN[edition], lang=lang))
        assert say("evidence.unverified", lang) in found.message
        assert say("evidence.unverified", lang) in found.source


def test_the_card_asks_nothing_of_an_examination_before_the_entry() -> None:
    assert of_traveller(PASSED, AGAIN["law"] + DAY, "card") == []
