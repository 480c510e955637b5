"""Pieces of a row's bytes replaced: whole cells written anew, or put in where there were none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from hqs_xl.hosts.package.xml_bytes import attribute, with_attribute, without
from hqs_xl.hosts.sheets.places import letters
from hqs_xl.hosts.xlsx.patch.cell_bytes import content, linked

if TYPE_CHECKING:
    from collections.abc import Container

    from hqs_xl.hosts.xlsx.patch.cell_bytes import Answer
    from hqs_xl.hosts.xlsx.patch.row_bytes import CellBytes, RowBytes

_SPANS = re.compile(rb"([0-9]{1,5}):([0-9]{1,5})")
_USUAL_SPANS = re.compile(rb' spans="([0-9]{1,5}):([0-9]{1,5})"')


# The elements of a cell that hold its value; and those with its formula.
VALUES = frozenset((b"v", b"is"))
ALL = VALUES | {b"f"}


class Splice(NamedTuple):
    """Bytes of a row to be replaced; ``new`` is the column of a cell that is put in between."""

    start: int
    end: int
    data: bytes
    new: int | None = None


def spliced(row: bytes, splices: list[Splice]) -> bytes:
    """The row with its splices, which ascend."""
    pieces: list[bytes] = []
    done = 0
    for splice in splices:
        pieces += (row[done : splice.start], splice.data)
        done = splice.end
    pieces.append(row[done:])
    new = [splice.new for splice in splices if splice.new is not None]
    if new:
        pieces[0] = widened(pieces[0], new[0], new[-1])
    return b"".join(pieces)


def opened(row: RowBytes, splices: list[Splice]) -> bytes:
    """The row with its splices; one that was a single tag gets an end tag for its first cells."""
    if not row.closed:
        return spliced(row.data, splices)
    head = row.head[:-2].rstrip() + b">"
    moved = [splice._replace(start=len(head), end=len(head)) for splice in splices]
    return spliced(head + b"</%brow>" % row.prefix, moved)


def new_cell(number: int, column: int, answer: Answer, style: int, prefix: bytes, *, formula: bool = False) -> bytes:
    """A whole new cell."""
    start = b'<%bc r="%b%d"' % (prefix, letters(column), number)
    return start + cell_tail(answer, style, prefix, formula=formula)


def cell_tail(answer: Answer, style: int, prefix: bytes, *, formula: bool) -> bytes:
    """A new cell's bytes behind its place; ``formula``: a formula stands there, or fills it, whose result it is."""
    is_link = answer.link is not None
    written, inner = linked(answer, prefix) if is_link else content(answer.value, prefix, formula=formula)
    tag = (b' s="%d"' % style if style else b"") + (b' t="%b"' % written if written else b"")
    return tag + b">" + inner + b"</%bc>" % prefix if inner else tag + b"/>"


def rewritten(
    row: RowBytes, cell: CellBytes, style: int, content: tuple[bytes, bytes], replaced: Container[bytes] = VALUES
) -> bytes:
    """An existing cell with another value: what is neither its type, value nor metadata of the value stays.

    ``content``: its type and elements; ``replaced``: the elements whose place they take.
    """
    written, inner = content
    tag = without(cell.tag, b"t", b"vm")
    if style != cell.style:
        tag = with_attribute(tag, b"s", b"%d" % style)
    if written:
        tag = with_attribute(tag, b"t", written)
    if cell.tag.endswith(b"/>"):
        return tag if not inner else tag[:-2].rstrip() + b">" + inner + b"</%bc>" % row.prefix
    held = _held(row, cell, inner, replaced)
    return tag + held + row.data[cell.close : cell.end] if held else tag[:-1].rstrip() + b"/>"


def _held(row: RowBytes, cell: CellBytes, inner: bytes, replaced: Container[bytes]) -> bytes:
    """A cell's content with another value in the old one's place, or behind the formula."""
    pieces: list[bytes] = []
    done = cell.inner
    values = [piece for piece in cell.pieces if piece.name in replaced]
    for piece in values:
        pieces += (row.data[done : piece.start], inner if piece is values[0] else b"")
        done = piece.end
    if not values:
        at = cell.formula.end if cell.formula else cell.inner
        pieces += (row.data[done:at], inner)
        done = at
    return b"".join(pieces) + row.data[done : cell.close]


def fitting(row: bytes) -> bytes:
    """A row some of whose cells are others now, without a height that was fitted to the old ones; a typed one stays.

    Whoever opens the file then fits the height anew.
    """
    stop = row.index(b">") + 1
    head = row[:stop]
    if b"ht" not in head or attribute(head, b"customHeight") not in {None, b"0", b"false"}:
        return row
    return without(head, b"ht") + row[stop:]


def widened(head: bytes, first: int, last: int) -> bytes:
    """A row's bytes with ``spans`` that hold its new cells too: a hint, but one that must not lie."""
    stop = head.index(b">") + 1
    usual = _USUAL_SPANS.search(head, 0, stop)
    if usual is not None and int(usual[1]) <= first + 1 and last + 1 <= int(usual[2]):
        return head
    spans = [(int(low), int(high)) for low, high in _SPANS.findall(attribute(head[:stop], b"spans") or b"")]
    if not spans or any(low <= first + 1 and last + 1 <= high for low, high in spans):
        return head
    low, high = min(first + 1, *(low for low, _ in spans)), max(last + 1, *(high for _, high in spans))
    return with_attribute(head[:stop], b"spans", b"%d:%d" % (low, high)) + head[stop:]
