"""A rule and its dated values: what it says for events from which day on, who says so, and how surely."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple, Self

from hqs_xl.bilingual import BLANK, Bilingual
from hqs_xl.errors import RuleError
from hqs_xl.law.terms import Term

EDITIONS = ("card", "law", "careful")
PERIODS = ("month", "quarter", "year", "application")
EVIDENCE = ("seed", "primary", "practitioner", "unverified")
# The name and the evidence of an edition of a user's own; and its evidence where a value is later than the law's.
OWN, OWN_LATER = "own", "own_later"


class Value(NamedTuple):
    """What a rule says for events from ``first`` to ``last`` (None: without bound), who says so, and how surely.

    ``checked``: the day its source was last looked at.
    """

    edition: str
    source: Bilingual
    evidence: str
    checked: date
    first: date | None = None
    last: date | None = None
    terms: tuple[Term, ...] = ()
    amount: int | None = None
    per: str = ""
    exempt: bool | None = None
    name: Bilingual = BLANK
    quote: Bilingual = BLANK
    note: Bilingual = BLANK

    def covers(self, day: date) -> bool:
        """Whether an event on that day falls under this value."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


class Later(NamedTuple):
    """A value of one's own that is laxer than the law: the rule, the first such event, and the days both come to.

    The days are None for an amount or an exemption.
    """

    rule: str
    event: date
    own: date | None
    law: date | None


class OwnEdition(str):
    """An edition of a user's own: dated values of some rules over one of ours, which says the rest.

    Its name is ``own``; two of them are the same when their files say the same. ``laxer``: where it is laxer than the
    law, which whoever goes by it has to be told.
    """

    __slots__ = ("base", "file", "laxer", "text", "values")
    base: str
    file: str
    text: str
    values: Mapping[str, tuple[Value, ...]]
    laxer: tuple[Later, ...]

    def __new__(
        cls, base: str, file: str, text: str, values: Mapping[str, tuple[Value, ...]], laxer: tuple[Later, ...] = ()
    ) -> Self:
        """``file``, ``text``: the file's name, and what it says."""
        made = super().__new__(cls, OWN)
        made.base, made.file, made.text, made.values, made.laxer = base, file, text, values, laxer
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:
        """What it is made of again where it was pickled."""
        return self.base, self.file, self.text, self.values, self.laxer

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OwnEdition) and self.text == other.text

    def __ne__(self, other: object) -> bool:
        return not self == other  # str has one of its own

    def __hash__(self) -> int:
        return hash(self.text)


class Rule(NamedTuple):
    """A rule: the card's statement behind it, the roster column it is counted from, its values by edition.

    ``where``: the law its number stands in today, to look it up again; blank where the sources of the values say it.
    """

    name: str
    statement: str
    event: str
    at_most: str
    where: Bilingual
    values: Mapping[str, tuple[Value, ...]]

    def value(self, day: date, edition: str = "card") -> Value:
        """The value in force for an event on ``day``; RuleError when the edition has none then."""
        if found := self.find(day, edition):
            return found
        raise RuleError("not_in_force", rule=self.name, edition=edition, day=day)

    def find(self, day: date, edition: str = "card") -> Value | None:
        """The value in force for an event on ``day``, if the edition or the card under it has one."""
        for values in (self.declared(edition), self.values.get("card", ())):
            for value in values:
                if value.covers(day):
                    return value
        return None

    def declared(self, edition: str) -> tuple[Value, ...]:
        """The values that an edition itself has."""
        if isinstance(edition, OwnEdition):
            return (*edition.values.get(self.name, ()), *self.values.get(edition.base, ()))
        return self.values.get(edition, ())

    @property
    def counted(self) -> bool:
        """Whether the rule is a deadline, something to count."""
        return any(value.terms for values in self.values.values() for value in values)
