"""Whether a new workbook holds what hung on a person's own sheets, seen with another reader than carried it."""

from __future__ import annotations

import hashlib
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hqs_xl.hosts.package import Package
from hqs_xl.hosts.sheets import unescaped
from hqs_xl.hosts.xlsx import Left, sheet_parts
from hqs_xl.setup.nothing_lost import Lost

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_PART_KINDS = {"chart": "chart", "chartEx": "chart", "image": "picture"}
# What is said of a sheet of which nothing but the cells came.
_ALL = "all"


class _Thing(NamedTuple):
    """Something on a sheet: its kind in the words of ``install.left``, and what tells it from others."""

    kind: str
    told: str


def lost_parts(old: Path, new: Path, left: Left) -> list[Lost]:
    """What an own sheet of the old workbook had, the new one has not, and nobody was told of; by sheet."""
    before, after = _things(old, left), _things(new, left)
    missing: list[Lost] = []
    for sheet, stays in left.items():
        said = Counter({kind: int(what) for kind, what in stays if what.isdigit()})
        said += Counter(kind for kind, what in stays if not what.isdigit())
        gone = Counter(before[sheet]) - Counter(after.get(sheet, ()))
        counts = Counter(thing.kind for thing in gone.elements())
        if not said[_ALL]:
            few = {thing for thing in gone if counts[thing.kind] > said[thing.kind]}
            missing += [Lost(f"{sheet}: {thing.told}", uncounted=False) for thing in sorted(few)]
    return missing


def _things(file: Path, sheets: Left) -> dict[str, list[_Thing]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - a quarter of a second that other commands do not need

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions that openpyxl would drop on saving; nothing is saved
        book = load_workbook(file)
    with Package(file) as package:
        parts = sheet_parts(package)
        return {
            name: [*_written(book[name]), *_linked(package, parts[name])]
            for name in sheets
            if name in book.sheetnames and name in parts
        }


def _written(sheet: Worksheet) -> Iterator[_Thing]:
    """Lists, links, notes, conditional formats, tables, what is frozen, hidden and printed."""
    for check in sheet.data_validations.dataValidation:
        yield _Thing("list", repr(sorted((key, str(value)) for key, value in dict(check).items())) + _formulas(check))
    for row in sheet.iter_rows():
        for cell in row:
            if link := cell.hyperlink:
                yield _Thing("link", f"{link.ref} {link.target} {link.location} {link.tooltip}")
            if cell.comment:
                yield _Thing("note", f"{cell.coordinate} {cell.comment.author}: {unescaped(cell.comment.text)}")
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            look = repr(rule.dxf).replace("\n", "")
            yield _Thing("format", f"{area.sqref} {rule.type} {rule.operator} {rule.formula} {look}")
    for table in sheet.tables.values():
        yield _Thing("table", f"{table.name} {table.ref} {table.column_names}")
    yield _Thing("view", f"{sheet.print_area} {sheet.print_title_rows} {sheet.print_title_cols}")
    yield _Thing("view", f"{sheet.freeze_panes} {sheet.sheet_state} {sheet.auto_filter.ref} {sheet.protection.sheet}")
    yield from (_Thing("view", f"row {number}") for number, one in sheet.row_dimensions.items() if one.hidden)
    yield from (_Thing("view", f"column {letters}") for letters, one in sheet.column_dimensions.items() if one.hidden)


def _formulas(check: Any) -> str:
    return f" {check.formula1} {check.formula2}"


def _linked(package: Package, part: str) -> Iterator[_Thing]:
    """Charts, pictures and shapes, by their bytes and those of what they are linked to."""
    links = [*package.relationships(part).values()]
    # Of header and footer; it is no XML that every parser takes.
    pictured = [link.part for link in links if link.kind == "vmlDrawing" and link.part and package.has(link.part)]
    links += [one for part in pictured for one in package.relationships(part).values()]
    for drawing in [link.part for link in links if link.kind == "drawing" and link.part and package.has(link.part)]:
        whole = package.whole(drawing)
        drawn = {key: one for key, one in package.relationships(drawing).items() if key.encode() in whole}
        links += drawn.values()
        for _, name, attributes in package.elements(drawing):
            if name.endswith(" sp"):
                yield _Thing("other", f"shape {sorted(attributes.items())}")
    for link in links:
        kind = _PART_KINDS.get(link.kind.rpartition("/")[2])
        if kind and link.part and package.has(link.part):
            yield _Thing(kind, f"{kind} {_digest(package, link.part, frozenset())}")


def _digest(package: Package, part: str, above: frozenset[str]) -> str:
    linked = {link.part for link in package.relationships(part).values() if link.part and package.has(link.part)}
    below = sorted(_digest(package, one, above | {part}) for one in linked - above)
    return hashlib.sha256(package.whole(part) + "".join(below).encode()).hexdigest()
