"""Formulas that count or add up rows, as stand below a table: what they come to is the id and the name of nobody."""

from __future__ import annotations

import re
from typing import TypeVar

from hqs_xl.formulas.today import Movement, movement

_T = TypeVar("_T")
_COUNTS = re.compile(
    r"[=\s+]*(?:_xlfn\.|com\.microsoft\.)*"
    r"(?:COUNT(?:A|IFS?|BLANK)?|DCOUNTA?|ROWS|SUBTOTAL|AGGREGATE|SUM(?:IFS?|PRODUCT)?|AVERAGE(?:IFS?)?)\s*\(",
    re.IGNORECASE,
).match


class CountedNumber(float):
    """A number that rows were counted or added up to."""


class Counting:
    """What such formulas come to."""

    @staticmethod
    def of(value: _T) -> _T | CountedNumber:
        """A stored result, marked where it is a number; one that counts days its own way stays what it is."""
        return CountedNumber(value) if type(value) in (int, float) else value  # type: ignore[arg-type]


COUNTING = Counting()


def meaning_of(formula: str) -> Movement | Counting | None:
    """What is to be known of a formula's result: that it moves with the day, or counts rows; None for any other."""
    return movement(formula) or (COUNTING if _COUNTS(formula) else None)
