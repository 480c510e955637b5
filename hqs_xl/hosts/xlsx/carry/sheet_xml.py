"""The XML of a sheet as its children, and two sheets' children put together in the order that Open XML asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hqs_xl.hosts.package.opc import MAIN, Package
from hqs_xl.hosts.package.part_edit import Element, PartEdit
from hqs_xl.hosts.package.xml_bytes import ATTRIBUTE, TAG

# The children of a worksheet (ECMA-376, part 1, 18.3.1.99).
# They are told apart by where they stand in this text.
_ORDER = (
    " sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios "
    "autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting "
    "dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties "
    "cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls "
    "webPublishItems tableParts extLst "
)


class Child(NamedTuple):
    """A child of a root or of one of its children: its name without the namespace, its start tag, all of it, where."""

    name: str
    tag: bytes
    xml: bytes
    at: Element

    def holding(self, inner: bytes) -> bytes:
        """It with other children."""
        return self.tag + inner + self.xml[self.xml.rindex(b"</") :]


def children(part: PartEdit, of: Element | None = None) -> list[Child]:
    """The children of a part's root, or of one of them, in order; of another namespace those that stand there too."""
    return [*_children(part, of or part.root)]


def _children(part: PartEdit, of: Element) -> Iterator[Child]:
    for one in part.children(of):
        tag = part.found(one.start, one.inner)
        match = TAG.match(tag)
        end = b"</%b>" % match[2] if match and not one.empty_tag else b""
        space, _, name = one.name.rpartition(" ")
        yield Child(name if space == MAIN else one.name, tag, part.found(one.start, one.close) + end, one)


def merged(made: PartEdit, root: bytes, others: Sequence[Child]) -> bytes:
    """A sheet just made with children of another one in place of its own of those names, under a common root."""
    names = {one.name for one in others}
    kept = [one for one in children(made) if one.name not in names]
    # The order of children of one name is kept.
    ordered = sorted([*kept, *others], key=lambda one: _ORDER.index(f" {one.name} "))
    return made.found(0, made.root.start) + root + b"".join(one.xml for one in ordered) + b"</worksheet>"


def common_root(made: bytes, other: bytes) -> bytes | None:
    """The start tag of a sheet with what another one declares besides; None where a prefix is another namespace's."""
    mine, theirs = ({found[2]: found[4] for found in ATTRIBUTE.finditer(tag)} for tag in (made, other))
    name = TAG.match(other)
    if name is None or name[2] != b"worksheet" or any(mine[key] != theirs[key] for key in mine.keys() & theirs.keys()):
        return None
    return b"<worksheet" + b"".join(b" %b=%b" % one for one in (mine | theirs).items()) + b">"


def sheet_parts(package: Package) -> dict[str, str]:
    """The part of each sheet, by name."""
    links = package.relationships(package.workbook)
    names: dict[str, str] = {}
    for _, name, attributes in package.elements(package.workbook):
        if name == f"{MAIN} sheet":
            keys = [value for key, value in attributes.items() if key.endswith("relationships id")]
            part = links[keys[0]].part if keys and keys[0] in links else None
            if part and package.has(part):
                names[attributes.get("name", "")] = part
    return names
