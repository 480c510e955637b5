"""Which person ids a roster has: in which rows, and whether a sponsor's is among them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import merge
from operator import itemgetter

from hqs_xl.roster.agreements import Turn, in_turn
from hqs_xl.roster.records import Person


class Ids:
    """The person ids of a roster: the first row of each, and whether it may be a sponsor's."""

    def __init__(self) -> None:
        self._first: dict[str, int] = {}  # in the order of rows
        self._family: set[str] = set()
        self._again: dict[int, str] = {}  # by row, ids that stand in a row above
        self._sponsors: set[str] = set()  # that somebody names
        self._turns: dict[int, Turn] = {}  # by row, of persons with several agreements
        self._last: dict[str, int] = {}  # by id, the row of the last agreement of these

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

    @property
    def all(self) -> Collection[str]:
        """Each id once, in the order of the rows they stand in first."""
        return self._first.keys()

    def known(self, person_id: str) -> bool:
        """Whether anybody has this id."""
        return person_id in self._first

    def __contains__(self, person_id: object) -> bool:
        """Whether somebody who is no family member has this id."""
        return person_id in self._first and person_id not in self._family

    def duplicate_of(self, person_id: str, row: int) -> int | None:
        """The row above with the same id, if there is one, and this is no other agreement of the same person."""
        first = self._first.get(person_id, row) if person_id else row
        return first if first != row and row not in self._turns else None

    def turn(self, row: int) -> Turn | None:
        """Which of several agreements of a person stands in a row; None for the only one."""
        return self._turns.get(row)

    def repeated_rows(self) -> dict[int, str]:
        """The rows whose id stands in more than one, with the id."""
        again = frozenset(self._again.values())
        return {self._first[person_id]: person_id for person_id in again} | self._again

    def forget(self, nobody: Collection[int], families: Collection[str]) -> None:
        """Take back repeated rows that are nobody's; ``families``: the ids that only family members have then."""
        for row in nobody:
            person_id = self._again.pop(row, "")
            if not person_id:
                person_id = next(one for one, first in self._first.items() if first == row)
                later = min((other for other, one in self._again.items() if one == person_id), default=0)
                self._again.pop(later, "")
                self._first[person_id] = later
            if not self._first[person_id]:
                del self._first[person_id]
        self._first = dict(sorted(self._first.items(), key=itemgetter(1)))
        self._family.update(families)

    def tell_agreements(self, people: Iterable[Person]) -> None:
        """Take those rows, as far as their agreements: some may be several agreements of one person."""
        repeated, by_id = self.repeated_rows(), dict[str, list[Person]]()
        for person in people:
            by_id.setdefault(repeated[person.row], []).append(person)
        for person_id, rows in by_id.items():
            turns = in_turn(rows)
            self._turns |= turns
            for row, turn in turns.items():
                if turn.next_from is None:
                    self._last[person_id] = row

    @property
    def repeated(self) -> bool:
        """Whether any id stands in two rows."""
        return bool(self._again)

    def missing_sponsors(self) -> frozenset[str]:
        """The ids named as sponsors that nobody has who may be one."""
        return frozenset(person_id for person_id in self._sponsors if person_id not in self)

    def sponsors(self) -> Iterator[tuple[str, int]]:
        """The ids named as sponsors, each with the row where it stands first, or with that of the last agreement."""
        found = (person_id for person_id in self._sponsors if person_id in self)
        return ((person_id, self._last.get(person_id, self._first[person_id])) for person_id in found)

    def rows_of_sponsors(self) -> Iterator[tuple[str, Sequence[int]]]:
        """The ids named as sponsors, each with all the rows where it stands."""
        again = dict[str, list[int]]()
        for row, person_id in self._again.items():
            again.setdefault(person_id, []).append(row)
        found = (person_id for person_id in self._sponsors if person_id in self)
        return ((person_id, [self._first[person_id], *again.get(person_id, ())]) for person_id in found)

    def ascending(self) -> Iterator[tuple[int, str]]:
        """Each row with its id, row by row."""
        return merge(((row, person_id) for person_id, row in self._first.items()), self._again.items())


class PartialIds:
    """As much of ``Ids`` as the check of some rows asks for: small enough to be sent to a worker process."""

    def __init__(
        self, missing_sponsors: frozenset[str], first_rows: Mapping[int, int], turns: Mapping[int, Turn]
    ) -> None:
        """``first_rows``: of each row whose id stands above it, the row where it stands first."""
        self._missing, self._first_rows, self._turns = missing_sponsors, first_rows, turns

    def __contains__(self, person_id: object) -> bool:
        """Whether somebody who may be a sponsor has this id, which a family member of these rows names."""
        return person_id not in self._missing

    def duplicate_of(self, _person_id: str, row: int) -> int | None:
        """The row above with the same id, if there is one, and this is no other agreement of the same person."""
        return self._first_rows.get(row)

    def turn(self, row: int) -> Turn | None:
        """Which of several agreements of a person stands in a row; None for the only one."""
        return self._turns.get(row)
