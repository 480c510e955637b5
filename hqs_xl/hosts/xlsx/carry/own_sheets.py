"""All that a person's own sheet has besides its cells, carried as it is written: its view, lists, formats, drawings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from hqs_xl.hosts.package import Package
from hqs_xl.hosts.package.part_edit import PartEdit
from hqs_xl.hosts.package.xml_bytes import attribute, with_attribute, without
from hqs_xl.hosts.xlsx.carry.dxfs import Dxfs
from hqs_xl.hosts.xlsx.carry.new_parts import NewParts
from hqs_xl.hosts.xlsx.carry.part_copies import PartCopies
from hqs_xl.hosts.xlsx.carry.sheet_children import SheetChildren, Tools
from hqs_xl.hosts.xlsx.carry.sheet_xml import Child, children, common_root, merged, sheet_parts
from hqs_xl.hosts.xlsx.carry.still_meant import StillMeant
from hqs_xl.hosts.xlsx.carry.tables import Tables

# What stays behind on each sheet: of what kind (``install.left``), and where or how many.
Left = Mapping[str, Sequence[tuple[str, str]]]
# The parts linked from a sheet that come along in another way, or are of no weight.
_KNOWN = {"drawing", "vmlDrawing", "comments", "table", "hyperlink", "printerSettings", "image"}


def carry_own_sheets(
    old: Path, made: Path, sheets: Iterable[str], names: Iterable[str]
) -> tuple[Mapping[str, bytes], Left]:
    """What hangs on these sheets of an old workbook, put onto those of a new one.

    The new one's parts by name, for whoever writes it, and what stays behind, by sheet.

    ``names``: those of cells that the new workbook knows.
    """
    with Package(old) as before, Package(made) as after:
        parts = [sheet_parts(package) for package in (before, after)]
        own = [name for name in sheets if all(name in one for one in parts)]
        if before.strict:
            return NewParts(made).parts, {name: [("all", "")] for name in own}
        of_own = {name: parts[0][name] for name in own}
        carrying = _Carrying(before, after, NewParts(made), [*names], (of_own, parts[1]))
        left = {name: carrying.sheet(parts[0][name], parts[1][name]) for name in own}
    return carrying.parts(), left


class _Carrying:
    def __init__(
        self, old: Package, made: Package, new: NewParts, names: Sequence[str], parts: Sequence[Mapping[str, str]]
    ) -> None:
        own, after = parts
        self._old, self._made, self._new = old, made, new
        self._dxfs = Dxfs(old, made, new)
        tables = Tables(old, made, new, names)
        meant = StillMeant(own, [*names, *tables.names(own.values())])
        self._tools = Tools(PartCopies(old, new, meant), meant, StillMeant(after, names), self._dxfs, tables)

    def parts(self) -> Mapping[str, bytes]:
        self._dxfs.save()
        return self._new.parts

    def sheet(self, old: str, new: str) -> list[tuple[str, str]]:
        """Carry one sheet; what stays behind."""
        if self._old.size(old) > self._old.limits.listed:
            return [("all", "")]
        part, made = PartEdit(self._old, old), PartEdit(self._made, new, self._new.parts[new])
        root = common_root(made.tag(made.root), part.tag(part.root))
        if root is None:
            return [("all", "")]
        carried = SheetChildren(self._tools, part, (old, new))
        taken = [child._replace(xml=xml) for child in children(part) if (xml := carried.carry(child))]
        self._new.parts[new] = merged(made, root, [_named(child, made) for child in taken])
        others = sum(link.kind not in _KNOWN for link in self._old.relationships(old).values())
        counted = carried.left + Counter({"other": others})
        return [*((kind, str(count)) for kind, count in counted.items()), *(("format", one) for one in carried.formats)]


def _named(child: Child, made: PartEdit) -> Child:
    """A sheet's properties with the name that the new workbook's macros have for it, whatever the old one's was."""
    if child.name != "sheetPr":
        return child
    mine = next((attribute(one.tag, b"codeName") for one in children(made) if one.name == "sheetPr"), None)
    tag = without(child.tag, b"codeName")
    return child._replace(xml=(with_attribute(tag, b"codeName", mine) if mine else tag) + child.xml[len(child.tag) :])
