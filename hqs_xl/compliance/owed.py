"""Something owed by a day: what it is, whether and when it was done, and where that leaves it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple, Self

from hqs_xl.compliance.case import Case
from hqs_xl.law import Deadline, Quarter
from hqs_xl.roster.status import DONE, State, state_of


class Earlier(NamedTuple):
    """A doing that does not count, for it lies before what it would have to answer: both columns and days."""

    mark: str
    done: date
    since: str
    first: date


class Obligation(NamedTuple):
    """Something to be done by a day.

    ``code`` is the head of the finding's code (``notice.concluded.``); ``column`` is where the doing is typed;
    ``due`` may be later than the deadline's when a registration in order lapses after it; ``state`` is where it stands
    on the day of the check. ``marks``: the roster's columns that say whether it is done. ``unread``: the columns it was
    found without, for nothing could be read there; ``unclear``: the one of them that would say whether it is done.
    ``earlier``: a doing that was of something before. ``remark``: what else has to be said of it, as a key of ``texts``
    (``finding.remark.abroad``). ``instead``: the key of what to do, where it is no longer the obligation's own.
    ``hidden``: the rows of the documents for which it can't be told.
    """

    code: str
    column: str
    deadline: Deadline
    done: date | None
    due: date
    state: State
    quarter: Quarter | None = None
    marks: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    unclear: str = ""
    earlier: Earlier | None = None
    remark: str = ""
    instead: str = ""
    hidden: tuple[int, ...] = ()

    @property
    def is_untold(self) -> bool:
        """Whether nobody can tell where it stands, for a cell or a row of the documents can't be read."""
        return bool(self.unclear or self.hidden)

    @property
    def name(self) -> str:
        """The key of its texts."""
        return self.code.rstrip("._")

    @property
    def to_do(self) -> str:
        """The key of what to do about it: first that which hides where it stands."""
        return "unclear" if self.unclear else "hidden" if self.hidden else self.instead or self.name

    def without(self, unread: Collection[str]) -> Self:
        """The same found without some columns, where nothing could be read."""
        unclear = "" if is_done(self) else next((mark for mark in self.marks if mark in unread), self.unclear)
        return self._replace(unread=tuple(sorted(unread)), unclear=unclear)


def is_done(item: Obligation) -> bool:
    """Whether it is done, in time or late."""
    return item.state in DONE


# The column of what is owed by quarters.
QUARTER = "quarter"
# So much of what is owed is remembered.
MOST_OWED = 1 << 15


class Kind(NamedTuple):
    """What is owed by a rule: the head of its findings' codes, and the columns of the roster where the doing is typed.

    ``since``: the column before whose day no doing counts, blank where any does; ``column``: the one to name for the
    doing, where it is not the first of those.
    """

    rule: str
    code: str
    marks: tuple[str, ...]
    since: str = ""
    column: str = ""


def one_owed(
    case: Case,
    kind: Kind,
    event: date | None,
    done: date | None,
    *,
    column: str = "",
    first: tuple[date, str] | None = None,
) -> Sequence[Obligation]:
    """What is owed from an event on, if anything.

    ``column``: the event's, where it is not the rule's own. ``first``: from which day on a doing counts, and the column
    of that day, where that is not the event. People share their days, and so what is owed.
    """
    if event is None:
        return ()
    remembered: dict[Any, Sequence[Obligation]] = case.settings.owed
    key = (kind.rule, event, done, first)
    owed = remembered.get(key)
    if owed is None:
        deadline = case.due(kind.rule, event, column=column)
        if deadline is None:
            return ()
        if len(remembered) >= MOST_OWED:
            remembered.clear()
        owed = remembered[key] = (_owed(case, kind, deadline, done, first or (event, kind.since)),)
    return owed


def _owed(case: Case, kind: Kind, deadline: Deadline, done: date | None, first: tuple[date, str]) -> Obligation:
    counts, since = first
    mark = kind.column or kind.marks[0]
    earlier = too_early(mark, done, since, counts) if since else None
    counted = None if earlier else done
    state = state_of(deadline.due, counted, case.as_of, case.soon)
    quarter = Quarter.of(counts) if kind.since == QUARTER else None
    return Obligation(kind.code, mark, deadline, counted, deadline.due, state, quarter, kind.marks, earlier=earlier)


def too_early(mark: str, done: date | None, since: str, first: date) -> Earlier | None:
    """A doing as one that does not count, where it lies before the first day from which it would."""
    return Earlier(mark, done, since, first) if done is not None and done < first else None
