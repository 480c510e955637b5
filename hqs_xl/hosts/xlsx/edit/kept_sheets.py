"""The small sheets of a workbook as an editor first read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from hqs_xl.hosts.xlsx.edit.standing_sheet import holds_answers
from hqs_xl.hosts.xlsx.patch.plain_patch import CellPatch
from hqs_xl.hosts.xlsx.read.kept_sheet import KeptSheet
from hqs_xl.hosts.xlsx.read.plain_cells import BYTES_KEPT
from hqs_xl.hosts.xlsx.read.plain_rows import SMALL_SHEET

if TYPE_CHECKING:
    from collections.abc import Callable

    from hqs_xl.hosts.package.opc import Package

Patch = TypeVar("Patch", bound=CellPatch)


class KeptSheets:
    """Keeps small sheets by their parts, as many of them as there is room for."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._sheets: dict[str, KeptSheet] = {}

    def new(self, part: str) -> KeptSheet | None:
        """What takes the rows of a sheet that is read; None where it is big, or too many are kept."""
        self._sheets.pop(part, None)
        size = self._package.size(part)
        if size > SMALL_SHEET or size + sum(sheet.size for sheet in self._sheets.values()) > BYTES_KEPT:
            return None
        self._sheets[part] = sheet = KeptSheet(size)
        return sheet

    def has(self, part: str) -> bool:
        """Whether a sheet is kept."""
        return part in self._sheets

    def standing(self, part: str, patch: Callable[[], Patch], fewest: int) -> Patch | None:
        """The patch of a sheet whose rows, as they were read, hold all answers; None where they may not.

        ``patch`` makes it; ``fewest`` as in ``holds_answers``. The sheet is kept no longer.
        """
        sheet = self._sheets.pop(part, None)
        if sheet is None or not sheet.is_plain:
            return None
        found = patch()
        return found if holds_answers(sheet, found, fewest) else None
