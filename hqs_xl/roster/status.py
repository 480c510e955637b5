"""Where something owed stands on a day, and the closed set of status words."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import cache

from hqs_xl.texts import say

# Reminder bands in days, widest first, unless the settings say otherwise.
DEFAULT_BANDS = (60, 30, 14, 7)


class State(StrEnum):
    """Where an obligation stands on the day of the check."""

    DONE = "done"
    LATE = "late"
    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"

    # Enum hashes names by a call into Python; every person is looked up by these.
    __hash__ = str.__hash__


class Status(StrEnum):
    """The closed set of status words; the values are keys of ``texts`` (status.ok ...)."""

    OK = "ok"
    DUE_SOON = "due_soon"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    DONE = "done"
    DONE_LATE = "done_late"
    MISSING_DATA = "missing_data"
    NOT_APPLICABLE = "not_applicable"

    # Enum hashes names by a call into Python; every person is looked up by these.
    __hash__ = str.__hash__


# What is done, in time or late.
DONE = frozenset({State.DONE, State.LATE})
STATUS_OF = {
    State.DONE: Status.DONE,
    State.LATE: Status.DONE_LATE,
    State.OVERDUE: Status.OVERDUE,
    State.TODAY: Status.DUE_TODAY,
    State.SOON: Status.DUE_SOON,
    State.LATER: Status.OK,
}


def state_of(due: date, done: date | None, as_of: date, soon: date) -> State:
    """Where it stands; ``soon`` is the last day of the widest reminder band. A doing in the future is not done yet."""
    if done is not None and done <= as_of:
        return State.DONE if done <= due else State.LATE
    if due < as_of:
        return State.OVERDUE
    if due == as_of:
        return State.TODAY
    return State.SOON if due <= soon else State.LATER


@cache
def status_word(status: Status, lang: str = "en", *, provisional: bool = False) -> str:
    """The status as a person reads it, marked when it rests on a calendar not decreed yet."""
    word = say(f"status.{status}", lang)
    return f"{word} {say('status.provisional', lang)}" if provisional else word
