"""What is known of each year's days off: our decree table, the ``holidays`` library, or the Labour Code alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from hqs_xl.bilingual import BLANK, Bilingual, both
from hqs_xl.data import packaged, ships, toml
from hqs_xl.errors import EditionError

FIRST_YEAR, LAST_YEAR = 2002, 2060
SATURDAY, SUNDAY = 5, 6
_WEEK = b"\1\1\1\1\1\0\0"
PROJECTED = Bilingual("Labour Code art. 112, projected", "ст. 112 ТК РФ, расчёт наперёд")


class Year(NamedTuple):
    """Days off of one year besides weekends, and its weekend days made working."""

    holidays: frozenset[date]
    moved: frozenset[date]
    worked: frozenset[date]
    source: Bilingual
    decreed: bool

    def is_working(self, day: date) -> bool:
        """Whether the official five-day week works on that day."""
        if day.weekday() >= SATURDAY:
            return day in self.worked
        return day not in self.holidays and day not in self.moved


class Decree(NamedTuple):
    """What moved or fixed the days of a year (or of all: ``fixed``, ``presidential``), and when that was looked at."""

    name: str
    source: Bilingual
    checked: date


@cache
def table() -> dict[int, Year]:
    """The years of decrees.toml."""
    return read_table(packaged("law/decrees.toml"))


def read_table(text: str) -> dict[int, Year]:
    """The years of a decree table; EditionError for one out of order, or that does not add up to its own total."""
    data = _tree(text)
    return {int(key): _year(int(key), row, data["fixed"]["days"]) for key, row in data.items() if key.isdigit()}


def read_decrees(text: str) -> list[Decree]:
    """What a decree table rests on, row by row; EditionError for one out of order."""
    return [Decree(name, _source(row), row["checked"]) for name, row in _tree(text).items()]


def _tree(text: str) -> dict[str, Any]:
    """The tree of a decree table as it is declared; one that ships was held against that then."""
    tree = toml(text)
    if not ships(text):
        from hqs_xl.law.declared.decrees import DecreeTable  # noqa: PLC0415 - 20 ms that no cell should cost
        from hqs_xl.models import refuse  # noqa: PLC0415 - as above

        refuse("decrees.toml", DecreeTable, tree)
    return tree


def _source(row: dict[str, Any]) -> Bilingual:
    return both(row["decree"]) or BLANK


def _year(number: int, row: dict[str, Any], fixed: list[str]) -> Year:
    def days(names: list[str]) -> frozenset[date]:
        return frozenset(date.fromisoformat(f"{number}-{name}") for name in names)

    year = Year(days(fixed), days(row["off"]), days(row["worked"]), _source(row), decreed=True)
    total = sum(working_days(number, year))
    if total != row["working_days"]:
        raise EditionError(f"decrees.toml: {number}: {total} working days, the table says {row['working_days']}")
    return year


def days_of(year: int) -> list[date]:
    """Every day of a year."""
    return [*map(date.fromordinal, range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()))]


def working_days(number: int, year: Year) -> bytes:
    """For every day of a year 1 or 0, whether it works: what ``is_working`` says, for all of them at once."""
    first = date(number, 1, 1).toordinal()
    week = _WEEK[date(number, 1, 1).weekday() :]
    flags = bytearray(week + _WEEK * 53)[: date(number + 1, 1, 1).toordinal() - first]
    for day in year.holidays | year.moved:
        flags[day.toordinal() - first] = 0
    for day in year.worked:
        if day.weekday() >= SATURDAY:
            flags[day.toordinal() - first] = 1
    return bytes(flags)


@cache
def presidential_days() -> frozenset[date]:
    """The "non-working days" of 2020 and 2021 declared by the President; working days unless a user says otherwise."""
    data = toml(packaged("law/decrees.toml"))
    spans = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in data["presidential"]["days"]]
    return frozenset(first + timedelta(days=n) for first, last in spans for n in range((last - first).days + 1))


@cache
def year(number: int) -> Year:
    """A year of 2002-2060, from the best source there is."""
    return table().get(number) or _beyond_table().get(number) or _projected(number)


def years_beyond() -> dict[int, Year]:
    """All years but the decree table's, for ``learn`` elsewhere."""
    return {number: year(number) for number in range(FIRST_YEAR, LAST_YEAR + 1) if number not in table()}


def learn(years: Mapping[int, Year]) -> None:
    """Take years as another process found them, which spares this one to ask for them."""
    _learnt.update(years)


def _beyond_table() -> Mapping[int, Year]:
    """The years known besides our table: another process's, or the library's, which is asked once."""
    if not _learnt:
        from hqs_xl.law.library import years_before, years_beyond  # noqa: PLC0415 - it stands on this module

        learn(years_before())
        learn(years_beyond(max(table()), LAST_YEAR))
    return _learnt


_learnt: dict[int, Year] = {}


def fixed_holidays(number: int) -> frozenset[date]:
    """The Labour Code's holidays of a year."""
    return frozenset(day.replace(year=number) for day in table()[max(table())].holidays)


def _projected(number: int) -> Year:
    """Labour Code art. 112 alone: a fixed holiday on a weekend moves to the next working day, but in January.

    The two January days that the Government moves each year are not known: on 2013-2027 such a projection is wrong
    on 2 to 8 days a year, so the year is not decreed.
    """
    fixed = sorted(fixed_holidays(number))
    moved: set[date] = set()
    for holiday in fixed:
        if holiday.month != 1 and holiday.weekday() >= SATURDAY:
            target = holiday
            while target.weekday() >= SATURDAY or target in fixed:
                target += timedelta(days=1)
            moved.add(target)
    return Year(frozenset(fixed), frozenset(moved), frozenset(), PROJECTED, decreed=False)
