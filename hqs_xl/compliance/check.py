"""The check: every person of a book, or of a block of cells, against every rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

from hqs_xl.cells.ids import Near
from hqs_xl.cells.values import BadValue, is_blank
from hqs_xl.compliance.agenda import Agenda, agenda, unsure
from hqs_xl.compliance.coverage import Coverage, Seen, coverage
from hqs_xl.compliance.other_edition import OtherEdition
from hqs_xl.compliance.person import Outcome, check_person
from hqs_xl.compliance.second_check import SecondCheck
from hqs_xl.compliance.unread import case_of
from hqs_xl.roster.agreements import Before, Turn
from hqs_xl.roster.columns import facts
from hqs_xl.roster.documents import Applied, Documents
from hqs_xl.roster.findings import Finding, Severity
from hqs_xl.roster.gathered import FACTS, Gathered, Progress, gather, holds_facts
from hqs_xl.roster.headers.notes import doubts_in_words
from hqs_xl.roster.headers.row import BOTH, NO_MEANINGS, Headed, headed
from hqs_xl.roster.ids import Ids, PartialIds
from hqs_xl.roster.notices import Notices
from hqs_xl.roster.reading import read, read_all
from hqs_xl.roster.records import Person, Problem
from hqs_xl.roster.settings import Settings
from hqs_xl.roster.sponsors import Ending
from hqs_xl.roster.tables import RosterBook, TableRows
from hqs_xl.roster.tables.finder import HowRead
from hqs_xl.roster.tables.no_rows import in_doubt, is_no_row
from hqs_xl.roster.tables.no_value import NoValue
from hqs_xl.texts import say


@dataclass(slots=True)
class Report:
    """What a check came to, and what it looked at; ``other_edition``: what another edition finds, where compared.

    ``sheets``: by kind of table, the sheet it stands on.
    """

    settings: Settings
    known_through: date
    people: int
    findings: list[Finding]
    agenda: list[Agenda]
    coverage: Coverage
    other_edition: OtherEdition | None = None
    sheets: Mapping[str, str] = field(default_factory=dict)

    @property
    def counts(self) -> Counter[str]:
        """How many findings there are of each weight."""
        return Counter(str(finding.severity) for finding in self.findings)

    @property
    def violated(self) -> bool:
        """Whether a rule is broken."""
        return any(finding.severity is Severity.VIOLATION for finding in self.findings)

    @property
    def unverified(self) -> list[str]:
        """A sentence where a date rests on a number that could not be verified; else nothing."""
        mark = say("evidence.unverified", self.settings.lang)
        unsure = any(mark in finding.source for finding in self.findings)
        return [say("check.unverified", self.settings.lang)] if unsure else []


@dataclass(slots=True)
class Roster:
    """A book read whole: its people as records with the problems of each row, and all else it says."""

    people: list[tuple[Person, list[Problem]]]
    other: Gathered

    @property
    def names(self) -> dict[str, str]:
        """The people's names by id."""
        return {person.person_id: person.full_name for person, _ in self.people}


def read_roster(
    book: RosterBook,
    sheet: str | None = None,
    progress: Progress | None = None,
    meanings: Mapping[str, str] = NO_MEANINGS,
) -> Roster:
    """The records of a book; UnusableFile when it holds no roster."""
    people: dict[str, list[tuple[Person, list[Problem]]]] = {}

    def take(rows: TableRows) -> None:
        people.setdefault(f"{rows.table.header_row} {rows.table.sheet}", []).extend(read_all(Person, rows))

    other = gather(book, take, HowRead.asked(sheet, meanings), progress, people.clear)
    table = other.found["roster"]
    return Roster(people.get(f"{table.header_row} {table.sheet}", []), other)


