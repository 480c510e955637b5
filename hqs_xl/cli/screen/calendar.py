"""A year of the working-day calendar."""

from __future__ import annotations

from hqs_xl.cli.screen.console import console, table
from hqs_xl.explain.words import weekday
from hqs_xl.law import RUSSIA, decrees
from hqs_xl.texts import in_words, say, shown


def show_calendar(number: int, lang: str) -> None:
    """A year's days off on weekdays and its weekend days made working."""
    year = decrees.year(number)
    out = console()
    working = sum(map(RUSSIA.is_working, decrees.days_of(number)))
    out.print(say("calendar.title", lang, year=number, working=working), style="bold")
    out.print(say("calendar.known" if year.decreed else "calendar.unknown", lang, source=year.source))
    grid = table([say("column.day", lang), "", say("column.why", lang)])
    for day in decrees.days_of(number):
        status = RUSSIA.status(day)
        if status.kind in {"holiday", "moved_day_off", "worked_weekend"}:
            why = say(f"day.{status.kind}", lang) + (f" ({in_words(status.source, lang)})" if status.source else "")
            grid.add_row(str(shown(day, lang)), weekday(day, lang), why)
    out.print(grid)
