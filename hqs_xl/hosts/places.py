"""Where a cell may stand on a sheet: its rows and columns, as the file spells them."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from string import ascii_uppercase

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384

_DIGITS = re.compile(r"[0-9]{1,7}")


def whole(text: str) -> int | None:
    """A whole number of up to seven digits, as rows and counts are written; None for anything else."""
    return int(text) if _DIGITS.fullmatch(text) else None


@cache
def column_numbers() -> dict[str, int]:
    """The columns "A" to "XFD", from 0."""
    names = ("".join(letters) for length in (1, 2, 3) for letters in product(ascii_uppercase, repeat=length))
    return {name: number for number, name in zip(range(MAX_COLUMNS), names, strict=False)}
