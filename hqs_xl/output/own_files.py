"""Files of ours that hold no roster: each bears a mark, by which it is known whatever it is called."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter import Workbook

# **File format**: files out in the world hold the property and these tables; their names never change.
PROPERTY = "hqs-xl"
TABLES = ("DueList", "NoticeData")

_PROPERTIES = "docProps/custom.xml"
_MARK = re.compile(rb"""<(?:\w+:)?property\b[^<>]*\sname\s*=\s*["']%b["']""" % PROPERTY.encode())
# Those of earlier versions bear no property, but always had one of these tables first.
_TABLE_PART = "xl/tables/table1.xml"
_TABLE = re.compile(rb"""\sdisplayName\s*=\s*["'](?:%b)["']""" % "|".join(TABLES).encode())
# Other kinds by a line of their head, which stays too; pages of earlier versions by how they are laid out on paper.
GENERATOR = '<meta name="generator" content="hqs-xl">'
_PAGE = re.compile(rb"%b|@page \{ size: A4 portrait; margin: 14mm 13mm 16mm;" % re.escape(GENERATOR.encode()))
# A due list as a text by its first line, in either language.
_DIGEST = re.compile(r"\A(?:Due list as of|Список сроков на) [0-9.-]{10}\r?\n".encode())
_CALENDAR = re.compile(rb"^PRODID:-//hqs-xl//", re.MULTILINE)
_TEXTS = {".html": _PAGE, ".htm": _PAGE, ".ics": _CALENDAR, ".txt": _DIGEST}
# Each stands in the first bytes of its part or file.
_BYTES = 1 << 14
_UNREADABLE = (OSError, zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, NotImplementedError)


def mark(book: Workbook, what: str) -> None:
    """Let a workbook in the making say that it is ours, and what it is."""
    book.set_custom_property(PROPERTY, what, "text")


def is_own_output(path: Path) -> bool:
    """Whether a file is a due list, notice data or a calendar of ours; one that can't be read is not known to be."""
    try:
        if sign := _TEXTS.get(path.suffix.casefold()):
            with path.open("rb") as file:
                return sign.search(file.read(_BYTES)) is not None
        with zipfile.ZipFile(path) as package:
            return any(_holds(package, part, sign) for part, sign in ((_PROPERTIES, _MARK), (_TABLE_PART, _TABLE)))
    except _UNREADABLE:
        return False


def _holds(package: zipfile.ZipFile, part: str, sign: re.Pattern[bytes]) -> bool:
    try:
        with package.open(part) as data:
            return sign.search(data.read(_BYTES)) is not None
    except KeyError:
        return False
