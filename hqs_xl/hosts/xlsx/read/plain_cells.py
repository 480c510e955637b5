"""What the cells of rows of the usual shape hold, read by byte patterns."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from hqs_xl.formulas.counted import meaning_of
from hqs_xl.hosts.sheets.cell_values import (
    EXACT_DIGITS,
    parsed_number,
    result,
    stored_value,
    unescaped,
)
from hqs_xl.hosts.sheets.patterns import MAX_CELL, PLAIN_SIGNS, Memo, unquoted
from hqs_xl.hosts.sheets.places import COLUMNS, letters
from hqs_xl.hosts.xlsx.read.plain_row import CELL, NUMBER, PlainRow
from hqs_xl.hosts.xlsx.read.shared_strings import PackedTexts

if TYPE_CHECKING:
    from hqs_xl.hosts.sheets.cell_values import CellValue
    from hqs_xl.hosts.xlsx.read.plain_row import RowPieces
    from hqs_xl.rows import HeaderWords

# Shared strings whose index has so many digits are not: words stand among the first, ids and names come but once.
_MANY_WORDS = 5

_SHARED_TYPE = b' t="s"'
# Bytes of the rows that are kept for the second pass, and cells that say the same in any workbook.
BYTES_KEPT, MOST_OF_ANY = 1 << 21, 1 << 13
_PLAIN_FLOAT = re.compile(rb"-?[0-9]{1,17}\.[0-9]{1,17}").fullmatch
# Before the place of the cell that an array formula fills, which is its own.
_ARRAY = b' t="array" ref="'
_PLAIN_TEXT = rb"(%b(?:&(?:amp|lt|gt|quot|apos);%b)*)" % (PLAIN_SIGNS, PLAIN_SIGNS)
_PLAIN_CELL = re.compile(
    rb'([A-Z]{1,3})\x01(?: s="[0-9]{1,9}")?(?: t="(s|n|b|d|e|str|inlineStr)")?'
    rb'(?: ?/>|>(?:<f(?: t="array" ref="([A-Z]{1,3})\x01)?>%b</f>)?'
    rb'(?:<v>%b</v>|<is><t(?: xml:space="preserve")?>%b</t></is>)?</c>)' % ((_PLAIN_TEXT,) * 3)
).fullmatch
# What most cells are: a shared string by its index, a whole number, a blank.
_USUAL_CELL = re.compile(
    rb'([A-Z]{1,3})\x01(?: s="[0-9]{1,9}")?'
    rb'(?: t="s"><v>(0|[1-9][0-9]{0,8})</v></c>|(?: t="n")?><v>([0-9]{1,%d})</v></c>| ?/>)' % EXACT_DIGITS
).fullmatch

# A cell's start tag that hides where the cell stands, or of which type it is, from the patterns below.
_ODD_TAG = re.compile(rb'<c(?! r="[A-Z]+[1-9][0-9]*"(?: s="[0-9]+")?(?: t="[A-Za-z]+")?(?:>| ?/>))').search
# The texts of a row that may be headers. An index that is not written in the usual way is none.
_TEXT_CELL = b'tr">'
_SHARED = re.compile(rb't="s"><v>(0|[1-9][0-9]*)</v>').findall
_TEXTS = re.compile(
    rb't="(?:inlineStr"><is><t(?: xml:space="preserve")?>|str">(?:<f>[^<]*</f>)?<v>)([^<]*)</[tv]>'
).findall


class Cells(Memo[bytes, tuple[int, "CellValue | None"]]):
    """Where the cells of the usual shape stand and what they hold, None for a blank: days and words come again.

    Keys are bytes as in ``PlainRow.cells``: the row's number is a sign in them that no pattern covers elsewhere.
    """

    def __init__(self, strings: PackedTexts, *, date1904: bool = False, empty_zeros: bool = False) -> None:
        super().__init__()
        self._strings, self._date1904, self._empty_zeros = strings, date1904, empty_zeros
        self._words = strings.words
        self._are_headers = _Headers(strings.words)
        self._of_any = _of_any_workbook(date1904, empty_zeros)
        self._met_headers = 0  # in the row that is read
        self._headed = Memo[bytes, tuple[int, "CellValue | None"]]()  # cells that hold headers
        self._rows: dict[bytes, PlainRow] = {}
        self._room = BYTES_KEPT

    def kept_row(self, data: bytes, digits: bytes, inner: bytes) -> PlainRow | None:
        """As ``row``, for sheets that are small: a row read before is known by its bytes."""
        found = self._rows.get(data)
        if found is None:
            found = self.row(data, digits, inner)
            if found and len(data) <= self._room:
                self._rows[data] = found
                self._room -= len(data)
        return found

    def row(self, data: bytes, digits: bytes, inner: bytes) -> PlainRow | None:
        """A row, ``inner`` what follows its start tag; None where a cell is of another shape: a row for the parser."""
        self._met_headers = 0
        number = digits + b'"'
        numbered = inner.replace(number, NUMBER)
        cells = numbered.split(CELL)
        if cells.pop(0) or NUMBER in inner:
            return None
        met = numbered.count(NUMBER)
        if met != len(cells) and met != len(cells) + inner.count(_ARRAY):
            # A format or a text ends in the row's number too.
            cells = [_placed(cell, number) for cell in inner.split(CELL)[1:]]
        try:
            values: dict[int, Any] = dict(map(self.__getitem__, cells))
        except (LookupError, ValueError):  # no such shape, column or string, broken UTF-8
            return None
        columns = [*values]
        if len(columns) != len(cells) or columns != sorted(columns):
            return None
        if None in values.values():
            values = {column: value for column, value in values.items() if value is not None}
        return PlainRow(data, digits, int(digits), cells, columns, values, self._met_headers)

    def some(self, row: RowPieces, columns: Collection[int]) -> dict[int, CellValue] | None:
        """The cells of a row in some columns, the others not looked at; None where there may be a header or an oddity.

        A row like that is to be read whole. What it holds elsewhere is judged when it is.
        """
        headers = self.headers_in(row.inner)
        return self.picked(row, tuple(columns)) if headers is not None and headers < self._words.fewest else None

    def headers_in(self, cells: bytes) -> int | None:
        """How many texts of some rows' cells are headers; None where there is an oddity."""
        # No comments, no names of others, no cells but those whose tags begin and end as ours do.
        if b"!" in cells or b"?" in cells or b"xmlns" in cells or _ODD_TAG(cells):
            return None
        shared, headers = _SHARED(cells), self._strings.headers
        named = 0 if headers.isdisjoint(shared) else sum(index in headers for index in shared)
        if cells.count(b't="') == len(shared):
            return named
        texts = _TEXTS(cells)
        if cells.count(b't="s"') != len(shared) or cells.count(_TEXT_CELL) != len(texts):
            return None
        return named + sum(map(self._are_headers.__getitem__, texts))

    def picked(self, row: RowPieces, columns: tuple[int, ...]) -> dict[int, CellValue] | None:
        """The cells of a row in some columns; None where one of them is odd."""
        inner, number = row.inner, row.digits + b'"'
        found: dict[int, CellValue] = {}
        try:
            for column, start, key in _starts_of(columns):
                at = inner.find(start + number)
                if at >= 0:
                    at += len(start) + len(number)
                    end = inner.find(CELL, at)
                    value = self[key + (inner[at:end] if end > 0 else inner[at:])][1]
                    if value is not None:
                        found[column] = value
        except (LookupError, ValueError):  # as in row()
            return None
        return found

    def __missing__(self, cell: bytes) -> tuple[int, CellValue | None]:
        usual = _USUAL_CELL(cell)
        if usual is None:
            return self._read(cell)
        letters, index, number = usual.groups()
        if index is None:
            return self.remember(cell, (_COLUMNS[letters], None if number is None else int(number)))
        if index in self._strings.headers:
            return self._read(cell)
        found = _COLUMNS[letters], self._strings[int(index)] or None
        return found if len(index) >= _MANY_WORDS else self.remember(cell, found)

    def _read(self, cell: bytes) -> tuple[int, CellValue | None]:
        """What a cell of any usual shape says; where that is a header, it is counted each time."""
        if cell in self._headed:
            self._met_headers += 1
            return self._headed[cell]
        found = self._of_any.get(cell)
        if found is None:
            found = self._parsed(cell)
            if _SHARED_TYPE not in cell and len(cell) <= MAX_CELL:
                self._of_any.remember(cell, found, MOST_OF_ANY)
        remembered: Memo[bytes, tuple[int, CellValue | None]] = self
        if isinstance(found[1], str) and self._words.is_header(found[1]):
            self._met_headers += 1
            remembered = self._headed
        return remembered.remember(cell, found) if len(cell) <= MAX_CELL else found

    def _parsed(self, cell: bytes) -> tuple[int, CellValue | None]:
        match = _PLAIN_CELL(cell)
        if match is None:
            raise KeyError(cell)
        if not cell.isascii():
            cell.decode()
        letters, kind, filled, formula, text, inline = match.groups(b"")
        if filled and (filled != letters or not formula):
            raise KeyError(cell)
        if b"&" in cell:
            formula, text, inline = unquoted(formula), unquoted(text), unquoted(inline)
        value = self._value(kind, text, inline)
        if formula:
            value = self._counted(value, kind, formula, stored=b"<v>" in cell)
        return _COLUMNS[letters], None if value == "" else value

    def _counted(self, value: CellValue, kind: bytes, formula: bytes, *, stored: bool) -> CellValue:
        """What a cell with a formula says, by its stored value."""
        meaning = meaning_of(formula.decode())
        return result(value, kind.decode(), meaning, stored=stored, empty_zeros=self._empty_zeros)

    def _value(self, kind: bytes, text: bytes, inline: bytes) -> CellValue:
        if inline:
            return unescaped(inline.decode())
        if not text:
            return ""
        if kind in {b"", b"n"}:
            if text.isdigit() and len(text) <= EXACT_DIGITS:
                return int(text)
            return float(text) if _PLAIN_FLOAT(text) else parsed_number(text.decode())
        if kind == b"s":
            # What is no number is a LookupError, as one that is too high.
            return self._strings[int(text) if text.isdigit() else len(self._strings)]
        return stored_value(kind.decode(), text.decode(), date1904=self._date1904)


