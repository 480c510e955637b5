"""What a check came to, counted: the figures of the dashboard, the log and the last line of every command."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from datetime import date, timedelta
from typing import Any

from hqs_xl.compliance.agenda import Agenda
from hqs_xl.compliance.coverage import Seen
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
WITHIN = (30, 60, 90)
FIGURES = (
    "as_of",
    "people",
    *(str(severity) for severity in Severity),
    *(f"status_{status}" for status in Status),
    *(f"within_{days}" for days in WITHIN),
)
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
        self._dues: Counter[date] = Counter()
        self._urgent: list[tuple[date, int, Agenda]] = []
        self.seen = Seen()

    @property
    def violated(self) -> bool:
        """Whether a rule is broken."""
        return self.severities[Severity.VIOLATION] > 0

    def add_person(self, line: Agenda) -> None:
        """Count a person by the answers beside the facts."""
        self.people += 1
        self._words[line.status] += 1
        if line.next_due:
            self._dues[line.next_due] += 1
        # What has no day of its own, such as a permit never obtained, is due now.
        if line.next_action:
            self._add_urgent((line.next_due or self.as_of, line.row, line))

    def _add_urgent(self, one: tuple[date, int, Agenda]) -> None:
        if len(self._urgent) < MOST_URGENT or one < self._urgent[-1]:
            insort(self._urgent, one)
            del self._urgent[MOST_URGENT:]

    def add_finding(self, finding: Finding) -> None:
        """Count a finding by its weight and its code."""
        self.severities[finding.severity] += 1
        self._codes[finding.code] += 1

    def add(self, other: Tally) -> None:
        """Count what was counted elsewhere, of people further down."""
        self.people += other.people
        for mine, others in zip(self._counters, other._counters, strict=True):
            mine.update(others)
        self.seen.add(other.seen)
        for one in other._urgent:
            self._add_urgent(one)

    @property
    def _counters(self) -> tuple[Counter[Any], ...]:
        return self.severities, self._codes, self._words, self._dues

    def figure(self, key: str) -> int | date:
        """One of FIGURES."""
        if key == "as_of":
            return self.as_of
        kind, _, name = key.partition("_")
        if kind == "status":
            return self._statuses()[name]
        if kind == "within":
            last = self.as_of + timedelta(days=int(name))
            return sum(count for due, count in self._dues.items() if self.as_of <= due <= last)
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

    def month(self, place: int) -> tuple[date, int]:
        """The month so many after the day of the check (0: its own): its first day, and the next deadlines in it."""
        years, month = divmod(self.as_of.month - 1 + place, 12)
        first = date(self.as_of.year + years, month + 1, 1)
        in_month = (count for due, count in self._dues.items() if (due.year, due.month) == (first.year, first.month))
        return first, sum(in_month)

    def urgent(self, place: int) -> Agenda | None:
        """The person at a place (from 1) of the list of those to see to first."""
        return self._urgent[place - 1][2] if 1 <= place <= len(self._urgent) else None
