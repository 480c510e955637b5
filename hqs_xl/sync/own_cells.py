"""Which cells of answer columns may be written over: blank ones, and those that hold earlier answers of ours."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from hqs_xl.cells.values import BadValue, to_date
from hqs_xl.formulas.today import settled
from hqs_xl.roster.columns import answers, facts
from hqs_xl.roster.tables import Found
from hqs_xl.rows import OFFSET_1904, Guarded
from hqs_xl.sync.own_words import TEXTS, OwnTexts, is_error

Cells = Mapping[int, Any]
_NOTHING: Cells = {}


class OwnCells:
    """Judges the rows of a table.

    A text is ours by its words. A day or a number is ours beside such a text, for a row is answered at once, and in a
    table that bears our mark.
    """

    def __init__(self, table: Found, *, marked: bool, date1904: bool) -> None:
        self._marked, self._date1904 = marked, date1904
        keys = {column.key for column in answers(table.kind)}
        places = [(place, key) for place, key in table.places.items() if key in keys]
        self._texts = [(place, OwnTexts(TEXTS[key])) for place, key in places if key in TEXTS]
        self._figures = [place for place, key in places if key not in TEXTS]
        own = {column.key for column in facts(table.kind)}
        self._facts = frozenset(place for place, key in table.places.items() if key in own)

    def guarded(self, cells: Cells, wanted: Cells) -> Cells:
        """The answers of a row as they may be written; none where nobody's row holds what somebody noted.

        A row with nothing to answer is nobody's: a total, a signature.
        """
        odd = self.odd(cells, wanted)
        if not odd:
            is_nobodys = wanted and all(value is None for value in wanted.values())
            return wanted if not is_nobodys or self._marked or self._says_a_word_of_ours(cells) else _NOTHING
        if not self.holds_facts(cells) or all(value is None for value in wanted.values()):
            return _NOTHING
        return {place: Guarded(value) if place in odd else value for place, value in wanted.items()}

    def holds_facts(self, cells: Cells) -> bool:
        """Whether a row says anything of its own, and so is answered."""
        return not self._facts.isdisjoint(cells)

    def _says_a_word_of_ours(self, cells: Cells) -> bool:
        """Whether a text is an answer's; an error is none, nor what stands beside it: it may be somebody's own sum."""
        held = ((cells.get(place), own) for place, own in self._texts)
        return any(isinstance(text, str) and not is_error(text) and own[text] for text, own in held)

    def odd(self, cells: Cells, wanted: Cells = _NOTHING) -> Collection[int]:
        """Where a row holds what is no answer of ours, and is not what the answer will be anyway."""
        odd: set[int] = set()
        ours = self._marked
        for place, own in self._texts:
            held = cells.get(place)
            if held is None:
                continue
            if held.__class__ is str and (held == wanted.get(place) or own[held]):
                ours = True
            else:
                odd.add(place)
        for place in self._figures:
            held = cells.get(place)
            if held is None or (ours and _is_figure(held)):
                continue
            if not is_error(held) and not self._same(held, wanted.get(place)):
                odd.add(place)
        return odd

    def _same(self, held: Any, wanted: Any) -> bool:
        if not isinstance(wanted, date):
            return bool(held == wanted)
        if self._date1904 and isinstance(held, int | float):
            held += OFFSET_1904
        try:
            return to_date(settled(held)) == wanted
        except BadValue:
            return False


def _is_figure(held: Any) -> bool:
    return isinstance(held, int | float | date) and not isinstance(held, bool)
