"""Per person: the next action, when it is due, the day to act by, the days left, and one status word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from hqs_xl.roster.compliance import Outcome
from hqs_xl.roster.findings import Finding, Severity
from hqs_xl.roster.obligations import is_done
from hqs_xl.roster.settings import Settings
from hqs_xl.roster.status import STATUS_OF, Status, status_word
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


class _Item(NamedTuple):
    """Something to do: ``key`` is that of its action's words."""

    sort: date
    key: str
    due: date | None
    status: Status
    provisional: bool = False


_SORT = attrgetter("sort")


def agenda(outcome: Outcome, settings: Settings) -> Agenda:
    """What the person's row answers."""
    items = _items(outcome, settings)
    first = min(items, key=_SORT, default=None)
    status = _status(outcome, items)
    due = first.due if first else None
    provisional = bool(first and first.provisional and first.status is status)
    person = outcome.person
    return Agenda(
        person_id=person.person_id,
        row=person.row,
        next_action=say(f"action.{first.key}", settings.lang) if first else "",
        next_due=due,
        act_by=settings.calendar.on_or_before(due) if due else None,
        days_left=(due - settings.as_of).days if due else None,
        status=status_word(status, settings.lang, provisional=provisional),
        check=_in_their_row(outcome.findings, settings.lang),
    )


def _in_their_row(findings: Sequence[Finding], lang: str) -> str:
    if not findings:
        return ""
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
        _Item(item.due, item.name, item.due, STATUS_OF[item.state], item.deadline.provisional)
        for item in outcome.obligations
        if not is_done(item)
    ]
    for breach in outcome.breaches:
        if breach.severity == Severity.VIOLATION:
            items.append(_Item(settings.as_of, breach.code, None, Status.OVERDUE))
        elif breach.severity == Severity.DUE and breach.due:
            status = Status.DUE_TODAY if breach.due == settings.as_of else Status.DUE_SOON
            items.append(_Item(breach.due, breach.code, breach.due, status))
    return items


def _status(outcome: Outcome, items: list[_Item]) -> Status:
    severities = {finding.severity for finding in outcome.findings}
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
