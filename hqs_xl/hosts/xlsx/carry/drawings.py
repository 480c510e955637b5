"""What is drawn on a sheet: charts, pictures, shapes, each of which comes along or stays behind by itself."""

from __future__ import annotations

from collections import Counter

from hqs_xl.hosts.package.part_edit import PartEdit
from hqs_xl.hosts.package.xml_bytes import TAG, attribute
from hqs_xl.hosts.xlsx.carry.part_copies import PartCopies, names
from hqs_xl.hosts.xlsx.carry.sheet_xml import Child, children
from hqs_xl.hosts.xlsx.carry.still_meant import StillMeant

# A control, a slicer: of each another part of the sheet or the workbook holds the most.
_HELD_ELSEWHERE = (b"compatExt", b"slicer")


def carry_drawing(part: str, copies: PartCopies, meant: StillMeant) -> tuple[str | None, Counter[str]]:
    """The copy of a drawing with what can come along, if anything can; and what can't, by kind."""
    drawing = PartEdit(copies.old, part)
    left: Counter[str] = Counter()
    kept: list[bytes] = []
    for anchor in children(drawing):
        if _can(anchor, part, copies, meant):
            kept.append(anchor.xml)
        else:
            left[_kind(anchor, part, copies)] += 1
    if not kept:
        return None, left
    content = drawing.found(0, drawing.root.inner) + b"".join(kept) + drawing.found(drawing.root.close, None)
    return copies.copy(part, content), left


def _can(anchor: Child, part: str, copies: PartCopies, meant: StillMeant) -> bool:
    if any(sign in anchor.xml for sign in _HELD_ELSEWHERE) or _has_macro(anchor) or not meant.all_of(anchor.xml):
        return False
    targets = [copies.old.relationships(part)[key].part for key in _keys(anchor, part, copies)]
    return all(target is None or copies.can(target) for target in targets)


def _has_macro(anchor: Child) -> bool:
    """Whether a click on it runs a macro: a person's own macros do not come along."""
    return any(attribute(tag[0], b"macro") for tag in TAG.finditer(anchor.xml))


def _keys(anchor: Child, part: str, copies: PartCopies) -> list[str]:
    return [key for key in copies.links(part) if names(anchor.xml, key)]


def _kind(anchor: Child, part: str, copies: PartCopies) -> str:
    """What it is, in the words of ``install.left``."""
    kinds = {copies.old.relationships(part)[key].kind.rpartition("/")[2] for key in _keys(anchor, part, copies)}
    if kinds & {"chart", "chartEx"}:
        return "chart"
    return "picture" if "image" in kinds else "other"
