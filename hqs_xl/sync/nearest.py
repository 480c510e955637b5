"""The deadlines people have open, the nearest first: the rows of the table Deadlines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from hqs_xl.compliance.open_deadlines import OpenDeadline
from hqs_xl.explain.words import action_in_words
from hqs_xl.roster.records import Person
from hqs_xl.roster.settings import Settings
from hqs_xl.sync.tally import MONTHS, month_after
from hqs_xl.texts import say

# So many stand in the table at most; the rest is counted.
MOST = 200_000

# Day, row of the person, key, quarter, id, name, key of what to do.
_Line = tuple[date, int, str, str, str, str, str]


class Nearest:
    """Holds the nearest deadlines, and how many more there were."""

    def __init__(self) -> None:
        self._lines: list[_Line] = []
        self._dropped = 0

    def take(self, deadline: OpenDeadline, person: Person) -> None:
        """One more."""
        who = person.person_id, person.full_name
        self._lines.append((deadline.due, person.row, deadline.key, deadline.quarter, *who, deadline.to_do))
        if len(self._lines) >= 2 * MOST:
            self._cut()

    def add(self, other: Nearest) -> None:
        """Those of people further down."""
        self._lines += other._lines
        self._dropped += other._dropped
        if len(self._lines) >= 2 * MOST:
            self._cut()

    def _cut(self) -> None:
        self._lines.sort()
        self._dropped += max(len(self._lines) - MOST, 0)
        del self._lines[MOST:]

    def rows(self, settings: Settings) -> Iterator[dict[str, Any]]:
        """Those overdue and of the next twelve months; a last row says how many more there are."""
        self._cut()
        end, lang = month_after(settings.as_of, MONTHS), settings.lang
        for due, _, key, quarter, person_id, name, to_do in self._lines:
            if due < end:
                yield {
                    "due": due,
                    "act_by": settings.calendar.act_by(due),
                    "days_left": (due - settings.as_of).days,
                    "obligation": action_in_words(to_do, quarter, lang),
                    "person_id": person_id or None,
                    "full_name": name or None,
                    "code": key,
                }
        if self._dropped:
            yield {"obligation": say("deadlines.more", lang, count=self._dropped)}
