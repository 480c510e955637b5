"""What a cell holds, as dates, words and numbers: the one place where cell values are converted.

Cells deliver the same fact in many forms: a date as datetime, serial number or text; a whole number as float; a blank
as None or ""; an Excel error as its text. Whatever is not understood is a BadValue, never a guess, and its message
repeats nothing of the cell (it may hold a name typed in the wrong column), but for a word that is nearly one of a list.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from hqs_xl.bilingual import Bilingual
from hqs_xl.cells import days
from hqs_xl.cells.list_words import read_word
from hqs_xl.errors import BadEvent, HqsError
from hqs_xl.formulas.counted import CountedNumber
from hqs_xl.formulas.today import Moving, MovingNumber
from hqs_xl.law import EDITIONS, Quarter
from hqs_xl.law.workdays import FIRST_DAY, LAST_DAY
from hqs_xl.rows import ERRORS, UNCOUNTED
from hqs_xl.texts import LANGUAGES, say, table

# Excel's own numbers of errors (CVErr), as COM delivers those that xlwings does not know.
RAW_ERRORS = (-2146826300, -2146826200)

YES_NO = dict.fromkeys(("yes", "да", "true", "истина"), True) | dict.fromkeys(("no", "нет", "false", "ложь"), False)
_YES_NO_WORDS = {text: "yes" if meant else "no" for text, meant in YES_NO.items()}

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

    An error is its text, or the raw number that the newer ones arrive as (#SPILL! is -2146826243). What moves with the
    day by itself is no fact either.
    """
    if isinstance(value, Moving) and value.days is not None:
        raise BadValue("moving")
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


def is_surely_blank(value: Any) -> bool:
    """Whether a cell says nothing. Raises BadValue where it may say something today, for it moves."""
    if not is_blank(value):
        return False
    if isinstance(value, Moving):
        raise BadValue("moving_blank")
    return True


def to_date(value: Any) -> date | None:
    """A day from a date, a serial number (1900 system) or text (2026-12-31, 31.12.2026).

    None for a blank, for what a link to a blank cell comes to (0), and for what programs write for no day and no end.
    """
    day = _day_or_none(value)
    return None if day in days.ENDLESS else day


def to_last_day(value: Any) -> date | None:
    """A day as ``to_date`` reads it, where no end is as good as one: the calendar's last day. None for a blank."""
    day = _day_or_none(value)
    return LAST_DAY if day in days.ENDLESS else day


def _day_or_none(value: Any) -> date | None:
    if is_surely_blank(value):
        return None
    _refuse_unsettled(value)
    day = _day(value)
    if day is None:
        raise BadValue("not_a_date")
    if day in days.NEVER:
        return None
    if not (FIRST_DAY <= day <= LAST_DAY or day in days.ENDLESS):
        raise BadValue("outside_range")
    return day


def _day(value: Any) -> date | None:
    if isinstance(value, MovingNumber | CountedNumber):
        value = float(value)
    if type(value) is int or type(value) is float:
        return days.from_serial(value)
    if isinstance(value, Serial):
        return days.from_serial(value + value.shift if value else 0)
    if isinstance(value, datetime):
        return days.from_moment(value)
    if isinstance(value, date):
        return value
    return days.from_text(value) if isinstance(value, str) else None


def _refuse_unsettled(value: Any) -> None:
    """Refuse what is no value, and what is made of the day it is counted on."""
    refuse_error(value)
    if isinstance(value, Moving) and value.made_of_it:
        raise BadValue("moving")


def is_zero(value: Any) -> bool:
    """Whether a cell is the number 0, as a link to a blank cell comes to; FALSE is none."""
    return value == 0 and isinstance(value, int | float) and not isinstance(value, bool)


def to_text(value: Any) -> str:
    """A text or an id; 1001.0 is "1001". Blank is "", and so is a link to a blank cell, which comes to 0."""
    if value is None or is_zero(value):
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
    if is_surely_blank(value):
        return None
    _refuse_unsettled(value)
    if isinstance(value, str):
        text = re.sub(r"[\s\u00a0\u202f]", "", value).replace(",", ".")
        value = float(text) if re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", text) else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BadValue("not_a_number")
    return float(value)


def to_quarter(value: Any) -> Quarter | None:
    """A quarter from 2026Q1, Q1 2026, 1 кв. 2026 or any date in it; None for a blank."""
    if is_surely_blank(value):
        return None
    _refuse_unsettled(value)
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
    """The list word a cell means, in other words and letters too; ``words`` maps what may be typed to what it means.

    Where a text is only spelt much like one, BadValue names that.
    """
    text = to_text(value)
    if not text:
        if isinstance(value, Moving) and is_blank(value):
            raise BadValue("moving_blank")
        return None
    known = words.get(text.casefold())
    return _in_other_words(text, words) if known is None else known


def _in_other_words(text: str, words: Mapping[str, str]) -> str:
    found = read_word(text, words)
    if found.word is not None:
        return found.word
    expected = _listed(dict.fromkeys(words.values()))
    if found.maybe:
        text, either = " ".join(found.text.split()), _either(found.maybe)
        raise BadValue("near_word", text=text, words=either, expected=expected, meant=found.maybe)
    raise BadValue("unknown_word", expected=expected)


def _named(names: Iterable[str]) -> Iterator[list[str]]:
    """Words of lists as each language has them."""
    return ([table(lang).get(f"word.{name}", name) for name in names] for lang in LANGUAGES)


def _listed(names: Iterable[str]) -> Bilingual:
    """What may be chosen."""
    en, ru = _named([*names])
    return Bilingual(", ".join(en), ", ".join(ru))


def _either(names: Iterable[str]) -> Bilingual:
    """What may be meant."""
    both = zip(LANGUAGES, _named([*names]), strict=True)
    return Bilingual(*(say("word.or", lang).join(f"«{one}»" for one in some) for lang, some in both))


def to_yes_no(value: Any) -> bool | None:
    """TRUE, yes, да and their opposites; None for a blank."""
    if isinstance(value, bool) or value is None:
        return value
    word = to_word(value, _YES_NO_WORDS)
    return None if word is None else word == "yes"
