"""Cell functions of the calendar: working days counted, asked for, and how far they are decreed."""

from __future__ import annotations

from typing import Any

from hqs_xl.cells.declared import Argument, cell_function
from hqs_xl.functions.arguments import DUE, a_day, a_whole
from hqs_xl.law import RUSSIA


@cell_function(
    dates=True,
    start=Argument(a_day, "The day to count from; it is not counted itself."),
    days=Argument(
        a_whole, "How many working days after it; negative counts back, 0 is the day itself or the next.", zero=True
    ),
)
def HQS_WORKDAY(start: Any, days: Any) -> Any:
    """The working day so many days after a day, on the official Russian calendar with its working Saturdays."""
    return RUSSIA.add(start, days)


@cell_function(
    start=Argument(a_day, "The first day, counted in."),
    finish=Argument(a_day, "The last day, counted in; before the first one the answer is negative."),
)
def HQS_NETWORKDAYS(start: Any, finish: Any) -> Any:
    """How many Russian working days lie between two days, both counted in."""
    return RUSSIA.count(start, finish)


@cell_function(day=Argument(a_day, "The day in question."))
def HQS_ISWORKDAY(day: Any) -> Any:
    """TRUE when the day is a working day of the official Russian five-day week, working Saturdays included."""
    return RUSSIA.is_working(day)


@cell_function(dates=True, due=DUE)
def HQS_ACT_BY(due: Any) -> Any:
    """The last working day on or before the day something is due: the day to act by."""
    return RUSSIA.on_or_before(due)


@cell_function(dates=True)
def HQS_CALENDAR_KNOWN() -> Any:
    """The last day whose working days are decreed; a date beyond it is provisional."""
    return RUSSIA.known_through
