"""The calendar and the rules read a second time, the naive way: one day after another, no look-ups.

Nothing here is taken from the package's own data or arithmetic, with one exception: see ``works``.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from hqs_xl.law import RUSSIA

FIRST, LAST = date(2010, 1, 1), date(2027, 12, 31)
DAY = timedelta(days=1)

# Day and month, as Russian calendars print them.
FIXED = "01.01 02.01 03.01 04.01 05.01 06.01 07.01 08.01 23.02 08.03 01.05 09.05 12.06 04.11"

# Year: official total of working days, further weekdays off, weekend days worked.
YEARS = {
    2010: (249, "22.02 03.05 10.05 14.06 05.11", "27.02 13.11"),
    2011: (248, "10.01 07.03 02.05 13.06", "05.03"),
    2012: (249, "09.01 09.03 30.04 07.05 08.05 11.06 05.11 31.12", "11.03 28.04 05.05 12.05 09.06 29.12"),
    2013: (247, "02.05 03.05 10.05", ""),
    2014: (247, "10.03 02.05 13.06 03.11", ""),
    2015: (247, "09.01 09.03 04.05 11.05", ""),
    2016: (247, "22.02 07.03 02.05 03.05 13.06", "20.02"),
    2017: (247, "24.02 08.05 06.11", ""),
    2018: (247, "09.03 30.04 02.05 11.06 05.11 31.12", "28.04 09.06 29.12"),
    2019: (247, "02.05 03.05 10.05", ""),
    2020: (248, "24.02 09.03 04.05 05.05 11.05", ""),
    2021: (247, "22.02 03.05 10.05 14.06 05.11 31.12", "20.02"),
    2022: (247, "07.03 02.05 03.05 10.05 13.06", "05.03"),
    2023: (247, "24.02 08.05 06.11", ""),
    2024: (248, "29.04 30.04 10.05 30.12 31.12", "27.04 02.11 28.12"),
    2025: (247, "02.05 08.05 13.06 03.11 31.12", "01.11"),
    2026: (247, "09.01 09.03 11.05 31.12", ""),
    2027: (247, "22.02 03.05 10.05 14.06 05.11 31.12", "20.02"),
}

Rule = Callable[[date], date | None]


def every_day(first: date = FIRST, last: date = LAST) -> Iterator[date]:
    """Each day from first to last."""
    day = first
    while day <= last:
        yield day
        day += DAY


def days(text: str, year: int) -> set[date]:
    """The days of a year written ``31.12 01.01``."""
    return {date(year, int(word[3:]), int(word[:2])) for word in text.split()}


HOLIDAYS = {day for year in YEARS for day in days(FIXED, year)}
MOVED = {day for year, (_, off, _) in YEARS.items() for day in days(off, year)}
WORKED = {day for year, (_, _, worked) in YEARS.items() for day in days(worked, year)}
OFF = {day for day in every_day() if day in HOLIDAYS or day in MOVED or (day.weekday() > 4 and day not in WORKED)}


def works(day: date) -> bool:
    """Whether a day is worked.

    Beyond 2027 no decree is known and the calendar's facts end, so that there is nothing to hold the package's
    projection against: those days are asked of the package, and only the walk over them is ours.
    """
    return day not in OFF if FIRST <= day <= LAST else RUSSIA.is_working(day)


def nth_after(event: date, n: int) -> date:
    """The n-th working day, the day after the event being the first candidate."""
    day = event
    while n:
        day += DAY
        n -= works(day)
    return day


def nth_inclusive(event: date, n: int) -> date:
    """The n-th working day, the event's own day being the first candidate."""
    return nth_after(event - DAY, n)


def working_on_or_before(day: date) -> date:
    """The last working day not later than a day."""
    while not works(day):
        day -= DAY
    return day


def monday_to_friday_on_or_before(day: date) -> date:
    """The last working day not later than a day that is no Saturday or Sunday made working."""
    while not works(day) or day.weekday() > 4:
        day -= DAY
    return day


def days_after(day: date, n: int) -> date:
    """The n-th calendar day, the day after the event being the first."""
    for _ in range(n):
        day += DAY
    return day


def days_before(day: date, n: int) -> date:
    """The n-th calendar day back, the day before the event being the first."""
    for _ in range(n):
        day -= DAY
    return day


def next_month(day: date) -> date:
    """The same day of the next month, or that month's last day."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def three_years(day: date) -> date:
    """The same day three years on; 29 February becomes 28 February."""
    return date(day.year + 3, 2, 28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 3)


def next_year(day: date) -> date:
    """The same day a year on; 29 February becomes 28 February."""
    return date(day.year + 1, 2, 28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)


def last_of_month_after_quarter(day: date) -> date:
    """The last calendar day of the month that follows the day's quarter."""
    while day.month not in {3, 6, 9, 12} or (day + DAY).month == day.month:
        day += DAY
    month = (day + DAY).month
    while (day + DAY).month == month:
        day += DAY
    return day


def since(first: date, rule: Rule, before: Rule = lambda _: None) -> Rule:
    """A rule for events from ``first`` on, another one for earlier events."""
    return lambda event: rule(event) if event >= first else before(event)


def card_registration(free: int) -> Rule:
    """Free days, then three working days."""
    return lambda event: nth_after(days_after(event, free), 3)


