"""A zip of XML parts, whatever they describe: each streamed through a bounded parser, smaller ones listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hqs_xl.hosts.package.xml_feed import Elements, XmlFeed
from hqs_xl.hosts.package.zip_guard import GuardedZip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from xml.parsers.expat import XMLParserType


class XmlPackage(GuardedZip):
    """An opened zip whose members are within bounds."""

    strict = False  # its parts are in Strict Open XML

    def parse(self, part: str, attach: Callable[[XMLParserType], None]) -> Iterator[float]:
        """Streams a part through a parser whose handlers ``attach`` sets.

        Yields the share done after every chunk, so that the caller can take what its handlers gathered. Names come
        as "namespace name". The handlers bound the depth, for they alone see all elements.
        """
        feed = XmlFeed(self, part, attach)
        for chunk in self.chunks(part):
            feed.feed(chunk)
            yield feed.share
        feed.finish()
        yield 1.0

    def elements(self, part: str) -> Iterator[tuple[int, str, dict[str, str]]]:
        """Depth (the root's is 1), name and attributes of every element of a smaller part, in order."""
        self.check_listed(part)
        gathered = Elements(self, part)
        for _ in self.parse(part, gathered.attach):
            yield from gathered.found
            gathered.found.clear()

    def whole(self, part: str) -> bytes:
        """All bytes of a smaller part."""
        self.check_listed(part)
        return b"".join(self.chunks(part))

    def check_listed(self, part: str) -> None:
        """Refuse a part too large to be held whole."""
        if self.size(part) > self.limits.listed:
            raise self.refusal("too_large", part=part)
