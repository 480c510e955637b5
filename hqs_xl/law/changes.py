"""What changed in an edition: from which day on, what held before, what holds since."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from hqs_xl.law.rulebook import known_edition, rulebook
from hqs_xl.law.rules import Rule, Value


class Change(NamedTuple):
    """A rule that says something else, or on another ground, for events from a day on.

    ``before``: what held the day before; None where nothing did.
    """

    day: date
    rule: Rule
    before: Value | None
    since: Value

    @property
    def same(self) -> bool:
        """Whether it says the same as before, on another ground."""
        return self.before is not None and _said(self.before) == _said(self.since)


def _said(value: Value) -> tuple[object, ...]:
    """What a value says, without who says so; a condition has no more than its note."""
    said = (str(value.terms), value.amount, value.per, value.exempt, value.name)
    return said if any(said[1:]) or value.terms or value.exempt is not None else (value.note,)


def changes(edition: str = "law", since: date | None = None) -> list[Change]:
    """The changes of an edition in force on ``since`` or later, all of them without it; the newest first."""
    known_edition(edition)
    found = [
        Change(value.first, rule, rule.find(value.first - timedelta(days=1), edition), value)
        for rule in rulebook().values()
        for value in rule.values.get(edition, ())
        if value.first and (since is None or value.first >= since)
    ]
    return sorted(found, key=lambda change: change.day, reverse=True)
