"""A person's own sheet besides its cells: those merged, its rows; and what of it stays behind, in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from hqs_xl.template.carried import Printed
from hqs_xl.texts import say, table

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from hqs_xl.template.carried import Area, Look

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]|^'|'$")
_LONGEST = 31


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


def printed(sheet: Worksheet) -> Printed:
    """What is printed of it, and what on each page."""
    area = sheet.print_area
    return Printed(area if isinstance(area, str) else "", sheet.print_title_rows or "", sheet.print_title_cols or "")


def impossible_names(names: Iterable[str], lang: str) -> list[str]:
    """The names of sheets that no workbook may have by Excel's rules, or that a sheet of ours has in the new one."""
    ours = {word.casefold() for key, word in table(lang).items() if key.startswith("sheet.")}
    return [
        name
        for name in names
        if _FORBIDDEN.search(name) or len(name.encode("utf-16le")) > 2 * _LONGEST or name.casefold() in ours
    ]


def in_words(left: tuple[str, str], lang: str) -> str:
    """Something that stays behind."""
    kind, what = left
    return say(f"install.left.{kind}", lang, what=what)
