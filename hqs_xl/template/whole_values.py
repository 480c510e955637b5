"""Texts and numbers as XlsxWriter has to be given them, so that the file holds them whole.

Of its own accord it escapes the letters of a text in several looks twice, of two escapes that touch only the first, and
no sign in what a formula came to; it takes a text between <r> and </r> for XML; and it writes 16 digits of a number.
"""

from __future__ import annotations

import re

from hqs_xl.hosts.xlsx import UNSAFE

# No character, and XML may hold it (Unicode 23.7); around the code of a sign until the parts are written.
_AROUND = "\ufdd0"
_SIGN = re.compile(f"{UNSAFE.pattern}|^<(?=r>)")
_HELD_BACK = re.compile(f"{_AROUND}([0-9A-F]{{4}}){_AROUND}".encode())


class _AllDigits(float):
    """A number that is formatted with as many digits as tell it from all others."""

    __slots__ = ()

    def __format__(self, _: str) -> str:
        return float.__repr__(self)


def whole_text(text: str) -> str:
    """A text with the signs held back that Open XML escapes, as ``_xHHHH_`` (ECMA-376 part 1, 22.9.2.19)."""
    return _SIGN.sub(lambda sign: f"{_AROUND}{ord(sign[0]):04X}{_AROUND}", text)


def escaped(part: bytes) -> bytes:
    """A part that XlsxWriter wrote, with what was held back as escapes."""
    return _HELD_BACK.sub(rb"_x\1_", part)


def whole_number(number: float) -> float:
    """A number of which all digits are written."""
    return number if float(f"{number:.16G}") == number else _AllDigits(number)
