"""The working-day calendar against its facts, an independent library, and its own promises."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path
from threading import Event, Thread
from typing import Any

import holidays
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from hqs_xl.errors import OutsideCalendar
from hqs_xl.law import RUSSIA, WorkingDays
from hqs_xl.law.decrees import presidential_days
from hqs_xl.law.workdays import FIRST_DAY, LAST_DAY, DayStatus, days_between

from .oracle import DAY, FIRST, HOLIDAYS, LAST, MOVED, WORKED, YEARS, every_day, works

D = date.fromisoformat

WORKING_SATURDAYS_SINCE_2013 = [
    "2016-02-20", "2018-04-28", "2018-06-09", "2018-12-29", "2021-02-20", "2022-03-05",
    "2024-04-27", "2024-11-02", "2024-12-28", "2025-11-01", "2027-02-20",
]  # fmt: skip


# --- Which days work ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", YEARS)
def test_each_day_of_a_year_works_as_its_decree_says(year: int) -> None:
    wrong = [d for d in every_day(date(year, 1, 1), date(year, 12, 31)) if RUSSIA.is_working(d) != works(d)]
    assert not wrong


@pytest.mark.parametrize(("year", "total"), [(year, total) for year, (total, _, _) in YEARS.items()])
def test_each_year_has_its_official_total(year: int, total: int) -> None:
    assert RUSSIA.count(date(year, 1, 1), date(year, 12, 31)) == total


# By version of the library, the days on which it differs from our table. 2014-03-10 is the Monday that 8 March 2014, a
# Saturday, moved to. A version that stands here in no line has to be looked at first.
DIFFERS = {"0.107": ["2014-03-10"], "0.108": ["2014-03-10"], "0.109": ["2014-03-10"]}


def test_each_day_on_which_the_holidays_library_differs_is_known() -> None:
    library: Any = holidays.country_holidays("RU", years=range(FIRST.year, LAST.year + 1))
    differences = [str(day) for day in every_day() if library.is_working_day(day) != RUSSIA.is_working(day)]
    assert version("holidays") in DIFFERS, f"this version differs on {differences}: look at each, add a line"
    assert differences == DIFFERS[version("holidays")]
    assert not RUSSIA.is_working(D("2014-03-10"))


@pytest.mark.parametrize("day", WORKING_SATURDAYS_SINCE_2013)
def test_a_saturday_made_working_is_working(day: str) -> None:
    assert RUSSIA.is_working(D(day))
    assert D(day).weekday() == 5


def test_no_other_saturday_or_sunday_since_2013_is_working() -> None:
    weekends = [day for day in every_day(D("2013-01-01")) if day.weekday() >= 5]
    assert [str(day) for day in weekends if RUSSIA.is_working(day)] == WORKING_SATURDAYS_SINCE_2013


@pytest.mark.parametrize(
    ("day", "working", "kind", "source"),
    [
        pytest.param("2024-03-04", True, "working_day", "", id="plain Monday"),
        pytest.param("2024-03-08", False, "holiday", "Labour Code art. 112", id="8 March on a Friday"),
        pytest.param("2024-03-09", False, "saturday", "", id="plain Saturday"),
        pytest.param("2024-03-10", False, "sunday", "", id="plain Sunday"),
        pytest.param("2025-03-08", False, "holiday", "Labour Code art. 112", id="8 March on a Saturday"),
        pytest.param("2024-04-26", True, "working_day", "", id="day before a working Saturday"),
        pytest.param("2024-04-27", True, "worked_weekend", "No 1314 of 2023-08-10", id="working Saturday"),
        pytest.param("2024-04-28", False, "sunday", "", id="day after a working Saturday"),
        pytest.param("2012-03-11", True, "worked_weekend", "No 581 of 2011-07-20", id="working Sunday"),
        pytest.param("2024-04-29", False, "moved_day_off", "No 1314 of 2023-08-10", id="moved day off"),
        pytest.param("2025-12-31", False, "moved_day_off", "No 1335 of 2024-10-04", id="31 December moved off"),
        pytest.param("2023-12-31", False, "sunday", "", id="31 December on a Sunday"),
        pytest.param("2020-12-31", True, "working_day", "", id="31 December at work"),
        pytest.param("2026-01-09", False, "moved_day_off", "No 1466 of 2025-09-24", id="9 January moved off"),
        pytest.param("2027-02-20", True, "worked_weekend", "No 1187 of 2026-09-17", id="the newest decree"),
        pytest.param("2028-02-23", False, "holiday", "Labour Code art. 112", id="fixed holiday beyond all decrees"),
        pytest.param("2028-06-12", False, "holiday", "Labour Code art. 112", id="12 June beyond all decrees"),
        pytest.param("2028-11-06", False, "moved_day_off", "projected", id="projected Monday after 4 November"),
        pytest.param("2028-12-29", True, "working_day", "", id="plain Friday beyond all decrees"),
    ],
)
def test_the_status_of_a_day_names_the_reason_and_its_source(day: str, working: bool, kind: str, source: str) -> None:
    status = RUSSIA.status(D(day))
    assert (status.working, status.kind) == (working, kind)
    assert source in status.source
    assert bool(source) == bool(status.source)


def test_the_status_of_each_day_agrees_with_is_working_and_names_every_exception() -> None:
    for day in every_day():
        status = RUSSIA.status(day)
        assert status.working == RUSSIA.is_working(day), day
        assert (status.kind == "holiday") == (day in HOLIDAYS), day
        assert (status.kind == "moved_day_off") == (day in MOVED), day
        assert (status.kind == "worked_weekend") == (day in WORKED), day
        if day in HOLIDAYS | MOVED | WORKED:
            assert status.source, day


@pytest.mark.parametrize("year", [2002, 2005, 2009, 2010, 2027, 2028, 2040, 2060])
def test_status_agrees_with_is_working_in_any_year(year: int) -> None:
    for day in every_day(date(year, 1, 1), date(year, 12, 31)):
        assert RUSSIA.status(day).working == RUSSIA.is_working(day), day


# --- Adding and counting -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        pytest.param("2025-10-31", 3, "2025-11-06", id="1 November works, 3-4 November are off"),
        pytest.param("2025-10-31", 1, "2025-11-01", id="next working day is a Saturday"),
        pytest.param("2024-03-07", 1, "2024-03-11", id="over 8 March and a weekend"),
        pytest.param("2024-03-06", 1, "2024-03-07", id="the day before a holiday works"),
        pytest.param("2024-12-27", 2, "2025-01-09", id="28 December works, then New Year"),
        pytest.param("2024-03-09", 1, "2024-03-11", id="from a Saturday"),
        pytest.param("2024-03-09", 0, "2024-03-11", id="0 from a day off is the next working day"),
        pytest.param("2024-03-07", 0, "2024-03-07", id="0 from a working day is that day"),
        pytest.param("2024-04-27", 0, "2024-04-27", id="0 from a working Saturday is that day"),
        pytest.param("2024-03-11", -1, "2024-03-07", id="backward over 8 March"),
        pytest.param("2024-03-09", -1, "2024-03-07", id="backward from a Saturday"),
        pytest.param("2025-01-09", -2, "2024-12-27", id="backward over New Year and a working Saturday"),
        pytest.param("2009-12-31", 1, "2010-01-11", id="into the decree table"),
        pytest.param("2010-01-11", -1, "2009-12-31", id="out of the decree table"),
        pytest.param("2027-12-30", 1, "2028-01-10", id="beyond the decree table"),
        pytest.param("2028-01-10", -1, "2027-12-30", id="back into the decree table"),
    ],
)
def test_the_nth_working_day(day: str, n: int, expected: str) -> None:
    assert RUSSIA.add(D(day), n) == D(expected)


@pytest.mark.parametrize("n", [1, 2, 3, 7, 14, 30, 249])
def test_the_nth_working_day_after_each_day_is_the_one_a_walk_meets(n: int) -> None:
    worked = [day for day in every_day() if works(day)]
    passed = 0  # working days up to and including the event
    for day in every_day(FIRST, D("2026-11-30")):
        passed += works(day)
        assert RUSSIA.add(day, n) == worked[passed + n - 1]


@pytest.mark.parametrize("n", [1, 2, 3, 7, 14, 30, 249])
def test_the_nth_working_day_before_each_day_is_the_one_a_walk_meets(n: int) -> None:
    worked = [day for day in every_day() if works(day)]
    passed = sum(map(works, every_day(FIRST, D("2011-01-31"))))  # working days before the event
    for day in every_day(D("2011-02-01")):
        assert RUSSIA.add(day, -n) == worked[passed - n]
        passed += works(day)


def test_the_last_working_day_on_or_before_each_day() -> None:
    last = D("2010-01-11")
    for day in every_day(last):
        last = day if works(day) else last
        assert RUSSIA.on_or_before(day) == last


@pytest.mark.parametrize(
    ("due", "day"),
    [
        pytest.param("2002-01-01", "2002-01-01", id="the calendar's first day, no working day before it"),
        pytest.param("2002-01-02", "2002-01-02", id="the last day off before its first working day"),
        pytest.param("2002-01-03", "2002-01-03", id="its first working day"),
        pytest.param("2002-01-05", "2002-01-04", id="a Saturday after it"),
        pytest.param("2060-12-31", "2060-12-31", id="its last day"),
    ],
)
def test_the_day_to_act_by_is_never_wanting(due: str, day: str) -> None:
    assert RUSSIA.act_by(D(due)) == D(day)


@pytest.mark.parametrize("due", ["2001-12-31", "2061-01-01"])
def test_there_is_no_day_to_act_by_outside_the_calendar(due: str) -> None:
    with pytest.raises(OutsideCalendar):
        RUSSIA.act_by(D(due))


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        pytest.param("2024-03-04", "2024-03-04", 1, id="one working day"),
        pytest.param("2024-03-08", "2024-03-08", 0, id="one day off"),
        pytest.param("2024-03-04", "2024-03-11", 5, id="a week with 8 March"),
        pytest.param("2024-03-11", "2024-03-04", -5, id="reversed"),
        pytest.param("2024-04-22", "2024-04-28", 6, id="a week with a working Saturday"),
        pytest.param("2024-04-29", "2024-05-05", 2, id="the short week after it"),
        pytest.param("2025-12-31", "2026-01-11", 0, id="New Year"),
        pytest.param("2009-12-31", "2010-01-11", 2, id="into the decree table"),
        pytest.param("2027-12-30", "2028-01-10", 2, id="beyond the decree table"),
        pytest.param("2010-01-01", "2027-12-31", sum(total for total, _, _ in YEARS.values()), id="the whole table"),
    ],
)
def test_counting_working_days_between_two_days(first: str, last: str, expected: int) -> None:
    assert RUSSIA.count(D(first), D(last)) == expected


def test_a_calendar_may_be_asked_in_any_order() -> None:
    """Years are held only when touched; which one was touched first must not matter."""
    questions: list[Callable[[WorkingDays], object]] = [
        lambda calendar: calendar.add(D("2010-01-11"), -1),
        lambda calendar: calendar.add(D("2027-12-30"), 1),
        lambda calendar: calendar.is_working(D("2005-05-10")),
        lambda calendar: calendar.is_working(D("2024-04-27")),
        lambda calendar: calendar.count(D("2005-01-01"), D("2035-12-31")),
        lambda calendar: calendar.count(D("2035-12-31"), D("2024-01-01")),
        lambda calendar: calendar.on_or_before(D("2010-01-03")),
    ]
    answers = [question(RUSSIA) for question in questions]
    for first in range(len(questions)):
        calendar = WorkingDays()
        order = questions[first:] + questions[:first]
        assert [question(calendar) for question in order] == answers[first:] + answers[:first]


def test_threads_that_touch_other_years_do_not_mislead_one_another() -> None:
    """A calendar grows while others ask it: each answer is of the old years held or of the new, never of a mix."""
    days = [date(2014, month, 15) for month in range(1, 13)]
    expected = [RUSSIA.add(day, 7) for day in days]
    wrong: list[date] = []
    pause = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(5):
            calendar, done = WorkingDays(), Event()
            calendar.is_working(days[0])

            def ask(calendar: WorkingDays = calendar, done: Event = done) -> None:
                while not done.is_set():
                    wrong.extend(
                        day for day, answer in zip(days, expected, strict=True) if calendar.add(day, 7) != answer
                    )

            threads = [Thread(target=ask) for _ in range(3)]
            for thread in threads:
                thread.start()
            calendar.is_working(D("2005-05-10"))
            done.set()
            for thread in threads:
                thread.join()
    finally:
        sys.setswitchinterval(pause)
    assert not wrong


# --- Where the calendar ends -------------------------------------------------------------------------------------

LAST_FRIDAY = D("2060-12-31")
FIRST_WORKING = D("2002-01-03")  # 1 and 2 January were off


def test_the_calendar_holds_2002_to_2060() -> None:
    assert str(FIRST_DAY) == "2002-01-01"
    assert str(LAST_DAY) == "2060-12-31"
    assert not RUSSIA.is_working(FIRST_DAY)
    assert RUSSIA.is_working(LAST_DAY)


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        pytest.param("2002-01-01", 0, "2002-01-03", id="0 on the first day"),
        pytest.param("2002-01-01", 1, "2002-01-03", id="1 after the first day"),
        pytest.param("2002-01-04", -1, "2002-01-03", id="back to the first working day"),
        pytest.param("2060-12-31", 0, "2060-12-31", id="0 on the last day"),
        pytest.param("2060-12-30", 1, "2060-12-31", id="1 to the last day"),
        pytest.param("2060-12-31", -1, "2060-12-30", id="1 before the last day"),
    ],
)
def test_the_first_and_the_last_days_are_answered(day: str, n: int, expected: str) -> None:
    assert RUSSIA.add(D(day), n) == D(expected)


ALL = 10**9
OUTSIDE = [
    pytest.param(lambda c: c.is_working(D("2001-12-31")), id="is_working the day before"),
    pytest.param(lambda c: c.is_working(D("2061-01-01")), id="is_working the day after"),
    pytest.param(lambda c: c.is_working(date.min), id="is_working the first date there is"),
    pytest.param(lambda c: c.is_working(date.max), id="is_working the last date there is"),
    pytest.param(lambda c: c.status(D("2001-12-31")), id="status the day before"),
    pytest.param(lambda c: c.status(D("2061-01-01")), id="status the day after"),
    pytest.param(lambda c: c.on_or_before(D("2001-12-31")), id="on_or_before the day before"),
    pytest.param(lambda c: c.on_or_before(D("2002-01-02")), id="on_or_before among the first days off"),
    pytest.param(lambda c: c.on_or_before(D("2061-01-01")), id="on_or_before the day after"),
    pytest.param(lambda c: c.add(D("2001-12-31"), 1), id="add from the day before"),
    pytest.param(lambda c: c.add(D("2001-12-31"), 0), id="add 0 from the day before"),
    pytest.param(lambda c: c.add(D("2001-12-31"), 5), id="add from before into the calendar"),
    pytest.param(lambda c: c.add(D("2061-01-01"), -1), id="add from the day after back into the calendar"),
    pytest.param(lambda c: c.add(LAST_FRIDAY, 1), id="add past the end"),
    pytest.param(lambda c: c.add(FIRST_WORKING, -1), id="add past the beginning"),
    pytest.param(lambda c: c.add(D("2002-01-01"), -1), id="add back from the first day"),
    pytest.param(lambda c: c.add(D("2024-03-04"), ALL), id="add a huge number"),
    pytest.param(lambda c: c.add(D("2024-03-04"), -ALL), id="add a huge negative number"),
    pytest.param(lambda c: c.add(D("2024-03-04"), 10**30), id="add a number past any machine word"),
    pytest.param(lambda c: c.count(D("2001-12-31"), D("2024-01-01")), id="count from the day before"),
    pytest.param(lambda c: c.count(D("2024-01-01"), D("2061-01-01")), id="count to the day after"),
    pytest.param(lambda c: c.count(D("2061-01-01"), D("2024-01-01")), id="count reversed from the day after"),
    pytest.param(lambda c: c.count(D("1999-01-01"), D("2001-01-01")), id="count all before"),
    pytest.param(lambda c: c.count(D("2061-01-01"), D("2062-01-01")), id="count all after"),
    pytest.param(lambda c: c.count(date.min, date.max), id="count all dates there are"),
]  # fmt: skip


@pytest.mark.parametrize("fresh", [True, False], ids=["new calendar", "calendar in use"])
@pytest.mark.parametrize("question", OUTSIDE)
def test_beyond_the_calendar_there_is_a_clear_error(question: Callable[[WorkingDays], object], fresh: bool) -> None:
    with pytest.raises(OutsideCalendar) as error:
        question(WorkingDays() if fresh else RUSSIA)
    assert error.value.key == "outside_calendar"
    assert isinstance(error.value.fields["day"], date)


@pytest.mark.parametrize("day", ["2001-12-31", "2061-01-01"], ids=["day before", "day after"])
def test_own_days_do_not_widen_the_calendar(day: str) -> None:
    """Every method says the same of a day outside, also where the user named that very day."""
    calendar = RUSSIA.with_days(on=[D(day)])
    with pytest.raises(OutsideCalendar):
        calendar.is_working(D(day))
    with pytest.raises(OutsideCalendar):
        calendar.status(D(day))


# --- The presidential days ---------------------------------------------------------------------------------------


def test_the_presidential_days_are_those_of_2020_and_2021() -> None:
    spans = [("2020-03-30", "2020-05-08"), ("2020-06-24", "2020-06-24"), ("2020-07-01", "2020-07-01"),
             ("2021-05-04", "2021-05-07"), ("2021-11-01", "2021-11-03")]  # fmt: skip
    assert presidential_days() == {day for first, last in spans for day in every_day(D(first), D(last))}


def test_the_presidential_days_work_by_default() -> None:
    assert sum(map(RUSSIA.is_working, presidential_days())) == sum(map(works, presidential_days())) == 36
    assert RUSSIA.add(D("2020-03-27"), 1) == D("2020-03-30")
    assert RUSSIA.add(D("2021-10-29"), 1) == D("2021-11-01")


def test_a_setting_switches_the_presidential_days_off() -> None:
    calendar = RUSSIA.with_days(off=presidential_days())
    assert not any(map(calendar.is_working, presidential_days()))
    assert calendar.add(D("2020-03-27"), 1) == D("2020-05-12")
    assert calendar.add(D("2021-10-29"), 1) == D("2021-11-08")
    assert calendar.count(D("2020-01-01"), D("2020-12-31")) == 248 - 29
    assert calendar.status(D("2020-04-01")) == DayStatus(working=False, kind="own_day_off")


# --- One's own days ----------------------------------------------------------------------------------------------


def test_own_days_win_over_all() -> None:
    calendar = RUSSIA.with_days(off=[D("2024-03-05"), D("2024-04-27")], on=[D("2024-03-08"), D("2024-03-10")])
    assert [calendar.is_working(D(f"2024-03-{n:02}")) for n in (4, 5, 6, 7, 8, 9, 10, 11)] == [
        True, False, True, True, True, False, True, True,
    ]  # fmt: skip
    assert not calendar.is_working(D("2024-04-27"))
    assert calendar.add(D("2024-03-04"), 4) == D("2024-03-10")
    assert calendar.add(D("2024-03-11"), -5) == D("2024-03-04")
    assert calendar.count(D("2024-03-04"), D("2024-03-11")) == 6
    assert calendar.on_or_before(D("2024-03-05")) == D("2024-03-04")


def test_own_days_name_themselves() -> None:
    calendar = RUSSIA.with_days(off=[D("2024-03-05")], on=[D("2024-03-08")])
    assert calendar.status(D("2024-03-05")) == DayStatus(working=False, kind="own_day_off")
    assert calendar.status(D("2024-03-08")) == DayStatus(working=True, kind="own_working_day")
    assert calendar.status(D("2024-03-06")) == RUSSIA.status(D("2024-03-06"))


def test_own_days_leave_the_official_calendar_alone() -> None:
    RUSSIA.with_days(off=[D("2024-03-05")])
    assert RUSSIA.is_working(D("2024-03-05"))


def test_a_later_word_on_a_day_wins() -> None:
    day, other = D("2024-03-05"), D("2024-03-08")
    calendar = RUSSIA.with_days(off=[day], on=[other]).with_days(off=[other], on=[day])
    assert (calendar.is_working(day), calendar.is_working(other)) == (True, False)
    assert calendar.status(other).kind == "own_day_off"


def test_an_earlier_word_on_another_day_stands() -> None:
    calendar = RUSSIA.with_days(off=[D("2024-03-05")]).with_days(off=[D("2024-03-06")])
    assert calendar.add(D("2024-03-04"), 1) == D("2024-03-07")


def test_own_days_may_lie_in_any_year() -> None:
    calendar = RUSSIA.with_days(off=[D("2005-05-12"), D("2035-05-10")], on=[D("2035-05-12")])
    assert [calendar.is_working(D(day)) for day in ("2005-05-12", "2035-05-10", "2035-05-12")] == [False, False, True]


@pytest.mark.parametrize("make", [WorkingDays, RUSSIA.with_days], ids=["new calendar", "with_days"])
def test_one_day_cannot_be_both(make: Callable[..., WorkingDays]) -> None:
    with pytest.raises(ValueError, match="2024-03-05"):
        make(off=[D("2024-03-05"), D("2024-03-06")], on=[D("2024-03-05")])


def test_own_days_may_come_from_an_iterator() -> None:
    def own() -> Iterator[date]:
        yield D("2024-03-05")

    assert not RUSSIA.with_days(off=own()).is_working(D("2024-03-05"))
    assert not WorkingDays(off=own()).is_working(D("2024-03-05"))


# --- What is known -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "known"),
    [
        ("2001-12-31", False), ("2010-01-01", True), ("2024-03-04", True), ("2027-12-31", True),
        ("2028-01-01", False), ("2060-12-31", False), ("2061-01-01", False),
    ],
)  # fmt: skip
def test_a_day_is_known_while_its_year_is_decreed(day: str, known: bool) -> None:
    assert RUSSIA.is_known(D(day)) is known


def test_the_decrees_are_known_through_2027() -> None:
    assert RUSSIA.known_through >= D("2027-12-31")
    assert RUSSIA.is_known(RUSSIA.known_through)
    assert not RUSSIA.is_known(RUSSIA.known_through + DAY)


def test_own_days_do_not_move_the_horizon() -> None:
    assert RUSSIA.with_days(off=[D("2028-01-10")]).known_through == RUSSIA.known_through


def test_asking_of_the_decreed_years_loads_no_library() -> None:
    """The holidays library takes 150 ms to load: too long for a cell that asks of 2024."""
    code = """
