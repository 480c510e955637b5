"""The sync: read the tables of a book, check every person, give findings and answers.

Written once over any ``RosterBook``; nothing here knows which kind it has.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hqs_xl.law import Quarter
from hqs_xl.roster.agenda import Agenda, agenda
from hqs_xl.roster.case import Case
from hqs_xl.roster.columns import facts, matched
from hqs_xl.roster.compliance import Outcome, check_person, notices_by_person
from hqs_xl.roster.findings import Finding, Place, Severity
from hqs_xl.roster.records import OwnDay, Person, Problem, SalaryNotice, read
from hqs_xl.roster.settings import Settings, read_setting
from hqs_xl.roster.tables import RosterBook, find_tables
from hqs_xl.values import BadValue, is_blank

Progress = Callable[[float], None]


@dataclass(slots=True)
class Report:
    """What a check came to."""

    settings: Settings
    known_through: date
    people: int = 0
    findings: list[Finding] = field(default_factory=list)
    agenda: list[Agenda] = field(default_factory=list)

    @property
    def violated(self) -> bool:
        """Whether a rule is broken."""
        return any(finding.severity is Severity.VIOLATION for finding in self.findings)


@dataclass(slots=True)
class Roster:
    """The tables of a book as records, with the problems of each row."""

    people: list[tuple[Person, list[Problem]]]
    notices: list[tuple[SalaryNotice, list[Problem]]]
    settings: dict[str, Any]
    problems: list[tuple[str, int, str, BadValue]]


def read_roster(book: RosterBook, sheet: str | None = None, progress: Progress | None = None) -> Roster:
    """The records of a book; UnusableFile when it holds no roster."""
    roster = Roster([], [], {}, [])
    own: list[tuple[date, bool]] = []

    def take(kind: str, row: int, cells: dict[str, Any]) -> None:
        if kind == "roster":
            roster.people.append(read(Person, row, cells))
        elif kind == "salary":
            roster.notices.append(read(SalaryNotice, row, cells))
        elif kind == "settings":
            _take_setting(roster, row, cells)
        else:
            day, problems = read(OwnDay, row, cells)
            roster.problems += [(kind, row, problem.column, problem.error) for problem in problems]
            if day.date is not None and day.working is not None:
                own.append((day.date, day.working))

    find_tables(book, take, sheet, progress)
    roster.settings["own_days"] = tuple(own)
    return roster


def _take_setting(roster: Roster, row: int, cells: Mapping[str, Any]) -> None:
    try:
        roster.settings |= read_setting(cells.get("setting"), cells.get("value"))
    except BadValue as error:
        roster.problems.append(("settings", row, "value", error))


def settings_of(roster: Roster, today: date, **given: Any) -> Settings:
    """The settings of a check: what is given wins over the file, the file over the defaults."""
    wanted: dict[str, Any] = {"as_of": today}
    for layer in (roster.settings, given):
        wanted |= {key: value for key, value in layer.items() if value is not None}
    return Settings(**wanted)


def check_roster(roster: Roster, settings: Settings, progress: Progress | None = None) -> Report:
    """Check every person of a roster, in its order."""
    report = Report(settings, settings.calendar.known_through, people=len(roster.people))
    report.findings += _of_settings(roster, settings)
    rows = {person.person_id for person, _ in roster.people}
    notices = notices_by_person([notice for notice, _ in roster.notices])
    for done, (outcome, line) in enumerate(check_people(roster.people, settings, notices), 1):
        report.findings += outcome.findings
        report.agenda.append(line)
        if progress:
            progress(done / report.people)
    report.findings += _of_notices(roster, settings, rows)
    return report


def check_people(
    people: Sequence[tuple[Person, list[Problem]]],
    settings: Settings,
    notices: Mapping[str, Mapping[Quarter, SalaryNotice]] | None,
) -> Iterator[tuple[Outcome, Agenda]]:
    """Check people in their order; ``notices`` is None where salary notices are not known."""
    sponsors = {person.person_id for person, _ in people if not person.is_family}
    rows: dict[str, int] = {}
    for person, problems in people:
        mine = None if notices is None else notices.get(person.person_id, {})
        case = Case(person, settings, mine, sponsors)
        first = rows.setdefault(person.person_id, person.row) if person.person_id else person.row
        outcome = check_person(case, problems, duplicate_of=first if first != person.row else None)
        yield outcome, agenda(outcome, settings, case.soon)


def check_rows(
    headers: Sequence[Any], rows: Sequence[Sequence[Any]], settings: Settings
) -> list[tuple[Outcome, Agenda] | None]:
    """Check rows of cells under their headers, one result a row, None for a blank row; row numbers count from 1.

    Salary notices stand in a table of their own, so a row alone says nothing about them. Raises BadValue when a
    required column is missing.
    """
    places = dict(matched("roster", enumerate(headers)))
    missing = [column for column in facts("roster") if column.required and column.key not in places.values()]
    if missing:
        raise BadValue("no_column", column=missing[0].header(settings.lang))
    people = []
    for number, row in enumerate(rows, 1):
        cells = {key: row[place] for place, key in places.items() if not is_blank(row[place])}
        if cells:
            people.append(read(Person, number, cells))
    found = {outcome.person.row: (outcome, line) for outcome, line in check_people(people, settings, None)}
    return [found.get(number) for number in range(1, len(rows) + 1)]


def _of_settings(roster: Roster, settings: Settings) -> Iterator[Finding]:
    for table, row, column, error in roster.problems:
        yield Place(table, row, "", settings.lang).unread(column, error)


def _of_notices(roster: Roster, settings: Settings, rows: Container[str]) -> Iterator[Finding]:
    """Salary notices with a cell missing or unreadable, of nobody in the roster, or filed before their quarter."""
    for notice, problems in roster.notices:
        place = Place("salary", notice.row, notice.person_id, settings.lang)
        for problem in problems:
            yield place.unread(problem.column, problem.error)
        for column in facts("salary"):
            if column.required and column.key not in notice.unread and not getattr(notice, column.key):
                yield place.data("data.required", column.key)
        if notice.person_id and notice.person_id not in rows:
            yield place.data("data.unknown_person", "person_id")
        if notice.quarter and notice.filed_on and notice.filed_on < notice.quarter.first:
            yield place.order("quarter", notice.quarter.first, "filed_on", notice.filed_on)
