"""What the buttons do, whichever program has the workbook open: the ribbon in Excel and the menu in LibreOffice.

``press`` does what one button is for and ends in one message; a mistake is one sentence, never a traceback. A click
happens now, so that this is one of the few places that know the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from datetime import UTC, date, datetime
from pathlib import PurePath
from traceback import extract_tb
from typing import Any, NamedTuple, Protocol

from hqs_xl.buttons.explained_cell import explain_cell
from hqs_xl.buttons.versions import versions
from hqs_xl.cells.mistakes import internal_error
from hqs_xl.cells.values import LANGUAGE_WORDS, to_word
from hqs_xl.compliance.other_edition import explained
from hqs_xl.errors import HqsError
from hqs_xl.explain.days_off import HEADERS, day_rows
from hqs_xl.hosts.open import OpenBook
from hqs_xl.law import RUSSIA
from hqs_xl.roster.findings import Severity
from hqs_xl.roster.gathered import Gathered
from hqs_xl.roster.tables import Found
from hqs_xl.roster.tables.book import find_tables
from hqs_xl.roster.tables.marks import is_marked
from hqs_xl.sync.book import Summary, refresh_book
from hqs_xl.texts import LANGUAGES, say

# The status bar moves on by so many percent.
PERCENT = 5
KNOWN_CELL = "CalendarKnown"


class Window(Protocol):
    """The window in which a button is pressed, with the workbook in it."""

    @property
    def fullname(self) -> str:
        """The workbook's path, as far as it has one."""

    @property
    def program(self) -> str:
        """The program and its version."""

    @property
    def selection(self) -> tuple[str, int, int] | None:
        """The selected cell of this workbook: sheet, row from 1, column from 0."""

    def book(self) -> OpenBook:
        """The workbook as it stands now."""

    def quiet(self, button: str) -> AbstractContextManager[Any]:
        """Nothing is counted or drawn meanwhile; where a program can undo, what is written is one step of that name."""

    def show_progress(self, text: str) -> None:
        """A word beside the cells, within ``quiet``."""

    def calculate(self, *, everything: bool = False) -> None:
        """Count what has changed, or every formula."""

    def named(self, name: str) -> Any:
        """What a named cell holds; KeyError where there is none."""

    def put_named(self, name: str, value: str) -> None:
        """Write a text into a named cell."""

    def activate(self, sheet: str) -> None:
        """Bring a sheet to the front."""

    def agrees(self, question: str) -> bool:
        """Whether the user says yes."""


class Told(NamedTuple):
    """What the user is told, and whether something is wrong."""

    text: str
    wrong: bool


def press(window: Window, button: str) -> Told:
    """Do what a button is for; what to tell about it, blank for nothing."""
    try:
        return Told(BUTTONS[button](window), wrong=False)
    except HqsError as error:
        return Told(error.message(language(window)), wrong=True)
    except Exception as error:  # noqa: BLE001 - a traceback never reaches the user
        return failed(window, button, error)


def failed(window: Window, button: str, error: Exception) -> Told:
    """What is told of an error that nobody expected: where it happened, without any value."""
    internal_error(button, error)
    last = extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__}, {PurePath(last.filename).name}:{last.lineno}"
    return Told(say("macro.failed", language(window), where=where), wrong=True)


def _now() -> datetime:
    return datetime.now(UTC).astimezone().replace(tzinfo=None)


# --- The check ------------------------------------------------------------------------------------------------------


def check(window: Window) -> str:
    """Check the roster, and say what came of it."""
    return summary_in_words(sync_roster(window), window.book().name)


def sync_roster(window: Window, as_of: date | None = None, *, now: datetime | None = None) -> Summary:
    """Check the roster of an open workbook and write answers, findings and a line of the log into it.

    ``as_of`` wins over the workbook's own day; ``now`` is the hour the check is noted under. Raises UnusableFile, with
    nothing written, when there is no roster or it can't be answered.
    """
    with window.quiet("check"):
        book = window.book()
        bar = _StatusBar(window, language(window, book))
        summary = refresh_book(book, now=now or _now(), as_of=as_of, findings_sheet=True, progress=bar.show)
        book.flush()
    if summary.changed:
        window.calculate()
    return summary


def summary_in_words(summary: Summary, name: str) -> str:
    """What a check came to, for people."""
    settings, lang = summary.settings, summary.settings.lang
    counts = {str(severity): summary.findings.get(severity, 0) for severity in Severity}
    known = summary.known_through
    title = say("check.title", lang, file=name, as_of=settings.day, edition=settings.edition, known=known)
    return "\n".join(
        (
            title,
            say("check.summary", lang, people=summary.people, **counts),
            say("macro.written" if summary.changed else "macro.same", lang),
            *settings.reminders,
            summary.coverage.looked_at(lang),
            *summary.coverage.in_words(lang),
            *explained(settings.edition, settings.lang),
            *summary.other_in_words(name),
        )
    )