import sys
from datetime import date
from hqs_xl.law import EDITIONS, RUSSIA, due, file_by, insurance_gap, plan
from hqs_xl.law.decrees import presidential_days
RUSSIA.add(date(2024, 3, 4), 14)
RUSSIA.count(date(2010, 1, 1), date(2027, 12, 31))
RUSSIA.status(date(2027, 12, 31))
RUSSIA.with_days(off=presidential_days()).on_or_before(date(2020, 5, 8))
for edition in EDITIONS:
    assert not due("registration.entry", date(2024, 1, 15), edition).provisional
    due("notice.salary", "2026Q1", edition).steps
    file_by(date(2024, 6, 3), edition)
    plan(date(2024, 3, 4), date(2024, 6, 3), edition)
loaded = {"holidays", "openpyxl", "pydantic", "xlwings", "numpy", "pandas"} & set(sys.modules)
assert not loaded, loaded
"""
    root = Path(__file__).parents[2]
    done = subprocess.run(  # noqa: S603 - our own interpreter, our own lines
        [sys.executable, "-W", "error", "-c", code], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


# --- What holds for all days -------------------------------------------------------------------------------------

whole = st.dates(FIRST_DAY, LAST_DAY)
inner = st.dates(D("2003-01-01"), D("2059-12-31"))
own_days = st.frozensets(st.dates(D("2023-12-01"), D("2024-03-31")), max_size=25)
near = st.dates(D("2024-01-01"), D("2024-02-29"))
small = st.integers(1, 200)
properties = settings(deadline=None, max_examples=300)


@properties
@given(day=inner, n=small)
@example(day=D("2027-12-31"), n=1)
@example(day=D("2010-01-01"), n=1)
def test_adding_is_undone_by_subtracting(day: date, n: int) -> None:
    start = RUSSIA.add(day, 0)
    assert RUSSIA.add(RUSSIA.add(start, n), -n) == start
    back = RUSSIA.on_or_before(day)
    assert RUSSIA.add(RUSSIA.add(back, -n), n) == back


@properties
@given(day=inner, n=small)
def test_the_nth_working_day_has_n_working_days_up_to_it(day: date, n: int) -> None:
    end, begin = RUSSIA.add(day, n), RUSSIA.add(day, -n)
    assert RUSSIA.is_working(end)
    assert RUSSIA.is_working(begin)
    assert RUSSIA.count(day + DAY, end) == RUSSIA.count(begin, day - DAY) == n
    assert begin < day < end


@properties
@given(one=inner, other=inner, n=st.integers(-200, 200))
def test_a_later_event_never_ends_earlier(one: date, other: date, n: int) -> None:
    assert RUSSIA.add(min(one, other), n) <= RUSSIA.add(max(one, other), n)


@properties
@given(day=inner, n=st.integers(-200, 199))
def test_one_more_working_day_ends_later(day: date, n: int) -> None:
    assert RUSSIA.add(day, n) <= RUSSIA.add(day, n + 1)
    assume(n not in {-1, 0})  # 0 is the day itself or the next working day, which 1 may be as well
    assert RUSSIA.add(day, n) < RUSSIA.add(day, n + 1)


@properties
@given(a=whole, b=whole, c=whole)
def test_counts_of_adjoining_spans_add_up(a: date, b: date, c: date) -> None:
    a, b, c = sorted((a, b, c))
    assume(b < c)
    assert RUSSIA.count(a, b) + RUSSIA.count(b + DAY, c) == RUSSIA.count(a, c)
    assert RUSSIA.count(c, a) == -RUSSIA.count(a, c)


@properties
@given(first=whole, length=st.integers(0, 400))
def test_a_count_is_the_number_of_days_that_work(first: date, length: int) -> None:
    last = min(first + timedelta(days=length), LAST_DAY)
    assert RUSSIA.count(first, last) == sum(map(RUSSIA.is_working, every_day(first, last)))


@properties
@given(day=whole, n=st.one_of(st.integers(-16000, 16000), st.integers()))
def test_an_answer_is_a_right_one_or_a_clear_error(day: date, n: int) -> None:
    """No index wraps round, and no other exception escapes."""
    try:
        end = RUSSIA.add(day, n)
    except OutsideCalendar:
        if n > 0:
            assert day == LAST_DAY or RUSSIA.count(day + DAY, LAST_DAY) < n
        elif n < 0:
            assert day == FIRST_DAY or RUSSIA.count(FIRST_DAY, day - DAY) < -n
        else:
            assert RUSSIA.count(day, LAST_DAY) == 0
    else:
        assert RUSSIA.is_working(end)
        assert (end > day) if n > 0 else (end < day) if n < 0 else (end >= day)


@settings(deadline=None, max_examples=100)
@given(off=own_days, on=own_days, day=near, n=st.integers(1, 20))
def test_the_same_holds_with_own_days(off: frozenset[date], on: frozenset[date], day: date, n: int) -> None:
    calendar = RUSSIA.with_days(off=off - on, on=on)
    candidate, left = day, n
    while left:
        candidate += DAY
        left -= candidate in on or (candidate not in off and works(candidate))
    assert calendar.add(day, n) == candidate
    assert calendar.count(day + DAY, candidate) == n
    assert calendar.add(calendar.add(day, n), -n) == calendar.on_or_before(day)
    assert calendar.add(day, n) <= calendar.add(day + DAY, n)
    for each in every_day(day, candidate):
        assert calendar.status(each).working == calendar.is_working(each)


@given(first=st.dates(D("2024-01-01"), D("2024-02-29")), last=st.dates(D("2024-01-01"), D("2024-02-29")))
def test_days_between_are_all_days_in_the_order_asked(first: date, last: date) -> None:
    found = list(days_between(first, last))
    expected = list(every_day(min(first, last), max(first, last)))
    assert found == (expected if first <= last else expected[::-1])
