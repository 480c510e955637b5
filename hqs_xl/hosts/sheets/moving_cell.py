"""A cell that moves with the day, and when its blank is none tomorrow: where its row holds what may come out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hqs_xl.formulas.outcome import outcome
from hqs_xl.formulas.references import THIS_ROW, Reference, References, written_out
from hqs_xl.formulas.today import CLOCKS, Movement, moving_text, settled
from hqs_xl.formulas.tokens import Token, tokens
from hqs_xl.rows import UNCOUNTED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hqs_xl.hosts.sheets.blocks import Block
    from hqs_xl.hosts.sheets.sources import Sources

# Stands in a formula for what is asked about.
_ASKED = "GIVEN"
_ASKED_TOKENS = tokens(f"{_ASKED}()")
_BLANK = '""'


class MovingCell(NamedTuple):
    """How a cell moves, and the columns of its own row that alone may come out of it; None: anything may."""

    moves: Movement
    given: frozenset[int] | None

    def of(self, value: Any, row: Mapping[int, Any]) -> Any:
        """The result as one that moves; a blank does so only where the row holds what may come out another day."""
        if value != "":
            return self.moves.of(value if value == UNCOUNTED else settled(value))
        if not self.moves.asks or (self.given is not None and self.given.isdisjoint(row)):
            return ""
        return moving_text("", None, self.moves.made_of_it)


def given_columns(block: Block, sources: Sources) -> frozenset[int] | None:
    """The columns of a formula's own row that alone may come out of it; None where words or other cells may, too."""
    written = block.written
    if written is None or block.area is not None or _gives_words(written.text):
        return None
    found: set[int] = set()
    for one in block.stands_on.found:

        def said(other: Reference, one: Reference = one) -> str:
            return f"{_ASKED}()" if other == one else ""

        asked = written_out(written.text, written.row, written.column, said)
        if not outcome(tokens(asked), {_ASKED}).given:
            continue
        for given in sources.inputs(References((one,), open_ended=False), block.sheet, block.column):
            own_row = given.sheet == block.sheet and given.rows == THIS_ROW
            if not own_row or given.first_column != given.last_column:
                return None
            found.add(given.first_column)
    return frozenset(found) or None


def _gives_words(formula: str) -> bool:
    """Whether a word or the day itself may come out of a formula."""
    found: list[Token] = []
    for token in tokens(formula):
        found += _ASKED_TOKENS if token.kind == "text" and token.text != _BLANK else [token]
    return outcome(found, {_ASKED, *CLOCKS}).given
