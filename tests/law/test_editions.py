"""The editions that ship: each number of the rules page, its evidence, and what must hold over all the data."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hqs_xl.data import packaged, toml
from hqs_xl.errors import RuleError
from hqs_xl.law import EDITIONS, rulebook
from hqs_xl.law.declared.edition import STATEMENTS
from hqs_xl.law.rulebook import EVIDENCE, Rule, Value
from hqs_xl.law.terms import Term

D = date.fromisoformat
FILES: dict[str, dict[str, Any]] = {name: toml(packaged(f"law/editions/{name}.toml")) for name in EDITIONS}


def raw_values(edition: str) -> dict[str, list[dict[str, Any]]]:
    """The values of an edition file as they stand there, by rule."""
    groups = {group: rules for group, rules in FILES[edition].items() if isinstance(rules, dict)}
    return {f"{group}.{rule}": body["value"] for group, rules in groups.items() for rule, body in rules.items()}


def spoken(term: Term) -> str:
    """A term in words; what is not said is forward, after and as counted."""
    words = [f"{term.number} {term.unit}", term.direction, term.start, term.landing]
    return ", ".join(word for word in words if word not in {"forward", "after", "as counted"})


# Rule, edition, a day of its first event (None: always), its last, the count, the evidence.
WORKING_DAY_INSIDE = "inclusive, previous working day"
NUMBERS = [
    ("permit.decision", "card", None, None, ["14 working day"], "seed"),
    ("permit.renewal", "card", None, None, ["30 day, backward"], "seed"),
    ("permit.renewal", "careful", None, None, ["31 day, backward, previous working day"], "seed"),
    ("permit.last_day", "card", None, None, ["3 year"], "seed"),
    ("permit.last_day", "careful", None, None, ["3 year, inclusive"], "seed"),
    ("visa.last_day", "card", None, None, ["3 year"], "seed"),
    ("visa.last_day", "careful", None, None, ["3 year, inclusive"], "seed"),
    ("registration.entry", "card", None, None, ["90 day", "3 working day"], "seed"),
    ("registration.entry", "law", "2011-03-25", None, ["90 day", "7 working day"], "practitioner"),
    ("registration.entry", "careful", None, None, [f"90 day, {WORKING_DAY_INSIDE}"], "seed"),
    ("registration.move", "card", None, None, ["30 day", "3 working day"], "seed"),
    ("registration.move", "law", "2011-03-25", None, ["30 day", "7 working day"], "practitioner"),
    ("registration.move", "careful", None, None, [f"30 day, {WORKING_DAY_INSIDE}"], "seed"),
    ("registration.last_day", "law", "2025-02-05", None, ["1 year"], "unverified"),
    ("registration.last_day", "careful", "2025-02-05", None, ["1 year"], "unverified"),
    ("notice.concluded", "card", None, None, ["3 working day, inclusive"], "seed"),
    ("notice.concluded", "law", "2018-04-20", None, ["3 working day"], "practitioner"),
    ("notice.terminated", "card", None, None, ["3 working day, inclusive"], "seed"),
    ("notice.terminated", "law", "2018-04-20", None, ["3 working day"], "practitioner"),
    ("notice.salary", "card", None, None, ["1 month, inclusive, previous working day"], "seed"),
    ("notice.salary", "law", None, None, ["1 month, inclusive, previous working day"], "primary"),
    ("notice.salary", "careful", None, None, ["1 month, inclusive, previous Monday-Friday working day"], "seed"),
    ("medical.exam", "law", "2021-12-29", "2026-08-31", ["30 day"], "practitioner"),
    ("medical.exam", "law", "2026-09-01", None, ["30 day"], "practitioner"),
    ("medical.exam", "careful", "2021-12-29", "2026-08-31", [f"30 day, {WORKING_DAY_INSIDE}"], "practitioner"),
    ("medical.exam", "careful", "2026-09-01", None, [f"30 day, {WORKING_DAY_INSIDE}"], "practitioner"),
    ("medical.validity", "law", "2021-12-29", None, ["1 year"], "unverified"),
    ("medical.validity", "careful", "2021-12-29", None, ["1 year, inclusive"], "unverified"),
    ("medical.exam_family", "law", "2021-12-29", "2026-08-31", ["90 day"], "practitioner"),
    ("medical.exam_family", "law", "2026-09-01", None, ["30 day"], "practitioner"),
    ("medical.exam_family", "careful", "2021-12-29", "2026-08-31", [f"90 day, {WORKING_DAY_INSIDE}"], "practitioner"),
    ("medical.exam_family", "careful", "2026-09-01", None, [f"30 day, {WORKING_DAY_INSIDE}"], "practitioner"),
    ("medical.repeat", "law", "2022-07-14", None, ["30 day"], "practitioner"),
    ("medical.repeat", "careful", "2022-07-14", None, [f"30 day, {WORKING_DAY_INSIDE}"], "practitioner"),
    ("medical.repeat_family", "law", "2023-07-10", None, ["30 day"], "practitioner"),
    ("medical.repeat_family", "careful", "2023-07-10", None, [f"30 day, {WORKING_DAY_INSIDE}"], "practitioner"),
    ("permit.collect", "law", "2024-01-07", None, ["30 day"], "practitioner"),
    ("permit.collect", "careful", "2023-07-10", None, [f"30 day, {WORKING_DAY_INSIDE}"], "practitioner"),
    ("permit.passport_change", "law", "2015-06-30", None, ["7 working day"], "practitioner"),
    ("permit.passport_change", "careful", "2015-06-30", None, ["7 working day, inclusive"], "practitioner"),
    ("leave.after_termination", "law", None, "2024-01-06", ["30 working day", "30 working day"], "practitioner"),
    ("leave.after_termination", "law", "2024-01-07", None, ["30 working day", "30 day"], "practitioner"),
    ("leave.after_termination", "careful", None, "2024-01-05",
     ["30 working day, inclusive", "30 working day, inclusive"], "practitioner"),
    ("leave.after_termination", "careful", "2024-01-06", None,
     ["30 working day, inclusive", "30 day, inclusive"], "practitioner"),
    ("work.suspension", "law", "2014-12-13", None, ["1 month"], "primary"),
    ("work.suspension", "careful", "2014-12-13", None, ["1 month"], "primary"),
]  # fmt: skip


def values(rule: str, edition: str) -> tuple[Value, ...]:
    return rulebook()[rule].values.get(edition, ())


def test_each_count_of_the_rules_page_and_no_other() -> None:
    shipped = [
        (
            rule.name,
            edition,
            value.first and str(value.first),
            value.last and str(value.last),
            [*map(spoken, value.terms)],
            value.evidence,
        )
        for rule in rulebook().values()
        if rule.counted
        for edition, declared in rule.values.items()
        for value in declared
    ]
    assert sorted(shipped, key=str) == sorted(NUMBERS, key=str)


THRESHOLDS = [
    ("2010-07-01", "2010-07-01", 2_000_000, "year"),
    ("2010-07-01", "2015-04-23", 2_000_000, "year"),
    ("2015-04-24", "2015-04-24", 167_000, "month"),
    ("2015-04-24", "2024-02-29", 167_000, "month"),
    ("2024-03-01", "2024-03-01", 750_000, "quarter"),
    ("2024-03-01", "2027-02-28", 750_000, "quarter"),
    ("2027-03-01", "2027-03-01", 717_000, "month"),
    ("2027-03-01", "2060-12-31", 717_000, "month"),
]


@pytest.mark.parametrize(("first", "day", "amount", "per"), THRESHOLDS)
@pytest.mark.parametrize("edition", ["law", "careful"])
def test_the_salary_threshold_of_a_day(edition: str, first: str, day: str, amount: int, per: str) -> None:
    value = rulebook().value("salary.threshold", D(day), edition)
    assert (value.amount, value.per, value.first) == (amount, per, D(first))


def test_the_salary_threshold_s_evidence() -> None:
    """The sums of 2010 and 2027 are from law firms' pages, those of 2015 and 2024 from the statute."""
    evidence = ["practitioner", "primary", "primary", "practitioner"]
    assert [value.evidence for value in values("salary.threshold", "law")] == evidence
    assert "unverified" in values("salary.threshold", "law")[0].note


