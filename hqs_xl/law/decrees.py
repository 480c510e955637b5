"""What is known of each year's days off: our decree table, the ``holidays`` library, or the Labour Code alone."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from hqs_xl.bilingual import Bilingual, both
from hqs_xl.data import packaged, toml
from hqs_xl.errors import EditionError

FIRST_YEAR, LAST_YEAR = 2002, 2060
LIBRARY_YEARS = "law/library_years.json"
SATURDAY, SUNDAY = 5, 6
# 2 May, 7 November and 12 December were holidays of the Labour Code up to 2004.
LAST_OLD_YEAR = 2004
HOLIDAYS_TO_2004 = ((5, 2), (11, 7), (12, 12))
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
    """The years of a decree table; EditionError for a row that does not add up to its own total."""
    data = toml(text)
    return {int(key): _year(int(key), row, data["fixed"]["days"]) for key, row in data.items() if key.isdigit()}


def read_decrees(text: str) -> list[Decree]:
    """What a decree table rests on, row by row; EditionError for one without the day it was last looked at."""
    return [Decree(name, _source(name, row), _checked(name, row)) for name, row in toml(text).items()]


def _checked(name: str, row: dict[str, Any]) -> date:
    day = row.get("checked")
    if not isinstance(day, date) or isinstance(day, datetime):
        raise EditionError(f"decrees.toml: {name}: checked: expected the day it was last looked at, found {day!r}")
    return day


def _source(name: str, row: dict[str, Any]) -> Bilingual:
    if found := both(row.get("decree")):
        return found
    raise EditionError(f"decrees.toml: {name}: decree: expected its name, or one as en and ru")


def _year(number: int, row: dict[str, Any], fixed: list[str]) -> Year:
    def days(names: list[str]) -> frozenset[date]:
        return frozenset(date.fromisoformat(f"{number}-{name}") for name in names)

    _checked(str(number), row)
    year = Year(days(fixed), days(row["off"]), days(row["worked"]), _source(str(number), row), decreed=True)
    total = sum(map(year.is_working, days_of(number)))
    if total != row["working_days"]:
        raise EditionError(f"decrees.toml: {number}: {total} working days, the table says {row['working_days']}")
    return year


def days_of(year: int) -> list[date]:
    """Every day of a year."""
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


@cache
def presidential_days() -> frozenset[date]:
    """The "non-working days" of 2020 and 2021 declared by the President; working days unless a user says otherwise."""
    data = toml(packaged("law/decrees.toml"))
    spans = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in data["presidential"]["days"]]
    return frozenset(first + timedelta(days=n) for first, last in spans for n in range((last - first).days + 1))


@cache
def year(number: int) -> Year:
    """A year of 2002-2060, from the best source there is."""
    return table().get(number) or _beyond_table().get(number) or _from_library(number) or _projected(number)


def years_beyond() -> dict[int, Year]:
    """All years but the decree table's, for ``learn`` elsewhere."""
    return {number: year(number) for number in range(FIRST_YEAR, LAST_YEAR + 1) if number not in table()}


def learn(years: dict[int, Year]) -> None:
    """Take years as another process found them, which spares this one the library."""
    _beyond_table().update(years)


def library_years() -> str:
    """What the library has of the years it alone knows, as text: for a place it can't be taken to."""
    years = (number for number in range(FIRST_YEAR, LAST_YEAR + 1) if number not in table())
    found = {number: year for number in years if (year := _from_library(number))}
    plain = {number: year._asdict() | {"source": [year.source, year.source.ru]} for number, year in found.items()}
    return json.dumps(plain, default=_iso, indent=1) + "\n"


def _iso(days: frozenset[date]) -> list[str]:
    return sorted(day.isoformat() for day in days)


@cache
def _beyond_table() -> dict[int, Year]:
    """Years known without the library: those written out beside the package, where any are."""
    try:
        text = packaged(LIBRARY_YEARS)
    except FileNotFoundError:
        return {}
    return {int(number): _read_back(year) for number, year in json.loads(text).items()}


def _read_back(year: dict[str, Any]) -> Year:
    days = {name: frozenset(map(date.fromisoformat, year[name])) for name in ("holidays", "moved", "worked")}
    return Year(**days, source=Bilingual(*year["source"]), decreed=year["decreed"])


def _from_library(number: int) -> Year | None:
    """The year as ``holidays`` has it: when it holds that year's decree, or the year is past (2004 had none)."""
    decreed = _decreed_by_library()
    if decreed is None or (number not in decreed and number >= min(table())):
        return None
    import holidays  # noqa: PLC0415 - as below

    russia: Any = holidays.country_holidays("RU", years=number)
    fixed = _fixed(number) | {date(number, *day) for day in HOLIDAYS_TO_2004 if number <= LAST_OLD_YEAR}
    off = frozenset(day for day in russia if day.year == number)
    worked = frozenset(day for day in russia.weekend_workdays if day.year == number)
    version = getattr(holidays, "__version__", "")
    source = Bilingual(f"holidays {version}, country RU", f"библиотека holidays {version}, страна RU")
    return Year(off & fixed, off - fixed, worked, source, decreed=True)


@cache
def _decreed_by_library() -> frozenset[int] | None:
    """The years whose decree the library holds, for it answers for any year; None where there is no library."""
    try:
        import holidays  # noqa: PLC0415 - 60 ms, wanted only for years outside our own table
    except ImportError:  # LibreOffice has none
        return None
    return frozenset(getattr(holidays.country_holidays("RU"), "special_public_holidays", {}))


def _fixed(number: int) -> frozenset[date]:
    """The Labour Code's holidays of a year."""
    return frozenset(day.replace(year=number) for day in table()[max(table())].holidays)


def _projected(number: int) -> Year:
    """Labour Code art. 112 alone: a fixed holiday on a weekend moves to the next working day, but in January.

    The two January days that the Government moves each year are not known: on 2013-2027 such a projection is wrong
    on 2 to 8 days a year, so the year is not decreed.
    """
    fixed = sorted(_fixed(number))
    moved: set[date] = set()
    for holiday in fixed:
        if holiday.month != 1 and holiday.weekday() >= SATURDAY:
            target = holiday
            while target.weekday() >= SATURDAY or target in fixed:
                target += timedelta(days=1)
            moved.add(target)
    return Year(frozenset(fixed), frozenset(moved), frozenset(), PROJECTED, decreed=False)
