"""What a cell of an OpenDocument spreadsheet says, as the .xlsx reader would say it: a day is its serial number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hqs_xl.formulas.counted import meaning_of
from hqs_xl.hosts.package.open_document import CALC, OFFICE, TABLE
from hqs_xl.hosts.sheets.cell_values import DAY_SECONDS, HOUR, MINUTE, parsed_number, serial, whole_or_float
from hqs_xl.rows import ERRORS, UNCOUNTED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hqs_xl.hosts.sheets.cell_values import CellValue

_KIND = f"{OFFICE} value-type"
_NUMBER = f"{OFFICE} value"
_DATE = f"{OFFICE} date-value"
_TIME = f"{OFFICE} time-value"
_BOOLEAN = f"{OFFICE} boolean-value"
_STRING = f"{OFFICE} string-value"
_CALC_KIND = f"{CALC} value-type"
_FORMULA = f"{TABLE} formula"

_NUMBERS = frozenset({"float", "percentage", "currency"})
_BOOLEANS = {"true": True, "false": False}
_DURATION = re.compile(
    r"(-?)P(?:([0-9]{1,9})D)?(?:T(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9}(?:[.,][0-9]{1,12})?)S)?)?"
)
# The errors that Excel has no word for are numbers in LibreOffice; Excel's words may be another language's.
_ERROR_NUMBER = re.compile(r"Err:[0-9]{3}")
_ANY_ERROR = "#VALUE!"


def cell_value(attributes: Mapping[str, str], shown: str | None, *, date1904: bool = False) -> CellValue:
    """A cell's value, "" for a blank; what breaks its type's grammar stays text, for the reader to judge.

    ``shown`` is what the cell shows, None where it has no paragraph for it. A formula that comes to "" shows an empty
    paragraph or says it is a text; one that nobody counted says nothing.
    """
    text, formula = shown or "", attributes.get(_FORMULA)
    value = _value(attributes, text, date1904=date1904)
    if value == "" and formula and shown is None and attributes.get(_KIND) != "string":
        value = UNCOUNTED
    meaning = meaning_of(formula.partition("=")[2]) if formula else None
    return meaning.of(value) if meaning else value


def _value(attributes: Mapping[str, str], text: str, *, date1904: bool) -> CellValue:
    if attributes.get(_CALC_KIND) == "error":
        return text if text in ERRORS else _ANY_ERROR
    kind = attributes.get(_KIND)
    if kind in _NUMBERS:
        return _number(attributes.get(_NUMBER, text), text)
    if kind == "date":
        return serial(attributes.get(_DATE, text), date1904=date1904)
    if kind == "time":
        return _duration(attributes.get(_TIME, text))
    if kind == "boolean":
        word = attributes.get(_BOOLEAN, text)
        return _BOOLEANS.get(word, word)
    return attributes.get(_STRING, text) if kind == "string" else text


def _number(stored: str, text: str) -> CellValue:
    """Older programs store 0 where an error is shown."""
    if text in ERRORS:
        return text
    return _ANY_ERROR if _ERROR_NUMBER.fullmatch(text) else parsed_number(stored)


def _duration(stored: str) -> CellValue:
    """A duration, which is also how a time of the day is stored, in days."""
    match = _DURATION.fullmatch(stored)
    if match is None or not any(match.groups()[1:]):
        return stored
    days, hours, minutes = (int(match[group] or 0) for group in (2, 3, 4))
    seconds = hours * HOUR + minutes * MINUTE + float((match[5] or "0").replace(",", "."))
    return whole_or_float((-1 if match[1] else 1) * (days + seconds / DAY_SECONDS))
