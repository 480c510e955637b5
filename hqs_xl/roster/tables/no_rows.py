"""Rows that stand in a table and are none of it: totals, signatures, notes, headings of a group.

Such a row begins with a phrase of these, or is a sentence, and holds hardly anything else: a name, a place, a
signature's day. One that holds more, or a word of the table's list, is somebody's, whatever it begins with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from hqs_xl.cells.values import is_blank
from hqs_xl.formulas.counted import CountedNumber
from hqs_xl.roster.columns import TABLES, facts
from hqs_xl.roster.headers.words import plain, skeleton
from hqs_xl.roster.tables import TableRows
from hqs_xl.roster.tables.end import SURELY, is_day
from hqs_xl.roster.tables.group_titles import heads_group, is_heading
from hqs_xl.roster.tables.lists import is_contact, is_list_header, reaches
from hqs_xl.roster.tables.row_words import phrases

# What people sign on, or write a name behind; a phrase before that is no one's id.
_LINE = re.compile(r"^\s*(?::|_{2,}|\.{3,}|…|\s[-\u2012-\u2015]\s)")
_FOOTNOTE = re.compile(r"^\s*(?:\*+|[\u00b9\u00b2\u00b3]|[0-9]\))\s+\S")
_SIGNED = re.compile(r"^\W*_{3,}")
# One word with a figure in it, or a short word before a number: "МП 001" is an id, though МП is a stamp's place.
_ID = re.compile(r"^\s*(?=\S*\d)\S+\s*$|^\s*[^\W\d]{1,3}[ \u00a0]+\d+\s*$")
_STAMPED = re.compile(r"^\s*[^\W\d]{2}[ \u00a0]+\d+\s*$")
# A sentence has so many words, most of which begin with a small letter.
SENTENCE = 5
# A phrase has so many words at most.
LONGEST = 3
# So much stands at most beside the phrase of a row that is nobody's (figures and lines to sign on do not count): beside
# one in the table's own columns, beside one in a column of somebody's own, which may say so of a person in each row.
BESIDE, BESIDE_OWN = 3, 2
# The same where the only sign is a line to sign on, between a post and a name.
BESIDE_LINE = 1
# Who signs may add a day; no other row has any.
DAYS = {"signature": 1, "title": 1}
# The letters of a stamp's place, which may be an id that is none yet.
MOST_INITIALS = 2
_WORD = re.compile(r"\S+")
# What begins so is nobody's, wherever it stands.
_SURE = frozenset({"total", "signature"})
# What names the row, in this order; else its first cell.
_NAMING = ("person_id", "full_name")


# Rows that are passed over, by number: what stands for an id in one that may be somebody's all the same, else blank.
Passed = Mapping[int, str]
_NONE: Passed = {}


def told_apart(rows: TableRows) -> tuple[TableRows, Passed]:
    """The rows that may be of their table, and those that are not."""
    tells = SURELY.get(rows.table.kind)
    if tells is None:
        return rows, _NONE
    key, surely = tells
    cells = rows.column(key)
    known = {cell for cell in {*cells} if surely(cell)}
    doubtful = [index for index, cell in enumerate(cells) if cell not in known]
    gone = {
        index
        for index in doubtful
        if is_no_row(
            rows.table.kind, rows.row(index), _first(held := rows.rows[index][1]), alone=_stands_alone(rows, held)
        )
    }
    if not gone:
        return rows, _NONE
    left = [row for index, row in enumerate(rows.rows) if index not in gone]
    passed = ((index, *rows.rows[index]) for index in sorted(gone))
    doubts = {number: in_doubt(rows.table.kind, rows.row(index), _first(cells)) for index, number, cells in passed}
    return rows._replace(rows=left), doubts


def _first(cells: Mapping[int, Any]) -> Any:
    return cells[min(cells)] if cells else None


def _stands_alone(rows: TableRows, cells: Mapping[int, Any]) -> bool:
    """Whether no column of somebody's own says anything in a row: a department, a phone."""
    places = rows.table.places
    return not any(isinstance(cell, str) and place not in places and cell.strip() for place, cell in cells.items())


def is_no_row(kind: str, cells: Mapping[str, Any], first: Any = None, *, alone: bool = True) -> bool:
    """Whether a row, by column key, is none of its kind of table.

    ``first``: its first cell, of whatever column; ``alone``: whether no column of somebody's own says anything there.
    """
    key, surely = SURELY[kind]
    own = {name: cell for name, cell in cells.items() if name in _facts(kind) and not is_blank(cell)}
    if surely(own.get(key)):
        return False
    naming = next((name for name in (*_NAMING, *own) if name in own), "")
    label = own.get(naming)
    if is_list_header(own.values()) or (is_contact(own) and not _is_id(own.get("person_id"), "")):
        return True
    if own and _is_sums(kind, own):
        return True
    how = _begins(label) if isinstance(label, str) else ""
    beside = {name: cell for name, cell in own.items() if name != naming}
    if how in _SURE or how == "count":
        return _holds_little(kind, beside, how, BESIDE)
    # A column of somebody's own may hold a department or a note in each row.
    if isinstance(first, str) and first is not label and (found := _begins(first)) in _SURE:
        named = _is_id(own.get("person_id"), found) or all(isinstance(own.get(one), str) for one in ("person_id", key))
        return not named and _holds_little(kind, own, found, BESIDE_OWN)
    if any(isinstance(cell, str) and _SIGNED.match(cell) for cell in beside.values()):
        most = BESIDE if how in DAYS else BESIDE_LINE
        return not _is_id(own.get("person_id"), how) and _holds_little(kind, beside, how, most)
    if len(own) > 1 or not isinstance(label, str) or not alone:
        return False
    # Alone it is a note, unless it is a name: there are people called Key and Branch.
    if naming == "full_name":
        return is_heading(label) or heads_group(label, small=True)
    return bool(how) or _is_sentence(label) or is_heading(label) or heads_group(label, small=False) or reaches(label)


