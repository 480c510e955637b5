"""Whether a roster has room for new people: blank rows below the last person, and above whatever ends the roster."""

from __future__ import annotations

from hqs_xl.errors import UnusableFile
from hqs_xl.hosts.closed import ClosedEdit
from hqs_xl.intake.comparison import Held
from hqs_xl.roster.headers.notes import cell_name
from hqs_xl.rows import UNCOUNTED


def check_room(book: ClosedEdit, roster: Held, count: int) -> None:
    """Refuse to put so many new people where there are too few blank rows, or where somebody's own words stand.

    Rows are put in by Excel or LibreOffice alone, which take along all formulas that look at what moves.
    """
    free = roster.below - roster.last - 1
    known = {"file": book.name, "sheet": roster.table.sheet}
    if roster.below and count > free:
        raise UnusableFile("import.no_room", **known, row=roster.below, free=free, count=count - free)
    for number, place, header in _words_beside(book, roster, count):
        raise UnusableFile("import.row_used", **known, cell=cell_name(number, place), header=header, count=count)


def _words_beside(book: ClosedEdit, roster: Held, count: int) -> list[tuple[int, int, str]]:
    """The words in columns of one's own, beside the table's, in the rows that new people are to have.

    A number there may be a line's, given out before.
    """
    own = _own(roster)
    if not own or not count:
        return []
    rows = book.rows_numbered(roster.table.sheet, range(roster.last + 1, roster.last + 1 + count))
    return [
        (number, place, own[place])
        for number, cells in rows
        for place, cell in cells.items()
        if place in own and isinstance(cell, str) and cell != UNCOUNTED and any(map(str.isalpha, cell))
    ]


def columns_beside(book: ClosedEdit, roster: Held) -> list[int]:
    """The columns of one's own that go on with a roster's without a gap; an Excel table holds all that belong to it."""
    table, own = roster.table, _own(roster)
    if book.table_area(table):
        return []
    found = list[int]()
    for edge, step in ((min(table.places), -1), (max(table.places), 1)):
        place = edge + step
        while place in own:
            found.append(place)
            place += step
    return found


def _own(roster: Held) -> dict[int, str]:
    """The headers of columns of one's own that stand in the roster's header row."""
    table = roster.table
    return {
        cell.place: cell.text
        for cell in roster.other.headers.own
        if (cell.kind, cell.sheet, cell.row) == ("roster", table.sheet, table.header_row)
    }
