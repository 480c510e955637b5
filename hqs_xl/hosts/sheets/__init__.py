"""What readers of closed sheets share, whatever the format: places, stored values, texts, patterns, progress."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hqs_xl.hosts import face

if TYPE_CHECKING:
    from hqs_xl.hosts.sheets.blocks import Block, Blocks
    from hqs_xl.hosts.sheets.cell_values import unescaped
    from hqs_xl.hosts.sheets.moving_cell import MovingCell
    from hqs_xl.hosts.sheets.moving_cells import MovingCells
    from hqs_xl.hosts.sheets.places import MAX_ROWS
    from hqs_xl.hosts.sheets.sources import NamedFormula, NamedTable, Sources

__all__ = [
    "MAX_ROWS",
    "Block",
    "Blocks",
    "MovingCell",
    "MovingCells",
    "NamedFormula",
    "NamedTable",
    "Sources",
    "unescaped",
]

if not TYPE_CHECKING:
    __getattr__ = face(
        __name__,
        {
            "MAX_ROWS": "places",
            "Block": "blocks",
            "Blocks": "blocks",
            "MovingCell": "moving_cell",
            "MovingCells": "moving_cells",
            "NamedFormula": "sources",
            "NamedTable": "sources",
            "Sources": "sources",
            "unescaped": "cell_values",
        },
    )
