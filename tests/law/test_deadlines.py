"""Deadlines: worked cases, what ``due`` refuses, stages and steps, and the days around each edge."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hqs_xl.errors import BadEvent, HqsError, OutsideCalendar, RuleError
from hqs_xl.law import EDITIONS, RUSSIA, WorkingDays, due, exempt, file_by, rulebook
from hqs_xl.law.deadlines import deadline_rules
from hqs_xl.law.terms import Unit

from .oracle import DAY, LAST, RULES, every_day

D = date.fromisoformat
CASES = Path(__file__).parents[1] / "cases" / "deadlines.csv"


def cases() -> list[Any]:
    with CASES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        pytest.param(*(row[key] for key in ("rule", "event", "edition", "until", "due")), id=" ".join(row.values()))
        for row in rows
    ]


@pytest.mark.parametrize(("rule", "event", "edition", "until", "expected"), cases())
def test_a_worked_case(rule: str, event: str, edition: str, until: str, expected: str) -> None:
    day = event if rule == "notice.salary" else D(event)
    if expected == "none":
        with pytest.raises(RuleError) as raised:
            due(rule, day, edition)
        assert raised.value.key == "not_in_force"
    else:
        assert str(due(rule, day, edition, until=D(until) if until else None).due) == expected


def test_the_worked_cases_name_each_rule_and_edition_once_at_least() -> None:
    named = {(case.values[0], case.values[2]) for case in cases()}
    assert {rule for rule, _ in named} == set(RULES)
    assert {edition for _, edition in named} == set(EDITIONS)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("rule", deadline_rules())
def test_the_worked_cases_hold_the_days_around_each_start(rule: str, edition: str) -> None:
    """The day before, the day, the day after: written down, beside what the naive walk says of every day."""
    held = {case.values[1] for case in cases() if (case.values[0], case.values[2]) == (rule, edition)}
    starts = [value.first for value in rulebook()[rule].values.get(edition, ()) if value.first]
    assert [
        str(start + step) for start in starts for step in (-DAY, 0 * DAY, DAY) if str(start + step) not in held
    ] == []


# --- What due refuses --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "event", "edition", "error", "key"),
    [
        pytest.param("permit", D("2024-03-04"), "card", RuleError, "no_rule", id="no such rule"),
        pytest.param("", D("2024-03-04"), "card", RuleError, "no_rule", id="a blank rule"),
        pytest.param("Permit.Renewal", D("2024-03-04"), "card", RuleError, "no_rule", id="another case"),
        pytest.param(None, D("2024-03-04"), "card", RuleError, "no_rule", id="no rule at all"),
        pytest.param(["permit.renewal"], D("2024-03-04"), "card", RuleError, "no_rule", id="a list for a rule"),
        pytest.param("permit.renewal", D("2024-03-04"), "Card", RuleError, "no_edition", id="no such edition"),
        pytest.param("permit.renewal", D("2024-03-04"), "", RuleError, "no_edition", id="a blank edition"),
        pytest.param("permit.renewal", D("2024-03-04"), None, RuleError, "no_edition", id="None for an edition"),
        pytest.param("exempt.medical", D("2024-03-04"), "card", RuleError, "not_a_deadline", id="an exemption"),
        pytest.param("salary.threshold", D("2024-03-04"), "law", RuleError, "not_a_deadline", id="an amount"),
        pytest.param("authority.migration", D("2024-03-04"), "card", RuleError, "not_a_deadline", id="a name"),
        pytest.param("insurance.cover", D("2024-03-04"), "card", RuleError, "not_a_deadline", id="a condition"),
        pytest.param("medical.exam", D("2024-03-04"), "card", RuleError, "not_in_force", id="a rule the card lacks"),
        pytest.param("medical.exam", D("2021-12-28"), "law", RuleError, "not_in_force", id="exam, the day before"),
        pytest.param("medical.exam", D("2021-12-28"), "careful", RuleError, "not_in_force", id="exam, careful"),
        pytest.param("permit.collect", D("2024-01-06"), "law", RuleError, "not_in_force", id="collect, day before"),
        pytest.param("permit.collect", D("2023-07-09"), "careful", RuleError, "not_in_force", id="collect, careful"),
        pytest.param("permit.passport_change", D("2015-06-29"), "law", RuleError, "not_in_force", id="passport"),
        pytest.param("leave.after_termination", D("2024-01-07"), "card", RuleError, "not_in_force", id="leave, card"),
        pytest.param("duty.permit", D("2026-01-12"), "law", RuleError, "not_a_deadline", id="a state duty"),
        pytest.param("work.suspension", D("2014-12-12"), "law", RuleError, "not_in_force", id="suspension"),
        pytest.param("permit.renewal", "2024-03-04", "card", BadEvent, "not_a_date", id="a date as text"),
        pytest.param("permit.renewal", "2024Q1", "card", BadEvent, "not_a_date", id="a quarter for a date"),
        pytest.param("permit.renewal", None, "card", BadEvent, "not_a_date", id="no event"),
        pytest.param("permit.renewal", 45355, "card", BadEvent, "not_a_date", id="a serial number"),
        pytest.param("permit.renewal", 45355.0, "card", BadEvent, "not_a_date", id="a serial number as float"),
        pytest.param("permit.renewal", True, "card", BadEvent, "not_a_date", id="a yes"),
        pytest.param("permit.renewal", [D("2024-03-04")], "card", BadEvent, "not_a_date", id="a range of cells"),
        pytest.param("permit.renewal", D("2001-12-31"), "card", OutsideCalendar, "outside_calendar", id="day before"),
        pytest.param("permit.renewal", D("2061-01-01"), "card", OutsideCalendar, "outside_calendar", id="day after"),
        pytest.param("permit.renewal", D("2002-01-15"), "card", OutsideCalendar, "outside_calendar", id="ends before"),
        pytest.param("permit.last_day", D("2058-01-01"), "card", OutsideCalendar, "outside_calendar", id="ends after"),
        pytest.param("permit.renewal", date.max, "card", OutsideCalendar, "outside_calendar", id="the last date"),
        pytest.param("permit.renewal", date.min, "card", OutsideCalendar, "outside_calendar", id="the first date"),
        pytest.param("notice.salary", None, "card", BadEvent, None, id="no quarter"),
        pytest.param("notice.salary", 45355, "card", BadEvent, None, id="a serial number for a quarter"),
        pytest.param("notice.salary", 2024.1, "card", BadEvent, None, id="a number for a quarter"),
        pytest.param("notice.salary", [D("2024-03-04")], "card", BadEvent, None, id="a range for a quarter"),
        pytest.param("notice.salary", "0000Q1", "card", HqsError, None, id="a quarter of year 0"),
        pytest.param("notice.salary", "9999Q4", "card", HqsError, None, id="the last quarter there is"),
        pytest.param("notice.salary", date.max, "card", HqsError, None, id="a day of the last quarter there is"),
        pytest.param("notice.salary", "2001Q3", "card", OutsideCalendar, None, id="a quarter before"),
        pytest.param("notice.salary", "2060Q4", "card", OutsideCalendar, None, id="a quarter due after"),
    ],
)
def test_due_refuses(rule: Any, event: Any, edition: Any, error: type[HqsError], key: str | None) -> None:
    with pytest.raises(error) as raised:
        due(rule, event, edition)
    assert key is None or raised.value.key == key


def test_an_unknown_rule_and_edition_are_told_what_there_is() -> None:
    with pytest.raises(RuleError) as no_rule:
        due("permit", D("2024-03-04"))
    assert no_rule.value.fields["rule"] == "permit"
    assert "permit.renewal" in str(no_rule.value.fields["known"])
    with pytest.raises(RuleError) as no_edition:
        due("permit.renewal", D("2024-03-04"), "new")
    assert no_edition.value.fields == {"edition": "new", "known": "card, law, careful"}


def test_a_rule_that_is_not_in_force_names_rule_edition_and_day() -> None:
    with pytest.raises(RuleError) as raised:
        due("medical.exam", D("2021-12-28"), "law")
    assert raised.value.fields == {"rule": "medical.exam", "edition": "law", "day": D("2021-12-28")}


def test_what_is_no_deadline_is_told_which_rules_are() -> None:
    with pytest.raises(RuleError) as raised:
        due("exempt.quota", D("2024-03-04"))
    assert str(raised.value.fields["known"]).split(", ") == deadline_rules()


@pytest.mark.parametrize(
    ("rule", "event"),
    [("permit.renewal", D("2024-03-04")), ("notice.concluded", D("2024-04-27")), ("notice.salary", D("2024-03-31"))],
)
def test_a_moment_of_a_day_counts_as_that_day(rule: str, event: date) -> None:
    moment = datetime(event.year, event.month, event.day, 23, 59)
    found = due(rule, moment)
    assert found == due(rule, event)
    assert type(found.event) is date
    assert type(found.due) is date


NOON = datetime(2024, 6, 3, 12)


def test_a_moment_is_understood_wherever_a_day_is() -> None:
    day = D("2024-06-03")
    assert due("permit.last_day", D("2024-01-15"), until=NOON) == due("permit.last_day", D("2024-01-15"), until=day)
    assert file_by(NOON) == file_by(day)
    assert exempt("medical", NOON, "law") is exempt("medical", day, "law")


# --- Quarters ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quarter", "expected"),
    [
        ("2024Q1", "2024-04-27"), ("2024Q2", "2024-07-31"), ("2024Q3", "2024-10-31"), ("2024Q4", "2025-01-31"),
        ("2025Q1", "2025-04-30"), ("2025Q2", "2025-07-31"), ("2025Q3", "2025-10-31"), ("2025Q4", "2026-01-30"),
    ],
)  # fmt: skip
def test_a_salary_notice_of_a_quarter(quarter: str, expected: str) -> None:
    assert due("notice.salary", quarter).due == D(expected)


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2023-12-31", "2024-01-31"), ("2024-01-01", "2024-04-27"), ("2024-03-31", "2024-04-27"),
     ("2024-04-01", "2024-07-31")],
    ids=["the day before the quarter", "its first day", "its last day", "the day after"],
)  # fmt: skip
def test_a_salary_notice_of_a_day_is_its_quarter_s(day: str, expected: str) -> None:
    assert due("notice.salary", D(day)).due == D(expected)


def test_the_quarter_before_the_calendar_falls_due_within_it() -> None:
    assert due("notice.salary", D("2001-12-31")).due == due("notice.salary", "2001Q4").due == D("2002-01-31")


def test_a_salary_notice_is_counted_from_the_first_day_after_its_quarter() -> None:
    assert due("notice.salary", "2024Q4").event == D("2025-01-01")


# --- What a deadline carries -------------------------------------------------------------------------------------


def test_a_deadline_carries_both_days_and_who_says_so() -> None:
    found = due("permit.renewal", D("2025-03-31"))
    assert (found.rule, found.event, found.edition) == ("permit.renewal", D("2025-03-31"), "card")
    assert (found.due, found.act_by) == (D("2025-03-01"), D("2025-02-28"))
    assert (found.statement, found.evidence, found.provisional) == ("S13", "seed", False)
    assert found.source == "HQS procedure card, Work permit, term"
    assert found.calendar is RUSSIA


def test_the_card_is_the_default_edition() -> None:
    for rule in RULES:
        event = D("2024-03-04")
        if RULES[rule]["card"](event):
            assert due(rule, event) == due(rule, event, "card")


def test_a_deadline_of_the_law_cites_the_law_from_its_day_on() -> None:
    before, after = (due("notice.concluded", D(day), "law") for day in ("2018-04-19", "2018-04-20"))
    assert (before.evidence, after.evidence) == ("seed", "practitioner")
    assert before.source.startswith("HQS procedure card")
    assert after.source.startswith("Law 115-FZ")


def test_an_unverified_value_says_so() -> None:
    found = due("registration.last_day", D("2025-02-05"), "law")
    assert found.evidence == "unverified"
    assert "not verified" in found.value.note


def test_the_registration_after_an_entry_is_unverified_no_more() -> None:
    for rule in ("registration.entry", "registration.move"):
        assert due(rule, D("2024-01-15"), "law").evidence == "practitioner"


def test_where_the_count_since_a_day_is_not_known_the_value_says_so() -> None:
    """The count after a termination before 2024: its start was not found, so that it has none."""
    found = due("leave.after_termination", D("2024-01-06"), "law")
    assert found.value.first is None
    assert "not known" in found.value.note


def test_the_first_stage_of_a_registration_is_its_last_free_day() -> None:
    found = due("registration.entry", D("2024-01-15"))
    assert found.stages == (D("2024-04-14"), D("2024-04-17"))
    assert found.free_until == D("2024-04-14")


def test_steps_chain_over_the_stages() -> None:
    steps = [(str(step.day), step.number, step.kind) for step in due("registration.entry", D("2024-01-15")).steps]
    assert steps == [
        ("2024-01-16", 1, "first_day"),
        ("2024-04-14", 90, "last_day"),
        ("2024-04-15", 1, "working_day"),
        ("2024-04-16", 2, "working_day"),
        ("2024-04-17", 3, "working_day"),
    ]


def test_an_agreement_that_ends_first_is_the_last_step() -> None:
    found = due("permit.last_day", D("2024-01-15"), until=D("2026-12-31"))
    assert [(str(step.day), step.kind) for step in found.steps] == [
        ("2024-01-16", "first_day"), ("2027-01-15", "last_day"), ("2026-12-31", "agreement_ends"),
    ]  # fmt: skip
    assert (found.until, found.stages) == (D("2026-12-31"), (D("2027-01-15"),))


@pytest.mark.parametrize("until", [None, "2027-01-15", "2027-01-16"], ids=["open", "that day", "the day after"])
def test_an_agreement_that_does_not_end_first_is_no_step(until: str | None) -> None:
    found = due("permit.last_day", D("2024-01-15"), until=D(until) if until else None)
    assert [step.kind for step in found.steps] == ["first_day", "last_day"]


def test_the_agreement_s_end_binds_only_the_rules_that_cannot_outlast_it() -> None:
    for rule in RULES:
        event, ends = D("2026-03-04"), D("2026-03-05")
        bound = due(rule, event, "law", until=ends).due == ends
        assert bound == (rule in {"permit.last_day", "visa.last_day"}), rule


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("rule", RULES)
def test_the_steps_of_a_deadline_lead_to_its_day(rule: str, edition: str) -> None:
    """Each term starts at 1 and ascends; each stage is the last counted day of its term or where that one landed."""
    for event in list(every_day(D("2015-07-01"), D("2026-12-31")))[:: 29 if rule != "notice.salary" else 89]:
        if RULES[rule][edition](event) is None:
            continue
        deadline = due(rule, event, edition)
        runs: list[list[int]] = []
        for step in deadline.steps:
            if step.number == 1:
                runs.append([])
            if step.number is not None:
                runs[-1].append(step.number)
        assert len(runs) == len(deadline.stages) == len(deadline.value.terms)
        for run, term in zip(runs, deadline.value.terms, strict=True):
            assert len(run) == (term.number if term.unit is Unit.WORKING_DAY else 2)
            assert run == (list(range(1, term.number + 1)) if term.unit is Unit.WORKING_DAY else [1, run[-1]])
        assert deadline.steps[-1].day == deadline.due == deadline.stages[-1]
        assert set(deadline.stages) <= {step.day for step in deadline.steps}


# --- act_by and provisional --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expires", "literal", "act_by"),
    [
        pytest.param("2024-04-07", "2024-03-08", "2024-03-07", id="due on a holiday"),
        pytest.param("2024-04-06", "2024-03-07", "2024-03-07", id="due on a working day"),
        pytest.param("2024-05-27", "2024-04-27", "2024-04-27", id="due on a working Saturday"),
        pytest.param("2024-05-29", "2024-04-29", "2024-04-27", id="due on a moved day off"),
        pytest.param("2025-02-07", "2025-01-08", "2024-12-28", id="due in the New Year's days"),
    ],
)
def test_act_by_is_the_last_working_day_up_to_the_due_day(expires: str, literal: str, act_by: str) -> None:
    found = due("permit.renewal", D(expires))
    assert (found.due, found.act_by) == (D(literal), D(act_by))


# In January to April 2024 only the 6th, 12th, 18th, 24th and 30th may work.
SPARSE = RUSSIA.with_days(off=[day for day in every_day(D("2024-01-01"), D("2024-04-30")) if day.day % 6])


@settings(deadline=None, max_examples=500)
@given(
    rule=st.sampled_from([rule for rule in RULES if rule != "notice.salary"]),
    edition=st.sampled_from(EDITIONS),
    event=st.one_of(st.dates(D("2003-01-01"), D("2055-12-31")), st.dates(D("2023-10-01"), D("2024-05-31"))),
    calendar=st.sampled_from([RUSSIA, SPARSE]),
)
def test_act_by_is_a_working_day_with_none_after_it_up_to_due(
    rule: str, edition: str, event: date, calendar: WorkingDays
) -> None:
    assume(rulebook()[rule].find(event, edition))
    found = due(rule, event, edition, calendar=calendar)
    assert calendar.is_working(found.act_by)
    assert found.act_by <= found.due
    assert calendar.count(found.act_by, found.due) == 1


@pytest.mark.parametrize(
    ("rule", "event", "provisional"),
    [
        pytest.param("permit.decision", "2027-12-10", False, id="ends on the last known working day"),
        pytest.param("permit.decision", "2027-12-13", True, id="ends in the first year not known"),
        pytest.param("permit.decision", "2010-01-01", False, id="starts on the first day of our table"),
        pytest.param("permit.decision", "2009-12-31", False, id="starts in a year the library holds"),
        pytest.param("permit.renewal", "2027-12-31", False, id="expires on the last known day"),
        pytest.param("permit.renewal", "2028-01-01", True, id="expires the day after, due within"),
        pytest.param("permit.last_day", "2024-12-31", False, id="three years end on the last known day"),
        pytest.param("permit.last_day", "2025-01-01", True, id="three years end the day after"),
    ],
)
def test_a_deadline_that_leaves_the_known_years_is_provisional(rule: str, event: str, provisional: bool) -> None:
    assert due(rule, D(event)).provisional is provisional


def test_an_agreement_that_ends_within_the_known_years_makes_the_last_day_sure() -> None:
    assert not due("permit.last_day", D("2025-06-02"), until=LAST).provisional
    assert due("permit.last_day", D("2025-06-02"), until=LAST + DAY).provisional


def test_a_deadline_is_counted_on_the_calendar_given() -> None:
    calendar = RUSSIA.with_days(off=[D("2024-03-05")])
    found = due("notice.concluded", D("2024-03-04"), calendar=calendar)
    assert (found.due, found.calendar) == (D("2024-03-07"), calendar)
    assert due("notice.concluded", D("2024-03-04")).due == D("2024-03-06")
    assert due("permit.renewal", D("2024-04-04"), calendar=calendar).act_by == D("2024-03-04")


# --- file_by -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("needed", "expected"),
    [
        pytest.param("2024-05-06", "2024-04-12", id="the day before filing on the 15th is decided"),
        pytest.param("2024-05-07", "2024-04-15", id="the day on which filing on the 15th is decided"),
        pytest.param("2024-05-08", "2024-04-16", id="the day after it"),
        pytest.param("2024-05-09", "2024-04-16", id="a holiday asks for the working day before"),
        pytest.param("2024-05-12", "2024-04-16", id="the last of the days off"),
        pytest.param("2024-05-13", "2024-04-17", id="the first working day after them"),
        pytest.param("2024-05-23", "2024-04-27", id="filed on a working Saturday"),
        pytest.param("2025-01-09", "2024-12-11", id="over New Year"),
        pytest.param("2028-01-10", "2027-12-13", id="needed beyond the decrees"),
    ],
)
def test_the_last_day_to_file(needed: str, expected: str) -> None:
    assert file_by(D(needed)) == D(expected)


@pytest.mark.parametrize("edition", EDITIONS)
def test_filing_then_is_in_time_and_a_working_day_later_is_not(edition: str) -> None:
    for needed in every_day(D("2010-03-01")):
        filed = file_by(needed, edition)
        assert RUSSIA.is_working(filed)
        assert due("permit.decision", filed, edition).due <= needed
        assert due("permit.decision", RUSSIA.add(filed, 1), edition).due > needed


def test_the_last_day_to_file_is_found_up_to_the_calendar_s_last_day() -> None:
    assert file_by(D("2060-12-31")) == RUSSIA.add(D("2060-12-31"), -14)


@pytest.mark.parametrize("needed", ["2002-01-01", "2002-01-10", "2061-01-01"])
def test_filing_cannot_lie_outside_the_calendar(needed: str) -> None:
    with pytest.raises(OutsideCalendar):
        file_by(D(needed))


def test_the_last_day_to_file_is_found_on_the_calendar_given() -> None:
    assert file_by(D("2024-05-07"), calendar=WorkingDays(off=[D("2024-05-06")])) == D("2024-04-12")


# --- exempt ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("topic", "day", "edition", "expected"),
    [
        pytest.param("medical", "2021-12-28", "card", True, id="medical, card, before"),
        pytest.param("medical", "2021-12-29", "card", True, id="medical, card stays"),
        pytest.param("medical", "2026-01-12", "card", True, id="medical, card today"),
        pytest.param("medical", "2021-12-28", "law", True, id="medical, law, the day before"),
        pytest.param("medical", "2021-12-29", "law", False, id="medical, law, the day"),
        pytest.param("medical", "2021-12-30", "law", False, id="medical, law, the day after"),
        pytest.param("medical", "2021-12-28", "careful", True, id="medical, careful, the day before"),
        pytest.param("medical", "2021-12-29", "careful", False, id="medical, careful, the day"),
        pytest.param("quota", "2010-01-01", "card", True, id="quota, card"),
        pytest.param("quota", "2026-01-12", "law", True, id="quota, law"),
        pytest.param("quota", "2026-01-12", "careful", True, id="quota, careful"),
    ],
)
def test_whether_a_person_is_exempt(topic: str, day: str, edition: str, expected: bool) -> None:
    assert exempt(topic, D(day), edition) is expected


@pytest.mark.parametrize(("topic", "edition", "key"), [("tax", "card", "no_rule"), ("medical", "old", "no_edition")])
def test_an_exemption_that_is_not_there(topic: str, edition: str, key: str) -> None:
    with pytest.raises(RuleError) as raised:
        exempt(topic, D("2024-03-04"), edition)
    assert raised.value.key == key


def test_who_is_exempt_from_the_exam_has_none_due_and_the_other_way_round() -> None:
    for edition in EDITIONS:
        for day in every_day(D("2021-12-01"), D("2022-01-31")):
            assert exempt("medical", day, edition) == (rulebook()["medical.exam"].find(day, edition) is None)
