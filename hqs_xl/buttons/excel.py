"""What the ribbon's buttons call: ``check`` and the others work on the workbook they are called from.

Each presses the button of that name (``acts``) in Excel's window, and shows the one message it ends in.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from typing import Any

import xlwings as xw

from hqs_xl.buttons import acts
from hqs_xl.hosts.excel import LiveBook, fullname_of
from hqs_xl.hosts.open import OpenBook
from hqs_xl.sync.book import Summary
from hqs_xl.texts import say

# A setting of Excel's AutoCorrect.
_FILLS = "AutoFillFormulasInLists"


def check() -> None:
    """Check the roster of the workbook."""
    _press("check")


def explain() -> None:
    """Explain the selected cell."""
    _press("explain")


def recalculate() -> None:
    """Count every formula anew."""
    _press("recalculate")


def refresh_calendar() -> None:
    """Write the days off this package knows to the sheet Calendar."""
    _press("refresh_calendar")


def due_list() -> None:
    """Write the due list beside the workbook."""
    _press("due_list")


def calendar_file() -> None:
    """Write the calendar file beside the workbook."""
    _press("calendar_file")


def notice_data() -> None:
    """Write the data of a notice about the selected person beside the workbook."""
    _press("notice_data")


def show_rules() -> None:
    """Go to the sheet Rules."""
    _press("show_rules")


def about() -> None:
    """Show the versions the workbook works with."""
    _press("about")


def empty_demo() -> None:
    """Take the demo's invented people out."""
    _press("empty_demo")


def _press(button: str) -> None:
    """Press a button in the window of the calling workbook, and show what came of it."""
    book = xw.Book.caller()
    text, wrong = acts.press(ExcelWindow(book), button)
    if text:
        book.app.alert(text, say("ribbon.tab"), mode="critical" if wrong else "info")


def _fill_no_columns(app: xw.App, stack: ExitStack) -> None:
    """Keep Excel from filling the blank cells of a table's column with the one formula that is written into it."""
    corrects = getattr(app.api, "AutoCorrect", None)
    if corrects is not None:
        stack.callback(setattr, corrects, _FILLS, getattr(corrects, _FILLS))
        setattr(corrects, _FILLS, False)


def sync_roster(book: xw.Book, as_of: date | None = None, *, now: datetime | None = None) -> Summary:
    """Check the roster of an open workbook and write the answers into it; for whoever calls it from Python."""
    return acts.sync_roster(ExcelWindow(book), as_of, now=now)


class ExcelWindow:
    """A workbook open in Excel, as the buttons see it."""

    def __init__(self, book: xw.Book) -> None:
        self._book = book

    @property
    def fullname(self) -> str:
        """The workbook's path, or its name alone."""
        return fullname_of(self._book)

    @property
    def program(self) -> str:
        """What speaks to Excel."""
        return f"xlwings {xw.__version__}"

    @property
    def selection(self) -> tuple[str, int, int] | None:
        """The selected cell, when it is one of this workbook."""
        selected = self._book.selection
        if selected is None or selected.sheet.book != self._book:
            return None
        return selected.sheet.name, selected.row, selected.column - 1

    def book(self) -> OpenBook:
        """The workbook as it stands now."""
        return LiveBook(self._book)

    @contextmanager
    def quiet(self, button: str) -> Iterator[None]:  # noqa: ARG002 - Excel undoes no macro
        """Nothing is counted or drawn meanwhile; whatever happens, all is as it was after it."""
        app = self._book.app
        with ExitStack() as stack:
            stack.callback(setattr, app, "status_bar", app.status_bar)
            for name, value in (("calculation", "manual"), ("screen_updating", False)):
                stack.callback(setattr, app, name, getattr(app, name))
                setattr(app, name, value)
            _fill_no_columns(app, stack)
            yield

    def show_progress(self, text: str) -> None:
        """In Excel's status bar."""
        self._book.app.status_bar = text

    def calculate(self, *, everything: bool = False) -> None:
        """Count what has changed, or every formula, also those that Excel thinks are up to date."""
        app = self._book.app
        if everything:
            getattr(app.api, "CalculateFull", app.calculate)()
        else:
            app.calculate()

    def named(self, name: str) -> Any:
        """What a named cell holds; KeyError where there is none."""
        return self._cell(name).value

    def put_named(self, name: str, value: str) -> None:
        """Write a text into a named cell."""
        self._cell(name).value = value

    def _cell(self, name: str) -> xw.Range:
        if name not in self._book.names:
            raise KeyError(name)
        return self._book.names[name].refers_to_range

    def activate(self, sheet: str) -> None:
        """Bring a sheet to the front."""
        self._book.sheets[sheet].activate()

    def agrees(self, question: str) -> bool:
        """Whether the user says yes; Excel undoes no macro."""
        question += "\n\n" + say("demo.not_undone", acts.language(self))
        return bool(self._book.app.alert(question, say("ribbon.tab"), buttons="yes_no", mode="info") == "yes")
