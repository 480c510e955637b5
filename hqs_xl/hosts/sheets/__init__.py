"""What readers of closed sheets share, whatever the format: places, stored values, texts, patterns, progress."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hqs_xl.hosts import face

if TYPE_CHECKING:
    from hqs_xl.hosts.sheets.cell_values import unescaped
    from hqs_xl.hosts.sheets.places import MAX_ROWS

__all__ = ["MAX_ROWS", "unescaped"]

if not TYPE_CHECKING:
    __getattr__ = face(__name__, {"MAX_ROWS": "places", "unescaped": "cell_values"})
