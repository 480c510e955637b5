"""What stands before the value in a cell of the usual shape: its place, format and type, and its formula."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

# The start of a cell of the usual shape: its column, format and type.
_START = re.compile(rb'([A-Z]{1,3}\x01)(?: s="([0-9]{1,9})")?(?: t="([A-Za-z]+)")? ?/?').fullmatch
_FORMULA, _FORMULA_END = b"<f", b"</f>"


class Start(NamedTuple):
    """The start of a cell: its column, with an explicit format 0 as long as the cell keeps it, its format."""

    column: bytes
    kept: bytes
    style: int
    is_error: bool


@lru_cache(maxsize=1 << 12)
def start_of(tag: bytes) -> Start:
    """The start of a cell of the usual shape, from its tag; every row has the same ones."""
    match = _START(tag)
    if match is None:
        raise ValueError(tag)
    column, style, kind = match.groups()
    return Start(column, column + b' s="0"' if style == b"0" else column, int(style or 0), kind == b"e")


def formula_in(cell: bytes) -> bytes:
    """The element of a cell's formula; b"" where it has none."""
    end = cell.find(_FORMULA_END)
    return b"" if end < 0 else cell[cell.index(_FORMULA) : end + len(_FORMULA_END)]
