"""Cells that can't be read: what is owed is said with the facts there are, or that it can't be told, and why."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from hqs_xl.compliance.breaches import BREACHES
from hqs_xl.compliance.medical import EXAMS, UNTOLD
from hqs_xl.compliance.obligations import LEAVING, NOTICES, RENEWALS, STEPS
from hqs_xl.compliance.permits import BEGINNING, PERMITS, TERMS
from hqs_xl.compliance.registration import STAY
from hqs_xl.compliance.salary_level import SALARY
from hqs_xl.compliance.unread import case_of
from hqs_xl.demo.people import people
from hqs_xl.demo.person import DemoPerson
from hqs_xl.roster.columns import facts
from hqs_xl.roster.findings import Finding, Severity
from hqs_xl.roster.gathered import Gathered
from hqs_xl.roster.reading import read
from hqs_xl.roster.records import Person
from hqs_xl.texts import LANGUAGES, say
from tests.compliance.test_obligations import OWED, Owed
from tests.roster.people import AS_OF, FAMILY, SPECIALIST, checked, codes, findings, settings

DAY = timedelta(days=1)
COLUMNS = [column.key for column in facts("roster")]
CHECKS = [
    *NOTICES,
    *RENEWALS,
    *STAY,
    *STEPS,
    *EXAMS,
    *LEAVING,
    *BEGINNING,
    *PERMITS,
    *TERMS,
    *BREACHES,
    *UNTOLD,
    *SALARY,
]
# An entry that says nothing in a column of any kind.
GARBLED = "#REF!"


def owed(case: Owed, as_of: date, done: Any) -> list[Finding]:
    changes, filed = dict(case.facts), dict(case.filed)
    (filed if case.quarter else changes)[case.done] = done
    found = findings(changes, filed, as_of=as_of, edition=case.edition)
    return [one for one in found if one.code.startswith(case.code)]


@pytest.mark.parametrize("case", OWED, ids=str)
class TestADoneMarkThatCannotBeRead:
    def test_leaves_the_deadline_named_when_it_has_passed(self, case: Owed) -> None:
        [found] = owed(case, case.due + DAY, GARBLED)
        assert (found.code, found.severity, found.due, found.days) == (
            case.code + "unclear",
            Severity.DATA,
            case.due,
            -1,
        )
        assert found.column == ("filed_on" if case.quarter else case.done)
        assert str(case.due) in found.message
        assert found.action == say("action.unclear")
        assert f"«{say(f'header.{found.column}')}» can't be read" in found.message

    def test_leaves_the_deadline_named_when_it_is_near(self, case: Owed) -> None:
        assert [one.code for one in owed(case, case.due, GARBLED)] == [case.code + "unclear"]

    def test_is_no_matter_before(self, case: Owed) -> None:
        assert owed(case, case.due - 31 * DAY, GARBLED) == []


def test_the_cell_itself_is_a_finding_too() -> None:
    assert codes({"concluded_notice_filed": GARBLED}) == ["data.not_a_date", "notice.concluded.unclear"]


class TestABound:
    """A cell that would only end or excuse what is owed: it is owed as far as can be told, and says so."""

    def test_the_agreement_s_end_does_not_drop_the_salary_notices(self) -> None:
        found = findings({"agreement_ends": GARBLED}, {})
        overdue = [one for one in found if one.code == "notice.salary.overdue"]
        assert len(overdue) == 4
        assert all("found without «Agreement ends»" in one.message for one in overdue)

    def test_the_start_does_not_drop_them(self) -> None:
        assert codes({"agreement_starts": GARBLED}, {}).count("notice.salary.overdue") == 4

    def test_the_termination_does_not_drop_the_renewal(self) -> None:
        assert "permit.renewal_overdue" in codes({"terminated_on": GARBLED, "permit_expires": date(2026, 4, 1)})

    def test_the_departure_does_not_drop_the_registration(self) -> None:
        facts = {"left_on": GARBLED, "entered_on": date(2025, 11, 1), "registered_on": None}
        assert "registration.overdue" in codes(facts)

    def test_an_agreement_that_ended_is_settled_whatever_its_first_end_was(self) -> None:
        """Where the day of termination is known, the agreement's end is asked by nobody."""
        facts = {"terminated_on": date(2025, 12, 15), "terminated_notice_filed": date(2025, 12, 15)}
        ended = findings(facts | {"agreement_ends": GARBLED})
        assert [(one.code, "can't be told" in one.message) for one in ended] == [("data.not_a_date", False)]

    @pytest.mark.parametrize("relation", ["Boss", None])
    def test_who_is_a_specialist_is_seen_by_the_other_facts(self, relation: str | None) -> None:
        found = codes({"relation": relation, "concluded_notice_filed": None, "hiring_order": None}, {})
        assert {"notice.concluded.overdue", "notice.salary.overdue", "order.missing"} <= {*found}

    @pytest.mark.parametrize("relation", ["Boss", None])
    def test_who_is_a_family_member_too(self, relation: str | None) -> None:
        changed = FAMILY | {"relation": relation, "policy_starts": None, "policy_ends": None}
        report = checked([SPECIALIST, changed])
        assert "insurance.missing" in [one.code for one in report.findings if one.person_id == "F1"]


