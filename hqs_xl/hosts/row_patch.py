"""Answers put into the cells of rows; every byte of what is not answered stays as it is."""

from __future__ import annotations

import re
from bisect import bisect
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from hqs_xl.hosts.cell_bytes import Answer, answered, content, same
from hqs_xl.hosts.formulas import Formulas
from hqs_xl.hosts.package import MAIN
from hqs_xl.hosts.places import area_of, column_name
from hqs_xl.hosts.row_bytes import OddNamesError, RowBytes
from hqs_xl.hosts.xml_bytes import attribute, with_attribute, without

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hqs_xl.errors import UnusableFile
    from hqs_xl.hosts.cell_values import CellValue
    from hqs_xl.hosts.package import Package
    from hqs_xl.hosts.row_bytes import CellBytes
    from hqs_xl.hosts.styles import Styles

_MERGE = f"{MAIN} mergeCell"
_COL = f"{MAIN} col"
_SPANS = re.compile(rb"([0-9]{1,5}):([0-9]{1,5})")
_FORMULA = b"<f>"
# A cell of the usual shape: its start with the place, its style, type and formula.
_CELL = re.compile(
    rb'(<c r="[A-Z]{1,3}[0-9]{1,7}")(?: s="([0-9]{1,9})")?(?: t="([A-Za-z]+)")?'
    rb"(?: ?/>|>(<f>[^<]*</f>)?(?:<v>([^<]*)</v>|<is><t[^>]*>[^<]*</t></is>)?</c>)"
)
_TYPED_FORMULA = re.compile(rb"<[^<>]*\bt\s*=\s*[\"'](?:array|shared|dataTable)")


class Splice(NamedTuple):
    """Bytes of a row to be replaced; ``new`` is the column of a cell that is put in between."""

    start: int
    end: int
    data: bytes
    new: int | None = None


class Reach:
    """The cells that were answered: which columns, from which row to which, and which of them are new."""

    def __init__(self) -> None:
        self.columns: set[int] = set()
        self.first_row = self.last_row = 0
        self.new_columns: set[int] = set()
        self.new_rows: list[int] = []

    def add(self, number: int, columns: Iterable[int]) -> None:
        """Some cells of a row are answered."""
        self.columns.update(columns)
        self.first_row = self.first_row or number
        self.last_row = number

    def add_new(self, number: int, column: int) -> None:
        """A cell stands where there was none."""
        self.new_columns.add(column)
        self.new_rows = [min([number, *self.new_rows]), max([number, *self.new_rows])]

    def meets(self, area: tuple[int, int, int, int]) -> bool:
        """Whether an area (first row, last row, first column, last column) may hold answered cells."""
        first_row, last_row, first_column, last_column = area
        return (
            bool(self.columns)
            and first_row <= self.last_row
            and last_row >= self.first_row
            and any(first_column <= column <= last_column for column in self.columns)
        )


class SheetContext(NamedTuple):
    """What the patch of a sheet has to know."""

    package: Package
    sheet: str
    styles: Styles
    date1904: bool


