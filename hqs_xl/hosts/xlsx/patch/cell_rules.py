"""A sheet's conditional formats and data validations: those of all rows of a table take in its new ones, as in Excel.

Those of Excel 2010 and later stand apart, in the sheet's extensions. A validation never grows over cells that another
one checks. Which rules end above the new rows all the same is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from hqs_xl.hosts.package.xml_bytes import ATTRIBUTE, NO_TAG, TAG
from hqs_xl.hosts.sheets.places import area_name, area_of

if TYPE_CHECKING:
    from hqs_xl.hosts.xlsx.patch.row_patch import Span

_TOKEN = re.compile(TAG.pattern + rb"|(?:" + NO_TAG + rb")", re.DOTALL)
FORMAT, VALIDATION = "format", "validation"
_KINDS = {b"conditionalFormatting": FORMAT, b"dataValidation": VALIDATION}

# First row, last row, first column, last column.
_Place = tuple[int, int, int, int]


class ShortRule(NamedTuple):
    """A rule of the rows above, whose cells are ``areas``, that ends above some of the new rows.

    ``first_row``: the first of them; ``stopped``: another validation stands there.
    """

    kind: str
    areas: str
    first_row: int
    stopped: bool


class Growing(NamedTuple):
    """A table that has new rows: ``last`` is the last one before them, or its header's, ``end`` the last one now."""

    span: Span
    last: int
    end: int


class _Rule(NamedTuple):
    """``start`` and ``end``: where its cells are named; a place is None for what is no area of some rows."""

    kind: str
    start: int
    end: int
    areas: list[str]
    places: list[_Place | None]


def grown(data: bytes, growing: Growing) -> tuple[bytes, list[ShortRule]]:
    """What follows the rows of a sheet, its rules reaching to the new rows; and those that end above them."""
    rules = [*_rules(data)]
    checked = [place for rule in rules if rule.kind == VALIDATION for place in rule.places if place]
    pieces, short, at = list[bytes](), dict[ShortRule, None](), 0
    for rule in rules:
        # Formats may lie over one another, but no rule twice over a cell.
        others = checked if rule.kind == VALIDATION else [place for place in rule.places if place]
        new = _reaching(rule, growing, others)
        if new.places != rule.places:
            pieces += [data[at : rule.start], " ".join(new.areas).encode()]
            at = rule.end
        if found := _short(new, growing, others):
            short[found] = None
    return b"".join([*pieces, data[at:]]), [*short]


def _rules(data: bytes) -> Iterator[_Rule]:
    """The rules in what follows the rows: the older name their cells in an attribute, the newer in an element."""
    kind = None
    for match in _TOKEN.finditer(data):
        name = (match[2] or b"").rpartition(b":")[2]
        if name in _KINDS:
            kind = None if match[1] or match[4] else _KINDS[name]
            for found in ATTRIBUTE.finditer(match[3]):
                if found[2] == b"sqref":
                    first = match.start(3)
                    yield _rule(_KINDS[name], data, first + found.start(4) + 1, first + found.end(4) - 1)
        elif name == b"sqref" and kind and not match[1]:
            yield _rule(kind, data, match.end(), data.index(b"<", match.end()))


def _rule(kind: str, data: bytes, start: int, end: int) -> _Rule:
    areas = data[start:end].decode("utf-8", "replace").split()
    return _Rule(kind, start, end, areas, [area_of(area) for area in areas])


def _begins(places: Sequence[_Place | None]) -> dict[_Place, int]:
    """The first row of each place with those right above it: spreadsheets take an area apart by and by."""
    above = {(place[1] + 1, *place[2:]): place[0] for place in places if place}
    found = dict[_Place, int]()
    for place in filter(None, places):
        first, _, left, right = place
        while (first, left, right) in above:
            first = above[first, left, right]
        found[place] = first
    return found


def _reaching(rule: _Rule, growing: Growing, others: Sequence[_Place]) -> _Rule:
    """The rule with the new rows in each area of all rows of the table."""
    span, last, end = growing
    areas, places, begins = [*rule.areas], [*rule.places], _begins(rule.places)
    for index, place in enumerate(rule.places):
        if place is None:
            continue
        first, bottom, left, right = place
        every = begins[place] <= span.header_row + 1 <= bottom and last <= bottom < end
        if every and span.first_column <= left <= right <= span.last_column:
            lowest = min([end, *(other[0] - 1 for other in _below(place, end, others))])
            if lowest > bottom:
                places[index] = (first, lowest, left, right)
                areas[index] = area_name(first, lowest, left, right)
    return rule._replace(areas=areas, places=places)


def _below(place: _Place, end: int, others: Sequence[_Place]) -> Iterator[_Place]:
    """Those of the others that stand in the columns of a place, in the rows below it up to the last."""
    _, bottom, left, right = place
    return (one for one in others if one[0] <= end and one[1] > bottom and one[2] <= right and one[3] >= left)


def _short(rule: _Rule, growing: Growing, others: Sequence[_Place]) -> ShortRule | None:
    """Say of a rule of several rows, the last one among them, from which new row on it holds no more."""
    span, last, end = growing
    last = max(last, span.header_row + 1)
    begins = _begins(rule.places)
    # What holds in the last row alone is of that person.
    of_several = [
        (place, area)
        for place, area in zip(rule.places, rule.areas, strict=True)
        if place and begins[place] <= max(last - 1, span.header_row + 1) and place[0] <= last <= place[1]
    ]
    ended, rows, stopped = dict[str, None](), list[int](), False
    for place, area in of_several:
        columns = range(max(place[2], span.first_column), min(place[3], span.last_column) + 1)
        lowest = min((_lowest(rule, column, place[1]) for column in columns), default=end)
        if lowest < end:
            ended[area] = None
            rows.append(lowest + 1)
            mine = {one for one in rule.places if one}
            stopped = stopped or any(other not in mine for other in _below(place, end, others))
    return ShortRule(rule.kind, " ".join(ended), min(rows), stopped) if rows else None


def _lowest(rule: _Rule, column: int, row: int) -> int:
    """The last row of a column to which a rule goes on from a row of it without a gap."""
    for first, bottom, left, right in sorted(filter(None, rule.places)):
        if left <= column <= right and first <= row + 1:
            row = max(row, bottom)
    return row
