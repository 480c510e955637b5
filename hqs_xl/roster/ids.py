"""Which person ids a roster has: in which rows, and whether a sponsor's is among them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from heapq import merge


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

    def sponsors(self) -> Iterator[tuple[str, int]]:
        """The ids named as sponsors, each with the row where it stands first."""
        return ((person_id, self._first[person_id]) for person_id in self._sponsors if person_id in self)

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
