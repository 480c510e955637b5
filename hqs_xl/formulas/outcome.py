"""Whether what a function gives may be part of what a formula comes to, is compared with something in it, or both."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from hqs_xl.formulas.tokens import Token, calls

_COMPARING = frozenset("=<>")
# Functions whose arguments all decide what else is given, and are not given themselves.
_ASKS_ALL = frozenset(
    {"AND", "OR", "NOT", "XOR", "ISBLANK", "ISNUMBER", "ISERROR", "ISNA", "ISTEXT", "MATCH", "XMATCH"}
    | {"ROW", "ROWS", "COLUMN", "COLUMNS"}
)
# The places, from 0, of the arguments that alone are given: the others are conditions, or where one is looked for.
_GIVES: dict[str, Collection[int]] = {
    **dict.fromkeys(_ASKS_ALL, ()),
    **dict.fromkeys(["MINIFS", "MAXIFS", "SUMIFS", "AVERAGEIFS", "INDEX"], (0,)),
    **dict.fromkeys(["VLOOKUP", "HLOOKUP"], (1,)),
    "IF": (1, 2),
    "XLOOKUP": (2, 3),
    "FILTER": (0, 2),
}
# Where the third argument may be left out: the one that is given without it, and with it.
_GIVES_OF_TWO = {"LOOKUP": 1, "SUMIF": 0, "AVERAGEIF": 0}
# What newer functions have before their names in a file.
_PREFIXES = "_XLFN.", "_XLWS."


class Outcome(NamedTuple):
    """What becomes of what some functions give: it may come out of the formula, it may decide what does."""

    given: bool
    asked: bool


class _Level:
    """One level of brackets: the call it belongs to, and what was met in the argument that is read."""

    __slots__ = ("argument", "asked", "call", "compared", "met", "places")

    def __init__(self, call: str = "") -> None:
        self.call, self.argument = call, 0
        self.met = self.compared = self.asked = False
        self.places: list[int] = []  # of arguments that hold it, and compare it with nothing

    def close(self) -> None:
        """The argument ends here."""
        if self.met and not self.compared:
            self.places.append(self.argument)
        self.asked |= self.met and self.compared
        self.argument, self.met, self.compared = self.argument + 1, False, False

    def ended(self) -> Outcome:
        """What became of it when the last argument ends."""
        self.close()
        gives = _GIVES.get(self.call)
        if self.call in _GIVES_OF_TWO:
            gives = (2,) if self.argument > 2 else (_GIVES_OF_TWO[self.call],)  # noqa: PLR2004 - the third argument
        given = [gives is None or place in gives for place in self.places]
        return Outcome(any(given), self.asked or not all(given))


def outcome(found: list[Token], functions: Collection[str]) -> Outcome:
    """What becomes in a formula of what one of these functions gives.

    It may come out of ``IF(A1="x",TODAY(),"")``, and not of ``IF(A1<TODAY(),A1,"")``, which comes to A1 or to nothing.
    """
    levels = [_Level()]
    for place, token in enumerate(found):
        text = token.text.upper()
        if text == "(":
            named = place > 0 and calls(found, place - 1)
            levels.append(_Level(_function(found[place - 1]) if named else ""))
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
    return levels[0].ended()


def _function(token: Token) -> str:
    name = token.text.upper()
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    return name


def _close(levels: list[_Level]) -> None:
    """The last bracket ends: what it gives, and what it decides, is the argument's that it stands in."""
    inner = levels.pop().ended()
    levels[-1].met |= inner.given
    levels[-1].asked |= inner.asked
