"""The formulas of a sheet, found in its bytes: by pattern where they are of the usual shape, else by the parser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hqs_xl.formulas.references import Bound, Reference, References, references
from hqs_xl.hosts.package.opc import MAIN
from hqs_xl.hosts.package.xml_bytes import ATTRIBUTE, TAG, UTF_16
from hqs_xl.hosts.package.xml_feed import XmlFeed
from hqs_xl.hosts.sheets.blocks import Blocks
from hqs_xl.hosts.sheets.places import COLUMNS, area_of, whole
from hqs_xl.hosts.sheets.runs import holds
from hqs_xl.hosts.xlsx.patch.row_bytes import plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from xml.parsers.expat import XMLParserType

    from hqs_xl.hosts.package.opc import Package
    from hqs_xl.hosts.sheets.blocks import Block
    from hqs_xl.hosts.sheets.runs import Runs

_ROW, _CELL, _FORMULA = f"{MAIN} row", f"{MAIN} c", f"{MAIN} f"
_USUAL = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: [a-z]+="[^"<>]*")*>(<f)(?: ([^<>]*?))?(?:/>|>([^<]*)</f>)'
).match
_ANY = re.compile(rb"<f[\s/>]").finditer
_CELL_END, _DATA_END = b"</c>", b"</sheetData>"


class OddSheetError(Exception):
    """A sheet whose formulas no pattern finds for certain."""


class FormulaScan:
    """Gathers the formulas of a sheet, but for those of cells whose results are known to be new."""

    def __init__(
        self, package: Package, part: str, sheet: str, known: Mapping[int, Runs], *, texts: bool = False
    ) -> None:
        """``known``: the cells, by column, whose formulas are passed over; ``texts`` as in ``Blocks``."""
        self._package, self._part, self._sheet, self._known = package, part, sheet, known
        self._texts = texts
        self._blocks = Blocks(sheet, texts=texts)

    def blocks(self, chunks: Callable[[], Iterable[bytes]]) -> list[Block]:
        """The formulas of a sheet whose bytes ``chunks`` gives, each time from the start."""
        try:
            self._scan(chunks())
        except OddSheetError:
            self._blocks = Blocks(self._sheet, texts=self._texts)
            _Parsed(self._package, self._part, self._take).read(chunks())
        return self._blocks.end()

    def _scan(self, chunks: Iterable[bytes]) -> None:
        held, begun = b"", False
        for chunk in chunks:
            held += chunk
            if not begun:
                if b"<sheetData" not in held:
                    if len(held) > self._package.limits.head:
                        raise OddSheetError
                    continue
                begun, held = True, held[_head_end(held) :]
            if _DATA_END in held:
                self._scan_cells(held[: held.index(_DATA_END)])
                return
            cut = held.rfind(_CELL_END) + len(_CELL_END)
            if cut < len(_CELL_END):
                if len(held) > self._package.limits.row:
                    raise OddSheetError
                continue
            self._scan_cells(held[:cut])
            held = held[cut:]
        if not begun or b"<sheetData/>" not in held:
            self._scan_cells(held)

    def _scan_cells(self, data: bytes) -> None:
        if b"<!" in data or b"<?" in data or b"xmlns" in data:
            raise OddSheetError
        for found in _ANY(data):
            match = _USUAL(data, max(data.rfind(b"<c ", 0, found.start()), 0))
            if match is None or match.start(3) != found.start():
                raise OddSheetError
            letters, digits, _, attributes, text = match.groups()
            column, row = COLUMNS.find(letters.decode()), int(digits)
            if column is None:
                raise OddSheetError
            if attributes or not self._is_known(row, column):
                self._take(row, column, plain_text(text) if text else "", _said(attributes))

    def _take(self, row: int, column: int, text: str, attributes: Mapping[str, str]) -> None:
        """A cell's formula; in an area one answered cell does not answer for the others."""
        kind, reference = attributes.get("t"), attributes.get("ref")
        area = area_of(reference) if reference else None
        if kind == "array" and area is not None and area[0::2] != area[1::2]:
            self._blocks.fill(row, column, area, references(text, row, column), text)
        elif kind == "dataTable" and area is not None:
            self._blocks.fill(row, column, area, _of_data_table(area, attributes), "")
        elif self._is_known(row, column):
            if kind == "shared" and text:
                self._blocks.know(row, column, attributes.get("si", ""), text)
        elif kind == "shared":
            self._blocks.share(row, column, attributes.get("si", ""), text)
        elif text:
            self._blocks.add(row, column, text)

    def _is_known(self, row: int, column: int) -> bool:
        return column in self._known and holds(self._known[column], row)


class _Parsed:
    """Finds a sheet's formulas by the parser, whatever their shape."""

    def __init__(self, package: Package, part: str, take: Callable[[int, int, str, Mapping[str, str]], None]) -> None:
        self._package, self._part, self._found = package, part, take
        self._row, self._column = 0, -1
        self._formula: Mapping[str, str] | None = None
        self._texts: list[str] = []

    def read(self, chunks: Iterable[bytes]) -> None:
        """All of them."""
        feed = XmlFeed(self._package, self._part, self._attach)
        for chunk in chunks:
            feed.feed(chunk)
        feed.finish()

    def _attach(self, parser: XMLParserType) -> None:
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _ROW:
            self._row, self._column = whole(attributes.get("r", "")) or self._row + 1, -1
        elif name == _CELL:
            letters = attributes.get("r", "").rstrip("0123456789").upper()
            self._column = COLUMNS.get(letters, self._column + 1)
        elif name == _FORMULA:
            self._formula = attributes
            self._texts.clear()

    def _end(self, name: str) -> None:
        if name == _FORMULA and self._formula is not None:
            self._found(self._row, self._column, "".join(self._texts), self._formula)
            self._formula = None

    def _text(self, text: str) -> None:
        if self._formula is not None:
            self._texts.append(text)


def _head_end(data: bytes) -> int:
    """Where a sheet's rows begin; its root must be one whose cells are written without a prefix."""
    start = data.find(b"<worksheet")
    root = TAG.match(data, start) if start >= 0 and not data.startswith(UTF_16) else None
    if root is None or root[2] != b"worksheet" or b"<!" in data[: root.start()]:
        raise OddSheetError
    return data.index(b"<sheetData")


def _said(tag: bytes | None) -> dict[str, str]:
    """The attributes of a formula's tag."""
    return {found[2].decode(): found[4][1:-1].decode() for found in ATTRIBUTE.finditer(b" " + tag)} if tag else {}


def _of_data_table(area: tuple[int, int, int, int], attributes: Mapping[str, str]) -> References:
    """A data table stands on the row above it, the column before it, and its one or two cells of input."""
    first_row, last_row, first_column, last_column = area
    above, before = max(first_row - 1, 1), max(first_column - 1, 0)
    edges = [(above, above, before, last_column), (above, last_row, before, before)]
    edges += [cell for key in ("r1", "r2") if (cell := area_of(attributes.get(key, "")))]
    found = [
        Reference(rows=(_fixed(top), _fixed(end)), places=(_fixed(left), _fixed(right)))
        for top, end, left, right in edges
    ]
    return References(tuple(found), open_ended=False)


def _fixed(number: int) -> Bound:
    return Bound(fixed=True, number=number)
