"""What a cell of an answer is written as: the value's kind, and the bytes that hold it."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from math import isfinite
from typing import TYPE_CHECKING, Any, NamedTuple

from hqs_xl.formulas.links import Link
from hqs_xl.hosts.package.xml_bytes import plain
from hqs_xl.hosts.sheets.cell_values import EXACT_DIGITS
from hqs_xl.rows import EPOCH, FIRST_SERIAL, OFFSET_1904, Cached, Guarded

if TYPE_CHECKING:
    from hqs_xl.hosts.sheets.cell_values import CellValue

# Excel's own limit, in UTF-16 units.
LONGEST_TEXT = 32_767

# What XML or its readers would change, and what would be read as an escape.
UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
# Office shows such a text as it stands only where the cell says it is one.
_LIKE_FORMULA = ("=", "+", "-", "@")


class Answer(NamedTuple):
    """A value as a cell can hold it."""

    value: CellValue | None
    is_date: bool = False
    cached: bool = False  # goes only where a formula stands
    guarded: bool = False  # may stand in place of nothing but a formula of ours
    link: Link | None = None  # whose formula goes into the cell, and comes to the value

    @property
    def needs_quote(self) -> bool:
        """Whether the text could be taken for a formula when somebody opens the cell."""
        return isinstance(self.value, str) and self.value.startswith(_LIKE_FORMULA)


def answered(value: Any, *, date1904: bool) -> Answer:
    """An answer as its cell will be read back, so that the same answer is known again."""
    if isinstance(value, Cached):
        return answered(value.value, date1904=date1904)._replace(cached=True)
    if isinstance(value, Guarded):
        return answered(value.value, date1904=date1904)._replace(guarded=True)
    if isinstance(value, Link):
        return Answer(value.cell, link=value)
    if isinstance(value, str):
        return Answer(_storable(value) or None)
    if value is None or isinstance(value, bool):
        return Answer(value)
    if isinstance(value, date):
        return _dated(value, date1904=date1904)
    if isinstance(value, int) and len(str(abs(value))) <= EXACT_DIGITS:
        return Answer(value)
    number = float(value)
    if not isfinite(number):
        raise ValueError(value)
    return Answer(number)


def _dated(day: date, *, date1904: bool) -> Answer:
    """A day's serial number; a day Excel does not count is written in words."""
    moment = day if isinstance(day, datetime) else None
    serial = (date(day.year, day.month, day.day) - EPOCH).days
    if serial < (OFFSET_1904 if date1904 else FIRST_SERIAL):
        return Answer(day.isoformat())
    serial -= OFFSET_1904 if date1904 else 0
    if moment is None:
        return Answer(serial, is_date=True)
    into = timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)
    return Answer(serial + into / timedelta(days=1) if into else serial, is_date=True)


def _storable(text: str) -> str:
    """The text without what no file can hold, and no longer than a cell takes."""
    if text.__class__ is str and len(text) <= LONGEST_TEXT and text.isascii():
        return text
    units = text.encode("utf-16le", "surrogatepass")[: 2 * LONGEST_TEXT]
    return units.decode("utf-16le", "replace")


def same(old: CellValue | None, new: CellValue | None) -> bool:
    """Whether a cell holds a value already: 3.0 is 3, but neither is True or "3"."""
    if isinstance(old, str | bool) or isinstance(new, str | bool):
        return type(old) is type(new) and old == new
    return old == new


def content(value: CellValue | None, prefix: bytes, *, formula: bool) -> tuple[bytes, bytes]:
    """The type and the elements of a value; the result of a formula is no inline text."""
    if value is None:
        return (b"str", b"<%bv></%bv>" % (prefix, prefix)) if formula else (b"", b"")
    if isinstance(value, str):
        return (b"str", _element(prefix, b"v", _text(value))) if formula else (b"inlineStr", _inline(value, prefix))
    if isinstance(value, bool):
        return b"b", _element(prefix, b"v", b"1" if value else b"0")
    return b"", _element(prefix, b"v", repr(value).encode())


def linked(answer: Answer, prefix: bytes) -> tuple[bytes, bytes]:
    """The type and the elements of an answer; with its formula, where that is written too."""
    if answer.link is None:
        return content(answer.value, prefix, formula=False)
    kind, inner = content(answer.value, prefix, formula=True)
    return kind, _element(prefix, b"f", plain(answer.link.formula().removeprefix("="))) + inner


def _inline(text: str, prefix: bytes) -> bytes:
    """An inline text; blanks around it would be dropped if it did not say that they are meant."""
    kept = b' xml:space="preserve"' if text != text.strip() or "\n" in text else b""
    inner = _text(text)
    if not prefix:
        return b"<is><t%b>%b</t></is>" % (kept, inner)
    return b"<%bis><%bt%b>%b</%bt></%bis>" % (prefix, prefix, kept, inner, prefix, prefix)


def _text(text: str) -> bytes:
    return plain(UNSAFE.sub(lambda sign: f"_x{ord(sign[0]):04X}_", text))


def _element(prefix: bytes, name: bytes, inner: bytes) -> bytes:
    return b"<%b%b>%b</%b%b>" % (prefix, name, inner, prefix, name)
