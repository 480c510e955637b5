"""The looks of conditional formats and tables (dxf, differential formats), copied into a new workbook as needed."""

from __future__ import annotations

import re

from hqs_xl.hosts.package.opc import MAIN, Package
from hqs_xl.hosts.package.part_edit import PartEdit
from hqs_xl.hosts.xlsx.carry.new_parts import NewParts
from hqs_xl.hosts.xlsx.carry.sheet_xml import children

_ID = re.compile(rb'\b(\w*[dD]xfId)="([0-9]+)"')


class Dxfs:
    """The old workbook's by number, and which number each has in the new one by now."""

    def __init__(self, old: Package, made: Package, new: NewParts) -> None:
        self._old = self._listed(old)
        self._part, self._made, self._new = _styles(made), made, new
        self._count = len(self._listed(made))
        self._numbers: dict[int, int] = {}
        self._added: list[bytes] = []

    def renumbered(self, xml: bytes) -> bytes | None:
        """A piece of XML with the new numbers; None where a look is not to be had."""
        numbers = [int(found[2]) for found in _ID.finditer(xml)]
        if any(number >= len(self._old) or not self._old[number].startswith(b"<dxf") for number in numbers):
            return None
        return _ID.sub(lambda found: b'%b="%d"' % (found[1], self._number(int(found[2]))), xml)

    def save(self) -> None:
        """Put the looks that were asked for into the new workbook."""
        if self._part is None or not self._added:
            return
        edit = PartEdit(self._made, self._part, self._new.parts[self._part])
        listed = edit.child(f"{MAIN} dxfs")
        if listed is not None:
            edit.set(listed, b"count", str(self._count + len(self._added)).encode())
            edit.append(listed, b"".join(self._added))
            self._new.parts[self._part] = edit.data()

    def _number(self, old: int) -> int:
        if old not in self._numbers:
            self._numbers[old] = self._count + len(self._added)
            self._added.append(self._old[old])
        return self._numbers[old]

    @staticmethod
    def _listed(package: Package) -> list[bytes]:
        part = _styles(package)
        edit = PartEdit(package, part) if part else None
        listed = edit.child(f"{MAIN} dxfs") if edit else None
        return [one.xml for one in children(edit, listed)] if edit and listed else []


def _styles(package: Package) -> str | None:
    links = package.relationships(package.workbook).values()
    return next((link.part for link in links if link.kind == "styles" and link.part), None)
