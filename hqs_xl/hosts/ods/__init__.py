"""A closed .ods read: sheets and rows of values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hqs_xl.hosts import face

if TYPE_CHECKING:
    from hqs_xl.hosts.ods.workbook import OdsBook

__all__ = ["OdsBook"]

if not TYPE_CHECKING:
    __getattr__ = face(__name__, {"OdsBook": "workbook"})
