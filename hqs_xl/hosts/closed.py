"""A closed .xlsx or .xlsm read without Excel: sheets, tables and rows of values.

Rows are streamed: a sheet of 1,048,576 rows is never held. Formulas give the value stored at the last save, but for
TODAY() and NOW(), whose stored value is the day of that save and so no fact about anybody.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from functools import cache
from itertools import product
from math import isfinite
from operator import lt
from string import ascii_uppercase
from typing import TYPE_CHECKING, Self

from hqs_xl.hosts.package import CHUNK, MAIN, MAX_DEPTH, OFFICE_RELATIONSHIP, STRICT, Package, XmlFeed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from xml.parsers.expat import XMLParserType

    from hqs_xl.errors import UnusableFile

CellValue = str | float | int | bool
Row = tuple[int, dict[int, CellValue]]

# A shared string the workbook doesn't hold: what Excel shows where a value can't be found, and no date or number.
MISSING_TEXT = "#N/A"
# Excel's own limit is 32,767 characters.
MAX_TEXT = 1 << 20
# Shared strings as Python holds them, for all are held at once.
MAX_SHARED_TEXT = 512 << 20
# Bytes of one row's XML, for a row is held until it is whole.
MAX_ROW = 64 << 20
MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
# Bytes of XML kept back until a row's end is seen; 16,384 cells take about a million.
MAX_PENDING = 1 << 20
# Start tags of rows, but for the number, that are remembered as known.
MAX_SHAPES = 1_000
# Different shared formulas that are TODAY() or NOW().
MAX_SHARED_FORMULAS = 65_536
# A float holds every whole number of so many digits.
EXACT_DIGITS = 15
# A caller's progress bar needs no more than a hundred steps.
PROGRESS_STEP = 0.01

_DATA = f"{MAIN} sheetData"
_ROW = f"{MAIN} row"
_CELL = f"{MAIN} c"
_VALUE = f"{MAIN} v"
_FORMULA = f"{MAIN} f"
_INLINE = f"{MAIN} is"
_STRING = f"{MAIN} si"
_TEXT = f"{MAIN} t"
_PHONETIC = f"{MAIN} rPh"

_ROW_END = b"</row>"
_PLAIN_HEAD = re.compile(rb'<row r="([0-9]{1,7})"((?: [A-Za-z0-9:]{1,30}="[0-9A-Za-z:. ]{0,60}"){0,16})>')
_PLAIN_FLOAT = re.compile(rb"-?[0-9]{1,17}\.[0-9]{1,17}").fullmatch
# No entities, line ends or control signs, nor what begins with U+F000 and above: all that takes a parser.
_PLAIN_TEXT = rb"([ -%'-;=?-~\x80-\xee]*)"
_PLAIN_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="[0-9]{1,9}")?(?: t="(s|n|b|e|str|inlineStr)")?'
    rb'(?: ?/>|>(?:<f>%b</f>)?(?:<v>%b</v>|<is><t(?: xml:space="preserve")?>%b</t></is>)?</c>)' % ((_PLAIN_TEXT,) * 3)
)

_NUMBER = re.compile(r"[ \t\r\n]*([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)[ \t\r\n]*")
_DIGITS = re.compile(r"[0-9]{1,7}")
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_AREA = re.compile(r"([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LIVE_FORMULAS = frozenset({"TODAY()", "NOW()", "=TODAY()", "=NOW()"})
_TABLE_COUNTS = (("headerRowCount", "1"), ("totalsRowCount", "0"))
_ROW_ELEMENTS = frozenset({_ROW, _CELL, _VALUE, _INLINE})
_XML_SPACE = " \t\r\n"
_BOOLEANS = {"1": True, "0": False, "true": True, "false": False}

# Where a sheet's reader stands within <sheetData>; from _IN_VALUE on it gathers text.
_IN_DATA, _IN_ROW, _IN_CELL, _IN_FOREIGN, _IN_VALUE, _IN_FORMULA = range(6)


@dataclass(frozen=True, slots=True)
class TableArea:
    """A table's place on its sheet: rows from 1, columns from 0, the last ones included."""

    name: str
    first_row: int
    last_row: int
    first_column: int
    last_column: int
    totals_rows: int  # at the end, within last_row
    header_rows: int = 1


