"""XML streamed out of a zip's member, within bounds of memory."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

from hqs_xl.hosts.package.dialects import as_transitional

if TYPE_CHECKING:
    from collections.abc import Callable

    from hqs_xl.hosts.package.xml_package import XmlPackage

# All that Open Packaging allows.
_ENCODINGS = frozenset({"utf-8", "utf-16", "utf-16le", "utf-16be"})
_OF_OPENOFFICE = "-//OpenOffice.org//"


class XmlFeed:
    """A parser fed piece by piece, that stops at what no workbook needs and what would fill the memory."""

    def __init__(self, package: XmlPackage, part: str, attach: Callable[[expat.XMLParserType], None]) -> None:
        self._package = package
        self._part = part
        self.limits = package.limits
        self.size = max(package.size(part), 1)
        self._fed = 0
        self._skipped = 0
        self._prefixes = 0
        self._cdata = False
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.XmlDeclHandler = self._declaration
        self._parser.StartDoctypeDeclHandler = self._doctype
        # Not of interest; but only prefixes that are handed over are kept among the names counted in feed().
        self._parser.StartNamespaceDeclHandler = _ignored
        self._parser.StartCdataSectionHandler = self._start_cdata
        attach(as_transitional(self._parser) if package.strict else self._parser)

    @property
    def share(self) -> float:
        """The share of the part fed, 0 to 1."""
        return min(self._fed / self.size, 1.0)

    @property
    def at_rest(self) -> bool:
        """Whether a ``<`` fed next is certain to open a tag: no token is unfinished and there was no CDATA at all."""
        return not self._cdata and not self._unfinished()

    def feed(self, piece: bytes) -> None:
        """Parse the next bytes of the part."""
        self._fed += len(piece)
        self._parse(piece)
        unfinished = self._unfinished()
        # The prefixes an unfinished tag declares: the parser takes them in all at once, when it is too late to stop it.
        earlier = self._prefixes if unfinished > len(piece) else 0
        self._prefixes = earlier + piece.count(b" xmlns:", max(len(piece) - unfinished, 0))
        limits = self.limits
        if unfinished > limits.token or max(len(self._parser.intern), self._prefixes) > limits.names:
            raise self._package.refusal("bomb", part=self._part)

    def skip(self, size: int) -> None:
        """Count bytes the caller has read itself; the parser must be at rest."""
        self._fed += size
        self._skipped += size

    def finish(self) -> None:
        """The part has ended: whatever is still open is a fault."""
        self._parse(b"", final=True)

    def _unfinished(self) -> int:
        # Masked: where C's long has 32 bits the parser's index wraps at 2 GiB.
        return (self._fed - self._skipped - max(self._parser.CurrentByteIndex, 0)) & 0xFFFF_FFFF

    def _parse(self, piece: bytes, *, final: bool = False) -> None:
        try:
            self._parser.Parse(piece, final)
        except expat.ExpatError as fault:
            raise self._package.refusal("bad_xml", part=self._part) from fault

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.casefold() not in _ENCODINGS:
            raise self._package.refusal("bad_encoding", part=self._part, encoding=encoding)

    def _doctype(self, _name: str, _system: str | None, public: str | None, has_own_subset: int) -> None:
        # OpenOffice.org named a type of its own in the manifest; entities are declared in what comes with it.
        if (public or "").startswith(_OF_OPENOFFICE) and not has_own_subset:
            raise self._package.refusal("dtd_openoffice", part=self._part)
        raise self._package.refusal("dtd", part=self._part)

    def _start_cdata(self) -> None:
        self._cdata = True


class Elements:
    """Gathers the elements of a part that is read as a list."""

    def __init__(self, package: XmlPackage, part: str) -> None:
        self._package = package
        self._part = part
        self._depth = 0
        self.found: list[tuple[int, str, dict[str, str]]] = []

    def attach(self, parser: expat.XMLParserType) -> None:
        """Set the handlers of a parser about to read the part."""
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > self._package.limits.depth:
            raise self._package.refusal("bomb", part=self._part)
        self.found.append((self._depth, name, attributes))

    def _end(self, _name: str) -> None:
        self._depth -= 1


def _ignored(*_: object) -> None:
    """A handler for what is only counted."""
