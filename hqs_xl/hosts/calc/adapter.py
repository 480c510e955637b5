"""Between Calc and the cell functions, for one call: what arrives, and what may go out.

Calc hands over numbers, texts and tuples of rows: a date as the number of days from the document's own first day, TRUE
as 1, an argument left out as None, a blank cell as 0 when it stands alone and as "" within a range. It takes numbers
and texts only, as rows, of which a date is a number again and a yes or no 1 or 0.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from hqs_xl.cells.declared import Declared
from hqs_xl.cells.values import serial_class
from hqs_xl.rows import EPOCH

Rows = tuple[tuple[Any, ...], ...]
_EPOCH = EPOCH.toordinal()


class Call:
    """A cell function as Calc calls it; a column repeats its days, so that most answers are look-ups."""

    def __init__(self, function: Callable[..., Any], declared: Declared) -> None:
        self._function = function
        self._zeros = tuple(argument.zero for argument in declared.arguments.values())
        self._remembered = lru_cache(maxsize=1 << 16)(self._answered)

    def __call__(self, values: tuple[Any, ...], shift: int = 0) -> Rows:
        """The answer as rows of numbers and texts; ``shift``: how many days the document's first lies after Excel's.

        A mistake is in both languages, for what is remembered knows of no document: ``in_language`` picks one.
        """
        return self._answered(values, shift) if tuple in map(type, values) else self._remembered(values, shift)

    def _answered(self, values: tuple[Any, ...], shift: int) -> Rows:
        given = [_given(value, zero, shift) for value, zero in zip(values, self._zeros, strict=True)]
        answer = self._function(*given)
        rows = answer if isinstance(answer, list) else [[answer]]
        first = _EPOCH + shift
        return tuple(tuple([_out(value, first) for value in row]) for row in rows)


def _given(value: Any, zero: bool, shift: int) -> Any:
    """What a function is given for an argument: None where there was nothing, or only a lone blank cell."""
    if value == 0 and not zero:
        return None
    if not shift or value is None or isinstance(value, str):
        return value
    counted = serial_class(shift)
    if isinstance(value, tuple):
        return tuple(tuple(counted(cell) if type(cell) is float else cell for cell in row) for row in value)
    return counted(value)


def _out(value: Any, first: int) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return float(value.toordinal() - first)
    # TRUE as such would be shown as an error.
    return "" if value is None else float(value)
