"""An OpenDocument's rows of the usual shape, read by byte patterns; rows of any other shape go to the XML parser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hqs_xl.hosts.ods.cells import COLUMNS_REPEATED, FILLED, SPANNED, counted
from hqs_xl.hosts.ods.content import PREFIXES, ROWS_REPEATED
from hqs_xl.hosts.ods.values import cell_value
from hqs_xl.hosts.sheets.patterns import MAX_CELL, MAX_SHAPES, PLAIN_SIGNS, Memo, PatternReader, unquoted
from hqs_xl.hosts.sheets.places import MAX_COLUMNS

if TYPE_CHECKING:
    from hqs_xl.hosts.files.limits import Limits
    from hqs_xl.hosts.ods.content import Content
    from hqs_xl.hosts.package.xml_feed import XmlFeed
    from hqs_xl.hosts.sheets.cell_values import CellValue

ROW = b"<table:table-row"
ROW_END = b"</table:table-row>"
CELL = b"<table:table-cell"
# Between rows that are passed over unread: what begins or ends anything but rows, or hides the like from a pattern.
_NO_ROWS = (
    *(b"<!", b"<?", b"xmlns", b"table:table-rows", b"table:table-row-group", b"table:table-header-rows"),
    *(b"table:table" + sign for sign in (b" ", b">", b"/", b"\t", b"\r", b"\n")),
)

# No quote stands in an attribute's value; otherwise it is a text like any other.
_VALUE_SIGNS = PLAIN_SIGNS.replace(b" -%", b" !#-%")
_VALUE, _TEXT = (rb"%b(?:&(?:amp|lt|gt|quot|apos);%b)*" % (signs, signs) for signs in (_VALUE_SIGNS, PLAIN_SIGNS))
_NAMED = rb"(?:table|office|calcext):[a-z-]{1,40}"
_ATTRIBUTES = rb'((?: %b="%b")*)' % (_NAMED, _VALUE)
_EACH_ATTRIBUTE = re.compile(rb' (%b)="(%b)"' % (_NAMED, _VALUE)).findall
_PLAIN_HEAD = re.compile(ROW + _ATTRIBUTES)
_PLAIN_CELL = re.compile(
    rb"%b(?:/>|>((?:<text:p>%b</text:p>|<text:p/>)*)</table:table-cell>)" % (_ATTRIBUTES, _TEXT)
).fullmatch

_AREAS = frozenset((*SPANNED, *FILLED))
_Cell = tuple[int, "CellValue | None"]


class PlainContent(PatternReader):
    """Takes the rows of the usual shape off the content by pattern, or passes over them.

    A row is taken only where the usual prefixes mean what they usually mean, and the pattern covers every byte of it.
    """

    def __init__(self, content: Content, feed: XmlFeed) -> None:
        super().__init__(feed)
        self._content = content
        self._cells = _Cells(feed.limits, date1904=content.date1904)
        self._heads = Memo[bytes, int | None]()

    def feed(self, chunk: bytes) -> None:
        """Read the rows that end in the next bytes of the content; the parser reads those of another shape."""
        data = self._pending + chunk
        end = data.rfind(ROW_END) + len(ROW_END)
        if end < len(ROW_END):
            end = len(data) if len(data) > self._limits.pending else 0
        whole, self._pending = data[:end], data[end:]
        if self._content.wanted:
            self._read(whole)
        elif not self._passed(whole):
            self._parse(whole)

    def _passed(self, whole: bytes) -> bool:
        """Whether these are rows and nothing else, of a sheet that is not read."""
        if not (self._between_rows and whole.startswith(ROW) and whole.endswith(ROW_END)):
            return False
        if any(sign in whole for sign in _NO_ROWS):
            return False
        self._feed.skip(len(whole))
        return True

    def _read(self, whole: bytes) -> None:
        *pieces, rest = whole.split(ROW_END)
        hopeful = True
        for piece in pieces:
            if hopeful and piece.startswith(ROW) and len(piece) <= self._limits.text:
                self._parse_odd()
                # What looks like rows in a comment would have the parser begin the comment anew after each of them.
                hopeful = self._between_rows
                if hopeful and self._take(piece):
                    continue
            self._odd += (piece, ROW_END)
        self._odd.append(rest)
        self._parse_odd()

    def _take(self, piece: bytes) -> bool:
        head, ends, inner = piece.partition(b">")
        try:
            count, cells = self._repeated(head), self._cells.row(inner)
        except UnicodeDecodeError:
            return False
        if not ends or count is None or cells is None:
            return False
        self._content.take(count, cells)
        self._feed.skip(len(piece) + len(ROW_END))
        return True

    def _repeated(self, head: bytes) -> int | None:
        """How often a row with this start tag stands; None where the tag is of another shape."""
        if head not in self._heads:
            match = _PLAIN_HEAD.fullmatch(head)
            attributes = _attributes(match[1]) if match else None
            count = None if attributes is None else counted(attributes.get(ROWS_REPEATED), self._limits)
            self._heads.remember(head, count, MAX_SHAPES)
        return self._heads[head]

    def _is_between_rows(self) -> bool:
        return self._content.between_rows


class _Cells(Memo[bytes, _Cell]):
    """How often cells of the usual shape stand and what they hold, None for a blank: days and words come again.

    Keys are the bytes of a cell but for ``CELL`` before it.
    """

    def __init__(self, limits: Limits, *, date1904: bool) -> None:
        super().__init__()
        self._limits = limits
        self._date1904 = date1904

    def row(self, inner: bytes) -> dict[int, CellValue] | None:
        """The values of a row's cells, given without its start tag; None where any cell is of another shape."""
        before, *cells = inner.split(CELL)
        if before:
            return None
        column, values = 0, dict[int, "CellValue"]()
        try:
            for count, value in map(self.__getitem__, cells):
                if value is not None:
                    if column + count > MAX_COLUMNS:
                        return None
                    for place in range(column, column + count):
                        values[place] = value
                column += count
        except KeyError:
            return None
        return values

    def __missing__(self, cell: bytes) -> _Cell:
        match = _PLAIN_CELL(cell)
        attributes = _attributes(match[1]) if match else None
        count = None if attributes is None else counted(attributes.get(COLUMNS_REPEATED), self._limits)
        # Where a cell stands that others share their value with, only the parser knows.
        if match is None or attributes is None or count is None or not _AREAS.isdisjoint(attributes):
            raise KeyError(cell)
        value = cell_value(attributes, _text(match[2]) if match[2] else None, date1904=self._date1904)
        found = count, None if value == "" else value
        if len(cell) <= MAX_CELL:
            self.remember(cell, found)
        return found


def _attributes(data: bytes) -> dict[str, str] | None:
    """Attributes by "namespace name"; None where one stands twice."""
    pairs = _EACH_ATTRIBUTE(data)
    found = {_name(name): unquoted(value).decode() for name, value in pairs}
    return found if len(found) == len(pairs) else None


def _name(name: bytes) -> str:
    prefix, _, local = name.decode().partition(":")
    return f"{PREFIXES[prefix]} {local}"


def _text(paragraphs: bytes) -> str:
    """The paragraphs of a cell, a line each."""
    joined = paragraphs.replace(b"<text:p/>", b"<text:p></text:p>").replace(b"</text:p><text:p>", b"\n")
    return unquoted(joined[len(b"<text:p>") : -len(b"</text:p>")]).decode()
