"""A workbook open in Excel, by xlwings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hqs_xl.hosts import face

if TYPE_CHECKING:
    from hqs_xl.hosts.excel.lite import LiteDocument
    from hqs_xl.hosts.excel.workbook import LiveBook, fullname_of

__all__ = ["LiteDocument", "LiveBook", "fullname_of"]

if not TYPE_CHECKING:
    __getattr__ = face(__name__, {"LiteDocument": "lite", "LiveBook": "workbook", "fullname_of": "workbook"})