@pytest.mark.parametrize(("day", "edition"), [("2010-06-30", "law"), ("2010-06-30", "careful"), ("2026-01-12", "card")])
def test_there_is_no_salary_threshold_before_it_nor_on_the_card(day: str, edition: str) -> None:
    with pytest.raises(RuleError) as raised:
        rulebook().value("salary.threshold", D(day), edition)
    assert raised.value.key == "not_in_force"


@pytest.mark.parametrize(
    ("day", "name", "evidence"),
    [
        pytest.param("2010-01-01", "Federal Migration Service", "seed", id="FMS"),
        pytest.param("2016-04-04", "Federal Migration Service", "seed", id="its last day"),
        pytest.param("2016-04-05", "Ministry of Internal Affairs", "primary", id="MVD, its first day"),
        pytest.param("2025-04-01", "Ministry of Internal Affairs", "primary", id="its Main Directorate, the last day"),
    ],
)
@pytest.mark.parametrize("edition", EDITIONS)
def test_the_authority_of_a_day(edition: str, day: str, name: str, evidence: str) -> None:
    value = rulebook().value("authority.migration", D(day), edition)
    assert value.name.startswith(name)
    assert "St Petersburg and Leningrad region" in value.name
    assert value.evidence == evidence


@pytest.mark.parametrize(
    ("edition", "day", "unit", "evidence"),
    [
        ("law", "2025-04-02", "Service for Citizenship and Registration of Foreign Citizens", "practitioner"),
        ("careful", "2025-04-02", "Service for Citizenship and Registration of Foreign Citizens", "practitioner"),
        ("law", "2026-11-28", "Service for Citizenship and Registration of Foreign Citizens", "practitioner"),
        ("card", "2025-04-02", "Main Directorate for Migration", "primary"),
        ("card", "2026-11-28", "Main Directorate for Migration", "primary"),
    ],
)
def test_the_authority_since_the_service_took_over(edition: str, day: str, unit: str, evidence: str) -> None:
    value = rulebook().value("authority.migration", D(day), edition)
    assert unit in value.name
    assert "St Petersburg and Leningrad region" in value.name
    assert value.evidence == evidence