class CellPatch:
    """Writes answers into rows, plain ones and others."""

    def __init__(self, context: SheetContext) -> None:
        self._package, self._sheet, self._styles, self._date1904 = context
        self._formulas = Formulas(context.package)
        self._columns_styles: list[tuple[int, int, int]] = []
        self._above: dict[int, int] = {}
        self.reach = Reach()
        self.changed = False

    def around(self, name: str, attributes: dict[str, str]) -> None:
        """An element outside the rows: a column's format, or merged cells, which must not be answered."""
        if name == _COL:
            place = [int(text) if text.isdigit() else 0 for text in map(attributes.get, ("min", "max", "style")) if text]
            if len(place) == 3:  # noqa: PLR2004 - a column may have no format
                self._columns_styles.append((place[0] - 1, place[1] - 1, place[2]))
        elif name == _MERGE:
            area = area_of(attributes.get("ref", ""))
            if area is not None and self.reach.meets(area):
                raise self._package.refusal("merged", sheet=self._sheet, cell=attributes["ref"])

    def between(self, _number: int) -> bytes:
        """New rows before the row of a number."""
        return b""

    def below(self) -> bytes:
        """New rows below the last one."""
        return b""

    def plain(self, row: bytes, number: int, columns: list[int], cells: dict[int, CellValue]) -> bytes:
        """A row of the usual shape, without its end tag, as it is written anew."""
        answers = self._answers(number, cells)
        if not answers:
            return row
        self.reach.add(number, answers)
        has_formulas = _FORMULA in row or self._formulas.any_area
        splices: list[Splice] = []
        digits = b"%d" % number
        for column in sorted(answers):
            value = answers[column]
            # Most answers stand there already, or are the blank that does.
            if not has_formulas and type(value) is str and cells.get(column) == value:
                continue
            if value is None and not has_formulas and column not in cells:
                continue
            splice = self._plain_cell(row, digits, column, columns, answered(value, date1904=self._date1904), cells)
            if splice is not None:
                splices.append(splice)
        return self._spliced(row, splices) if splices else row

    def exact(self, row: bytes, number: int, cells: dict[int, CellValue]) -> bytes:
        """A row of any shape as it is written anew."""
        answers = self._answers(number, cells)
        if not answers and not _TYPED_FORMULA.search(row):
            return row
        try:
            taken = RowBytes(row)
        except OddNamesError:
            raise self._package.refusal("odd_row", sheet=self._sheet, row=number) from None
        self._formulas.see(taken, number)
        if not answers:
            return row
        self.reach.add(number, answers)
        found = {cell.column: cell for cell in taken.cells}
        splices: list[Splice] = []
        for column in sorted(answers):
            answer = answered(answers[column], date1904=self._date1904)
            splice = self._exact_cell(taken, number, found.get(column), column, answer, cells)
            if splice is not None:
                splices.append(splice)
        return self._opened(taken, splices) if splices else row

    def _answers(self, number: int, cells: dict[int, CellValue]) -> Mapping[int, Any]:
        """What a row's cells become."""
        raise NotImplementedError

    def _plain_cell(
        self,
        row: bytes,
        digits: bytes,
        column: int,
        columns: list[int],
        answer: Answer,
        cells: dict[int, CellValue],
    ) -> Splice | None:
        start = row.find(b'<c r="%b%b"' % (_letters(column), digits))
        match = _CELL.match(row, start) if start >= 0 else None
        if match is None:
            place = bisect(columns, column)
            after = columns[place] if place < len(columns) else None
            at = len(row) if after is None else row.find(b'<c r="%b%b"' % (_letters(after), digits))
            return self._new_cell(int(digits), column, answer, at, row[: row.index(b">") + 1], b"")
        head, style, kind, formula, text = match.groups()
        old = cells.get(column)
        if kind == b"e" or (old is None and text and kind != b"s"):
            old = None if kind == b"e" else RowBytes(b"<row>" + match[0] + b"</row>").raw(0)
        wanted = self._decided(int(digits), column, answer, int(style or 0), old, formula, is_error=kind == b"e")
        if wanted is None:
            return None
        written, inner = content(answer.value, b"", formula=self._has_formula(int(digits), column, formula))
        tag = head + (b' s="%d"' % wanted if wanted or style else b"") + (b' t="%b"' % written if written else b"")
        inner = (formula or b"") + inner
        cell = tag + b">" + inner + b"</c>" if inner else tag + b"/>"
        return Splice(match.start(), match.end(), cell)

    def _exact_cell(
        self,
        row: RowBytes,
        number: int,
        cell: CellBytes | None,
        column: int,
        answer: Answer,
        cells: dict[int, CellValue],
    ) -> Splice | None:
        if cell is None:
            last = row.cells[-1].end if row.cells else row.inner
            after = next((other.start for other in row.cells if other.column > column), last)
            return self._new_cell(number, column, answer, after, row.head, row.prefix)
        formula = cell.formula
        old = cells.get(column)
        is_error = cell.kind == "e"
        if old is None and not is_error:
            old = row.raw_value(cell)
        text = None if formula is None else row.data[formula.start : formula.end]
        wanted = self._decided(number, column, answer, cell.style, old, text, is_error=is_error)
        if wanted is None:
            return None
        written, inner = content(answer.value, row.prefix, formula=self._has_formula(number, column, text))
        return Splice(cell.start, cell.end, _rewritten(row, cell, wanted, written, inner))

    def _decided(
        self,
        number: int,
        column: int,
        answer: Answer,
        style: int,
        old: CellValue | None,
        formula: bytes | None,
        *,
        is_error: bool,
    ) -> int | None:
        """The format an existing cell is written with; None where it holds the answer already, or takes none."""
        has_formula = self._has_formula(number, column, formula)
        self._above[column] = style
        if answer.cached and not has_formula:
            return None
        if has_formula and not answer.cached and not self._formulas.is_ours(number, column, formula):
            raise self._foreign(number, column)
        wanted = style
        if answer.is_date and not answer.cached:
            wanted = self._styles.dated(style)
        if same(old, answer.value) and not is_error and wanted == style:
            return None
        if answer.needs_quote and not has_formula:
            wanted = self._styles.quoted(style)
        return wanted

    def _new_cell(
        self, number: int, column: int, answer: Answer, at: int, head: bytes, prefix: bytes
    ) -> Splice | None:
        """A cell where there is none yet, in the format of the one above, or of its row or column."""
        in_area = self._formulas.area_at(number, column)
        if in_area is not None and not in_area and not answer.cached:
            raise self._foreign(number, column)
        if answer.value is None or (answer.cached and in_area is None):
            return None
        style = self._style_of(column, head)
        self._above[column] = style
        if answer.is_date and not answer.cached:
            style = self._styles.dated(style)
        elif answer.needs_quote and in_area is None:
            style = self._styles.quoted(style)
        self.reach.add_new(number, column)
        cell = cell_bytes(number, column, answer, style, prefix, formula=in_area is not None)
        return Splice(at, at, cell, column)

    def _style_of(self, column: int, head: bytes) -> int:
        if column in self._above:
            return self._above[column]
        if attribute(head, b"customFormat") in {b"1", b"true"}:
            text = attribute(head, b"s") or b""
            return int(text) if text.isdigit() else 0
        return next((style for first, last, style in self._columns_styles if first <= column <= last), 0)

    def _has_formula(self, number: int, column: int, formula: bytes | None) -> bool:
        return formula is not None or self._formulas.area_at(number, column) is not None

    def _foreign(self, number: int, column: int) -> UnusableFile:
        return self._package.refusal("foreign_formula", sheet=self._sheet, cell=f"{column_name(column)}{number}")

    def _spliced(self, row: bytes, splices: list[Splice]) -> bytes:
        self.changed = True
        pieces: list[bytes] = []
        done = 0
        for splice in splices:
            pieces += (row[done : splice.start], splice.data)
            done = splice.end
        pieces.append(row[done:])
        new = [splice.new for splice in splices if splice.new is not None]
        if new:
            pieces[0] = _widened(pieces[0], new[0], new[-1])
        return b"".join(pieces)

    def _opened(self, row: RowBytes, splices: list[Splice]) -> bytes:
        """The row with its splices; one that was a single tag gets an end tag for its first cells."""
        if not row.closed:
            return self._spliced(row.data, splices)
        opened = row.head[:-2].rstrip() + b">"
        moved = [splice._replace(start=len(opened), end=len(opened)) for splice in splices]
        return self._spliced(opened + b"</%brow>" % row.prefix, moved)


