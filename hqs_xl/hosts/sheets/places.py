"""Where a cell may stand on a sheet: its rows and columns, as the file spells them."""

from __future__ import annotations

import re
from functools import cache

from hqs_xl.rows import column_name

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384

_AREA = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_BEFORE_A = ord("A") - 1
_DIGITS = re.compile(r"[0-9]{1,7}")


def whole(text: str) -> int | None:
    """A whole number of up to seven digits, as rows and counts are written; None for anything else."""
    return int(text) if _DIGITS.fullmatch(text) else None


class Columns(dict[str, int]):
    """The columns "A" to "XFD", from 0: those met so far, others when they are asked for; KeyError for no column."""

    def __missing__(self, name: str) -> int:
        number = 0
        for letter in name:
            if not "A" <= letter <= "Z":
                raise KeyError(name)
            number = 26 * number + ord(letter) - _BEFORE_A
        if not 0 < number <= MAX_COLUMNS:
            raise KeyError(name)
        self[name] = number - 1
        return number - 1

    def find(self, name: str) -> int | None:
        """The number of what may be a column."""
        try:
            return self[name]
        except KeyError:
            return None


# All that there are take some milliseconds, which is more than a small sheet takes.
COLUMNS = Columns()


@cache
def letters(column: int) -> bytes:
    """The letters of a column, from 0, as files have them."""
    return column_name(column).encode()


def area_of(reference: str) -> tuple[int, int, int, int] | None:
    """First row, last row (from 1), first column, last column (from 0) of "A1:C5"; None where it is no area."""
    match = _AREA.fullmatch(reference)
    if match is None:
        return None
    columns = [COLUMNS.find(letters) for letters in (match[1], match[3] or match[1])]
    rows = [int(match[2]), int(match[4] or match[2])]
    if columns[0] is None or columns[1] is None or not 0 < rows[0] <= rows[1] <= MAX_ROWS or columns[0] > columns[1]:
        return None
    return rows[0], rows[1], columns[0], columns[1]


def area_name(first_row: int, last_row: int, first_column: int, last_column: int) -> str:
    """An area as files spell it."""
    return f"{column_name(first_column)}{first_row}:{column_name(last_column)}{last_row}"
