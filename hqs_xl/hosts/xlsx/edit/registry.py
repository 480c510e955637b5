"""The parts of a package that name other parts: content types, relationships, the workbook's list of sheets."""

from __future__ import annotations

import posixpath
from itertools import chain, count
from typing import TYPE_CHECKING

from hqs_xl.hosts.package.opc import CONTENT_TYPES, MAIN, PACKAGE_RELATIONSHIPS, links_part
from hqs_xl.hosts.package.part_edit import PartEdit
from hqs_xl.hosts.package.spool import spooled
from hqs_xl.hosts.package.xml_bytes import quoted
from hqs_xl.hosts.xlsx.patch.styles import Styles, minimal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hqs_xl.errors import UnusableFile
    from hqs_xl.hosts.package.opc import Package
    from hqs_xl.hosts.package.spool import Spool

from hqs_xl.hosts.xlsx.edit.new_sheet import NewSheet

_DECLARED = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELATIONSHIPS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_STYLE = b'<tableStyleInfo name="TableStyleLight9" showFirstColumn="0" showLastColumn="0" showRowStripes="1" '
# Excel allows 31 signs in a sheet's name; two are kept for a number.
_LONGEST_TITLE = 29


class Registry:
    """The parts that name other parts: content types, relationships, the workbook's list of sheets."""

    def __init__(self, package: Package, edit_of: Callable[[str], PartEdit], links: str) -> None:
        """``links``: what the ids of new relationships of the workbook begin with."""
        self._package, self._edit_of, self._link_names = package, edit_of, links
        self._tables: set[str] | None = None  # names of tables and of cells
        self._numbers: list[int] = []  # of tables
        self._parts: set[str] = set()
        self._keys: set[str] = set()
        self._titles: set[str] = set()
        self.formulas_went = False

    def styles_part(self) -> str | None:
        """The part that holds the workbook's formats; None in a workbook without."""
        links = self._package.relationships(self._package.workbook).values()
        return next((link.part for link in links if link.kind == "styles" and link.part), None)

    def free_part(self, pattern: str, first: str = "1") -> str:
        """A part's name nobody has, beside the workbook."""
        folder = posixpath.dirname(self._package.workbook)
        numbers = chain([first], map(str, count(2)))
        names = (posixpath.join(folder, pattern.format(number)) for number in numbers)
        name = next(name for name in names if not self._package.has(name) and name not in self._parts)
        self._parts.add(name)
        return name

    def announce(self, kind: str, part: str) -> str:
        """Let the workbook and the content types name a new part; by which id."""
        workbook = self._package.workbook
        edit = self._edit_of(links_part(workbook))
        used = {element.attributes.get("Id", "") for element in edit.children(edit.root)} | self._keys
        key = next(name for name in _numbered(self._link_names) if name not in used)
        self._keys.add(key)
        target = posixpath.relpath(part, posixpath.dirname(workbook))
        self._append(
            edit, f'Relationship Id="{key}" Type="{self._package.dialect.relationship}/{kind}" Target="{target}"/>'
        )
        self._type(part, kind)
        return key

    def drop_chain(self) -> list[str]:
        """Where formulas went, let nothing name the parts with the order to count formulas in; which those are.

        Excel takes a file for damaged where a cell without a formula stands there, and makes the part anew.
        """
        if not self.formulas_went:
            return []
        links = self._package.relationships(self._package.workbook)
        found = {key: link.part for key, link in links.items() if link.kind == "calcChain" and link.part}
        for key, part in found.items():
            for edit, name, value in (
                (self._edit_of(links_part(self._package.workbook)), "Id", key),
                (self._edit_of(CONTENT_TYPES), "PartName", f"/{part}"),
            ):
                named = [child for child in edit.children(edit.root) if child.attributes.get(name) == value]
                for child in named:
                    edit.remove(child)
        return list(found.values())

    def table_name(self, base: str) -> str:
        """A name for a new table that no table and no cells of the workbook have."""
        taken = self._table_names()
        name = next(name for name in _numbered(base) if name.casefold() not in taken)
        taken.add(name.casefold())
        return name

    def register(self, sheet: NewSheet, no_room: Callable[[], UnusableFile]) -> dict[str, Spool]:
        """Give a finished sheet its place in the package: the parts that are new."""
        sheet.finish()
        part, table = self.free_part("worksheets/sheet{}.xml"), self.free_part("tables/table{}.xml")
        target = posixpath.relpath(table, posixpath.dirname(part))
        kind = f"{self._package.dialect.relationship}/table"
        link = f'<Relationship Id="rId1" Type="{kind}" Target="{target}"/>'
        links = _DECLARED + f'<Relationships xmlns="{PACKAGE_RELATIONSHIPS}">{link}</Relationships>'.encode()
        self._numbers.append(max(self._numbers, default=0) + 1)
        self._list(sheet.title, self.announce("worksheet", part))
        self._type(table, "table")
        self._links_type(part)
        return {
            part: sheet.spool,
            links_part(part): spooled(links, no_room),
            table: spooled(sheet.table_part(self._numbers[-1]), no_room),
        }

    def _type(self, part: str, kind: str) -> None:
        kind = f"{_SPREADSHEET}.{kind}+xml"
        self._append(self._edit_of(CONTENT_TYPES), f'Override PartName="/{part}" ContentType="{kind}"/>')

    def _links_type(self, part: str) -> None:
        """Relationships have their type by their extension, in every package but odd ones."""
        edit = self._edit_of(CONTENT_TYPES)
        if not any(
            element.attributes.get("Extension", "").casefold() == "rels" for element in edit.children(edit.root)
        ):
            self._append(edit, f'Override PartName="/{links_part(part)}" ContentType="{_RELATIONSHIPS_TYPE}"/>')

    def _append(self, edit: PartEdit, child: str) -> None:
        edit.append(edit.root, b"<" + edit.prefix(edit.root) + child.encode())

    def _list(self, title: str, key: str) -> None:
        """Add a sheet to the end of the workbook's list."""
        edit = self._edit_of(self._package.workbook)
        sheets = edit.child(f"{MAIN} sheets")
        if sheets is None:
            raise self._package.refusal("bad_xml", part=self._package.workbook)
        listed = [*edit.children(sheets)]
        names = {element.attributes.get("name", "").casefold() for element in listed} | self._titles
        name = next(name for name in _numbered(title[:_LONGEST_TITLE]) if name.casefold() not in names)
        ids = [int(text) for element in listed if (text := element.attributes.get("sheetId", "")).isdigit()]
        number = max(ids, default=0) + 1 + len(self._titles)
        self._titles.add(name.casefold())
        link = f'xmlns:r="{self._package.dialect.relationship}" r:id="{key}"/>'
        child = f'sheet name="{quoted(name).decode()}" sheetId="{number}" {link}'
        edit.append(sheets, b"<" + edit.prefix(sheets) + child.encode())

    def _table_names(self) -> set[str]:
        if self._tables is None:
            edit = self._edit_of(self._package.workbook)
            listed = edit.child(f"{MAIN} definedNames")
            names = edit.children(listed) if listed else ()
            self._tables = {element.attributes.get("name", "").casefold() for element in names}
            for part in self._table_parts():
                _, _, attributes = next(self._package.elements(part))
                self._tables |= {attributes.get(key, "").casefold() for key in ("name", "displayName")}
                self._numbers += [int(attributes["id"])] if attributes.get("id", "").isdigit() else []
        return self._tables

    def _table_parts(self) -> list[str]:
        """The parts of all the workbook's tables."""
        sheets = [link.part for link in self._package.relationships(self._package.workbook).values() if link.part]
        links = [link for sheet in sheets for link in self._package.relationships(sheet).values()]
        return [link.part for link in links if link.kind == "table" and link.part]


def _numbered(base: str) -> Iterator[str]:
    yield base
    for number in count(2):
        yield f"{base}{number}"


def styles_of(
    package: Package, registry: Registry, edits: dict[str, PartEdit], edit_of: Callable[[str], PartEdit]
) -> Styles:
    """The formats of a workbook; of one that has none, new ones, which are added to the ``edits``."""
    part = registry.styles_part()
    if part is None or not any(edit_of(part).children(edit_of(part).root)):
        part = part or registry.free_part("styles{}.xml", first="")
        edits[part] = PartEdit(package, part, minimal(package.dialect))
    return Styles(package, edit_of(part), part)
