"""A workbook as a zip of XML parts, read and written within bounds.

Names of the field: ECMA-376 part 2, Open Packaging Conventions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hqs_xl.hosts import face

if TYPE_CHECKING:
    from hqs_xl.hosts.package.opc import Package
    from hqs_xl.hosts.package.open_document import OpenDocument

__all__ = ["OpenDocument", "Package"]

if not TYPE_CHECKING:
    __getattr__ = face(__name__, {"OpenDocument": "open_document", "Package": "opc"})
