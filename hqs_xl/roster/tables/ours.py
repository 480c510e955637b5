"""Which tables of a book are ours: those that bear our mark, or hold what only this program writes.

Headers alone say little: others have tables of findings, of lines with a status, of ratings by person and quarter. A
table that might be ours and is not known to be is left alone, and named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from hqs_xl.errors import UnusableFile
from hqs_xl.law import EDITIONS
from hqs_xl.law.rules import OWN
from hqs_xl.roster.columns import LOG, column, labelled, normalised
from hqs_xl.roster.settings import setting_key
from hqs_xl.roster.tables import Found, TableRows
from hqs_xl.roster.tables.end import SURELY, Elsewhere, Gap
from hqs_xl.texts import LANGUAGES, say, table

# Tables whose cells, but for a label, are written by a check and by nobody else.
MADE = frozenset(
    {
        *("findings", "deadlines", "log", "lines", "kept", "last_check"),
        *("glance", "figures", "by_obligation", "by_month", "urgent"),
    }
)
# The dashboard's other tables are ours where its figures are.
_BESIDE_FIGURES = frozenset({"by_obligation", "by_month", "urgent"})
# Without one of these a table by person and quarter is no table of salary notices.
_OF_NOTICES = frozenset({"filed_on", "salary_paid"})

_CODE = re.compile(r"[a-z_]+(?:\.[a-z_]+)+")
_HOUR = re.compile(r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{2}\.[0-9]{2}\.[0-9]{4}) [0-9]{2}:[0-9]{2}")

# The sentence where it is known down to which row there is none of ours.
_DOWN_TO = {"below": "below_to", "elsewhere": "elsewhere_to"}

Row = Mapping[str, Any]


class LeftAlone(NamedTuple):
    """A table with headers of ours that is neither read nor written: its kind, where it begins, and why (``left``).

    ``last``: its last row, where ours goes on below it; 0 where that is not known. ``elsewhere``: as a ``Gap`` has it.
    """

    kind: str
    sheet: str
    row: int
    why: str
    last: int = 0
    elsewhere: Elsewhere | None = None

    @classmethod
    def below(cls, table: Found, gap: Gap) -> LeftAlone:
        """What stands below a table and is none of it."""
        if gap.elsewhere is None:
            return cls(table.kind, table.sheet, gap.first, "below", gap.last)
        return cls(table.kind, table.sheet, gap.first, "elsewhere", gap.last, gap.elsewhere)

    def message(self, lang: str) -> str:
        """Where it stands and why it is left alone, in a line."""
        words = say(f"table.{self.kind}", lang)
        why = _DOWN_TO[self.why] if self.last else self.why
        key = column(self.kind, SURELY[self.kind][0]).header(lang) if self.kind in SURELY else ""
        known = {"sheet": self.sheet, "row": self.row, "table": words, "last": self.last, "column": key}
        return say(f"left.{why}", lang, **known, **(self.elsewhere._asdict() if self.elsewhere else {}))


class Chosen(NamedTuple):
    """The tables of a book that are read, by kind; those of them that may be written; those that are left alone.

    ``marked``: the kinds of those that bear our mark. ``stray``: a row of our own findings that no check has written; 0
    for none.
    """

    found: dict[str, Found]
    written: frozenset[str]
    left_alone: list[LeftAlone]
    stray: int
    marked: frozenset[str]


@dataclass(slots=True)
class Candidate:
    """A table with headers of ours: whether it bears our mark, and how many of its rows only we would write."""

    table: Found
    marked: bool
    fitting: int = 0
    others: int = 0
    first_other: int = 0

    def take(self, rows: TableRows) -> None:
        """Look at the next rows."""
        fits = _FITS.get(self.table.kind)
        if fits is None:
            return
        for number, row in rows.each():
            if fits(row):
                self.fitting += 1
            else:
                self.others += 1
                self.first_other = self.first_other or number

    @property
    def ours(self) -> bool:
        """Whether the table is known to be ours, by its mark or by all its rows."""
        return self.marked or (not self.others and self.fitting >= _LEAST.get(self.table.kind, MOST_ROWS))

    def left_alone(self, why: str) -> LeftAlone:
        """The table as one that is left alone."""
        return LeftAlone(self.table.kind, self.table.sheet, self.table.header_row, why)


def choose(file: str, candidates: Sequence[Candidate], of_the_roster: Callable[[Candidate], bool]) -> Chosen:
    """The tables to read and to write. Raises UnusableFile where two of a kind are meant as well as each other.

    ``of_the_roster``: whether a table of salary notices names anybody of the roster.
    """
    found: dict[str, Found] = {}
    left: list[LeftAlone] = []
    dashboards = {one.table.sheet for one in candidates if one.table.kind == "figures" and one.ours}
    roster_sheets = {one.table.sheet for one in candidates if one.table.kind == "roster"}
    for kind in dict.fromkeys(one.table.kind for one in candidates):
        meant: list[Candidate] = []
        for one in (one for one in candidates if one.table.kind == kind):
            why = _why_not(one, dashboards)
            if why:
                left.append(one.left_alone(why))
            else:
                meant.append(one)
        taken = _taken(file, meant, roster_sheets)
        if taken:
            found[kind] = taken.table
            left += [one.left_alone("other") for one in meant if one is not taken]
    written = {one.table.kind for one in candidates if found.get(one.table.kind) is one.table}
    for one in candidates:
        if one.table.kind == "salary" and one.table is found.get("salary") and not (one.marked or of_the_roster(one)):
            written.discard("salary")
            left.append(one.left_alone("nobody"))
    marked = frozenset(one.table.kind for one in candidates if one.marked and found.get(one.table.kind) is one.table)
    stray = next((one.first_other for one in candidates if found.get("findings") is one.table), 0)
    return Chosen(found, frozenset(written), sorted(left, key=lambda one: (one.sheet, one.row)), stray, marked)


def _why_not(one: Candidate, dashboards: Iterable[str]) -> str:
    """Why a table is left alone; blank for one that is read."""
    kind, known = one.table.kind, one.ours
    if kind in _BESIDE_FIGURES:
        known = known or one.table.sheet in dashboards
    if kind in MADE and not known:
        return "unmarked"
    if one.marked:
        return ""
    if kind == "salary" and _OF_NOTICES.isdisjoint(one.table.headers):
        return "no_filed_on"
    # Whose days off they are, another column says.
    if kind == "own_days" and one.table.among_others:
        return "mixed"
    return "no_setting" if kind == "settings" and not one.fitting else ""


def _taken(file: str, meant: Sequence[Candidate], roster_sheets: Iterable[str]) -> Candidate | None:
    """The one table that is meant."""
    exact = [one for one in meant if one.table.exact]
    if len(exact) == 1:
        # Others are headed in words like ours only.
        return exact[0]
    if len(meant) > 1 and meant[0].table.kind != "roster":
        for better in (
            [one for one in meant if one.marked],
            [one for one in meant if one.table.sheet in roster_sheets],
        ):
            if len(better) == 1:
                return better[0]
        # Copies of what we made: any of them may be written anew, and the first one is.
        if meant[0].table.kind in MADE:
            return meant[0]
    if len(meant) > 1:
        one, other, *_ = (each.table for each in (exact or meant))
        of_people = "two_rosters" if one.sheet == other.sheet else "two_tables"
        raise UnusableFile(
            f"file.{of_people if one.kind == 'roster' else 'two_alike'}",
            file=file,
            table=say(f"table.{one.kind}"),
            one=one.sheet,
            other=other.sheet,
            row=one.header_row,
            other_row=other.header_row,
            header=one.headers[next(iter(one.headers))],
        )
    return meant[0] if meant else None


# ---- what only we write


def is_finding(row: Row) -> bool:
    """Whether a row of a table of findings is one of ours: by its code and its severity's word."""
    code, severity = row.get("code"), row.get("severity")
    return isinstance(code, str) and _CODE.fullmatch(code) is not None and normalised(severity) in _severities()


