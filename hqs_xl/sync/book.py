"""The sync: read the tables of a book, check every person, write the answers.

Written once over any book; nothing here knows which kind it has. Two passes: the first learns what a check must know
before it begins (settings, salary notices, ids), the second checks each person as the row comes by and answers there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import date, datetime, timedelta
from functools import cached_property, partial
from typing import Any, NamedTuple

from hqs_xl.compliance.check import Checker
from hqs_xl.compliance.coverage import Coverage, coverage
from hqs_xl.compliance.other_edition import OtherEdition, other_edition, other_in_words
from hqs_xl.errors import UnusableFile
from hqs_xl.formulas.today import Moving
from hqs_xl.roster.columns import ANSWERED, FEWEST_HEADERS, LOG, facts, labelled
from hqs_xl.roster.findings import Finding, Severity
from hqs_xl.roster.gathered import LOG_LINES, Gathered, Progress, gather
from hqs_xl.roster.headers.cells import is_header
from hqs_xl.roster.headers.row import NO_MEANINGS
from hqs_xl.roster.settings import Settings, setting_key
from hqs_xl.roster.tables import EditableBook, Found, Sink, TableRows
from hqs_xl.roster.tables.finder import HowRead
from hqs_xl.roster.tables.ours import LeftAlone
from hqs_xl.roster.tables.sheet import SheetTables
from hqs_xl.rows import Cached
from hqs_xl.sync.answering import Answer, Answering, Kept, Mine, Values
from hqs_xl.sync.figures import Figures
from hqs_xl.sync.new_columns import with_new_columns
from hqs_xl.sync.sheet_rows import FigureRows, PeopleRows, SheetRows, Whole
from hqs_xl.sync.urgent_first import UrgentFirst
from hqs_xl.sync.written_rows import finding_row, kept_rows, log_line, moved

# The part of the work that the first pass takes.
FIRST_PASS = 0.3

# The tables that are made of people's answers line by line, and of the deadlines they have open.
_OF_LINES = frozenset({"lines", "kept"})
_OF_DEADLINES = frozenset({"deadlines", "glance", "by_month"})

Tell = Callable[[Finding], None]


class Summary(NamedTuple):
    """What a sync came to. ``changed``: whether the book holds anything now that it did not hold before.

    ``left_alone``: tables that look like ours and are not known to be. ``coverage``: what was looked at. ``moved``: the
    first statuses that changed. ``other_edition``: what another edition finds, where it was compared.
    """

    settings: Settings
    known_through: date
    people: int
    findings: Mapping[Severity, int]
    changed: bool
    left_alone: tuple[LeftAlone, ...]
    coverage: Coverage
    moved: tuple[str, ...] = ()
    other_edition: OtherEdition | None = None

    def other_in_words(self, file: str) -> list[str]:
        """What another edition finds more, in a line."""
        return other_in_words(self.other_edition, self.settings.lang, file)

    @property
    def violated(self) -> bool:
        """Whether a rule is broken."""
        return self.findings.get(Severity.VIOLATION, 0) > 0


def refresh_book(
    book: EditableBook,
    *,
    now: datetime,
    sheet: str | None = None,
    meanings: Mapping[str, str] = NO_MEANINGS,
    add_columns: bool = False,
    findings_sheet: bool = False,
    who: str = "",
    tell: Tell | None = None,
    progress: Progress | None = None,
    **given: Any,
) -> Summary:
    """Check the roster of a book and write the answers, findings, figures and a line of the log into it.

    ``now`` is the day and hour of the check; ``given`` are settings that win over the book's (as_of, edition, lang);
    ``who`` is named in the log; ``tell`` is told each finding. Answers go into the columns there are, and into new
    ones with ``add_columns``; findings into their table, or with ``findings_sheet`` into a new sheet.

    Raises UnusableFile when there is no roster, or when it can't be answered without loss.
    """
    other = gather(
        book, how=HowRead.asked(sheet, meanings), progress=progress and (lambda done: progress(done * FIRST_PASS))
    )
    settings = other.settings_for(now.date(), **given)
    compared = other_edition(other, settings, given.get("edition"), given.get("as_of"))
    sync = _Sync(book, other, settings, now=now, tell=tell, compared=compared)
    if add_columns:
        sync.add_columns()
    sync.open_findings(add=findings_sheet)
    with closing(UrgentFirst(settings.as_of)) as sync.urgent:
        sync.answer_people(progress and (lambda done: progress(FIRST_PASS + done * (1 - FIRST_PASS))))
        sync.write_findings()
    sync.answer_the_rest()
    if sync.has_news:
        sync.log(who)
    return sync.summary()


class _Sync:
    """One sync of a book."""

    def __init__(
        self,
        book: EditableBook,
        other: Gathered,
        settings: Settings,
        *,
        now: datetime,
        tell: Tell | None,
        compared: OtherEdition | None,
    ) -> None:
        self.book, self.other, self.settings, self.now, self.tell = book, other, settings, now, tell
        self.found = dict(other.found)
        checker = Checker(other, settings, compared=compared)
        self.keep = Kept(not _OF_LINES.isdisjoint(other.found), not _OF_DEADLINES.isdisjoint(other.found))
        self.answering = Answering(checker, settings, self.pass_on, self.keep)
        self.answering.result.other_edition = compared
        self.tally = self.answering.result.tally
        self._sink: Sink | None = None
        self.urgent: UrgentFirst | None = None
        self._figures = Figures(self.answering.result, other.found["roster"].header_row).by_kind
        one_by_one = {
            "settings": self._of_setting,
            **self._figures,
            "last_check": self._of_last_check,
        }
        self._answer_of: Mapping[str, Answer] = {
            **self.answering.by_kind,
            **{kind: partial(_each, answer) for kind, answer in one_by_one.items()},
        }

    def summary(self) -> Summary:
        """What came of it."""
        known, left = self.settings.calendar.known_through, tuple(self.other.left_alone)
        counts, changed = dict(self.tally.severities), self.book.changed
        result = self.answering.result
        statuses = tuple(moved(result, self.settings.lang))
        return Summary(
            self.settings,
            known,
            self.tally.people,
            counts,
            changed,
            left,
            self.coverage,
            statuses,
            result.other_edition,
        )

    @cached_property
    def coverage(self) -> Coverage:
        """What was looked at, once all people are checked."""
        return coverage(self.other, self.tally.seen, self.tally.people, self.settings)

    @property
    def has_news(self) -> bool:
        """Whether the check is worth a line of the log: something differs from the last one."""
        if self.book.changed or "log" not in self.found or "not_looked_at" not in self.found["log"].headers:
            return self.book.changed
        before = self.other.log[-1].get("not_looked_at") if self.other.log else None
        return bool(before != self._line("")["not_looked_at"])

    def add_columns(self) -> None:
        """Give the tables people fill the answer columns they lack; beside one with a person's words another one."""
        for kind in sorted(self.other.written & ANSWERED):
            self.found[kind] = with_new_columns(self.book, self.other, self.found[kind])

    def open_findings(self, *, add: bool) -> None:
        """Where findings go besides to ``tell``; those of the settings come first."""
        if "findings" in self.found:
            if self.other.stray_finding:
                sheet, row = self.found["findings"].sheet, self.other.stray_finding
                raise UnusableFile("file.stray_finding", file=self.book.name, sheet=sheet, row=row)
            self._sink = self.book.replace_rows(self.found["findings"])
        elif add:
            self._sink = self.book.add_table("findings", self.settings.lang)
        for finding in self.other.first_findings(self.settings.lang):
            self.answering.take(finding)

    def answer_people(self, progress: Progress | None) -> None:
        """Check each person and answer in the row."""
        self._edit(self.found["roster"].sheet, progress)
        for finding in self.other.last_findings(self.answering.result.tally.seen.passed, self.settings.lang):
            self.answering.take(finding)
        if "deadlines" in self.other.written:
            put = self.book.replace_rows(self.found["deadlines"])
            for row in self.answering.result.deadlines.rows(self.settings):
                put(row)
        if "kept" in self.other.written:
            put = self.book.replace_rows(self.found["kept"])
            for line in kept_rows(self.answering.result):
                put(line)

    def answer_the_rest(self) -> None:
        """Answer on the other sheets; last where the check itself is noted, which depends on what has changed."""
        sheets = {table.sheet for table in self._answered.values()}
        last = self.found["last_check"].sheet if "last_check" in self.found else None
        for sheet in sorted(sheets - {self.found["roster"].sheet}, key=lambda sheet: (sheet == last, sheet)):
            self._edit(sheet)

    def log(self, who: str) -> None:
        """Add a line to the log, which keeps the newest ones."""
        if "log" in self.found:
            sink = self.book.replace_rows(self.found["log"])
            for line in [*self.other.log, self._line(who)][-LOG_LINES:]:
                sink(line)

    @property
    def _answered(self) -> dict[str, Found]:
        """The tables that are answered row by row, by kind."""
        may = self._answer_of.keys() & self.other.written
        return {kind: table for kind, table in self.found.items() if kind in may}

    def _edit(self, sheet: str, progress: Progress | None = None) -> None:
        mine = {
            (kind, table.header_row): self._mine(table)
            for kind, table in self._answered.items()
            if table.sheet == sheet
        }
        kinds = {kind for kind, _ in mine}
        tables = SheetTables(self.book, sheet, self.other.how)
        people = bool(kinds) and kinds <= self.answering.by_kind.keys()
        if people and all(_is_told(table) for table in self._answered.values() if table.sheet == sheet):
            whole = Whole(self.other, self.settings, tells=self.tells, keep=self.keep)
            self.book.edit_rows(sheet, PeopleRows(tables, mine, self.answering, whole), progress)
        else:
            rows = FigureRows if people or kinds <= self._figures.keys() else SheetRows
            self.book.edit_rows(sheet, rows(tables, mine, self._answer_of), progress)

    def _mine(self, table: Found) -> Mine:
        return Mine.of(table, marked=table.kind in self.other.marked, date1904=self.book.date1904)

    @property
    def tells(self) -> bool:
        """Whether anybody wants to be told findings."""
        return self.tell is not None or self._sink is not None

    def pass_on(self, finding: Finding) -> None:
        """Tell a finding that is counted already."""
        if self.tell:
            self.tell(finding)
        if self._sink and self.urgent:
            self.urgent.take(finding)
        elif self._sink:
            self._sink(self._row_of(finding))

    def write_findings(self) -> None:
        """Write the findings about people, once all are known, into their table."""
        if self._sink and self.urgent:
            for finding in self.urgent.in_order():
                self._sink(self._row_of(finding))
        self.urgent = None

    def _row_of(self, finding: Finding) -> Values:
        return finding_row(finding, self.found.get(finding.table), self.settings.lang)

    def _of_setting(self, _table: Found, _number: int, row: Values) -> Values:
        if setting_key(row.get("setting")) != "as_of":
            return {}
        value, today = row.get("value"), self.now.date()
        days = 0 if value is None else value.days if isinstance(value, Moving) else None
        # Another day may have been asked for, which the formula does not come to.
        moves = days is not None and self.settings.as_of == today + timedelta(days=days)
        return {"value": Cached(self.settings.as_of)} if moves else {}

    def _of_last_check(self, _table: Found, _number: int, row: Values) -> Values:
        key = labelled("header", (column.key for column in LOG), row.get("last_check", ""))
        return {"result": self._line("")[key]} if key and self.has_news else {}

    def _line(self, who: str) -> Values:
        return log_line(self.answering.result, self.settings, self.coverage, now=self.now, who=who)


def _each(answer: Callable[[Found, int, Values], Values], rows: TableRows) -> list[Values]:
    return [answer(rows.table, number, row) for number, row in rows.each()]


def _is_told(table: Found) -> bool:
    """Whether a header is told by its own words, as the fast ways through a sheet do; an answer's column may be new."""
    told = [column.key for column in facts(table.kind) if is_header(table.headers.get(column.key, ""))]
    return len(told) >= FEWEST_HEADERS
