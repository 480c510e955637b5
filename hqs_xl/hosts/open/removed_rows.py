"""Rows that are taken out of a table of an open workbook, by the program itself: what stands below moves up.

The cells of the first row stay where they are, for names and formulas refer to the table by them.
"""

from __future__ import annotations

from collections.abc import Collection

from hqs_xl.hosts.open.sheet import Frame, LiveSheet, runs


class RemovedRows:
    """Rows of a table that go."""

    changed = True

    def __init__(self, sheet: LiveSheet, frame: Frame, rows: Collection[int]) -> None:
        self._sheet, self._columns = sheet, (frame.first_column, frame.last_column)
        self._gone, first = set(rows), frame.first_row + 1
        self._moved: tuple[int, int] | None = None
        if first in self._gone:
            kept = [row for row in range(first, frame.last_row + 1) if row not in self._gone]
            self._gone.remove(first)
            if kept:
                self._moved = kept[0], first
                self._gone.add(kept[0])
            else:
                sheet.answer(first, dict.fromkeys(sheet.constants(first, *self._columns)))

    def settle(self) -> None:
        """All rows are known."""

    def make_room(self) -> None:
        """Fewer rows need no more room."""

    def finish(self) -> None:
        """Take the rows out, the last ones first."""
        page = self._sheet.page
        if self._moved:
            page.copy_cells((self._moved[0], self._moved[0], *self._columns), self._moved[1])
        for rows in reversed(list(runs(sorted(self._gone)))):
            page.remove_cells((rows[0], rows[-1], *self._columns))
