"""Pivot tables, whose results stand in a cache of their own: where each takes its rows from and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hqs_xl.formulas.references import References, references
from hqs_xl.hosts.package.opc import MAIN
from hqs_xl.hosts.sheets.blocks import Block
from hqs_xl.hosts.sheets.places import area_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hqs_xl.hosts.package.opc import Package

_SOURCES = frozenset({f"{MAIN} worksheetSource", f"{MAIN} rangeSet"})
_DATA_END = f"{MAIN} cacheFields"


class PivotCache(NamedTuple):
    """The part of a pivot cache, and the cells it was made of as a formula would name them."""

    part: str
    stands_on: References


def caches(package: Package) -> dict[str, PivotCache]:
    """The workbook's pivot caches, by part."""
    links = package.relationships(package.workbook).values()
    parts = {link.part for link in links if link.kind == "pivotCacheDefinition" and link.part}
    return {part: PivotCache(part, _source(package, part)) for part in sorted(parts) if package.has(part)}


def tables(package: Package, sheets: Mapping[str, str], known: Mapping[str, PivotCache]) -> Iterator[Block]:
    """The pivot tables of the sheets (their parts by name), as formulas that fill an area."""
    for sheet, part in sheets.items():
        for link in package.relationships(part).values():
            if link.kind == "pivotTable" and link.part and package.has(link.part):
                yield from _table(package, sheet, link.part, known)


def _table(package: Package, sheet: str, part: str, known: Mapping[str, PivotCache]) -> Iterator[Block]:
    links = package.relationships(part).values()
    made_of = [known[link.part] for link in links if link.part is not None and link.part in known]
    for _, name, attributes in package.elements(part):
        area = area_of(attributes.get("ref", "")) if name == f"{MAIN} location" else None
        if area is None:
            continue
        for cache in made_of:
            yield Block(sheet, area[2], area[0], area[0], cache.stands_on, area, stored=False)


def _source(package: Package, part: str) -> References:
    """What a cache is made of; nothing where that is outside the workbook."""
    found: list[str] = []
    for _, name, attributes in package.elements(part):
        if name == _DATA_END:
            break
        if name in _SOURCES and not any(key.endswith(" id") for key in attributes):
            sheet = attributes.get("sheet", "").replace("'", "''")
            cells = attributes.get("ref") or attributes.get("name", "")
            found.append(f"'{sheet}'!{cells}" if sheet else cells)
    return references(",".join(found), 1, 0)