class ClosedBook:
    """A closed .xlsx or .xlsm, read without Excel, row by row.

    Raises ``UnusableFile`` when opened, or later when a part turns out to be broken.
    """

    date1904: bool
    sheets: tuple[str, ...]  # worksheets in the workbook's order, hidden ones too; no chart, dialog or macro sheets

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._package = Package(path)
        self._strings: list[str] | None = None
        try:
            self._links = self._package.relationships(self._package.workbook)
            self.date1904 = False
            self._parts: dict[str, str] = {}
            self._taken: set[str] = set()
            self._read_workbook()
            self.sheets = tuple(self._parts)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets the file go."""
        self._package.close()

    def rows(self, sheet: str, progress: Callable[[float], None] | None = None) -> Iterator[Row]:
        """Row number (from 1) and its values by column (from 0), in order; empty rows, cells and texts are left out.

        ``progress`` is told the share done, 0 to 1, now and then. Each call reads the sheet anew. A fault further
        down is found, as ``UnusableFile``, only after the rows above it were given.
        """
        part = self._part(sheet)
        reader = _SheetReader(self._package, part, sheet, self._shared_strings())
        return _streamed(self._package, part, reader, progress)

    def tables(self, sheet: str) -> tuple[TableArea, ...]:
        """The sheet's tables, from the top and the left."""
        links = self._package.relationships(self._part(sheet)).values()
        parts = {link.part for link in links if link.kind == "table" and link.part}
        areas = [self._table(part) for part in parts]
        return tuple(sorted(areas, key=lambda area: (area.first_row, area.first_column, area.name)))

    def totals(self, sheet: str) -> frozenset[int]:
        """The rows of the sheet that are a table's totals."""
        return frozenset(
            row for area in self.tables(sheet) for row in range(area.last_row - area.totals_rows + 1, area.last_row + 1)
        )

    def _read_workbook(self) -> None:
        part = self._package.workbook
        for depth, name, attributes in self._package.elements(part):
            if depth == 1:
                _check_root(self._package, part, name, "workbook")
            elif name == f"{MAIN} workbookPr":
                self.date1904 = attributes.get("date1904") in ("1", "true")
            elif name == f"{MAIN} sheet":
                self._add_sheet(attributes)

    def _add_sheet(self, attributes: dict[str, str]) -> None:
        name = unescaped(attributes.get("name", ""))
        link = self._links.get(attributes.get(f"{OFFICE_RELATIONSHIP} id", ""))
        if link is not None and link.kind != "worksheet":
            return
        if link is None or link.part is None or not self._package.has(link.part):
            raise self._package.refusal("missing_part", part=link.part if link and link.part else name)
        taken = {name.casefold(), f"/{link.part}".casefold()}  # no sheet's name holds a slash
        if taken & self._taken:
            raise self._package.refusal("duplicate_sheet", sheet=name)
        self._taken |= taken
        self._parts[name] = link.part

    def _part(self, sheet: str) -> str:
        try:
            return self._parts[sheet]
        except KeyError:
            raise self._package.refusal("no_sheet", sheet=sheet, known=", ".join(self.sheets)) from None

    def _shared_strings(self) -> list[str]:
        if self._strings is None:
            links = self._links.values()
            part = next((link.part for link in links if link.kind == "sharedStrings" and link.part), None)
            self._strings = _read_shared_strings(self._package, part) if part else []
        return self._strings

    def _table(self, part: str) -> TableArea:
        (name, attributes), *_ = [found[1:] for found in self._package.elements(part)]
        _check_root(self._package, part, name, "table")
        area = _table_area(attributes)
        if area is None:
            raise self._package.refusal("bad_table", part=part)
        return area


def _streamed(
    package: Package, part: str, reader: _SheetReader, progress: Callable[[float], None] | None
) -> Iterator[Row]:
    feed = XmlFeed(package, part, reader.attach)
    plain = _PlainRows(reader, feed)
    told = 0.0
    for chunk in package.chunks(part):
        plain.feed(chunk)
        reader.settle()
        yield from reader.rows
        reader.rows.clear()
        if progress is not None and feed.share - told >= PROGRESS_STEP:
            told = feed.share
            progress(told)
    plain.finish()
    yield from reader.rows
    if progress is not None:
        progress(1.0)


