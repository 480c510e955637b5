"""The names a workbook gives to cells: which sheet each refers to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hqs_xl.hosts.package.opc import MAIN

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

    from hqs_xl.hosts.package.opc import Package

# A sheet's name has at most 31 signs, each of them doubled at worst.
LONGEST = 100
# Names that are kept; some workbooks have tens of thousands, all of them broken.
MOST = 10_000
_NAME = f"{MAIN} definedName"
# 'It''s a sheet'!$A$1, or Sheet!$A$1.
_SHEET = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!")


def cell_names(package: Package, part: str) -> dict[str, str]:
    """The sheets that the names for cells refer to, by name; those of one sheet alone are left out."""
    reader = _Names()
    for _ in package.parse(part, reader.attach):
        pass
    return reader.found


class _Names:
    """The parser's handlers for defined names."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._name = ""
        self._texts: list[str] = []

    def attach(self, parser: XMLParserType) -> None:
        """Set the handlers of a parser about to read the part."""
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        given = attributes.get("name", "") if name == _NAME else ""
        self._name = "" if "localSheetId" in attributes else given
        self._texts.clear()

    def _text(self, text: str) -> None:
        if self._name and len(self._texts) < LONGEST:
            self._texts.append(text[:LONGEST])

    def _end(self, _name: str) -> None:
        match = _SHEET.match("".join(self._texts)) if self._name else None
        if match and len(self.found) < MOST:
            self.found[self._name] = match[1].replace("''", "'") if match[1] else match[2]
        self._name = ""
