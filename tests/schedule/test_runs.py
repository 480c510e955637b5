"""When a schedule runs: read back from what each scheduler holds, counted, said in words."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hqs_xl.schedule.cron import Cron
from hqs_xl.schedule.plan import Plan, Scheduler, Times
from hqs_xl.schedule.runs import day_words, next_runs, run_lines
from hqs_xl.schedule.systemd import Systemd
from hqs_xl.schedule.windows import Windows

SCHEDULERS = (Windows(), Systemd(), Cron())
WEEKDAYS = (0, 1, 2, 3, 4)
EVERY_DAY = tuple(range(7))
SOME_DAYS = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
TIMES = st.builds(
    lambda hour, minute, days: Times(time(hour, minute), days), st.integers(0, 23), st.integers(0, 59), SOME_DAYS
)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize("scheduler", SCHEDULERS, ids=lambda one: one.name)
@given(times=TIMES)
def test_what_a_scheduler_holds_says_when_it_runs(scheduler: Scheduler, times: Times) -> None:
    plan = Plan(("python", "-m", "hqs_xl"), times.at, times.days)
    held = "\n".join(text for _, text in scheduler.drafted(plan, moment("2026-11-28").date()))
    assert scheduler.times(held) == times


@pytest.mark.parametrize(
    ("scheduler", "held"),
    [
        pytest.param(Systemd(), "[Timer]\nOnCalendar=hourly\n", id="another calendar"),
        pytest.param(Systemd(), "[Timer]\nOnCalendar=Mon *-*-* 25:00:00\n", id="no hour of the day"),
        pytest.param(Systemd(), "[Timer]\nOnCalendar=, *-*-* 05:00:00\n", id="no day"),
        pytest.param(Systemd(), "[Timer]\n", id="no calendar"),
        pytest.param(Cron(), "*/5 * * * * python\n", id="every five minutes"),
        pytest.param(Cron(), "30 7 1 * * python\n", id="once a month"),
        pytest.param(Cron(), "# nothing\n", id="no line"),
        pytest.param(Windows(), "<StartBoundary>2026-11-28T07:30:00</StartBoundary>", id="no day of the week"),
        pytest.param(Windows(), "<Monday /><StartBoundary>2026-11-28T07:30:00" * 2, id="two triggers"),
        pytest.param(Windows(), "<Monday />", id="no time"),
    ],
)
def test_times_that_no_plan_of_ours_has_are_not_guessed(scheduler: Scheduler, held: str) -> None:
    assert scheduler.times(held) is None


@pytest.mark.parametrize(
    ("now", "first"),
    [
        pytest.param("2026-11-27T07:29:59", "2026-11-27T07:30:00", id="a second before"),
        pytest.param(
            "2026-11-27T07:30:00", "2026-11-30T07:30:00", id="at that very moment: the one after, past a weekend"
        ),
        pytest.param("2026-11-27T07:30:01", "2026-11-30T07:30:00", id="a second after"),
        pytest.param(
            "2026-12-31T08:00:00", "2027-01-01T07:30:00", id="over the new year: a schedule knows no holidays"
        ),
        pytest.param("2028-02-28T08:00:00", "2028-02-29T07:30:00", id="29 February"),
    ],
)
def test_the_next_run(now: str, first: str) -> None:
    found = next_runs(Times(time(7, 30), WEEKDAYS), moment(now))
    assert found[0] == datetime.fromisoformat(first)
    assert len(found) == 5


@given(times=TIMES, now=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)))
def test_runs_are_those_of_a_walk_from_day_to_day(times: Times, now: datetime) -> None:
    days = (now.date() + timedelta(days=n) for n in range(40))
    walked = [datetime.combine(day, times.at) for day in days if day.weekday() in times.days]
    assert next_runs(times, now) == [one for one in walked if one > now][:5]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (EVERY_DAY, "every day"),
        (WEEKDAYS, "Mon-Fri"),
        ((0, 2, 4), "Mon, Wed, Fri"),
        ((0, 1), "Mon, Tue"),
        ((0, 1, 3, 4, 5), "Mon, Tue, Thu-Sat"),
        ((6,), "Sun"),
    ],
)
def test_days_in_words(days: tuple[int, ...], words: str) -> None:
    assert day_words(days, "en") == words


def test_a_schedule_in_russian() -> None:
    assert run_lines(Times(time(7, 5), (0, 1, 2)), moment("2026-11-28T12:00"), "ru") == [
        "Запускается в 07:05, Пн-Ср.",
        "Ближайшие запуски:",
        "  Пн 30.11.2026 07:05",
        "  Вт 01.12.2026 07:05",
        "  Ср 02.12.2026 07:05",
        "  Пн 07.12.2026 07:05",
        "  Вт 08.12.2026 07:05",
    ]
