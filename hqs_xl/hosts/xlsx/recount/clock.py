"""Which cells of a closed workbook move with the day by formulas that they stand on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from hqs_xl.hosts.sheets.moving_cells import MovingCells
from hqs_xl.hosts.sheets.sources import Sources
from hqs_xl.hosts.xlsx.recount.formula_scan import FormulaScan
from hqs_xl.hosts.xlsx.recount.named import formulas_of_names, tables_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hqs_xl.hosts.package.opc import Package


def moving_cells(
    package: Package, sheets: Mapping[str, str], with_any: Mapping[str, str], own: Callable[[str], bool]
) -> MovingCells:
    """The cells that move, of all sheets.

    ``sheets``: by name their parts, ``with_any`` those with formulas; ``own``: formulas whose results never count as
    such that move, though they are counted as of the day of the check.
    """
    names = formulas_of_names(package)
    sources = Sources(names.sheets, names.found, tables_of(package, sheets, {}))
    blocks = [
        block
        for sheet, part in with_any.items()
        for block in FormulaScan(package, part, sheet, {}, texts=True).blocks(partial(package.chunks, part))
        if block.written is None or not own(block.written.text)
    ]
    return MovingCells(blocks, sources)
