"""What the ribbon's buttons do: ``check`` and the others work on the workbook they are called from.

Each entry is a few lines over a function that takes the book, and ends in one message; a mistake is one sentence,
never a traceback. A click happens now, so that this is one of the few places that know the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import PurePath
from traceback import extract_tb
from typing import Any

import xlwings as xw

from hqs_xl import __version__
from hqs_xl.cells import internal_error
from hqs_xl.days_off import HEADERS, day_rows
from hqs_xl.errors import HqsError
from hqs_xl.explained_cell import explain_cell
from hqs_xl.hosts.live import LiveBook
from hqs_xl.law import EDITIONS, RUSSIA, rulebook
from hqs_xl.roster.findings import Severity
from hqs_xl.roster.gathered import Gathered
from hqs_xl.roster.sync import Summary, refresh_book
from hqs_xl.roster.tables import Found, find_tables
from hqs_xl.texts import LANGUAGES, say
from hqs_xl.values import LANGUAGE_WORDS, to_word

# The status bar moves on by so many percent.
PERCENT = 5
CONFIG_SHEET, CONFIG_VERSION = "xlwings.conf", "HQS-XL"
KNOWN_CELL = "CalendarKnown"


# --- What the buttons call ------------------------------------------------------------------------------------------


def check() -> None:
    """Check the roster of the workbook."""
    _run(lambda book: summary_in_words(book, sync_roster(book)))


def explain() -> None:
    """Explain the selected cell."""
    _run(explain_selection)


def recalculate() -> None:
    """Count every formula anew."""
    _run(recalculate_book)


def refresh_calendar() -> None:
    """Write the days off this package knows to the sheet Calendar."""
    _run(write_calendar)


def due_list() -> None:
    """Write the due list beside the workbook."""
    _run(write_due_list)


def calendar_file() -> None:
    """Write the calendar file beside the workbook."""
    _run(write_calendar_file)


def notice_data() -> None:
    """Write the data of a notice about the selected person beside the workbook."""
    _run(write_notice)


def show_rules() -> None:
    """Go to the sheet Rules."""
    _run(activate_rules)


def about() -> None:
    """Show the versions the workbook works with."""
    _run(versions)


def _run(act: Callable[[xw.Book], str]) -> None:
    """Do something with the calling workbook, and show what came of it."""
    book = xw.Book.caller()
    try:
        text, mode = act(book), "info"
    except HqsError as error:
        text, mode = error.message(language(book)), "critical"
    except Exception as error:  # noqa: BLE001 - a traceback never reaches the user
        internal_error(act.__name__, error)
        text, mode = say("macro.failed", language(book), where=_where(error)), "critical"
    if text:
        book.app.alert(text, say("ribbon.tab"), mode=mode)


def _where(error: Exception) -> str:
    """What happened and in which line, without any value."""
    last = extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}, {PurePath(last.filename).name}:{last.lineno}"


def _now() -> datetime:
    return datetime.now(UTC).astimezone().replace(tzinfo=None)


# --- What they do ---------------------------------------------------------------------------------------------------


def sync_roster(book: xw.Book, as_of: date | None = None, *, now: datetime | None = None) -> Summary:
    """Check the roster of an open workbook and write answers, findings and a line of the log into it.

    ``as_of`` wins over the workbook's own day; ``now`` is the hour the check is noted under. Raises UnusableFile, with
    nothing written, when there is no roster or it can't be answered.
    """
    with _quiet(book.app):
        live = LiveBook(book)
        bar = _StatusBar(book.app, language(book, live))
        summary = refresh_book(live, now=now or _now(), as_of=as_of, findings_sheet=True, progress=bar.show)
        live.flush()
    book.app.calculate()
    return summary


def summary_in_words(book: xw.Book, summary: Summary) -> str:
    """What a check came to, for people."""
    settings, lang = summary.settings, summary.settings.lang
    counts = {str(severity): summary.findings.get(severity, 0) for severity in Severity}
    known = summary.known_through
    title = say("check.title", lang, file=book.name, as_of=settings.as_of, edition=settings.edition, known=known)
    return "\n".join(
        (
            title,
            say("check.summary", lang, people=summary.people, **counts),
            say("macro.written" if summary.changed else "macro.same", lang),
        )
    )


def explain_selection(book: xw.Book) -> str:
    """How the selected cell is counted, or what to select."""
    selection = book.selection
    if selection is None or selection.sheet.book != book:
        return say("pointed.elsewhere", language(book))
    return explain_cell(LiveBook(book), selection.sheet.name, selection.row, selection.column - 1, _now().date())


def recalculate_book(book: xw.Book) -> str:
    """Count every formula anew, also those that Excel thinks are up to date: the rules may be newer."""
    fully = getattr(book.app.api, "CalculateFull", book.app.calculate)
    fully()
    return ""


def write_calendar(book: xw.Book) -> str:
    """Write the days off into the calendar's table, and say through which day they are decreed."""
    lang = language(book)
    with _quiet(book.app):
        live = LiveBook(book)
        table = _calendar_table(live)
        if table is None:
            raise HqsError("macro.no_calendar", headers=", ".join(say(f"column.{key}", lang) for key in HEADERS))
        put = live.replace_rows(table)
        days = [dict(zip(HEADERS, row, strict=True)) for row in day_rows(lang)]
        for day in days:
            put(day)
        live.flush()
        known = say("calendar_sheet.known", lang, day=RUSSIA.known_through)
        if KNOWN_CELL in book.names and (cell := book.names[KNOWN_CELL].refers_to_range).value != known:
            cell.value = known
    return say("macro.calendar", lang, count=len(days), sheet=table.sheet) + "\n" + known


