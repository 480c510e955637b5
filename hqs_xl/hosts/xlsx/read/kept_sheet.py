"""The rows of a small sheet as an editor first read them: where nothing is to be changed it reads them but once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from hqs_xl.hosts.package.xml_bytes import UTF_16
from hqs_xl.hosts.xlsx.read.plain_row import ROW_END, PlainRow
from hqs_xl.hosts.xlsx.read.plain_rows import PlainRows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hqs_xl.hosts.package.xml_feed import XmlFeed
    from hqs_xl.hosts.xlsx.read.sheet_rows import Row, SheetReader

# What bears on other cells than its own: formulas that fill several cells, and merged cells.
_BEARS_ON_OTHERS = re.compile(rb"<[^<>]*\bt\s*=\s*[\"'](?:array|shared|dataTable)|mergeCell").search


class OddPiece(NamedTuple):
    """What the parser was given, and the rows it found to end there."""

    data: bytes
    rows: list[Row]


class KeptSheet:
    """The pieces of a sheet in their order: the rows of the usual shape, and between them what the parser was given.

    ``size``: the bytes of the sheet.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self.pieces: list[PlainRow | OddPiece] = []
        self.was_read = False  # to its end

    def chunks(self) -> Iterator[bytes]:
        """Its bytes."""
        for piece in self.pieces:
            yield piece.data
            if isinstance(piece, PlainRow):
                yield ROW_END

    @property
    def is_whole(self) -> bool:
        """Whether the sheet was read to its end, and is in an encoding that can be edited."""
        return self.was_read and not self.pieces[0].data.startswith(UTF_16)

    @property
    def is_plain(self) -> bool:
        """Whether that is so, and no cell of it bears on others than itself."""
        odd = (piece.data for piece in self.pieces if isinstance(piece, OddPiece))
        return self.is_whole and not _BEARS_ON_OTHERS(b"".join(odd))


class KeptRows(PlainRows):
    """Reads a sheet, every row of it whole, and keeps what it reads."""

    def __init__(self, reader: SheetReader, feed: XmlFeed, kept: KeptSheet) -> None:
        super().__init__(reader, feed)
        self._kept = kept

    def finish(self) -> None:
        """The part has ended: what was kept back goes to the parser."""
        super().finish()
        self._kept.was_read = True

    def _taken(self, row: PlainRow) -> None:
        self._kept.pieces.append(row)

    def _parse(self, data: bytes) -> None:
        before = len(self._reader.rows)
        super()._parse(data)
        self._kept.pieces.append(OddPiece(data, self._reader.rows[before:]))
