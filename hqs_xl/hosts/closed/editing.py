"""Closed .xlsx files to be answered, whose tables are those of a roster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hqs_xl.formulas.ours import is_ours
from hqs_xl.hosts.closed.beside import Beside
from hqs_xl.hosts.closed.reading import RosterHeaders
from hqs_xl.hosts.files import LIMITS, Limits
from hqs_xl.hosts.xlsx import Growth, NewColumn, RowRemover, TableHeader, parallel
from hqs_xl.law import decrees
from hqs_xl.roster.columns import TABLES
from hqs_xl.texts import say

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from hqs_xl.hosts.xlsx import ShortRule
    from hqs_xl.roster.tables import Found, Sink

# How many lines the sheet Answers has, and whether they are counted, which no answer changes.
KEPT = frozenset({"HQS_LINE_COUNT", "HQS_COUNTED_HERE"})
# The ids of our own parts begin so.
LINKS = "rIdHqs"


class ClosedEdit(RowRemover):
    """A closed .xlsx or .xlsm to be answered: an ``EditableBook``."""

    def __init__(self, path: Path, processes: int = 1, limits: Limits = LIMITS) -> None:
        """``processes``: how many may answer the rows of a big sheet."""
        super().__init__(path, RosterHeaders(), own=is_ours, kept=KEPT, links=LINKS, limits=limits)
        self.beside = Beside(path.parent)
        if processes > 1 and self.largest_sheet >= parallel.BIG_SHEET:
            # A worker loads the years of the calendar while this process reads.
            self.executor = parallel.WorkerPool(processes, decrees.years_beyond, decrees.learn)

    def learn_headers(self, headers: Collection[str]) -> None:
        """Take more texts for headers from now on."""
        self.know_words(RosterHeaders(headers))

    def widen(self, table: Found, headers: Sequence[str]) -> Sequence[int]:
        """Add columns to the right end of a table; where they stand. Before ``edit_rows`` of its sheet."""
        return self.add_columns(_header_of(table), headers)

    def grow(
        self,
        table: Found,
        last: int,
        added: Sequence[Mapping[str, Any]],
        changed: Mapping[int, Mapping[str, Any]],
        beside: Collection[int] = (),
    ) -> Sequence[ShortRule]:
        """Let a table take in rows below ``last``, and new values in rows it has, both by column key.

        ``beside``: columns of somebody's own that belong to the table. The formats and validations of the rows above
        that do not hold in all new ones.
        """
        header = _header_of(table)
        at = {key: place for place, key in table.places.items()}
        keys = [table.places[place] for place in header.columns]
        rows = [[row.get(key) for key in keys] for row in added]
        values = {number: {at[key]: value for key, value in row.items()} for number, row in changed.items()}
        return self.grow_rows(header, Growth(last, header.columns, rows, values, beside))

    def table_area(self, table: Found) -> tuple[range, range] | None:
        """Rows below the header, less totals, and columns of an Excel table; None where it is none."""
        return self.area_of(_header_of(table))

    def remove_rows(self, table: Found, rows: Collection[int]) -> None:
        """Take rows out of an Excel table, in which one row is left at least, blank but for formulas."""
        self.remove_table_rows(_header_of(table), rows)

    def replace_rows(self, table: Found) -> Sink:
        """Write the rows of a table anew, below its header, top down; the old ones are gone."""
        header = _header_of(table)
        return _by_key(self.rewrite_rows(header), [table.places[place] for place in header.columns])

    def add_table(self, kind: str, lang: str) -> Sink:
        """A new sheet at the end with a table of that kind, under the kind's own headers."""
        name = "".join(word.capitalize() for word in kind.split("_"))
        columns = [NewColumn(column.header(lang), column.width) for column in TABLES[kind]]
        return _by_key(self.add_sheet(say(f"table.{kind}", lang), name, columns), [one.key for one in TABLES[kind]])


def _header_of(table: Found) -> TableHeader:
    return TableHeader(table.sheet, table.header_row, tuple(sorted(table.places)))


def _by_key(put: Callable[[Sequence[Any]], None], keys: Sequence[str]) -> Sink:
    """Takes rows by column key."""

    def take(row: Mapping[str, Any]) -> None:
        put([row.get(key) for key in keys])

    return take
