"""Workbooks said anew in Strict Open XML (ISO/IEC 29500-1), as Excel writes it when it is asked to."""

from __future__ import annotations

import re
import zipfile
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OLD, NEW = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
# What Strict calls otherwise, by its beginning; package, markup compatibility and Microsoft's own names stay.
NAMES = {
    b"spreadsheetml/2006/main": b"spreadsheetml/main",
    b"officeDocument/2006/relationships/extended-properties": b"officeDocument/relationships/extendedProperties",
    b"officeDocument/2006/relationships/custom-properties": b"officeDocument/relationships/customProperties",
    b"officeDocument/2006/relationships": b"officeDocument/relationships",
    b"officeDocument/2006/extended-properties": b"officeDocument/extendedProperties",
    b"officeDocument/2006/custom-properties": b"officeDocument/customProperties",
    b"officeDocument/2006/docPropsVTypes": b"officeDocument/docPropsVTypes",
    b"drawingml/2006/": b"drawingml/",
}
_KNOWN = re.compile(re.escape(OLD) + b"(" + b"|".join(map(re.escape, NAMES)) + b")")
_BOOK = re.compile(rb"<((?:\w+:)?workbook)\b(?! conformance)")
_NUMBER = re.compile(rb'<c r="([A-Z]+[0-9]+)" s="([0-9]+)"(?: t="n")?><v>([0-9]+)</v></c>')
EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


def strict(data: bytes) -> bytes:
    """A part in Strict."""
    data = _KNOWN.sub(lambda found: NEW + NAMES[found[1]], data)
    return _BOOK.sub(rb'<\1 conformance="strict"', data, count=1)


def with_iso_days(dated: set[int], epoch: date = EPOCH) -> Callable[[bytes], bytes]:
    """Days said by ISO 8601 in the cells of some formats."""

    def said(found: re.Match[bytes]) -> bytes:
        if int(found[2]) not in dated:
            return found[0]
        day = epoch + timedelta(days=int(found[3]))
        return b'<c r="%b" s="%b" t="d"><v>%b</v></c>' % (found[1], found[2], day.isoformat().encode())

    return lambda data: _NUMBER.sub(said, data)


def rewritten(source: Path, target: Path, change: Callable[[bytes], bytes] = strict) -> Path:
    """A workbook copied with each XML part changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info.filename, change(data) if info.filename.endswith((".xml", ".rels")) else data)
    return target
