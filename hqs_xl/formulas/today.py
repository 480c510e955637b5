"""Formulas on TODAY() or NOW(): what is stored for them is the day of the last save, and no fact about anybody."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from hqs_xl.formulas.let import without_let
from hqs_xl.formulas.outcome import outcome
from hqs_xl.formulas.tokens import Token, calls, tokens
from hqs_xl.rows import UNCOUNTED

CLOCKS = frozenset({"TODAY", "NOW"})
_LET = re.compile(r"LET\s*\(", re.IGNORECASE).search
_MENTIONS = re.compile(r"(?:TODAY|NOW)\s*\(", re.IGNORECASE).search
# Functions of one day, and maybe a number of digits, that leave the day as it is.
_SAME_DAY = frozenset({"INT", "TRUNC", "ROUNDDOWN", "FLOOR", "N", "VALUE", "DATEVALUE", "SINGLE"})
_PREFIX = re.compile(r"^(?:_xlfn\.|_xlws\.|com\.microsoft\.)+", re.IGNORECASE)
# A pattern that shows a day whole, as TEXT() is given it.
_DAY_PATTERN = re.compile(r'"(?=.*[yг])(?=.*[mм])(?=.*[dд])[^"0#]*"', re.IGNORECASE)
MOST_DAYS = 3_660
# Longer ones are no sums of today and days.
_SHORT = 200


class Moving:
    """A formula's result that moves with the day it is counted on: ``days`` after that day, None where nobody knows.

    ``made_of_it``: the day it is counted on may be in the result itself, and is not only compared with. ``fresh``: it
    was counted on the day of the check, by the program that has the document open.
    """

    days: int | None = None
    made_of_it: bool = False
    fresh: bool = False

    def __eq__(self, other: object) -> bool:
        """Equal as its value, and moving alike."""
        same = super().__eq__(other)
        if same is not True or not isinstance(other, Moving):
            return same
        return (self.days, self.made_of_it, self.fresh) == (other.days, other.made_of_it, other.fresh)

    def __ne__(self, other: object) -> bool:
        """Not equal."""
        return not self == other

    def __hash__(self) -> int:
        """As its value."""
        return super().__hash__()


class MovingNumber(Moving, float):
    """A number that moves with the day; its value is what it was at the last save."""

    def __add__(self, other: float) -> MovingNumber:
        """So many days later, moving all the same."""
        found = moving_number(float(self) + other, self.days, self.made_of_it)
        found.fresh = self.fresh
        return found


class MovingText(Moving, str):  # noqa: SLOT000 - it says how it moves
    """A text that moves with the day; its value is what it was at the last save."""


class MovingMoment(Moving, datetime):
    """A day, as an open program hands it over, that moves; its value is what it is now."""


def moving_number(value: float, days: int | None, made_of_it: bool = True) -> MovingNumber:
    """A number that moves."""
    found = MovingNumber(value)
    found.days, found.made_of_it = days, made_of_it
    return found


def moving_text(value: str, days: int | None, made_of_it: bool = True) -> MovingText:
    """A text that moves."""
    found = MovingText(value)
    found.days, found.made_of_it = days, made_of_it
    return found


def settled(value: Any) -> Any:
    """What a file holds of a result as plainly that; None for what was never counted."""
    if value == UNCOUNTED:
        return None
    if isinstance(value, float):
        return float(value)
    if isinstance(value, MovingMoment):
        return datetime.combine(value.date(), value.time())
    return str(value) if isinstance(value, MovingText) else value


class Movement(NamedTuple):
    """How a formula moves with the day it is counted on: so many ``days`` after it, None where nobody knows.

    ``made_of_it`` as of ``Moving``; ``asks``: that day decides what comes out, so that a blank may be none tomorrow.
    """

    days: int | None
    made_of_it: bool = True
    asks: bool = False

    def of(self, value: float | str | bool) -> float | str | bool:
        """A stored result as one that moves; a blank, and yes and no, are what they are."""
        if isinstance(value, str):
            return moving_text(value, *self[:2]) if value or self.days is not None else value
        return value if isinstance(value, bool) else moving_number(value, *self[:2])

    def of_now(self, value: Any) -> Any:
        """A result as the program that has the document open counted it; only compared with the day, it stays plain."""
        if self.days is not None:
            return self.of(0.0)
        if not self.made_of_it or not value or isinstance(value, bool):
            return value
        found: Moving
        if isinstance(value, datetime):
            found = MovingMoment.combine(value.date(), value.time())
        elif isinstance(value, int | float | str):
            found = MovingText(value) if isinstance(value, str) else MovingNumber(value)
        else:
            return value
        found.days, found.made_of_it, found.fresh = None, True, True
        return found


def movement(formula: str) -> Movement | None:
    """How a formula moves; None for one that does not."""
    if not _MENTIONS(formula):
        return None
    if len(formula) <= _SHORT:
        return _movement(formula)
    return _unknown(_tokens(formula))


def _tokens(formula: str) -> list[Token]:
    found = tokens(formula)
    return without_let(found) if _LET(formula) else found


@lru_cache(maxsize=1 << 10)
def _movement(formula: str) -> Movement | None:
    found = _tokens(formula)
    try:
        days = _Sum(found).whole()
    except _UnknownError:
        return _unknown(found)
    return Movement(days) if abs(days) <= MOST_DAYS else _unknown(found)


def _unknown(found: list[Token]) -> Movement | None:
    return Movement(None, *outcome(found, CLOCKS)) if _calls_clock(found) else None


def _calls_clock(found: list[Token]) -> bool:
    return any(calls(found, place) and token.text.upper() in CLOCKS for place, token in enumerate(found))


class _UnknownError(Exception):
    """The formula is no sum of today and days."""


class _Part(NamedTuple):
    """``days`` after today, or just that number; ``of``: which part of that day (YEAR, MONTH, DAY) it is."""

    is_day: bool
    days: int
    of: str = ""


class _Sum:
    """Reads today and whole numbers, added and taken away, in brackets and in functions that leave a day as it is."""

    def __init__(self, found: list[Token]) -> None:
        self._tokens, self._at = found, 0

    def whole(self) -> int:
        """How many days after today the formula is."""
        part = self._expression()
        if self._at != len(self._tokens) or not part.is_day or part.of:
            raise _UnknownError
        return part.days

    def _next(self) -> str:
        return self._tokens[self._at].text.upper() if self._at < len(self._tokens) else ""

    def _expect(self, *texts: str) -> str:
        text = self._next()
        if text not in texts:
            raise _UnknownError
        self._at += 1
        return text

    def _expression(self) -> _Part:
        found = self._term()
        while self._next() in {"+", "-"}:
            minus, other = self._expect("+", "-") == "-", self._term()
            if other.is_day or other.of:
                if minus or found.is_day or found.of:
                    raise _UnknownError
                found, other = other, found
            if found.of in {"YEAR", "MONTH"}:
                raise _UnknownError
            found = found._replace(days=found.days - other.days if minus else found.days + other.days)
        return found

    def _term(self) -> _Part:
        sign = 1
        while self._next() in {"+", "-"}:
            sign = -sign if self._expect("+", "-") == "-" else sign
        if self._next() == "(":
            self._expect("(")
            found = self._expression()
            self._expect(")")
        else:
            found = self._number_or_call()
        if sign < 0 and (found.is_day or found.of):
            raise _UnknownError
        return found._replace(days=sign * found.days)

    def _number_or_call(self) -> _Part:
        if self._at >= len(self._tokens):
            raise _UnknownError
        token = self._tokens[self._at]
        self._at += 1
        if token.kind == "number" and token.text.isdigit() and len(token.text) <= len(str(MOST_DAYS)):
            return _Part(is_day=False, days=int(token.text))
        if token.kind != "name":
            raise _UnknownError
        self._expect("(")
        name = _PREFIX.sub("", token.text).upper()
        found = self._call(name)
        self._expect(")")
        return found

    def _call(self, name: str) -> _Part:
        if name in CLOCKS:
            return _Part(is_day=True, days=0)
        if name == "DATE":
            return self._date()
        found = self._expression()
        if not found.is_day or found.of:
            raise _UnknownError
        if name in {"YEAR", "MONTH", "DAY"}:
            return _Part(is_day=False, days=found.days, of=name)
        if name == "TEXT":
            self._expect(",", ";")
            if not _DAY_PATTERN.fullmatch(self._next()):
                raise _UnknownError
            self._at += 1
            return found
        if name not in _SAME_DAY:
            raise _UnknownError
        if self._next() in {",", ";"}:
            self._expect(",", ";")
            # To whole days: no digits, or down to a multiple of 1.
            self._expect("1" if name == "FLOOR" else "0")
        return found

    def _date(self) -> _Part:
        """DATE() of a day's own year, month and day, the last one with days added."""
        parts = [self._expression()]
        for _ in range(2):
            self._expect(",", ";")
            parts.append(self._expression())
        year, month, day = parts
        if [part.of for part in parts] != ["YEAR", "MONTH", "DAY"] or year != month._replace(of="YEAR"):
            raise _UnknownError
        return _Part(is_day=True, days=day.days)
