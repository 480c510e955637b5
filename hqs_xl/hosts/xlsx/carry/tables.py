"""A person's own tables, carried with their names, which formulas use."""

from __future__ import annotations

from collections.abc import Iterable

from hqs_xl.hosts.package.opc import MAIN, Package
from hqs_xl.hosts.package.part_edit import PartEdit
from hqs_xl.hosts.xlsx.carry.dxfs import Dxfs
from hqs_xl.hosts.xlsx.carry.new_parts import NewParts
from hqs_xl.hosts.xlsx.carry.still_meant import StillMeant


class Tables:
    """Tables of an old workbook that the new one can hold: whose name is free there, and that no query fills."""

    def __init__(self, old: Package, made: Package, new: NewParts, names: Iterable[str]) -> None:
        self._old, self._new = old, new
        self._roots = [
            next(made.elements(part))[2]
            for part in new.parts
            if part.startswith("xl/tables/") and next(made.elements(part))[1] == f"{MAIN} table"
        ]
        shown = {root.get("displayName", "").casefold() for root in self._roots}
        self._taken = shown | {name.casefold() for name in names}

    def names(self, sheet_parts: Iterable[str]) -> list[str]:
        """The names of those on some sheets of the old workbook that can come along."""
        links = [link for sheet in sheet_parts for link in self._old.relationships(sheet).values()]
        tables = [link.part for link in links if link.kind == "table" and link.part]
        return [self._name(part) for part in tables if self._can(part)]

    def carry(self, part: str, meant: StillMeant, dxfs: Dxfs) -> str | None:
        """The table's part in the new workbook; None where it stays behind."""
        if not self._can(part) or not meant.all_of(self._old.whole(part)):
            return None
        edit = PartEdit(self._old, part)
        numbers = [int(root["id"]) for root in self._roots]
        self._roots.append({"id": str(max(numbers, default=0) + 1)})
        edit.set(edit.root, b"id", self._roots[-1]["id"].encode())
        content = dxfs.renumbered(edit.data())
        return None if content is None else self._new.add(part, content, self._old.content_type(part))

    def _can(self, part: str) -> bool:
        filled = bool(self._old.relationships(part))
        return self._old.has(part) and not filled and self._name(part).casefold() not in self._taken

    def _name(self, part: str) -> str:
        return next(self._old.elements(part))[2].get("displayName", "")
