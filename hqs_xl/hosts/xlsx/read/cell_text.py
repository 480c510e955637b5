"""Text in a cell or among the shared strings, rich text too, as the parser gives it piece by piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hqs_xl.hosts.package.opc import MAIN
from hqs_xl.hosts.xlsx.read.cell_values import unescaped

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.parsers.expat import XMLParserType

    from hqs_xl.errors import UnusableFile
    from hqs_xl.hosts.package.zip_guard import GuardedZip

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


class Text:
    """The text of one element, in the pieces the parser gives."""

    __slots__ = ("_package", "_part", "limits", "parts")

    def __init__(self, package: GuardedZip, part: str) -> None:
        self._package = package
        self._part = part
        self.limits = package.limits
        self.parts: list[str] = []

    def whole(self) -> str:
        """The text gathered so far."""
        parts = self.parts
        text = parts[0] if len(parts) == 1 else "".join(parts)
        if len(text) > self.limits.text:
            raise self.fault("bomb")
        return text

    def settle(self, *, gathering: bool) -> None:
        """Keep nothing between two chunks but the text of an element still open."""
        self.parts[:] = [self.whole()] if gathering else []

    def fault(self, code: str) -> UnusableFile:
        """The error to raise about this part."""
        return self._package.refusal(code, part=self._part)
