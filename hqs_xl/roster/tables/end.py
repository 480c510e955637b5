"""Where a table ends: below a blank line, at the header of another one that is not ours; or where a list begins.

Rows below a table belong to it as long as they may be rows of it, for people leave lines blank and cells wrong. The
header of another table is told by the columns that say most: words without a digit stand where an id, a list's word or
a day would, and no day anywhere. Below it, a row that may well be one of ours goes on with the table, lest anybody be
lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from hqs_xl.cells.values import BadValue, to_date, to_word
from hqs_xl.errors import HqsError
from hqs_xl.law import Quarter
from hqs_xl.roster.columns import DOCUMENT_WORDS, RELATIONS
from hqs_xl.roster.tables import Found
from hqs_xl.roster.tables.lists import begins_list, is_number

Cells = Mapping[int, Any]


class Elsewhere(NamedTuple):
    """A header that stands above another column than one in a table's own header row: both cells with their texts."""

    cell: str
    header: str
    above: str
    header_above: str
    header_row: int


class Gap(NamedTuple):
    """Rows below a table's header that are none of it: the first and the last, 0 for no last one.

    ``elsewhere``: what shows that the first of them has the table's columns elsewhere.
    """

    first: int
    last: int = 0
    elsewhere: Elsewhere | None = None


@lru_cache(maxsize=1 << 10, typed=True)
def _is_relation(cell: Any) -> bool:
    return _is_word(cell, RELATIONS)


@lru_cache(maxsize=1 << 10, typed=True)
def _is_document(cell: Any) -> bool:
    return _is_word(cell, DOCUMENT_WORDS)


def _is_word(cell: Any, words: Mapping[str, str]) -> bool:
    try:
        return bool(to_word(cell, words))
    except BadValue:
        return False


@lru_cache(maxsize=1 << 10, typed=True)
def _is_quarter(cell: Any) -> bool:
    try:
        return isinstance(cell, str) and bool(Quarter.parse(cell))
    except HqsError:
        return False


# The column whose cell makes a row surely one of ours, and how it is known; another one that takes no plain word.
_TELLING: Mapping[str, tuple[str, Callable[[Any], bool], str]] = {
    "roster": ("relation", _is_relation, "agreement_signed"),
    "salary": ("quarter", _is_quarter, "filed_on"),
    "documents": ("document", _is_document, "valid_until"),
}
# The same, for whoever asks about single cells.
SURELY: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    kind: (key, ours) for kind, (key, ours, _) in _TELLING.items()
}
# The columns of which one at least has a day in most rows of ours; a header has none there. They are few, because a
# first reading of the roster looks at them in every row.
_DATED: Mapping[str, tuple[str, ...]] = {
    "roster": ("permit_decided", "visa_expires", "entered_on"),
    "salary": (),
    "documents": ("valid_from", "filed"),
}
# The columns that are asked, of every row.
TELLING = {kind: {"person_id", key, other, *_DATED[kind]} for kind, (key, _, other) in _TELLING.items()}


class TableEnd:
    """Tells, row by row, whether a table goes on.

    ``last``: the last row that says anything. ``ended``: the row that ended the table, 0 while it goes on. ``gaps``
    takes the first and last row of each part that is none of the table; no last one while it has not gone on.
    """

    def __init__(self, table: Found, ended: int = 0, gaps: list[Gap] | None = None) -> None:
        self.last, self.ended, self._first = table.header_row, ended, table.header_row + 1
        self._gaps = [] if gaps is None else gaps
        key, self._surely, other = _TELLING[table.kind]
        places = [table.place(one) for one in ("person_id", key, other)]
        self._id, self._key, self._other = (-1 if place is None else place for place in places)
        self._by_list = False
        self._dated = [place for key in _DATED[table.kind] if (place := table.place(key)) is not None]

    def goes_on(self, number: int, cells: Cells) -> bool:
        """Whether the next row is one of the table."""
        if not self._is_blank(cells):
            after_blank = number > self.last + 1
            self.last = number
            if self.ended:
                if self._resumes(cells, by_list=self._by_list):
                    self.ended = 0
                    self._gaps[-1] = self._gaps[-1]._replace(last=number - 1)
            elif (by_list := self._begins_list(number, cells)) or (after_blank and self._may_end(cells)):
                self.ended, self._by_list = number, by_list
                self._gaps.append(Gap(number))
        return not self.ended

    def _is_blank(self, cells: Cells) -> bool:
        return cells.get(self._key) is cells.get(self._other) is cells.get(self._id) is None

    def _may_end(self, cells: Cells) -> bool:
        """Whether a row below a blank line would be the header of another table."""
        if cells.get(self._key) is cells.get(self._other) is None:
            return False
        found = cells.get(self._id)
        return self._says_nothing(cells) and _is_plain_word(found) and not is_number(found)

    def _resumes(self, cells: Cells, *, by_list: bool) -> bool:
        """Whether a row below the end may be one of ours: it has a list's word, right or wrong, or a day.

        Another table may have words and days in the same columns; there a day counts beside an id only.
        """
        key = cells.get(self._key)
        if self._surely(key) or (by_list and isinstance(key, str) and not is_number(key)):
            return True
        has_day = any(place in cells and is_day(cells[place]) for place in (self._other, *self._dated))
        return has_day and (by_list or _is_id(cells.get(self._id)))

    def _begins_list(self, number: int, cells: Cells) -> bool:
        """Whether a row is the title or the header of a list of something else, known by its first word."""
        first = cells.get(self._id)
        # Right below a table's header there is none of it to end yet: the header may go on.
        if number <= self._first or not isinstance(first, str) or not begins_list(first):
            return False
        return self._says_nothing(cells)

    def _says_nothing(self, cells: Cells) -> bool:
        """Whether a row holds words at most where one of ours has a list's word or a day."""
        key, other = cells.get(self._key), cells.get(self._other)
        if not (other is None or _is_plain_word(other)):
            return False
        if any(place in cells and is_day(cells[place]) for place in self._dated):
            return False
        return key is None or (_is_plain_word(key) and not self._surely(key))


class UnsureEnd(TableEnd):
    """As much as can be told where the rows above are not known: raises LookupError where it depends on them."""

    def goes_on(self, number: int, cells: Cells) -> bool:
        """Whether the next row is one of the table."""
        if self.ended:
            unsure = self._resumes(cells, by_list=True)
        else:
            unsure = self._may_end(cells) or self._begins_list(number, cells)
        if unsure:
            raise LookupError(number)
        self.last = self.last if self._is_blank(cells) else number
        return not self.ended


def _is_id(cell: Any) -> bool:
    """Whether a cell holds a figure, as ids do, and no phone; a number typed as text is one."""
    if isinstance(cell, str):
        return cell.strip().isdecimal() or (any(sign.isdigit() for sign in cell) and not is_number(cell))
    return isinstance(cell, int | float)


def _is_plain_word(cell: Any) -> bool:
    return isinstance(cell, str) and not any(sign.isdigit() for sign in cell) and any(sign.isalpha() for sign in cell)


def is_day(cell: Any) -> bool:
    """Whether a cell holds a day that can be read."""
    try:
        return to_date(cell) is not None
    except BadValue:
        return False
