"""Whether a new workbook holds all that an old one did, by another reader than the one it was carried with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import date, time, timedelta
from math import isclose
from pathlib import Path
from typing import Any, NamedTuple

from hqs_xl.hosts.closed import ClosedBook
from hqs_xl.hosts.memory import Formula
from hqs_xl.hosts.sheets import unescaped
from hqs_xl.roster.columns import TABLES, normalised
from hqs_xl.roster.tables.marks import TABLE_NAMES
from hqs_xl.rows import UNCOUNTED, Mark
from hqs_xl.template.carried import BY_LABEL, KEPT, Held, OwnSheet
from hqs_xl.texts import LANGUAGES, say

KINDS = {name.casefold(): kind for kind, name in TABLE_NAMES.items()}
# A second, as a part of a day: a time of day comes through a date and back.
SECOND = 1 / 86_400


class Place(NamedTuple):
    """A table of a book: its sheet, its header's row from 1, and its first and last column from 0."""

    sheet: str
    row: int
    first: int
    last: int


class Lost(NamedTuple):
    """A cell of the old workbook that the new one does not hold.

    ``uncounted``: it is a formula whose result the old file does not hold, so that nothing could come along.
    """

    cell: str
    uncounted: bool


def lost(old: Path, new: Path, held: Held) -> list[Lost]:
    """The cells of the old workbook whose values the new one does not hold, by name."""
    with ExitStack() as stack:
        before, after = (stack.enter_context(ClosedBook(path)) for path in (old, new))
        of_tables = [cell for kind in KEPT if kind not in BY_LABEL for cell in _of_table(kind, before, after)]
        of_sheets = [cell for sheet in held.sheets for cell in _of_sheet(sheet, before, after)]
        return [*of_tables, *_of_lines(before, after, held), *of_sheets]


def _of_table(kind: str, before: ClosedBook, after: ClosedBook) -> Iterator[Lost]:
    places = [_places(book).get(kind) for book in (before, after)]
    if places[0] is None:
        return
    old = list(_rows(kind, before, places[0]))
    new = list(_rows(kind, after, places[1])) if places[1] else []
    for number, (row, values) in enumerate(old):
        there = new[number][1] if number < len(new) else {}
        for header, value in values.items():
            if not _same(value, there.get(header)):
                yield _lost(f"{places[0].sheet}, {row}: {header}", value)


def _of_lines(before: ClosedBook, after: ClosedBook, held: Held) -> Iterator[Lost]:
    """Settings and the employer: a line's value is in the new table, whatever its label is; a moving day moves."""
    moving = any(isinstance(one.get("value"), Formula) for one in held.rows("settings"))
    passed_over = {say("setting.as_of", lang) for lang in LANGUAGES} if moving else set()
    for kind in BY_LABEL:
        old, new = (_places(book).get(kind) for book in (before, after))
        if old is None or new is None:
            continue
        there = [value for _, cells in _below(after, new) for value in cells.values()]
        for row, cells in _below(before, old):
            value = cells.get(old.first + 1)
            label = cells.get(old.first)
            if value is not None and label and label not in passed_over and not any(_same(value, one) for one in there):
                yield _lost(f"{old.sheet}, {row}: {label}", value)


def _of_sheet(sheet: OwnSheet, before: ClosedBook, after: ClosedBook) -> Iterator[Lost]:
    """An own sheet, whose numbers are the same to the last digit, but for days and times."""
    name, cells = unescaped(sheet.name), sheet.cells.items()
    moments = {(row + 1, place) for (row, place), cell in cells if isinstance(cell.value, date | time | timedelta)}
    there = dict(after.rows(name)) if name in after.sheets else {}
    for row, values in before.rows(name):
        for place, value in values.items():
            other = there.get(row, {}).get(place)
            if not (_same(value, other) if (row, place) in moments else value == other):
                yield _lost(f"{name}, {row}: {place + 1}", value)


def _lost(cell: str, value: Any) -> Lost:
    return Lost(cell, value == UNCOUNTED)


def _places(book: ClosedBook) -> dict[str, Place]:
    marks: list[tuple[str, Mark]] = [(sheet, mark) for sheet in book.sheets for mark in book.marks(sheet)]
    return {
        KINDS[name.casefold()]: Place(sheet, row, first, last)
        for sheet, (name, row, first, last) in marks
        if row and name.casefold() in KINDS
    }


def _below(book: ClosedBook, place: Place) -> Iterator[tuple[int, dict[int, Any]]]:
    """The rows of a table, down to where another one begins below it."""
    below = [one.row for one in _places(book).values() if one.sheet == place.sheet and one.row > place.row]
    beside = [one for one in _places(book).values() if one.sheet == place.sheet and one.row in below]
    end = min((one.row - 1 for one in beside if one.first <= place.last and place.first <= one.last), default=1 << 30)
    for row, cells in book.rows(place.sheet):
        inside = {column: value for column, value in cells.items() if place.first <= column <= place.last}
        if place.row < row < end and inside:
            yield row, inside


def _rows(kind: str, book: ClosedBook, place: Place) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The rows of a person's values by header, headers of ours by their key."""
    titles = dict(book.rows(place.sheet))[place.row]
    columns = {normalised(column.header(lang)): column for column in TABLES[kind] for lang in LANGUAGES}
    names: dict[int, str] = {}
    for column, title in titles.items():
        ours = columns.get(normalised(title))
        if place.first <= column <= place.last and (ours is None or not ours.answer or kind == "log"):
            names[column] = ours.key if ours else str(title)
    for row, cells in _below(book, place):
        values = {names[column]: value for column, value in cells.items() if column in names}
        if values:
            yield row, values


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return isclose(one, other, rel_tol=1e-12, abs_tol=SECOND / 2)
    return bool(one == other)
