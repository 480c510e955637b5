"""Reading the usual shape of XML by byte patterns, which takes a tenth of the parser's time."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from hqs_xl.hosts.package.xml_feed import XmlFeed

# Start tags of rows that are remembered.
MAX_SHAPES = 1_000
# Cells that are remembered, and the bytes of the longest of them.
MAX_CELLS = 1 << 16
MAX_CELL = 1 << 9

# No line ends or control signs, nor what begins with U+F000 and above, nor odd entities: all that takes a parser.
PLAIN_SIGNS = rb"[ -%'-;=?-~\x80-\xee]*"

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Memo(dict[_Key, _Value]):
    """Remembers what comes again and again; empty anew when it is full."""

    def remember(self, key: _Key, value: _Value, most: int = 0) -> _Value:
        """Keep a value, and give it back; ``most``: how many are kept, unless it is as many as cells."""
        if len(self) >= (most or MAX_CELLS):
            self.clear()
        self[key] = value
        return value


class PatternReader:
    """Takes pieces of the usual shape off a part's bytes; the parser gets all others, in their order.

    The parser alone decides what is well-formed: a piece is taken by pattern only where the parser stands between
    rows, so that it knows nothing of what is passed over.
    """

    def __init__(self, feed: XmlFeed) -> None:
        self._feed, self._limits = feed, feed.limits
        self._pending = b""  # of a piece whose end is not there yet
        self._odd: list[bytes] = []  # for the parser
        self._between_rows = False

    def finish(self) -> None:
        """The part has ended: what was kept back goes to the parser."""
        self._parse(self._pending)
        self._feed.finish()

    def _parse_odd(self) -> None:
        if self._odd:
            odd = b"".join(self._odd)
            self._odd.clear()
            self._parse(odd)

    def _parse(self, data: bytes) -> None:
        self._feed.feed(data)
        self._between_rows = self._is_between_rows() and self._feed.at_rest

    def _is_between_rows(self) -> bool:
        """Whether the parser's handlers stand between rows."""
        raise NotImplementedError


def unquoted(text: bytes) -> bytes:
    """A text with the entities of the usual shape as the signs they mean."""
    if b"&" not in text:
        return text
    text = text.replace(b"&lt;", b"<").replace(b"&gt;", b">").replace(b"&quot;", b'"').replace(b"&apos;", b"'")
    return text.replace(b"&amp;", b"&")
