"""What the library ``holidays`` knows of years that our own decree table does not hold.

Those before the table are done with: they are written out in the package (``docs/make_data.py``). Decrees newer than
our table are asked of the library once: its answer is kept under its version, for to load it takes longer than to check
a roster. A version that was never asked is asked; an answer that can't be read back is none.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from hqs_xl.bilingual import Bilingual
from hqs_xl.data import packaged
from hqs_xl.kept import keep, kept
from hqs_xl.law.decrees import Year, fixed_holidays

YEARS_BEFORE = "law/library_years.json"
# 2 May, 7 November and 12 December were holidays of the Labour Code up to 2004.
LAST_OLD_YEAR = 2004
HOLIDAYS_TO_2004 = ((5, 2), (11, 7), (12, 12))

Years = Mapping[int, Year]


def years_before() -> Years:
    """The years before our decree table, as they are written out."""
    return _read_back(packaged(YEARS_BEFORE))


def years_beyond(last: int, horizon: int) -> Years:
    """The years after the last one of our table up to another whose decree the library holds."""
    version = installed_version()
    name = f"days-off-after-{last}-holidays-{version}.json"
    if version and (text := kept(name)):
        try:
            return _read_back(text, f"holidays {version}, ", range(last + 1, horizon + 1))
        except (ValueError, TypeError, KeyError, AttributeError):
            pass  # half a file, or somebody else's: asked again, and kept anew
    decreed = _decreed()
    if decreed is None:
        return {}
    found = asked(sorted(decreed & {*range(last + 1, horizon + 1)}))
    if version and all(f"holidays {version}, " in year.source for year in found.values()):
        keep(name, written_out(found))
    return found


def asked(numbers: Iterable[int]) -> Years:
    """Years as the library has them."""
    import holidays  # noqa: PLC0415 - 60 ms

    version, years = getattr(holidays, "__version__", ""), dict[int, Year]()
    source = Bilingual(f"holidays {version}, country RU", f"библиотека holidays {version}, Россия")
    for number in numbers:
        russia: Any = holidays.country_holidays("RU", years=number)
        fixed = fixed_holidays(number) | {date(number, *day) for day in HOLIDAYS_TO_2004 if number <= LAST_OLD_YEAR}
        off = frozenset(day for day in russia if day.year == number)
        worked = frozenset(day for day in russia.weekend_workdays if day.year == number)
        years[number] = Year(off & fixed, off - fixed, worked, source, decreed=True)
    return years


def written_out(years: Years) -> str:
    """Years as text."""
    plain = {number: year._asdict() | {"source": [year.source, year.source.ru]} for number, year in years.items()}
    return json.dumps(plain, default=_iso, indent=1) + "\n"


def installed_version() -> str | None:
    """The version of the library, told without loading it; None where it is not installed in the usual way."""
    from importlib.machinery import PathFinder  # noqa: PLC0415 - as below

    spec = PathFinder.find_spec("holidays")
    try:
        beside = os.listdir(os.path.dirname(os.path.dirname(spec.origin or ""))) if spec else []  # noqa: PTH120, PTH208
    except OSError:
        return None
    found = {match[1] for name in beside if (match := re.fullmatch(r"holidays-([^-]+)\.dist-info", name))}
    return found.pop() if len(found) == 1 else None


def _decreed() -> frozenset[int] | None:
    """The years whose decree the library holds, for it answers for any year; None where there is no library."""
    try:
        import holidays  # noqa: PLC0415 - as above
    except ImportError:  # LibreOffice has none
        return None
    return frozenset(getattr(holidays.country_holidays("RU"), "special_public_holidays", {}))


def _iso(days: frozenset[date]) -> list[str]:
    return sorted(day.isoformat() for day in days)


def _read_back(text: str, source: str = "", numbers: Iterable[int] = ()) -> Years:
    """Years from text; ValueError where one is not of ``numbers``, if any are given, or of another ``source``."""
    years = {int(number): _year(year) for number, year in json.loads(text).items()}
    for number, year in years.items():
        days = year.holidays | year.moved | year.worked
        if (numbers and number not in numbers) or source not in year.source or any(day.year != number for day in days):
            raise ValueError(number)
    return years


def _year(year: Mapping[str, Any]) -> Year:
    days = {name: frozenset(map(date.fromisoformat, year[name])) for name in ("holidays", "moved", "worked")}
    return Year(**days, source=Bilingual(*year["source"]), decreed=True)
