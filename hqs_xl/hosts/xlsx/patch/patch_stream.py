"""A sheet's bytes on their way from the old package to the new: rows are handed over, all else is passed on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from hqs_xl.hosts.package.opc import MAIN
from hqs_xl.hosts.package.xml_bytes import TAG, UTF_16
from hqs_xl.hosts.package.xml_feed import XmlFeed
from hqs_xl.hosts.xlsx.read.plain_row import ROW_END, PlainRow
from hqs_xl.hosts.xlsx.read.plain_rows import PlainRows
from hqs_xl.hosts.xlsx.read.shared_strings import PackedTexts
from hqs_xl.hosts.xlsx.read.sheet_rows import SheetReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from xml.parsers.expat import XMLParserType

    from hqs_xl.hosts.package.opc import Package
    from hqs_xl.hosts.sheets.cell_values import CellValue
    from hqs_xl.hosts.xlsx.read.kept_sheet import OddPiece

# Rows of the usual shape that are answered at once.
BATCH = 1 << 8

_DIMENSION = f"{MAIN} dimension"


class RowPatch(Protocol):
    """Writes the rows of a sheet anew; ``changed``: whether any byte so far is another.

    ``wants_rest``: what follows the rows is held whole, and given to ``rest``.
    """

    changed: bool
    wants_rest: bool

    def around(self, name: str, attributes: dict[str, str], /) -> None:
        """An element outside the rows."""

    def expect(self, rows: Sequence[PlainRow], /) -> None:
        """These rows are patched next."""

    def between(self, number: int, /) -> bytes:
        """New rows before the row of a number."""

    def plain(self, row: PlainRow, /) -> bytes:
        """A row of the usual shape, without its end tag."""

    def exact(self, row: bytes, number: int, cells: dict[int, CellValue], /) -> bytes:
        """A row of any shape."""

    def below(self) -> bytes:
        """New rows below the last one."""

    def rest(self, data: bytes, /) -> bytes:
        """What follows the rows, as it is written anew."""


class PatchReader(SheetReader):
    """The exact reader, telling where in the parser's bytes a row begins and ends."""

    __slots__ = ("in_row", "on_around", "on_end", "on_row", "row_start", "seen_rows")

    on_row: Callable[[dict[int, CellValue]], None]
    on_end: Callable[[], None]
    on_around: Callable[[str, dict[str, str]], None]

    def __init__(self, package: Package, part: str, sheet: str, strings: PackedTexts, **stored: bool) -> None:
        super().__init__(package, part, sheet, strings, **stored)
        self.in_row = self.seen_rows = False
        self.row_start = 0

    @property
    def index(self) -> int:
        """Where the parser stands, as it counts (past 2 GiB it may begin anew)."""
        return self._parser.CurrentByteIndex

    def attach(self, parser: XMLParserType) -> None:
        """Set the handlers of a parser about to read the sheet."""
        super().attach(parser)
        parser.StartElementHandler = self._start_outside

    def take(self, number: int, cells: dict[int, CellValue]) -> bool:
        """Whether a row read without the parser can stand here."""
        taken = super().take(number, cells)
        self.rows.clear()
        return taken

    def _start_outside(self, name: str, attributes: dict[str, str]) -> None:
        super()._start_outside(name, attributes)
        self.on_around(name, attributes)

    def _start_row(self, reference: str | None) -> None:
        super()._start_row(reference)
        self.in_row = self.seen_rows = True
        self.row_start = self.index

    def _end_row(self) -> None:
        cells, self._cells = self._cells, {}
        self.in_row = False
        self.on_row(cells)

    def _read_outside(self) -> None:
        if self._seen:
            self.on_end()
        super()._read_outside()


