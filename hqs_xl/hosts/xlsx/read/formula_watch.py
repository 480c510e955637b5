"""Which sheets of a workbook hold formulas, seen as their bytes go by for the first time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hqs_xl.hosts.package.xml_bytes import UTF_16
from hqs_xl.hosts.xlsx.read.plain_row import ROW_END
from hqs_xl.rows import column_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hqs_xl.hosts.package.opc import Package

_MAY_BE = re.compile(rb"[<:]f[\s/>]").search
# A cell of the usual shape, and the text of its formula, if that is its own.
_CELLS = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^<>]*><f(?: [^<>]*)?(?:/>|>([^<]*))').findall
_ANY = re.compile(rb"<f[\s/>]").findall
# Nothing but functions, numbers and signs between them; a text may name cells.
_REFERS_TO_NOTHING = re.compile(rb"(?:[A-Za-z_][\w.]*\(|[0-9.]+|[-+*/,;() ])+").fullmatch
_CLOCK = re.compile(rb"(?:TODAY|NOW)\s*\(", re.IGNORECASE).search
# Bytes that hold the start of a tag, and of a call; of a row that seems to have no end no more is held than this.
_TAG, _CALL, _MOST = 16, 64, 1 << 20


class FormulaWatch:
    """Watches the sheets that are read; ``without``: the parts in which no formula went by."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.with_any, self.without = set[str](), set[str]()

    def chunks(self, part: str) -> Iterator[bytes]:
        """The bytes of a sheet."""
        known = part in self.without or part in self.with_any
        return self._package.chunks(part) if known else self._watched(part)

    def _watched(self, part: str) -> Iterator[bytes]:
        found, tail = False, b""
        for chunk in self._package.chunks(part):
            if not found:
                # The quick looks leave most bytes alone.
                found = (b"<f" in chunk or b":f" in chunk) and bool(_MAY_BE(chunk))
                found = found or chunk.startswith(UTF_16) or bool(_MAY_BE(tail + chunk[:_TAG]))
                tail = (tail + chunk)[-_TAG:]
            yield chunk
        (self.with_any if found else self.without).add(part)

    def may_move(self, facts: Mapping[str, Mapping[int, int]]) -> bool:
        """Whether cells below some rows of columns, by part, may move by what they refer to: quickly told, rather yes.

        There has to be a formula that refers to something, and TODAY() or NOW() anywhere in the workbook.
        """
        if not any(part in self.with_any and self._refers(part, columns) for part, columns in facts.items()):
            return False
        parts = [*sorted(self.with_any), self._package.workbook]
        return any(self._calls_clock(part) for part in parts)

    def _refers(self, part: str, columns: Mapping[int, int]) -> bool:
        above = {column_name(column).encode(): row for column, row in columns.items()}
        has_rows = False
        for piece in self._pieces(part):
            has_rows = has_rows or b"<sheetData" in piece
            found = _CELLS(piece)
            if len(found) != len(_ANY(piece)) or len(piece) > _MOST:  # elements of another shape, or with prefixes
                return True
            below = (text for place, row, text in found if place in above and int(row) > above[place])
            if not all(map(_REFERS_TO_NOTHING, below)):
                return True
        return not has_rows  # prefixes, or UTF-16

    def _pieces(self, part: str) -> Iterator[bytes]:
        """A sheet, which may be too big to be held, in pieces that part no row unless it is longer than ``_MOST``."""
        held = b""
        for chunk in self._package.chunks(part):
            held += chunk
            end = held.rfind(ROW_END)
            if end >= 0 or len(held) > _MOST:
                yield held[:end] if end >= 0 else held
                held = held[end:] if end >= 0 else b""
        yield held

    def _calls_clock(self, part: str) -> bool:
        tail = b""
        for chunk in self._package.chunks(part):
            if _CLOCK(tail + chunk):
                return True
            tail = (tail + chunk)[-_CALL:]
        return False
