"""Parts of an old workbook copied into a new one with all that they are linked to: charts, pictures, their styles."""

from __future__ import annotations

from collections.abc import Iterator

from hqs_xl.hosts.package.opc import Package, links_part
from hqs_xl.hosts.package.xml_bytes import TAG, attribute
from hqs_xl.hosts.xlsx.carry.new_parts import NewParts
from hqs_xl.hosts.xlsx.carry.still_meant import StillMeant


def names(xml: bytes, key: str) -> bool:
    """Whether a piece of XML has an attribute that is the id of a relationship."""
    return any(quote + key.encode() + quote in xml for quote in (b'"', b"'"))


# Pivot tables do not come along, so that a chart of one would show nothing.
_OF_A_PIVOT = b"pivotSource>"


class PartCopies:
    """Which part of the old workbook is which of the new one by now."""

    def __init__(self, old: Package, new: NewParts, meant: StillMeant) -> None:
        self.old, self.new, self._meant = old, new, meant
        self._copied: dict[str, str] = {}

    def links(self, part: str) -> dict[str, bytes]:
        """The relationships of an old part by id, each as it is written."""
        links = links_part(part)
        whole = self.old.whole(links) if self.old.has(links) else b""
        found = {attribute(one[0], b"Id"): one[0] for one in TAG.finditer(whole)}
        return {key.decode(): tag for key, tag in found.items() if key}

    def can(self, part: str) -> bool:
        """Whether a part, and all that it is linked to, can stand in the new workbook and mean what it did."""
        return all(self._can(one) for one in self._reached(part))

    def copy(self, part: str, content: bytes | None = None) -> str:
        """The copy of a part, made once, with all that it is linked to; its name in the new workbook."""
        if part not in self._copied:
            content = self.old.whole(part) if content is None else content
            made = self._copied[part] = self.new.add(part, content, self.old.content_type(part))
            for key, tag in self.links(part).items():
                # Of a part that was changed some links are no longer meant.
                if content is None or names(content, key):
                    self.link(part, key, tag, made, key)
        return self._copied[part]

    def link(self, part: str, key: str, tag: bytes, source: str, keep: str = "") -> bytes:
        """Link a new part to the copy of what an old one is linked to by an id; by which id."""
        target = self.old.relationships(part)[key].part
        return self.new.link(source, tag, self.copy(target) if target else None, keep)

    def _reached(self, part: str) -> Iterator[str]:
        seen, left = {part}, [part]
        while left:
            one = left.pop()
            yield one
            more = {link.part for link in self.old.relationships(one).values() if link.part} - seen
            left += sorted(more)
            seen |= more

    def _can(self, part: str) -> bool:
        if not self.old.has(part):
            return False
        if not part.endswith(".xml"):
            return True
        content = self.old.whole(part)
        return _OF_A_PIVOT not in content and self._meant.all_of(content)
