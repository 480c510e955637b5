"""A person hired again: several agreements one after the other, each in a row of its own, under one id."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from hqs_xl.roster.columns import normalised
from hqs_xl.roster.records import Person, read
from hqs_xl.roster.tables import Found, NumberedBook, RosterBook, TableRows

ONE_DAY = timedelta(days=1)
# What of a row says whose agreement it is, when that was signed, began and ended.
COLUMNS = frozenset(
    (
        *("person_id", "full_name", "relation", "citizenship"),
        *("agreement_signed", "agreement_starts", "work_started", "permit_collected"),
        *("agreement_ends", "terminated_on"),
    )
)


class Turn(NamedTuple):
    """One of several agreements of a person.

    ``number``: 1 for the first. ``since``: the day it was signed, None for the first, to which all that is older
    belongs. ``next_from``: the first day of the next one, and ``past_from`` the day from which on this one is past: it
    has ended, and the next is signed. Both None for the last.
    """

    number: int
    since: date | None = None
    next_from: date | None = None
    past_from: date | None = None

    def is_past(self, as_of: date) -> bool:
        """Whether all but this agreement's own notices is a matter of the next one."""
        return self.past_from is not None and self.past_from <= as_of


def read_agreements(book: RosterBook, roster: Found, rows: Collection[int]) -> Iterator[Person]:
    """The agreements in some rows that are the roster's: for these few the sheet is read once more."""
    if isinstance(book, NumberedBook):
        found = book.rows_numbered(roster.sheet, rows)
    else:
        found = (row for row in book.rows(roster.sheet) if row[0] in rows)
    places = {place for place, key in roster.places.items() if key in COLUMNS}
    some: list[tuple[int, Mapping[int, Any]]] = [
        (number, {place: cells[place] for place in cells.keys() & places}) for number, cells in found
    ]
    for number, values in TableRows(roster, some, date1904=book.date1904).each():
        yield read(Person, number, values)[0]


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
    for (_, _, one), (first, _, following) in pairwise(agreements):
        until, signed = one.agreement_until, following.agreement_signed
        if until is None or signed is None or until >= first:
            return {}
        turns[-1] = turns[-1]._replace(next_from=first, past_from=max(signed, until + ONE_DAY))
        turns.append(Turn(len(turns) + 1, signed))
    return {row: turn for (_, row, _), turn in zip(agreements, turns, strict=True)}


def _of_one_person(rows: Sequence[Person]) -> bool:
    """Whether nothing speaks against it; a citizenship may be changed, or spelt otherwise, where the name is one."""
    names = [normalised(one.full_name) for one in rows]
    known = {name for name in names if name}
    citizenships = {normalised(one.citizenship) for one in rows if one.citizenship}
    return len(known) <= 1 and (all(names) or len(citizenships) <= 1)


def _first_day(person: Person) -> date | None:
    return person.agreement_from or person.agreement_signed
