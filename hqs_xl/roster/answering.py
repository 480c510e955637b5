"""Answers the rows of people and of salary notices, and counts what comes of them: here, or for some rows elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, NamedTuple

from hqs_xl.roster.check import Checker
from hqs_xl.roster.columns import answers
from hqs_xl.roster.documents import Documents
from hqs_xl.roster.findings import Finding
from hqs_xl.roster.gathered import IdsApart, Notices, holds_facts
from hqs_xl.roster.records import Person, read
from hqs_xl.roster.salary import salary_answer
from hqs_xl.roster.settings import Settings
from hqs_xl.roster.tables import Found, RowEdit, SheetTables
from hqs_xl.roster.tally import Tally

# So many changed statuses are named in a line of the log.
NAMED = 20
# What a person's row is answered.
_ANSWERS = tuple(column.key for column in answers("roster"))
_ANSWERS_OF, _NO_ANSWERS = attrgetter(*_ANSWERS), dict.fromkeys(_ANSWERS)

Values = Mapping[str, Any]
Answer = Callable[[Found, int, Values], Values]


@dataclass(slots=True)
class Came:
    """What rows came to: their tally, how many statuses moved and the first of them, the answers by line."""

    tally: Tally
    moves: int = 0
    moved: list[str] = field(default_factory=list)
    lines: dict[int, Values] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def add(self, other: Came) -> None:
        """Take what rows further down came to, but for their findings."""
        self.tally.add(other.tally)
        self.moves += other.moves
        self.moved += other.moved[: NAMED - len(self.moved)]
        self.lines |= other.lines


class Answering:
    """Answers rows. ``tell`` is told each finding; ``keep_lines``: the answers are kept by the line of the table."""

    def __init__(
        self, checker: Checker, settings: Settings, tell: Callable[[Finding], None] | None, *, keep_lines: bool
    ) -> None:
        self._checker, self._settings, self._tell, self._keep_lines = checker, settings, tell, keep_lines
        self.came = Came(Tally(settings.as_of, settings.lang))

    def take(self, finding: Finding) -> None:
        """Count a finding, and tell it."""
        self.came.tally.add_finding(finding)
        if self._tell:
            self._tell(finding)

    def person(self, table: Found, number: int, row: Values) -> Values:
        """Check a person and answer in the row."""
        if not holds_facts("roster", row):
            # Answers left over from a person who was deleted.
            return _NO_ANSWERS
        outcome, line = self._checker.check(*read(Person, number, row))
        self.came.tally.add_person(line)
        for finding in outcome.findings:
            self.take(finding)
        found = zip(_ANSWERS, _ANSWERS_OF(line), strict=True)
        values = {key: None if value == "" else value for key, value in found}
        if self._keep_lines:
            self.came.lines[number - table.header_row] = values
        before = row.get("status")
        if before != line.status:
            self._note_move(line.person_id, before, line.status)
        return values

    def _note_move(self, person_id: str, before: Any, status: str) -> None:
        self.came.moves += 1
        if self.came.moves <= NAMED:
            self.came.moved.append(f"{person_id}: {before or '-'} > {status}")

    def notice(self, _table: Found, _number: int, row: Values) -> Values:
        """Say when a salary notice was due and where it stands."""
        due, status = salary_answer(row.get("quarter"), row.get("filed_on"), self._settings)
        return {"due": due, "status": status}

    @property
    def by_kind(self) -> Mapping[str, Answer]:
        """What answers the rows of which kind of table."""
        return {"roster": self.person, "salary": self.notice}


class Errand(NamedTuple):
    """What must be known to answer some rows elsewhere: the tables they belong to, and what else their people have."""

    opened: list[Found]
    first_rows: dict[int, int]
    notices: dict[str, bytes]
    documents: dict[str, bytes]


class _Others(NamedTuple):
    """What is known of the others when some rows are checked elsewhere."""

    ids: IdsApart
    notices: Notices
    documents: Documents


@dataclass(slots=True)
class PeopleApart:
    """The answers of a sheet of people and salary notices as other processes find them: an ``EditApart``.

    ``mine``: the tables that are answered. ``tell``: whether findings are to be named.
    """

    name: str
    sheet: str
    date1904: bool
    total_rows: frozenset[int]
    settings: Settings
    mine: Mapping[tuple[str, int], Found]
    missing_sponsors: frozenset[str]
    tell: bool
    keep_lines: bool

    def totals(self, _sheet: str) -> frozenset[int]:
        """The rows that are totals of a table."""
        return self.total_rows

    def begin(self, errand: Errand) -> tuple[RowEdit, Came]:
        """The edit of the rows of an errand, and what they come to once they are answered.

        It raises ValueError at a header, which changes what the rows below it are.
        """
        ids = IdsApart(self.missing_sponsors, errand.first_rows)
        others = _Others(ids, Notices(errand.notices), Documents(errand.documents))
        findings: list[Finding] = []
        tell = findings.append if self.tell else None
        answering = Answering(Checker(others, self.settings), self.settings, tell, keep_lines=self.keep_lines)
        answering.came.findings = findings
        tables = SheetTables(self, self.sheet, opened=errand.opened)
        edit = answers_of(tables, self.mine, answering.by_kind)

        def below_headers(number: int, cells: Mapping[int, Any]) -> Mapping[int, Any]:
            answered = edit(number, cells)
            if tables.tables:
                raise ValueError(number)
            return answered

        return below_headers, answering.came


def answers_of(tables: SheetTables, mine: Mapping[tuple[str, int], Found], by_kind: Mapping[str, Answer]) -> RowEdit:
    """The edit that answers the rows of some tables of a sheet."""
    places = {key: {name: place for place, name in table.places.items()} for key, table in mine.items()}

    def edit(number: int, cells: Mapping[int, Any]) -> Mapping[int, Any]:
        answered: dict[int, Any] = {}
        for table, row in tables.taken(number, cells):
            key = (table.kind, table.header_row)
            if key in mine:
                at = places[key]
                values = by_kind[table.kind](mine[key], number, row)
                answered |= {at[name]: value for name, value in values.items() if name in at}
        return answered

    return edit