class PatchStream(PlainRows):
    """Takes a sheet's bytes chunk by chunk and writes them, with its rows patched.

    The bytes the parser was given and that are not written yet stand in ``_window``, which begins at the parser's
    ``_base``. Rows that need no parser go straight through.
    """

    def __init__(
        self, package: Package, part: str, reader: PatchReader, patch: RowPatch, write: Callable[[bytes], None]
    ) -> None:
        reader.on_row, reader.on_end, reader.on_around = self._row, self._end, self._around
        self._feeding = XmlFeed(package, part, reader.attach)
        super().__init__(reader, self._feeding)
        self._package, self._part = package, part
        self._rows, self._patch, self._write = reader, patch, write
        self.size, self.reader = package.size(part), reader
        self._window = bytearray()
        self._base = 0
        self._passed = 0
        self._batch: list[PlainRow] = []  # read, and not written yet
        self._holding = True
        self._in_rest = False
        self.head: bytes = b""
        self.dimension: bytes = b""

    @property
    def share(self) -> float:
        """The share of the sheet that is done, 0 to 1."""
        return self._feeding.share

    def add(self, data: bytes) -> None:
        """The next bytes of the sheet."""
        if not self._passed and data.startswith(UTF_16):
            raise self._package.refusal("edit_encoding", part=self._part)
        self._passed += len(data)
        self.feed(data)
        self._rows.settle()

    def add_pieces(self, pieces: Iterable[PlainRow | OddPiece]) -> None:
        """The next bytes of the sheet, in the pieces that a first reading took them apart into."""
        for piece in pieces:
            size = len(piece.data)
            if isinstance(piece, PlainRow):
                size += len(ROW_END)
                self._rows.take(piece.number, {})
                self._feeding.skip(size)
                self._taken(piece)
            else:
                self._parse(piece.data)
                self._rows.settle()
            self._passed += size

    @property
    def number(self) -> int:
        """The number of the last row."""
        return self._rows.number

    def pass_rows(self, data: bytes, patched: bytes | None, last: int) -> None:
        """Pass on whole rows that a worker has patched, None where they stay as they are; only while ``resting``."""
        self._pass_on(len(self._window))
        self._write(data if patched is None else patched)
        self._rows.take(last, {})
        self._passed += len(data)
        self._feeding.skip(len(data))

    def end(self) -> int:
        """The sheet has ended; how many bytes it had."""
        self.finish()
        if self._in_rest:
            self._write(self._patch.rest(bytes(self._window)))
            self._drop(len(self._window))
        self._pass_on(len(self._window))
        return self._passed

    def close(self) -> None:
        """There is nothing to free."""

    def write_batch(self) -> None:
        """Write the rows read so far."""
        rows, self._batch = self._batch, []
        self._patch.expect(rows)
        for row in rows:
            self._write_row(row)

    def _write_row(self, row: PlainRow) -> None:
        if between := self._patch.between(row.number):
            self._write(between)
        self._write(self._patch.plain(row) + ROW_END)

    def _parse(self, data: bytes) -> None:
        self.write_batch()
        self._window += data
        super()._parse(data)
        if not self._rows.in_row:
            self._release(self._at(self._rows.index))

    def _taken(self, row: PlainRow) -> None:
        self._pass_on(len(self._window))
        if row.headers >= self.reader.strings.words.fewest:
            self.write_batch()
            self._write_row(row)
            return
        self._batch.append(row)
        if len(self._batch) >= BATCH:
            self.write_batch()

    def _at(self, index: int) -> int:
        """A place by the parser's count as a place in the window."""
        return (index - self._base) & 0xFFFF_FFFF

    def _release(self, size: int) -> None:
        """Pass on what is certain to stand outside rows; before the first row only when there is too much of it."""
        if self._in_rest:
            if len(self._window) > self._limits.listed:
                raise self._package.refusal("bomb", part=self._part)
        elif self._rows.seen_rows or not self._holding or len(self._window) > self._limits.head:
            self._pass_on(min(size, len(self._window)))

    def _pass_on(self, size: int) -> None:
        if size:
            self._write(bytes(self._window[:size]))
            self._drop(size)

    def _drop(self, size: int) -> None:
        del self._window[:size]
        self._base = (self._base + size) & 0xFFFF_FFFF
        self._holding = False

    def _row(self, cells: dict[int, CellValue]) -> None:
        number = self._rows.number
        start = self._at(self._rows.row_start)
        match = TAG.match(self._window, start)
        # An empty tag's end is reported at its start or behind it, as the parser pleases.
        is_empty = match is not None and match[4]
        stop = match.end() if match and is_empty else self._window.index(b">", self._at(self._rows.index)) + 1
        row = bytes(self._window[start:stop])
        self._pass_on(start)
        self._write(self._patch.between(number))
        self._write(self._patch.exact(row, number, cells))
        self._drop(stop - start)

    def _end(self) -> None:
        below = self._patch.below()
        if below:
            self._pass_on(self._at(self._rows.index))
            self._write(below)
        self._in_rest = self._patch.wants_rest

    def _around(self, name: str, attributes: dict[str, str]) -> None:
        if name == _DIMENSION and self._holding and not self.dimension:
            start = self._at(self._rows.index)
            match = TAG.match(self._window, start)
            if match:
                self.head, self.dimension = bytes(self._window[:start]), match[0]
                self._drop(match.end())
        self._patch.around(name, attributes)
