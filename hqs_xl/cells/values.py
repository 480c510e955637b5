"""What a cell holds, as dates, words and numbers: the one place where cell values are converted.

Cells deliver the same fact in many forms: a date as datetime, serial number or text; a whole number as float; a blank
as None or ""; an Excel error as its text. Whatever is not understood is a BadValue, never a guess, and its message
repeats nothing of the cell (it may hold a name typed in the wrong column).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from hqs_xl.errors import BadEvent, HqsError
from hqs_xl.law import EDITIONS, Quarter
from hqs_xl.law.workdays import FIRST_DAY, LAST_DAY
from hqs_xl.rows import EPOCH, ERRORS, FIRST_SERIAL, UNCOUNTED

# Excel's own numbers of errors (CVErr), as COM delivers those that xlwings does not know.
RAW_ERRORS = (-2146826300, -2146826200)

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ][0-9:.]*Z?)?", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:\s*г\.?)?", re.ASCII)

YES_NO = dict.fromkeys(("yes", "да", "true", "истина"), True) | dict.fromkeys(("no", "нет", "false", "ложь"), False)

LANGUAGE_WORDS = {"en": "en", "english": "en", "ru": "ru", "russian": "ru", "русский": "ru", "рус": "ru"}
EDITION_WORDS = {name: name for name in EDITIONS} | {"карточка": "card", "закон": "law", "осторожно": "careful"}


class Serial(float):
    """A number of a document that counts its days from another one than Excel: it may mean a day, or just a number.

    ``shift``: how many days its first day lies after Excel's. The numbers of each kind of document have a class of
    their own, so that answers, which are remembered by value and type, are never mixed up.
    """

    shift = 0


@cache
def serial_class(shift: int) -> type[Serial]:
    """The class of the numbers of documents whose first day lies so many days after Excel's."""
    return type(f"Serial{shift}", (Serial,), {"shift": shift})


class BadValue(HqsError):
    """A cell that is not what its column holds."""


def refuse_error(value: Any) -> None:
    """Refuse what is no value: a formula that was never counted, and an Excel error.

    An error is its text, or the raw number that the newer ones arrive as (#SPILL! is -2146826243).
    """
    if isinstance(value, str):
        found = value.strip() in ERRORS
        if value == UNCOUNTED:
            raise BadValue("uncounted")
    else:
        found = isinstance(value, int | float) and RAW_ERRORS[0] <= value <= RAW_ERRORS[1]
    if found:
        raise BadValue("excel_error")


def is_blank(value: Any) -> bool:
    """Whether a cell says nothing: None, "" or spaces."""
    return value is None or (isinstance(value, str) and not value.strip())


def to_date(value: Any) -> date | None:
    """A day from a date, a serial number (1900 system) or text (2026-12-31, 31.12.2026); None for a blank."""
    if is_blank(value):
        return None
    refuse_error(value)
    day: date | None
    if type(value) is int or type(value) is float:
        day = _from_serial(value)
    elif isinstance(value, Serial):
        day = _from_serial(value + value.shift)
    elif isinstance(value, datetime):
        day = value.date()
    elif isinstance(value, date):
        day = value
    elif isinstance(value, str):
        day = _from_text(value.strip())
    else:
        day = None
    if day is None:
        raise BadValue("not_a_date")
    if not FIRST_DAY <= day <= LAST_DAY:
        raise BadValue("outside_range")
    return day


def _from_serial(value: float) -> date | None:
    # The ceiling only keeps timedelta from overflowing: such a day is beyond the calendar anyway.
    return _numbered(math.floor(value)) if FIRST_SERIAL <= value < 10**6 else None


# A roster repeats its days: one object for each, instead of one for each cell.
@lru_cache(maxsize=1 << 15)
def _numbered(serial: int) -> date:
    return EPOCH + timedelta(days=serial)


def _from_text(text: str) -> date | None:
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    elif match := _DOTTED.fullmatch(text):
        day, month, year = match.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def to_text(value: Any) -> str:
    """A text or an id; 1001.0 is "1001". Blank is ""."""
    if value is None:
        return ""
    if isinstance(value, str):
        refuse_error(value)
        return value.strip()
    refuse_error(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)


def to_number(value: Any) -> float | None:
    """A number, also as text with a space or comma in the Russian way; None for a blank."""
    if is_blank(value):
        return None
    refuse_error(value)
    if isinstance(value, str):
        text = re.sub(r"[\s\u00a0\u202f]", "", value).replace(",", ".")
        value = float(text) if re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", text) else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BadValue("not_a_number")
    return float(value)


def to_quarter(value: Any) -> Quarter | None:
    """A quarter from 2026Q1, Q1 2026, 1 кв. 2026 or any date in it; None for a blank."""
    if is_blank(value):
        return None
    refuse_error(value)
    if isinstance(value, str):
        try:
            return Quarter.parse(value)
        except BadEvent:
            pass
    try:
        day = to_date(value)
    except BadValue:
        raise BadValue("not_a_quarter") from None
    return Quarter.of(day) if day else None


def to_word(value: Any, words: Mapping[str, str]) -> str | None:
    """The list word a cell means, without regard to case; ``words`` maps what may be typed to what it means."""
    text = to_text(value).casefold()
    if not text:
        return None
    if text not in words:
        raise BadValue("unknown_word", expected=", ".join(dict.fromkeys(words.values())))
    return words[text]


def to_yes_no(value: Any) -> bool | None:
    """TRUE, yes, да and their opposites; None for a blank."""
    if isinstance(value, bool) or value is None:
        return value
    text = to_text(value).casefold()
    if text and text not in YES_NO:
        raise BadValue("unknown_word", expected="yes, no")
    return YES_NO.get(text)
