"""A sheet's children one by one: each comes along as it is written, or with new numbers, or is said to stay behind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from hqs_xl.hosts.package.part_edit import PartEdit
from hqs_xl.hosts.package.xml_bytes import ATTRIBUTE, attribute, with_attribute
from hqs_xl.hosts.xlsx.carry.drawings import carry_drawing
from hqs_xl.hosts.xlsx.carry.dxfs import Dxfs
from hqs_xl.hosts.xlsx.carry.part_copies import PartCopies
from hqs_xl.hosts.xlsx.carry.sheet_xml import Child, children
from hqs_xl.hosts.xlsx.carry.still_meant import StillMeant
from hqs_xl.hosts.xlsx.carry.tables import Tables

# What means the same in any workbook.
_AS_IT_IS = (
    "sheetPr",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "ignoredErrors",
)
# But formats of cells and settings of printers are numbers of the other one, and another sheet is seen first.
_OF_THE_OTHER = re.compile(rb'\s(?:style|tabSelected|\w+:id)="[^"]*"')
# What Excel 2010 and later add: formats, checks of input, small charts in cells.
_FORMATS, _LISTS, _SPARKLINES = (
    b"{78C0D931-6437-407d-A8EE-F0AAD7539E65}",
    b"{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}",
    b"{05C60535-1F16-4fd2-B633-F4F36F0B64E0}",
)
_PLACE = re.compile(rb"<xm:sqref>([^<]*)<")


class Tools(NamedTuple):
    """What the children of all sheets share. ``reachable``: the sheets that a link may lead to."""

    copies: PartCopies
    meant: StillMeant
    reachable: StillMeant
    dxfs: Dxfs
    tables: Tables


class SheetChildren:
    """One sheet's, and what of them stays behind: how many of a kind, and the cells of conditional formats."""

    def __init__(self, tools: Tools, part: PartEdit, names: tuple[str, str]) -> None:
        """``names``: those of the sheet's part in the old workbook and in the new one."""
        self.left: Counter[str] = Counter()
        self.formats: list[str] = []
        self._tools, self._part = tools, part
        self._old, self._new = names
        self._steps: dict[str, Callable[[Child], bytes | None]] = {
            **dict.fromkeys(_AS_IT_IS, lambda child: _OF_THE_OTHER.sub(b"", child.xml)),
            "autoFilter": lambda child: tools.dxfs.renumbered(child.xml),
            "conditionalFormatting": self._format,
            "dataValidations": self._validations,
            "hyperlinks": self._hyperlinks,
            "drawing": self._drawing,
            "picture": self._picture,
            "legacyDrawingHF": self._picture,
            "tableParts": self._table_parts,
            "extLst": self._extensions,
        }

    def carry(self, child: Child) -> bytes | None:
        """A child as the new sheet has it; None where it stays behind, or is made anew."""
        step = self._steps.get(child.name)
        return step(child) if step else None

    def _within(self, child: Child) -> list[Child]:
        return children(self._part, child.at)

    def _format(self, child: Child) -> bytes | None:
        rules = [one for one in self._within(child) if one.name == "cfRule"]
        carried = [self._tools.dxfs.renumbered(one.xml) for one in rules if self._tools.meant.all_of(one.xml)]
        kept = [xml for xml in carried if xml is not None]
        if len(kept) < len(rules):
            self.formats.append((attribute(child.tag, b"sqref") or b"").decode())
        return child.holding(b"".join(kept)) if kept else None

    def _validations(self, child: Child) -> bytes | None:
        checks = self._within(child)
        kept = [one.xml for one in checks if self._tools.meant.all_of(one.xml)]
        self.left["list"] += len(checks) - len(kept)
        counted = child._replace(tag=with_attribute(child.tag, b"count", b"%d" % len(kept)))
        return counted.holding(b"".join(kept)) if kept else None

    def _hyperlinks(self, child: Child) -> bytes | None:
        links = self._within(child)
        kept = [xml for one in links if (xml := self._hyperlink(one))]
        self.left["link"] += len(links) - len(kept)
        return child.holding(b"".join(kept)) if kept else None

    def _hyperlink(self, one: Child) -> bytes | None:
        place = (attribute(one.tag, b"location") or b"").decode()
        if _key(one.tag) is None:
            return one.xml if self._tools.reachable.formula(place) else None
        return self._linked(one)

    def _linked(self, child: Child) -> bytes | None:
        """A child that names another part or a place outside, linked anew."""
        name, key = _key(child.tag) or (b"", "")
        tag = self._tools.copies.links(self._old).get(key)
        target = self._tools.copies.old.relationships(self._old)[key].part if tag else None
        if tag is None or (target is not None and not self._tools.copies.can(target)):
            return None
        link = self._tools.copies.link(self._old, key, tag, self._new)
        return with_attribute(child.tag, name, link) + child.xml[len(child.tag) :]

    def _picture(self, child: Child) -> bytes | None:
        """A picture behind the cells, or those of header and footer."""
        xml = self._linked(child)
        self.left["picture"] += xml is None
        return xml

    def _drawing(self, child: Child) -> bytes | None:
        name, key = _key(child.tag) or (b"", "")
        part = self._tools.copies.old.relationships(self._old)[key].part
        if part is None or not self._tools.copies.old.has(part):
            self.left["other"] += 1
            return None
        made, left = carry_drawing(part, self._tools.copies, self._tools.meant)
        self.left += left
        if made is None:
            return None
        tag = self._tools.copies.links(self._old)[key]
        return with_attribute(child.tag, name, self._tools.copies.new.link(self._new, tag, made))

    def _table_parts(self, child: Child) -> bytes | None:
        tables = self._within(child)
        kept = [xml for one in tables if (xml := self._table(one))]
        self.left["table"] += len(tables) - len(kept)
        counted = child._replace(tag=with_attribute(child.tag, b"count", b"%d" % len(kept)))
        return counted.holding(b"".join(kept)) if kept else None

    def _table(self, one: Child) -> bytes | None:
        name, key = _key(one.tag) or (b"", "")
        part = self._tools.copies.old.relationships(self._old)[key].part
        made = self._tools.tables.carry(part, self._tools.meant, self._tools.dxfs) if part else None
        if made is None:
            return None
        tag = self._tools.copies.links(self._old)[key]
        return with_attribute(one.tag, name, self._tools.copies.new.link(self._new, tag, made))

    def _extensions(self, child: Child) -> bytes | None:
        kept = b"".join(self._extension(self._within(child)))
        return child.holding(kept) if kept else None

    def _extension(self, found: list[Child]) -> Iterator[bytes]:
        for one in found:
            uri = attribute(one.tag, b"uri")
            if uri in {_FORMATS, _LISTS, _SPARKLINES} and self._tools.meant.all_of(one.xml):
                yield one.xml
            elif uri == _FORMATS:
                self.formats += [place.decode() for place in _PLACE.findall(one.xml)]
            elif uri == _LISTS:
                self.left["list"] += len(_PLACE.findall(one.xml))
            elif _key(one.xml) is None:  # what is linked is counted with the other links of the sheet
                self.left["other"] += 1


def _key(tag: bytes) -> tuple[bytes, str] | None:
    """The attribute of a tag that names a relationship, and which."""
    found = ((one[2], one[4][1:-1].decode()) for one in ATTRIBUTE.finditer(tag) if one[2].endswith(b":id"))
    return next(found, None)
