"""One counted term: number, unit, direction, start and landing; its date and the steps that lead to it.

Rules of counting: Civil Code 191 (a term starts the day after its event), 192 (a term in years or months ends on the
same day of the last month, or on that month's last day). A calendar term is never rolled forward off a day off:
nothing in migration law grants that day (see ``landing``).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from hqs_xl.bilingual import BLANK, Bilingual
from hqs_xl.law.decrees import SATURDAY
from hqs_xl.law.workdays import RUSSIA, WorkingDays, days_between

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta


def months_later(day: date, months: int) -> date:
    """The same day of a later month (an earlier one when negative), or that month's last day where it has no such."""
    return day + _months(months)


@cache
def _months(number: int) -> relativedelta:
    """So many months as dateutil counts them; the rules have few such numbers."""
    from dateutil.relativedelta import relativedelta  # noqa: PLC0415 - 5 ms that importing the kernel should not cost

    return relativedelta(months=number)


class Unit(StrEnum):
    """What is counted."""

    DAY = "day"
    WORKING_DAY = "working day"
    MONTH = "month"
    YEAR = "year"


class Direction(StrEnum):
    """Which way from the event."""

    FORWARD = "forward"
    BACKWARD = "backward"


class Start(StrEnum):
    """Which day is day 1: the one after the event, or the event's own (the next working day if it is a day off)."""

    AFTER = "after"
    INCLUSIVE = "inclusive"


class Landing(StrEnum):
    """What happens when the count ends on a day off; always towards the earlier day."""

    AS_COUNTED = "as counted"
    PREVIOUS_WORKING_DAY = "previous working day"
    PREVIOUS_WEEKDAY = "previous Monday-Friday working day"


class Step(NamedTuple):
    """One day of a count: ``number`` is its place in the count, None for a day passed over and for a move.

    ``kind`` says why, as a key of ``texts``; ``source`` is the decree or law behind it.
    """

    day: date
    number: int | None
    kind: str
    source: Bilingual = BLANK


class Term:
    """A number of units counted from an event."""

    __slots__ = ("direction", "landing", "number", "start", "unit")

    def __init__(
        self,
        number: int,
        unit: Unit,
        direction: Direction = Direction.FORWARD,
        start: Start = Start.AFTER,
        landing: Landing = Landing.AS_COUNTED,
    ) -> None:
        self.number, self.unit, self.direction, self.start, self.landing = number, unit, direction, start, landing

    def __repr__(self) -> str:
        return f"Term({self.number} {self.unit}: {self.direction}, {self.start}, {self.landing})"

    def count(self, event: date, calendar: WorkingDays = RUSSIA) -> date:
        """The term's last day."""
        return self._land(self.counted(event, calendar), calendar)

    def counted(self, event: date, calendar: WorkingDays = RUSSIA) -> date:
        """The day the count itself ends on, before any landing."""
        sign = 1 if self.direction is Direction.FORWARD else -1
        inclusive = self.start is Start.INCLUSIVE
        if self.unit is Unit.WORKING_DAY:
            if not inclusive:
                return calendar.add(event, sign * self.number)
            first = calendar.add(event, 0) if sign > 0 else calendar.on_or_before(event)
            return first if self.number == 1 else calendar.add(first, sign * (self.number - 1))
        if self.unit is Unit.DAY:
            end = event + timedelta(days=sign * self.number)
        else:
            end = months_later(event, sign * self.number * (12 if self.unit is Unit.YEAR else 1))
        return end - timedelta(days=sign) if inclusive else end

    def _land(self, day: date, calendar: WorkingDays) -> date:
        if self.landing is Landing.AS_COUNTED:
            return day
        day = calendar.on_or_before(day)
        while self.landing is Landing.PREVIOUS_WEEKDAY and day.weekday() >= SATURDAY:
            day = calendar.add(day, -1)
        return day

    def steps(self, event: date, calendar: WorkingDays = RUSSIA) -> Iterator[Step]:
        """Each day of a count in working days; first and last day of one in calendar units; then the landing."""
        end = self.counted(event, calendar)
        if self.unit is Unit.WORKING_DAY:
            yield from self._working_steps(event, end, calendar)
        else:
            yield from self._calendar_steps(event, end)
        landed = self._land(end, calendar)
        if landed != end:
            for day in days_between(end, landed):
                status = calendar.status(day)
                kind = "landed" if day == landed else status.kind
                yield Step(day, None, kind, status.source)

    def _working_steps(self, event: date, end: date, calendar: WorkingDays) -> Iterator[Step]:
        forward = self.direction is Direction.FORWARD
        after = timedelta(days=0 if self.start is Start.INCLUSIVE else 1 if forward else -1)
        number = 0
        for day in days_between(event + after, end):
            status = calendar.status(day)
            number += status.working
            yield Step(day, number if status.working else None, status.kind, status.source)

    def _calendar_steps(self, event: date, end: date) -> Iterator[Step]:
        sign = 1 if self.direction is Direction.FORWARD else -1
        first = event if self.start is Start.INCLUSIVE else event + timedelta(days=sign)
        total = abs((end - first).days) + 1
        if first != end:
            yield Step(first, 1, "first_day")
        yield Step(end, total, "last_day")
