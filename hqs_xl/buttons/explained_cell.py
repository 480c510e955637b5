"""A cell of roster, salary notices or findings in words: what is counted from it, and what was found there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from hqs_xl.buttons.explained_finding import as_written, findings_lines, meant
from hqs_xl.cells.values import to_date, to_quarter
from hqs_xl.compliance.agenda import Agenda
from hqs_xl.compliance.check import Checker
from hqs_xl.compliance.owed import Obligation
from hqs_xl.compliance.person import Outcome
from hqs_xl.errors import RuleError
from hqs_xl.explain.lines import deadline_lines, deadline_title
from hqs_xl.explain.words import event_in_words, skipped_in_words, step_in_words, weekday
from hqs_xl.law import Deadline, due, rulebook
from hqs_xl.law.deadlines import deadline_rules
from hqs_xl.roster.columns import column
from hqs_xl.roster.findings import Finding
from hqs_xl.roster.gathered import Gathered, gather
from hqs_xl.roster.reading import read
from hqs_xl.roster.records import Person, Problem
from hqs_xl.roster.settings import Settings
from hqs_xl.roster.tables import Found, RosterBook
from hqs_xl.roster.tables.sheet import SheetTables
from hqs_xl.texts import say, shown

# A message box shows no more lines of days.
MOST_STEPS = 20
# Without a termination, its notice counts from the agreement's end.
STANDS_IN = {"agreement_ends": "terminated_on"}
# Where the day counted from may stand, when it is not in the rule's own column: who was abroad counts from the entry.
ELSEWHERE = (*STANDS_IN, "entered_on")
FAMILY = "_family"
# The answers that come of the findings.
OF_FINDINGS = ("status", "check")
# Not every decision is of a renewal.
OF_A_RENEWAL = ("medical.repeat", "medical.repeat_family")


def explain_cell(book: RosterBook, sheet: str, row: int, place: int, today: date) -> str:
    """What a cell (row from 1, column from 0) has to do with deadlines, in lines, by the book's own settings.

    Raises HqsError where there is no roster, or the cell can't be read.
    """
    other = gather(book)
    settings = other.settings_for(today)
    pointed = _pointed(book, other, sheet, row, place)
    if pointed is None:
        return say("pointed.elsewhere", settings.lang)
    if pointed.table.kind == "findings":
        return "\n".join(_of_a_finding(book, other, settings, pointed.cells))
    return "\n".join(_Explained(other, settings, pointed).lines())


def _of_a_finding(book: RosterBook, other: Gathered, settings: Settings, row: Mapping[str, Any]) -> Iterator[str]:
    """A row of the table of findings: the finding anew, from the row of the roster it names, or what is written."""
    sheet, number = row.get("sheet"), row.get("row")
    roster = other.found.get("roster")
    if roster and sheet == roster.sheet and isinstance(number, int | float):
        pointed = _pointed(book, other, roster.sheet, int(number), min(roster.places))
        if pointed and pointed.table.kind == "roster":
            explained = _Explained(other, settings, pointed)
            found = meant(row, explained.outcome, roster.headers)
            if found:
                yield from explained.found(found)
                return
            yield say("pointed.mended", settings.lang)
    yield from as_written(row, settings.lang)


@dataclass(frozen=True, slots=True)
class _Pointed:
    """A cell of a table: its row, the cells of that row by column key, and its own column's key."""

    table: Found
    row: int
    cells: Mapping[str, Any]
    key: str


def _pointed(book: RosterBook, other: Gathered, sheet: str, row: int, place: int) -> _Pointed | None:
    """The cell, when it stands in a row of the roster, of the salary notices or of the findings."""
    reader = SheetTables(book, sheet, other.how)
    for number, cells in book.rows(sheet):
        taken = list(reader.taken(number, cells))
        if number == row:
            for table, found in taken:
                of_ours = table.kind == "findings" or (table.kind in {"roster", "salary"} and table.kind in other.found)
                if of_ours and place in table.places:
                    return _Pointed(table, row, found, table.places[place])
            return None
    return None


