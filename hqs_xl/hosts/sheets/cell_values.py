"""What a cell's stored text says: numbers, yes and no, escaped texts, formulas that are the day itself."""

from __future__ import annotations

import re
from datetime import date
from math import isfinite, nextafter
from typing import TYPE_CHECKING

from hqs_xl.rows import EPOCH, FIRST_SERIAL, OFFSET_1904, UNCOUNTED

if TYPE_CHECKING:
    from hqs_xl.formulas.counted import Counting
    from hqs_xl.formulas.today import Movement

CellValue = str | float | int | bool

# A float holds every whole number of so many digits.
EXACT_DIGITS = 15

XML_SPACE = " \t\r\n"

_NUMBER = re.compile(r"[ \t\r\n]*([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)[ \t\r\n]*")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CLOCK = r"([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9](?:\.[0-9]{1,12})?)"
_ZONE = "(Z|[+-][0-9]{2}:[0-9]{2})?"
_DAY = re.compile(f"(?:([0-9]{{4}})-([0-9]{{2}})-([0-9]{{2}}))(?:T{_CLOCK}{_ZONE})?")
_TIME = re.compile(_CLOCK)
HOUR, MINUTE, DAY_SECONDS = 3600, 60, 86_400
_BOOLEANS = {"1": True, "0": False, "true": True, "false": False}


def stored_value(kind: str | None, text: str, *, date1904: bool = False) -> CellValue:
    """A stored value by its cell's type; what breaks its type's grammar stays text, for the reader to judge."""
    if kind is None or kind == "n":
        return parsed_number(text)
    if kind == "b":
        return _BOOLEANS.get(text.strip(XML_SPACE), text)
    if kind in ("str", "inlineStr"):
        return unescaped(text)
    return _moment(text.strip(XML_SPACE), date1904=date1904) if kind == "d" else text


def _moment(stored: str, *, date1904: bool) -> CellValue:
    """A day or a time by ISO 8601 as a number, as other cells have it; a day Excel does not count stays text."""
    if _TIME.fullmatch(stored):
        return serial(f"{EPOCH}T{stored}", date1904=False)
    number = serial(stored, date1904=date1904)
    first = 0 if date1904 else FIRST_SERIAL
    return stored if not isinstance(number, int | float) or number < first else number


def serial(stored: str, *, date1904: bool) -> CellValue:
    """The serial number of a day, counted as the book counts, with its time as a fraction that never rounds up.

    A moment of another time zone stays text where it is not midnight, as SheetJS writes 1 September of Moscow as the
    31 August, 21:00 of London: its day here may differ.
    """
    match = _DAY.fullmatch(stored)
    try:
        day = (date(int(match[1]), int(match[2]), int(match[3])) - EPOCH).days if match else None
    except ValueError:
        day = None
    if match is None or day is None:
        return stored
    day -= OFFSET_1904 if date1904 else 0
    if match[4] is None:
        return day
    seconds = int(match[4]) * HOUR + int(match[5]) * MINUTE + float(match[6])
    if seconds and match[7]:
        return stored
    return whole_or_float(min(day + seconds / DAY_SECONDS, nextafter(day + 1, day)))


def whole_or_float(number: float) -> CellValue:
    """A number as it is read, whole where it can be."""
    return int(number) if number.is_integer() else number


def parsed_number(text: str) -> CellValue:
    """A number, whole where it is written so; what is none or has no end stays text, blanks become empty."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return text if text.strip(XML_SPACE) else ""
    plain = match[1]
    if len(plain) <= EXACT_DIGITS and plain.lstrip("+-").isdigit():
        return int(plain)
    number = float(plain)
    return number if isfinite(number) else text


def unescaped(text: str) -> str:
    """A text with Office's ``_xHHHH_`` escapes as the signs they mean; half a surrogate pair becomes U+FFFD."""
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return plain.encode("utf-16le", "surrogatepass").decode("utf-16le", "replace")


def result(
    value: CellValue, kind: str | None, meaning: Movement | Counting | None, *, stored: bool, empty_zeros: bool
) -> CellValue:
    """What a formula came to, by its stored value: a mark where nobody counted it, as scripts leave their formulas.

    ``meaning``: what is to be known of it, such as how it moves with the day it is counted on. ``stored``: whether
    there is an element for the value, if only an empty one, which is the answer "" of a text. ``empty_zeros``: the
    file's maker stores 0 for want of a value.
    """
    if value == "":
        uncounted = kind != "str" or not stored
    else:
        uncounted = empty_zeros and value == 0 and not isinstance(value, bool)
    found = UNCOUNTED if uncounted else value
    return meaning.of(found) if meaning else found
