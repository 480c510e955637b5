"""A row of the usual shape: the pieces its bytes are taken apart into, and put together from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hqs_xl.hosts.files.limits import Limits
    from hqs_xl.hosts.sheets.cell_values import CellValue

ROW_END = b"</row>"
CELL = b'<c r="'
# Stands for the number of the row and the quote after it. No XML holds this sign.
NUMBER = b"\x01"
_START = re.compile(rb'<row r="([0-9]{1,7})"([^>]*)>').match


class PlainRow(NamedTuple):
    """A row of the usual shape: its bytes without the end tag, and what they say.

    ``cells`` are the bytes of each cell but for ``CELL`` before it, with ``NUMBER`` in its reference, and ``columns``
    where they stand; ``values`` are those that are no blanks; so many of their texts are ``headers``.
    """

    data: bytes
    digits: bytes
    number: int
    cells: list[bytes]
    columns: list[int]
    values: dict[int, CellValue]
    headers: int

    @property
    def head(self) -> bytes:
        """The start tag."""
        return self.data[: self.data.index(b">") + 1]

    def numbered(self, cells: list[bytes]) -> bytes:
        """The bytes of more cells of this row."""
        return numbered(cells, self.digits)

    def with_cells(self, head: bytes, cells: list[bytes]) -> bytes:
        """The row's bytes with another start tag and other cells."""
        return CELL.join((head, *cells)).replace(NUMBER, self.digits + b'"')


def numbered(cells: Iterable[bytes], digits: bytes) -> bytes:
    """The bytes of cells, which are as in ``PlainRow``, in the row of a number."""
    return b"".join(map(CELL.__add__, cells)).replace(NUMBER, digits + b'"')


class RowPieces(NamedTuple):
    """A row without its end tag, taken apart: its number, its start tag but for that, and what follows the tag."""

    digits: bytes
    shape: bytes
    inner: bytes


def row_pieces(piece: bytes, limits: Limits) -> RowPieces | None:
    """The pieces of what may be a row of the usual shape; None where it is none."""
    start = _START(piece)
    if start is None or len(piece) > limits.text:
        return None
    return RowPieces(start[1], start[2], piece[start.end() :])