class _StatusBar:
    """Progress beside the cells, a few times only: each is a call into the program."""

    def __init__(self, window: Window, lang: str) -> None:
        self._window, self._lang, self._shown = window, lang, -PERCENT

    def show(self, done: float) -> None:
        """The share done, 0 to 1."""
        percent = int(done * 100)
        if percent >= self._shown + PERCENT:
            self._shown = percent
            self._window.show_progress(say("macro.progress", self._lang, percent=percent))


# --- The other buttons ----------------------------------------------------------------------------------------------


def explain(window: Window) -> str:
    """How the selected cell is counted, or what to select."""
    if window.selection is None:
        return say("pointed.elsewhere", language(window))
    return explain_cell(window.book(), *window.selection, _now().date())


def recalculate(window: Window) -> str:
    """Count every formula anew, also those that seem up to date: the rules may be newer."""
    window.calculate(everything=True)
    return ""


def refresh_calendar(window: Window) -> str:
    """Write the days off into the calendar's table, and say through which day they are decreed."""
    lang = language(window)
    with window.quiet("refresh_calendar"):
        book = window.book()
        table = _calendar_table(book)
        if table is None:
            raise HqsError("macro.no_calendar", headers=", ".join(say(f"column.{key}", lang) for key in HEADERS))
        put = book.replace_rows(table)
        days = [dict(zip(HEADERS, row, strict=True)) for row in day_rows(lang)]
        for day in days:
            put(day)
        book.flush()
        known = say("calendar_sheet.known", lang, day=RUSSIA.known_through)
        with suppress(KeyError):
            if window.named(KNOWN_CELL) != known:
                window.put_named(KNOWN_CELL, known)
    return say("macro.calendar", lang, count=len(days), sheet=table.sheet) + "\n" + known


def _calendar_table(book: OpenBook) -> Found | None:
    """The calendar's table as every workbook of ours has it: its rows are written anew, so that no other will do."""
    for sheet in book.sheets:
        for number, cells in book.rows(sheet):
            for lang in LANGUAGES:
                titles = {say(f"column.{key}", lang): key for key in HEADERS}
                places = {place: titles[text] for place, text in cells.items() if text in titles}
                table = Found("calendar", sheet, number, places, {})
                if len(places) == len(HEADERS) and is_marked(table, book.marks(sheet)):
                    return table
    return None


def due_list(window: Window) -> str:
    """Write what is due into an HTML file beside the workbook, without names."""
    from hqs_xl.output.beside import write_due_list  # noqa: PLC0415 - what runs is loaded when it runs

    return write_due_list(window.book(), window.fullname, _now().date())


def calendar_file(window: Window) -> str:
    """Write the deadlines into a calendar file beside the workbook, without names."""
    from hqs_xl.output.beside import write_calendar  # noqa: PLC0415 - what runs is loaded when it runs

    return write_calendar(window.book(), window.fullname, _now().date())


def notice_data(window: Window) -> str:
    """Write the data of the notice that the selected cell asks for."""
    from hqs_xl.output.beside import write_notice  # noqa: PLC0415 - what runs is loaded when it runs

    if window.selection is None:
        return say("beside.select", language(window))
    return write_notice(window.book(), window.fullname, _now().date(), window.selection)


def show_rules(window: Window) -> str:
    """Go to the sheet with the rules."""
    names = [say("sheet.rules", lang) for lang in LANGUAGES]
    sheet = next((sheet for sheet in window.book().sheets if sheet in names), None)
    if sheet is None:
        raise HqsError("macro.no_rules", sheet=say("sheet.rules", language(window)))
    window.activate(sheet)
    return ""


def about(window: Window) -> str:
    """Versions of package, rules, calendar, program and workbook."""
    return "\n".join(versions(window.book(), window.program, language(window)))


def empty_demo(window: Window) -> str:
    """Take the demo's invented people out, and all that is about them, once the user agrees; then check."""
    from hqs_xl.buttons.demo_rows import Demo  # noqa: PLC0415 - as above

    lang = language(window)
    book = window.book()
    demo = Demo(book)
    if not demo.people:
        return demo.done(lang)
    if not window.agrees(demo.question(lang)):
        return ""
    with window.quiet("empty_demo"):
        demo.take_out()
        book.flush()
    window.calculate()
    summary = sync_roster(window)
    return f"{demo.done(lang)}\n\n{summary_in_words(summary, window.book().name)}"


def language(window: Window, book: OpenBook | None = None) -> str:
    """The language of the workbook's settings: its name Language, or its table of settings."""
    try:
        try:
            value = window.named("Language")
        except KeyError:
            found = Gathered()
            with suppress(HqsError):
                find_tables(book or window.book(), found.take_all)
            value = found.settings.get("lang")
        return to_word(value, LANGUAGE_WORDS) or "en"
    except Exception:  # noqa: BLE001 - it is asked for on the way to a message, which had better come in English
        return "en"


# What each button of the ribbon and of the menu is for, by the name it has there.
_ACTS = (check, explain, recalculate, refresh_calendar, due_list, calendar_file, notice_data)
BUTTONS: Mapping[str, Callable[[Window], str]] = {act.__name__: act for act in (*_ACTS, show_rules, about, empty_demo)}
