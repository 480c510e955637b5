"""What a check came to, counted: the figures of the dashboard, the log and the last line of every command."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from hqs_xl.compliance.agenda import Agenda
from hqs_xl.compliance.coverage import Seen
from hqs_xl.compliance.first import stops
from hqs_xl.compliance.open_deadlines import GROUPS, OpenDeadline
from hqs_xl.roster.columns import labelled
from hqs_xl.roster.findings import Finding, Severity
from hqs_xl.roster.status import Status
from hqs_xl.texts import say

OBLIGATIONS = (
    "notice.concluded",
    "notice.terminated",
    "notice.salary",
    "permit.renewal",
    "permit.collect",
    "permit.passport",
    "registration",
    "medical",
    "medical.repeat",
    "leave",
)
# What is owed, by how its finding's code ends, and the dashboard's column for it.
TAILS = {"overdue": "overdue", "due": "coming_due", "late": "done_late"}
FIGURES = ("as_of", "people", *(str(severity) for severity in Severity), *(f"status_{status}" for status in Status))
# What the dashboard shows large, and for those that look ahead, so many days.
AHEAD = {"week": 7, "month": 30}
GLANCE = ("as_of", "overdue", *AHEAD, "year")
MONTHS = 12
# So many people stand at most in the list of those to see to first.
MOST_URGENT = 100


class Tally:
    """Counts people and findings as they come; holds no person but the most urgent ones."""

    def __init__(self, as_of: date, lang: str) -> None:
        self.as_of, self.lang = as_of, lang
        self.people = 0
        self.severities: Counter[Severity] = Counter()
        self._codes: Counter[str] = Counter()
        self._words: Counter[str] = Counter()
        self._open: Counter[tuple[date, str]] = Counter()
        self._more_past = 0
        self._urgent: list[tuple[bool, date, int, Agenda, str]] = []
        self.seen = Seen()

    @property
    def violated(self) -> bool:
        """Whether a rule is broken."""
        return self.severities[Severity.VIOLATION] > 0

    def add_person(self, line: Agenda, name: str = "") -> None:
        """Count a person by the answers beside the facts."""
        self.people += 1
        self._words[line.status] += 1
        # What has no day of its own, such as a permit never obtained, is due now.
        if line.next_action:
            waits = line.next_action not in stops()
            self._add_urgent((waits, line.next_due or self.as_of, line.row, line, name))

    def add_deadline(self, deadline: OpenDeadline) -> None:
        """Count a deadline still to be met."""
        self._open[deadline.due, deadline.group] += 1

    def _add_urgent(self, one: tuple[bool, date, int, Agenda, str]) -> None:
        if len(self._urgent) < MOST_URGENT or one < self._urgent[-1]:
            insort(self._urgent, one)
            del self._urgent[MOST_URGENT:]

    def add_finding(self, finding: Finding) -> None:
        """Count a finding by its weight and its code."""
        self.severities[finding.severity] += 1
        self._codes[finding.code] += 1
        # What may not be done, and a salary to look at before a notice that is overdue.
        if finding.severity in {Severity.DATA, Severity.DUE} and finding.due and finding.due < self.as_of:
            self._more_past += 1

    def add(self, other: Tally) -> None:
        """Count what was counted elsewhere, of people further down."""
        self.people += other.people
        self._more_past += other._more_past
        for mine, others in zip(self._counters, other._counters, strict=True):
            mine.update(others)
        self.seen.add(other.seen)
        for one in other._urgent:
            self._add_urgent(one)

    @property
    def _counters(self) -> tuple[Counter[Any], ...]:
        return self.severities, self._codes, self._words, self._open

    def figure(self, key: str) -> int | date:
        """One of FIGURES."""
        if key == "as_of":
            return self.as_of
        kind, _, name = key.partition("_")
        if kind == "status":
            return self._statuses()[name]
        return self.people if key == "people" else self.severities[Severity(key)]

    def _statuses(self) -> Counter[str]:
        """People by status, provisional or not."""
        mark, found = f" {say('status.provisional', self.lang)}", Counter[str]()
        for word, count in self._words.items():
            found[labelled("status", Status, word.removesuffix(mark)) or ""] += count
        return found

    def obligation(self, name: str) -> dict[str, int]:
        """One of OBLIGATIONS: how many are overdue, come due, were done late."""
        return {column: sum(self._codes[f"{name}{mark}{tail}"] for mark in "._") for tail, column in TAILS.items()}

    def glance(self, key: str) -> int | date:
        """One of GLANCE. Overdue is what the due list has under that head: with what is broken and has no day."""
        if key == "as_of":
            return self.as_of
        if key == "overdue":
            return self.severities[Severity.VIOLATION] + self._more_past
        last = self.as_of + timedelta(AHEAD[key]) if key in AHEAD else month_after(self.as_of, MONTHS) - timedelta(1)
        return sum(count for (due, _), count in self._open.items() if self.as_of <= due <= last)

    def month(self, place: int) -> dict[str, int | date]:
        """The month so many after the day of the check (0: the rest of its own): the deadlines in it, by group."""
        first, following = month_after(self.as_of, place), month_after(self.as_of, place + 1)
        found = dict.fromkeys(GROUPS, 0)
        for (due, group), count in self._open.items():
            if max(first, self.as_of) <= due < following:
                found[group] += count
        return {"month": first, **found, "all_deadlines": sum(found[group] for group in GROUPS)}

    def urgent(self, place: int) -> tuple[Agenda, str] | None:
        """The person at a place (from 1) of the list of those to see to first, and their name."""
        return self._urgent[place - 1][3:] if 1 <= place <= len(self._urgent) else None


@lru_cache(maxsize=1 << 8)
def month_after(day: date, months: int) -> date:
    """The first day of the month so many after that of a day."""
    from dateutil.rrule import MONTHLY, rrule  # noqa: PLC0415 - only figures ask for it

    first = datetime(day.year, day.month, 1)  # noqa: DTZ001 - a day
    return rrule(MONTHLY, dtstart=first, count=months + 1)[months].date()