@pytest.mark.parametrize(
    ("edition", "day", "source", "family"),
    [
        ("law", "2011-03-24", "HQS procedure card", False),
        ("law", "2011-03-25", "Law 42-FZ", True),
        ("law", "2020-09-06", "Law 42-FZ", True),
        ("law", "2020-09-07", "Law 182-FZ", False),
        ("careful", "2020-09-06", "Law 42-FZ", True),
        ("careful", "2020-09-07", "Law 182-FZ", False),
        ("card", "2015-01-01", "HQS procedure card", False),
    ],
)
def test_whom_a_specialist_may_host(edition: str, day: str, source: str, family: bool) -> None:
    value = rulebook().value("host.housing", D(day), edition)
    assert value.source.startswith(source)
    assert ("family only" in value.note) is family


# The day the duty is asked for, the amount in rubles and how surely; None where none is known.
DUTIES = [
    ("duty.permit", "2024-06-30", 3_500, "practitioner"),
    ("duty.permit", "2024-07-01", 4_200, "practitioner"),
    ("duty.permit", "2026-07-25", 4_200, "practitioner"),
    ("duty.permit", "2026-07-26", 5_000, "unverified"),
    ("duty.permit_renewal", "2025-08-31", None, None),
    ("duty.permit_renewal", "2025-09-01", 4_200, "practitioner"),
    ("duty.permit_renewal", "2026-07-26", 4_200, "unverified"),
    ("duty.permit_change", "2025-09-01", 2_100, "practitioner"),
    ("duty.permit_change", "2026-07-26", 2_100, "unverified"),
    ("duty.invitation", "2024-06-30", 800, "practitioner"),
    ("duty.invitation", "2024-07-01", 960, "practitioner"),
    ("duty.invitation", "2026-07-26", 8_000, "unverified"),
    ("duty.visa", "2024-06-30", 1_600, "practitioner"),
    ("duty.visa", "2024-07-01", 1_920, "practitioner"),
    ("duty.visa", "2026-07-26", 6_000, "unverified"),
    ("duty.registration", "2025-08-31", None, None),
    ("duty.registration", "2025-09-01", 500, "practitioner"),
    ("duty.registration", "2026-07-26", 500, "unverified"),
    ("duty.stay", "2025-09-01", 1_000, "practitioner"),
    ("duty.stay", "2026-07-26", 1_000, "unverified"),
]


