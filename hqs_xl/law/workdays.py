"""The Russian working-day calendar: which days work, the n-th working day, how many lie between.

Everything is answered from two lists, ``before[i]`` (working days before day i) and ``days[k]`` (the k-th working
day), so that each answer is a look-up. They hold the decree table's years first and grow to 2002-2060 when a day
outside is touched, because for the other years the ``holidays`` library may have to be asked, which is slow to load.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate, compress, count
from typing import NamedTuple

from hqs_xl.bilingual import BLANK, Bilingual
from hqs_xl.errors import OutsideCalendar
from hqs_xl.law import decrees
from hqs_xl.law.decrees import FIRST_YEAR, LAST_YEAR, SATURDAY, SUNDAY, presidential_days

__all__ = ["RUSSIA", "DayStatus", "WorkingDays", "presidential_days"]

_Held = tuple[int, int, list[int], list[date]]
LABOUR_CODE = Bilingual("Labour Code art. 112", "ст. 112 ТК РФ")
FIRST_DAY, LAST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
# So many years after the table's last are held before all are: terms hardly ever reach further.
YEARS_AHEAD = 10


class DayStatus(NamedTuple):
    """Why a day works or does not; ``kind`` is a key of ``texts``, ``source`` the decree or law behind it."""

    working: bool
    kind: str
    source: Bilingual = BLANK


class WorkingDays:
    """A working-day calendar over 2002-2060; every method raises OutsideCalendar beyond."""

    def __init__(self, off: Iterable[date] = (), on: Iterable[date] = ()) -> None:
        """Take the official calendar with the user's own days off and own working days, which win over all."""
        self._off, self._on = frozenset(off), frozenset(on)
        if clash := self._off & self._on:
            raise ValueError(f"{min(clash)} can't be both a day off and a working day")
        # First ordinal, number of days, working days before each, working days. One attribute, so that another thread
        # sees the old years or the new ones, never a mix.
        self._held: _Held = (0, 0, [0], [])

    def with_days(self, off: Iterable[date] = (), on: Iterable[date] = ()) -> WorkingDays:
        """Return the same calendar with days of one's own; a later word on a day wins over an earlier one."""
        off, on = frozenset(off), frozenset(on)
        return _calendar((self._off - on) | off, (self._on - off) | on)

    def is_working(self, day: date) -> bool:
        """Whether the official five-day week works on that day."""
        first, size, before, _ = self._held
        i = day.toordinal() - first
        if 0 <= i < size:
            return before[i + 1] > before[i]
        self._widen(day)
        return self.is_working(day)

    def add(self, day: date, n: int) -> date:
        """The n-th working day after ``day`` (before it when negative); 0 is the day itself or the next working one."""
        first, size, before, days = self._held
        i = day.toordinal() - first
        if 0 <= i < size:
            k = before[i + 1] + n - 1 if n > 0 else before[i] + n
            if 0 <= k < len(days):
                return days[k]
        self._widen(day)
        return self.add(day, n)

    def on_or_before(self, day: date) -> date:
        """The last working day not later than ``day``."""
        return day if self.is_working(day) else self.add(day, -1)

    def act_by(self, due: date) -> date:
        """The last working day to act by ``due``; ``due`` itself where no working day before it is in the calendar."""
        try:
            return self.on_or_before(due)
        except OutsideCalendar:
            if not FIRST_DAY <= due <= LAST_DAY:
                raise
            return due

    def count(self, first: date, last: date) -> int:
        """Working days from first to last, both included; negative when they are reversed."""
        if last < first:
            return -self.count(last, first)
        start, size, before, _ = self._held
        i, j = first.toordinal() - start, last.toordinal() - start
        if i >= 0 and j < size:
            return before[j + 1] - before[i]
        self._widen(last if i >= 0 else first)
        return self.count(first, last)

    @property
    def known_through(self) -> date:
        """The last day whose transfer decree is known; what lies beyond is provisional."""
        year = max(decrees.table())
        while year < LAST_YEAR and decrees.year(year + 1).decreed:
            year += 1
        return date(year, 12, 31)

    def is_known(self, day: date) -> bool:
        """Whether the day's year is decreed."""
        return (day.year in decrees.table()) or (FIRST_YEAR <= day.year <= LAST_YEAR and decrees.year(day.year).decreed)

    def status(self, day: date) -> DayStatus:
        """Why the day works or does not, and who says so."""
        if not FIRST_DAY <= day <= LAST_DAY:
            raise OutsideCalendar("outside_calendar", day=day)
        if day in self._on:
            return DayStatus(working=True, kind="own_working_day")
        if day in self._off:
            return DayStatus(working=False, kind="own_day_off")
        year = decrees.year(day.year)
        return DayStatus(year.is_working(day), _kind(day, year), _source(day, year))

    def _widen(self, day: date) -> None:
        """Hold more years: the table's, then some that follow, then all; OutsideCalendar when there are no more."""
        first, last = min(decrees.table()), max(decrees.table())
        spans = (first, last), (first, min(last + YEARS_AHEAD, LAST_YEAR)), (FIRST_YEAR, LAST_YEAR)
        span = next((span for span in spans if _length(*span) > self._held[1]), None)
        if span is None:
            raise OutsideCalendar("outside_calendar", day=day)
        years = range(span[0], span[1] + 1)
        flags = bytearray().join(decrees.working_days(number, decrees.year(number)) for number in years)
        first = date(years[0], 1, 1).toordinal()
        for own, flag in ((self._off, 0), (self._on, 1)):
            for mine in own:
                if 0 <= (i := mine.toordinal() - first) < len(flags):
                    flags[i] = flag
        working = [*map(date.fromordinal, compress(count(first), flags))]
        self._held = (first, len(flags), list(accumulate(flags, initial=0)), working)


def _length(first: int, last: int) -> int:
    return (date(last, 12, 31) - date(first, 1, 1)).days + 1


def _kind(day: date, year: decrees.Year) -> str:
    if day in year.worked:
        return "worked_weekend"
    if day in year.holidays:
        return "holiday"
    if day in year.moved:
        return "moved_day_off"
    return {SATURDAY: "saturday", SUNDAY: "sunday"}.get(day.weekday(), "working_day")


def _source(day: date, year: decrees.Year) -> Bilingual:
    if day in year.worked or day in year.moved:
        return year.source
    if day in year.holidays:
        return LABOUR_CODE if year.moved or year.decreed else year.source
    return BLANK


# The same days give the same calendar, whose deadlines are remembered.
@lru_cache(maxsize=8)
def _calendar(off: frozenset[date], on: frozenset[date]) -> WorkingDays:
    return WorkingDays(off, on)


RUSSIA = WorkingDays()


def days_between(first: date, last: date) -> Iterable[date]:
    """Each day from first to last, both included; backward when they are reversed."""
    step = 1 if first <= last else -1
    return (first + timedelta(days=n) for n in range(0, (last - first).days + step, step))
