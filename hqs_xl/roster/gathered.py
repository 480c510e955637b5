"""What a book says beside its people: settings, own days, salary notices, the log, and which ids there are.

Kept small, for a sheet holds a million rows: people themselves are read as they are checked.

More than 300 lines, for what is gathered and how it is gathered are of no use apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from hqs_xl.cells.ids import Near, nearness, to_id
from hqs_xl.cells.values import BadValue, is_blank, is_zero, refuse_error, to_date, to_text, to_word
from hqs_xl.errors import EditionError, HqsError, UnusableFile
from hqs_xl.formulas.today import Moving
from hqs_xl.law.rules import OwnEdition
from hqs_xl.roster.agreements import agreements_of, read_rows
from hqs_xl.roster.columns import RELATIONS, TABLES, facts
from hqs_xl.roster.documents import Documents
from hqs_xl.roster.employer import FIELDS, field_key, read_employer
from hqs_xl.roster.findings import Finding, Place
from hqs_xl.roster.headers.labels import refuse_unnamed
from hqs_xl.roster.headers.language import language_of
from hqs_xl.roster.headers.meanings import MeaningsFound, meaning
from hqs_xl.roster.headers.notes import HeaderNotes
from hqs_xl.roster.ids import Ids
from hqs_xl.roster.notices import Notices
from hqs_xl.roster.reading import read
from hqs_xl.roster.records import Document, OwnDay, Problem, SalaryNotice
from hqs_xl.roster.settings import LINES, Settings, read_setting, setting_key
from hqs_xl.roster.sponsors import Ending, Endings, Renewals
from hqs_xl.roster.tables import (
    ClockBook,
    Found,
    LearningBook,
    LiesInFolder,
    OneValuedBook,
    RosterBook,
    TableRows,
    TextBeside,
)
from hqs_xl.roster.tables.book import find_tables
from hqs_xl.roster.tables.end import SURELY, TELLING
from hqs_xl.roster.tables.finder import AS_WRITTEN, HowRead
from hqs_xl.roster.tables.marks import is_marked
from hqs_xl.roster.tables.no_rows import Passed, told_apart
from hqs_xl.roster.tables.no_value import NoValue
from hqs_xl.roster.tables.ours import Candidate, LeftAlone, choose
from hqs_xl.rows import UNCOUNTED

Progress = Callable[[float], None]
# Takes the next people of a table.
TakePeople = Callable[[TableRows], None]

# A log is kept to so many lines.
LOG_LINES = 1_000
# The columns that make a row one of its table; answers alone are left over from a deleted person.
FACTS = {kind: frozenset(column.key for column in facts(kind)) for kind in TABLES}
# What is to be known of a person before others are checked: who it is, when the permit was renewed and the agreement
# ended.
_IDS = ("person_id", "relation", "sponsor_id")
_RENEWAL, _END = ("renewal_filed", "permit_decided"), ("terminated_on", "agreement_ends")
BEFORE = (*_IDS, *_RENEWAL, *_END)
_FIRST_PASS = {"roster": frozenset({*BEFORE, *TELLING["roster"]}), "lines": frozenset({"line"})}
# The tables that have a row for each person, notice, document or day.
_IN_ROWS = frozenset({"roster", "salary", "documents", "own_days"})
# The tables that people fill.
_FILLED = _IN_ROWS | {"settings", "employer"}
# The tables whose rows are taken in, besides those of people.
_TAKEN = frozenset({"salary", "settings", "own_days", "documents", "employer", "means", "log"})
_REQUIRED = [column.key for column in facts("salary") if column.required]


@dataclass(slots=True)
class Gathered:
    """All but the people of a book.

    ``found``: its tables by kind, of which the kinds ``written`` may be written; ``left_alone``: tables that look like
    ours and are not known to be; ``stray_finding``: a row of the findings that no check has written, 0 for none;
    ``headers``: what is to be said of headers, and ``how`` they were read; ``no_value``: cells of people that seem
    blank and are none; ``passed``: by kind, rows in a table that are none of it, or may be after all; ``beside`` reads
    a text that lies beside the book, None where it lies in no folder.
    """

    found: dict[str, Found] = field(default_factory=dict)
    written: frozenset[str] = frozenset()
    left_alone: list[LeftAlone] = field(default_factory=list)
    stray_finding: int = 0
    marked: frozenset[str] = frozenset()
    headers: HeaderNotes = field(default_factory=HeaderNotes)
    how: HowRead = AS_WRITTEN
    settings: dict[str, Any] = field(default_factory=dict)
    problems: list[tuple[str, int, str, BadValue]] = field(default_factory=list)
    ids: Ids = field(default_factory=Ids)
    decisions: Renewals = field(default_factory=Renewals)
    ends: Endings = field(default_factory=Endings)
    notices: Notices = field(default_factory=Notices)
    faulty: list[tuple[SalaryNotice, list[Problem]]] = field(default_factory=list)
    log: list[dict[str, Any]] = field(default_factory=list)
    documents: Documents = field(default_factory=Documents)
    employer: dict[str, str] = field(default_factory=dict)
    meanings: dict[str, str] = field(default_factory=dict)
    no_value: NoValue = field(default_factory=NoValue)
    nameless: list[tuple[str, int, str]] = field(default_factory=list)
    blank_settings: list[str] = field(default_factory=list)
    said_again: list[tuple[str, int, str]] = field(default_factory=list)
    passed: dict[str, dict[int, str]] = field(default_factory=dict)
    beside: TextBeside | None = None
    _own: dict[date, tuple[bool, int]] = field(default_factory=dict)
    _near: dict[str, Near] | None = None

    @property
    def near(self) -> Mapping[str, Near]:
        """Ids that are near another one of the roster's; looked for once, when all tables are taken."""
        if self._near is None:
            known = self.ids.known
            tables = (self.ids.missing_sponsors(), self.notices.people, self.documents.people)
            unknown = {one: None for table in tables for one in table if one and not known(one)}
            self._near = nearness(self.ids.all, unknown)
            self.documents.doubt({one: self._near[one] for one in unknown if one in self._near})
        return self._near

    @property
    def has_more_than_rows(self) -> bool:
        """Whether anything beside a person's own row bears on its check, but for sponsors."""
        return bool(self.ids.repeated or self.notices.any or self.documents.any)

    def take_all(self, rows: TableRows) -> None:
        """Take rows of any table but the dashboard's; of people the ids only."""
        kind = rows.table.kind
        if FACTS[kind]:
            rows = rows.with_any(FACTS[kind])
        if kind == "roster":
            for number, *cells in zip(rows.numbers, *map(rows.column, _IDS), strict=True):
                self._take_ids(number, *cells)
            self.decisions.add_all(rows.numbers, *map(rows.column, _RENEWAL))
            self.ends.add_all(rows.numbers, *map(rows.column, _END))
        elif kind in _TAKEN:
            rows = self.of_table(rows)
            for number, row in rows.each():
                self.take(kind, number, row)

    def of_table(self, rows: TableRows) -> TableRows:
        """The rows that are of their table; of the others note is taken."""
        rows, passed = told_apart(rows)
        if passed:
            self.passed.setdefault(rows.table.kind, {}).update(passed)
        return rows

    def join(self, kind: str, other: Gathered) -> None:
        """Take what a table of a kind holds, which was read apart from the others."""
        if kind == "roster":
            self.ids, self.decisions, self.ends = other.ids, other.decisions, other.ends
        elif kind == "salary":
            self.notices, self.faulty = other.notices, other.faulty
        elif kind == "documents":
            self.documents = other.documents
        self.settings |= other.settings
        self.problems += other.problems
        self.log += other.log
        self.employer |= other.employer
        self.nameless += other.nameless
        self.meanings |= other.meanings
        self.blank_settings += other.blank_settings
        self.said_again += other.said_again
        self.passed |= other.passed
        self._own |= other._own

    def _take_ids(self, row: int, person_id: Any, relation: Any, sponsor_id: Any) -> None:
        family = _is_family(relation)
        self.ids.add(_id(person_id), row, family=family, sponsor=_id(sponsor_id) if family else "")

    def take(self, kind: str, row: int, cells: dict[str, Any]) -> None:
        """Take a row of any table but the dashboard's; of a person the id only."""
        if kind == "roster":
            self._take_ids(row, *map(cells.get, _IDS))
            self.decisions.add_all([row], *([cells.get(key)] for key in _RENEWAL))
            self.ends.add_all([row], *([cells.get(key)] for key in _END))
        elif kind == "salary":
            self.take_notice(*read(SalaryNotice, row, cells))
        elif kind == "settings":
            self._take_setting(row, cells)
        elif kind == "own_days":
            self._take_own_day(row, cells)
        elif kind == "documents":
            self.documents.add(*read(Document, row, cells))
        elif kind == "employer":
            self._take_employer(row, cells)
        elif kind == "means":
            self._take_meaning(row, cells)
        elif kind == "log":
            self.log.append({key: value for key, value in cells.items() if value != UNCOUNTED})
            del self.log[:-LOG_LINES]

    def take_notice(self, notice: SalaryNotice, problems: list[Problem]) -> None:
        """Take a salary notice, and remember it when something is wrong with it."""
        self.notices.add(notice)
        if problems or not all(getattr(notice, key) for key in _REQUIRED) or _too_early(notice):
            self.faulty.append((notice, problems))

    def _take_setting(self, row: int, cells: Mapping[str, Any]) -> None:
        label, value = cells.get("setting"), cells.get("value")
        if self._is_named("settings", row, "setting", LINES, cells):
            if setting_key(label) is None:
                self._take_nameless("settings", row, label, value)
            # A link to a blank cell comes to 0, which is no word and no day; bands may be 0.
            elif is_blank(value) or (is_zero(value) and setting_key(label) != "bands"):
                self.blank_settings.append(str(setting_key(label)))
            try:
                found = read_setting(label, value)
            except BadValue as error:
                self.problems.append(("settings", row, "value", error.with_traceback(None)))
                return
            self.said_again += [("settings", row, key) for key in found.keys() & self.settings.keys()]
            self.settings |= found
            as_of = found.get("as_of")
            if isinstance(as_of, Moving) and as_of.days is None:
                self.problems.append(("settings", row, "value", BadValue("moving_unknown")))

    def _take_meaning(self, row: int, cells: Mapping[str, Any]) -> None:
        try:
            text, means = to_text(cells.get("column")), to_text(cells.get("means"))
            if text and means:
                self.meanings[text] = meaning(means)
        except BadValue as error:
            self.problems.append(("means", row, "means", error.with_traceback(None)))

    def _take_employer(self, row: int, cells: Mapping[str, Any]) -> None:
        label, value = cells.get("employer_field"), cells.get("value")
        if self._is_named("employer", row, "employer_field", FIELDS, cells):
            if field_key(label) is None:
                self._take_nameless("employer", row, label, value)
            try:
                found = read_employer(label, value)
                self.said_again += [("employer", row, key) for key in found.keys() & self.employer.keys()]
                self.employer |= found
            except BadValue as error:
                self.problems.append(("employer", row, "value", error.with_traceback(None)))

    def _take_nameless(self, table: str, row: int, label: object, value: object) -> None:
        """Take note of a line that is about something else; without a value it is a heading."""
        if not is_blank(value):
            self.nameless.append((table, row, str(label)))

    def _is_named(self, table: str, row: int, column: str, known: Iterable[str], cells: Mapping[str, Any]) -> bool:
        """Whether it is said, and can be read, what a line is about."""
        label = cells.get(column)
        try:
            refuse_error(label)
            refuse_unnamed(column.removesuffix("_field"), known, label)
        except BadValue as error:
            self.problems.append((table, row, column, error.with_traceback(None)))
            return False
        return True

    def _take_own_day(self, row: int, cells: dict[str, Any]) -> None:
        day, problems = read(OwnDay, row, cells)
        self.problems += [("own_days", row, problem.column, problem.error) for problem in problems]
        if day.date is not None and day.working is not None:
            said, above = self._own.get(day.date, (day.working, 0))
            if said != day.working:
                self.problems.append(("own_days", row, "working", BadValue("own_day_twice", day=day.date, other=above)))
            self._own[day.date] = (day.working, row)
        elif day.date is not None or day.working is not None:
            missing = "date" if day.date is None else "working"
            if missing not in day.unread:
                self.problems.append(("own_days", row, missing, BadValue("required")))

    def renewals(self, as_of: date) -> dict[str, date]:
        """When the permits of specialists whose family is there were decided to be renewed, by their id."""
        since, decided = self.documents.permit_since, self.decisions.decided
        found = ((sponsor, decided(row, since(sponsor, as_of))) for sponsor, row in self.ids.sponsors())
        return {sponsor: day for sponsor, day in found if day is not None}

    def endings(self, as_of: date) -> dict[str, Ending]:
        """How the agreements of specialists whose family is there ended before a day, by their id."""
        no_value, ended = self.no_value.in_row, self.ends.ended
        found = ((one, ended(rows, as_of, [*map(no_value, rows)])) for one, rows in self.ids.rows_of_sponsors())
        return {sponsor: ending for sponsor, ending in found if ending is not None}

    def settings_for(self, today: date, **given: Any) -> Settings:
        """The settings of a check: what is given wins over the book, the book over the defaults.

        Where neither says in which language to answer, it is the one the roster is headed in. An edition file of the
        book's wins over its edition. Raises HqsError where that file can't be used.
        """
        authority = self.employer.get("authority", "")
        wanted: dict[str, Any] = {"as_of": today, "authority": authority}
        # Of a day that is said in two ways the lower line counts, as of a setting.
        wanted["own_days"] = tuple((day, working) for day, (working, _) in self._own.items())
        if "roster" in self.found:
            table = self.found["roster"]
            wanted |= {"lang": language_of(table.headers.values()), "absent": FACTS["roster"].difference(table.headers)}
            wanted["doubled"] = self.headers.doubled("roster", table.sheet, table.header_row) & wanted["absent"]
        for layer in (self.settings, given):
            wanted |= {key: value for key, value in layer.items() if value is not None}
        as_of = wanted["as_of"]
        if isinstance(as_of, Moving):
            wanted["as_of"] = today + timedelta(days=as_of.days or 0)
        if given.get("as_of") is None:
            wanted["age"] = (today - wanted["as_of"]).days
            wanted["fixed"] = as_of != today and not isinstance(as_of, Moving)
        if wanted.get("edition_file") and given.get("edition") is None:
            wanted["edition"] = self._own_edition(wanted["edition_file"], wanted.get("lang", "en"))
        return Settings(**wanted)

    def _own_edition(self, file: str, lang: str) -> OwnEdition:
        """The edition of the file that the settings name. Raises HqsError, for by another edition days are others."""
        if self.beside is None:
            raise HqsError("edition_file_elsewhere", file=file)
        from hqs_xl.law.own_edition import read_own  # noqa: PLC0415 - few books name such a file

        try:
            return read_own(file, self.beside(file))
        except EditionError as error:
            raise HqsError("edition_file", problem=error) from None
        except UnusableFile as error:  # it names that file, and the workbook is another
            raise HqsError("edition_file", problem=error.message(lang)) from None

    def first_findings(self, lang: str) -> Iterator[Finding]:
        """Headers in doubt, settings and own days that could not be read: what bears on all people."""
        yield from self.headers.findings(lang)
        for table, row, column, error in self.problems:
            yield Place(table, row, "", lang).unread(column, error)

    def first_in_words(self, lang: str) -> list[str]:
        """The same, a line each, for what shows no findings: a calendar file, a notice, a plan."""
        return [f"{one.message}. {one.action}." for one in self.first_findings(lang)]

    def all_passed(self, people_passed: Passed) -> Mapping[str, Passed]:
        """By kind the rows passed over, with those of people that were passed over when they were checked."""
        return {**self.passed, "roster": {**self.passed.get("roster", {}), **people_passed}}

    def last_findings(self, people_passed: Passed, lang: str) -> Iterator[Finding]:
        """What is found once all people are read: rows passed over that may be theirs, and all of other tables.

        ``people_passed``: the rows of people that were passed over when they were checked.
        """
        for kind, passed in self.all_passed(people_passed).items():
            for row, sign in passed.items():
                if sign:
                    yield Place(kind, row, "", lang).data("data.passed", SURELY[kind][0], sign=sign)
        yield from self.notice_findings(lang)

    def notice_findings(self, lang: str) -> Iterator[Finding]:
        """Salary notices with a cell missing or unreadable, of nobody in the roster, or filed before their quarter."""
        faulty = {notice.row: (notice, problems) for notice, problems in self.faulty}
        for notice in self.notices.of_nobody(self.ids):
            faulty.setdefault(notice.row, (notice, []))
        for _, (notice, problems) in sorted(faulty.items()):
            yield from self._of_notice(notice, problems, lang)
        yield from self.documents.findings(self.ids, self.near, lang)

    def _of_notice(self, notice: SalaryNotice, problems: list[Problem], lang: str) -> Iterator[Finding]:
        place = Place("salary", notice.row, notice.person_id, lang)
        for problem in problems:
            yield place.unread(problem.column, problem.error)
        for key in _REQUIRED:
            if key not in notice.unread and not getattr(notice, key):
                yield place.data("data.required", key)
        if notice.person_id and not self.ids.known(notice.person_id):
            yield place.unknown(self.near.get(notice.person_id))
        if _too_early(notice) and notice.quarter:
            yield place.order("quarter", notice.quarter.first, "filed_on", notice.filed_on)


