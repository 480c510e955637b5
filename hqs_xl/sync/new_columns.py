"""The answer columns a table lacks: which they are, what they are called, and where they stand."""

from __future__ import annotations

from hqs_xl.roster.columns import answers
from hqs_xl.roster.gathered import Gathered
from hqs_xl.roster.headers.notes import HeaderCell
from hqs_xl.roster.tables import EditableBook, Found
from hqs_xl.roster.tables.no_rows import told_apart
from hqs_xl.roster.tables.sheet import SheetTables
from hqs_xl.rows import UNCOUNTED
from hqs_xl.sync.own_cells import OwnCells
from hqs_xl.texts import LANGUAGES, say


def with_new_columns(book: EditableBook, other: Gathered, table: Found) -> Found:
    """The table with the answer columns it lacked; beside one in which a person's words stand there is another one."""
    taken = _taken(book, other, table)
    missing = [column for column in answers(table.kind) if column.key not in table.headers or column.key in taken]
    if not missing:
        return table
    lang = _language(table)
    headers = [one.header_beside(lang) if one.key in taken else one.header(lang) for one in missing]
    added = dict(zip(book.widen(table, headers), (column.key for column in missing), strict=True))
    kept = {place: key for place, key in table.places.items() if key not in taken}
    # From now on they are columns of a person's own, and a check says so; the next one finds them as such.
    other.headers.take_for_own(
        HeaderCell(table.kind, table.sheet, table.header_row, place, table.headers[key])
        for place, key in table.places.items()
        if key in taken
    )
    titles = dict(zip(added.values(), headers, strict=True))
    return table._replace(places=kept | added, headers={**table.headers, **titles})


def _taken(book: EditableBook, other: Gathered, table: Found) -> set[str]:
    """The answer columns in which something stands that no check has written."""
    marked = table.kind in other.marked
    own = OwnCells(table, marked=marked, date1904=book.date1904)
    tables = SheetTables(book, table.sheet, other.how)
    taken: set[str] = set()
    for row in book.rows(table.sheet):
        for found in tables.all_taken([row]):
            mine = (found.table.kind, found.table.header_row) == (table.kind, table.header_row)
            if mine and told_apart(found)[0].rows and own.holds_facts(row[1]):
                odd = own.odd(row[1])
                # In a table of ours a formula nobody counted is ours as a rule, and another one is refused by name.
                taken |= {table.places[place] for place in odd if not (marked and row[1].get(place) == UNCOUNTED)}
    return taken


def _language(table: Found) -> str:
    """The language most of a table's headers are in."""
    shared = {
        lang: sum(say(f"header.{key}", lang) == text for key, text in table.headers.items()) for lang in LANGUAGES
    }
    return max(shared, key=lambda lang: shared[lang])
