"""Answers the rows of people and of salary notices, and adds up what they come to: in this process, or in a worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from hqs_xl.cells.ids import Near
from hqs_xl.compliance.agenda import Agenda
from hqs_xl.compliance.check import Checker
from hqs_xl.compliance.open_deadlines import open_deadlines
from hqs_xl.compliance.other_edition import OtherEdition
from hqs_xl.compliance.person import Outcome
from hqs_xl.law import decrees
from hqs_xl.roster.agreements import Turn
from hqs_xl.roster.columns import ANSWERED, answers
from hqs_xl.roster.documents import Documents
from hqs_xl.roster.findings import Finding
from hqs_xl.roster.gathered import FACTS
from hqs_xl.roster.ids import PartialIds
from hqs_xl.roster.notices import Notices
from hqs_xl.roster.reading import read_all
from hqs_xl.roster.records import Person
from hqs_xl.roster.settings import Settings
from hqs_xl.roster.sponsors import Ending
from hqs_xl.roster.tables import Found, TableRows
from hqs_xl.roster.tables.aside import SetAside
from hqs_xl.roster.tables.no_rows import told_apart
from hqs_xl.roster.tables.no_value import NoValue
from hqs_xl.roster.tables.sheet import SheetTables
from hqs_xl.rows import UNCOUNTED
from hqs_xl.sync.nearest import Nearest
from hqs_xl.sync.own_cells import OwnCells
from hqs_xl.sync.salary import salary_answer
from hqs_xl.sync.tally import Tally

# So many changed statuses are named in a line of the log.
NAMED = 20
# What a person's row is answered.
_ANSWERS = tuple(column.key for column in answers("roster"))
_ANSWERS_OF, _NO_ANSWERS = attrgetter(*_ANSWERS), dict.fromkeys(_ANSWERS)

# Cells of a row by 0-based column, and by the keys of a table's columns.
Cells = Mapping[int, Any]
Values = Mapping[str, Any]
# What answers the rows of a table, each in turn.
Answer = Callable[[TableRows], list[Values]]
_NOTHING: Cells = {}


@dataclass(slots=True)
class Result:
    """What rows came to: their tally, how many statuses moved and the first of them, answers and ids by line.

    ``last_rows``: by kind of table, the last of its rows among them. ``other_edition``: what another edition finds more
    of the same people, where it was compared.
    """

    tally: Tally
    moves: int = 0
    moved: list[str] = field(default_factory=list)
    lines: dict[int, Values] = field(default_factory=dict)
    ids: dict[int, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    last_rows: dict[str, int] = field(default_factory=dict)
    deadlines: Nearest = field(default_factory=Nearest)
    other_edition: OtherEdition | None = None

    def add(self, other: Result) -> None:
        """Add the result of rows further down, but for their findings."""
        self.tally.add(other.tally)
        self.moves += other.moves
        self.moved += other.moved[: NAMED - len(self.moved)]
        self.lines |= other.lines
        self.ids |= other.ids
        self.deadlines.add(other.deadlines)
        if self.other_edition and other.other_edition:
            self.other_edition.add(other.other_edition)


class Kept(NamedTuple):
    """What is kept of people besides: their answers by the line of the table, the deadlines they have open."""

    lines: bool = False
    deadlines: bool = False


class Answering:
    """Answers rows. ``tell`` is told each finding; ``keep``: what is kept of the people besides."""

    def __init__(
        self, checker: Checker, settings: Settings, tell: Callable[[Finding], None] | None, keep: Kept
    ) -> None:
        self._checker, self._settings, self._tell, self._keep = checker, settings, tell, keep
        self.result = Result(Tally(settings.as_of, settings.lang))

    def take(self, finding: Finding) -> None:
        """Count a finding, and tell it."""
        self.result.tally.add_finding(finding)
        if self._tell:
            self._tell(finding)

    def merge(self, result: Result) -> None:
        """Add the result of rows answered elsewhere, and tell its findings, which are counted already."""
        self.result.add(result)
        if self._tell:
            for finding in result.findings:
                self._tell(finding)

    def people(self, rows: TableRows) -> list[Values]:
        """Check people and answer in their rows."""
        # Elsewhere are answers left over from a person who was deleted.
        people, passed = told_apart(rows.with_any(FACTS["roster"]))
        self.result.tally.seen.passed |= passed
        checked = self._checker.check_all(read_all(Person, people))
        self.result.tally.seen.see([outcome.person for outcome, _ in checked])
        found = {
            line.row: self._answered(line.row - rows.table.header_row, before, outcome, line)
            for before, (outcome, line) in zip(people.column("status"), checked, strict=True)
        }
        return [found.get(number, _NO_ANSWERS) for number in rows.numbers]

    def _answered(self, line_number: int, before: Any, outcome: Outcome, line: Agenda) -> Values:
        self.result.tally.add_person(line, outcome.person.full_name)
        for finding in outcome.findings:
            self.take(finding)
        if self._keep.deadlines:
            for deadline in open_deadlines(outcome, self._settings.as_of):
                self.result.tally.add_deadline(deadline)
                self.result.deadlines.take(deadline, outcome.person)
        found = zip(_ANSWERS, _ANSWERS_OF(line), strict=True)
        values = {key: None if value == "" else value for key, value in found}
        if self._keep.lines:
            self.result.lines[line_number] = values
            self.result.ids[line_number] = line.person_id
        if before != line.status:
            self._note_move(line.person_id, before, line.status)
        return values

    def _note_move(self, person_id: str, before: Any, status: str) -> None:
        self.result.moves += 1
        if self.result.moves <= NAMED:
            shown = "-" if before in (None, "", UNCOUNTED) else before
            self.result.moved.append(f"{person_id}: {shown} \N{RIGHTWARDS ARROW} {status}")

    def notices(self, rows: TableRows) -> list[Values]:
        """Say when salary notices were due and where they stand."""
        keys, settings = ("due", "status"), self._settings
        dates = zip(rows.column("quarter"), rows.column("filed_on"), strict=True)
        found = (salary_answer(quarter, filed_on, settings) for quarter, filed_on in dates)
        return [dict(zip(keys, answers, strict=True)) for answers in found]

    @property
    def by_kind(self) -> Mapping[str, Answer]:
        """What answers the rows of which kind of table."""
        return {"roster": self.people, "salary": self.notices}


class RowsTask(NamedTuple):
    """What a worker must know to answer some rows: the tables they belong to, and what else their people have."""

    opened: list[Found]
    ended: frozenset[str]
    aside: list[SetAside]
    first_rows: dict[int, int]
    turns: dict[int, Turn]
    notices: dict[str, bytes]
    documents: dict[str, bytes]


class _Others(NamedTuple):
    """What the check of some rows in a worker knows of the rest of the roster."""

    ids: PartialIds
    notices: Notices
    documents: Documents
    near: Mapping[str, Near]
    no_value: NoValue
    renewed: Mapping[str, date]
    ended: Mapping[str, Ending]

    def renewals(self, _as_of: date) -> Mapping[str, date]:
        """When the permits of specialists whose family is there were decided to be renewed."""
        return self.renewed

    def endings(self, _as_of: date) -> Mapping[str, Ending]:
        """How the agreements of specialists whose family is there ended."""
        return self.ended


@dataclass(slots=True)
class PeopleEdit:
    """The answers of a sheet of people and salary notices as a worker process finds them: a ``WorkerEdit``.

    ``mine``: the tables that are answered. ``tell``: whether findings are to be named. ``compares``: whether people are
    checked by another edition too.
    """

    name: str
    sheet: str
    date1904: bool
    total_rows: frozenset[int]
    settings: Settings
    mine: Mapping[tuple[str, int], Mine]
    missing_sponsors: frozenset[str]
    near: Mapping[str, Near]
    renewals: Mapping[str, date]
    endings: Mapping[str, Ending]
    no_value: NoValue
    tell: bool
    keep: Kept
    compares: bool

    def __getstate__(self) -> tuple[list[Any], dict[int, decrees.Year]]:
        """What is pickled: the calendar's years too, so that no worker loads the library for them."""
        return [getattr(self, name) for name in self.__slots__], decrees.years_beyond()

    def __setstate__(self, state: tuple[list[Any], dict[int, decrees.Year]]) -> None:
        values, years = state
        for name, value in zip(self.__slots__, values, strict=True):
            setattr(self, name, value)
        decrees.learn(years)

    def totals(self, _sheet: str) -> frozenset[int]:
        """The rows that are totals of a table."""
        return self.total_rows

    def answers(self, task: RowsTask, rows: Sequence[tuple[int, Cells]]) -> tuple[list[Cells], Result]:
        """The answers to the rows of a task, none of them a header, and what they come to."""
        ids = PartialIds(self.missing_sponsors, task.first_rows, task.turns)
        beside = (Notices(task.notices), Documents(task.documents), self.near, self.no_value)
        others = _Others(ids, *beside, self.renewals, self.endings)
        findings: list[Finding] = []
        tell = findings.append if self.tell else None
        compared = OtherEdition() if self.compares else None
        checker = Checker(others, self.settings, compared=compared)
        answering = Answering(checker, self.settings, tell, self.keep)
        answering.result.findings, answering.result.other_edition = findings, compared
        tables = SheetTables(self, self.sheet, opened=task.opened, ended=task.ended, aside=task.aside)
        answers = answers_of(tables, self.mine, answering.by_kind, rows, headed=False)
        answering.result.last_rows = tables.last_rows
        return answers, answering.result


