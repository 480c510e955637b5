"""One term: every unit, direction, start and landing, on dates worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hqs_xl.law import RUSSIA, Step, Term
from hqs_xl.law.terms import Direction, Landing, Start, Unit, months_later

from .oracle import DAY, every_day, works

D = date.fromisoformat
DAYS, WORKING, MONTHS, YEARS = Unit.DAY, Unit.WORKING_DAY, Unit.MONTH, Unit.YEAR
ON, BACK = Direction.FORWARD, Direction.BACKWARD
AFTER, INCL = Start.AFTER, Start.INCLUSIVE
AS_IS, WORKDAY, WEEKDAY = Landing.AS_COUNTED, Landing.PREVIOUS_WORKING_DAY, Landing.PREVIOUS_WEEKDAY

# March 2024: Friday 8 off. April: Saturday 27 works, 29 and 30 off. May: 1, 9 and 10 off.
COUNTS = [
    # Calendar days.
    (30, DAYS, ON, AFTER, "2024-01-15", "2024-02-14", "30 days after"),
    (30, DAYS, ON, INCL, "2024-01-15", "2024-02-13", "30 days, the event's day counted in"),
    (90, DAYS, ON, AFTER, "2024-01-15", "2024-04-14", "90 days over 29 February"),
    (90, DAYS, ON, AFTER, "2023-01-15", "2023-04-15", "90 days of a common year"),
    (1, DAYS, ON, AFTER, "2024-02-28", "2024-02-29", "the day after, in a leap year"),
    (1, DAYS, ON, AFTER, "2023-02-28", "2023-03-01", "the day after, in a common year"),
    (1, DAYS, ON, INCL, "2024-02-28", "2024-02-28", "one day, that day"),
    (1, DAYS, ON, AFTER, "2024-12-31", "2025-01-01", "into the next year"),
    (30, DAYS, BACK, AFTER, "2024-03-31", "2024-03-01", "30 days before"),
    (30, DAYS, BACK, INCL, "2024-03-31", "2024-03-02", "30 days back, the event's day counted in"),
    (31, DAYS, BACK, AFTER, "2024-03-31", "2024-02-29", "31 days before ends on 29 February"),
    (31, DAYS, BACK, AFTER, "2023-03-31", "2023-02-28", "31 days before in a common year"),
    (30, DAYS, BACK, AFTER, "2024-06-09", "2024-05-10", "a backward term stays on a day off"),
    (30, DAYS, ON, AFTER, "2024-02-09", "2024-03-10", "a forward term stays on a Sunday"),
    # Working days.
    (1, WORKING, ON, AFTER, "2024-03-04", "2024-03-05", "from a Monday, day 1 is Tuesday"),
    (1, WORKING, ON, INCL, "2024-03-04", "2024-03-04", "from a Monday, day 1 is that Monday"),
    (3, WORKING, ON, AFTER, "2024-03-04", "2024-03-07", "three after a plain Monday"),
    (3, WORKING, ON, INCL, "2024-03-04", "2024-03-06", "three with a plain Monday"),
    (3, WORKING, ON, AFTER, "2024-03-06", "2024-03-12", "three over 8 March and a weekend"),
    (3, WORKING, ON, INCL, "2024-03-06", "2024-03-11", "three with its own day over 8 March"),
    (1, WORKING, ON, AFTER, "2024-03-08", "2024-03-11", "from a holiday"),
    (1, WORKING, ON, INCL, "2024-03-08", "2024-03-11", "from a holiday, starts coincide"),
    (3, WORKING, ON, INCL, "2024-03-09", "2024-03-13", "from a Saturday, day 1 is Monday"),
    (3, WORKING, ON, AFTER, "2024-03-09", "2024-03-13", "from a Saturday, starts coincide"),
    (3, WORKING, ON, INCL, "2024-04-27", "2024-05-03", "a working Saturday is day 1"),
    (3, WORKING, ON, AFTER, "2024-04-27", "2024-05-06", "after a working Saturday"),
    (3, WORKING, ON, AFTER, "2025-10-31", "2025-11-06", "over a working Saturday and the days moved for it"),
    (14, WORKING, ON, AFTER, "2024-04-15", "2024-05-07", "fourteen over the May days off"),
    (1, WORKING, BACK, AFTER, "2024-03-11", "2024-03-07", "one before, over 8 March"),
    (1, WORKING, BACK, INCL, "2024-03-11", "2024-03-11", "one back is that day"),
    (3, WORKING, BACK, AFTER, "2024-03-11", "2024-03-05", "three before"),
    (3, WORKING, BACK, INCL, "2024-03-11", "2024-03-06", "three back with its own day"),
    (1, WORKING, BACK, INCL, "2024-03-09", "2024-03-07", "one back from a Saturday"),
    (3, WORKING, BACK, INCL, "2024-03-09", "2024-03-05", "three back from a Saturday, starts coincide"),
    (3, WORKING, BACK, AFTER, "2024-03-09", "2024-03-05", "three before a Saturday"),
    (2, WORKING, BACK, INCL, "2024-04-28", "2024-04-26", "back from a Sunday over a working Saturday"),
    # Months: the same day, or the month's last one.
    (1, MONTHS, ON, AFTER, "2024-03-15", "2024-04-15", "a month"),
    (1, MONTHS, ON, AFTER, "2024-01-31", "2024-02-29", "from 31 January of a leap year"),
    (1, MONTHS, ON, AFTER, "2023-01-31", "2023-02-28", "from 31 January of a common year"),
    (1, MONTHS, ON, AFTER, "2023-01-28", "2023-02-28", "28 January has its day in February"),
    (1, MONTHS, ON, AFTER, "2024-02-29", "2024-03-29", "from 29 February, not from the month's end"),
    (1, MONTHS, ON, AFTER, "2024-10-31", "2024-11-30", "31 October to a month of 30 days"),
    (1, MONTHS, ON, AFTER, "2024-12-31", "2025-01-31", "over New Year"),
    (13, MONTHS, ON, AFTER, "2024-01-31", "2025-02-28", "thirteen months"),
    (1, MONTHS, ON, INCL, "2024-04-01", "2024-04-30", "that whole month"),
    (1, MONTHS, ON, INCL, "2024-02-01", "2024-02-29", "that whole February"),
    (1, MONTHS, ON, INCL, "2024-03-15", "2024-04-14", "a month, its day counted in"),
    (1, MONTHS, BACK, AFTER, "2024-03-31", "2024-02-29", "a month before 31 March"),
    (1, MONTHS, BACK, AFTER, "2025-01-15", "2024-12-15", "a month before, over New Year"),
    (1, MONTHS, BACK, INCL, "2024-03-31", "2024-03-01", "that whole month, backward"),
    # Years: the same day; 29 February becomes 28 February.
    (3, YEARS, ON, AFTER, "2024-01-15", "2027-01-15", "three years"),
    (3, YEARS, ON, INCL, "2024-01-15", "2027-01-14", "three years, the first day counted in"),
    (1, YEARS, ON, AFTER, "2024-02-29", "2025-02-28", "from 29 February to a common year"),
    (4, YEARS, ON, AFTER, "2024-02-29", "2028-02-29", "from 29 February to 29 February"),
    (3, YEARS, ON, AFTER, "2024-02-28", "2027-02-28", "the day before 29 February"),
    (3, YEARS, ON, AFTER, "2024-03-01", "2027-03-01", "the day after 29 February"),
    (3, YEARS, ON, INCL, "2024-02-29", "2027-02-27", "from 29 February, counted in"),
    (3, YEARS, ON, INCL, "2025-03-01", "2028-02-29", "counted in, ends on 29 February"),
    (1, YEARS, BACK, AFTER, "2024-02-29", "2023-02-28", "a year before 29 February"),
    (1, YEARS, BACK, INCL, "2024-12-31", "2024-01-01", "that whole year, backward"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "unit", "direction", "start", "event", "expected"),
    [pytest.param(*row[:-1], id=row[-1]) for row in COUNTS],
)
def test_a_term_ends_on(
    *, number: int, unit: Unit, direction: Direction, start: Start, event: str, expected: str
) -> None:
    assert Term(number, unit, direction, start).count(D(event)) == D(expected)


@pytest.mark.parametrize(
    ("event", "landing", "expected"),
    [
        pytest.param("2024-03-06", AS_IS, "2024-03-07", id="a working day stays as counted"),
        pytest.param("2024-03-06", WORKDAY, "2024-03-07", id="a working day is landed on"),
        pytest.param("2024-03-06", WEEKDAY, "2024-03-07", id="a working Thursday is landed on"),
        pytest.param("2024-03-07", AS_IS, "2024-03-08", id="a holiday stays as counted"),
        pytest.param("2024-03-07", WORKDAY, "2024-03-07", id="a holiday moves to the day before"),
        pytest.param("2024-03-09", WORKDAY, "2024-03-07", id="a Sunday moves over a holiday"),
        pytest.param("2024-04-26", AS_IS, "2024-04-27", id="a working Saturday stays as counted"),
        pytest.param("2024-04-26", WORKDAY, "2024-04-27", id="a working Saturday is a working day"),
        pytest.param("2024-04-26", WEEKDAY, "2024-04-26", id="a working Saturday is no Monday to Friday"),
        pytest.param("2024-04-27", WORKDAY, "2024-04-27", id="a Sunday moves to the working Saturday"),
        pytest.param("2024-04-27", WEEKDAY, "2024-04-26", id="a Sunday moves over the working Saturday"),
        pytest.param("2024-04-30", WORKDAY, "2024-04-27", id="1 May moves to the working Saturday"),
        pytest.param("2024-04-30", WEEKDAY, "2024-04-26", id="1 May moves over the working Saturday"),
        pytest.param("2012-03-10", WORKDAY, "2012-03-11", id="a working Sunday is a working day"),
        pytest.param("2012-03-10", WEEKDAY, "2012-03-07", id="from a working Sunday over 8 and 9 March"),
        pytest.param("2025-01-07", WORKDAY, "2024-12-28", id="New Year moves to the year before"),
        pytest.param("2025-01-07", WEEKDAY, "2024-12-27", id="and over its working Saturday"),
    ],
)
def test_a_count_of_one_day_lands_on(event: str, landing: Landing, expected: str) -> None:
    term = Term(1, DAYS, landing=landing)
    assert term.counted(D(event)) == D(event) + DAY
    assert term.count(D(event)) == D(expected)


@pytest.mark.parametrize(
    ("term", "event", "expected"),
    [
        pytest.param(Term(1, WORKING, landing=WEEKDAY), "2024-04-26", "2024-04-26", id="working days"),
        pytest.param(Term(31, DAYS, BACK, landing=WORKDAY), "2025-03-31", "2025-02-28", id="backward days"),
        pytest.param(Term(31, DAYS, BACK, landing=WORKDAY), "2024-06-09", "2024-05-08", id="backward over 9 May"),
        pytest.param(Term(1, MONTHS, ON, INCL, WORKDAY), "2024-04-01", "2024-04-27", id="month, working Saturday"),
        pytest.param(Term(1, MONTHS, ON, INCL, WEEKDAY), "2024-04-01", "2024-04-26", id="month, the Friday before"),
        pytest.param(Term(1, MONTHS, ON, INCL, WEEKDAY), "2026-01-01", "2026-01-30", id="month, plain Saturday"),
        pytest.param(Term(1, YEARS, landing=WORKDAY), "2023-05-12", "2024-05-08", id="year, over Sunday and 9-11 May"),
    ],
)
def test_any_unit_may_land(term: Term, event: str, expected: str) -> None:
    assert term.count(D(event)) == D(expected)


def test_a_term_is_counted_on_the_calendar_given() -> None:
    calendar = RUSSIA.with_days(off=[D("2024-03-05")], on=[D("2024-03-09")])
    assert Term(3, WORKING).count(D("2024-03-04"), calendar) == D("2024-03-09")
    assert Term(3, WORKING, BACK).count(D("2024-03-11"), calendar) == D("2024-03-06")
    assert Term(3, WORKING, BACK, INCL).count(D("2024-03-10"), calendar) == D("2024-03-06")
    assert Term(3, DAYS, landing=WORKDAY).count(D("2024-03-02"), calendar) == D("2024-03-04")
    assert Term(5, DAYS, landing=WEEKDAY).count(D("2024-03-04"), calendar) == D("2024-03-07")


def test_a_plain_term_counts_forward_from_the_day_after_and_stays() -> None:
    term = Term(3, DAYS)
    assert (term.direction, term.start, term.landing) == (ON, AFTER, AS_IS)
    assert repr(term) == "Term(3 day: forward, after, as counted)"


# --- Steps -------------------------------------------------------------------------------------------------------


def told(steps: list[Step]) -> list[tuple[str, int | None, str]]:
    return [(str(step.day), step.number, step.kind) for step in steps]


@pytest.mark.parametrize(
    ("term", "event", "expected"),
    [
        pytest.param(
            Term(3, WORKING),
            "2025-10-31",
            [
                ("2025-11-01", 1, "worked_weekend"),
                ("2025-11-02", None, "sunday"),
                ("2025-11-03", None, "moved_day_off"),
                ("2025-11-04", None, "holiday"),
                ("2025-11-05", 2, "working_day"),
                ("2025-11-06", 3, "working_day"),
            ],
            id="working days after",
        ),
        pytest.param(
            Term(2, WORKING, start=INCL),
            "2024-03-07",
            [
                ("2024-03-07", 1, "working_day"),
                ("2024-03-08", None, "holiday"),
                ("2024-03-09", None, "saturday"),
                ("2024-03-10", None, "sunday"),
                ("2024-03-11", 2, "working_day"),
            ],
            id="working days, inclusive",
        ),
        pytest.param(
            Term(1, WORKING, start=INCL),
            "2024-03-09",
            [("2024-03-09", None, "saturday"), ("2024-03-10", None, "sunday"), ("2024-03-11", 1, "working_day")],
            id="inclusive from a day off",
        ),
        pytest.param(
            Term(2, WORKING, BACK),
            "2024-03-11",
            [
                ("2024-03-10", None, "sunday"),
                ("2024-03-09", None, "saturday"),
                ("2024-03-08", None, "holiday"),
                ("2024-03-07", 1, "working_day"),
                ("2024-03-06", 2, "working_day"),
            ],
            id="working days before",
        ),
        pytest.param(
            Term(1, WORKING, BACK, INCL),
            "2024-03-09",
            [("2024-03-09", None, "saturday"), ("2024-03-08", None, "holiday"), ("2024-03-07", 1, "working_day")],
            id="backward inclusive from a day off",
        ),
        pytest.param(
            Term(90, DAYS),
            "2024-01-15",
            [("2024-01-16", 1, "first_day"), ("2024-04-14", 90, "last_day")],
            id="calendar days after",
        ),
        pytest.param(
            Term(30, DAYS, start=INCL),
            "2024-01-15",
            [("2024-01-15", 1, "first_day"), ("2024-02-13", 30, "last_day")],
            id="calendar days, inclusive",
        ),
        pytest.param(
            Term(30, DAYS, BACK),
            "2025-03-31",
            [("2025-03-30", 1, "first_day"), ("2025-03-01", 30, "last_day")],
            id="calendar days before",
        ),
        pytest.param(
            Term(1, MONTHS, start=INCL, landing=WEEKDAY),
            "2024-04-01",
            [
                ("2024-04-01", 1, "first_day"),
                ("2024-04-30", 30, "last_day"),
                ("2024-04-30", None, "moved_day_off"),
                ("2024-04-29", None, "moved_day_off"),
                ("2024-04-28", None, "sunday"),
                ("2024-04-27", None, "worked_weekend"),
                ("2024-04-26", None, "landed"),
            ],
            id="a month, then back to a Friday",
        ),
        pytest.param(
            Term(31, DAYS, BACK, landing=WORKDAY),
            "2025-04-01",
            [("2025-03-31", 1, "first_day"), ("2025-03-01", 31, "last_day"), ("2025-03-01", None, "saturday"),
             ("2025-02-28", None, "landed")],
            id="backward, then back to a Friday",
        ),
        pytest.param(
            Term(3, YEARS),
            "2024-02-29",
            [("2024-03-01", 1, "first_day"), ("2027-02-28", 1095, "last_day")],
            id="three years from 29 February",
        ),
        pytest.param(
            Term(1, DAYS),
            "2024-03-04",
            [("2024-03-05", 1, "last_day")],
            id="a count of one day tells that day once",
        ),
    ],
)  # fmt: skip
def test_the_steps_of_a_count(term: Term, event: str, expected: list[tuple[str, int | None, str]]) -> None:
    assert told(list(term.steps(D(event)))) == expected


@pytest.mark.parametrize(
    ("day", "source"),
    [
        ("2025-11-01", "Government decree No 1335 of 2024-10-04"),
        ("2025-11-03", "Government decree No 1335 of 2024-10-04"),
        ("2025-11-04", "Labour Code art. 112"),
    ],
    ids=["worked Saturday", "moved day off", "holiday"],
)
def test_a_step_cites_who_says_so(day: str, source: str) -> None:
    steps = {step.day: step for step in Term(3, WORKING).steps(D("2025-10-31"))}
    assert steps[D(day)].source == source


def test_own_days_stand_in_the_steps() -> None:
    calendar = RUSSIA.with_days(off=[D("2024-03-05")], on=[D("2024-03-09")])
    steps = told(list(Term(3, WORKING).steps(D("2024-03-04"), calendar)))
    assert steps == [
        ("2024-03-05", None, "own_day_off"),
        ("2024-03-06", 1, "working_day"),
        ("2024-03-07", 2, "working_day"),
        ("2024-03-08", None, "holiday"),
        ("2024-03-09", 3, "own_working_day"),
    ]


PASSED_OVER = {"saturday", "sunday", "holiday", "moved_day_off"}


@settings(deadline=None, max_examples=400)
@given(
    number=st.integers(1, 40),
    direction=st.sampled_from(Direction),
    start=st.sampled_from(Start),
    event=st.dates(D("2010-06-01"), D("2027-06-30")),
)
def test_a_count_in_working_days_tells_each_day_once(
    number: int, direction: Direction, start: Start, event: date
) -> None:
    """No day is left out, numbers ascend by one, the last counted day is the term's end, a day off has its reason."""
    term = Term(number, WORKING, direction, start)
    steps = list(term.steps(event))
    sign = DAY if direction is ON else -DAY
    first = event if start is INCL else event + sign
    assert [step.day for step in steps] == [first + n * sign for n in range(len(steps))]
    counted = [step for step in steps if step.number is not None]
    assert [step.number for step in counted] == list(range(1, number + 1))
    assert steps[-1] == counted[-1]
    assert steps[-1].day == term.count(event)
    for step in steps:
        assert works(step.day) == (step.number is not None)
        assert (step.kind in PASSED_OVER) == (step.number is None)
        if step.kind in {"holiday", "moved_day_off", "worked_weekend"}:
            assert step.source


