"""Text in a cell or among the shared strings, rich text too, as the parser gives it piece by piece."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Protocol

from hqs_xl.hosts.cell_values import unescaped
from hqs_xl.hosts.package import MAIN, check_root
from hqs_xl.hosts.xml_feed import MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.parsers.expat import XMLParserType

    from hqs_xl.errors import UnusableFile
    from hqs_xl.hosts.package import Package
    from hqs_xl.hosts.zip_guard import GuardedZip

# Excel's own limit is 32,767 characters.
MAX_TEXT = 1 << 20
# Bytes of all shared strings, for all are held at once, and how many there may be.
MAX_SHARED_TEXT = 128 << 20
MAX_SHARED = 8 << 20

_STRING = f"{MAIN} si"
_TEXT = f"{MAIN} t"
_PHONETIC = f"{MAIN} rPh"


class Texts(Protocol):
    """Texts by index."""

    def __getitem__(self, index: int, /) -> str:
        """The text of an index, from 0. IndexError where there is none such."""

    def __len__(self) -> int:
        """How many there are."""


class PackedTexts:
    """Texts held as bytes: those of a million ids take 20 MB, which as Python's own texts take 70."""

    __slots__ = ("_data", "_ends")

    def __init__(self) -> None:
        self._data = bytearray()
        self._ends = array("Q", [0])

    def append(self, text: str) -> None:
        """One more text."""
        self._data += text.encode()
        self._ends.append(len(self._data))

    def __getitem__(self, index: int, /) -> str:
        """The text of an index, from 0."""
        return self._data[self._ends[index] : self._ends[index + 1]].decode()

    def __len__(self) -> int:
        """How many there are."""
        return len(self._ends) - 1

    @property
    def size(self) -> int:
        """Their bytes."""
        return len(self._data)


def read_shared_strings(package: Package, part: str) -> PackedTexts:
    """All of the workbook's shared strings, by their index."""
    reader = _SharedStrings(package, part)
    for _ in package.parse(part, reader.attach):
        reader.settle()
    return reader.texts


class _SharedStrings:
    """The parser's handlers for the shared strings."""

    _parser: XMLParserType

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self._part = part
        self._depth = 0
        self._text = Text(package, part)
        self._rich = RichText(self._text, self._add)
        self.texts = PackedTexts()

    def attach(self, parser: XMLParserType) -> None:
        self._parser = parser
        parser.CharacterDataHandler = self._text.parts.append
        self._read_list()

    def settle(self) -> None:
        self._text.settle(gathering=self._rich.gathering)

    def _read_list(self) -> None:
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        if self._depth == 1 and name == _STRING:
            self._rich.begin(self._parser)
            return
        self._depth += 1
        if self._depth == 1:
            check_root(self._package, self._part, name, "sst")
        elif self._depth > MAX_DEPTH:
            raise self._package.refusal("bomb", part=self._part)

    def _end(self, _name: str) -> None:
        self._depth -= 1

    def _add(self, text: str) -> None:
        self._read_list()
        self.texts.append(text)
        if self.texts.size > MAX_SHARED_TEXT or len(self.texts) > MAX_SHARED:
            raise self._package.refusal("too_large", part=self._part)


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
        elif self._depth > MAX_DEPTH:
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
            if self._size > MAX_TEXT:
                raise self._text.fault("bomb")


class Text:
    """The text of one element, in the pieces the parser gives."""

    __slots__ = ("_package", "_part", "parts")

    def __init__(self, package: GuardedZip, part: str) -> None:
        self._package = package
        self._part = part
        self.parts: list[str] = []

    def whole(self) -> str:
        """The text gathered so far."""
        text = "".join(self.parts)
        if len(text) > MAX_TEXT:
            raise self.fault("bomb")
        return text

    def settle(self, *, gathering: bool) -> None:
        """Keep nothing between two chunks but the text of an element still open."""
        self.parts[:] = [self.whole()] if gathering else []

    def fault(self, code: str) -> UnusableFile:
        """The error to raise about this part."""
        return self._package.refusal(code, part=self._part)
