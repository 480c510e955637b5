"""A person hired again: several agreements one after the other, each in a row of its own, under one id."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple, Self

from hqs_xl.roster.columns import normalised
from hqs_xl.roster.reading import read
from hqs_xl.roster.records import Person
from hqs_xl.roster.tables import Found, NumberedBook, RosterBook, TableRows

ONE_DAY = timedelta(days=1)
# Facts of the person and not of an agreement: the stay, and the visa. They go on where the next row is blank.
STAY = ("entered_on", "moved_on", "registered_on", "registered_until", "left_on")
VISA = ("visa_starts", "visa_expires")
_WITH_THE_STAY = ("medical_done",)
# What of a row says whose agreement it is, when that was signed, began and ended; and those facts.
COLUMNS = frozenset(
    (
        *(*STAY, *VISA, *_WITH_THE_STAY),
        *("person_id", "full_name", "relation", "citizenship"),
        *("agreement_signed", "agreement_starts", "work_started", "permit_collected"),
        *("agreement_ends", "terminated_on"),
    )
)


class Before(NamedTuple):
    """What the rows of earlier agreements say of a person's stay or visa; it goes on from the day these are past.

    ``unread``: the columns in which nobody could read what stands there.
    """

    since: date
    facts: Mapping[str, Any]
    unread: frozenset[str] = frozenset()

    @property
    def column(self) -> str:
        """The one to name: what can't be read first."""
        return min(self.unread, default="") or next(iter(self.facts))

    @property
    def of_visa(self) -> bool:
        """Whether it is of the visa, and not of the stay."""
        return self.column in VISA

    def beside(self, person: Person) -> Self:
        """As much of it as the person's own row leaves blank; a registration is of one row, with its last day."""
        kept = {key for key in (*self.facts, *self.unread) if _says(person, (key,))}
        if _says(person, ("registered_on",)):
            kept.add("registered_until")
        return self._replace(
            facts={key: day for key, day in self.facts.items() if key not in kept}, unread=self.unread - kept
        )


class Turn(NamedTuple):
    """One of several agreements of a person.

    ``number``: 1 for the first. ``since``: the day it was signed, None for the first, to which all that is older
    belongs. ``next_from``: the first day of the next one, and ``past_from`` the day from which on this one is past: it
    has ended, and the next is signed. Both None for the last. ``before``: what earlier rows say of the person where
    this one is blank, or lacks the day of entry.
    """

    number: int
    since: date | None = None
    next_from: date | None = None
    past_from: date | None = None
    before: tuple[Before, ...] = ()

    def is_past(self, as_of: date) -> bool:
        """Whether all but this agreement's own notices is a matter of the next one."""
        return self.past_from is not None and self.past_from <= as_of


def read_rows(book: RosterBook, roster: Found, rows: Collection[int]) -> TableRows:
    """Some rows of the roster: for these few the sheet is read once more."""
    if isinstance(book, NumberedBook):
        found = book.rows_numbered(roster.sheet, rows)
    else:
        found = (row for row in book.rows(roster.sheet) if row[0] in rows)
    return TableRows(roster, [*found], date1904=book.date1904)


def agreements_of(rows: TableRows) -> Iterator[Person]:
    """The agreements that rows of the roster hold, as far as one bears on another."""
    for number, cells in rows.each():
        yield read(Person, number, {key: cell for key, cell in cells.items() if key in COLUMNS})[0]


def in_turn(rows: Sequence[Person]) -> dict[int, Turn]:
    """The agreements of one person by their rows; none where they are no such, but the same id given twice.

    Of one person no two rows have names that differ or, where one has no name, citizenships that differ: what one of
    two people owes would hide behind the other.

    One after the other they are where each but the last has ended (*Terminated on*, or else *Agreement ends*) before
    the first day of the next, and that has been signed.
    """
    begun = [(first, one.row, one) for one in rows if one.is_hqs and (first := _first_day(one))]
    if len(begun) < len(rows) or not _of_one_person(rows):
        return {}
    agreements = sorted(begun, key=lambda one: one[:2])
    turns = [Turn(1)]
    for number, ((_, _, one), (first, _, following)) in enumerate(pairwise(agreements), 1):
        until, signed = one.agreement_until, following.agreement_signed
        if until is None or signed is None or until >= first:
            return {}
        past_from = max(signed, until + ONE_DAY)
        turns[-1] = turns[-1]._replace(next_from=first, past_from=past_from)
        earlier = [person for _, _, person in reversed(agreements[:number])]
        turns.append(Turn(number + 1, signed, before=_before(following, earlier, past_from)))
    return {row: turn for (_, row, _), turn in zip(agreements, turns, strict=True)}


def _before(person: Person, earlier: Sequence[Person], since: date) -> tuple[Before, ...]:
    """What the rows of earlier agreements, the last one first, say of the person.

    A visa goes on of which this row says nothing, or its first day alone again; so does a stay whose first day this row
    does not have.
    """
    found = list[Before]()
    if not _says(person, STAY[:1]):
        entered = next((number for number, one in enumerate(earlier, 1) if _says(one, STAY[:1])), len(earlier))
        rows = [one for one in earlier[:entered] if _says(one, STAY)]
        found.append(_said(rows, (*STAY, *_WITH_THE_STAY), since))
    visas = [one for one in earlier if _says(one, VISA)][:1]
    if visas and not _says(person, VISA[1:]) and _may_be_one(person, visas[0], VISA[0]):
        found.append(_said(visas, VISA, since))
    return tuple(before for before in found if before.facts or before.unread)


def _said(rows: Sequence[Person], columns: Sequence[str], since: date) -> Before:
    """What the first of some rows that says anything in a column says there."""
    facts, unread = dict[str, date](), set[str]()
    for key in columns:
        one = next((one for one in rows if _says(one, (key,))), None)
        if one is None:
            continue
        if key in one.unread:
            unread.add(key)
        else:
            facts[key] = getattr(one, key)
    return Before(since, facts, frozenset(unread))


def _says(person: Person, columns: Iterable[str]) -> bool:
    """Whether anything stands in one of some cells, though nobody may be able to read it."""
    return any(getattr(person, key) is not None or key in person.unread for key in columns)


def _may_be_one(person: Person, other: Person, column: str) -> bool:
    """Whether the cells of two rows may say the same: one of them says nothing, or can't be read."""
    one, another = (getattr(row, column) for row in (person, other))
    return one is None or another is None or one == another


def _of_one_person(rows: Sequence[Person]) -> bool:
    """Whether nothing speaks against it; a citizenship may be changed, or spelt otherwise, where the name is one."""
    names = [normalised(one.full_name) for one in rows]
    known = {name for name in names if name}
    citizenships = {normalised(one.citizenship) for one in rows if one.citizenship}
    return len(known) <= 1 and (all(names) or len(citizenships) <= 1)


def _first_day(person: Person) -> date | None:
    return person.agreement_from or person.agreement_signed