def check_roster(
    roster: Roster, settings: Settings, progress: Progress | None = None, compared: OtherEdition | None = None
) -> Report:
    """Check every person of a roster, in its order; by another edition too when there is something to compare into."""
    other, people = roster.other, len(roster.people)
    findings, lines, seen = [*other.first_findings(settings.lang)], list[Agenda](), Seen()
    checker = Checker(other, settings, compared=compared)
    for done, (person, problems) in enumerate(roster.people, 1):
        outcome, line = checker.check(person, problems)
        findings += outcome.findings
        lines.append(line)
        seen.see([outcome.person])
        if progress:
            progress(done / people)
    findings += other.last_findings(seen.passed, settings.lang)
    looked = coverage(other, seen, people, settings)
    sheets = {kind: table.sheet for kind, table in other.found.items()}
    return Report(settings, settings.calendar.known_through, people, findings, lines, looked, compared, sheets)


class Others(Protocol):
    """What a check asks of the rest of the roster."""

    @property
    def ids(self) -> Ids | PartialIds:
        """Who is there."""

    @property
    def notices(self) -> Notices:
        """The salary notices by person."""

    @property
    def documents(self) -> Documents:
        """The documents by person."""

    @property
    def near(self) -> Mapping[str, Near]:
        """Ids that are near another one of the roster's."""

    @property
    def no_value(self) -> NoValue:
        """The cells of people that seem blank and are none."""

    def renewals(self, as_of: date) -> Mapping[str, date]:
        """When the permits of specialists whose family is there were decided to be renewed, by their id."""

    def endings(self, as_of: date) -> Mapping[str, Ending]:
        """How the agreements of specialists whose family is there ended before a day, by their id."""


class Checker:
    """Checks people one by one, among the others of their roster.

    ``notices=False``: nothing is known of salary notices. ``compared``: what another edition finds more goes there.
    """

    def __init__(
        self, other: Others, settings: Settings, *, notices: bool = True, compared: OtherEdition | None = None
    ) -> None:
        self._other, self._settings, self._notices = other, settings, notices
        self._second = SecondCheck(settings, compared) if compared else None
        self._sponsors = {"renewals": other.renewals(settings.as_of), "endings": other.endings(settings.as_of)}
        self._near = other.near

    def check(self, person: Person, problems: list[Problem]) -> tuple[Outcome, Agenda]:
        """What a person's facts come to."""
        return self.check_all([(person, problems)])[0]

    def check_all(self, records: Iterable[tuple[Person, list[Problem]]]) -> list[tuple[Outcome, Agenda]]:
        """What people's facts come to. Step by step: what a step needs stays in the processor's cache."""
        outcomes = [self._outcome(person, problems) for person, problems in self._with_values(records)]
        return [(outcome, agenda(outcome, self._settings)) for outcome in outcomes]

    def _with_values(self, records: Iterable[tuple[Person, list[Problem]]]) -> Iterable[tuple[Person, list[Problem]]]:
        if doubled := self._settings.doubled:
            # Not one of two cells is read, and one may say what is asked.
            records = [(replace(one, unread=one.unread | doubled), problems) for one, problems in records]
        if not self._other.no_value:
            return records
        return [self._without_values(person, problems) for person, problems in records]

    def _without_values(self, person: Person, problems: list[Problem]) -> tuple[Person, list[Problem]]:
        """A person without what stands in cells that have no value of their own, each of them a problem."""
        found = self._other.no_value.in_row(person.row)
        if not found:
            return person, problems
        gone: dict[str, Any] = {key: "" if isinstance(getattr(person, key), str) else None for key in found}
        told = [problem for problem in problems if problem.column not in found]
        unread = person.unread | found.keys()
        return replace(person, **gone, unread=unread), [*told, *(Problem(key, error) for key, error in found.items())]

    def _outcome(self, person: Person, problems: list[Problem]) -> Outcome:
        mine = self._other.notices.of(person.person_id) if self._notices else None
        turn, as_of = self._other.ids.turn(person.row), self._settings.as_of
        past = turn is not None and turn.is_past(as_of)
        person, carried = _with_earlier(person, turn, as_of) if turn and not past else (person, ())
        # The documents at hand are those of the agreement that followed.
        documents = Applied(person) if past else self._other.documents.applied(person, as_of, turn and turn.since)
        person, held, since, doubtful = documents
        more = {"permit_since": since, "doubtful": doubtful, "turn": turn, **self._sponsors}
        case = case_of(person, self._settings, mine, self._other.ids, held, **more)
        duplicate_of = self._other.ids.duplicate_of(person.person_id, person.row)
        outcome = check_person(case, problems, duplicate_of=duplicate_of, near=self._near, carried=carried)
        if self._second:
            self._second.see(case, outcome)
        return outcome