def _too_early(notice: SalaryNotice) -> bool:
    return bool(notice.quarter and notice.filed_on and notice.filed_on < notice.quarter.first)


@lru_cache(maxsize=1 << 10, typed=True)
def _is_family(relation: Any) -> bool:
    try:
        return to_word(relation, RELATIONS) == "Family"
    except BadValue:
        return False


def _id(value: Any) -> str:
    try:
        return to_id(value)
    except BadValue:
        return ""


def holds_facts(kind: str, cells: Mapping[str, Any]) -> bool:
    """Whether a row says anything of its own; answers left beside a deleted person do not."""
    return any(key in FACTS[kind] and not is_zero(cell) for key, cell in cells.items())


def gather(
    book: RosterBook,
    people: TakePeople | None = None,
    how: HowRead = AS_WRITTEN,
    progress: Progress | None = None,
    again: Callable[[], None] | None = None,
) -> Gathered:
    """Read a book, giving the people of what may be the roster to ``people``.

    A book that says what its own headers mean is read once more, and so is one whose facts move with the day by what
    their formulas refer to; ``again`` is called before that. Raises UnusableFile when there is no roster in it.
    """
    try:
        found = _gathered(book, people, how, progress)
    except MeaningsFound as told:
        how = how.with_told(told.meanings)
        if again:
            again()
        found = _gathered(book, people, how, progress)
    if isinstance(book, ClockBook) and book.follow_clock(_fact_places(found.found)):
        if again:
            again()
        found = _gathered(book, people, how, progress)
    return found