def in_doubt(kind: str, cells: Mapping[str, Any], first: Any = None) -> str:
    """What makes a row none of its table that may be one all the same; blank where that is no question.

    A line or a stamp's letters may stand where an id is to come, and who signs things may be a post. With a name and a
    day, or a word where a word of the list stands, that is a person's row as well as a signature.
    """
    key, _ = SURELY[kind]
    own = {name: cell for name, cell in cells.items() if name in _facts(kind) and not is_blank(cell)}
    naming = next((name for name in (*_NAMING, *own) if name in own), "")
    label = own.get(naming)
    # The table's own first column may be that of the relation.
    is_own = any(first is cell for cell in own.values())
    beside = isinstance(first, str) and not is_own and _begins(first) == "signature"
    if beside:
        sign, is_sure = first, any(mark in first for mark in ":_")
    else:
        sign = label if isinstance(label, str) else ""
        own.pop(naming, None)
        is_stamp = _begins(sign) == "signature" and sum(map(str.isalpha, sign)) <= MOST_INITIALS
        is_sure = not (is_stamp or (not _begins(sign) and isinstance(own.get(key), str) and _SIGNED.match(own[key])))
    days = any(name in _days(kind) and is_day(cell) for name, cell in own.items())
    words = [name for name, cell in own.items() if isinstance(cell, str) and not (name in _days(kind) and is_day(cell))]
    asked = key in words or (days and (beside or words))
    return "" if is_sure or not asked else sign.strip()


def _is_sums(kind: str, own: Mapping[str, Any]) -> bool:
    """Whether a row without a word is what rows above come to; of people, a number of somebody is the id alone."""
    return all(
        isinstance(cell, CountedNumber)
        or (kind == "roster" and name != "person_id" and _is_number(cell) and not is_day(cell))
        for name, cell in own.items()
    )


def _is_number(cell: Any) -> bool:
    """Whether a cell is a number; that no visa is required, FALSE, is a fact of somebody."""
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _holds_little(kind: str, cells: Mapping[str, Any], how: str, most: int) -> bool:
    """Whether cells say no more than a row that is nobody's may."""
    days = {name for name, cell in cells.items() if name in _days(kind) and is_day(cell)}
    more = [cell for name, cell in cells.items() if name not in days and not _is_figure_or_line(cell)]
    return len(days) <= DAYS.get(how, 0) and len(days) + len(more) <= most


def _is_figure_or_line(cell: Any) -> bool:
    return isinstance(cell, int | float) or (isinstance(cell, str) and bool(_SIGNED.match(cell)))


def _is_id(cell: Any, how: str) -> bool:
    """Whether what stands in the column of ids can hardly be anything else: one word with a figure that is no day.

    A number may be what a total comes to.
    """
    if isinstance(cell, int | float) and how != "total":
        return not is_day(cell)
    return isinstance(cell, str) and bool(_ID.match(cell)) and not is_day(cell)


@lru_cache(maxsize=1 << 10)
def _begins(text: str) -> str:
    """What a row is that begins so; blank for one that may be anybody's.

    A phrase goes up to a space or a line to sign on: TOTAL-001 is an id.
    """
    if _SIGNED.match(text):
        return "signature"
    if _FOOTNOTE.match(text):
        return "note"
    if _STAMPED.match(text):
        return ""
    for phrase, rest in _beginnings(text):
        how = phrases().get(skeleton(plain(phrase)))
        if how == "heads":
            continue
        if how and _LINE.match(rest):
            return how if how in {"total", "count"} else "signature"
        if how and (not rest or rest[0].isspace()):
            return how
    return ""


def _beginnings(text: str) -> Iterator[tuple[str, str]]:
    """The first words of a text, the most first, and what follows them."""
    bare = text.strip().strip("*«»\"'()")
    ends = [word.end() for word in _WORD.finditer(bare)][:LONGEST]
    for end in reversed(ends):
        yield bare[:end].rstrip(".,;"), bare[end:]
        inside = min((at for sign in ":_" if (at := bare.find(sign, 0, end)) > 0), default=0)
        if inside:
            yield bare[:inside], bare[inside:]


def _is_sentence(text: str) -> bool:
    words = _WORD.findall(text)
    return len(words) >= SENTENCE and 2 * sum(word[0].islower() for word in words) > len(words)


@cache
def _facts(kind: str) -> frozenset[str]:
    return frozenset(column.key for column in facts(kind))


@cache
def _days(kind: str) -> frozenset[str]:
    return frozenset(column.key for column in TABLES[kind] if column.kind == "date" and not column.answer)
