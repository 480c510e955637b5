"""Which formulas of a sheet are ours: those that name an HQS_ function, and the cells they fill."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hqs_xl.hosts.package.xml_bytes import attribute
from hqs_xl.hosts.xlsx.read.places import area_of

if TYPE_CHECKING:
    from hqs_xl.hosts.package.opc import Package
    from hqs_xl.hosts.xlsx.edit.row_bytes import Piece, RowBytes

_OURS = b"HQS_"
# Formulas that fill other cells, at one time; a sheet of Excel's has some dozens.
MAX_AREAS = 10_000


class _Area(NamedTuple):
    """Cells one formula fills: rows from 1, columns from 0."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int
    ours: bool


class Formulas:
    """The formulas met so far that speak for other cells: array formulas, data tables, shared ones."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._areas: list[_Area] = []
        self._ours_shared: set[bytes] = set()

    @property
    def any_area(self) -> bool:
        """Whether some formula fills more cells than its own."""
        return bool(self._areas)

    def see(self, row: RowBytes, number: int) -> None:
        """Take note of a row's formulas, before its cells or those below are asked about."""
        if self._areas:
            self._areas = [area for area in self._areas if area.last_row >= number]
        for cell in row.cells:
            if cell.formula is not None:
                self._see(cell.formula, row.text(cell.formula))

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
        return is_ours(formula) or (key is not None and key in self._ours_shared) or bool(self.area_at(number, column))

    def _see(self, piece: Piece, text: bytes) -> None:
        kind = attribute(piece.tag, b"t")
        ours = is_ours(text)
        key = _shared_key(piece.tag)
        if key is not None and ours:
            self._ours_shared.add(key)
        area = area_of((attribute(piece.tag, b"ref") or b"").decode("utf-8", "replace"))
        if kind in (b"array", b"dataTable") and area is not None and area[0::2] != area[1::2]:
            self._areas.append(_Area(*area, ours))
        if max(len(self._areas), len(self._ours_shared)) > MAX_AREAS:
            raise self._package.refusal("too_many_formulas")


def is_ours(formula: bytes) -> bool:
    """Whether a formula names a function or a name of ours."""
    return _OURS in formula.upper()


def _shared_key(element: bytes) -> bytes | None:
    tag = element[: element.index(b">") + 1]
    return attribute(tag, b"si") if attribute(tag, b"t") == b"shared" else None
