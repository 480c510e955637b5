"""What a book says beside its people: settings, own days, salary notices, the log, and which ids there are.

Kept small, for a sheet holds a million rows: people themselves are read as they are checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from heapq import merge
from math import isnan, nan
from struct import Struct
from typing import Any

from hqs_xl.cells.values import BadValue, to_date, to_text, to_word
from hqs_xl.law import Quarter
from hqs_xl.roster.columns import RELATIONS, TABLES, facts
from hqs_xl.roster.documents import Documents
from hqs_xl.roster.employer import read_employer
from hqs_xl.roster.findings import Finding, Place
from hqs_xl.roster.records import Document, OwnDay, Problem, SalaryNotice, read
from hqs_xl.roster.settings import Settings, read_setting
from hqs_xl.roster.tables import Found, RosterBook, TableRows, find_tables

Progress = Callable[[float], None]
TakePerson = Callable[[int, dict[str, Any]], None]

# A log is kept to so many lines.
LOG_LINES = 1_000
# Year, number, row, the day of filing as an ordinal (0: not filed), the salary paid (NaN: not known).
_NOTICE = Struct("<HBIid")
_UNREAD = -1
_NO_NOTICES: Mapping[Quarter, SalaryNotice] = {}
# The columns that make a row one of its table; answers alone are left over from a deleted person.
FACTS = {kind: frozenset(column.key for column in facts(kind)) for kind in TABLES}
_IDS = {"roster": frozenset({"person_id", "relation", "sponsor_id"})}
_REQUIRED = [column.key for column in facts("salary") if column.required]


class Ids:
    """The person ids of a roster: the first row of each, and whether it may be a sponsor's."""

    def __init__(self) -> None:
        self._first: dict[str, int] = {}  # in the order of rows
        self._family: set[str] = set()
        self._again: dict[int, str] = {}  # by row, ids that stand in a row above
        self._sponsors: set[str] = set()  # that somebody names

    def add(self, person_id: str, row: int, *, family: bool, sponsor: str = "") -> None:
        """Take note of a row."""
        if not family:
            self._family.discard(person_id)
        elif person_id not in self._first:
            self._family.add(person_id)
        if family and sponsor:
            self._sponsors.add(sponsor)
        if person_id and self._first.setdefault(person_id, row) != row:
            self._again[row] = person_id

    def known(self, person_id: str) -> bool:
        """Whether anybody has this id."""
        return person_id in self._first

    def __contains__(self, person_id: object) -> bool:
        """Whether somebody who is no family member has this id."""
        return person_id in self._first and person_id not in self._family

    def duplicate_of(self, person_id: str, row: int) -> int | None:
        """The row above with the same id, if there is one."""
        first = self._first.get(person_id, row) if person_id else row
        return first if first != row else None

    @property
    def repeated(self) -> bool:
        """Whether any id stands in two rows."""
        return bool(self._again)

    def missing_sponsors(self) -> frozenset[str]:
        """The ids named as sponsors that nobody has who may be one."""
        return frozenset(person_id for person_id in self._sponsors if person_id not in self)

    def ascending(self) -> Iterator[tuple[int, str]]:
        """Each row with its id, row by row."""
        return merge(((row, person_id) for person_id, row in self._first.items()), self._again.items())


class PartialIds:
    """As much of ``Ids`` as the check of some rows asks for: small enough to be sent to a worker process."""

    def __init__(self, missing_sponsors: frozenset[str], first_rows: Mapping[int, int]) -> None:
        """``first_rows``: of each row whose id stands above it, the row where it stands first."""
        self._missing, self._first_rows = missing_sponsors, first_rows

    def __contains__(self, person_id: object) -> bool:
        """Whether somebody who may be a sponsor has this id, which a family member of these rows names."""
        return person_id not in self._missing

    def duplicate_of(self, _person_id: str, row: int) -> int | None:
        """The row above with the same id, if there is one."""
        return self._first_rows.get(row)


