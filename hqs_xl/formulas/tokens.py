"""A formula cut into tokens, in the grammar that Excel and OpenFormula share as far as it matters here.

A text in quotes is a token of its own, so that what it quotes is never taken for a call; so is the name of a sheet in
apostrophes, and what stands in brackets: a table's columns, a file, an OpenFormula reference.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"""
      (?P<text> "(?:[^"]|"")*" )
    | (?P<sheet> '(?:[^']|'')*' )
    | (?P<brackets> \[ (?: [^\[\]'] | '. | \[ (?:[^\[\]']|'.)* \] )* \] )
    | (?P<number> [0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)? | \.[0-9]+ )
    | (?P<name> [^\W\d][\w.]* | \\[\w.]* )
    | (?P<sign> \S )
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """A token and its kind: text, sheet, brackets, number, name, or a sign."""

    kind: str
    text: str


def tokens(formula: str) -> list[Token]:
    """The tokens of a formula, without the equals sign it may begin with."""
    found = [Token(match.lastgroup or "sign", match[0]) for match in _TOKEN.finditer(formula)]
    return found[1:] if found and found[0].text == "=" else found


def calls(found: list[Token], place: int) -> bool:
    """Whether the token at a place is the name of a function that is called."""
    return found[place].kind == "name" and place + 1 < len(found) and found[place + 1].text == "("
