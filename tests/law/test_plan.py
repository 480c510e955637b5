"""The plan: the card's steps in the order of their days, from signing to work."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hqs_xl.bilingual import BLANK
from hqs_xl.errors import OutsideCalendar, RuleError
from hqs_xl.explain.words import step_with_duty
from hqs_xl.law import EDITIONS, RUSSIA, PlanStep, due, plan

from .oracle import every_day, nth_after, nth_inclusive, works

D = date.fromisoformat

STATEMENTS = {
    "agreement": "S2", "medical": "S3", "quota": "S4", "permit_filing": "S5", "invitation_filing": "S6", "visa": "S7",
    "permit_decision": "S8", "permit_collection": "S9", "work_right": "S10", "hiring_order": "S11",
    "insurance": "S17", "notice": "S24",
}  # fmt: skip
# What has to wait for what stands before it.
CHAIN = [
    *("permit_filing", "invitation_filing", "visa", "permit_decision", "permit_collection", "work_right"),
    "hiring_order",
]

# Signed Monday 2024-04-15, filed that day, decided Tuesday 2024-05-07; wanted start Monday 2024-06-03.
# 14 working days that end by 3 June start after Tuesday 14 May: 15-17, 20-24, 27-31 May and 3 June.
SIGNED, FILED, DECIDED, START, FILE_BY = (
    D("2024-04-15"), D("2024-04-15"), D("2024-05-07"), D("2024-06-03"), D("2024-05-14"),
)  # fmt: skip
EACH_EDITION = pytest.mark.parametrize("edition", EDITIONS)


def by_key(steps: list[PlanStep]) -> dict[str, PlanStep]:
    return {step.key: step for step in steps}


def days(steps: list[PlanStep]) -> dict[str, tuple[date | None, date | None]]:
    return {step.key: (step.earliest, step.latest) for step in steps}


@pytest.mark.parametrize(
    ("edition", "start", "order"),
    [
        pytest.param(
            "card", None, "S2 S3 S4 S5 S6 S17 S24 S7 S8 S9 S10 S11", id="card, as soon as can be"
        ),
        pytest.param("card", "2024-06-03", "S2 S24 S3 S4 S5 S6 S17 S7 S8 S9 S10 S11", id="card, with a start"),
        pytest.param("law", None, "S2 S4 S5 S6 S17 S24 S7 S8 S9 S10 S11 S3", id="law, as soon as can be"),
        pytest.param("law", "2024-06-03", "S2 S24 S4 S5 S6 S17 S7 S8 S9 S10 S11 S3", id="law, with a start"),
        pytest.param("law", "2024-09-02", "S2 S24 S4 S5 S6 S3 S7 S8 S9 S17 S10 S11", id="law, with a late start"),
        pytest.param("card", "2024-04-14", "S2 S3 S4 S5 S6 S17 S24 S7 S8 S9 S10 S11", id="a start before the signing"),
    ],
)  # fmt: skip
def test_the_steps_stand_in_the_order_of_their_days(edition: str, start: str | None, order: str) -> None:
    steps = plan(SIGNED, D(start) if start else None, edition)
    assert [step.statement for step in steps] == order.split()
    assert {step.key: step.statement for step in steps} == STATEMENTS


@EACH_EDITION
def test_no_step_stands_before_one_it_waits_for(edition: str) -> None:
    """Not even where the permit has to be collected long before the wanted start, as the others may wait for it."""
    for days_later in range(0, 400, 7):
        steps = [step.key for step in plan(SIGNED, SIGNED + timedelta(days_later), edition)]
        assert [key for key in steps if key in CHAIN] == CHAIN, days_later
        assert steps[0] == "agreement"
        assert steps.index("quota") + 1 == steps.index("permit_filing")


@EACH_EDITION
def test_the_notice_is_never_last_where_there_is_time_for_all_else(edition: str) -> None:
    steps = [step.key for step in plan(SIGNED, START, edition)]
    assert steps.index("notice") < steps.index("permit_filing")


def test_a_plan_of_the_card_with_a_start() -> None:
    assert days(plan(SIGNED, START)) == {
        "agreement": (SIGNED, SIGNED),
        "medical": (None, None),
        "quota": (None, None),
        "permit_filing": (FILED, FILE_BY),
        "invitation_filing": (FILED, FILE_BY),
        "visa": (DECIDED, START),
        "permit_decision": (DECIDED, START),
        "permit_collection": (DECIDED, START),
        "work_right": (DECIDED, START),
        "hiring_order": (DECIDED, START),
        "insurance": (SIGNED, START),
        "notice": (SIGNED, D("2024-04-17")),
    }


def test_a_plan_of_the_card_without_a_start_binds_only_the_notice() -> None:
    bound = {key: latest for key, (_, latest) in days(plan(SIGNED)).items() if latest}
    assert bound == {"agreement": SIGNED, "notice": D("2024-04-17")}
    assert {key: first for key, (first, _) in days(plan(SIGNED)).items()} == {
        key: first for key, (first, _) in days(plan(SIGNED, START)).items()
    }


@pytest.mark.parametrize(
    ("edition", "exam", "collect", "notice"),
    [
        pytest.param("card", None, None, "2024-04-17", id="card"),
        pytest.param("law", "2024-06-06", "2024-06-06", "2024-04-18", id="law"),
        pytest.param("careful", "2024-06-05", "2024-06-05", "2024-04-17", id="careful"),
    ],
)
def test_what_the_editions_add(edition: str, exam: str | None, collect: str | None, notice: str) -> None:
    steps = by_key(plan(SIGNED, None, edition))
    assert steps["medical"].latest == (D(exam) if exam else None)
    assert steps["medical"].earliest == (DECIDED if exam else None)
    assert steps["medical"].needed is (exam is not None)
    assert steps["permit_collection"].latest == (D(collect) if collect else None)
    assert steps["notice"].latest == D(notice)


@pytest.mark.parametrize(
    ("start", "latest"),
    [
        pytest.param("2024-06-05", "2024-06-05", id="start the day before the permit lapses"),
        pytest.param("2024-06-06", "2024-06-06", id="start that day"),
        pytest.param("2024-06-07", "2024-06-06", id="start the day after"),
    ],
)
def test_the_permit_is_collected_by_the_start_or_before_it_lapses(start: str, latest: str) -> None:
    assert by_key(plan(SIGNED, D(start), "law"))["permit_collection"].latest == D(latest)


@pytest.mark.parametrize(
    ("signed", "edition", "needed"),
    [
        # 14 working days after 2021-12-08 end on Tuesday 28, after the 9th on Wednesday 29 December.
        pytest.param("2021-12-08", "law", False, id="decided the day before the exemption ended"),
        pytest.param("2021-12-09", "law", True, id="decided on the day it ended"),
        pytest.param("2021-12-09", "careful", True, id="careful, the day it ended"),
        pytest.param("2021-12-09", "card", False, id="the card's exemption stands"),
    ],
)
def test_whether_the_medical_exam_is_a_step(signed: str, edition: str, needed: bool) -> None:
    step = by_key(plan(D(signed), None, edition))["medical"]
    assert step.needed is needed
    assert step.statement == "S3"


@EACH_EDITION
def test_the_quota_is_never_a_step_and_all_others_always_are(edition: str) -> None:
    steps = by_key(plan(SIGNED, START, edition))
    assert not steps["quota"].needed
    assert all(step.needed for key, step in steps.items() if key not in {"quota", "medical"})


@pytest.mark.parametrize(
    ("start", "too_late"),
    [
        pytest.param("2024-05-06", {"permit_filing", "invitation_filing", "visa", "permit_decision",
                                    "permit_collection", "work_right", "hiring_order"}, id="the day before"),
        pytest.param("2024-05-07", set(), id="the day the permit is decided"),
        pytest.param("2024-05-08", set(), id="the day after"),
        pytest.param("2024-04-14", {"permit_filing", "invitation_filing", "visa", "permit_decision",
                                    "permit_collection", "work_right", "hiring_order", "insurance"},
                     id="before the signing"),
    ],
)  # fmt: skip
@EACH_EDITION
def test_what_is_too_late_for_the_wanted_start(edition: str, start: str, too_late: set[str]) -> None:
    steps = plan(SIGNED, D(start), edition)
    assert {step.key for step in steps if step.too_late} == too_late


FILINGS = {"permit_filing", "invitation_filing"}
AFTER_DECISION = {"visa", "permit_decision", "permit_collection", "work_right", "hiring_order"}


@pytest.mark.parametrize(
    ("signed", "start", "provisional"),
    [
        pytest.param("2027-11-30", "2027-12-31", set(), id="all of it in decreed years"),
        pytest.param("2027-11-30", "2028-01-11", FILINGS | AFTER_DECISION, id="counted back from a year not decreed"),
        pytest.param("2027-12-13", None, AFTER_DECISION, id="decided in one"),
        pytest.param("2027-12-30", None, AFTER_DECISION | {"notice"}, id="the notice due in one, too"),
        pytest.param("2028-03-02", "2028-06-01", FILINGS | AFTER_DECISION | {"notice"}, id="signed in one"),
    ],
)
def test_what_is_counted_over_a_year_not_decreed_is_provisional(
    signed: str, start: str | None, provisional: set[str]
) -> None:
    assert RUSSIA.known_through == D("2027-12-31")
    steps = plan(D(signed), D(start) if start else None)
    assert {step.key for step in steps if step.provisional} == provisional
    assert {step.key for step in steps if "(provisional)" in step_with_duty(step)} == provisional


@EACH_EDITION
def test_nothing_is_too_late_without_a_wanted_start(edition: str) -> None:
    for signed in list(every_day(D("2023-06-01"), D("2024-12-31")))[::5]:
        assert not any(step.too_late for step in plan(signed, None, edition)), signed


@pytest.mark.parametrize(
    ("earliest", "latest", "too_late"),
    [
        ("2024-03-04", "2024-03-03", True), ("2024-03-04", "2024-03-04", False), ("2024-03-04", "2024-03-05", False),
        ("2024-03-04", None, False), (None, "2024-03-04", False), (None, None, False),
    ],
)  # fmt: skip
def test_too_late_means_that_the_last_day_lies_before_the_first(
    earliest: str | None, latest: str | None, too_late: bool
) -> None:
    first, last = D(earliest) if earliest else None, D(latest) if latest else None
    assert PlanStep("S2", "agreement", (), first, last, BLANK, "seed").too_late is too_late


@EACH_EDITION
def test_an_agreement_signed_on_any_day_is_filed_on_the_next_working_one(edition: str) -> None:
    for signed in every_day(D("2024-03-01"), D("2024-06-30")):
        steps = by_key(plan(signed, None, edition))
        filed = nth_inclusive(signed, 1)
        assert works(filed)
        assert steps["permit_filing"].earliest == steps["invitation_filing"].earliest == filed
        assert steps["permit_decision"].earliest == nth_after(filed, 14)
        assert steps["notice"].latest == due("notice.concluded", signed, edition).due


@EACH_EDITION
def test_each_step_says_who_acts_and_where_it_stands(edition: str) -> None:
    for step in plan(SIGNED, START, edition):
        assert step.who
        assert set(step.who) <= {"employer", "person", "authority", "consulate"}
        assert step.source
        assert step.evidence in {"seed", "primary", "practitioner", "unverified"}


def test_who_acts() -> None:
    assert {step.key: step.who for step in plan(SIGNED)} == {
        "agreement": ("employer", "person"),
        "medical": ("person",),
        "quota": ("employer",),
        "permit_filing": ("employer",),
        "invitation_filing": ("employer",),
        "visa": ("person", "consulate"),
        "permit_decision": ("authority",),
        "permit_collection": ("person", "authority"),
        "work_right": ("person",),
        "hiring_order": ("employer",),
        "insurance": ("employer", "person"),
        "notice": ("employer",),
    }


def test_a_plan_of_the_law_cites_the_law_where_it_differs() -> None:
    steps = by_key(plan(SIGNED, START, "law"))
    assert steps["medical"].source.startswith("Law 274-FZ")
    assert steps["notice"].source.startswith("Law 115-FZ")
    assert steps["agreement"].source.startswith("HQS procedure card")
    assert all(step.evidence == "seed" for step in plan(SIGNED, START, "card"))


def test_a_plan_is_counted_on_the_calendar_given() -> None:
    calendar = RUSSIA.with_days(off=[SIGNED])
    steps = by_key(plan(SIGNED, START, calendar=calendar))
    assert steps["permit_filing"].earliest == D("2024-04-16")
    assert steps["permit_decision"].earliest == D("2024-05-08")
    assert steps["notice"].latest == D("2024-04-18")


def test_a_plan_refuses_what_it_cannot_count() -> None:
    with pytest.raises(RuleError) as raised:
        plan(SIGNED, START, "new")
    assert raised.value.key == "no_edition"
    for signed in (D("2001-12-31"), D("2061-01-01")):
        with pytest.raises(OutsideCalendar):
            plan(signed)


@pytest.mark.parametrize(
    ("signed", "name"), [("2016-04-01", "Federal Migration"), ("2016-04-05", "Ministry of Internal")]
)
def test_the_authority_has_the_name_of_its_time(signed: str, name: str) -> None:
    handed = {step.key: step.authority for step in plan(date.fromisoformat(signed)) if step.authority}
    assert set(handed) == {"permit_filing", "invitation_filing", "notice"}
    assert all(authority.startswith(name) for authority in handed.values())


@pytest.mark.parametrize(
    ("signed", "edition", "permit", "invitation", "visa"),
    [
        # Filed on the day of signing; the visa after the decision 14 working days later.
        pytest.param("2024-06-28", "law", (3_500, "practitioner"), (800, "practitioner"), (1_920, "practitioner"),
                     id="filed under the old duties, the visa under the next"),
        pytest.param("2024-07-01", "law", (4_200, "practitioner"), (960, "practitioner"), (1_920, "practitioner"),
                     id="the first day of the duties of 2024"),
        pytest.param("2026-07-24", "law", (4_200, "practitioner"), (960, "practitioner"), (6_000, "unverified"),
                     id="the last working day before those of 2026"),
        pytest.param("2026-07-27", "careful", (5_000, "unverified"), (8_000, "unverified"), (6_000, "unverified"),
                     id="the first one after, carefully"),
        pytest.param("2026-07-27", "card", None, None, None, id="the card names none"),
    ],
)  # fmt: skip
def test_the_state_duty_of_a_step(
    signed: str,
    edition: str,
    permit: tuple[int, str] | None,
    invitation: tuple[int, str] | None,
    visa: tuple[int, str] | None,
) -> None:
    steps = plan(D(signed), None, edition)
    found = {step.key: (step.duty.amount, step.duty.evidence) for step in steps if step.duty}
    wanted = {"permit_filing": permit, "invitation_filing": invitation, "visa": visa}
    assert found == {key: duty for key, duty in wanted.items() if duty}
