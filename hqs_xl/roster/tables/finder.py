"""The header rows of a sheet, as its rows go by: which tables they open, and what is to be said of their texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from hqs_xl.cells.values import BadValue, to_yes_no
from hqs_xl.errors import UnusableFile
from hqs_xl.roster.columns import FEWEST_HEADERS, TABLES, column, normalised
from hqs_xl.roster.employer import field_key
from hqs_xl.roster.headers import LONGEST
from hqs_xl.roster.headers.cells import is_header
from hqs_xl.roster.headers.notes import HeaderNotes, Span, cell_name, notes_of, says_nothing
from hqs_xl.roster.headers.row import MEANT, NO_MEANINGS, NO_TEXTS, Headed, Meanings, headed, kinds_of
from hqs_xl.roster.settings import setting_key
from hqs_xl.roster.tables import Found
from hqs_xl.roster.tables.end import is_day
from hqs_xl.rows import UNCOUNTED


def _is_yes_or_no(cell: Any) -> bool:
    try:
        return to_yes_no(cell) is not None
    except BadValue:
        return False


# Tables headed by words that many others use too: headed in words like ours, one of their lines has to be ours.
# By the column that tells it, and what is known there.
BY_THEIR_LINES: Mapping[str, tuple[str, Callable[[Any], object]]] = {
    "settings": ("setting", setting_key),
    "employer": ("employer_field", field_key),
    "own_days": ("working", _is_yes_or_no),
}


class HowRead(NamedTuple):
    """How the tables of a book are read.

    ``sheet``: where the roster stands, when several sheets hold one. ``meanings``: what the user's headers mean, by all
    that say it: ``typed``, as the command line does, and ``told``, as the book's own table does; None until it is read.
    """

    sheet: str | None = None
    meanings: Meanings = NO_MEANINGS
    typed: Meanings = NO_MEANINGS
    told: Meanings | None = None

    @classmethod
    def asked(cls, sheet: str | None, typed: Meanings) -> HowRead:
        """As a command asks for it."""
        return cls(sheet, _by_name(typed), typed)

    def with_told(self, told: Meanings) -> HowRead:
        """As the book says too; what was asked for wins."""
        return self._replace(meanings=_by_name({**told, **self.typed}), told=told)


def _by_name(typed: Meanings) -> Meanings:
    return {normalised(text): key for text, key in typed.items()}


AS_WRITTEN = HowRead()


class _Row(NamedTuple):
    number: int
    texts: Mapping[int, str]


_NO_ROW = _Row(-1, NO_TEXTS)

# The lines of these tables hold the headers of columns, and are no header themselves.
NAME_COLUMNS = frozenset({"findings", "means"})


class HeaderFinder:
    """Finds the header rows of a sheet.

    ``meant``: why a row that means to be a roster's header is none. ``not_asked``: where a roster begins, on a sheet
    other than the one that is asked for; 0 for nowhere.
    """

    def __init__(self, book: str, sheet: str, how: HowRead) -> None:
        self.book, self.sheet, self.how = book, sheet, how
        self.meant: UnusableFile | None = None
        self.not_asked = 0
        self._is_asked = how.sheet in {None, sheet}
        self._notes: dict[int, HeaderNotes] = {}
        self._last: tuple[int, Mapping[int, Any]] = (-1, {})  # the row that may go above the next
        self._fresh = dict[str, Found]()
        self._weak: list[tuple[Headed, int]] = []
        self._others: tuple[int, Sequence[Headed]] = (-1, ())  # what the last row that may be a header heads not
        self._uncounted = 0  # the first row in no table that holds a formula nobody counted
        self._met = set[str]()  # headers, where some have a meaning of the user's

    @property
    def notes(self) -> HeaderNotes:
        """What is to be said of the headers met so far."""
        found = HeaderNotes(met=self._met & self.how.meanings.keys())
        if self._uncounted:
            found.uncounted[self.sheet] = self._uncounted
        for notes in self._notes.values():
            found.add(notes)
        return found

    def passed(self, number: int, cells: Mapping[int, Any]) -> None:
        """A row that belongs to no table: the next may be a header together with it."""
        self._goes_above(number, cells)
        if not self._uncounted and UNCOUNTED in cells.values():
            self._uncounted = number

    def _goes_above(self, number: int, cells: Mapping[int, Any]) -> None:
        self._last = number, cells

    def _above(self, number: int) -> _Row:
        """The row above one of a number, where it is made of texts alone."""
        last, cells = self._last
        texts = _texts(cells) if last == number - 1 else NO_TEXTS
        return _Row(last, texts) if last == number - 1 and len(texts) == len(cells) else _NO_ROW

    def tables(
        self, number: int, cells: Mapping[int, Any], opened: Sequence[Found], aside: Sequence[Found] = ()
    ) -> list[Found]:
        """The tables whose header a row is; those ``opened`` or set ``aside`` that it only names again among them."""
        if not self._may_head(number, cells, opened):
            return []
        # What headers mean is itself said in words of headers.
        if any(one.kind == "means" and cells.keys() <= one.places.keys() for one in opened):
            return []
        above = self._above(number)
        row = _Row(number, _texts(cells))
        kinds = self._in_play(row, above)
        if "roster" in kinds and not self._is_asked:
            kinds.remove("roster")
            if not self.not_asked and self._headed("roster", row, above).opens:
                self.not_asked = number
        if not kinds:
            return []
        rows = [self._headed(kind, row, above) for kind in kinds]
        rows = [one for one in rows if not any(_overlap(one, table) and _is_row(table, cells) for table in opened)]
        heads = [one for one in rows if one.opens]
        self._others = (number, [one for one in rows if one not in heads])
        new = [self._again(one, [*opened, *aside]) or self._found(one, number) for one in heads]
        if heads and self.how.meanings:
            self._met |= {normalised(text) for one in (row, above) for text in one.texts.values()}
        if not heads or any(table not in opened for table in new):
            beside = [(min(one.places), max(one.places)) for one in opened if one not in new]
            self._note(row, rows, heads, beside)
        if new:
            self._fresh = {table.kind: table for table in new}
            self._goes_above(number, cells)
        return new

    def others(self, number: int, cells: Mapping[int, Any], opened: Sequence[Found]) -> list[tuple[Found, Headed]]:
        """The tables that a row is no header and no line of, with what it would be as their header."""
        row, others = self._others
        if row != number or not others:
            return []
        by_kind = {one.kind: one for one in others if one.kind not in NAME_COLUMNS}
        return [(one, by_kind[one.kind]) for one in opened if one.kind in by_kind and not _is_row(one, cells)]

    def proven(self, cells: Mapping[int, Any]) -> list[Found]:
        """The tables whose header went by some rows above, and whose lines this row shows to be ours."""
        if not self._weak:
            return []
        proven = [(one, number) for one, number in self._weak if self._is_line(one, cells)]
        for one, number in proven:
            self._weak.remove((one, number))
            self._met |= set(map(normalised, one.texts.values()))
            self._notes[number] = notes_of((self.sheet, number), [], [one], [], self.how.meanings)
        return [self._found(one, number) for one, number in proven]

    @staticmethod
    def _is_line(one: Headed, cells: Mapping[int, Any]) -> bool:
        telling, known = BY_THEIR_LINES[one.kind]
        return any(known(cells[place]) for place, key in one.places.items() if key == telling and place in cells)

    def _note(self, row: _Row, rows: Sequence[Headed], heads: Sequence[Headed], beside: Sequence[Span]) -> None:
        """Take note of what a header row leaves to be said, and of what is no table yet, or for want of a column."""
        kinds = {one.kind for one in heads}
        with_above = any(text not in row.texts.values() for one in heads for text in one.texts.values())
        if row.number - 1 in self._notes and (with_above or not kinds.isdisjoint(self._fresh)):
            del self._notes[row.number - 1]  # this row goes on with that header
        notes = notes_of((self.sheet, row.number), rows, heads, beside, self.how.meanings)
        for one in rows:
            if one.kind in BY_THEIR_LINES and not (one.missing or one.opens):
                self._weak.append((one, row.number))
            elif one.kind == "roster" and self.meant is None and one.missing and len(one.sure) >= MEANT:
                self.meant = self._no_column(one, row.number)
        if notes:
            self._notes[row.number] = notes

    def _no_column(self, one: Headed, number: int) -> UnusableFile:
        missing = one.missing[0]
        nothing = next((place for place, text in one.texts.items() if says_nothing(text)), None)
        known: dict[str, Any] = {"file": self.book, "sheet": self.sheet, "row": number}
        known["column"] = column("roster", missing).title
        likely = next((doubt for doubt in one.doubts if missing in doubt.keys), None)
        if likely is None and nothing is not None:
            return UnusableFile("file.no_column_formula", **known, cell=cell_name(number, nothing))
        if likely is None:
            return UnusableFile("file.no_column", **known)
        cell, text = cell_name(number, likely.place), one.texts[likely.place]
        return UnusableFile("file.no_column_likely", **known, cell=cell, text=text)

    def _may_head(self, number: int, cells: Mapping[int, Any], opened: Sequence[Found]) -> bool:
        """Whether it is worth while to look closer; hardly a row has even one header in it."""
        if len(cells) < FEWEST_HEADERS:
            return False
        texts = [cell for cell in cells.values() if cell.__class__ is str]
        sure = sum(map(is_header, texts))
        if self.how.meanings:
            sure += sum(normalised(text) in self.how.meanings for text in texts)
        if not sure or sure >= FEWEST_HEADERS:
            return sure > 0
        alone = len(texts) == len(cells) and max(map(len, texts)) <= LONGEST
        return alone and (not opened or self._above(number) is not _NO_ROW)

    def _in_play(self, row: _Row, above: _Row) -> list[str]:
        """The kinds of tables that some of the texts surely are columns of: only for those the others are looked at."""
        meanings = self.how.meanings
        texts = [text for one in (row, above) for text in one.texts.values()]
        known = frozenset(text for text in texts if is_header(text) or (meanings and normalised(text) in meanings))
        kinds = kinds_of(known, tuple(meanings.items()))
        return [kind for kind in TABLES if kind in kinds]

    def _headed(self, kind: str, row: _Row, above: _Row) -> Headed:
        """The row as the header of a table: alone, or with the one above it where that says more."""
        alone = headed(kind, row.texts, meanings=self.how.meanings)
        fresh = self._fresh.get(kind) if above.number in {table.header_row for table in self._fresh.values()} else None
        if above is _NO_ROW or (fresh is None and above.number in {one.header_row for one in self._fresh.values()}):
            return alone
        both = headed(kind, row.texts, above.texts, self.how.meanings)
        own = both.places.keys() & row.texts.keys()
        if len(both.sure) <= len(alone.sure) or 2 * len(own) < len(row.texts):
            return alone
        if fresh and (not fresh.places.items() <= both.places.items() or not row.texts.keys().isdisjoint(fresh.places)):
            return alone
        return both

    def _found(self, one: Headed, number: int) -> Found:
        if one.double:
            places = next(iter(one.double.values()))
            cells = [cell_name(number, place) for place in places[:2]]
            header = one.texts[places[0]]
            raise UnusableFile(
                "file.column_twice", file=self.book, sheet=self.sheet, column=header, one=cells[0], other=cells[1]
            )
        headers = {key: one.texts[place] for place, key in one.places.items()}
        return Found(one.kind, self.sheet, number, dict(one.places), headers, one.exact, _among_others(one))

    def _again(self, one: Headed, opened: Sequence[Found]) -> Found | None:
        """The same header again (a print title, a page break) goes on with the same table."""
        return next((table for table in opened if table.kind == one.kind and table.places == one.places), None)


def _among_others(one: Headed) -> bool:
    """Whether other headers stand between those of a table, or next to them."""
    first, last = min(one.places), max(one.places)
    return any(first - 1 <= place <= last + 1 and place not in one.places for place in one.texts)


def _overlap(one: Headed, table: Found) -> bool:
    return not one.places.keys().isdisjoint(table.places)


def _is_row(table: Found, cells: Mapping[int, Any]) -> bool:
    """Whether a row below a table's header is surely no header: in its columns there is a day, a number, or an id.

    What somebody wrote there may be words of headers all the same: "employee", "fired".
    """
    own = {key: cells[place] for place, key in table.places.items() if cells.get(place, UNCOUNTED) is not UNCOUNTED}
    if any(sign.isdigit() for sign in str(own.get("person_id", ""))):
        return True
    return any(cell.__class__ is not str or is_day(cell) for cell in own.values())


def _texts(cells: Mapping[int, Any]) -> dict[int, str]:
    """The texts of a row that are short enough for headers, from left to right."""
    return {
        place: cell
        for place, cell in sorted(cells.items())
        if cell.__class__ is str and cell.strip() and len(cell) <= LONGEST
    }
