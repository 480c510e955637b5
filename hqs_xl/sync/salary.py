"""A salary notice's own answers: when it was due, and where it stands."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from hqs_xl.cells.values import BadValue, to_date, to_quarter
from hqs_xl.errors import HqsError
from hqs_xl.law import due
from hqs_xl.roster.settings import Settings
from hqs_xl.roster.status import STATUS_OF, Status, state_of, status_word


# The same quarters and days come again in every person's rows.
@lru_cache(maxsize=1 << 14, typed=True)
def salary_answer(quarter: Any, filed_on: Any, settings: Settings) -> tuple[date | None, str | None]:
    """Due day and status of the notice for a quarter, from the cells as they stand; blank where they say nothing."""
    unread = status_word(Status.MISSING_DATA, settings.lang)
    try:
        wanted = to_quarter(quarter)
        if wanted is None:
            return None, None
        deadline = due("notice.salary", wanted.first, settings.edition, calendar=settings.calendar)
    except HqsError:
        return None, unread
    try:
        filed = to_date(filed_on)
    except BadValue:
        return deadline.due, unread
    if filed and filed < wanted.first:
        filed = None  # of another quarter
    state = state_of(deadline.due, filed, settings.as_of, settings.soon)
    return deadline.due, status_word(STATUS_OF[state], settings.lang, provisional=deadline.provisional)
