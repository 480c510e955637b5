"""Rows of the documents that nobody can read whole, or tell whose they are: what they may answer is not known.

Such a row counts as no document. What would be broken, or owed, only where it is none, can't be told for sure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from hqs_xl.law.workdays import FIRST_DAY, LAST_DAY
from hqs_xl.roster.records import Document, Problem
from hqs_xl.roster.spans import ONE_DAY


class Doubtful(NamedTuple):
    """A document that there may be: its row, and the first and last day it may have; None where that may be any."""

    row: int
    first: date | None
    last: date | None

    def may_cover(self, first: date, last: date) -> bool:
        """Whether it may hold on a day of these."""
        return (self.first or FIRST_DAY) <= last and (self.last or LAST_DAY) >= first

    def may_be_made(self, since: date, until: date) -> bool:
        """Whether it may have been made on a day of these: on its first one, which is not after its last."""
        if self.first:
            return since <= self.first <= until
        return self.last is None or self.last >= since

    def may_follow(self, last: date, as_of: date) -> bool:
        """Whether it may prolong what ends on a day, or have taken its place by the day of the check."""
        return (self.first or FIRST_DAY) <= max(last + ONE_DAY, as_of) and (self.last or LAST_DAY) > last


# By kind, the doubtful documents of a person.
NOTHING_DOUBTFUL: Mapping[str, Sequence[Doubtful]] = MappingProxyType({})


def kinds_of(one: Document, problems: Sequence[Problem], kinds: Sequence[str]) -> Sequence[str]:
    """The kinds a document may be of: its own; those that its word is spelt much like; else any."""
    if one.document:
        return (one.document,)
    meant = next((problem.error.fields.get("meant") for problem in problems if problem.column == "document"), None)
    return [kind for kind in kinds if not isinstance(meant, tuple) or kind in meant]


def in_disorder(one: Document) -> bool:
    """Whether a document ends before it begins, so that one of its days is another one."""
    return bool(one.valid_from and one.valid_until and one.valid_until < one.valid_from)
