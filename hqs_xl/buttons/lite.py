"""The button *Check roster* in xlwings Lite, which runs it as an async script: ``await check(book)``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import xlwings as xw

from hqs_xl.buttons import acts
from hqs_xl.buttons.excel import ExcelWindow
from hqs_xl.errors import HqsError
from hqs_xl.hosts.excel import LiteDocument
from hqs_xl.hosts.open import OpenBook


async def check(book: xw.Book, lang: str = "en") -> str:
    """Check the roster of the workbook and write the answers into it; what to tell about it.

    ``lang``: what to tell in of a workbook that can't be read.
    """
    try:
        window = LiteWindow(book, await LiteDocument.read(book))
    except HqsError as error:
        return error.message(lang)
    told = acts.press(window, "check")
    try:
        await book.flush()
    except Exception as error:  # noqa: BLE001 - what Excel refuses to write comes as an error of JavaScript
        told = acts.failed(window, "check", error)
    return told.text


class LiteWindow(ExcelWindow):
    """A workbook open in Excel, of which only what was read ahead is known."""

    def __init__(self, book: xw.Book, document: LiteDocument) -> None:
        super().__init__(book)
        self._document = document

    @property
    def fullname(self) -> str:
        """The workbook's name: a browser knows no path."""
        return self._document.fullname

    @property
    def program(self) -> str:
        """What speaks to Excel."""
        return f"xlwings Lite {xw.__version__}"

    def book(self) -> OpenBook:
        """The workbook as it was read."""
        return OpenBook(self._document)

    @contextmanager
    def quiet(self, button: str) -> Iterator[None]:  # noqa: ARG002 - there is nothing to hold still
        """Lite writes all at once when the script ends, and can't be asked how it is set."""
        yield

    def show_progress(self, text: str) -> None:
        """Lite has no status bar."""

    def calculate(self, *, everything: bool = False) -> None:  # noqa: ARG002 - Lite knows one way
        """Let Excel count once the answers are written."""
        self._book.app.calculate()

    def named(self, name: str) -> Any:
        """What a named cell held; KeyError where there is none."""
        return self._document.named(name)