class _PlainRows:
    """Takes the rows of the usual shape off the XML by pattern, in a third of the parser's time.

    Everything else goes to the parser, which alone decides what is well-formed. A row is taken only where its start
    tag, but for the number, is one the parser has met in these rows before (so its attributes and namespaces are
    right), and where the pattern covers every byte of it.
    """

    def __init__(self, reader: _SheetReader, feed: XmlFeed) -> None:
        self._reader = reader
        self._feed = feed
        self._pending = b""
        self._odd: list[bytes] = []
        self._hopeful = True
        self._known: set[bytes] = set()

    def feed(self, chunk: bytes) -> None:
        self._hopeful = True
        pieces = (self._pending + chunk).split(_ROW_END)
        self._pending = pieces.pop()
        for piece in pieces:
            if not self._take(piece):
                self._odd += (piece, _ROW_END)
        if len(self._pending) > MAX_PENDING:
            self._odd.append(self._pending)
            self._pending = b""
        self._parse_odd()

    def finish(self) -> None:
        self._feed.feed(self._pending)
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
        cells = _plain_cells(piece[head.end() :], head[1], self._reader.strings)
        if cells is None or not self._reader.take(int(head[1]), cells):
            return False
        self._feed.skip(len(piece) + len(_ROW_END))
        return True

    def _learn(self, piece: bytes, head: re.Match[bytes]) -> None:
        self._feed.feed(piece + _ROW_END)
        if self._between_rows() and self._reader.number == int(head[1]) and len(self._known) < MAX_SHAPES:
            self._known.add(head[2])

    def _parse_odd(self) -> None:
        if self._odd:
            self._feed.feed(b"".join(self._odd))
            self._odd.clear()

    def _between_rows(self) -> bool:
        return self._reader.between_rows and self._feed.at_rest


def _plain_cells(row: bytes, number: bytes, strings: list[str]) -> dict[int, CellValue] | None:
    """The values of a row of the usual shape; None where anything is unusual, for the parser to judge."""
    # Of every seven fields the first is what the pattern left uncovered, the rest are its groups.
    fields = _PLAIN_CELL.split(row)
    if any(fields[::7]) or fields[2::7].count(number) != len(fields) // 7:
        return None
    try:
        if not row.isascii():
            row.decode()
        columns = [*map(_column_bytes().__getitem__, fields[1::7])]
        if not all(map(lt, columns, columns[1:])):
            return None
        cells = _plain_values(columns, fields, strings)
    except (LookupError, ValueError):  # no such column or string, broken UTF-8
        return None
    for column, formula in zip(columns, fields[4::7], strict=True) if any(fields[4::7]) else ():
        if formula and _is_live(formula.decode()):
            cells.pop(column, None)
    return cells


def _plain_values(columns: list[int], fields: list[bytes], strings: list[str]) -> dict[int, CellValue]:
    cells: dict[int, CellValue] = {}
    value: CellValue
    for column, kind, text, inline in zip(columns, fields[3::7], fields[5::7], fields[6::7], strict=True):
        if inline:
            value = unescaped(inline.decode())
        elif not text:
            continue
        elif kind is None:
            if text.isdigit() and len(text) <= EXACT_DIGITS:
                value = int(text)
            else:
                value = float(text) if _PLAIN_FLOAT(text) else _number(text.decode())
        elif kind == b"s":
            value = strings[int(text) if text.isdigit() else len(strings)]  # no number: a LookupError, as too far is
        else:
            value = _value(kind.decode(), text.decode())
        if value != "":
            cells[column] = value
    return cells


