"""The due list: what is overdue, due today, this week and next, for the one person who sees to it all.

One list for HR, not one mail for each employee. What belongs on it and how near it is, the digest says
(``digest.Due``); here it is put in order: by band, by what is to be done and with whom, by day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from hqs_xl.compliance.check import Report
from hqs_xl.compliance.first import stops
from hqs_xl.compliance.other_edition import explained, other_in_words
from hqs_xl.explain.words import plural
from hqs_xl.law import rulebook
from hqs_xl.output.digest import Due
from hqs_xl.roster.findings import Finding, Severity
from hqs_xl.roster.settings import Settings
from hqs_xl.texts import in_words, say

WEEK = 7
# So many kinds of things to do are named in the summary.
SHOWN = 5
# Heads of the codes of what is filed with, or fetched from, the migration authority; of a visa, the consulate's.
AUTHORITY = (
    *("notice.", "permit.renewal", "permit.collect", "permit.passport", "permit.missing", "permit.expired"),
    *("registration.overdue", "registration.due"),
)
CONSULATE = ("visa.missing", "visa.expired")


class Entry(NamedTuple):
    """One thing to do about one person. ``due`` is None for what is broken as it stands and has no day.

    ``act_by`` is the last working day on or before ``due``; ``days`` are calendar days to it, negative when past;
    ``whom``: who is to be notified or asked, blank when nobody is. ``name`` is blank unless names are wanted.
    """

    action: str
    whom: str
    source: str
    due: date | None
    act_by: date | None
    days: int | None
    message: str
    person_id: str
    name: str
    row: int

    def days_in_words(self, lang: str) -> str:
        """How far off the day is, or how long past; blank where there is none."""
        if self.days is None:
            return ""
        if not self.days:
            return say("due.day_is_today", lang)
        key = "due.overdue_by" if self.days < 0 else "due.in_days"
        return say(key, lang, days=plural(abs(self.days), "day", lang))


class Group(NamedTuple):
    """The same to do for several people: with whom, who says so, and each of them in the order of their days."""

    action: str
    whom: str
    source: str
    entries: tuple[Entry, ...]


class Band(NamedTuple):
    """How near things are: ``key`` is overdue, today, week or later, ``title`` says it in words with the count."""

    key: str
    title: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class DueList:
    """The due list of a roster. ``unread``: cells to mend, behind which more may be due; ``looked_at``: lines.

    ``law``: what the edition is, and what another one finds, in lines.
    """

    file: str
    settings: Settings
    known_through: date
    bands: tuple[Band, ...]
    unread: int
    looked_at: tuple[str, ...]
    law: tuple[str, ...]
    named: bool

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All of it, in order."""
        return tuple(entry for band in self.bands for group in band.groups for entry in group.entries)

    @property
    def title(self) -> str:
        """The list's first line."""
        return say("digest.title", self.settings.lang, as_of=self.settings.day)

    @property
    def about(self) -> str:
        """Which file it is of, by which edition, and how far the calendar is decreed."""
        edition, lang = self.settings.edition, self.settings.lang
        return say("due.about", lang, file=self.file, edition=edition, known=self.known_through)

    @property
    def summary(self) -> tuple[str, ...]:
        """The list at a glance: how much in each band, and how much there is to do of each kind, the most first."""
        if not self.entries:
            return ()
        lang, actions = self.settings.lang, Counter(entry.action for entry in self.entries)
        first = actions.most_common(SHOWN)
        listed = [f"{action}: {count}" for action, count in first]
        others = len(self.entries) - sum(count for _, count in first)
        listed += [say("due.others", lang, count=others)] if others else []
        bands = " · ".join(band.title for band in self.bands)
        return bands, say("due.by_action", lang, actions="; ".join(listed))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the reader has to know before reading it."""
        lang = self.settings.lang
        found = [*self.settings.reminders]
        if not self.entries:
            found.append(say("digest.nothing", lang))
        if self.unread:
            found.append(say("due.unread", lang, count=self.unread))
        return tuple(found)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is said besides: what was looked at, what another edition finds."""
        lang, unverified = self.settings.lang, say("evidence.unverified", self.settings.lang)
        unsure = any(unverified in entry.source for entry in self.entries)
        first = (say("check.unverified", lang),) if unsure else ()
        return (*first, *self.looked_at, *self.law, say("start.legal", lang))

    @property
    def notes(self) -> tuple[str, ...]:
        """All that the reader has to know besides the list."""
        return self.warnings + self.remarks


