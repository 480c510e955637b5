"""The rules that ship with the package, by name, and the value in force on a day.

``law`` and ``careful`` declare only what differs: where an edition has no value in force on the event's day, the
card's stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from hqs_xl.data import packaged
from hqs_xl.errors import RuleError
from hqs_xl.law.edition_reader import read_rules
from hqs_xl.law.rules import EDITIONS, EVIDENCE, OwnEdition, Rule, Value

__all__ = ["EDITIONS", "EVIDENCE", "Rule", "Rulebook", "Value", "known_edition", "read_editions", "rulebook"]


class Rulebook(Mapping[str, Rule]):
    """All rules by name; an unknown name or edition is a RuleError that lists what there is."""

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self._rules = dict(rules)

    def __getitem__(self, name: str) -> Rule:
        try:
            return self._rules[name]
        except (KeyError, TypeError):
            raise RuleError("no_rule", rule=name, known=", ".join(self._rules)) from None

    def __contains__(self, name: object) -> bool:
        return name in self._rules

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)

    def value(self, name: str, day: date, edition: str = "card") -> Value:
        """The value of a rule in force for an event on ``day``."""
        return self[name].value(day, known_edition(edition))


def known_edition(edition: str) -> str:
    """The edition's name, or a RuleError."""
    if edition not in EDITIONS and not isinstance(edition, OwnEdition):
        raise RuleError("no_edition", edition=edition, known=", ".join(EDITIONS))
    return edition


@cache
def rulebook() -> Rulebook:
    """The rules that ship with the package."""
    return read_editions({f"{name}.toml": packaged(f"law/editions/{name}.toml") for name in EDITIONS})


def read_editions(texts: Mapping[str, str]) -> Rulebook:
    """The rulebook of edition files, by file name, the card first; EditionError for anything out of order."""
    return Rulebook(read_rules(texts))
