"""Packages of others that the extension carries, unchanged, for LibreOffice's Python has none: modules and licences.

Taken from what is installed where the extension is built; pyproject.toml pins it, for the bytes are committed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import PackagePath, distribution

# Counts the months and years of terms, and the months of the forecast.
FIRST = "python-dateutil"
# What it needs besides: some versions of it need six; time zones, which others need for theirs, are never asked for.
_CARRIED = ("six",)
_LICENCE = re.compile(r"(LICEN[CS]E|COPYING|NOTICE|AUTHORS)\b", re.IGNORECASE)


def carried() -> Iterator[tuple[str, bytes]]:
    """The files by their names in the extension."""
    for package in (FIRST, *_needed(FIRST)):
        for file in distribution(package).files or ():
            if name := _place(package, file):
                yield name, file.read_binary()


def _needed(package: str) -> list[str]:
    required = {re.split(r"[^\w.-]", one)[0] for one in distribution(package).requires or ()}
    return [one for one in _CARRIED if one in required]


def _place(package: str, file: PackagePath) -> str:
    """Where a file of a package stands in the extension; nothing for one that is not taken along."""
    if ".." in file.parts:
        return ""
    if file.parts[0].endswith(".dist-info"):
        return f"licences/{package}/{file.name}" if _LICENCE.match(file.name) else ""
    return f"pythonpath/{file.as_posix()}" if file.suffix == ".py" else ""
