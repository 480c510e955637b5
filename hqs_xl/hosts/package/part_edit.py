"""A smaller part changed in place: attributes set, children added, everything else byte for byte."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers.expat import ParserCreate

from hqs_xl.hosts.package.dialects import as_transitional
from hqs_xl.hosts.package.xml_bytes import TAG, attribute, prefix_of, with_attribute
from hqs_xl.hosts.package.xml_feed import XmlFeed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hqs_xl.hosts.package.opc import Package

_KEPT_DEPTH = 2  # the root and its children


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


class PartEdit:
    """A part whose bytes are held, with the changes made to it so far.

    A list within it may be long (a workbook's formats: tens of megabytes), so that elements further down than the
    root's children are not held, but read again by ``children``.
    """

    def __init__(self, package: Package, part: str, new: bytes | None = None) -> None:
        """``new`` is the content of a part the package does not hold yet."""
        self._package, self._part = package, part
        self._encoding = ""
        self._data = self._read() if new is None else new
        self._tags: dict[int, bytes] = {}
        self._added: dict[int, bytes] = {}  # by place, within elements that have an end tag
        self._filled: dict[int, bytes] = {}  # by the start of elements that had none
        self._removed: list[tuple[int, int]] = []
        reading = _Reading(self._data, range(_KEPT_DEPTH), package, part)
        reading.feed(self._data)
        self.root, *self._top = sorted(reading.done, key=lambda element: element.start)

    @property
    def changed(self) -> bool:
        """Whether the part's bytes are others now."""
        return bool(self._tags or self._added or self._filled or self._removed)

    def child(self, name: str) -> Element | None:
        """The first child of the root of such a name."""
        return next((element for element in self._top if element.name == name), None)

    def children(self, element: Element) -> Iterator[Element]:
        """The children of an element, in order; but for the root's they are read anew each time."""
        if element is self.root:
            yield from self._top
        elif not element.empty_tag:
            yield from self._read_within(element)

    def tag(self, element: Element) -> bytes:
        """An element's start tag as it is written now."""
        return self._tags.get(element.start, self._data[element.start : element.inner])

    def written(self, element: Element, name: bytes) -> str:
        """An attribute's value as it is written now."""
        return (attribute(self.tag(element), name) or b"").decode()

    def inner(self, element: Element) -> bytes:
        """An element's content as it was found."""
        return self._data[element.inner : element.close]

    def found(self, start: int, end: int | None) -> bytes:
        """Bytes of the part as they were found, to its end where none is given."""
        return self._data[start:end]

    def prefix(self, element: Element) -> bytes:
        """The prefix of an element's name, colon included."""
        return prefix_of(self.tag(element))

    def set(self, element: Element, name: bytes, value: bytes) -> None:
        """Set an attribute of the root or of one of its children, unless it says so already."""
        tag = self.tag(element)
        changed = with_attribute(tag, name, value)
        if element.attributes.get(name.decode()) != value.decode():
            self._tags[element.start] = changed

    def append(self, element: Element, child: bytes) -> None:
        """Add a child as the last one of the root or of one of its children."""
        if element.empty_tag:
            self._filled[element.start] = self._filled.get(element.start, b"") + child
        else:
            self._added[element.close] = self._added.get(element.close, b"") + child

    def prepend(self, element: Element, child: bytes) -> None:
        """Add a child as the first one of an element that has children."""
        self._added[element.inner] = self._added.get(element.inner, b"") + child

    def remove(self, element: Element) -> None:
        """Take a child of the root out."""
        end = element.inner if element.empty_tag else self._data.index(b">", element.close) + 1
        self._removed.append((element.start, end))

    def insert(self, child: bytes, *, before: Sequence[str]) -> None:
        """Add a child of the root before the first one of some names, or as the last one."""
        follower = next((element for element in self._top if element.name in before), None)
        if follower is None:
            self.append(self.root, child)
        else:
            self._added[follower.start] = self._added.get(follower.start, b"") + child

    def data(self) -> bytes:
        """The part with its changes."""
        splices = [(at, at, child) for at, child in self._added.items()]
        splices += [(start, end, b"") for start, end in self._removed]
        for element in (self.root, *self._top):
            if element.start in self._filled:
                splices.append((element.start, element.inner, self._opened(element)))
            elif element.start in self._tags:
                splices.append((element.start, element.inner, self._tags[element.start]))
        held = memoryview(self._data)
        pieces: list[bytes | memoryview] = []
        done = 0
        for start, end, piece in sorted(splices):
            pieces += (held[done:start], piece)
            done = end
        data = b"".join((*pieces, held[done:]))
        return data.decode().encode(self._encoding) if self._encoding else data

    def _opened(self, element: Element) -> bytes:
        """An element that was one tag, with children."""
        tag = self.tag(element)
        return tag[:-2].rstrip() + b">" + self._filled[element.start] + _end_tag(tag)

    def _read(self) -> bytes:
        """The part's bytes, judged by the parser; in UTF-8 while it is held."""
        self._package.check_listed(self._part)
        feed = XmlFeed(self._package, self._part, lambda _: None)
        chunks: list[bytes] = []
        for chunk in self._package.chunks(self._part):
            feed.feed(chunk)
            chunks.append(chunk)
        feed.finish()
        data = b"".join(chunks)
        if b"\0" not in data[:4]:
            return data
        # The parser took it, so that it is UTF-16 in this order; a mark before it stays as a sign of its own.
        self._encoding = "utf-16-be" if data[0] in (0x00, 0xFE) else "utf-16-le"
        return data.decode(self._encoding).encode()

    def _read_within(self, element: Element) -> Iterator[Element]:
        around = [element]
        while (outer := around[0].parent) is not None:
            around.insert(0, outer)
        tags = [self._data[each.start : each.inner] for each in around]
        before = b"".join(tags)
        depth = len(around)
        reading = _Reading(self._data, range(depth, depth + 1), self._package, self._part)
        reading.go_on_within(element, len(before))
        reading.feed(before, last=False)
        chunk = self._package.limits.chunk
        for at in range(element.inner, element.close, chunk):
            reading.feed(self._data[at : min(at + chunk, element.close)], last=False)
            yield from reading.done
            reading.done.clear()
        reading.feed(b"".join(map(_end_tag, reversed(tags))))
        yield from reading.done


class _Reading:
    """Finds the elements of some depths in a part's bytes; the root's is 0."""

    def __init__(self, held: bytes, kept: range, package: Package, part: str) -> None:
        self._held, self._kept, self._package, self._part = held, kept, package, part
        self._shift = 0
        self._open: list[Element] = []
        self._depth = 0
        self.done: list[Element] = []
        self._parser = ParserCreate("utf-8", " ")
        handlers = as_transitional(self._parser) if package.strict else self._parser
        handlers.StartElementHandler = self._start
        handlers.EndElementHandler = self._end

    def go_on_within(self, element: Element, before: int) -> None:
        """Of the part itself the content of an element is fed alone, behind so many bytes."""
        self._open.append(element)
        self._shift = element.inner - before

    def feed(self, data: bytes, *, last: bool = True) -> None:
        """The next bytes, or the last ones."""
        self._parser.Parse(data, last)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._depth in self._kept:
            at = self._parser.CurrentByteIndex + self._shift
            match = TAG.match(self._held, at)
            if match is None:
                raise self._package.refusal("bomb", part=self._part)
            parent = self._open[-1] if self._open else None
            self._open.append(Element(name, attributes, parent, at, match.end(), bool(match[4])))
        self._depth += 1
        if self._depth > self._package.limits.depth:
            raise self._package.refusal("bomb", part=self._part)

    def _end(self, _name: str) -> None:
        self._depth -= 1
        if self._depth in self._kept:
            element = self._open.pop()
            element.close = element.inner if element.empty_tag else self._parser.CurrentByteIndex + self._shift
            self.done.append(element)


def _end_tag(tag: bytes) -> bytes:
    match = TAG.match(tag)
    return b"</%b>" % match[2] if match else b""
