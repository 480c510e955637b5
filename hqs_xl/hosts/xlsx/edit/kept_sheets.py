"""The small sheets of a workbook as an editor first read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hqs_xl.hosts.xlsx.read.kept_sheet import KeptSheet
from hqs_xl.hosts.xlsx.read.plain_cells import BYTES_KEPT
from hqs_xl.hosts.xlsx.read.plain_rows import SMALL_SHEET

if TYPE_CHECKING:
    from hqs_xl.hosts.package.opc import Package


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

    def take(self, part: str) -> KeptSheet | None:
        """A sheet that was read whole; it is kept no longer."""
        sheet = self._sheets.pop(part, None)
        return sheet if sheet is not None and sheet.is_whole else None
