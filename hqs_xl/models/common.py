"""What the fields of our own TOML files may hold: words, days, numbers, one word of several."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any

from hqs_xl.bilingual import both
from hqs_xl.models.marks import Is

_TEXT = {"type": "string", "pattern": r"\S"}
_BOTH = {"type": "object", "properties": {"en": _TEXT, "ru": _TEXT}, "required": ["en", "ru"]}


def _is_day(value: Any) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _is_month_and_day(value: Any) -> bool:
    return isinstance(value, str) and len(value) == len("12-31") and _is_iso(f"2024-{value}")


def _is_iso(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def one_of(words: Iterable[str]) -> Is:
    """The mark of one word of several."""
    known = [str(word) for word in words]
    return Is(f"one of {', '.join(known)}", lambda value: isinstance(value, str) and value in known, {"enum": known})


def whole(expected: str, least: int) -> Is:
    """The mark of a whole number."""
    json = {"type": "integer", "minimum": least}
    return Is(expected, lambda value: type(value) is int and value >= least, json)


def day(expected: str) -> Is:
    """The mark of a day."""
    return Is(expected, _is_day, {"type": "string", "format": "date"})


Line = Annotated[str, Is("a text", lambda value: isinstance(value, str) and bool(value.strip()), _TEXT)]
Words = Annotated[
    Any,
    Is(
        "a text, or one as en and ru",
        lambda value: both(value) is not None,
        {"anyOf": [_TEXT, {**_BOTH, "additionalProperties": False}]},
    ),
]
Yes = Annotated[bool, Is("true", lambda value: value is True, {"const": True})]
YesNo = Annotated[bool, Is("true or false", lambda value: isinstance(value, bool), {"type": "boolean"})]
Day = Annotated[date, day("a date such as 2018-04-20")]
Checked = Annotated[date, day("the day the source was last looked at")]
MonthAndDay = Annotated[
    str, Is('a day such as "12-31"', _is_month_and_day, {"type": "string", "pattern": "^[0-9]{2}-[0-9]{2}$"})
]
DayInText = Annotated[str, Is('a day such as "2020-03-30"', _is_iso, {"type": "string", "format": "date"})]