def _calendar_table(live: LiveBook) -> Found | None:
    """The table with the calendar's headers, in either language; its own sheet is looked at first."""
    own = {say("sheet.calendar", lang) for lang in LANGUAGES}
    for sheet in sorted(live.sheets, key=lambda name: name not in own):
        for number, cells in live.rows(sheet):
            for lang in LANGUAGES:
                titles = {say(f"column.{key}", lang): key for key in HEADERS}
                places = {place: titles[text] for place, text in cells.items() if text in titles}
                if len(places) == len(HEADERS):
                    return Found("calendar", sheet, number, places, {})
    return None


def write_due_list(book: xw.Book) -> str:
    """Write what is due into an HTML file beside the workbook, without names."""
    from hqs_xl.output.beside import write_due_list as write  # noqa: PLC0415 - what runs is loaded when it runs

    return write(LiveBook(book), book.fullname, _now().date())


def write_calendar_file(book: xw.Book) -> str:
    """Write the deadlines into a calendar file beside the workbook, without names."""
    from hqs_xl.output.beside import write_calendar as write  # noqa: PLC0415 - what runs is loaded when it runs

    return write(LiveBook(book), book.fullname, _now().date())


def write_notice(book: xw.Book) -> str:
    """Write the data of the notice that the selected cell asks for."""
    from hqs_xl.output.beside import write_notice as write  # noqa: PLC0415 - what runs is loaded when it runs

    selection = book.selection
    if selection is None or selection.sheet.book != book:
        return say("beside.select", language(book))
    cell = (selection.sheet.name, selection.row, selection.column - 1)
    return write(LiveBook(book), book.fullname, _now().date(), cell)


def activate_rules(book: xw.Book) -> str:
    """Go to the sheet with the rules."""
    names = [say("sheet.rules", lang) for lang in LANGUAGES]
    sheet = next((sheet for sheet in book.sheets if sheet.name in names), None)
    if sheet is None:
        raise HqsError("macro.no_rules", sheet=say("sheet.rules", language(book)))
    sheet.activate()
    return ""


def versions(book: xw.Book) -> str:
    """Versions of package, rules, calendar, xlwings and workbook."""
    lang, made = language(book), _made_by(book)
    lines = [
        say("macro.about.package", lang, version=__version__, xlwings=xw.__version__),
        *(_edition_in_words(edition, lang) for edition in EDITIONS),
        say("calendar_sheet.known", lang, day=RUSSIA.known_through),
    ]
    if made:
        lines.append(say("macro.about.workbook", lang, file=book.name, version=made))
        if made != __version__:
            lines.append(say("macro.about.other", lang))
    return "\n".join(lines)


def _edition_in_words(edition: str, lang: str) -> str:
    """How many values an edition declares, and from when on the newest holds."""
    values = [value for rule in rulebook().values() for value in rule.values.get(edition, ())]
    newest = max((value.first for value in values if value.first), default="")
    key = "macro.about.edition" if newest else "macro.about.edition_undated"
    return say(key, lang, edition=edition, count=len(values), day=newest)


def _made_by(book: xw.Book) -> str:
    """The version that built the workbook; blank for a workbook of somebody else's making."""
    if CONFIG_SHEET not in (sheet.name for sheet in book.sheets):
        return ""
    rows: list[list[Any]] = book.sheets[CONFIG_SHEET].used_range.options(ndim=2).value
    return next((str(row[-1]) for row in rows if row[0] == CONFIG_VERSION), "")


# --- Around them ----------------------------------------------------------------------------------------------------


def language(book: xw.Book, live: LiveBook | None = None) -> str:
    """The language of the workbook's settings: its name Language, or its table of settings."""
    try:
        if "Language" in book.names:
            value = book.names["Language"].refers_to_range.value
        else:
            found = Gathered()
            with suppress(HqsError):
                find_tables(live or LiveBook(book), found.take)
            value = found.settings.get("lang")
        return to_word(value, LANGUAGE_WORDS) or "en"
    except Exception:  # noqa: BLE001 - it is asked for on the way to a message, which had better come in English
        return "en"


@contextmanager
def _quiet(app: xw.App) -> Iterator[None]:
    """Nothing is counted or drawn meanwhile; whatever happens, all is as it was after it."""
    with ExitStack() as stack:
        stack.callback(setattr, app, "status_bar", app.status_bar)
        for name, value in (("calculation", "manual"), ("screen_updating", False)):
            stack.callback(setattr, app, name, getattr(app, name))
            setattr(app, name, value)
        yield


class _StatusBar:
    """Progress in Excel's status bar, a few times only: each is a call into Excel."""

    def __init__(self, app: xw.App, lang: str) -> None:
        self._app, self._lang, self._shown = app, lang, -PERCENT

    def show(self, done: float) -> None:
        """The share done, 0 to 1."""
        percent = int(done * 100)
        if percent >= self._shown + PERCENT:
            self._shown = percent
            self._app.status_bar = say("macro.progress", self._lang, percent=percent)