def law_registration(free: int) -> Rule:
    """Free days, then seven working days for arrivals from 2011-03-25."""
    return since(date(2011, 3, 25), lambda event: nth_after(days_after(event, free), 7), card_registration(free))


def working_day_within(days_from_event: int) -> Rule:
    """The last working day on or before the event plus so many days."""
    return lambda event: working_on_or_before(days_after(event, days_from_event))


def notice_inclusive(event: date) -> date:
    """Three working days, the event's day inclusive."""
    return nth_inclusive(event, 3)


NOTICE_IN_LAW = since(date(2018, 4, 20), lambda event: nth_after(event, 3), notice_inclusive)
EXAM, EXAM_FOR_ALL, COLLECT, COLLECT_EARLY = date(2021, 12, 29), date(2026, 9, 1), date(2024, 1, 7), date(2023, 7, 10)
REPEAT, REPEAT_FAMILY, YEAR_AT_MOST = date(2022, 7, 14), date(2023, 7, 10), date(2025, 2, 5)
PASSPORT, LEAVE, LEAVE_EARLY, SUSPENSION = date(2015, 6, 30), date(2024, 1, 7), date(2024, 1, 6), date(2014, 12, 13)


def none(_: date) -> None:
    """The edition has no such rule."""


def same(rule: Rule) -> dict[str, Rule]:
    """One reading in all three editions."""
    return {"card": rule, "law": rule, "careful": rule}


# rules.md, section 4, line by line; without the agreement's end, which the two last days below are cut to.
RULES: dict[str, dict[str, Rule]] = {
    "permit.decision": same(lambda filed: nth_after(filed, 14)),
    "permit.renewal": {
        "card": lambda expires: days_before(expires, 30),
        "law": lambda expires: days_before(expires, 30),
        "careful": lambda expires: working_on_or_before(days_before(expires, 31)),
    },
    "permit.last_day": {
        "card": three_years,
        "law": three_years,
        "careful": lambda start: three_years(start) - DAY,
    },
    "visa.last_day": {
        "card": three_years,
        "law": three_years,
        "careful": lambda start: three_years(start) - DAY,
    },
    "registration.entry": {
        "card": card_registration(90),
        "law": law_registration(90),
        "careful": working_day_within(89),
    },
    "registration.move": {
        "card": card_registration(30),
        "law": law_registration(30),
        "careful": working_day_within(29),
    },
    "notice.concluded": {"card": notice_inclusive, "law": NOTICE_IN_LAW, "careful": notice_inclusive},
    "notice.terminated": {"card": notice_inclusive, "law": NOTICE_IN_LAW, "careful": notice_inclusive},
    "notice.salary": {
        "card": lambda day: working_on_or_before(last_of_month_after_quarter(day)),
        "law": lambda day: working_on_or_before(last_of_month_after_quarter(day)),
        "careful": lambda day: monday_to_friday_on_or_before(last_of_month_after_quarter(day)),
    },
    "medical.exam": {
        "card": none,
        "law": since(EXAM, lambda entered: days_after(entered, 30)),
        "careful": since(EXAM, working_day_within(29)),
    },
    # Of the family: 90 days, and 30 since the law has one term for everybody.
    "medical.exam_family": {
        "card": none,
        "law": since(
            EXAM_FOR_ALL, lambda entered: days_after(entered, 30), since(EXAM, lambda entered: days_after(entered, 90))
        ),
        "careful": since(EXAM_FOR_ALL, working_day_within(29), since(EXAM, working_day_within(89))),
    },
    # Its papers, from the day it was passed on.
    "medical.validity": {
        "card": none,
        "law": since(EXAM, next_year),
        "careful": since(EXAM, lambda done: days_before(next_year(done), 1)),
    },
    "medical.repeat": {
        "card": none,
        "law": since(REPEAT, lambda decided: days_after(decided, 30)),
        "careful": since(REPEAT, working_day_within(29)),
    },
    "medical.repeat_family": {
        "card": none,
        "law": since(REPEAT_FAMILY, lambda decided: days_after(decided, 30)),
        "careful": since(REPEAT_FAMILY, working_day_within(29)),
    },
    "registration.last_day": {
        "card": none,
        "law": since(YEAR_AT_MOST, next_year),
        "careful": since(YEAR_AT_MOST, next_year),
    },
    # The start is disputed: the law's reading takes the later date, the careful one the earlier.
    "permit.collect": {
        "card": none,
        "law": since(COLLECT, lambda decided: days_after(decided, 30)),
        "careful": since(COLLECT_EARLY, working_day_within(29)),
    },
    "permit.passport_change": {
        "card": none,
        "law": since(PASSPORT, lambda changed: nth_after(changed, 7)),
        "careful": since(PASSPORT, lambda changed: nth_inclusive(changed, 7)),
    },
    "leave.after_termination": {
        "card": none,
        "law": since(
            LEAVE,
            lambda ended: days_after(nth_after(ended, 30), 30),
            lambda ended: nth_after(nth_after(ended, 30), 30),
        ),
        "careful": since(
            LEAVE_EARLY,
            lambda ended: days_after(nth_inclusive(ended, 30), 29),
            lambda ended: nth_inclusive(nth_inclusive(ended, 30), 30),
        ),
    },
    "work.suspension": {"card": none, "law": since(SUSPENSION, next_month), "careful": since(SUSPENSION, next_month)},
}