@pytest.mark.parametrize(("rule", "day", "amount", "evidence"), DUTIES)
@pytest.mark.parametrize("edition", ["law", "careful"])
def test_the_state_duty_of_a_day(edition: str, rule: str, day: str, amount: int | None, evidence: str | None) -> None:
    value = rulebook()[rule].find(D(day), edition)
    assert (value and value.amount, value and value.evidence) == (amount, evidence)
    assert value is None or value.per == "application"


def test_the_card_names_no_state_duty() -> None:
    duties = {name for name in rulebook() if name.startswith("duty.")}
    assert duties == {rule for rule, *_ in DUTIES}
    assert not any("card" in rulebook()[name].values for name in duties)


@pytest.mark.parametrize(
    ("rule", "edition", "first", "exempt", "evidence"),
    [
        ("exempt.medical", "card", None, True, "seed"),
        ("exempt.medical", "law", "2021-12-29", False, "practitioner"),
        ("exempt.medical", "careful", "2021-12-29", False, "practitioner"),
        ("exempt.quota", "card", None, True, "seed"),
    ],
)
def test_an_exemption_and_its_evidence(rule: str, edition: str, first: str | None, exempt: bool, evidence: str) -> None:
    (value,) = values(rule, edition)
    assert (value.first, value.exempt, value.evidence) == (first and D(first), exempt, evidence)


# --- Statements --------------------------------------------------------------------------------------------------

# S14 (cost, duty), S22 (the authority's act), S25 (a form) and S26 (see S5) give nothing to count; S20 is the second
# term of S16 and S19.
STATEMENT_OF = {
    "scope.visa": "S1", "agreement.first": "S2", "exempt.medical": "S3", "exempt.quota": "S4",
    "authority.migration": "S5", "permit.filing": "S5", "invitation.filing": "S6", "visa.last_day": "S7",
    "permit.last_day": "S8", "permit.collection": "S9", "work.right": "S10", "order.hiring": "S11",
    "permit.decision": "S12", "permit.renewal": "S13", "registration.term": "S15", "registration.entry": "S16",
    "family.sponsor": "S16", "insurance.cover": "S17", "host.housing": "S18", "registration.move": "S19",
    "agreement.term": "S21", "notice.salary": "S23", "notice.concluded": "S24", "notice.terminated": "S24",
}  # fmt: skip
BESIDE_THE_CARD = {
    "medical.exam": "S3", "medical.validity": "S3",
    "medical.exam_family": "S3", "medical.repeat": "S3", "medical.repeat_family": "S3",
    "permit.collect": "S9", "permit.passport_change": "S9", "leave.after_termination": "S22", "work.suspension": "S10",
    "salary.threshold": "S23", "registration.last_day": "S15", "duty.permit": "S14", "duty.permit_renewal": "S14",
    "duty.permit_change": "S14", "duty.invitation": "S14", "duty.visa": "S14", "duty.registration": "S14",
    "duty.stay": "S14",
}  # fmt: skip


def test_each_rule_names_its_statement() -> None:
    assert {name: rule.statement for name, rule in rulebook().items()} == STATEMENT_OF | BESIDE_THE_CARD


def test_each_statement_that_gives_a_rule_has_one_on_the_card() -> None:
    card = {rule.statement for rule in rulebook().values() if "card" in rule.values}
    assert card == STATEMENTS - {"S14", "S20", "S22", "S25", "S26"}


def test_the_card_has_exactly_its_own_rules() -> None:
    assert {name for name, rule in rulebook().items() if "card" in rule.values} == set(STATEMENT_OF)


# The roster column a rule is counted from.
EVENTS = {
    "permit.decision": "permit_filed", "permit.renewal": "permit_expires", "permit.last_day": "permit_starts",
    "visa.last_day": "visa_starts", "registration.entry": "entered_on", "registration.move": "moved_on",
    "notice.concluded": "agreement_signed", "notice.terminated": "terminated_on", "notice.salary": "quarter",
    "medical.exam": "entered_on", "medical.validity": "medical_done",
    "medical.exam_family": "entered_on", "medical.repeat": "permit_decided",
    "medical.repeat_family": "permit_decided", "registration.last_day": "registered_on",
    "permit.collect": "permit_decided", "permit.passport_change": "passport_changed",
    "leave.after_termination": "terminated_on", "work.suspension": "permit_expires",
}  # fmt: skip


