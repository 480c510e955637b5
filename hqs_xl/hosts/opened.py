"""A closed workbook opened to be read, whichever program saved it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hqs_xl.errors import UnusableFile
from hqs_xl.hosts.ods.workbook import OdsBook
from hqs_xl.hosts.xlsx.read.workbook import ClosedBook

if TYPE_CHECKING:
    from pathlib import Path


def open_book(path: Path) -> ClosedBook | OdsBook:
    """An .xlsx, .xlsm or .ods; what it holds decides, whatever its name. Raises ``UnusableFile``."""
    try:
        return ClosedBook(path)
    except UnusableFile as refused:
        if refused.code != "ods":
            raise
    return OdsBook(path)