def _fact_places(found: Mapping[str, Found]) -> dict[str, dict[int, int]]:
    """By sheet, the columns that people fill, each with the row below which it begins."""
    places: dict[str, dict[int, int]] = {}
    for kind in _FILLED & found.keys():
        table = found[kind]
        of_sheet = places.setdefault(table.sheet, {})
        for place, key in table.places.items():
            if key in FACTS[kind]:
                of_sheet[place] = min(of_sheet.get(place, table.header_row), table.header_row)
    return places


def _gathered(book: RosterBook, people: TakePeople | None, how: HowRead, progress: Progress | None) -> Gathered:
    if how.meanings and isinstance(book, LearningBook):
        book.learn_headers(how.meanings.keys())
    parts: dict[tuple[str, str, int], tuple[Candidate, Gathered]] = {}

    def part_of(table: Found) -> tuple[Candidate, Gathered]:
        place = (table.kind, table.sheet, table.header_row)
        if place not in parts:
            parts[place] = Candidate(table, is_marked(table, book.marks(table.sheet))), Gathered()
        return parts[place]

    def take(rows: TableRows) -> None:
        candidate, part = part_of(rows.table)
        candidate.take(rows)
        part.take_all(rows)
        if rows.table.kind == "roster" and people:
            people(part.of_table(rows.with_any(FACTS["roster"])))

    with _told(parts, how):
        read_tables = find_tables(book, take, how, progress, {} if people else _FIRST_PASS)
    tables = [part_of(table) for table in read_tables.found]
    rosters = [(candidate.table, part.ids) for candidate, part in tables if candidate.table.kind == "roster"]
    ids = next((ids for table, ids in rosters if table.exact), rosters[0][1])
    notices = {id(candidate): part.notices for candidate, part in tables}
    chosen = choose(book.name, [candidate for candidate, _ in tables], lambda one: notices[id(one)].of_any(ids))
    found = Gathered(
        chosen.found, chosen.written, chosen.left_alone, chosen.stray, chosen.marked, read_tables.headers, how
    )
    gaps = [(table, gap) for table, gap in read_tables.ends if found.found.get(table.kind) is table]
    found.left_alone += [LeftAlone.below(table, gap) for table, gap in gaps]
    found.left_alone += [LeftAlone("roster", *place, "not_asked") for place in read_tables.not_asked.items()]
    found.beside = book.beside if isinstance(book, LiesInFolder) else None
    for candidate, part in tables:
        if found.found.get(candidate.table.kind) is candidate.table:
            found.join(candidate.table.kind, part)
    _find_no_values(book, found)
    if found.ids.repeated:
        _tell_repeated(book, found)
    _read_days(found.log)
    return found


