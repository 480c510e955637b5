"""A workbook's cell formats: which of them show a date, and new ones beside the old, each only once."""

from __future__ import annotations

import re
from array import array
from functools import cache, cached_property
from typing import TYPE_CHECKING

from hqs_xl.hosts.package.opc import MAIN
from hqs_xl.hosts.package.xml_bytes import attribute, quoted, with_attribute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hqs_xl.hosts.package.dialects import Dialect
    from hqs_xl.hosts.package.opc import Package
    from hqs_xl.hosts.package.part_edit import Element, PartEdit

DATE_FORMAT = "yyyy-mm-dd"
# The numbers of Excel's own date formats, of every language.
_BUILT_IN_DATES = frozenset((*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58))
_FIRST_CUSTOM = 164
_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')

# An element's attributes, as they are written, and its content.
_Key = tuple[frozenset[bytes], bytes]


class Styles:
    """The formats of a workbook, by the numbers its cells name.

    There may be 65,490 of them, so that what is held of each is where it stands.
    """

    def __init__(self, package: Package, part: PartEdit, name: str) -> None:
        self._part = part
        self._package, self._name = package, name
        numbers = part.child(f"{MAIN} numFmts")
        self._codes = {
            element.attributes.get("numFmtId", ""): element.attributes.get("formatCode", "")
            for element in (part.children(numbers) if numbers else ())
            if element.name == f"{MAIN} numFmt"
        }
        self._listed = part.child(f"{MAIN} cellXfs")
        self._places = array("Q")  # of each format: its start tag, its content, its end
        self._dates: set[int] = set()
        shows_date = cache(self._is_date_number)
        for style, element in enumerate(part.children(self._listed) if self._listed else ()):
            self._places.extend((element.start, element.inner, element.close))
            if shows_date(element.attributes.get("numFmtId", "0")):
                self._dates.add(style)
        self._old = len(self._places) // 3
        self._added: list[tuple[bytes, bytes]] = []  # tags and contents of new ones
        self._variants: dict[tuple[int, str], int] = {}

    @property
    def _table(self) -> Element:
        """The list of cell formats, needed by the first answer that wants another format."""
        if self._listed is None:
            raise self._package.refusal("bad_xml", part=self._name)
        return self._listed

    @property
    def _count(self) -> int:
        return self._old + len(self._added)

    def is_date(self, style: int) -> bool:
        """Whether cells of a format show numbers as dates."""
        return style in self._dates

    def _is_date_number(self, number: str) -> bool:
        code = self._codes.get(number)
        return _is_date_code(code) if code is not None else _is_built_in(number)

    def dated(self, style: int) -> int:
        """The same format, with dates as yyyy-mm-dd where it shows none."""
        if self.is_date(style):
            return style
        if (style, "date") not in self._variants:
            changes = {"numFmtId": self._date_number(), "applyNumberFormat": "1"}
            self._variants[style, "date"] = self._variant(style, changes)
        return self._variants[style, "date"]

    def quoted(self, style: int) -> int:
        """The same format, for a text that begins like a formula."""
        if (style, "quote") not in self._variants:
            self._variants[style, "quote"] = self._variant(style, {"quotePrefix": "1"})
        return self._variants[style, "quote"]

    def dates(self) -> dict[int, int]:
        """The formats that show dates, or have one made from them that does, by what ``dated`` says of them."""
        return {style: style for style in self._dates} | self._made("date")

    def quotes(self) -> dict[int, int]:
        """The formats ``quoted`` was asked of, by what it said."""
        return self._made("quote")

    def _made(self, purpose: str) -> dict[int, int]:
        return {style: made for (style, use), made in self._variants.items() if use == purpose}

    def header(self) -> int:
        """The format of a new table's header: bold, wrapped."""
        if (0, "header") not in self._variants:
            changes = {"fontId": self._bold(), "applyFont": "1", "applyAlignment": "1"}
            inner = b'<%balignment vertical="top" wrapText="1"/>' % self._part.prefix(self._table)
            self._variants[0, "header"] = self._variant(0, changes, inner)
        return self._variants[0, "header"]

    def _format(self, style: int) -> tuple[bytes, bytes]:
        """The start tag of a format and its content."""
        if style >= self._old:
            return self._added[style - self._old]
        start, inner, close = self._places[3 * style : 3 * style + 3]
        return self._part.found(start, inner), self._part.found(inner, close)

    @cached_property
    def _known(self) -> dict[int, int]:
        """The first format of each kind, by the hash of what makes it."""
        return {hash(_key(*self._format(style))): style for style in reversed(range(self._count))}

    def _variant(self, style: int, changes: dict[str, str], inner: bytes | None = None) -> int:
        """The number of a format with some attributes changed, added only if there is none yet."""
        if not self._count:
            self._add(b"<%bxf/>" % self._part.prefix(self._table), b"")
        tag, content = self._format(style if style < self._count else 0)
        content = content if inner is None else inner
        for name, value in changes.items():
            tag = with_attribute(tag, name.encode(), value.encode())
        key = _key(tag, content)
        found = self._known.get(hash(key))
        if found is None or _key(*self._format(found)) != key:
            return self._add(tag, content)
        return found

    def _add(self, tag: bytes, inner: bytes) -> int:
        stem = tag[:-2].rstrip() if tag.endswith(b"/>") else tag[:-1]
        prefix = self._part.prefix(self._table)
        xf = stem + b">" + inner + b"</%bxf>" % prefix if inner else stem + b"/>"
        self._part.append(self._table, xf)
        number = self._count
        self._added.append((tag, inner))
        self._known.setdefault(hash(_key(tag, inner)), number)
        if self._is_date_number((attribute(tag, b"numFmtId") or b"0").decode()):
            self._dates.add(number)
        self._part.set(self._table, b"count", b"%d" % self._count)
        return number

    def _date_number(self) -> str:
        """The number of our date format."""
        for number, code in self._codes.items():
            if code.casefold() == DATE_FORMAT:
                return number
        used = [int(number) for number in self._codes if number.isdigit()]
        number = str(max([_FIRST_CUSTOM - 1, *used]) + 1)
        self._codes[number] = DATE_FORMAT
        self._add_to_list(b"numFmts", b'numFmt numFmtId="%b" formatCode="%b"' % (number.encode(), quoted(DATE_FORMAT)))
        return number

    def _add_to_list(self, name: bytes, child: bytes) -> None:
        root = self._part.root
        prefix = self._part.prefix(root)
        element = b"<%b%b/>" % (prefix, child)
        listed = self._part.child(f"{MAIN} {name.decode()}")
        if listed is None:
            whole = b'<%b%b count="1">%b</%b%b>' % (prefix, name, element, prefix, name)
            self._part.prepend(root, whole)
        else:
            self._part.append(listed, element)
            count = sum(1 for _ in self._part.children(listed))
            self._part.set(listed, b"count", b"%d" % (count + 1))

    def _bold(self) -> str:
        """The number of the first font in bold, added if there is none such."""
        fonts = self._part.child(f"{MAIN} fonts")
        first = next(self._part.children(fonts), None) if fonts else None
        if fonts is None or first is None:
            return "0"
        wanted = b"".join(self._font_pieces(first))
        count = 0
        for count, font in enumerate(self._part.children(fonts), 1):
            if self._part.inner(font) == wanted:
                return str(count - 1)
        prefix = self._part.prefix(fonts)
        self._part.append(fonts, b"<%bfont>%b</%bfont>" % (prefix, wanted, prefix))
        self._part.set(fonts, b"count", b"%d" % (count + 1))
        return str(count)

    def _font_pieces(self, font: Element) -> Iterator[bytes]:
        """A font's own elements in the order the format has them in, which not every program keeps, and bold."""
        yield b"<%bb/>" % self._part.prefix(font)
        held = {child.name: child for child in self._part.children(font)}
        for name in ("sz", "color", "name", "family", "charset", "scheme"):
            child = held.get(f"{MAIN} {name}")
            if child is not None and child.empty_tag:
                yield self._part.tag(child)


def minimal(dialect: Dialect) -> bytes:
    """The part of a workbook that brings no formats."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{dialect.main}">'
        '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2">'
        '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ).encode()


def _key(tag: bytes, inner: bytes) -> _Key:
    return frozenset(tag.rstrip(b"/>").split()), inner.strip()  # no value of a format's attributes holds a blank


def _is_built_in(number: str) -> bool:
    return number.isdigit() and int(number) in _BUILT_IN_DATES


def _is_date_code(code: str) -> bool:
    """Whether a format's code shows a day or a year."""
    letters = _LITERALS.sub("", code).casefold()
    return "y" in letters or "d" in letters
