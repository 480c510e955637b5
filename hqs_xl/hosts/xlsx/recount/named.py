"""A workbook's names and tables, as formulas refer to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hqs_xl.hosts.package.opc import MAIN
from hqs_xl.hosts.sheets.cell_values import unescaped
from hqs_xl.hosts.sheets.places import area_of
from hqs_xl.hosts.sheets.sources import NamedFormula, NamedTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.parsers.expat import XMLParserType

    from hqs_xl.hosts.package.opc import Package
    from hqs_xl.hosts.package.part_edit import PartEdit

_NAME = f"{MAIN} definedName"
# Names are kept up to so many; some workbooks have tens of thousands, all of them broken.
_MOST = 50_000


class Named(NamedTuple):
    """All sheets of a workbook, in its order, and what its names refer to."""

    sheets: list[str]
    found: list[NamedFormula]


def formulas_of_names(package: Package) -> Named:
    """A workbook's sheets and names."""
    reader = _Names()
    for _ in package.parse(package.workbook, reader.attach):
        pass
    order = reader.sheets
    found = [
        NamedFormula(name, order[int(local)] if local.isdigit() and int(local) < len(order) else "", text)
        for name, local, text in reader.found
    ]
    return Named(order, found)


class _Names:
    """The parser's handlers for the sheets, all of them, and the defined names."""

    def __init__(self) -> None:
        self.sheets: list[str] = []
        self.found: list[tuple[str, str, str]] = []
        self._attributes: dict[str, str] | None = None
        self._texts: list[str] = []

    def attach(self, parser: XMLParserType) -> None:
        """Set the handlers of a parser about to read the part."""
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{MAIN} sheet":
            self.sheets.append(unescaped(attributes.get("name", "")))
        self._attributes = attributes if name == _NAME and len(self.found) < _MOST else None
        self._texts.clear()

    def _text(self, text: str) -> None:
        if self._attributes is not None:
            self._texts.append(text)

    def _end(self, _name: str) -> None:
        if self._attributes is not None:
            local = self._attributes.get("localSheetId", "")
            self.found.append((self._attributes.get("name", ""), local, "".join(self._texts)))
            self._attributes = None


def tables_of(package: Package, sheets: Mapping[str, str], edits: Mapping[str, PartEdit]) -> Iterator[NamedTable]:
    """The tables of the sheets (their parts by name); ``edits``: of parts that may be others by now."""
    for sheet, part in sheets.items():
        for link in package.relationships(part).values():
            if link.kind == "table" and link.part and package.has(link.part):
                table = _table_of(package, link.part, sheet, edits.get(link.part))
                if table:
                    yield table


def _table_of(package: Package, part: str, sheet: str, edit: PartEdit | None) -> NamedTable | None:
    """A table with the columns and rows it has before and after an edit."""
    names: list[str] = []
    areas = []
    title = ""
    for depth, name, attributes in package.elements(part):
        if depth == 1:
            title = unescaped(attributes.get("displayName") or attributes.get("name", ""))
            areas.append(area_of(attributes.get("ref", "")))
        elif name == f"{MAIN} tableColumn":
            names.append(unescaped(attributes.get("name", "")))
    if edit is not None and edit.changed:
        areas.append(area_of(edit.written(edit.root, b"ref")))
    known = [area for area in areas if area is not None]
    if not title or not known:
        return None
    first, last = min(area[0] for area in known), max(area[1] for area in known)
    # New columns are named by no formula yet, but stand in what the table's bare name means.
    width = max(area[3] - area[2] + 1 for area in known)
    return NamedTable(title, sheet, first, last, known[0][2], [*names, *[""] * (width - len(names))])