class Mine(NamedTuple):
    """A table that is answered: where its columns stand, and which of its cells may be written over."""

    places: dict[str, int]
    own: OwnCells | None  # None for a table nobody but us writes to

    @classmethod
    def of(cls, table: Found, *, marked: bool, date1904: bool) -> Mine:
        """What must be known of a table to answer it."""
        own = OwnCells(table, marked=marked, date1904=date1904) if table.kind in ANSWERED else None
        return cls({key: place for place, key in table.places.items()}, own)


def answers_of(
    tables: SheetTables,
    mine: Mapping[tuple[str, int], Mine],
    by_kind: Mapping[str, Answer],
    rows: Sequence[tuple[int, Cells]],
    *,
    headed: bool = True,
) -> list[Cells]:
    """The answers of rows that belong to some tables of a sheet; ``headed``: whether any of them may be a header."""
    answered: dict[int, Cells] = {}
    for taken in tables.all_taken(rows, headed=headed):
        kind = taken.table.kind
        table = mine.get((kind, taken.table.header_row))
        if table:
            at, own = table
            for (number, held), answers in zip(taken.rows, by_kind[kind](taken), strict=True):
                cells: Cells = {at[name]: value for name, value in answers.items() if name in at}
                if own:
                    cells = own.guarded(held, cells)
                answered[number] = {**answered[number], **cells} if number in answered else cells
    return [answered.get(number, _NOTHING) for number, _ in rows]
