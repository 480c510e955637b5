"""The days that differ from a plain week, year by year: days off on weekdays, weekend days made working."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hqs_xl.explain.words import weekday
from hqs_xl.law import RUSSIA
from hqs_xl.law import decrees as years
from hqs_xl.texts import in_words, say

# Keys of ``texts`` (column.day ...).
HEADERS = ("day", "weekday", "why", "source")
DIFFERENT = {"holiday", "moved_day_off", "worked_weekend"}


def day_rows(lang: str = "en") -> Iterator[tuple[date, str, str, str]]:
    """Each such day of the years our own table holds: day, day of the week, why, and the decree or law behind it."""
    for number in sorted(years.table()):
        for day in years.days_of(number):
            status = RUSSIA.status(day)
            if status.kind in DIFFERENT:
                yield day, weekday(day, lang), say(f"day.{status.kind}", lang), in_words(status.source, lang)