class _Explained:
    """The words on one cell."""

    def __init__(self, other: Gathered, settings: Settings, pointed: _Pointed) -> None:
        self.other, self.settings, self.lang = other, settings, settings.lang
        self.pointed, self.cells = pointed, pointed.cells
        self.header = pointed.table.headers[pointed.key]

    def lines(self) -> Iterator[str]:
        """Line by line."""
        if self.pointed.table.kind == "salary":
            yield from self._notice()
        elif self.pointed.key in OF_FINDINGS and self.outcome.findings:
            yield say("pointed.person", self.lang, person=self.line.person_id, status=self.line.status)
            yield from self.found([*self.outcome.findings])
        elif column("roster", self.pointed.key).answer:
            yield from self._next()
        else:
            found = [one for one in self.outcome.findings if one.column == self.pointed.key]
            yield from self.found(found)
            yield from self._counted(found)

    def found(self, findings: list[Finding]) -> Iterator[str]:
        """Findings on this person."""
        person = self._read()[0]
        yield from findings_lines(findings, self.outcome, self.lang, lambda item: self._obligation(item, person))

    @cached_property
    def _checked(self) -> tuple[Outcome, Agenda]:
        return Checker(self.other, self.settings).check(*self._read())

    @property
    def outcome(self) -> Outcome:
        """What a check of the person comes to."""
        return self._checked[0]

    @property
    def line(self) -> Agenda:
        """What the person's row answers."""
        return self._checked[1]

    def _notice(self) -> Iterator[str]:
        quarter = to_quarter(self.cells.get("quarter"))
        if quarter is None:
            yield say("pointed.blank", self.lang, column=self._head("quarter"))
        else:
            yield from self._deadline(self._due("notice.salary", quarter.first))

    def _counted(self, found: list[Finding]) -> Iterator[str]:
        """Each rule that counts from the cell's column; ``found``: what was said of the cell before."""
        key = self.pointed.key
        event = key
        if key in STANDS_IN and to_date(self.cells.get(STANDS_IN[key])) is None:
            event = STANDS_IN[key]
        rules = [name for name in deadline_rules() if rulebook()[name].event == event and self._concerns(name)]
        day = to_date(self.cells.get(key)) if rules and not self._unread(key) else None
        if day is None:
            if not found:
                yield say("pointed.blank" if rules else "pointed.no_rule", self.lang, column=self.header)
            return
        for name in rules:
            if found or name != rules[0]:
                yield ""
            try:
                yield from self._deadline(self._due(name, day))
            except RuleError as error:
                yield error.message(self.lang)

    def _concerns(self, rule: str) -> bool:
        """Whether a rule is of people like this one: some are of the family only, some of renewals."""
        person = self._read()[0]
        of_either = rule.endswith(FAMILY) or rule + FAMILY in rulebook()
        if of_either and person.is_family is not rule.endswith(FAMILY):
            return False
        if rule not in OF_A_RENEWAL:
            return True
        return any(item.deadline.rule == rule for item in self.outcome.obligations)

    def _unread(self, key: str) -> bool:
        """Whether the cell can't be read, which is then a finding."""
        return key in self._read()[0].unread

    def _read(self) -> tuple[Person, list[Problem]]:
        return read(Person, self.pointed.row, dict(self.cells))

    def _due(self, rule: str, day: date) -> Deadline:
        until = self._read()[0].agreement_until if rulebook()[rule].at_most else None
        return due(rule, day, self.settings.edition, calendar=self.settings.calendar, until=until)

    def _next(self) -> Iterator[str]:
        """What comes next for the person, and what it is counted from."""
        person, outcome, line = self._read()[0], self.outcome, self.line
        yield say("pointed.person", self.lang, person=line.person_id, status=line.status)
        if not line.next_action:
            yield say("pointed.nothing", self.lang)
            return
        yield say("pointed.next", self.lang, action=line.next_action)
        for item in outcome.obligations:
            if item.due == line.next_due and say(f"action.{item.to_do}", self.lang) == line.next_action:
                yield from self._obligation(item, person)
                return
        for finding in outcome.findings:
            if finding.action == line.next_action:
                yield finding.message
                yield say("explain.source", self.lang, source=finding.source)

    def _obligation(self, item: Obligation, person: Person) -> Iterator[str]:
        deadline = item.deadline
        event = rulebook()[deadline.rule].event
        if event != "quarter" and getattr(person, event) != deadline.event:
            # The family's decision stands in the specialist's row.
            event = next((key for key in ELSEWHERE if getattr(person, key) == deadline.event), event)
        words = event_in_words(deadline, self.lang)
        yield say("pointed.from", self.lang, column=self._head(event), event=words)
        yield from self._deadline(deadline)
        if item.due != deadline.due:
            yield say("pointed.lapse", self.lang, day=item.due)

    def _head(self, key: str) -> str:
        """A column's title as it stands in the book."""
        table = "salary" if key == "quarter" else "roster"
        return self.pointed.table.headers.get(key) or column(table, key).header(self.lang)

    def _deadline(self, deadline: Deadline) -> Iterator[str]:
        """The date, the count, who says so, what is unsure, and the days as far as a message box shows them."""
        yield deadline_title(deadline, self.lang)
        yield from deadline_lines(deadline, self.lang, quoted=False)
        yield from self._days(deadline)

    def _days(self, deadline: Deadline) -> Iterator[str]:
        steps = deadline.steps
        if len(steps) > MOST_STEPS:
            yield skipped_in_words(deadline, self.lang)
            return
        for step in steps:
            number = "-" if step.number is None else step.number
            words = f"{shown(step.day, self.lang)} {weekday(step.day, self.lang)}"
            yield f"  {words}  {number}  {step_in_words(step, self.lang)}"
