"""Each statement of the card that facts can break: a case that breaks it, and one that just does not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hqs_xl.compliance import words
from hqs_xl.demo.people import people as demo
from hqs_xl.law import EDITIONS, Deadline, rulebook
from hqs_xl.law.rulebook import Rulebook
from hqs_xl.output.digest import Due
from hqs_xl.roster import settings as settings_module
from hqs_xl.roster.findings import Severity
from hqs_xl.roster.settings import Deadlines
from hqs_xl.texts import LANGUAGES, say
from tests.roster.people import AS_OF, FAMILY, SPECIALIST, checked, codes, family_codes, findings

Facts = dict[str, Any]
NO_PERMIT: Facts = dict.fromkeys(("permit_collected", "permit_starts", "permit_expires"))
NO_WORK: Facts = dict.fromkeys(("work_started", "hiring_order"))
NO_POLICY: Facts = {"policy_starts": None, "policy_ends": None}
RENEWED: Facts = {
    "renewal_filed": date(2026, 1, 12),
    "permit_filed": date(2026, 1, 12),
    "permit_decided": date(2026, 2, 2),
    "permit_collected": date(2026, 2, 4),
    "permit_starts": date(2026, 2, 4),
    "permit_expires": date(2027, 2, 3),
    "visa_expires": date(2027, 2, 3),
    "registered_until": date(2027, 2, 3),
}

# name, facts changed, edition, every code expected
CASES: list[tuple[str, Facts, str, list[str]]] = [
    # S8, S10: a permit while the agreement runs
    ("no permit at all", NO_PERMIT | NO_WORK, "card", ["permit.missing"]),
    (
        "no permit, the agreement starts today",
        NO_PERMIT | NO_WORK | {"agreement_starts": AS_OF},
        "card",
        ["permit.missing"],
    ),
    (
        "no permit, the agreement starts tomorrow",
        NO_PERMIT | NO_WORK | {"agreement_starts": date(2026, 3, 17)},
        "card",
        [],
    ),
    ("a permit without an expiry date", {"permit_expires": None}, "card", ["permit.missing"]),
    ("expired yesterday", {"permit_expires": date(2026, 3, 15)}, "card", ["permit.expired", "permit.renewal_overdue"]),
    ("expires today", {"permit_expires": AS_OF}, "card", ["permit.renewal_overdue"]),
    ("three years to the day", {"permit_expires": date(2028, 3, 3)}, "card", []),
    ("three years and a day", {"permit_expires": date(2028, 3, 4)}, "card", ["permit.too_long"]),
    ("three years to the day, carefully", {"permit_expires": date(2028, 3, 3)}, "careful", ["permit.too_long"]),
    ("three years less a day, carefully", {"permit_expires": date(2028, 3, 2)}, "careful", []),
    (
        "ends with the agreement",
        {
            "permit_expires": date(2027, 1, 31),
            "visa_expires": date(2027, 1, 31),
            "registered_until": date(2027, 1, 31),
            "agreement_ends": date(2027, 1, 31),
        },
        "card",
        [],
    ),
    (
        "a day beyond the agreement",
        {
            "permit_expires": date(2027, 2, 1),
            "visa_expires": date(2027, 1, 31),
            "registered_until": date(2027, 1, 31),
            "agreement_ends": date(2027, 1, 31),
        },
        "card",
        ["permit.beyond_agreement"],
    ),
    # S10, S11: work
    (
        "work the day before the permit is collected",
        {"agreement_starts": date(2025, 3, 2), "work_started": date(2025, 3, 2)},
        "card",
        ["work.before_permit"],
    ),
    ("work the day after it", {"work_started": date(2025, 3, 4)}, "card", []),
    ("work and no permit collected", {"permit_collected": None}, "card", ["work.before_permit"]),
    (
        "work planned for tomorrow, no permit collected yet",
        {"permit_collected": None, "work_started": date(2026, 3, 17), "hiring_order": None},
        "card",
        [],
    ),
    ("the hiring order before the permit", {"hiring_order": date(2025, 3, 2)}, "card", ["work.before_permit"]),
    ("work under the permit before the renewed one", RENEWED, "card", []),
    (
        "work before the renewal's permit, after its filing",
        RENEWED | {"work_started": date(2026, 1, 13)},
        "card",
        ["work.before_permit"],
    ),
    (
        "a permit reissued for a new passport",
        {"passport_changed": date(2025, 6, 2), "permit_collected": date(2025, 6, 9)},
        "card",
        [],
    ),
    ("no hiring order", {"hiring_order": None}, "card", ["order.missing"]),
    ("no hiring order, no work yet", {"hiring_order": None, "work_started": None}, "card", []),
    # S1, S7: the visa
    ("no visa", {"visa_expires": None, "visa_starts": None}, "card", ["visa.missing"]),
    (
        "no visa, still to come",
        NO_PERMIT
        | NO_WORK
        | {
            "visa_expires": None,
            "visa_starts": None,
            "entered_on": None,
            "registered_on": None,
            "registered_until": None,
            "medical_done": None,
            "agreement_starts": date(2026, 5, 4),
        },
        "card",
        [],
    ),
    ("visa expired yesterday", {"visa_expires": date(2026, 3, 15), "registered_until": None}, "card", ["visa.expired"]),
    ("visa expires today", {"visa_expires": AS_OF, "registered_until": None}, "card", []),
    ("visa of three years", {"visa_expires": date(2028, 2, 20)}, "card", []),
    ("visa of three years and a day", {"visa_expires": date(2028, 2, 21)}, "card", ["visa.too_long"]),
    ("visa of three years, carefully", {"visa_expires": date(2028, 2, 20)}, "careful", ["visa.too_long"]),
    (
        "visa beyond the agreement",
        {
            "permit_expires": date(2027, 1, 31),
            "visa_expires": date(2027, 2, 1),
            "registered_until": date(2027, 1, 31),
            "agreement_ends": date(2027, 1, 31),
        },
        "card",
        ["visa.too_long"],
    ),
    (
        "no visa is needed",
        {"visa_required": "no", "visa_expires": None, "visa_starts": None},
        "card",
        ["scope.visa_free"],
    ),
    ("whether a visa is needed is not said", {"visa_required": None}, "card", []),
    # Registration (S15)
    ("registered to the visa's last day", {"registered_until": date(2028, 2, 19)}, "card", []),
    ("registered a day beyond the visa", {"registered_until": date(2028, 2, 20)}, "card", ["registration.beyond_visa"]),
    # S21: after a renewal
    ("the new agreement ends with the renewed permit", RENEWED | {"agreement_ends": date(2027, 2, 3)}, "card", []),
    (
        "the new agreement ends a day later",
        RENEWED | {"agreement_ends": date(2027, 2, 4)},
        "card",
        ["agreement.beyond_permit"],
    ),
    ("before the renewal the agreement may outlast the permit", {"agreement_ends": date(2028, 12, 31)}, "card", []),
    (
        "while the renewal is under way, too",
        {"agreement_ends": date(2028, 12, 31), "renewal_filed": date(2026, 3, 2)},
        "card",
        [],
    ),
    # Insurance (S17)
    ("no policy", NO_POLICY, "card", ["insurance.missing"]),
    (
        "no policy, the agreement starts tomorrow",
        NO_PERMIT | NO_WORK | NO_POLICY | {"agreement_starts": date(2026, 3, 17)},
        "card",
        [],
    ),
    ("the policy begins with the agreement", {"policy_starts": date(2025, 3, 3)}, "card", []),
    ("the policy begins a day later", {"policy_starts": date(2025, 3, 4)}, "card", ["insurance.gap"]),
    ("the policy ended yesterday", {"policy_ends": date(2026, 3, 15)}, "card", ["insurance.gap"]),
    ("the policy ends today", {"policy_ends": AS_OF}, "card", ["insurance.ending"]),
    ("the policy ends in 30 days", {"policy_ends": date(2026, 4, 15)}, "card", ["insurance.ending"]),
    ("the policy ends in 31 days", {"policy_ends": date(2026, 4, 16)}, "card", []),
    (
        "policy and agreement end together",
        {
            "policy_ends": date(2026, 6, 30),
            "agreement_ends": date(2026, 6, 30),
            "permit_expires": date(2026, 6, 30),
            "visa_expires": date(2026, 6, 30),
            "registered_until": date(2026, 6, 30),
        },
        "card",
        [],
    ),
    # S18: the host
    ("self with housing", {"host": "Self", "owns_housing": "yes"}, "card", []),
    ("self without housing", {"host": "Self", "owns_housing": "no"}, "card", ["host.no_housing"]),
    ("self, housing not said", {"host": "Self"}, "card", ["host.no_housing"]),
    ("another host", {"host": "Other", "owns_housing": "no"}, "card", []),
    # Labour Code 327.5-327.6, in law and careful only
    ("policy ended, by law", {"policy_ends": date(2026, 3, 15)}, "law", ["insurance.gap", "work.suspension"]),
    (
        "permit expired, by law",
        {"permit_expires": date(2026, 3, 15)},
        "law",
        ["permit.expired", "permit.renewal_overdue", "work.suspension"],
    ),
    ("policy ends today, by law", {"policy_ends": AS_OF}, "law", ["insurance.ending"]),
]


@pytest.mark.parametrize(
    ("worked", "expected"),
    [
        (date(2026, 3, 15), ["insurance.gap", "permit.expired"]),
        (AS_OF, ["permit.expired"]),
        (date(2026, 3, 17), []),
    ],
)
def test_who_works_before_the_agreement_starts_needs_permit_and_policy(worked: date, expected: list[str]) -> None:
    late = {"agreement_starts": date(2026, 4, 1), "hiring_order": worked, "work_started": worked}
    facts = late | {"permit_expires": date(2026, 3, 15), "policy_starts": AS_OF}
    assert [code for code in codes(facts) if code in {"insurance.gap", "permit.expired"}] == expected


@pytest.mark.parametrize(
    ("facts", "edition", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_a_specialist(facts: Facts, edition: str, expected: list[str]) -> None:
    assert codes(facts, edition=edition) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"sponsor_id": None}, ["family.no_sponsor"]),
        ({"sponsor_id": "P9"}, ["family.no_sponsor"]),
        ({"sponsor_id": "F1"}, ["family.no_sponsor"]),
        (NO_POLICY, ["insurance.missing"]),
        (NO_POLICY | {"entered_on": None, "registered_on": None}, []),
        (NO_POLICY | {"left_on": date(2026, 3, 1)}, []),
        ({"policy_starts": date(2026, 2, 3)}, ["insurance.gap"]),
        ({"policy_ends": date(2026, 4, 1)}, ["insurance.ending"]),
        ({"visa_expires": None, "visa_starts": None}, ["visa.missing"]),
        (
            {"entered_on": date(2025, 6, 2), "registered_on": None, "policy_starts": date(2025, 6, 2)},
            ["registration.overdue"],
        ),
        ({"agreement_signed": date(2025, 1, 20)}, []),
    ],
    ids=[
        "in order",
        "no sponsor named",
        "a sponsor not in the roster",
        "a sponsor who is family too",
        "no policy",
        "no policy, not entered yet",
        "no policy, left",
        "policy from the day after the entry",
        "policy soon ends",
        "no visa",
        "registration overdue",
        "an agreement's date at a family member founds no notice",
    ],
)
def test_family(facts: Facts, expected: list[str]) -> None:
    assert family_codes(facts) == expected


def test_a_sponsor_may_stand_below_the_family() -> None:
    assert [one.code for one in checked([FAMILY, SPECIALIST]).findings] == []


def test_a_finding_says_why_and_who_says_so() -> None:
    (one,) = findings({"permit_expires": date(2028, 3, 4)})
    assert one.row == 2
    assert one.column == "permit_expires"
    assert one.due == date(2028, 3, 3)
    assert "3 years after = 2028-03-03" in one.message
    assert one.source.startswith("S8: HQS procedure card")


@pytest.mark.parametrize(
    ("collected", "said"),
    [(None, "no day is recorded on which the permit was collected"), (date(2025, 6, 2), "collected (2025-06-02)")],
    ids=["blank", "a day"],
)
def test_work_before_the_permit_says_when_it_was_collected(collected: date | None, said: str) -> None:
    [found] = [one for one in findings({"permit_collected": collected}) if one.code == "work.before_permit"]
    assert said in found.message
    assert "()" not in found.message


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("collected", "stops"),
    [(None, True), (date(2026, 3, 15), False), (AS_OF, False), (date(2026, 3, 17), True)],
    ids=["not recorded", "yesterday", "today", "tomorrow"],
)
def test_who_has_the_permit_by_now_is_not_sent_home(collected: date | None, stops: bool, lang: str) -> None:
    report = checked([SPECIALIST | {"permit_collected": collected}], lang=lang)
    [found] = [one for one in report.findings if one.code == "work.before_permit"]
    assert found.action == say(f"action.work.{'before_permit' if stops else 'collected_since'}", lang)
    assert report.agenda[0].next_action == found.action


def test_a_gap_names_its_days() -> None:
    (one,) = findings({"policy_ends": date(2026, 3, 5)})
    assert "11, from 2026-03-06 to 2026-03-16" in one.message


def unsure(deadline: Deadline | None) -> Deadline | None:
    """The same deadline, had its number not been verified."""
    return deadline and deadline._replace(value=deadline.value._replace(evidence="unverified"))


class Unsure(Deadlines):
    """Deadlines none of which rests on a number that could be verified."""

    def __missing__(self, key: tuple[str, date, date | None]) -> Deadline | None:
        self[key] = found = unsure(super().__missing__(key))
        return found


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"entered_on": date(2025, 6, 2), "registered_on": None, "registered_until": None}, "registration.overdue"),
        ({"concluded_notice_filed": None}, "notice.concluded.overdue"),
        ({"concluded_notice_filed": date(2025, 2, 20)}, "notice.concluded.late"),
        ({"permit_expires": date(2028, 6, 1)}, "permit.too_long"),
        ({"visa_expires": date(2028, 6, 1)}, "visa.too_long"),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_rests_on_an_unverified_number_says_so_in_its_message(
    monkeypatch: pytest.MonkeyPatch, changes: Facts, code: str, lang: str
) -> None:
    """A violation above all: no number that could not be verified is used without a word."""
    mark = say("finding.unverified", lang)
    (sure,) = [one for one in findings(changes, lang=lang) if one.code == code]
    assert mark not in sure.message
    monkeypatch.setattr(settings_module, "_deadlines", Unsure)
    monkeypatch.setattr(settings_module, "_owed", lambda *_: {})
    (one,) = [one for one in findings(changes, lang=lang) if one.code == code]
    assert one.message.endswith(mark)
    assert one.source.endswith(f"({say('evidence.unverified', lang)})")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"visa_expires": None, "visa_starts": None}, "No visa is on record"),
        ({"visa_expires": None}, "No expiry date of a visa is on record"),
        ({"host": "Self", "owns_housing": "no"}, "The host is the person, who does not own housing"),
        ({"host": "Self"}, "The host is the person, and the roster does not say that the person owns housing"),
        (FAMILY | {"sponsor_id": "P9"}, "No specialist with the sponsor id «P9» is in the roster"),
        (FAMILY | {"sponsor_id": None}, "The roster does not say of which specialist the person is the family"),
    ],
    ids=["no visa", "a visa without its end", "no housing", "housing not said", "another sponsor", "no sponsor said"],
)
def test_of_a_blank_cell_no_more_is_said_than_that(changes: Facts, message: str) -> None:
    codes = {"visa.missing", "host.no_housing", "family.no_sponsor"}
    assert [one.message for one in findings(changes) if one.code in codes] == [message]


def test_a_condition_that_could_not_be_verified_says_so_too(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = rulebook()["host.housing"]
    values = {name: tuple(one._replace(evidence="unverified") for one in rule.values[name]) for name in rule.values}
    changed = Rulebook({**rulebook(), "host.housing": rule._replace(values=values)})
    words._source_of.cache_clear()
    monkeypatch.setattr(words, "rulebook", lambda: changed)
    (one,) = [one for one in findings({"host": "Self"}) if one.code == "host.no_housing"]
    words._source_of.cache_clear()
    assert one.message.endswith(say("finding.unverified"))


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_nobody_in_the_demo_is_told_of_an_unverified_number_without_a_word(edition: str, lang: str) -> None:
    day, mark = date(2026, 11, 30), say("evidence.unverified", lang)
    report = checked([one.facts for one in demo(day, 64, lang)], {}, as_of=day, edition=edition, lang=lang)
    unsure = [one for one in report.findings if mark in one.source]
    assert bool(unsure) is (edition != "card")
    assert all(mark in one.message for one in unsure)
    assert Severity.VIOLATION not in {one.severity for one in unsure}


@pytest.mark.parametrize(
    ("registered", "until", "edition", "asked"),
    [
        ("2026-02-10", "2027-02-10", "law", False),
        ("2026-02-10", "2027-02-11", "law", True),
        ("2026-02-10", "2027-02-11", "careful", True),
        ("2026-02-10", "2028-02-19", "card", False),
        ("2025-02-05", "2026-02-06", "law", True),
        ("2025-02-04", "2026-02-06", "law", False),
        ("2026-02-10", None, "law", False),
        (None, "2028-02-19", "law", False),
    ],
    ids=["a year", "a day more", "carefully", "the card", "first day", "the day before it", "open", "since when?"],
)
def test_a_registration_longer_than_the_order_says_is_a_question(
    registered: str | None, until: str | None, edition: str, *, asked: bool
) -> None:
    facts = {"registered_on": registered, "registered_until": until, "entered_on": registered or date(2026, 2, 2)}
    found = [one for one in findings(facts, edition=edition) if one.code == "registration.long"]
    assert [one.severity for one in found] == [Severity.ASK] * asked
    for one in found:
        assert (one.column, one.due, one.days) == ("registered_until", None, None)
        assert "UNVERIFIED" in one.message
        assert "MVD Order 628" in one.source
        assert one.source.endswith("(UNVERIFIED)")


def test_a_question_neither_breaks_a_rule_nor_changes_what_comes_next() -> None:
    long = {"registered_until": date(2028, 2, 19)}
    asked, quiet = (checked([SPECIALIST | change], edition="law") for change in (long, {}))
    assert "registration.long" in [one.code for one in asked.findings]
    assert not asked.violated
    assert [line._replace(check="") for line in asked.agenda] == [line._replace(check="") for line in quiet.agenda]
    assert [*Due.of(next(one for one in asked.findings if one.severity is Severity.ASK))] == []


def test_policy_and_agreement_end_together_within_the_band() -> None:
    end = date(2026, 4, 10)
    assert "insurance.ending" not in codes({"policy_ends": end, "agreement_ends": end})
    assert "insurance.ending" in codes({"policy_ends": end, "agreement_ends": date(2026, 4, 11)})
