"""Whom of a roster a change of the law touches: by their ids, with what is still to be done by when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from hqs_xl.compliance.check import Checker, Roster
from hqs_xl.compliance.owed import is_done
from hqs_xl.compliance.person import Outcome
from hqs_xl.law.changes import Change
from hqs_xl.roster.records import Person
from hqs_xl.roster.settings import Settings

# What touches every specialist whose agreement runs while it holds, whatever they do.
OF_THE_AGREEMENT = ("salary.threshold", "authority.migration")
# What touches only the specialists, though the family has the column it is counted from, too.
OF_SPECIALISTS = ("exempt.medical",)


class Touched(NamedTuple):
    """A person whom a change touches; ``due``: by when something is still to be done by it, None where nothing is."""

    person_id: str
    row: int
    due: date | None = None


def touched_by(changes: Sequence[Change], roster: Roster, settings: Settings) -> list[list[Touched]]:
    """For each change the people it touches, in the order of the roster, as of the day of the settings."""
    checker = Checker(roster.other, replace(settings, edition="law"))
    outcomes = [checker.check(person, problems)[0] for person, problems in roster.people]
    return [[found for one in outcomes for found in _touched(change, one)] for change in changes]


def _touched(change: Change, outcome: Outcome) -> Iterator[Touched]:
    person = outcome.person
    if change.rule.counted:
        mine = [item for item in outcome.obligations if _is_of(change, item.deadline)]
        dues = [item.due for item in mine if not is_done(item)]
        broken = any(_is_of(change, item.deadline) for item in outcome.breaches)
        if mine or broken:
            yield Touched(person.person_id, person.row, min(dues, default=None))
    elif _concerns(change, person):
        yield Touched(person.person_id, person.row)


def _is_of(change: Change, deadline: object) -> bool:
    value = getattr(deadline, "value", None)
    return getattr(deadline, "rule", "") == change.rule.name and value == change.since


def _concerns(change: Change, person: Person) -> bool:
    name, since = change.rule.name, change.since
    if name in OF_THE_AGREEMENT:
        first, last = person.agreement_from or person.agreement_signed, person.agreement_until
        begun = first is not None and first <= (since.last or date.max)
        return person.is_hqs and begun and (last is None or last >= change.day)
    if name == "host.housing":
        return person.host == "Self" and person.registered_on is not None and since.covers(person.registered_on)
    event = getattr(person, change.rule.event, None)
    mine = person.is_hqs or name not in OF_SPECIALISTS
    return mine and isinstance(event, date) and since.covers(event)
