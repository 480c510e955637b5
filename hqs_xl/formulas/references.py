"""What the text of a formula refers to: cells, names and columns of tables, on which its result stands.

References of INDIRECT and OFFSET are made only when the formula is counted, so they are not found here: programs count
those functions whenever they open a file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from string import ascii_uppercase
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_TOKEN = re.compile(
    r"""
      (?P<text> "(?:[^"]|"")*" )
    | (?P<sheet> (?<!!) (?: '(?:[^']|'')+' | (?:\[[^\[\]]*\])?[\w.]+(?::[\w.]+)? | \[[^\[\]]*\] ) ! )
    | (?P<cells> \$?[A-Za-z]{1,3}\$?[0-9]{1,7} (?: : \$?[A-Za-z]{1,3}\$?[0-9]{1,7} )? (?![\w(.\[!]) )
    | (?P<columns> \$?[A-Za-z]{1,3} : \$?[A-Za-z]{1,3} (?![\w(.\[!$]) )
    | (?P<rows> \$?[0-9]{1,7} : \$?[0-9]{1,7} (?![\w(.\[!]) )
    | (?P<call> [^\W\d][\w.]* \s* \( )
    | (?P<table> (?:[^\W\d]|\\)[\w.\\]* \[ (?: [^\[\]'] | '. | \[ (?:[^\[\]']|'.)* \] )* \] )
    | (?P<name> (?:[^\W\d]|\\)[\w.\\?]* )
    | (?P<number> [0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)? | \.[0-9]+ )
    | (?P<error> \#[A-Z/0!?_]+ )
    | (?P<sign> \S )
    """,
    re.VERBOSE,
)
_PART = re.compile(r"(\$?)([A-Za-z]*)(\$?)([0-9]*)")
_NAMED_COLUMN = re.compile(r"\[((?:[^\[\]']|'.)*)\]")
_ESCAPED = re.compile("'(.)")
_QUOTED = re.compile(r'\bINDIRECT\s*\(\s*"([^"]+)"\s*\)', re.IGNORECASE)
_PLAIN_PLACE = re.compile(r"\$?([A-Za-z]+)\$?([0-9]+)")
_LOOK_UPS = {"VLOOKUP": 1, "INDEX": 0}  # by name, the argument that holds what they look into


class Bound(NamedTuple):
    """A row or column where cells begin or end: that number, or so many from where the formula stands."""

    fixed: bool
    number: int

    def at(self, own: int) -> int:
        """The number as seen from the formula's own row or column."""
        return self.number if self.fixed else own + self.number


_ALL_ROWS = Bound(fixed=True, number=1), Bound(fixed=True, number=1_048_576)
_ALL_COLUMNS = Bound(fixed=True, number=0), Bound(fixed=True, number=16_383)
THIS_ROW = Bound(fixed=False, number=0), Bound(fixed=False, number=0)


class Reference(NamedTuple):
    """What a formula refers to: cells by their bounds, or a table's columns, or a name.

    ``sheet``: as it is written, "" where the formula's own is meant; two sheets with a colon are all between them.
    ``picked``: of the columns only these count, as VLOOKUP and INDEX look at some alone.
    """

    sheet: str = ""
    name: str = ""
    columns: tuple[str, ...] = ()  # of a table: the first and the last one; none: all
    rows: tuple[Bound, Bound] = _ALL_ROWS
    places: tuple[Bound, Bound] = _ALL_COLUMNS
    picked: tuple[int, ...] = ()


class References(NamedTuple):
    """All that a formula refers to; ``open_ended``: a range operator joins what is no cell, as in A1:INDEX(B:B,9)."""

    found: tuple[Reference, ...]
    open_ended: bool


@dataclass(slots=True)
class _Call:
    """A function being called: its name, and what each argument is made of."""

    name: str
    arguments: list[list[int | str]] = field(default_factory=lambda: [[]])


# The workbooks of a folder hold the same formulas.
@lru_cache(maxsize=1 << 11)
def references(formula: str, row: int, column: int) -> References:
    """What a formula refers to that stands in a row (from 1) and a column (from 0)."""
    return _Reader(row, column).read(formula)


def pointed(formula: str) -> str:
    """A formula with the cells in the place of each INDIRECT() that quotes nothing but them."""
    return _QUOTED.sub(_quoted_cells, formula) if "INDIRECT" in formula.upper() else formula


def _quoted_cells(match: re.Match[str]) -> str:
    kinds = [(found.lastgroup, found[0], found.start()) for found in _TOKEN.finditer(match[1])]
    if [kind for kind, *_ in kinds if kind != "sheet"] not in (["cells"], ["name"]):
        return match[0]
    _, cells, start = kinds[-1]
    return match[1][:start] + _PLAIN_PLACE.sub(r"$\1$\2", cells) if kinds[-1][0] == "cells" else match[1]


def written_out(formula: str, row: int, column: int, said: Callable[[Reference], str]) -> str:
    """A formula with what is said of its references in their places; those of which nothing ("") is said stay."""
    reader = _Reader(row, column)
    reader.read(formula)
    pieces, end = [], 0
    for (start, stop), found in zip(reader.spans, reader.found, strict=True):
        if text := said(found):
            pieces += [formula[end:start], text]
            end = stop
    return "".join([*pieces, formula[end:]])


class _Reader:
    """``found``: the references in their order, and ``spans``, where in the text each stands."""

    def __init__(self, row: int, column: int) -> None:
        self._row, self._column = row, column
        self.found: list[Reference] = []
        self.spans: list[tuple[int, int]] = []
        self._calls = [_Call("")]
        self._open_ended = False

    def read(self, formula: str) -> References:
        sheet, at_cells, start = "", False, 0
        for match in _TOKEN.finditer(formula):
            kind, text = match.lastgroup or "", match[0]
            if kind == "sheet":
                sheet, start = _sheet(text), match.start()
                continue
            if text == "#" and at_cells:
                self._spill(len(self.found) - 1)
            elif kind in {"cells", "columns", "rows", "table", "name"}:
                self._refer(kind, text, sheet)
                if len(self.found) > len(self.spans):
                    self.spans.append((start if sheet else match.start(), match.end()))
            else:
                self._structure(kind, text)
            sheet, at_cells = "", kind == "cells"
        found = tuple(dict.fromkeys(self.found))
        if self._open_ended:
            found = tuple(one._replace(picked=()) for one in found)
        return References(found, self._open_ended)

    def _refer(self, kind: str, text: str, sheet: str) -> None:
        if sheet.startswith("["):  # of another workbook
            return
        if kind == "table":
            table, _, inner = text.partition("[")
            inner = inner.removesuffix("]").strip()
            rows = THIS_ROW if inner.startswith("@") or "#this row" in inner.casefold() else _ALL_ROWS
            found = Reference(sheet, table, _named_columns(inner), rows)
        elif kind == "name":
            found = Reference(sheet, text)
        else:
            found = self._cells(text, sheet)
        self._calls[-1].arguments[-1].append(len(self.found))
        self.found.append(found)

    def _cells(self, text: str, sheet: str) -> Reference:
        first, _, last = text.partition(":")
        parts = [_PART.match(one) for one in (first, last or first)]
        rows = [_bound(part[3] or part[1], int(part[4]), self._row) for part in parts if part and part[4]]
        places = [_bound(part[1], _column(part[2].upper()), self._column) for part in parts if part and part[2]]
        found = Reference(sheet)
        if rows:
            found = found._replace(rows=_ordered(rows, self._row))
        return found._replace(places=_ordered(places, self._column)) if places else found

    def _structure(self, kind: str, text: str) -> None:
        """What stands between references: a call and its arguments, which decide on which columns it looks."""
        if kind == "call":
            self._calls[-1].arguments[-1].append("call")
            self._calls.append(_Call(text[:-1].strip().rpartition(".")[2].upper()))
        elif text == "(":
            self._calls[-1].arguments[-1].append("bracket")
            self._calls.append(_Call(""))
        elif text == ")" and len(self._calls) > 1:
            self._end(self._calls.pop())
        elif text in {",", ";"}:
            self._calls[-1].arguments.append([])
        elif kind == "number":
            self._calls[-1].arguments[-1].append(f"number {text}")
        else:
            self._open_ended = self._open_ended or text == ":"
            self._calls[-1].arguments[-1].append("sign")

    def _end(self, call: _Call) -> None:
        """Where a look-up takes one column by its number, only that one and the first are looked at."""
        if call.name == "ANCHORARRAY":  # how files spell A1#
            for found in call.arguments[0]:
                if isinstance(found, int):
                    self._spill(found)
        place = _LOOK_UPS.get(call.name)
        if place is None or len(call.arguments) <= 2:  # noqa: PLR2004 - the number is the third argument
            return
        table, number = call.arguments[place], call.arguments[2]
        if len(table) != 1 or not isinstance(table[0], int) or len(number) != 1 or not isinstance(number[0], str):
            return
        digits = number[0].removeprefix("number ")
        if not digits.isdigit() or not int(digits):
            return
        picked = {int(digits) - 1} | ({0} if call.name == "VLOOKUP" else set())
        self.found[table[0]] = self.found[table[0]]._replace(picked=tuple(sorted(picked)))

    def _spill(self, place: int) -> None:
        """The results that a cell's formula spills: nobody can tell from here how far down and to the right."""
        found = self.found[place]
        rows, places = (found.rows[0], _ALL_ROWS[1]), (found.places[0], _ALL_COLUMNS[1])
        self.found[place] = found._replace(rows=rows, places=places)


def _sheet(text: str) -> str:
    name = text.removesuffix("!")
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def _bound(dollar: str, number: int, own: int) -> Bound:
    return Bound(fixed=True, number=number) if dollar else Bound(fixed=False, number=number - own)


def _ordered(bounds: list[Bound], own: int) -> tuple[Bound, Bound]:
    first, last = bounds
    return (first, last) if first.at(own) <= last.at(own) else (last, first)


@cache
def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * len(ascii_uppercase) + ascii_uppercase.index(letter) + 1
    return number - 1


def _named_columns(inner: str) -> tuple[str, ...]:
    """The first and the last column that a table's brackets name; what begins with # are rows."""
    inner = inner.strip()
    if inner.startswith(("[", "@[")):
        names = [match[1] for match in _NAMED_COLUMN.finditer(inner)]
    else:
        names = [inner.removeprefix("@")]
    columns = [_ESCAPED.sub(r"\1", name).strip() for name in names if name and not name.startswith("#")]
    return (columns[0], columns[-1]) if columns else ()
