"""The add-in's service, inside LibreOffice: one method for each cell function."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

import unohelper
from hqsxl.calc import XFunctions

from hqs_xl import functions
from hqs_xl.cells.declared import declared_in
from hqs_xl.cells.mistakes import NAME, in_language, language_of
from hqs_xl.hosts.calc.adapter import Call
from hqs_xl.hosts.calc.names import camel
from hqs_xl.rows import EPOCH


class Functions(unohelper.Base, XFunctions):
    """What Calc creates once and calls for each cell."""

    def __init__(self, context: Any) -> None:
        self.context = context


def _method(call: Call) -> Callable[..., Any]:
    def answered(_: Functions, document: Any, *values: Any) -> Any:
        return in_language(call(values, _shift(document)), lambda: _language(document))

    return answered


def _language(document: Any) -> str:
    """The language of a document, asked only where there is a mistake to tell; blank when it has no such name."""
    names = document and document.getPropertyValue("NamedRanges")
    cells = names.getByName(NAME).getReferredCells() if names and names.hasByName(NAME) else None
    return language_of(cells.getCellByPosition(0, 0).getString()) if cells else ""


def _shift(document: Any) -> int:
    """How many days a document's first day lies after Excel's; asked each time, for people may change it."""
    if document is None:
        return 0
    first = document.getPropertyValue("NullDate")
    return _days_after(first.Year, first.Month, first.Day)


@cache
def _days_after(year: int, month: int, day: int) -> int:
    return (date(year, month, day) - EPOCH).days


for _function, _declared in declared_in(functions).items():
    setattr(Functions, camel(_declared.name), _method(Call(_function, _declared)))