class Notices:
    """Salary notices by person; of two for one quarter the one filed first counts."""

    def __init__(self, packed: Mapping[str, bytes] | None = None) -> None:
        self._packed: dict[str, bytes] = dict(packed or {})

    @property
    def any(self) -> bool:
        """Whether there are any."""
        return bool(self._packed)

    def packed_of(self, people: Iterable[str]) -> dict[str, bytes]:
        """The notices of these people, for a ``Notices`` in a worker process."""
        packed = self._packed
        return {person_id: packed[person_id] for person_id in people if person_id in packed}

    def add(self, notice: SalaryNotice) -> None:
        """Take a notice; one without person or quarter says nothing."""
        if notice.person_id and notice.quarter:
            filed = notice.filed_on.toordinal() if notice.filed_on else 0
            if "filed_on" in notice.unread:
                filed = _UNREAD
            paid = nan if notice.salary_paid is None else notice.salary_paid
            packed = _NOTICE.pack(notice.quarter.year, notice.quarter.number, notice.row, filed, paid)
            self._packed[notice.person_id] = self._packed.get(notice.person_id, b"") + packed

    def of(self, person_id: str) -> Mapping[Quarter, SalaryNotice]:
        """A person's notices by quarter."""
        packed = self._packed.get(person_id)
        if packed is None:
            return _NO_NOTICES
        found: dict[Quarter, SalaryNotice] = {}
        for notice in self._unpacked(person_id, packed):
            quarter = notice.quarter
            if quarter and (quarter not in found or _filed(notice) < _filed(found[quarter])):
                found[quarter] = notice
        return found

    def of_nobody(self, ids: Ids) -> Iterator[SalaryNotice]:
        """Notices of persons who are not in the roster."""
        for person_id, packed in self._packed.items():
            if not ids.known(person_id):
                yield from self._unpacked(person_id, packed)

    @staticmethod
    def _unpacked(person_id: str, packed: bytes) -> Iterator[SalaryNotice]:
        for year, number, row, filed, paid in _NOTICE.iter_unpack(packed):
            day = date.fromordinal(filed) if filed > 0 else None
            unread = frozenset({"filed_on"}) if filed == _UNREAD else frozenset()
            salary = None if isnan(paid) else paid
            yield SalaryNotice(row, person_id, Quarter(year, number), salary, day, unread)


def _filed(notice: SalaryNotice) -> date:
    return notice.filed_on or date.max


