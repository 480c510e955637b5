"""Which formulas of a sheet are our own, and which cells they fill.

Our own are those that whoever opened the editor says are: their results may be written anew. Any other formula in the
way of an answer is somebody's work.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from hqs_xl.formulas.links import is_link
from hqs_xl.hosts.package.xml_bytes import attribute
from hqs_xl.hosts.sheets.patterns import Memo
from hqs_xl.hosts.sheets.places import area_of
from hqs_xl.hosts.xlsx.patch.row_bytes import plain_text

if TYPE_CHECKING:
    from hqs_xl.hosts.package.opc import Package
    from hqs_xl.hosts.xlsx.patch.row_bytes import Piece, RowBytes


# Formulas that are remembered: in a column they are mostly the same.
_FORMULAS = 1 << 8

# Tells of a formula's text whether it is our own.
IsOwn = Callable[[str], bool]


def nobodys(_formula: str) -> bool:
    """No formula is our own."""
    return False


class _Area(NamedTuple):
    """Cells one formula fills: rows from 1, columns from 0."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int
    ours: bool


class Formulas:
    """The formulas met so far that speak for other cells: array formulas, data tables, shared ones."""

    def __init__(self, package: Package, own: IsOwn) -> None:
        self._package, self._own = package, own
        self._areas: list[_Area] = []
        self._ours_shared: set[bytes] = set()
        self._named = Memo[bytes, bool]()

    @property
    def any_area(self) -> bool:
        """Whether some formula fills more cells than its own."""
        return bool(self._areas)

    def see(self, row: RowBytes, number: int) -> None:
        """Take note of a row's formulas, before its cells or those below are asked about."""
        self.leave_areas_above(number)
        for cell in row.cells:
            if cell.formula is not None:
                self._see(cell.formula, row.text(cell.formula))

    def leave_areas_above(self, number: int) -> None:
        """Forget the areas that end above a row."""
        if self._areas:
            self._areas = [area for area in self._areas if area.last_row >= number]

    def names_ours(self, formula: bytes) -> bool:
        """Whether a formula, an element or what stands within it, is known as ours by its text."""
        found = self._named.get(formula)
        return self._named.remember(formula, self._names_ours(formula), _FORMULAS) if found is None else found

    def _names_ours(self, formula: bytes) -> bool:
        text = text_of(formula)
        return bool(text) and self._own(text)

    def area_at(self, number: int, column: int) -> bool | None:
        """Whether the formula that fills a cell from another cell is ours; None where there is none such."""
        for area in self._areas:
            if area.first_row <= number <= area.last_row and area.first_column <= column <= area.last_column:
                return area.ours
        return None

    def is_ours(self, number: int, column: int, formula: bytes | None) -> bool:
        """Whether a cell's formula is ours; ``formula`` is its element, None where another cell's fills it."""
        if formula is None:
            return self.area_at(number, column) is True
        key = _shared_key(formula)
        shared = key is not None and key in self._ours_shared
        return shared or self.names_ours(formula) or bool(self.area_at(number, column))

    def _see(self, piece: Piece, text: bytes) -> None:
        kind = attribute(piece.tag, b"t")
        ours = self.names_ours(text)
        key = _shared_key(piece.tag)
        if key is not None and ours:
            self._ours_shared.add(key)
        area = area_of((attribute(piece.tag, b"ref") or b"").decode("utf-8", "replace"))
        if kind in (b"array", b"dataTable") and area is not None and area[0::2] != area[1::2]:
            self._areas.append(_Area(*area, ours))
        if max(len(self._areas), len(self._ours_shared)) > self._package.limits.areas:
            raise self._package.refusal("too_many_formulas")


def text_of(formula: bytes) -> str:
    """What a formula says, an element or what stands within it."""
    if formula.startswith(b"<"):
        _, _, inner = formula.partition(b">")
        formula = inner.rpartition(b"</")[0]
    return plain_text(formula)


def holds_link(formula: bytes) -> bool:
    """Whether a formula, an element, is a link that we write."""
    return b"HYPERLINK" in formula and is_link(text_of(formula))


def _shared_key(element: bytes) -> bytes | None:
    tag = element[: element.index(b">") + 1]
    return attribute(tag, b"si") if attribute(tag, b"t") == b"shared" else None
