"""Whether a formula means in the new workbook what it meant in the old one.

On a person's own sheets every cell is where it was; on our sheets columns and rows may have moved, and other workbooks
do not come along.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from hqs_xl.formulas.references import references

# Where formulas stand: of validations and formats, those of 2010 too, of charts and of what charts show.
_FORMULA = re.compile(
    rb"<(?:\w+:)?(?:f|formula|formula1|formula2|calculatedColumnFormula|totalsRowFormula)(?:\s[^>]*)?>([^<]*)<"
)
_LINKED_TEXT = re.compile(rb'\btextlink="([^"]*)"')
_ELSEWHERE = re.compile(r"\[[^\[\]]*\][^\[\]!]*!")
_WORDS = {"true", "false"}


class StillMeant:
    """The sheets and names that are in the new workbook as they were."""

    def __init__(self, sheets: Iterable[str], names: Iterable[str]) -> None:
        self._sheets = {name.casefold() for name in sheets}
        self._names = {name.casefold() for name in names} | _WORDS

    def formula(self, text: str) -> bool:
        """Whether all that a formula refers to is there."""
        if _ELSEWHERE.search(text):
            return False
        return all(
            (not one.sheet or one.sheet.casefold() in self._sheets)
            and (not one.name or one.name.casefold() in self._names)
            for one in references(text.removeprefix("="), 1, 0).found
        )

    def all_of(self, xml: bytes) -> bool:
        """Whether every formula in a piece of XML is such."""
        return all(map(self.formula, _formulas(xml)))


def _formulas(xml: bytes) -> Iterator[str]:
    for pattern in (_FORMULA, _LINKED_TEXT):
        yield from (unescape(found[1].decode()) for found in pattern.finditer(xml))
