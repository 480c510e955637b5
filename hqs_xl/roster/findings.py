"""A finding: one thing to know about one row, in words, with its source."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from hqs_xl.cells.ids import Near
from hqs_xl.errors import HqsError
from hqs_xl.roster.columns import column as column_of
from hqs_xl.texts import say


class Severity(StrEnum):
    """How much a finding weighs: a rule broken, done late, soon due, to ask, a cell to mend, outside the card."""

    VIOLATION = "violation"
    LATE = "late"
    DUE = "due"
    ASK = "ask"
    DATA = "data"
    SCOPE = "scope"

    # Enum hashes names by a call into Python; every person is looked up by these.
    __hash__ = str.__hash__


# The code of a finding on a cell that could not be read, where the error alone says which.
_CODES = {key: f"data.{key}" for key in ("unknown_word", "uncounted", "required", "merged")}
_CODES |= {"not_stored": "data.uncounted", "near_word": "data.unknown_word"}
_MOVING = ("moving", "moving_blank", "moving_unknown")
_SENTENCES = {
    key: f"data.{key}" for key in (*_MOVING, "excel_error", "outside_range", "not_stored", "near_word", "own_day_twice")
}


class Finding(NamedTuple):
    """One thing to know about one person.

    ``row`` is the row of the sheet the person (or salary notice) stands in; ``column`` a column's key. ``due`` is the
    day the thing was or is due, ``days`` the days from the check to it (negative: past; for what was done late, from
    the doing to it). ``table`` is the kind of table the row is of.
    """

    severity: Severity
    code: str
    person_id: str
    row: int
    column: str
    due: date | None
    days: int | None
    message: str
    action: str
    source: str
    table: str = "roster"


def near_in_words(near: Near, lang: str) -> str:
    """What two near ids differ by."""
    return ", ".join(say(f"near.{name}", lang) for name in near.by)


class Place(NamedTuple):
    """A row of a table, and the language it is spoken of in; ``alone``: the words stand in the row itself."""

    table: str
    row: int
    person_id: str
    lang: str
    alone: bool = False

    def header(self, column: str) -> str:
        """The title of a column of the table."""
        return _header(self.table, column, self.lang)

    def data(
        self, code: str, column: str, error: HqsError | None = None, *, sentence: str = "", **fields: object
    ) -> Finding:
        """A finding on a cell that is missing, unreadable, repeated or out of order."""
        # These say more of the cell than the code does.
        if error and error.key in _SENTENCES:
            sentence = _SENTENCES[error.key]
        known = {"column": self.header(column), "expected": _expected(self.table, column, self.lang)}
        message = say(f"finding.{sentence or code}", self.lang, **known | (error.fields if error else {}) | fields)
        if not self.alone:
            message = (
                say("finding.where", self.lang, table=say(f"table.{self.table}", self.lang), row=self.row) + message
            )
        action = say(f"action.{code}", self.lang, column=known["column"])
        row = (self.person_id, self.row, column)
        return Finding(Severity.DATA, code, *row, None, None, message, action, "", self.table)

    def unread(self, column: str, error: HqsError) -> Finding:
        """A finding on a cell that holds no such fact as its column."""
        return self.data(_CODES.get(error.key, "data.not_a_date"), column, error)

    def duplicate(self, other: int) -> Finding:
        """A finding on an id that stands in an earlier row too."""
        sentence = "data.duplicate_alone" if self.alone else "data.duplicate_id"
        return self.data("data.duplicate_id", "person_id", sentence=sentence, other=other)

    def near(self, column: str, near: Near) -> Finding:
        """A finding on an id that differs from another one by hardly anything."""
        return self.data("data.near_id", column, person=near.person_id, by=near_in_words(near, self.lang))

    def unknown(self, near: Near | None, column: str = "person_id") -> Finding:
        """A finding on an id that nobody has; ``near``: one that it may be meant for."""
        if near is None:
            return self.data("data.unknown_person", column)
        words = near_in_words(near, self.lang)
        return self.data("data.near_id", column, sentence="data.near_unknown", person=near.person_id, by=words)

    def order(self, earlier: str, first: object, later: str, last: object) -> Finding:
        """A finding on two days in an impossible order; it stands at the later column."""
        return self.data(
            "data.order", later, earlier=self.header(earlier), first=first, later=self.header(later), last=last
        )


@lru_cache(maxsize=1 << 9)
def _header(table: str, column: str, lang: str) -> str:
    return column_of(table, column).header(lang)


@lru_cache(maxsize=1 << 9)
def _expected(table: str, column: str, lang: str) -> str:
    return say(f"expected.{column_of(table, column).kind}", lang)
