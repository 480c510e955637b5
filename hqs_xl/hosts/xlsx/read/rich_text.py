"""Rich text in a cell or among the shared strings, as the parser gives it piece by piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hqs_xl.hosts.package.opc import MAIN
from hqs_xl.hosts.sheets.cell_values import unescaped

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.parsers.expat import XMLParserType

    from hqs_xl.hosts.sheets.text import Text

_TEXT = f"{MAIN} t"
_PHONETIC = f"{MAIN} rPh"


class RichText:
    """The handlers inside an <is> or <si>: its runs are joined, phonetic hints left out, the text handed on."""

    __slots__ = ("_depth", "_done", "_muted", "_pieces", "_size", "_text", "gathering")

    def __init__(self, text: Text, done: Callable[[str], None]) -> None:
        self._text = text
        self._done = done
        self._depth = self._muted = self._size = 0
        self._pieces: list[str] = []
        self.gathering = False  # within a <t>

    def begin(self, parser: XMLParserType) -> None:
        """Take over the parser until the element ends; ``done`` has to set its own handlers again."""
        self._depth = self._muted = self._size = 0
        self._pieces.clear()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        if self.gathering:
            raise self._text.fault("bad_xml")
        if name == _TEXT:
            self._text.parts.clear()
            self.gathering = True
        elif name == _PHONETIC and not self._muted:
            self._muted = self._depth
        elif self._depth > self._text.limits.depth:
            raise self._text.fault("bomb")

    def _end(self, _name: str) -> None:
        if self.gathering:
            self.gathering = False
            if not self._muted:
                self._add(self._text.whole())
        elif not self._depth:
            self._done(unescaped("".join(self._pieces)))
            return
        elif self._muted == self._depth:
            self._muted = 0
        self._depth -= 1

    def _add(self, text: str) -> None:
        if text:
            self._pieces.append(text)
            self._size += len(text)
            if self._size > self._text.limits.text:
                raise self._text.fault("bomb")
