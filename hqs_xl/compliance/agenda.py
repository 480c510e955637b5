"""Per person: the next action, when it is due, the day to act by, the days left, and one status word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from hqs_xl.compliance.first import STOPS
from hqs_xl.compliance.person import Outcome
from hqs_xl.roster.findings import Finding, Severity
from hqs_xl.roster.settings import Settings
from hqs_xl.roster.status import DONE, STATUS_OF, State, Status, status_word
from hqs_xl.texts import say


class Agenda(NamedTuple):
    """The answers beside a person's facts. ``days_left`` counts calendar days to ``next_due``, negative when past."""

    person_id: str
    row: int
    next_action: str
    next_due: date | None
    act_by: date | None
    days_left: int | None
    status: str
    check: str


# Words that say that all is well, which nobody knows while a header is in doubt.
_WELL = (Status.OK, Status.DONE, Status.NOT_APPLICABLE)


def unsure(line: Agenda, doubts: str, lang: str) -> Agenda:
    """What a person's row answers when some columns could not be read for their headers."""
    well = line.status in [status_word(status, lang, provisional=mark) for status in _WELL for mark in (False, True)]
    status = status_word(Status.MISSING_DATA, lang) if well else line.status
    return line._replace(status=status, check="; ".join(filter(None, (doubts, line.check))))


class _Item(NamedTuple):
    """Something to do: ``key`` is that of its action's words; ``sort``: whether it can wait, and to which day."""

    sort: tuple[bool, date]
    key: str
    due: date | None
    status: Status
    provisional: bool = False


def agenda(outcome: Outcome, settings: Settings) -> Agenda:
    """What the person's row answers."""
    person, items = outcome.person, _items(outcome, settings)
    first = min(items, key=_SORT, default=_NOTHING)
    status = _status(outcome, items)
    provisional = first.provisional and first.status is status
    return Agenda(
        person.person_id,
        person.row,
        say(f"action.{first.key}", settings.lang) if first.key else "",
        first.due,
        settings.act_by[first.due] if first.due else None,
        (first.due - settings.as_of).days if first.due else None,
        status_word(status, settings.lang, provisional=provisional),
        _in_their_row(outcome.findings, settings.lang) if outcome.findings else "",
    )


_SORT = attrgetter("sort")
_NOTHING = _Item((True, date.max), "", None, Status.OK)


def _in_their_row(findings: Sequence[Finding], lang: str) -> str:
    return "; ".join(_in_its_row(finding, lang) for finding in findings if finding.severity is not Severity.DUE)


def _in_its_row(finding: Finding, lang: str) -> str:
    """A finding in the words of the row it stands in, which are the same wherever that row is."""
    if finding.severity is not Severity.DATA:
        return finding.message
    if finding.code == "data.duplicate_id":
        return say("finding.data.duplicate_alone", lang)
    return finding.message.removeprefix(say("finding.where", lang, table=say("table.roster", lang), row=finding.row))


def _items(outcome: Outcome, settings: Settings) -> list[_Item]:
    items = [
        _item(item.to_do, item.due, item.state, item.deadline.provisional)
        for item in outcome.obligations
        if item.state not in DONE
    ]
    for breach in outcome.breaches:
        if breach.severity == Severity.VIOLATION:
            due = breach.day_to_act(settings.as_of)
            sort = breach.to_do not in STOPS, due or settings.as_of
            items.append(_Item(sort, breach.to_do, due, Status.OVERDUE))
        elif breach.severity == Severity.DUE and breach.due:
            status = Status.DUE_TODAY if breach.due == settings.as_of else Status.DUE_SOON
            items.append(_Item((True, breach.due), breach.to_do, breach.due, status))
    return items


# People share their days.
@lru_cache(maxsize=1 << 14)
def _item(key: str, due: date, state: State, provisional: bool) -> _Item:
    return _Item((True, due), key, due, STATUS_OF[state], provisional)


def _status(outcome: Outcome, items: list[_Item]) -> Status:
    severities = {finding.severity for finding in outcome.findings} if outcome.findings else ()
    if Severity.VIOLATION in severities:
        return Status.OVERDUE
    if Severity.DATA in severities:
        return Status.MISSING_DATA
    coming = {item.status for item in items}
    for status in (Status.DUE_TODAY, Status.DUE_SOON):
        if status in coming:
            return status
    if outcome.closed:
        return Status.DONE_LATE if Severity.LATE in severities else Status.DONE
    return Status.NOT_APPLICABLE if Severity.SCOPE in severities else Status.OK
