"""What the arguments of the cell functions may hold, and how each is told in the function wizard."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from hqs_xl.cells.declared import Argument
from hqs_xl.cells.values import (
    EDITION_WORDS,
    LANGUAGE_WORDS,
    BadValue,
    is_blank,
    refuse_error,
    to_date,
    to_number,
    to_quarter,
    to_text,
    to_word,
)
from hqs_xl.errors import BadEvent
from hqs_xl.law import Quarter

# More days than the calendar holds; a date that far away could not even be written down.
MOST_DAYS = 100_000
ARRIVALS = {"entry": "registration.entry", "move": "registration.move"}
NOTICES = {"concluded": "notice.concluded", "terminated": "notice.terminated"}


def a_day(value: Any) -> date | None:
    """A date; a blank cell arrives as 0 from some hosts."""
    return to_date(value)


def a_whole(value: Any) -> int | None:
    """A whole number of days."""
    number = to_number(value)
    if number is not None and (not number.is_integer() or abs(number) > MOST_DAYS):
        raise BadValue("not_whole")
    return None if number is None else int(number)


def a_quarter(value: Any) -> Quarter | None:
    """A quarter."""
    return None if value == 0 and not isinstance(value, bool) else to_quarter(value)


def a_text(value: Any) -> str | None:
    """A name, such as a rule's."""
    return to_text(value) or None


def an_event(value: Any) -> date | Quarter | None:
    """A date or a quarter."""
    if isinstance(value, str):
        try:
            return Quarter.parse(value)
        except BadEvent:
            pass
    return a_day(value)


def table_block(rows: Any) -> Any:
    """A block with a header row; None where the cell is blank."""
    return None if len(rows) == 1 and is_blank(rows[0][0]) else rows


def one_of(words: Mapping[str, str], default: str | None) -> Callable[[Any], str | None]:
    """A word of a list; blank is the default."""

    def convert(value: Any) -> str | None:
        refuse_error(value)
        return default if value == 0 and not isinstance(value, bool) else to_word(value, words) or default

    return convert


def named(names: Mapping[str, str]) -> dict[str, str]:
    """Words that stand for themselves."""
    return {name: name for name in names}


def first_of(convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The single value of a block."""
    return lambda rows: convert(rows[0][0])


def whole_block(rows: Any) -> Sequence[Sequence[Any]]:
    """The block as it is."""
    return rows  # type: ignore[no-any-return]


EDITION = Argument(one_of(EDITION_WORDS, "card"), "Whose numbers: card (the default), law or careful.")
LANG = Argument(one_of(LANGUAGE_WORDS, "en"), "Language of the answer: en (the default) or ru.")
AS_OF = Argument(a_day, "The day of the check, such as AsOf or a date; the function never asks the clock.")
START_OF_TERM = Argument(a_day, "The first day of the permit or visa.")
AGREEMENT_END = Argument(a_day, "The last day of the agreement; blank for an open-ended one.")
ARRIVED = Argument(a_day, "The day of entry into Russia, or of arrival at the new place.")
ARRIVAL = Argument(one_of(named(ARRIVALS), "entry"), "What arrived means: entry (the default) or move.")
DUE = Argument(a_day, "The day something is due.")
HEADERS = Argument(whole_block, "The row of column headers of the roster, English or Russian, in any order.")
ROWS = Argument(whole_block, "The rows of people below those headers, with the same columns.")
EDITION_OF_BLOCK = Argument(first_of(EDITION.convert), EDITION.doc)
LANG_OF_BLOCK = Argument(first_of(LANG.convert), LANG.doc)
AS_OF_BLOCK = Argument(first_of(AS_OF.convert), AS_OF.doc)