def _with_earlier(person: Person, turn: Turn, as_of: date) -> tuple[Person, Sequence[Before]]:
    """A person hired again with what the rows of earlier agreements say of visa and stay, where this one is blank.

    The stay of who has left is over; a visa goes on while it lasts, for most are for many entries.
    """
    found, carried, gone = person, list[Before](), False
    for before in turn.before:
        if before.since > as_of:
            continue
        facts = before.facts
        if before.of_visa:
            last = facts.get("visa_expires")
            if gone and last is not None and last < as_of:
                continue
        else:
            then = replace(person, entered_on=facts.get("entered_on"), left_on=facts.get("left_on"))
            gone = then.has_left(as_of)
            if gone or person.has_left(as_of):
                continue
        blank = before.beside(found)
        if blank.facts or blank.unread:
            found = replace(found, **blank.facts, unread=found.unread | blank.unread)
            carried.append(blank)
    return found, carried


Block = Sequence[Sequence[Any]]


def check_block(headers: Sequence[Any], rows: Block, beside: Mapping[str, Block], **given: Any) -> list[Agenda | None]:
    """Check rows of cells under their headers, the answers of each row, None for a blank one; row numbers count from 1.

    ``beside``: other tables by kind (salary, settings, own_days) with their header rows; without the salary table
    nothing is said of salary notices. A header in doubt is said in the answers of each person, and so is an edition
    file of the settings, which cells can't read, where the edition is given. Raises BadValue when a required column,
    or the day of the check, is missing.
    """
    other, heads = Gathered(), [_headed("roster", headers)]
    for kind, block in beside.items():
        heads.append(_headed(kind, block[0]))
        for row, cells in _rows_of(heads[-1], block[1:]):
            other.take(kind, row, cells)
    held = [(row, cells) for row, cells in _rows_of(heads[0], rows) if holds_facts("roster", cells)]
    # Here nothing can be said of a row but in its own cell.
    people = [(row, cells) for row, cells in held if not is_no_row("roster", cells) or in_doubt("roster", cells)]
    for row, cells in people:
        other.take("roster", row, cells)
    if other.ids.repeated:
        again = other.ids.repeated_rows()
        other.ids.tell_agreements(read(Person, row, cells)[0] for row, cells in people if row in again)
    if given.get("as_of") is None and "as_of" not in other.settings:
        raise BadValue("is_needed", name="as_of")
    absent = FACTS["roster"].difference(heads[0].places.values())
    doubled = absent & {doubt.keys[0] for doubt in heads[0].doubts if doubt.reason == BOTH}
    settings = other.settings_for(date.max, absent=absent, doubled=doubled, **given)
    checker = Checker(other, settings, notices="salary" in beside)
    found = {row: checker.check(*read(Person, row, cells))[1] for row, cells in people}
    lines = [line for one in heads for line in doubts_in_words(one, settings.lang)]
    if file := other.settings.get("edition_file"):
        lines.append(say("own_edition.not_in_cells", settings.lang, file=file, edition=settings.edition))
    doubts = "; ".join(lines)
    if doubts:
        found = {row: unsure(line, doubts, settings.lang) for row, line in found.items()}
    return [found.get(row) for row in range(1, len(rows) + 1)]


def _headed(kind: str, headers: Sequence[Any]) -> Headed:
    found = headed(kind, {place: text for place, text in enumerate(headers) if isinstance(text, str) and text.strip()})
    missing = [column for column in facts(kind) if column.required and column.key not in found.sure]
    if missing:
        raise BadValue("no_column", column=missing[0].title)
    return found


def _rows_of(head: Headed, rows: Block) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows of a block by column key, those that hold anything, numbered from 1."""
    for number, row in enumerate(rows, 1):
        cells = {key: row[place] for place, key in head.places.items() if not is_blank(row[place])}
        if cells:
            yield number, cells