@dataclass(slots=True)
class Gathered:
    """All but the people of a book."""

    found: dict[str, Found] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    problems: list[tuple[str, int, str, BadValue]] = field(default_factory=list)
    ids: Ids = field(default_factory=Ids)
    notices: Notices = field(default_factory=Notices)
    faulty: list[tuple[SalaryNotice, list[Problem]]] = field(default_factory=list)
    log: list[dict[str, Any]] = field(default_factory=list)
    documents: Documents = field(default_factory=Documents)
    employer: dict[str, str] = field(default_factory=dict)
    _own: list[tuple[date, bool]] = field(default_factory=list)

    @property
    def has_more_than_rows(self) -> bool:
        """Whether anything beside a person's own row bears on its check, but for sponsors."""
        return bool(self.ids.repeated or self.notices.any or self.documents.any)

    def take_all(self, rows: TableRows) -> None:
        """Take rows of any table but the dashboard's; of people the ids only."""
        kind = rows.table.kind
        if kind in {"roster", "salary"}:
            rows = rows.with_any(FACTS[kind])
        if kind == "roster":
            ids = (rows.column(key) for key in ("person_id", "relation", "sponsor_id"))
            for number, *cells in zip(rows.numbers, *ids, strict=True):
                self._take_ids(number, *cells)
        else:
            for number, row in rows.each():
                self.take(kind, number, row)

    def _take_ids(self, row: int, person_id: Any, relation: Any, sponsor_id: Any) -> None:
        family = _is_family(relation)
        self.ids.add(_text(person_id), row, family=family, sponsor=_text(sponsor_id) if family else "")

    def take(self, kind: str, row: int, cells: dict[str, Any]) -> None:
        """Take a row of any table but the dashboard's; of a person the id only."""
        if kind == "roster":
            self._take_ids(row, *map(cells.get, ("person_id", "relation", "sponsor_id")))
        elif kind == "salary":
            self.take_notice(*read(SalaryNotice, row, cells))
        elif kind == "settings":
            self._take_setting(row, cells)
        elif kind == "own_days":
            self._take_own_day(row, cells)
        elif kind == "documents":
            self.documents.add(*read(Document, row, cells))
        elif kind == "employer":
            self.employer |= read_employer(cells.get("employer_field"), cells.get("value"))
        elif kind == "log":
            self.log.append(cells)
            del self.log[:-LOG_LINES]

    def take_notice(self, notice: SalaryNotice, problems: list[Problem]) -> None:
        """Take a salary notice, and remember it when something is wrong with it."""
        self.notices.add(notice)
        if problems or not all(getattr(notice, key) for key in _REQUIRED) or _too_early(notice):
            self.faulty.append((notice, problems))

    def _take_setting(self, row: int, cells: Mapping[str, Any]) -> None:
        try:
            self.settings |= read_setting(cells.get("setting"), cells.get("value"))
        except BadValue as error:
            self.problems.append(("settings", row, "value", error))

    def _take_own_day(self, row: int, cells: dict[str, Any]) -> None:
        day, problems = read(OwnDay, row, cells)
        self.problems += [("own_days", row, problem.column, problem.error) for problem in problems]
        if day.date is not None and day.working is not None:
            self._own.append((day.date, day.working))

    def settings_for(self, today: date, **given: Any) -> Settings:
        """The settings of a check: what is given wins over the book, the book over the defaults."""
        wanted: dict[str, Any] = {"as_of": today, "own_days": tuple(self._own)}
        for layer in (self.settings, given):
            wanted |= {key: value for key, value in layer.items() if value is not None}
        return Settings(**wanted)

    def settings_findings(self, lang: str) -> Iterator[Finding]:
        """Settings and own days that could not be read."""
        for table, row, column, error in self.problems:
            yield Place(table, row, "", lang).unread(column, error)

    def notice_findings(self, lang: str) -> Iterator[Finding]:
        """Salary notices with a cell missing or unreadable, of nobody in the roster, or filed before their quarter."""
        faulty = {notice.row: (notice, problems) for notice, problems in self.faulty}
        for notice in self.notices.of_nobody(self.ids):
            faulty.setdefault(notice.row, (notice, []))
        for _, (notice, problems) in sorted(faulty.items()):
            yield from self._of_notice(notice, problems, lang)
        yield from self.documents.findings(self.ids, lang)

    def _of_notice(self, notice: SalaryNotice, problems: list[Problem], lang: str) -> Iterator[Finding]:
        place = Place("salary", notice.row, notice.person_id, lang)
        for problem in problems:
            yield place.unread(problem.column, problem.error)
        for key in _REQUIRED:
            if key not in notice.unread and not getattr(notice, key):
                yield place.data("data.required", key)
        if notice.person_id and not self.ids.known(notice.person_id):
            yield place.data("data.unknown_person", "person_id")
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


def _text(value: Any) -> str:
    try:
        return to_text(value)
    except BadValue:
        return ""


def holds_facts(kind: str, cells: Mapping[str, Any]) -> bool:
    """Whether a row says anything of its own; answers left beside a deleted person do not."""
    return not FACTS[kind].isdisjoint(cells)


def gather(
    book: RosterBook, person: TakePerson | None = None, sheet: str | None = None, progress: Progress | None = None
) -> Gathered:
    """Read a book, giving each person's row to ``person``. Raises UnusableFile when there is no roster in it."""
    found = Gathered()

    def take(rows: TableRows) -> None:
        found.take_all(rows)
        if rows.table.kind == "roster" and person:
            for number, cells in rows.with_any(FACTS["roster"]).each():
                person(number, cells)

    found.found = find_tables(book, take, sheet, progress, {} if person else _IDS)
    for line in found.log:
        for key in ("as_of", "known_through"):
            line[key] = _logged_day(line.get(key))
    return found


def _logged_day(value: Any) -> Any:
    try:
        return to_date(value)
    except BadValue:
        return value
