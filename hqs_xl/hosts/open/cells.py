"""A cell of an open workbook: what it holds, what an answer is handed to it as, and whether the two are the same."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from hqs_xl.cells.values import YES_NO, BadValue, to_date
from hqs_xl.formulas.links import Link
from hqs_xl.formulas.today import settled

# Excel's own limit.
LONGEST_TEXT = 32_767
# Excel takes no longer text for a number or a date.
LONGEST_READ = 32


def is_formula(text: Any, value: Any) -> bool:
    """Whether what the formula bar shows is a formula, and not a text that begins like one."""
    return isinstance(text, str) and text.startswith("=") and text != value


def held(value: Any) -> Any:
    """A cell's value as xlwings delivers it, in the types of a closed file; None for a blank."""
    if isinstance(value, Decimal):
        # A cell in a currency format.
        return float(value)
    return None if isinstance(value, str) and not value else value


def answered(value: Any) -> Any:
    """An answer as its cell will hold it."""
    return (value[:LONGEST_TEXT] or None) if isinstance(value, str) else value


def same(old: Any, new: Any) -> bool:
    """Whether a cell holds an answer already."""
    if isinstance(new, date) and old is not None:
        try:
            return to_date(settled(old)) == new
        except BadValue:
            return False
    if isinstance(old, str) is not isinstance(new, str) or isinstance(old, bool) is not isinstance(new, bool):
        return False
    return bool(old == new)


def typed(value: Any) -> Any:
    """An answer as it is handed to Excel, which reads a text as if somebody had typed it."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time())
    if isinstance(value, Link):
        return value.formula()
    return "'" + value if isinstance(value, str) and _is_read(value) else value


def _is_read(text: str) -> bool:
    """Whether Excel might make a number, a date, TRUE or a formula of a text: "001", "2026-03-16 07:30", "MAR-1"."""
    if not text[:1].isalpha():
        return True
    return text.casefold() in YES_NO or (len(text) <= LONGEST_READ and any(sign.isdigit() for sign in text))