@cache
def _severities() -> frozenset[str]:
    keys = [key for key in table("en") if key.startswith("severity.")]
    return frozenset(normalised(say(key, lang)) for key in keys for lang in LANGUAGES)


@cache
def _keys(prefix: str) -> tuple[str, ...]:
    return tuple(key.removeprefix(prefix) for key in table("en") if key.startswith(prefix))


def _is_log_line(row: Row) -> bool:
    hour = row.get("checked_at")
    return isinstance(hour, str) and _HOUR.fullmatch(hour) is not None and row.get("edition") in (*EDITIONS, OWN)


_FITS: Mapping[str, Callable[[Row], bool]] = {
    "findings": is_finding,
    "log": _is_log_line,
    "last_check": lambda row: bool(labelled("header", (one.key for one in LOG), row.get("last_check", ""))),
    "figures": lambda row: bool(labelled("figure", _keys("figure."), row.get("figure", ""))),
    "by_obligation": lambda row: bool(labelled("action", _keys("obligation."), row.get("obligation", ""))),
    "settings": lambda row: setting_key(row.get("setting")) is not None,
}
# So many rows of ours, and no other, make a table ours without a mark; of the others no number does.
_LEAST = {"findings": 1, "log": 1, "last_check": 5, "figures": 10, "by_obligation": 5}
MOST_ROWS = 1 << 20
