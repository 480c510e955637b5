"""A workbook's shared strings: those of the usual shape read by pattern, all others by the parser."""

from __future__ import annotations

import re
from array import array
from functools import cached_property
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any

from hqs_xl.hosts.package.opc import MAIN, check_root
from hqs_xl.hosts.package.xml_feed import XmlFeed
from hqs_xl.hosts.sheets.text import Text
from hqs_xl.hosts.xlsx.read.rich_text import RichText
from hqs_xl.rows import NoHeaders

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.parsers.expat import XMLParserType

    from hqs_xl.hosts.package.opc import Package
    from hqs_xl.rows import HeaderWords

_STRING = f"{MAIN} si"
_END = b"</si>"
# No entities, escapes, line ends or control signs, nor what begins with U+F000 and above: all that takes a parser.
_SIGNS = rb" -%'-;=?-^`-~\x80-\xee"
_PLAIN = re.compile(rb'<si><t(?: xml:space="preserve")?>([%b]*)</t>' % _SIGNS).fullmatch
_PLAIN_LINES = re.compile(rb"[\n%b]*" % _SIGNS).fullmatch
_START, _STOP = b"<si><t>", b"</t>"
_BETWEEN = _STOP + _END + _START
_NO_HEADERS = NoHeaders()


class PackedTexts:
    """Texts by index, held as bytes: those of a million ids take 20 MB, which as Python's own texts take 70.

    ``absent``: the part they should stand in, where the package names it and does not hold it. Some programs write all
    texts into the cells and name the part all the same, so that it is missed only by a cell that asks for a text.
    ``words`` knows which texts are headers.
    """

    def __init__(self, absent: str = "", words: HeaderWords = _NO_HEADERS) -> None:
        self.absent, self.words = absent, words
        self.cells: dict[tuple[bool, bool], Any] = {}  # cells by their bytes, as whoever reads them has them
        self._data = bytearray()
        self._ends = array("Q", [0])

    def __getstate__(self) -> dict[str, object]:
        """What is pickled: which of them are headers too, for that is long to find."""
        return vars(self) | {"headers": self.headers, "cells": {}}

    def extend(self, texts: Sequence[bytes]) -> None:
        """More texts, in UTF-8."""
        ends = accumulate(map(len, texts), initial=len(self._data))
        self._data += b"".join(texts)
        self._ends.extend(islice(ends, 1, None))

    def __getitem__(self, index: int, /) -> str:
        """The text of an index, from 0. IndexError where there is none such."""
        return self._data[self._ends[index] : self._ends[index + 1]].decode()

    def __len__(self) -> int:
        """How many there are."""
        return len(self._ends) - 1

    @property
    def size(self) -> int:
        """Their bytes."""
        return len(self._data)

    @cached_property
    def headers(self) -> frozenset[bytes]:
        """The indexes, as a sheet writes them, of texts that are headers; looked for once all texts are there."""
        words, texts = self.words, enumerate(map(self.__getitem__, range(len(self))))
        return frozenset(b"%d" % index for index, text in texts if words.may_be_header(text) and words.is_header(text))


def read_shared_strings(package: Package, part: str, words: HeaderWords = _NO_HEADERS) -> PackedTexts:
    """All of the workbook's shared strings, by their index; ``words`` as in ``PackedTexts``."""
    reader = _SharedStrings(package, part, words)
    pending = b""
    for chunk in package.chunks(part):
        *pieces, pending = (pending + chunk).split(_END)
        if not reader.run(pieces):
            for piece in pieces:
                reader.piece(piece)
        if len(pending) > package.limits.pending:
            reader.odd(pending)
            pending = b""
        reader.settle()
    reader.odd(pending)
    return reader.finish()


class _SharedStrings:
    """The shared strings as they are read.

    The parser alone decides what is well-formed. Where it has met a string of the usual shape, those that follow right
    behind it are strings too: no name has another meaning there.
    """

    _parser: XMLParserType

    def __init__(self, package: Package, part: str, words: HeaderWords) -> None:
        self._package = package
        self._part = part
        self._limits = package.limits
        self._depth = 0
        self._usual = False  # the parser stands right behind a string of the usual shape
        self._text = Text(package, part)
        self._rich = RichText(self._text, self._add)
        self._texts = PackedTexts(words=words)
        self._feed = XmlFeed(package, part, self._attach)

    def run(self, pieces: list[bytes]) -> bool:
        """Take strings of the most usual shape at once, each without its end tag; whether all of them are that."""
        data = _END.join(pieces)
        texts = data[len(_START) : -len(_STOP)].split(_BETWEEN)
        usual = self._may_be_usual(data) and data.startswith(_START) and data.endswith(_STOP)
        lines = b"\n".join(texts)
        if not usual or not _PLAIN_LINES(lines):
            return False
        self._check(lines)  # one by one, for no sign goes on behind a line's end
        self._extend(texts)
        self._feed.skip(len(data) + len(_END))
        return True

    def piece(self, data: bytes) -> None:
        """The bytes up to the next end tag of a string, without it."""
        match = _PLAIN(data)
        if match is not None and self._may_be_usual(data):
            self._append(match[1])
            self._feed.skip(len(data) + len(_END))
        else:
            before = len(self._texts)
            self.odd(data + _END)
            self._usual = match is not None and len(self._texts) == before + 1 and self._feed.at_rest

    def _may_be_usual(self, data: bytes) -> bool:
        """Whether strings here need no parser, as far as where they stand and their size tell."""
        return self._usual and len(data) <= self._limits.text

    def odd(self, data: bytes) -> None:
        """Bytes for the parser."""
        self._usual = False
        self._feed.feed(data)

    def settle(self) -> None:
        """Keep nothing but the text of an element still open."""
        self._text.settle(gathering=self._rich.gathering)

    def finish(self) -> PackedTexts:
        """The part has ended."""
        self._feed.finish()
        return self._texts

    def _attach(self, parser: XMLParserType) -> None:
        self._parser = parser
        parser.CharacterDataHandler = self._text.parts.append
        self._read_list()

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
        elif self._depth > self._limits.depth:
            raise self._package.refusal("bomb", part=self._part)

    def _end(self, _name: str) -> None:
        self._depth -= 1

    def _add(self, text: str) -> None:
        self._read_list()
        self._append(text.encode())

    def _append(self, text: bytes) -> None:
        self._check(text)
        self._extend([text])

    def _extend(self, texts: list[bytes]) -> None:
        self._texts.extend(texts)
        if self._texts.size > self._limits.shared_text or len(self._texts) > self._limits.shared:
            raise self._package.refusal("too_large", part=self._part)

    def _check(self, text: bytes) -> None:
        try:
            if not text.isascii():
                text.decode()
        except UnicodeDecodeError:
            raise self._package.refusal("bad_xml", part=self._part) from None
