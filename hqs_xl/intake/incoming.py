"""The people of a source: each row validated as the record it is to become, the bad ones named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from hqs_xl.cells.values import BadValue, is_blank
from hqs_xl.errors import HqsError, UnusableFile
from hqs_xl.intake.mapping import Mapped
from hqs_xl.intake.source import Source
from hqs_xl.intake.unfit import no_person, unfit
from hqs_xl.roster.columns import FEWEST_HEADERS, answers, column, normalised
from hqs_xl.roster.fields import cells as fields_of
from hqs_xl.roster.headers.notes import doubts_in_words
from hqs_xl.roster.headers.row import Headed, headed
from hqs_xl.roster.reading import read
from hqs_xl.roster.records import Person
from hqs_xl.roster.tables import Found, cells_by_key, with_1900_dates
from hqs_xl.roster.tables.finder import HowRead
from hqs_xl.roster.tables.no_rows import in_doubt, is_no_row
from hqs_xl.roster.tables.sheet import SheetTables
from hqs_xl.rows import Row
from hqs_xl.texts import say

ANSWERS = frozenset(one.key for one in answers("roster"))
FACTS = tuple(fields_of(Person))
# Within so many rows of another sheet its header is looked for.
_FIRST_ROWS = 50


class BadRow(NamedTuple):
    """Why a row of the source stays out: its column, blank where the whole row is meant, and what was expected."""

    line: int
    person_id: str
    column: str
    error: HqsError


class _Record(NamedTuple):
    """A row below the header by column key. ``wide``: it has more cells than there are headers.

    ``other``: the line of a header further down, above it, whose columns are others; 0 for none.
    """

    line: int
    row: Mapping[str, Any]
    wide: bool
    other: int


class Newcomer(NamedTuple):
    """A person as the source has it: the line, the id, and the facts that are not blank."""

    line: int
    person_id: str
    facts: Mapping[str, Any]


@dataclass(slots=True)
class Incoming:
    """All that a source says. ``foreign``: headers that mean no column; ``doubts``: those that may, in words.

    ``answered``: headers of columns that a check fills, which are passed over. ``headless``: columns, from 0, that hold
    something and have no header. ``passed``: lines that are nobody's: totals, signatures, notes.
    """

    source: Source
    sheet: str = ""
    header_line: int = 0
    people: list[Newcomer] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    headless: list[int] = field(default_factory=list)
    passed: list[int] = field(default_factory=list)


def read_incoming(source: Source, mapped: Mapped, sheet: str | None, lang: str) -> Incoming:
    """The people of a source. Raises UnusableFile where no line is a header with the person's id in it."""
    meanings = {normalised(header): key for header, key in mapped.columns.items()}
    if sheet is not None and sheet not in source.sheets:
        known = ", ".join(source.sheets)
        raise UnusableFile("file.no_sheet", file=source.name, sheet=sheet, known=known)
    names = [*source.sheets] if sheet is None else [sheet]
    for place, name in enumerate(names):
        rows = iter(source.sheets[name])
        if headed_row := _header(rows, source.name, mapped, meanings, lang):
            number, head = headed_row
            found = _with_header(Incoming(source, name, number), head, lang, mapped)
            _take(found, _records(rows, found, head, mapped), mapped.always)
            others = [other for other in names[place + 1 :] if _has_people(source.sheets[other], meanings)]
            found.doubts += [say("import.more_sheets", lang, sheets=", ".join(others))] if others else []
            return found
    raise UnusableFile("import.no_header", file=source.name, header=column("roster", "person_id").header(lang))


def _header(
    rows: Iterator[Row], file: str, mapped: Mapped, meanings: Mapping[str, str], lang: str
) -> tuple[int, Headed] | None:
    """The first row that is a header with the person's id, and its number. Raises UnusableFile where two say the id."""
    for number, cells in rows:
        head = headed("roster", _texts(cells), meanings=meanings)
        if twice := head.double.get("person_id"):
            headers = ", ".join(f"«{head.texts[place]}»" for place in twice)
            raise UnusableFile(
                "import.id_twice", file=file, header=column("roster", "person_id").header(lang), headers=headers
            )
        if "person_id" in head.sure and len(head.sure) + len(mapped.always) >= FEWEST_HEADERS:
            return number, head
    return None


def _has_people(rows: Iterable[Row], meanings: Mapping[str, str]) -> bool:
    """Whether a sheet seems to hold people too."""
    heads = (headed("roster", _texts(cells), meanings=meanings) for _, cells in islice(rows, _FIRST_ROWS))
    return any("person_id" in head.sure and len(head.sure) >= FEWEST_HEADERS for head in heads)


