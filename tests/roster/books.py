"""A book in memory, for what is tested above files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Grid = list[list[Any]]


class MemoryBook:
    """Sheets as grids of cells; None is a blank."""

    date1904 = False
    name = "memory.xlsx"

    def __init__(self, sheets: Mapping[str, Grid], totals: Mapping[str, set[int]] | None = None) -> None:
        self.grids, self._totals = dict(sheets), totals or {}

    @property
    def sheets(self) -> tuple[str, ...]:
        return tuple(self.grids)

    def rows(
        self, sheet: str, progress: Callable[[float], None] | None = None
    ) -> Iterator[tuple[int, Mapping[int, Any]]]:
        for number, row in enumerate(self.grids[sheet], 1):
            cells = {place: cell for place, cell in enumerate(row) if cell is not None}
            if cells:
                yield number, cells
        if progress:
            progress(1.0)

    def totals(self, sheet: str) -> frozenset[int]:
        return frozenset(self._totals.get(sheet, ()))