def cells_of(strings: PackedTexts, *, date1904: bool, empty_zeros: bool) -> Cells:
    """The cells of a workbook, by its shared strings: what one sheet has shown, or one pass, is known to the next."""
    key = (date1904, empty_zeros)
    if key not in strings.cells:
        strings.cells[key] = Cells(strings, date1904=date1904, empty_zeros=empty_zeros)
    found: Cells = strings.cells[key]
    return found


class _Headers(Memo[bytes, bool]):
    """Whether texts, as a sheet has them in its cells, are headers: the words of answers come again in every row."""

    def __init__(self, words: HeaderWords) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, text: bytes) -> bool:
        return self.remember(text, self._words.is_header(unescaped(unquoted(text).decode("utf-8", "replace"))))


def _placed(cell: bytes, number: bytes) -> bytes:
    """A cell with the sign for the row's number where it stands, and where its array formula says that it stands."""
    place, array, filled = cell.partition(_ARRAY)
    return place.replace(number, NUMBER, 1) + array + filled.replace(number, NUMBER, 1)


@lru_cache
def _starts_of(columns: tuple[int, ...]) -> list[tuple[int, bytes, bytes]]:
    """Some columns with what stands before the number in their cells, and how their keys begin."""
    return [(column, CELL + letters(column), letters(column) + NUMBER) for column in columns]


@lru_cache
def _of_any_workbook(_date1904: bool, _empty_zeros: bool) -> Memo[bytes, tuple[int, CellValue | None]]:
    """Cells whose bytes alone say what they hold: all but those of shared strings."""
    return Memo()


class _Columns(dict[bytes, int]):
    """Columns by their letters as files have them; KeyError for no column."""

    def __missing__(self, name: bytes) -> int:
        number = self[name] = COLUMNS[name.decode()]
        return number


_COLUMNS = _Columns()
