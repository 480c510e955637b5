"""A smaller part changed in place: attributes set, children added, everything else byte for byte."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers.expat import ParserCreate

from hqs_xl.hosts.package.xml_bytes import TAG, prefix_of, with_attribute
from hqs_xl.hosts.package.xml_feed import MAX_DEPTH, XmlFeed
from hqs_xl.hosts.package.xml_package import MAX_LISTED_PART

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.parsers.expat import XMLParserType

    from hqs_xl.hosts.package.opc import Package


@dataclass(slots=True)
class Element:
    """An element where it stands: its start tag from ``start`` to ``inner``, its content from there to ``close``."""

    name: str  # "namespace name"
    attributes: dict[str, str]
    parent: Element | None
    start: int
    inner: int
    empty_tag: bool  # the element is one tag
    close: int = 0
    children: list[Element] = field(default_factory=list)

    def find(self, *names: str) -> Element | None:
        """The first child of such a name, and so on down."""
        found: Element | None = self
        for name in names:
            found = next((child for child in found.children if child.name == name), None) if found else None
        return found


class PartEdit:
    """A part that is held whole, with the changes made to it so far."""

    def __init__(self, package: Package, part: str, new: bytes | None = None) -> None:
        """``new`` is the content of a part the package does not hold yet."""
        self._package, self._part = package, part
        self._data = self._read() if new is None else new
        self._tags: dict[int, bytes] = {}
        self._added: dict[int, bytes] = {}  # by place, within elements that have an end tag
        self._filled: dict[int, bytes] = {}  # by the start of elements that had none
        self._open: list[Element] = []
        self._elements: list[Element] = []
        if new is None:
            feed = XmlFeed(package, part, self._attach)
            feed.feed(self._data)
            feed.finish()
        else:
            parser = ParserCreate(namespace_separator=" ")
            self._attach(parser)
            parser.Parse(new, True)  # noqa: FBT003 - expat's own order

    @property
    def changed(self) -> bool:
        """Whether the part's bytes are others now."""
        return bool(self._tags or self._added or self._filled)

    @property
    def root(self) -> Element:
        """The outermost element."""
        return self._elements[0]

    def all(self, name: str) -> Iterator[Element]:
        """Every element of a name, in order."""
        return (element for element in self._elements if element.name == name)

    def tag(self, element: Element) -> bytes:
        """An element's start tag as it is written now."""
        return self._tags.get(element.start, self._data[element.start : element.inner])

    def inner(self, element: Element) -> bytes:
        """An element's content as it was found."""
        return self._data[element.inner : element.close]

    def prefix(self, element: Element) -> bytes:
        """The prefix of an element's name, colon included."""
        return prefix_of(self.tag(element))

    def set(self, element: Element, name: bytes, value: bytes) -> None:
        """Set an attribute, unless it says so already."""
        tag = self.tag(element)
        changed = with_attribute(tag, name, value)
        if element.attributes.get(name.decode()) != value.decode():
            self._tags[element.start] = changed

    def append(self, element: Element, child: bytes) -> None:
        """Add a child as the last one of an element."""
        if element.empty_tag:
            self._filled[element.start] = self._filled.get(element.start, b"") + child
        else:
            self._added[element.close] = self._added.get(element.close, b"") + child

    def prepend(self, element: Element, child: bytes) -> None:
        """Add a child as the first one of an element that has children."""
        self._added[element.inner] = self._added.get(element.inner, b"") + child

    def data(self) -> bytes:
        """The part with its changes."""
        splices = [(at, at, child) for at, child in self._added.items()]
        for element in self._elements:
            if element.start in self._filled:
                splices.append((element.start, element.inner, self._opened(element)))
            elif element.start in self._tags:
                splices.append((element.start, element.inner, self._tags[element.start]))
        pieces: list[bytes] = []
        done = 0
        for start, end, piece in sorted(splices):
            pieces += (self._data[done:start], piece)
            done = end
        return b"".join(pieces) + self._data[done:]

    def _opened(self, element: Element) -> bytes:
        """An element that was one tag, with children."""
        tag = self.tag(element)
        match = TAG.match(tag)
        name = match[2] if match else b""
        return tag[:-2].rstrip() + b">" + self._filled[element.start] + b"</%b>" % name

    def _read(self) -> bytes:
        if self._package.size(self._part) > MAX_LISTED_PART:
            raise self._package.refusal("too_large", part=self._part)
        data = b"".join(self._package.chunks(self._part))
        if b"\0" in data[:4]:
            raise self._package.refusal("edit_encoding", part=self._part)
        return data

    def _attach(self, parser: XMLParserType) -> None:
        def start(name: str, attributes: dict[str, str]) -> None:
            at = parser.CurrentByteIndex
            match = TAG.match(self._data, at)
            parent = self._open[-1] if self._open else None
            if match is None or len(self._open) >= MAX_DEPTH:
                raise self._package.refusal("bomb", part=self._part)
            element = Element(name, attributes, parent, at, match.end(), bool(match[4]))
            if parent is not None:
                parent.children.append(element)
            self._open.append(element)
            self._elements.append(element)

        def end(_name: str) -> None:
            element = self._open.pop()
            element.close = element.inner if element.empty_tag else parser.CurrentByteIndex

        parser.StartElementHandler = start
        parser.EndElementHandler = end
