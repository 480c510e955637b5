"""Whether what a function gives may be part of what a formula comes to, or is only compared with something in it."""

from __future__ import annotations

from collections.abc import Collection

from hqs_xl.formulas.tokens import Token, calls

_COMPARING = frozenset("=<>")
# Functions whose arguments all, or whose first one alone, decide what else is given, and are not given themselves.
_ASKS_ALL = frozenset(
    {"AND", "OR", "NOT", "XOR", "ISBLANK", "ISNUMBER", "ISERROR", "ISNA", "ISTEXT", "MATCH", "XMATCH"}
)
_ASKS_FIRST = frozenset({"IF", "LOOKUP", "VLOOKUP", "HLOOKUP", "XLOOKUP"})
# The first argument of these alone is given: of the others each is a condition, or where one is looked for.
_GIVES_FIRST = frozenset({"MINIFS", "MAXIFS"})
# What newer functions have before their names in a file.
_PREFIX = "_XLFN."


class _Level:
    """One level of brackets: the call it belongs to, and what was met in the argument that is read."""

    __slots__ = ("argument", "call", "compared", "given", "met")

    def __init__(self, call: str = "") -> None:
        self.call, self.argument = call, 0
        self.met = self.compared = self.given = False

    def close(self) -> None:
        """The argument ends here."""
        first = self.argument == 0
        asks = self.call in _ASKS_ALL or (self.call in _ASKS_FIRST and first)
        asks = asks or (self.call in _GIVES_FIRST and not first)
        self.given |= self.met and not (asks or self.compared)
        self.argument, self.met, self.compared = self.argument + 1, False, False


def may_come_out(found: list[Token], functions: Collection[str]) -> bool:
    """Whether a formula's result may be made of what one of these functions gives.

    It may in ``IF(A1="x",TODAY(),"")``, not in ``IF(A1<TODAY(),A1,"")``, which comes to A1 or to nothing.
    """
    levels = [_Level()]
    for place, token in enumerate(found):
        text = token.text.upper()
        if text == "(":
            named = place > 0 and calls(found, place - 1)
            levels.append(_Level(found[place - 1].text.upper().removeprefix(_PREFIX) if named else ""))
        elif text == ")" and len(levels) > 1:
            levels[-1].close()
            given = levels.pop().given
            levels[-1].met |= given
        elif text in {",", ";"}:
            levels[-1].close()
        elif text in _COMPARING:
            levels[-1].compared = True
        elif text in functions and calls(found, place):
            levels[-1].met = True
    while len(levels) > 1:  # brackets that nobody closed
        levels[-1].close()
        given = levels.pop().given
        levels[-1].met |= given
    levels[0].close()
    return levels[0].given