class TestWhatCannotBeTold:
    @pytest.mark.parametrize(
        ("key", "subject"),
        [
            ("agreement_signed", "notice_concluded"),
            ("terminated_on", "notice_terminated"),
            ("agreement_starts", "notice_salary"),
            ("permit_expires", "permit_renewal"),
            ("permit_expires", "permit"),
            ("entered_on", "registration"),
            ("visa_expires", "visa"),
            ("policy_ends", "insurance"),
            ("owns_housing", "housing"),
            ("hiring_order", "order"),
            ("permit_collected", "work_before_permit"),
        ],
    )
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_is_named_beside_the_cell(self, key: str, subject: str, lang: str) -> None:
        host = {"host": "Self"} if key == "owns_housing" else {}
        cell = next(one for one in findings(host | {key: GARBLED}, lang=lang) if one.column == key)
        assert say(f"subject.{subject}", lang) in cell.message

    @pytest.mark.parametrize("key", ["full_name", "citizenship", "passport_expires"])
    def test_nothing_hangs_on_some_columns(self, key: str) -> None:
        assert all("can't be told" not in one.message for one in findings({key: "#REF!"}))

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"permit_expires": GARBLED}, "permit.missing"),
            ({"visa_expires": GARBLED}, "visa.missing"),
            ({"policy_starts": GARBLED, "policy_ends": None}, "insurance.missing"),
            ({"policy_starts": None, "policy_ends": GARBLED}, "insurance.missing"),
            ({"hiring_order": GARBLED}, "order.missing"),
            ({"permit_collected": GARBLED}, "work.before_permit"),
            ({"host": "Self", "owns_housing": GARBLED}, "host.no_housing"),
        ],
    )
    def test_what_would_rest_on_a_blank_is_not_claimed(self, changes: dict[str, Any], code: str) -> None:
        assert code not in codes(changes)
        assert code in codes({key: None if value == GARBLED else value for key, value in changes.items()})

    @pytest.mark.parametrize("kind", ["permit", "visa"])
    def test_how_long_it_lasts_where_its_start_is_unread(self, kind: str) -> None:
        expires = {f"{kind}_expires": date(2029, 3, 17)}
        found = findings(expires | {f"{kind}_starts": GARBLED})
        assert [one.code for one in found] == ["data.not_a_date"]
        assert say(f"subject.{kind}_length") in found[0].message
        assert codes(expires | {f"{kind}_starts": None}) == [f"{kind}.too_long"]

    def test_whose_notices_these_are(self) -> None:
        found = findings({"person_id": "#N/A"})
        unclear = [one for one in found if one.code == "notice.salary.unclear"]
        assert [one.column for one in unclear] == ["person_id"] * 4
        assert not [one for one in found if one.severity is Severity.VIOLATION]


def test_every_check_has_a_name_for_what_it_looks_at() -> None:
    for lang in LANGUAGES:
        assert all(say(f"subject.{check.name}", lang) for check in CHECKS)


@pytest.mark.parametrize("edition", ["card", "law"])
def test_whatever_one_cell_takes_away_is_explained_beside_it(edition: str) -> None:
    """Of every person of the demo: what is found with a cell, and not without it, is named where the cell is."""
    lost = 0
    for person, key in product(people(AS_OF, 64, "en"), COLUMNS):
        whole, without = (looked_at(person, edition, changed) for changed in ({}, {key: GARBLED}))
        cell = next(one for one in without if (one.row, one.column) == (2, key) and one.due is None)
        kept = {one.code for one in without}
        for code in {one.code for one in whole if not one.code.startswith("data.")} - kept:
            lost += 1
            subjects = [say(f"subject.{name}") for name in found_by(person, edition, code)]
            unclear = code.removesuffix(re.split("[._]", code)[-1]) + "unclear"
            assert unclear in kept or any(subject in cell.message for subject in subjects), (code, cell.message)
    assert lost > len(COLUMNS)


def looked_at(person: DemoPerson, edition: str, changed: dict[str, Any]) -> list[Finding]:
    """The findings on a person who stands in row 2, above a specialist to come to."""
    sponsor = SPECIALIST | {"person_id": person.facts.get("sponsor_id", "P0")}
    report = checked([person.facts | changed, sponsor], {}, notices(person), edition=edition)
    return [one for one in report.findings if one.row == 2 or one.table == "salary"]


def notices(person: DemoPerson) -> list[dict[str, Any]]:
    mine = person.facts["person_id"]
    return [{"person_id": mine, "quarter": str(quarter), "filed_on": day} for quarter, day in person.filed.items()]


def found_by(person: DemoPerson, edition: str, code: str) -> list[str]:
    """The names of the checks that find something of such a code about a person."""
    roster = Gathered()
    for row, notice in enumerate(notices(person), 2):
        roster.take("salary", row, notice)
    case = case_of(
        read(Person, 2, person.facts)[0],
        settings(edition=edition),
        roster.notices.of(person.facts["person_id"]),
        roster.ids,
    )
    return [check.name for check in CHECKS for item in check.run(case) if code.startswith(item.code)]
