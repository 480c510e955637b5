"""Whether what a function gives may be part of what a formula comes to, is compared with something in it, or both."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from hqs_xl.formulas.tokens import Token, calls

_COMPARING = frozenset("=<>")
# Functions whose arguments all, or whose first one alone, decide what else is given, and are not given themselves.
_ASKS_ALL = frozenset(
    {"AND", "OR", "NOT", "XOR", "ISBLANK", "ISNUMBER", "ISERROR", "ISNA", "ISTEXT", "MATCH", "XMATCH"}
    | {"ROW", "ROWS", "COLUMN", "COLUMNS"}
)
_ASKS_FIRST = frozenset({"IF", "LOOKUP", "VLOOKUP", "HLOOKUP", "XLOOKUP"})
# The first argument of these alone is given: of the others each is a condition, or where one is looked for.
_GIVES_FIRST = frozenset({"MINIFS", "MAXIFS"})
# What newer functions have before their names in a file.
_PREFIX = "_XLFN."


class Outcome(NamedTuple):
    """What becomes of what some functions give: it may come out of the formula, it may decide what does."""

    given: bool
    asked: bool


class _Level:
    """One level of brackets: the call it belongs to, and what was met in the argument that is read."""

    __slots__ = ("argument", "asked", "call", "compared", "given", "met")

    def __init__(self, call: str = "") -> None:
        self.call, self.argument = call, 0
        self.met = self.compared = self.given = self.asked = False

    def close(self) -> None:
        """The argument ends here."""
        first = self.argument == 0
        asks = self.call in _ASKS_ALL or (self.call in _ASKS_FIRST and first)
        asks = asks or (self.call in _GIVES_FIRST and not first)
        asks = asks or self.compared
        self.given |= self.met and not asks
        self.asked |= self.met and asks
        self.argument, self.met, self.compared = self.argument + 1, False, False


def outcome(found: list[Token], functions: Collection[str]) -> Outcome:
    """What becomes in a formula of what one of these functions gives.

    It may come out of ``IF(A1="x",TODAY(),"")``, and not of ``IF(A1<TODAY(),A1,"")``, which comes to A1 or to nothing.
    """
    levels = [_Level()]
    for place, token in enumerate(found):
        text = token.text.upper()
        if text == "(":
            named = place > 0 and calls(found, place - 1)
            levels.append(_Level(found[place - 1].text.upper().removeprefix(_PREFIX) if named else ""))
        elif text == ")" and len(levels) > 1:
            _close(levels)
        elif text in {",", ";"}:
            levels[-1].close()
        elif text in _COMPARING:
            levels[-1].compared = True
        elif text in functions and calls(found, place):
            levels[-1].met = True
    while len(levels) > 1:  # brackets that nobody closed
        _close(levels)
    levels[0].close()
    return Outcome(levels[0].given, levels[0].asked)


def _close(levels: list[_Level]) -> None:
    """The last bracket ends: what it gives, and what it decides, is the argument's that it stands in."""
    levels[-1].close()
    inner = levels.pop()
    levels[-1].met |= inner.given
    levels[-1].asked |= inner.asked
