"""The rows of a small sheet as an editor first read them: where nothing is to be changed it reads them but once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hqs_xl.hosts.package.xml_bytes import UTF_16
from hqs_xl.hosts.xlsx.read.plain_rows import PlainRows

if TYPE_CHECKING:
    from hqs_xl.hosts.package.xml_feed import XmlFeed
    from hqs_xl.hosts.xlsx.read.plain_row import PlainRow
    from hqs_xl.hosts.xlsx.read.sheet_rows import Row, SheetReader

# What bears on other cells than its own: formulas that fill several cells, and merged cells.
_BEARS_ON_OTHERS = re.compile(rb"<[^<>]*\bt\s*=\s*[\"'](?:array|shared|dataTable)|mergeCell").search


class KeptSheet:
    """The rows of a sheet in their order: those of the usual shape, and the others as the parser read them.

    ``size``: the bytes of the sheet.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self.rows: list[PlainRow | Row] = []
        self.parsed: list[bytes] = []  # what the parser was given
        self.whole = False

    @property
    def is_plain(self) -> bool:
        """Whether the sheet was read to its end, and no cell of it bears on others than itself."""
        data = b"".join(self.parsed)
        return self.whole and not data.startswith(UTF_16) and not _BEARS_ON_OTHERS(data)


class KeptRows(PlainRows):
    """Reads a sheet, every row of it whole, and keeps what it reads."""

    def __init__(self, reader: SheetReader, feed: XmlFeed, kept: KeptSheet) -> None:
        super().__init__(reader, feed)
        self._kept = kept

    def finish(self) -> None:
        """The part has ended: what was kept back goes to the parser."""
        super().finish()
        self._kept.whole = True

    def _taken(self, row: PlainRow) -> None:
        self._kept.rows.append(row)

    def _parse(self, data: bytes) -> None:
        before = len(self._reader.rows)
        super()._parse(data)
        self._kept.parsed.append(data)
        self._kept.rows += self._reader.rows[before:]