def within(settings: Settings, days: int | None) -> Settings:
    """Settings that look so many days ahead, with the reminder bands of less than that; None: as far as they do."""
    if days is None:
        return settings
    return replace(settings, bands=(days, *(band for band in settings.bands if band < days)))


def due_list(file: Path, report: Report, names: Mapping[str, str] | None = None) -> DueList:
    """What a check found that is still to do. ``names``: the people's names by id, when they are to be on it."""
    settings = report.settings
    dues = [(finding, due) for finding in report.findings for due in Due.of(finding)]
    edges = _edges(settings, [due.due for _, due in dues if due.due])
    found: dict[tuple[int, int], list[Entry]] = {}
    for finding, due in dues:
        place = _place(due, settings.as_of, edges)
        found.setdefault(place, []).append(_entry(finding, due.due, settings, names or {}))
    bands = tuple(_band(place, edges, found[place], settings.lang) for place in sorted(found))
    unread = sum(finding.severity is Severity.DATA for finding in report.findings)
    looked = (report.coverage.looked_at(settings.lang), *report.coverage.in_words(settings.lang))
    law = (*explained(settings.edition, settings.lang), *other_in_words(report.other_edition, settings.lang, str(file)))
    return DueList(file.name, settings, report.known_through, bands, unread, looked, law, names is not None)


_KEYS = ("overdue", "today", "week", "later")


def _edges(settings: Settings, days: Sequence[date]) -> list[int]:
    """Where the later bands end, in days: the reminder bands of more than a week.

    Some of what is found is told before it is near, such as a salary too low as soon as its quarter is over.
    """
    edges = sorted(band for band in settings.bands if band > WEEK)
    farthest = (max(days, default=settings.as_of) - settings.as_of).days
    return [*edges, farthest] if farthest > max(edges, default=WEEK) else edges


def _place(due: Due, as_of: date, edges: Sequence[int]) -> tuple[int, int]:
    """Which band it belongs to, and of the later ones which."""
    key = due.band(as_of)
    if key != "later" or due.due is None:
        return _KEYS.index(key), 0
    return _KEYS.index(key), next(n for n, edge in enumerate(edges) if due.due <= as_of + timedelta(edge))


def _band(place: tuple[int, int], edges: Sequence[int], entries: Iterable[Entry], lang: str) -> Band:
    groups = tuple(_groups(entries, stops()))
    count = sum(len(group.entries) for group in groups)
    key = _KEYS[place[0]]
    title = say(f"digest.{key}", lang, count=count)
    if key == "later":
        first = edges[place[1] - 1] if place[1] else WEEK
        title = say("due.later", lang, first=first + 1, last=edges[place[1]], count=count)
    return Band(key, title, groups)


def _groups(entries: Iterable[Entry], before: Collection[str]) -> Iterable[Group]:
    """By what is to be done: what goes ``before`` all else, then the group with the nearest day; no day last."""
    ordered = sorted(entries, key=lambda entry: (*entry[:3], entry.due or date.max, entry.person_id, entry.row))
    alike = groupby(ordered, key=lambda entry: entry[:3])
    groups = [Group(action, whom, source, tuple(rows)) for (action, whom, source), rows in alike]
    return sorted(
        groups, key=lambda group: (group.action not in before, group.entries[0].due or date.max, group.action)
    )


def _entry(finding: Finding, due: date | None, settings: Settings, names: Mapping[str, str]) -> Entry:
    return Entry(
        action=finding.action,
        whom=whom(finding.code, settings),
        source=finding.source,
        due=due,
        act_by=settings.calendar.act_by(due) if due else None,
        days=(due - settings.as_of).days if due else None,
        message=finding.message,
        person_id=finding.person_id,
        name=names.get(finding.person_id, ""),
        row=finding.row,
    )


def whom(code: str, settings: Settings) -> str:
    """Who is notified or asked about a finding of that code; blank when nobody is.

    The authority the employer's table names, else that of the rules on the day of the check.
    """
    if code.startswith(CONSULATE):
        return say("plan.who.consulate", settings.lang)
    if not code.startswith(AUTHORITY):
        return ""
    named = rulebook().value("authority.migration", settings.as_of, settings.edition).name
    return settings.authority or in_words(named, settings.lang)