def _texts(cells: Mapping[int, Any]) -> dict[int, str]:
    return {place: cell for place, cell in cells.items() if isinstance(cell, str) and cell.strip()}


def _with_header(found: Incoming, head: Headed, lang: str, mapped: Mapped) -> Incoming:
    meanings = {normalised(header): key for header, key in mapped.columns.items()}
    doubtful = {doubt.place for doubt in head.doubts}
    for place, text in head.texts.items():
        key = head.places.get(place)
        if key in ANSWERS:
            found.answered.append(text)
        elif key is None and place not in doubtful and normalised(text) not in meanings:
            found.foreign.append(text)
    found.doubts = doubts_in_words(head, lang)
    there = {normalised(text) for text in head.texts.values()}
    if gone := [header for header in mapped.columns if normalised(header) not in there]:
        found.doubts.append(say("import.not_mapped", lang, headers=", ".join(f"«{header}»" for header in gone)))
    return found


def _records(rows: Iterator[Row], found: Incoming, head: Headed, mapped: Mapped) -> Iterator[_Record]:
    """The rows below the header by column key, without totals and the header said again."""
    source, headless = found.source, set[int]()
    width = source.widths.get(found.header_line)
    totals = source.totals(found.sheet)
    headers = {key: head.texts[place] for place, key in head.places.items()}
    mine = Found("roster", found.sheet, found.header_line, head.places, headers)
    tables = SheetTables(source, found.sheet, HowRead.asked(None, mapped.columns))
    tables.take_up(mine, found.header_line)
    for number, cells in rows:
        if all(head.texts.get(place) == cell for place, cell in cells.items()):
            tables.take_up(mine, number)
            continue
        taken = [table for table, _ in tables.taken(number, cells)]
        row = cells_by_key(head.places, cells)
        if not row or number in totals:
            continue
        other = _other_header(tables, taken, number)
        if mine not in taken and not other:
            found.passed.append(number)
            continue
        wide = width is not None and max(cells) >= width
        headless |= set() if wide or other else cells.keys() - head.texts.keys()
        yield _Record(number, with_1900_dates("roster", row) if source.date1904 else row, wide, other)
    found.headless = sorted(headless)


def _other_header(tables: SheetTables, taken: Sequence[Found], number: int) -> int:
    """The line of another header of people, by whose columns a row might be one of them; 0 for none."""
    mine = tables.tables[0]
    if mine in taken:
        return 0
    lower = [one.header_row for one in taken if one.kind == "roster"]
    lower += [gap.first for table, gap in tables.ends if table == mine and gap.elsewhere and not gap.last]
    return next((line for line in lower if line < number), 0)


def _take(found: Incoming, rows: Iterator[_Record], always: Mapping[str, Any]) -> None:
    lines: dict[str, int] = {}
    for line, row, wide, other in rows:
        given = {key: value for key, value in row.items() if key not in ANSWERS and not is_blank(value)}
        if not given:
            continue
        if is_no_row("roster", row):
            if sign := in_doubt("roster", row):
                found.bad.append(BadRow(line, "", "person_id", BadValue("import.in_doubt", sign=sign)))
            else:
                found.passed.append(line)
            continue
        if other:
            elsewhere = BadValue("import.elsewhere", header=other, line=found.header_line)
            found.bad.append(BadRow(line, "", "", elsewhere))
            continue
        given = {**always, **given}
        unfits = {key: error for key, value in given.items() if (error := unfit(value))}
        person, problems = read(Person, line, {key: given[key] for key in given if key not in unfits})
        bad = [BadRow(line, person.person_id, key, error) for key, error in unfits.items()]
        bad += [BadRow(line, person.person_id, one.column, one.error) for one in problems]
        if not bad and (error := no_person(person.person_id, wide=wide)):
            bad.append(BadRow(line, person.person_id, "" if person.person_id else "person_id", error))
        elif not bad and person.person_id in lines:
            twice = BadValue("import.twice", line=lines[person.person_id])
            bad.append(BadRow(line, person.person_id, "", twice))
        if bad:
            found.bad += bad
        else:
            lines[person.person_id] = line
            found.people.append(Newcomer(line, person.person_id, _facts(person)))


def _facts(person: Person) -> dict[str, Any]:
    """The facts of a record that are not blank, but for the id."""
    held = ((key, getattr(person, key)) for key in FACTS if key != "person_id")
    return {key: value for key, value in held if value is not None and value != ""}


def columns_of(people: Sequence[Newcomer]) -> list[str]:
    """The columns that any of them says something for, in the order of the roster's."""
    said = {key for one in people for key in one.facts}
    return [key for key in FACTS if key in said]
