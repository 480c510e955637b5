"""A book in memory, for what is tested above files."""

from __future__ import annotations

from collections.abc import Mapping

from hqs_xl.hosts.memory import Formula, Grid, MemoryBook
from hqs_xl.roster.tables.marks import CELL_NAMES, TABLE_NAMES

__all__ = ["Formula", "Grid", "MemoryBook", "made_by_us"]

EVERY_MARK = [*((name, 1, 0, 99) for name in TABLE_NAMES.values()), *((name, 0, 0, 0) for name in CELL_NAMES.values())]


def made_by_us(sheets: Mapping[str, Grid]) -> MemoryBook:
    """A book whose tables, all with their header in the first row, bear our marks."""
    return MemoryBook(sheets, marks=dict.fromkeys(sheets, EVERY_MARK))
