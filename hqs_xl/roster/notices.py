"""The salary notices of a roster by person, kept small: a sheet holds a million of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import isnan, nan
from struct import Struct

from hqs_xl.law import Quarter
from hqs_xl.roster.ids import Ids
from hqs_xl.roster.records import SalaryNotice

# Year, number, row, the day of filing as an ordinal (0: not filed), the salary paid (NaN: not known).
_NOTICE = Struct("<HBIid")
_UNREAD = -1
_NO_NOTICES: Mapping[Quarter, SalaryNotice] = {}
_FILED_ON, _NOTHING = frozenset({"filed_on"}), frozenset[str]()
# All people have the same few.
_quarter = lru_cache(maxsize=1 << 9)(Quarter)


@dataclass(slots=True)
class FiledAgain(SalaryNotice):
    """One filed before its quarter was over, and again on the first day known after that."""

    again: date | None = None


class Notices:
    """Salary notices by person; of two for one quarter the one filed first counts, if not before the quarter."""

    def __init__(self, packed: Mapping[str, bytes] | None = None) -> None:
        self._packed: dict[str, bytes] = dict(packed or {})

    @property
    def any(self) -> bool:
        """Whether there are any."""
        return bool(self._packed)

    @property
    def people(self) -> Iterable[str]:
        """The ids of those they are about."""
        return self._packed

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
            if quarter:
                found[quarter] = _of_two(quarter, found[quarter], notice) if quarter in found else notice
        return found

    def of_any(self, ids: Ids) -> bool:
        """Whether any is about somebody who is in the roster."""
        return any(ids.known(person_id) for person_id in self._packed)

    def of_nobody(self, ids: Ids) -> Iterator[SalaryNotice]:
        """Notices of persons who are not in the roster."""
        for person_id, packed in self._packed.items():
            if not ids.known(person_id):
                yield from self._unpacked(person_id, packed)

    @staticmethod
    def _unpacked(person_id: str, packed: bytes) -> Iterator[SalaryNotice]:
        for year, number, row, filed, paid in _NOTICE.iter_unpack(packed):
            day = date.fromordinal(filed) if filed > 0 else None
            salary = None if isnan(paid) else paid
            unread = _FILED_ON if filed == _UNREAD else _NOTHING
            yield SalaryNotice(row, person_id, _quarter(year, number), salary, day, unread)


def _of_two(quarter: Quarter, one: SalaryNotice, other: SalaryNotice) -> SalaryNotice:
    """Which of two for a quarter counts, with the day of a later filing where that one came too early."""
    first, then = (other, one) if _worth(other) < _worth(one) else (one, other)
    if not first.filed or first.filed > quarter.last:
        return first
    days = [then.filed, *(notice.again for notice in (one, other) if isinstance(notice, FiledAgain))]
    again = min((day for day in days if day and day > quarter.last), default=None)
    return FiledAgain(first.row, first.person_id, quarter, first.salary_paid, first.filed_on, first.unread, again)


def _worth(notice: SalaryNotice) -> tuple[int, date]:
    """What a notice says of its quarter, the most first: a day, one that can't be read, one too early, none."""
    if notice.filed:
        return 0, notice.filed
    return 1 if "filed_on" in notice.unread else 2 if notice.filed_on else 3, date.max
