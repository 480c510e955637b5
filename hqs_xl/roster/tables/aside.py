"""Tables set aside by a header further down, and the rows below it that are theirs all the same.

Another table may stand in the middle of people, or a header that has some of their columns in other places. Whoever
goes on below it in the columns above is to be read by these; whoever does not, by no others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from hqs_xl.roster.columns import column
from hqs_xl.roster.headers.notes import cell_name
from hqs_xl.roster.headers.row import Headed
from hqs_xl.roster.tables import Found
from hqs_xl.roster.tables.end import SURELY, TELLING, Elsewhere, is_day
from hqs_xl.roster.tables.finder import BY_THEIR_LINES

Cells = Mapping[int, Any]
# The tables whose lines are known by one of their cells: by the column that tells it.
TOLD: Mapping[str, tuple[str, Callable[[Any], object]]] = {**SURELY, **BY_THEIR_LINES}
# What a header says of a place: the key of a column, this of words that are none of the table's.
_FOREIGN = ""


class SetAside(NamedTuple):
    """A table that takes no row for now, and the columns wanted of it.

    ``header``: of its own kind, with columns elsewhere: what stands where; None where another table has its columns.
    """

    table: Found
    places: Mapping[int, str]
    header: Mapping[int, str] | None = None

    def takes(self, cells: Cells, opened: Iterable[Found]) -> bool:
        """Whether a row is one of the table, and none of those that are open in its columns."""
        if self.table.kind not in SURELY:
            return False
        key, surely = SURELY[self.table.kind]
        own = {name: place for name in TELLING[self.table.kind] if (place := _place(self.table, name)) in cells}
        is_sure = len(own) > 1 and key in own and surely(cells[own[key]])
        if self.header is not None:
            return is_sure and self._stands_above(cells, self.header)
        others = [one for one in opened if not one.places.keys().isdisjoint(self.table.places)]
        beyond = {name: place for name, place in own.items() if not any(place in one.places for one in others)}
        if all(one.places.keys().isdisjoint(cells) for one in others):
            return bool(own)  # nobody else would take it
        has_day = any(name != "person_id" and is_day(cells[place]) for name, place in beyond.items())
        return (is_sure or has_day) and all(_is_none_of(one, cells) for one in others)

    def _stands_above(self, cells: Cells, header: Mapping[int, str]) -> bool:
        """Whether what a row holds fits the table's own header only, and not the one below it.

        A day where both have days says nothing: such a row might be read with one day for another.
        """
        key, _ = SURELY[self.table.kind]
        fits = False
        for place, own in self.table.places.items():
            said, cell = header.get(place), cells.get(place)
            if own not in TELLING[self.table.kind] or said in (own, _FOREIGN) or cell is None:
                continue
            if own == key:
                fits = True
            elif own != "person_id" and not _is_date(self.table.kind, said):
                if not is_day(cell):
                    return False
                fits = True
        return fits


def set_aside_by(one: Headed) -> Mapping[int, str]:
    """What a header says that has a table's columns elsewhere."""
    return {place: one.places.get(place, _FOREIGN) for place in one.texts}


def elsewhere(table: Found, one: Headed, number: int) -> Elsewhere | None:
    """Where a row that is no header of a table has its headers above other columns; None where it has not."""
    for place, key in one.places.items():
        other = place if place in table.places else table.place(key)
        if other is not None and (table.places[other], other) != (key, place):
            above = table.headers[table.places[other]]
            cell = cell_name(number, place)
            return Elsewhere(cell, one.texts[place], cell_name(table.header_row, other), above, table.header_row)
    return None


def _is_none_of(table: Found, cells: Cells) -> bool:
    """Whether a row is for sure no line of a table that is open."""
    if table.kind not in TOLD:
        return False
    key, is_line = TOLD[table.kind]
    place = _place(table, key)
    return not (place in cells and is_line(cells[place]))


def _place(table: Found, key: str) -> int:
    place = table.place(key)
    return -1 if place is None else place


def _is_date(kind: str, key: str | None) -> bool:
    return bool(key) and column(kind, str(key)).kind == "date"
