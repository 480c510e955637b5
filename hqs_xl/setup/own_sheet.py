"""How a person's own sheet looks: merged cells, rows, colours; and what of it stays behind, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from hqs_xl.texts import say

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from hqs_xl.template.carried import Area, Look


def merged(sheet: Worksheet) -> Iterator[Area]:
    """The merged cells."""
    for area in sheet.merged_cells.ranges:
        yield area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1


def own_rows(sheet: Worksheet) -> Iterator[tuple[int, tuple[float | None, Look]]]:
    """The rows that have a height of their own, or are hidden or folded."""
    for number, row in sheet.row_dimensions.items():
        options = {"hidden": row.hidden, "level": row.outlineLevel, "collapsed": row.collapsed}
        look = tuple((name, value) for name, value in options.items() if value)
        if row.height is not None or look:
            yield number - 1, (row.height, look)


def in_words(left: tuple[str, str], lang: str) -> str:
    """Something that stays behind."""
    kind, what = left
    return say(f"install.left.{kind}", lang, what=what)


def colour(found: Any) -> str | None:
    """A colour as XlsxWriter takes it; none of the theme's, which another workbook has otherwise."""
    value = found.rgb if found is not None and found.type == "rgb" else None
    return f"#{value[-6:]}" if isinstance(value, str) and re.fullmatch("[0-9A-Fa-f]{8}", value) else None
