"""What the buttons of a spreadsheet do and say over any open book, whichever program shows it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import PurePath
from traceback import extract_tb
from typing import Any

from hqs_xl.days_off import HEADERS, day_rows
from hqs_xl.errors import HqsError
from hqs_xl.law import EDITIONS, RUSSIA, rulebook
from hqs_xl.roster.findings import Severity
from hqs_xl.roster.gathered import Gathered
from hqs_xl.roster.sync import Summary
from hqs_xl.roster.tables import EditableBook, Found, RosterBook, find_tables
from hqs_xl.texts import LANGUAGES, say
from hqs_xl.values import LANGUAGE_WORDS, BadValue, to_word

CONFIG_SHEET, CONFIG_VERSION = "xlwings.conf", "HQS-XL"


def summary_in_words(file: str, summary: Summary) -> str:
    """What a check came to, for people."""
    settings, lang = summary.settings, summary.settings.lang
    counts = {str(severity): summary.findings.get(severity, 0) for severity in Severity}
    known = summary.known_through
    title = say("check.title", lang, file=file, as_of=settings.as_of, edition=settings.edition, known=known)
    return "\n".join(
        (
            title,
            say("check.summary", lang, people=summary.people, **counts),
            say("macro.written" if summary.changed else "macro.same", lang),
        )
    )


def failure_in_words(error: Exception, lang: str) -> str:
    """What to say of a fault of ours: what happened and in which line, without any value."""
    last = extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__}, {PurePath(last.filename).name}:{last.lineno}"
    return say("macro.failed", lang, where=where)


def put_days_off(book: EditableBook, lang: str) -> str:
    """Write the days off into the calendar's table of a book; what came of it. HqsError when there is none."""
    table = _calendar_table(book)
    if table is None:
        raise HqsError("macro.no_calendar", headers=", ".join(say(f"column.{key}", lang) for key in HEADERS))
    put = book.replace_rows(table)
    days = [dict(zip(HEADERS, row, strict=True)) for row in day_rows(lang)]
    for day in days:
        put(day)
    return say("macro.calendar", lang, count=len(days), sheet=table.sheet) + "\n" + known_in_words(lang)


def known_in_words(lang: str) -> str:
    """How far the calendar is decreed."""
    return say("calendar_sheet.known", lang, day=RUSSIA.known_through)


def _calendar_table(book: RosterBook) -> Found | None:
    """The table with the calendar's headers, in either language; its own sheet is looked at first."""
    own = {say("sheet.calendar", lang) for lang in LANGUAGES}
    for sheet in sorted(book.sheets, key=lambda name: name not in own):
        for number, cells in book.rows(sheet):
            for lang in LANGUAGES:
                titles = {say(f"column.{key}", lang): key for key in HEADERS}
                places = {place: titles[text] for place, text in cells.items() if text in titles}
                if len(places) == len(HEADERS):
                    return Found("calendar", sheet, number, places, {})
    return None


def rules_in_words(lang: str) -> Iterator[str]:
    """How many values each edition declares, and from when on the newest holds; how far the calendar is decreed."""
    for edition in EDITIONS:
        values = [value for rule in rulebook().values() for value in rule.values.get(edition, ())]
        newest = max((value.first for value in values if value.first), default="")
        key = "macro.about.edition" if newest else "macro.about.edition_undated"
        yield say(key, lang, edition=edition, count=len(values), day=newest)
    yield known_in_words(lang)


def made_by(book: RosterBook) -> str:
    """The version that built the book; blank for a book of somebody else's making, or without macros."""
    if CONFIG_SHEET not in book.sheets:
        return ""
    rows = (cells for _, cells in book.rows(CONFIG_SHEET))
    return next((str(cells.get(1, "")) for cells in rows if cells.get(0) == CONFIG_VERSION), "")


def language_of(book: RosterBook, named: Any = None) -> str:
    """The language of a book's settings: what its cell Language holds, or its table of settings."""
    if named is None:
        found = Gathered()
        with suppress(HqsError):
            find_tables(book, found.take)
        named = found.settings.get("lang")
    with suppress(BadValue):
        return to_word(named, LANGUAGE_WORDS) or "en"
    return "en"