@settings(deadline=None, max_examples=400)
@given(
    number=st.integers(2, 100),
    unit=st.sampled_from([DAYS, MONTHS, YEARS]),
    direction=st.sampled_from(Direction),
    start=st.sampled_from(Start),
    landing=st.sampled_from(Landing),
    event=st.dates(D("2014-01-01"), D("2023-12-31")),
)
def test_a_calendar_count_tells_its_first_and_last_day_and_the_way_to_its_landing(
    *, number: int, unit: Unit, direction: Direction, start: Start, landing: Landing, event: date
) -> None:
    number = 2 + number % 3 if unit is not DAYS else number
    term = Term(number, unit, direction, start, landing)
    first, last, *moves = term.steps(event)
    sign = 1 if direction is ON else -1
    assert first.day == (event if start is INCL else event + sign * DAY)
    assert (first.number, first.kind, last.kind) == (1, "first_day", "last_day")
    assert last.day == term.counted(event)
    assert last.number == sign * (last.day - first.day).days + 1
    if unit is DAYS:
        assert last.number == number
    landed = term.count(event)
    assert [step.day for step in moves] == (list(every_day(landed, last.day))[::-1] if landed != last.day else [])
    assert all(step.number is None for step in moves)
    assert [step.kind for step in moves[-1:]] == ["landed"] * bool(moves)
    assert all(step.kind in {*PASSED_OVER, "worked_weekend"} for step in moves[:-1])


@pytest.mark.parametrize("months", [-36, -13, -12, -1, 0, 1, 2, 11, 12, 13, 36, 600])
def test_months_are_those_of_a_walk_over_the_calendar(months: int) -> None:
    for day in every_day(D("2019-12-01"), D("2025-03-31")):
        assert months_later(day, months) == walked(day, months), day


def walked(day: date, months: int) -> date:
    """A calendar turned leaf by leaf: so many months on, then to the same day of it, or the last there is."""
    leaf = day.replace(day=1)
    for _ in range(abs(months)):
        leaf = next_leaf(leaf) if months > 0 else (leaf - DAY).replace(day=1)
    found = leaf
    while found.day < day.day and (found + DAY).month == leaf.month:
        found += DAY
    return found


def next_leaf(leaf: date) -> date:
    found = leaf + DAY
    while found.day != 1:
        found += DAY
    return found