class _SheetReader:
    """The parser's handlers for a sheet: they gather whole rows, which the caller takes after every chunk.

    Every cell costs four calls into here, so they are flat and the commonest case comes first. Text goes straight to
    a list's ``append``; what gathers there between values is dropped by ``settle``.
    """

    __slots__ = (
        "_around",
        "_cells",
        "_column",
        "_columns",
        "_depth",
        "_foreign",
        "_in_rows",
        "_inline",
        "_kind",
        "_live",
        "_live_shared",
        "_number_text",
        "_package",
        "_parser",
        "_part",
        "_row_bytes",
        "_seen",
        "_settled",
        "_shared_formula",
        "_sheet",
        "_text",
        "_where",
        "number",
        "rows",
        "strings",
    )

    _parser: XMLParserType

    def __init__(self, package: Package, part: str, sheet: str, strings: list[str]) -> None:
        self._package = package
        self._part = part
        self._sheet = sheet
        self.strings = strings
        self._columns = _column_numbers()
        self._text = _Text(package, part)
        self._inline = _RichText(self._text, self._end_inline)
        self._where = self._around = _IN_DATA
        self._depth = 0  # of the elements outside <sheetData>
        self._foreign = 0  # of the elements inside it that are no part of a row's values
        self.number, self._number_text, self._column = 0, "0", -1
        self._kind: str | None = None
        self._cells: dict[int, CellValue] = {}
        self._seen = False  # of <sheetData>, which must stand but once
        self._live = False  # the formula is TODAY() or NOW()
        self._shared_formula: str | None = None
        self._live_shared: set[str] = set()
        self._settled = self._row_bytes = 0
        self.rows: list[Row] = []

    def attach(self, parser: XMLParserType) -> None:
        self._parser = parser
        parser.CharacterDataHandler = self._text.parts.append
        self._read_outside()

    @property
    def between_rows(self) -> bool:
        """Whether the parser stands in <sheetData>, outside any row."""
        return self._in_rows and self._where == _IN_DATA

    def take(self, number: int, cells: dict[int, CellValue]) -> bool:
        """Add a row read without the parser; False where it can't stand here."""
        if not self.number < number <= MAX_ROWS:
            return False
        self.number = number
        if cells:
            self.rows.append((number, cells))
        return True

    def settle(self) -> None:
        """After a chunk: drop the text between values, bound a value's text and a row's size."""
        self._text.settle(gathering=self._where >= _IN_VALUE or self._inline.gathering)
        self._row_bytes = self._row_bytes + CHUNK if self.number == self._settled else 0
        self._settled = self.number
        if self._row_bytes > MAX_ROW and self._where != _IN_DATA:
            raise self._package.refusal("bomb", part=self._part)

    def _read_outside(self) -> None:
        self._in_rows = False
        self._parser.StartElementHandler = self._start_outside
        self._parser.EndElementHandler = self._end_outside

    def _read_rows(self) -> None:
        self._in_rows = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def _start_outside(self, name: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1:
            _check_root(self._package, self._part, name, "worksheet")
        elif self._depth == 2 and name == _DATA:  # noqa: PLR2004 - right below the root
            if self._seen:
                raise self._package.refusal("bad_xml", part=self._part)
            self._seen = True
            self._read_rows()
        elif self._depth > MAX_DEPTH:
            raise self._package.refusal("bomb", part=self._part)

    def _end_outside(self, _name: str) -> None:
        self._depth -= 1

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        where = self._where
        if where == _IN_ROW and name == _CELL:
            reference = attributes.get("r")
            number = self._number_text
            column = -1
            if reference is not None and reference.endswith(number):
                column = self._columns.get(reference[: -len(number)], -1)
            if column <= self._column:
                column = self._odd_column(reference)
            self._column = column
            self._kind = attributes.get("t")
            self._where = _IN_CELL
        elif where == _IN_CELL and name == _VALUE:
            self._text.parts.clear()
            self._where = _IN_VALUE
        elif where == _IN_DATA and name == _ROW:
            self._start_row(attributes.get("r"))
        elif where == _IN_CELL and name == _FORMULA:
            self._text.parts.clear()
            self._shared_formula = attributes.get("si") if attributes.get("t") == "shared" else None
            self._where = _IN_FORMULA
        elif where == _IN_CELL and name == _INLINE:
            self._inline.begin(self._parser)
        else:
            self._start_foreign(name)

    def _end(self, _name: str) -> None:
        where = self._where
        if where == _IN_VALUE:
            self._where = _IN_CELL
            self._end_value()
        elif where == _IN_CELL:
            self._where = _IN_ROW
            if self._live:
                self._cells.pop(self._column, None)
                self._live = False
        elif where == _IN_ROW:
            self._where = _IN_DATA
            if self._cells:
                self.rows.append((self.number, self._cells))
                self._cells = {}
        elif where == _IN_FORMULA:
            self._where = _IN_CELL
            self._end_formula()
        elif where == _IN_FOREIGN:
            self._end_foreign()
        else:
            self._depth -= 1
            self._read_outside()

    def _start_row(self, reference: str | None) -> None:
        number = self.number + 1 if reference is None else _whole(reference)
        if number is None or not 1 <= number <= MAX_ROWS:
            raise self._bad_cell(reference or str(number))
        if number <= self.number:
            raise self._unordered(number)
        self.number, self._number_text, self._column = number, str(number), -1
        self._where = _IN_ROW

    def _odd_column(self, reference: str | None) -> int:
        """The column of a cell that says no place, says it oddly, or stands where it can't."""
        if reference is None:
            if self._column + 1 >= MAX_COLUMNS:
                raise self._bad_cell(f"R{self.number}C{MAX_COLUMNS + 1}")
            return self._column + 1
        match = _REFERENCE.fullmatch(reference)
        column = self._columns.get(match[1].upper()) if match else None
        if match is None or column is None or not 1 <= int(match[2]) <= MAX_ROWS:
            raise self._bad_cell(reference)
        if int(match[2]) != self.number or column <= self._column:
            raise self._unordered(self.number)
        return column

    def _end_value(self) -> None:
        parts = self._text.parts
        text = parts[0] if len(parts) == 1 else self._text.whole()
        kind = self._kind
        value: CellValue
        if kind == "s":
            value = self._shared(text)
        elif kind is None and len(text) <= EXACT_DIGITS and text.isdigit() and text.isascii():
            value = int(text)
        else:
            value = _value(kind, text)
        if value != "":
            self._cells[self._column] = value

    def _shared(self, text: str) -> str:
        index = _whole(text.strip(_XML_SPACE))
        if index is not None and index < len(self.strings):
            return self.strings[index]
        return MISSING_TEXT if text else ""

    def _end_inline(self, text: str) -> None:
        self._read_rows()
        if text:
            self._cells[self._column] = text

    def _end_formula(self) -> None:
        text, key = self._text.whole(), self._shared_formula
        live = _is_live(text)
        self._live = live or (not text and key in self._live_shared)
        if live and key is not None:
            self._live_shared.add(key)
            if len(self._live_shared) > MAX_SHARED_FORMULAS:
                raise self._package.refusal("bomb", part=self._part)

    def _start_foreign(self, name: str) -> None:
        """What stands in a row and is no value is passed over, unless values hide in it."""
        if self._where >= _IN_VALUE or name in _ROW_ELEMENTS:
            raise self._package.refusal("bad_xml", part=self._part)
        if not self._foreign:
            self._around, self._where = self._where, _IN_FOREIGN
        self._foreign += 1
        if self._foreign > MAX_DEPTH:
            raise self._package.refusal("bomb", part=self._part)

    def _end_foreign(self) -> None:
        self._foreign -= 1
        if not self._foreign:
            self._where = self._around

    def _bad_cell(self, cell: str) -> UnusableFile:
        return self._package.refusal("bad_cell", sheet=self._sheet, cell=cell)

    def _unordered(self, row: int) -> UnusableFile:
        return self._package.refusal("unordered", sheet=self._sheet, row=row)


class _SharedStrings:
    """The parser's handlers for the shared strings."""

    _parser: XMLParserType

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self._part = part
        self._depth = 0
        self._size = 0
        self._text = _Text(package, part)
        self._rich = _RichText(self._text, self._add)
        self.texts: list[str] = []

    def attach(self, parser: XMLParserType) -> None:
        self._parser = parser
        parser.CharacterDataHandler = self._text.parts.append
        self._read_list()

    def settle(self) -> None:
        self._text.settle(gathering=self._rich.gathering)

    def _read_list(self) -> None:
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        if self._depth == 1 and name == _STRING:
            self._rich.begin(self._parser)
            return
        self._depth += 1
        if self._depth == 1:
            _check_root(self._package, self._part, name, "sst")
        elif self._depth > MAX_DEPTH:
            raise self._package.refusal("bomb", part=self._part)

    def _end(self, _name: str) -> None:
        self._depth -= 1

    def _add(self, text: str) -> None:
        self._read_list()
        self.texts.append(text)
        self._size += sys.getsizeof(text)
        if self._size > MAX_SHARED_TEXT:
            raise self._package.refusal("too_large", part=self._part)


class _RichText:
    """The handlers inside an <is> or <si>: its runs are joined, phonetic hints left out, the text handed on."""

    __slots__ = ("_depth", "_done", "_muted", "_pieces", "_size", "_text", "gathering")

    def __init__(self, text: _Text, done: Callable[[str], None]) -> None:
        self._text = text
        self._done = done
        self._depth = self._muted = self._size = 0
        self._pieces: list[str] = []
        self.gathering = False  # within a <t>

    def begin(self, parser: XMLParserType) -> None:
        """Take over the parser until the element ends; ``done`` has to set its own handlers again."""
        self._depth = self._muted = self._size = 0
        self._pieces.clear()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        if self.gathering:
            raise self._text.fault("bad_xml")
        if name == _TEXT:
            self._text.parts.clear()
            self.gathering = True
        elif name == _PHONETIC and not self._muted:
            self._muted = self._depth
        elif self._depth > MAX_DEPTH:
            raise self._text.fault("bomb")

    def _end(self, _name: str) -> None:
        if self.gathering:
            self.gathering = False
            if not self._muted:
                self._add(self._text.whole())
        elif not self._depth:
            self._done(unescaped("".join(self._pieces)))
            return
        elif self._muted == self._depth:
            self._muted = 0
        self._depth -= 1

    def _add(self, text: str) -> None:
        if text:
            self._pieces.append(text)
            self._size += len(text)
            if self._size > MAX_TEXT:
                raise self._text.fault("bomb")


class _Text:
    """The text of one element, in the pieces the parser gives."""

    __slots__ = ("_package", "_part", "parts")

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self._part = part
        self.parts: list[str] = []

    def whole(self) -> str:
        text = "".join(self.parts)
        if len(text) > MAX_TEXT:
            raise self.fault("bomb")
        return text

    def settle(self, *, gathering: bool) -> None:
        """Keep nothing between two chunks but the text of an element still open."""
        self.parts[:] = [self.whole()] if gathering else []

    def fault(self, code: str) -> UnusableFile:
        return self._package.refusal(code, part=self._part)


def unescaped(text: str) -> str:
    """A text with Office's ``_xHHHH_`` escapes as the signs they mean; half a surrogate pair becomes U+FFFD."""
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return plain.encode("utf-16le", "surrogatepass").decode("utf-16le", "replace")


def _is_live(formula: str) -> bool:
    """Whether a formula is nothing but the day or the moment it is counted at."""
    return "".join(formula.split()).upper() in _LIVE_FORMULAS


def _value(kind: str | None, text: str) -> CellValue:
    """A stored value by its cell's type; what breaks its type's grammar stays text, for the reader to judge."""
    if kind is None or kind == "n":
        return _number(text)
    if kind == "b":
        return _BOOLEANS.get(text.strip(_XML_SPACE), text)
    if kind in ("str", "inlineStr"):
        return unescaped(text)
    return text


def _number(text: str) -> CellValue:
    match = _NUMBER.fullmatch(text)
    if match is None:
        return text if text.strip(_XML_SPACE) else ""
    plain = match[1]
    if len(plain) <= EXACT_DIGITS and plain.lstrip("+-").isdigit():
        return int(plain)
    number = float(plain)
    return number if isfinite(number) else text


def _whole(text: str) -> int | None:
    return int(text) if _DIGITS.fullmatch(text) else None


def _table_area(attributes: dict[str, str]) -> TableArea | None:
    """The area of a table, or None where its ``ref`` or counts make no sense."""
    match = _AREA.fullmatch(attributes.get("ref", ""))
    header, totals = (_whole(attributes.get(key, usual)) for key, usual in _TABLE_COUNTS)
    if match is None or header is None or totals is None:
        return None
    first_column, last_column = (_column_numbers().get(letters) for letters in (match[1], match[3] or match[1]))
    first_row, last_row = int(match[2]), int(match[4] or match[2])
    if first_column is None or last_column is None or first_column > last_column:
        return None
    if not 1 <= first_row <= last_row <= MAX_ROWS or header + totals > last_row - first_row + 1:
        return None
    name = unescaped(attributes.get("displayName") or attributes.get("name", ""))
    return TableArea(name, first_row, last_row, first_column, last_column, totals, header)


def _check_root(package: Package, part: str, name: str, wanted: str) -> None:
    if name.startswith(STRICT):
        raise package.refusal("strict_ooxml")
    if name != f"{MAIN} {wanted}":
        raise package.refusal("bad_xml", part=part)


def _read_shared_strings(package: Package, part: str) -> list[str]:
    reader = _SharedStrings(package, part)
    for _ in package.parse(part, reader.attach):
        reader.settle()
    return reader.texts


@cache
def _column_bytes() -> dict[bytes, int]:
    return {name.encode(): number for name, number in _column_numbers().items()}


@cache
def _column_numbers() -> dict[str, int]:
    """The columns "A" to "XFD", from 0."""
    names = ("".join(letters) for length in (1, 2, 3) for letters in product(ascii_uppercase, repeat=length))
    return {name: number for number, name in zip(range(MAX_COLUMNS), names, strict=False)}