def test_each_deadline_is_counted_from_its_event() -> None:
    assert {name: rule.event for name, rule in rulebook().items() if rule.counted} == EVENTS


def test_only_permit_and_visa_cannot_outlast_the_agreement() -> None:
    bound = {name: rule.at_most for name, rule in rulebook().items() if rule.at_most}
    assert bound == {"permit.last_day": "agreement_ends", "visa.last_day": "agreement_ends"}


# --- Over all the data -------------------------------------------------------------------------------------------

EACH_RULE = pytest.mark.parametrize("rule", rulebook().values(), ids=lambda rule: rule.name)


@EACH_RULE
def test_every_value_has_a_source_and_its_evidence(rule: Rule) -> None:
    for edition, declared in rule.values.items():
        for value in declared:
            assert value.edition == edition
            assert value.source.strip() == value.source != ""
            assert value.evidence in EVIDENCE


LOOKED_AT = D("2026-11-28")


@EACH_RULE
def test_every_value_says_when_its_source_was_last_looked_at(rule: Rule) -> None:
    assert {value.checked for declared in rule.values.values() for value in declared} == {LOOKED_AT}


@EACH_RULE
def test_every_rule_says_where_to_look_it_up_again(rule: Rule) -> None:
    assert rule.where


@EACH_RULE
def test_no_two_values_of_an_edition_cover_one_day(rule: Rule) -> None:
    for declared in rule.values.values():
        edges = [day for value in declared for day in (value.first, value.last) if day]
        assert all(sum(value.covers(day) for value in declared) == 1 for day in edges)


@EACH_RULE
def test_every_value_of_the_card_is_the_card_s_or_names_its_decree(rule: Rule) -> None:
    for value in rule.values.get("card", ()):
        if value.evidence == "seed":
            assert value.source.startswith("HQS procedure card")
        else:
            assert value.name  # the one thing that has changed since is the authority's name


def test_every_quote_of_the_card_stands_in_the_card() -> None:
    """Every counted value of the card quotes it."""
    for rule in rulebook().values():
        if rule.counted:
            assert all(value.quote for value in rule.values.get("card", ()))


@EACH_RULE
def test_an_unverified_value_says_what_is_not_verified(rule: Rule) -> None:
    for declared in rule.values.values():
        assert all(value.note for value in declared if value.evidence == "unverified")


CONTENTS = ("count", "amount", "exempt", "name", "condition", "note")


@pytest.mark.parametrize("edition", ["law", "careful"])
def test_an_edition_declares_only_what_differs_from_the_card(edition: str) -> None:
    card = raw_values("card")
    for rule, declared in raw_values(edition).items():
        for value in declared:
            if "same_as_card" not in value:
                content = {key: value[key] for key in CONTENTS if key in value}
                assert content not in [
                    {key: other[key] for key in CONTENTS if key in other} for other in card.get(rule, [])
                ], rule


def test_what_is_the_same_as_the_card_has_a_source_of_its_own() -> None:
    same = {
        rule: value["evidence"]
        for rule, declared in raw_values("law").items()
        for value in declared
        if "same_as_card" in value
    }
    assert same == {"notice.salary": "primary", "host.housing": "practitioner"}


def test_careful_takes_over_from_the_law_what_it_cannot_make_safer() -> None:
    duties = [name for name in rulebook() if name.startswith("duty.")]
    assert FILES["careful"]["as_law"] == [
        *("exempt.medical", "authority.migration", "host.housing", "registration.last_day", "work.suspension"),
        *("salary.threshold", *duties),
    ]
    for name in FILES["careful"]["as_law"]:
        law, careful = values(name, "law"), values(name, "careful")
        assert [value._replace(edition="law") for value in careful] == list(law)


def test_careful_has_a_value_wherever_the_law_has_one_of_its_own() -> None:
    for rule in rulebook().values():
        for value in rule.values.get("law", ()):
            for day in (value.first, value.last):
                assert not day or rule.find(day, "careful")


def test_the_three_editions_are_there_and_the_card_is_first() -> None:
    assert EDITIONS == ("card", "law", "careful")
    assert {name: FILES[name]["edition"] for name in EDITIONS} == {name: name for name in EDITIONS}


def test_the_rulebook_is_read_once() -> None:
    assert rulebook() is rulebook()