def cell_bytes(number: int, column: int, answer: Answer, style: int, prefix: bytes, *, formula: bool = False) -> bytes:
    """A whole new cell."""
    written, inner = content(answer.value, prefix, formula=formula)
    tag = b'<%bc r="%b%d"' % (prefix, _letters(column), number)
    tag += (b' s="%d"' % style if style else b"") + (b' t="%b"' % written if written else b"")
    return tag + b">" + inner + b"</%bc>" % prefix if inner else tag + b"/>"


def _rewritten(row: RowBytes, cell: CellBytes, style: int, written: bytes, inner: bytes) -> bytes:
    """An existing cell with another value: what is neither its type, value nor metadata of the value stays."""
    tag = without(cell.tag, b"t", b"vm")
    if style != cell.style:
        tag = with_attribute(tag, b"s", b"%d" % style)
    if written:
        tag = with_attribute(tag, b"t", written)
    if cell.tag.endswith(b"/>"):
        return tag if not inner else tag[:-2].rstrip() + b">" + inner + b"</%bc>" % row.prefix
    pieces = [tag]
    done = cell.inner
    values = [piece for piece in cell.pieces if piece.name in (b"v", b"is")]
    for piece in values:
        pieces += (row.data[done : piece.start], inner if piece is values[0] else b"")
        done = piece.end
    if not values:
        at = cell.formula.end if cell.formula else cell.inner
        pieces += (row.data[done:at], inner)
        done = at
    held = b"".join(pieces[1:]) + row.data[done : cell.close]
    return tag + held + row.data[cell.close : cell.end] if held else tag[:-1].rstrip() + b"/>"


def _widened(head: bytes, first: int, last: int) -> bytes:
    """A row's bytes with ``spans`` that hold its new cells too: a hint, but one that must not lie."""
    stop = head.index(b">") + 1
    spans = attribute(head[:stop], b"spans")
    found = _SPANS.findall(spans) if spans else []
    if not found:
        return head
    low = min(first + 1, *(int(start) for start, _ in found))
    high = max(last + 1, *(int(end) for _, end in found))
    if any(int(start) <= first + 1 and last + 1 <= int(end) for start, end in found):
        return head
    return with_attribute(head[:stop], b"spans", b"%d:%d" % (low, high)) + head[stop:]


@cache
def _letters(column: int) -> bytes:
    return column_name(column).encode()
