"""A source beside the roster it goes into: who is new, what is filled in, what differs, who is not in the source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from hqs_xl.cells.ids import nearness
from hqs_xl.cells.values import BadValue
from hqs_xl.errors import UnusableFile
from hqs_xl.intake.incoming import BadRow, Newcomer
from hqs_xl.intake.unfit import nearly
from hqs_xl.roster.gathered import Gathered, gather
from hqs_xl.roster.reading import read_all
from hqs_xl.roster.records import Person, Problem
from hqs_xl.roster.tables import Found, RosterBook, TableRows
from hqs_xl.roster.tables.finder import HowRead

# So many rows are named.
NAMED = 10


@dataclass(slots=True)
class Held:
    """The roster as it stands: its table, the row of its last person or else of its header, and its people by id.

    ``below``: the first row under them that is nobody's (a total, a signature, another list); 0 for none.
    """

    table: Found
    last: int
    below: int
    people: dict[str, list[Person]]
    other: Gathered


class Changed(NamedTuple):
    """A person of the roster: the facts that were blank there, and those that differ from the source's."""

    person_id: str
    row: int
    filled: Mapping[str, Any]
    differing: Mapping[str, Any]


@dataclass(slots=True)
class Comparison:
    """What the source would change. ``no_column``: columns that the roster has not; what they say stays out."""

    added: list[Newcomer] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    no_column: list[str] = field(default_factory=list)

    def writes(self, *, replace: bool) -> bool:
        """Whether there is anything to write."""
        return bool(self.added) or any(one.filled or (replace and one.differing) for one in self.changed)


def read_held(book: RosterBook, sheet: str | None) -> Held:
    """The roster of a book. Raises UnusableFile."""
    rows: dict[tuple[str, int], list[tuple[Person, list[Problem]]]] = {}

    def take(some: TableRows) -> None:
        rows.setdefault((some.table.sheet, some.table.header_row), []).extend(read_all(Person, some))

    other = gather(book, take, HowRead.asked(sheet, {}), again=rows.clear)
    table = other.found["roster"]
    people: dict[str, list[Person]] = {}
    last = table.header_row
    mine = rows.get((table.sheet, table.header_row), [])
    if unread := [str(person.row) for person, _ in mine if "person_id" in person.unread]:
        raise UnusableFile("import.unread_ids", file=book.name, rows=", ".join(unread[:NAMED]))
    for person, _ in mine:
        people.setdefault(person.person_id, []).append(person)
        last = max(last, person.row)
    lists = [one.row for one in other.left_alone if one.kind == "roster" and one.why in {"below", "elsewhere"}]
    below = min((row for row in (*other.passed.get("roster", ()), *lists) if row > last), default=0)
    return Held(table, last, below, people, other)


def compare(held: Held, newcomers: Sequence[Newcomer], lang: str) -> Comparison:
    """What the people of a source would change.

    One whose id stands twice in the roster, or is nearly that of somebody there or above, is not to be decided here.
    """
    found, there = Comparison(), set(held.table.places.values())
    found.no_column = sorted({key for one in newcomers for key in one.facts if key not in there})
    strangers = [one.person_id for one in newcomers if one.person_id not in held.people]
    near = nearness([person_id for person_id in held.people if person_id], strangers)
    near_above, lines = nearness(strangers), {one.person_id: one.line for one in newcomers}
    for one in newcomers:
        facts = {key: value for key, value in one.facts.items() if key in there}
        people = held.people.get(one.person_id, [])
        if len(people) > 1:
            rows = ", ".join(str(person.row) for person in people)
            found.bad.append(BadRow(one.line, one.person_id, "", BadValue("import.twice_here", rows=rows)))
        elif people:
            _compare_one(found, people[0], facts)
        elif one.person_id in near:
            found.bad.append(BadRow(one.line, one.person_id, "person_id", nearly(near[one.person_id], lang)))
        elif above := near_above.get(one.person_id):
            error = nearly(above, lang, line=lines[above.person_id])
            found.bad.append(BadRow(one.line, one.person_id, "person_id", error))
        else:
            found.added.append(one._replace(facts=facts))
    named = {one.person_id for one in newcomers}
    found.missing = [person_id for person_id in held.people if person_id and person_id not in named]
    return found


def _compare_one(found: Comparison, person: Person, facts: Mapping[str, Any]) -> None:
    filled: dict[str, Any] = {}
    differing: dict[str, Any] = {}
    for key, value in facts.items():
        held = getattr(person, key)
        if held == value:
            continue
        blank = (held is None or held == "") and key not in person.unread
        (filled if blank else differing)[key] = value
    if filled or differing:
        found.changed.append(Changed(person.person_id, person.row, filled, differing))
    else:
        found.unchanged.append(person.person_id)
