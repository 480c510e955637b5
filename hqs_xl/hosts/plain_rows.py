"""A sheet's rows of the usual shape, read by byte patterns: quick, and left to the parser at the least doubt."""

from __future__ import annotations

import re
from functools import cache
from operator import lt
from typing import TYPE_CHECKING

from hqs_xl.hosts.cell_text import MAX_TEXT
from hqs_xl.hosts.cell_values import EXACT_DIGITS, is_live, parsed_number, stored_value, unescaped
from hqs_xl.hosts.places import column_numbers

if TYPE_CHECKING:
    from hqs_xl.hosts.cell_values import CellValue
    from hqs_xl.hosts.sheet_rows import SheetReader
    from hqs_xl.hosts.xml_feed import XmlFeed

# Bytes of XML kept back until a row's end is seen; 16,384 cells take about a million.
MAX_PENDING = 1 << 20
# Start tags of rows, but for the number, that are remembered as known.
MAX_SHAPES = 1_000

ROW_END = b"</row>"
_PLAIN_HEAD = re.compile(rb'<row r="([0-9]{1,7})"((?: [A-Za-z0-9:]{1,30}="[0-9A-Za-z:. ]{0,60}"){0,16})>')
_PLAIN_FLOAT = re.compile(rb"-?[0-9]{1,17}\.[0-9]{1,17}").fullmatch
# No line ends or control signs, nor what begins with U+F000 and above, nor odd entities: all that takes a parser.
_PLAIN_SIGNS = rb"[ -%'-;=?-~\x80-\xee]*"
_PLAIN_TEXT = rb"(%b(?:&(?:amp|lt|gt|quot|apos);%b)*)" % (_PLAIN_SIGNS, _PLAIN_SIGNS)
_PLAIN_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="[0-9]{1,9}")?(?: t="(s|n|b|e|str|inlineStr)")?'
    rb'(?: ?/>|>(?:<f>%b</f>)?(?:<v>%b</v>|<is><t(?: xml:space="preserve")?>%b</t></is>)?</c>)' % ((_PLAIN_TEXT,) * 3)
)


class PlainRows:
    """Takes the rows of the usual shape off the XML by pattern, in a third of the parser's time.

    Everything else goes to the parser, which alone decides what is well-formed. A row is taken only where its start
    tag, but for the number, is one the parser has met in these rows before (so its attributes and namespaces are
    right), and where the pattern covers every byte of it.
    """

    def __init__(self, reader: SheetReader, feed: XmlFeed) -> None:
        self._reader = reader
        self._feed = feed
        self._pending = b""
        self._odd: list[bytes] = []
        self._hopeful = True
        self._known: set[bytes] = set()

    def feed(self, chunk: bytes) -> None:
        """Read the rows that end in the next bytes of the sheet, the parser all that is unusual."""
        self._hopeful = True
        pieces = (self._pending + chunk).split(ROW_END)
        self._pending = pieces.pop()
        for piece in pieces:
            if not self._take(piece):
                self._odd += (piece, ROW_END)
        if len(self._pending) > MAX_PENDING:
            self._odd.append(self._pending)
            self._pending = b""
        self._parse_odd()

    def finish(self) -> None:
        """The sheet has ended: what was kept back goes to the parser."""
        self._parse(self._pending)
        self._feed.finish()

    def _take(self, piece: bytes) -> bool:
        head = _PLAIN_HEAD.match(piece)
        if head is None or b"xmlns" in head[2] or len(piece) > MAX_TEXT or not self._hopeful:
            return False
        self._parse_odd()
        # What looks like rows in a comment would have the parser begin the comment anew after each of them.
        self._hopeful = self._between_rows()
        if not self._hopeful:
            return False
        if head[2] not in self._known:
            self._learn(piece, head)
            return True
        row = plain_cells(piece[head.end() :], head[1], self._reader.strings)
        if row is None or not self._reader.take(int(head[1]), row[1]):
            return False
        self._taken(piece, int(head[1]), *row)
        self._feed.skip(len(piece) + len(ROW_END))
        return True

    def _taken(self, piece: bytes, number: int, columns: list[int], cells: dict[int, CellValue]) -> None:
        """A row was read without the parser."""

    def _learn(self, piece: bytes, head: re.Match[bytes]) -> None:
        self._parse(piece + ROW_END)
        if self._between_rows() and self._reader.number == int(head[1]) and len(self._known) < MAX_SHAPES:
            self._known.add(head[2])

    def _parse_odd(self) -> None:
        if self._odd:
            odd = b"".join(self._odd)
            self._odd.clear()
            self._parse(odd)

    def _parse(self, data: bytes) -> None:
        self._feed.feed(data)

    def _between_rows(self) -> bool:
        return self._reader.between_rows and self._feed.at_rest


def plain_cells(row: bytes, number: bytes, strings: list[str]) -> tuple[list[int], dict[int, CellValue]] | None:
    """The columns of a row of the usual shape, and its values; None where anything is unusual, for the parser."""
    # Of every seven fields the first is what the pattern left uncovered, the rest are its groups.
    fields = _PLAIN_CELL.split(row)
    if any(fields[::7]) or fields[2::7].count(number) != len(fields) // 7:
        return None
    try:
        if not row.isascii():
            row.decode()
        if b"&" in row:
            fields = [field and unquoted(field) for field in fields]
        columns = [*map(_column_bytes().__getitem__, fields[1::7])]
        if not all(map(lt, columns, columns[1:])):
            return None
        cells = _plain_values(columns, fields, strings)
    except (LookupError, ValueError):  # no such column or string, broken UTF-8
        return None
    for column, formula in zip(columns, fields[4::7], strict=True) if any(fields[4::7]) else ():
        if formula and is_live(formula.decode()):
            cells.pop(column, None)
    return columns, cells


def _plain_values(columns: list[int], fields: list[bytes], strings: list[str]) -> dict[int, CellValue]:
    cells: dict[int, CellValue] = {}
    value: CellValue
    for column, kind, text, inline in zip(columns, fields[3::7], fields[5::7], fields[6::7], strict=True):
        if inline:
            value = unescaped(inline.decode())
        elif not text:
            continue
        elif kind is None or kind == b"n":
            if text.isdigit() and len(text) <= EXACT_DIGITS:
                value = int(text)
            else:
                value = float(text) if _PLAIN_FLOAT(text) else parsed_number(text.decode())
        elif kind == b"s":
            value = strings[int(text) if text.isdigit() else len(strings)]  # no number: a LookupError, as too far is
        else:
            value = stored_value(kind.decode(), text.decode())
        if value != "":
            cells[column] = value
    return cells


def unquoted(text: bytes) -> bytes:
    """A text with the entities of the usual shape as the signs they mean."""
    if b"&" not in text:
        return text
    text = text.replace(b"&lt;", b"<").replace(b"&gt;", b">").replace(b"&quot;", b'"').replace(b"&apos;", b"'")
    return text.replace(b"&amp;", b"&")


@cache
def _column_bytes() -> dict[bytes, int]:
    return {name.encode(): number for name, number in column_numbers().items()}
