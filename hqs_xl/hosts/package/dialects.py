"""Open XML's two dialects, Transitional and Strict: the same elements under other names (ISO/IEC 29500, parts 4 and 1).

Excel writes Strict on request ("Strict Open XML Spreadsheet"). It is read under the names of Transitional, which all of
our readers know, and written under its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.parsers.expat import XMLParserType

    Start = Callable[[str, dict[str, str]], object]
    End = Callable[[str], object]


class Dialect(NamedTuple):
    """The namespaces of what we read and write."""

    main: str  # of elements
    relationship: str  # of attributes that name relationships; also how the types of relationships begin


TRANSITIONAL = Dialect(
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
)
STRICT = Dialect(
    "http://purl.oclc.org/ooxml/spreadsheetml/main", "http://purl.oclc.org/ooxml/officeDocument/relationships"
)
_TRANSITIONAL_NAMES = dict(zip(STRICT, TRANSITIONAL, strict=True))


class _Names(dict[str, str]):
    """A strict name ("namespace name") as Transitional has it; any other name is its own."""

    def __missing__(self, name: str) -> str:
        namespace, space, local = name.rpartition(" ")
        found = self[name] = f"{_TRANSITIONAL_NAMES.get(namespace, namespace)}{space}{local}"
        return found


class _StrictParser:
    """A parser of Strict Open XML that gives the names of Transitional to the handlers set on it."""

    def __init__(self, parser: XMLParserType) -> None:
        self._parser = parser
        self._names = _Names()

    @property
    def CurrentByteIndex(self) -> int:  # noqa: N802 - the parser's own name, and those below
        return self._parser.CurrentByteIndex

    def _set_start(self, handler: Start) -> None:
        names = self._names

        def start(name: str, attributes: dict[str, str]) -> None:
            handler(names[name], {names[key]: value for key, value in attributes.items()})

        self._parser.StartElementHandler = start

    def _set_end(self, handler: End) -> None:
        names = self._names
        self._parser.EndElementHandler = lambda name: handler(names[name])

    def _set_text(self, handler: Callable[[str], object]) -> None:
        self._parser.CharacterDataHandler = handler

    StartElementHandler = property(fset=_set_start)
    EndElementHandler = property(fset=_set_end)
    CharacterDataHandler = property(fset=_set_text)


def as_transitional(parser: XMLParserType) -> XMLParserType:
    """A parser of Strict Open XML, for handlers that know the names of Transitional."""
    return cast("XMLParserType", _StrictParser(parser))