def _tell_repeated(book: RosterBook, found: Gathered) -> None:
    """Look closer at the rows whose ids repeat: some are nobody's, some are several agreements of one person."""
    rows, nobody = told_apart(read_rows(book, found.found["roster"], found.ids.repeated_rows()))
    if nobody:
        of_family: dict[str, bool] = {}
        for person_id, relation in zip(map(_id, rows.column("person_id")), rows.column("relation"), strict=True):
            of_family[person_id] = of_family.get(person_id, True) and _is_family(relation)
        found.ids.forget(nobody, [person_id for person_id, family in of_family.items() if family])
    repeated = found.ids.repeated_rows()
    found.ids.tell_agreements(agreements_of(rows._replace(rows=[row for row in rows.rows if row[0] in repeated])))


def _read_days(log: list[dict[str, Any]]) -> None:
    for line in log:
        for key in ("as_of", "known_through"):
            line[key] = _logged_day(line.get(key))


def _find_no_values(book: RosterBook, found: Gathered) -> None:
    """Find the cells that seem blank and are none: of people they are said with each, of other tables once."""
    if not isinstance(book, OneValuedBook):
        return
    for kind in _IN_ROWS & found.found.keys():
        table = found.found[kind]
        cells = NoValue.of(table, book.one_valued(table.sheet, table.header_row))
        if kind == "roster":
            found.no_value = cells
        # Where the ids themselves are not stored, there may be people of whom the file has no row.
        said = [one for one in cells.each() if kind != "roster" or (one[1], one[2].key) == ("person_id", "not_stored")]
        found.problems += [(kind, *one) for one in said]


@contextmanager
def _told(parts: Mapping[Any, tuple[Candidate, Gathered]], how: HowRead) -> Iterator[None]:
    """Raise MeaningsFound where the book says what headers mean and is not read by that yet, whatever else is wrong."""
    try:
        yield
    finally:
        meanings = {text: key for _, part in parts.values() for text, key in part.meanings.items()}
        if meanings and how.told is None:
            raise MeaningsFound(meanings)


def _logged_day(value: Any) -> Any:
    try:
        return to_date(value)
    except BadValue:
        return value
