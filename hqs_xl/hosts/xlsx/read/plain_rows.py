"""A sheet's rows of the usual shape, read by byte patterns; rows of any other shape go to the XML parser."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from hqs_xl.hosts.sheets.patterns import PatternReader
from hqs_xl.hosts.xlsx.read.plain_cells import cells_of
from hqs_xl.hosts.xlsx.read.plain_row import ROW_END, PlainRow, row_pieces
from hqs_xl.hosts.xlsx.read.row_tags import RowTags

if TYPE_CHECKING:
    from hqs_xl.hosts.package.xml_feed import XmlFeed
    from hqs_xl.hosts.xlsx.read.plain_row import RowPieces
    from hqs_xl.hosts.xlsx.read.row_tags import Prefixed
    from hqs_xl.hosts.xlsx.read.sheet_rows import SheetReader

# Sheets of so many bytes have their rows kept from one pass to the next.
SMALL_SHEET = 1 << 20

_ROWS = b"<sheetData>"
# Comments, instructions and CDATA, in which tags are none.
_HIDES_TAGS = re.compile(rb"<[!?]").search
# The declaration of XML stands at the very beginning, or behind a mark of the byte order.
_ROOM_FOR_MARK = 4

# Says which columns are wanted of the next row, unless it holds a header; none: all.
Columns = Callable[[], Collection[int]]


class PlainRows(PatternReader):
    """Takes the rows of the usual shape off a sheet's XML by pattern.

    A row is taken only where its start tag has the attributes of rows that the parser has met in this sheet, and where
    the pattern covers every byte of it.
    """

    def __init__(
        self,
        reader: SheetReader,
        feed: XmlFeed,
        columns: Columns | None = None,
        numbers: frozenset[int] | None = None,
    ) -> None:
        """``columns``: asked which of them are wanted of rows without a header, as far as the rows fed before tell.

        ``numbers``: the rows that are wanted of a sheet read before; None: all.
        """
        super().__init__(feed)
        self._reader = reader
        self._columns, self._numbers = columns, numbers
        self._cells = cells_of(reader.strings, date1904=reader.date1904, empty_zeros=reader.empty_zeros)
        self._read_row = self._cells.kept_row if feed.size <= SMALL_SHEET else self._cells.row
        self._hopeful = True
        self._whole = False  # rows are read whole: a header may have been met, so that other columns are wanted
        self._tags = RowTags()

    @property
    def resting(self) -> bool:
        """Whether rows of the usual shape may follow: some were met, and nothing before them is unfinished."""
        return bool(self._tags) and self._between_rows and not self._pending and not self._odd

    @property
    def tags(self) -> frozenset[Prefixed]:
        """What the parser has met of the start tags of rows."""
        return self._tags.met

    def skip(self, size: int) -> None:
        """Count bytes of rows that a worker has read; only while ``resting``."""
        self._feed.skip(size)

    def feed(self, chunk: bytes) -> None:
        """Read the rows that end in the next bytes of the sheet; the parser reads those of another shape."""
        self._hopeful, self._whole = True, False
        pieces = (self._pending + chunk).split(ROW_END)
        self._pending = pieces.pop()
        for piece in pieces:
            if not self._take(piece):
                self._odd += (piece, ROW_END)
        if len(self._pending) > self._limits.pending:
            self._odd.append(self._pending)
            self._pending = b""
        self._parse_odd()

    def _take(self, piece: bytes) -> bool:
        found = row_pieces(piece, self._limits)
        if found is None or not self._hopeful:
            return False
        known = self._tags.knows(found.shape)
        if not (known or self._tags.usual(found.shape)):
            return False
        if self._odd:
            self._parse_odd()
            known = known or self._tags.knows(found.shape)
        # What looks like rows in a comment would have the parser begin the comment anew after each of them.
        self._hopeful = self._between_rows
        if not self._hopeful:
            return False
        if not known:
            self._learn(piece, int(found.digits), found.shape)
            return True
        if not self._take_known(piece, found):
            return False
        self._feed.skip(len(piece) + len(ROW_END))
        return True

    def _take_known(self, piece: bytes, found: RowPieces) -> bool:
        if self._numbers is not None and int(found.digits) not in self._numbers:
            # Where its end may be none, in a comment or a text, the parser tells.
            return not _HIDES_TAGS(found.inner) and self._reader.take(int(found.digits), {})
        if self._columns and not self._whole and (wanted := self._columns()):
            some = self._cells.some(found, wanted)
            if some is not None:
                return self._reader.take(int(found.digits), some)
            self._whole = True
        row = self._read_row(piece, found.digits, found.inner)
        if row is None or not self._reader.take(row.number, row.values):
            return False
        self._taken(row)
        return True

    def _taken(self, row: PlainRow) -> None:
        """A row was read without the parser."""

    def _learn(self, piece: bytes, number: int, shape: bytes) -> None:
        self._parse(piece + ROW_END)
        if self._between_rows and self._reader.number == number:
            self._tags.learn(shape)

    def _parse_odd(self) -> None:
        first = self._odd[0] if len(self._odd) == len((b"", ROW_END)) and not self._tags else b""
        super()._parse_odd()
        if first:
            self._learn_first(first)

    def _learn_first(self, piece: bytes) -> None:
        """Learn from the sheet's first row, behind its head, where nothing but that can be what looks like it."""
        found = row_pieces(piece[piece.rfind(_ROWS) + len(_ROWS) :], self._limits)
        sure = b"<!" not in piece and piece.rfind(b"<?") < _ROOM_FOR_MARK
        if found and sure and self._between_rows:
            self._tags.learn(found.shape)

    def _parse(self, data: bytes) -> None:
        self._whole = True
        super()._parse(data)

    def _is_between_rows(self) -> bool:
        return self._reader.between_rows
