"""A row of any legal shape as bytes: where its cells stand and what they are made of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hqs_xl.hosts.package.opc import MAIN
from hqs_xl.hosts.package.xml_bytes import ATTRIBUTE, NO_TAG, TAG, attribute, prefix_of
from hqs_xl.hosts.sheets.cell_values import stored_value
from hqs_xl.hosts.sheets.places import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hqs_xl.hosts.sheets.cell_values import CellValue

_TOKEN = re.compile(rb"%b|%b" % (NO_TAG, TAG.pattern), re.DOTALL)
_LETTERS = re.compile(rb"[A-Za-z]{1,3}")
_XMLNS = b"xmlns"
_ENTITY = re.compile(r"&(#x[0-9A-Fa-f]+|#[0-9]+|\w+);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


class OddNamesError(Exception):
    """A row that gives its own names another meaning half-way: legal, and never seen."""


@dataclass(slots=True)
class Piece:
    """An element of a cell: its local name where it is the sheet's own, and its bytes."""

    name: bytes
    tag: bytes
    start: int
    inner: int
    close: int = 0
    end: int = 0


@dataclass(slots=True)
class CellBytes:
    """A cell within its row's bytes; ``inner`` and ``close`` bound its content."""

    column: int
    tag: bytes
    start: int
    inner: int
    close: int = 0
    end: int = 0
    pieces: list[Piece] = field(default_factory=list)

    @property
    def style(self) -> int:
        """The number of its format."""
        text = attribute(self.tag, b"s") or b"0"
        return int(text) if text.isdigit() else 0

    @property
    def kind(self) -> str | None:
        """Its type, as written."""
        kind = attribute(self.tag, b"t")
        return kind.decode() if kind is not None else None

    @property
    def formula(self) -> Piece | None:
        """The formula, if there is one."""
        return next((piece for piece in self.pieces if piece.name == b"f"), None)


class RowBytes:
    """A row taken apart. The parser has judged it: it is well-formed, its cells ascend and hold no other cells."""

    def __init__(self, row: bytes) -> None:
        self.data = row
        head = TAG.match(row)
        if head is None:
            raise OddNamesError
        self.head = head[0]
        self.prefix = prefix_of(self.head)
        self.closed = bool(head[4])
        self.inner = head.end()
        self.close = self.inner
        self.cells: list[CellBytes] = []
        if _XMLNS in row:
            _check_names(row, self.prefix)
        if not self.closed:
            self._read()

    def raw_value(self, cell: CellBytes) -> CellValue | None:
        """The value written in a cell whatever its formula makes of it, or None."""
        kind = cell.kind
        piece = next((piece for piece in cell.pieces if piece.name == b"v"), None)
        if piece is None or kind == "s":
            return None
        inner = self.data[piece.inner : piece.close]
        value = stored_value(kind, plain_text(inner)) if b"<" not in inner else ""
        return value if value != "" else None

    def text(self, piece: Piece) -> bytes:
        """The bytes within an element."""
        return self.data[piece.inner : piece.close]

    def _read(self) -> None:
        depth = 0
        cell: CellBytes | None = None
        piece: Piece | None = None
        column = -1
        own = self.prefix + b"c"
        for token in self._tags():
            ends, name, empty = token[1], token[2], token[4]
            if not ends:
                depth += 1
                if depth == 1 and name == own:
                    column = _column(token[0], column)
                    cell = CellBytes(column, token[0], token.start(), token.end(), token.start(), token.end())
                    self.cells.append(cell)
                elif depth == 2 and cell is not None:  # noqa: PLR2004 - within a cell
                    piece = Piece(self._local(name), token[0], token.start(), token.end(), token.end(), token.end())
                    cell.pieces.append(piece)
            if ends or empty:
                depth -= 1
                if depth < 0:
                    self.close = token.start()
                    return
                if not ends:
                    cell = None if depth == 0 else cell
                elif depth == 0 and cell is not None:
                    cell.close, cell.end = token.start(), token.end()
                    cell = None
                elif depth == 1 and piece is not None:
                    piece.close, piece.end = token.start(), token.end()

    def _tags(self) -> Iterator[re.Match[bytes]]:
        return (token for token in _TOKEN.finditer(self.data, self.inner) if token[2] is not None)

    def _local(self, name: bytes) -> bytes:
        """The name without the sheet's own prefix; a name of another prefix stays as it is."""
        if self.prefix:
            return name.removeprefix(self.prefix) if name.startswith(self.prefix) else b":" + name
        return name


def _column(tag: bytes, last: int) -> int:
    reference = attribute(tag, b"r")
    letters = _LETTERS.match(reference) if reference is not None else None
    return COLUMNS[letters[0].decode().upper()] if letters else last + 1


def _check_names(row: bytes, prefix: bytes) -> None:
    """A prefix may be declared again as long as the row's own names, and only they, are the sheet's."""
    own = b"xmlns:" + prefix[:-1] if prefix else b"xmlns"
    for token in TAG.finditer(row):
        for found in ATTRIBUTE.finditer(token[0]):
            if found[2].startswith(_XMLNS) and (found[2] == own) != (found[4][1:-1] == MAIN.encode()):
                raise OddNamesError


def plain_text(data: bytes) -> str:
    """What bytes within an element say, without other elements."""
    return _ENTITY.sub(_sign, data.decode("utf-8", "replace"))


def _sign(entity: re.Match[str]) -> str:
    name = entity[1]
    if name.startswith("#"):
        return chr(int(f"0{name[1:]}", 16) if name[1] == "x" else int(name[1:]))
    return _ENTITIES.get(name, entity[0])
