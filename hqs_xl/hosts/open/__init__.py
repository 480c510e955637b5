"""A workbook that a program has open, whichever program it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hqs_xl.hosts import face

if TYPE_CHECKING:
    from hqs_xl.hosts.open.book import OpenBook

__all__ = ["OpenBook"]

if not TYPE_CHECKING:
    __getattr__ = face(__name__, {"OpenBook": "book"})
