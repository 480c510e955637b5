"""Makes rules of edition files: every error is an EditionError that names file and key, and says what was expected.

What may stand in a file ``declared`` says; a text that ships with the package was held against that when it was
made part of it, and any other is now. What is left to see here is what files say of each other's rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from hqs_xl.bilingual import BLANK, Bilingual, both
from hqs_xl.data import ships, toml
from hqs_xl.errors import EditionError
from hqs_xl.law.rules import Rule, Value
from hqs_xl.law.terms import Direction, Landing, Start, Term, Unit

# The keys of a file that are no group of rules.
OWN_KEYS = ("edition", "over", "as_law")


def read_rules(texts: Mapping[str, str]) -> dict[str, Rule]:
    """Rules from the text of edition files by file name, the card first; EditionError for anything out of order."""
    rules: dict[str, Rule] = {}
    for file, text in texts.items():
        tree = tree_of(file, text)
        if not ships(text):
            from hqs_xl.law.declared.edition import EditionFile  # noqa: PLC0415 - 20 ms that no cell should cost
            from hqs_xl.models import refuse  # noqa: PLC0415 - as above

            refuse(file, EditionFile, tree)
        EditionReader(file, tree, rules).read()
    return rules


def tree_of(file: str, text: str) -> dict[str, Any]:
    """The tree of a TOML file. Raises EditionError."""
    try:
        return toml(text)
    except ValueError as error:
        from hqs_xl.law.not_toml import not_toml  # noqa: PLC0415 - of a broken file alone

        raise not_toml(file, text, str(error)) from None


class EditionReader:
    """Adds one edition file, which is as declared, to the rules read so far."""

    def __init__(self, file: str, tree: Mapping[str, Any], rules: dict[str, Rule]) -> None:
        self.file, self.tree, self.rules = file, tree, rules
        self.edition: str = tree["edition"]

    def fail(self, key: str, problem: str) -> EditionError:
        """The error that names the file and a key of it."""
        return EditionError(f"{self.file}: {key}: {problem}")

    def read(self) -> None:
        """Add the file's rules. Raises EditionError."""
        for name, body in self.declared():
            self.add(name, body)
        for name in self.tree.get("as_law", ()):
            self._take_from_law(name)

    def declared(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The rules of the file by their names."""
        for group, rules in self.tree.items():
            if group not in OWN_KEYS:
                for short, body in rules.items():
                    yield f"{group}.{short}", body

    def _take_from_law(self, name: str) -> None:
        rule = self.rules.get(name)
        if rule is None or "law" not in rule.values:
            raise self.fail("as_law", f"{name} has no value in law.toml")
        if self.edition in rule.values:
            raise self.fail("as_law", f"{name} has a value of its own")
        values = tuple(value._replace(edition=self.edition) for value in rule.values["law"])
        self.rules[name] = rule._replace(values={**rule.values, self.edition: values})

    def add(self, name: str, body: Mapping[str, Any]) -> None:
        """Add one rule."""
        rule = self.rules.get(name) or self._new_rule(name, body)
        if self.edition in rule.values:
            raise self.fail(name, "declared twice")
        for key in ("statement", "event", "at_most", "where"):
            if key in body and body[key] != getattr(rule, key) and both(body[key]) != getattr(rule, key):
                raise self.fail(f"{name}.{key}", f"{body[key]!r} contradicts {getattr(rule, key)!r} of an earlier file")
        values = self._values(name, rule, body["value"])
        self.rules[name] = rule._replace(values={**rule.values, self.edition: values})

    def _new_rule(self, name: str, body: Mapping[str, Any]) -> Rule:
        for key, expected in (("statement", "the card's statement, S1 to S26"), ("event", "a text")):
            if key not in body:
                raise self.fail(f"{name}.{key}", f"expected {expected}, found None")
        return Rule(name, body["statement"], body["event"], body.get("at_most", ""), _words(body, "where"), {})

    def _values(self, name: str, rule: Rule, entries: list[dict[str, Any]]) -> tuple[Value, ...]:
        values = tuple(self._value(f"{name}.value[{i}]", rule, entry) for i, entry in enumerate(entries))
        for i, (earlier, later) in enumerate(pairwise(values)):
            if later.first is None or (earlier.first is not None and later.first <= earlier.first):
                raise self.fail(f"{name}.value[{i + 1}].from", "dates overlap: values stand in order of their from")
            if earlier.last is not None and earlier.last >= later.first:
                raise self.fail(f"{name}.value[{i}].until", f"dates overlap: the next value is from {later.first}")
        # A value without an end gives way to the next one the day before that one begins.
        ends = [value.first for value in values[1:]] + [None]
        return tuple(
            value._replace(last=value.last or (end and date.fromordinal(end.toordinal() - 1)))
            for value, end in zip(values, ends, strict=True)
        )

    def _value(self, key: str, rule: Rule, entry: dict[str, Any]) -> Value:
        value = Value(
            edition=self.edition,
            source=_words(entry, "source"),
            evidence=self.evidence(entry),
            checked=entry["checked"],
            first=entry.get("from"),
            last=entry.get("until"),
            terms=tuple(map(_term, entry.get("count", ()))),
            amount=entry.get("amount"),
            per=entry.get("per", ""),
            exempt=entry.get("exempt"),
            name=_words(entry, "name"),
            quote=_words(entry, "quote"),
            note=_words(entry, "note"),
        )
        if "same_as_card" in entry:
            if len(card := rule.values.get("card", ())) != 1:
                raise self.fail(f"{key}.same_as_card", "the card has no single value to take")
            value = value._replace(terms=card[0].terms, amount=card[0].amount, per=card[0].per, exempt=card[0].exempt)
        others = [other for values in rule.values.values() for other in values]
        if others and _kind(others[0]) != _kind(value):
            raise self.fail(key, f"expected a {_kind(others[0])} as in the edition before, found a {_kind(value)}")
        return value

    def evidence(self, entry: Mapping[str, Any]) -> str:
        """How surely a value is so."""
        return str(entry["evidence"])


def _words(entry: Mapping[str, Any], key: str) -> Bilingual:
    return both(entry[key]) or BLANK if key in entry else BLANK


def _term(entry: Mapping[str, Any]) -> Term:
    return Term(
        entry["number"],
        Unit(entry["unit"]),
        Direction(entry.get("direction", Direction.FORWARD)),
        Start(entry.get("start", Start.AFTER)),
        Landing(entry.get("landing", Landing.AS_COUNTED)),
    )


def _kind(value: Value) -> str:
    """What sort of thing a value says."""
    if value.terms:
        return "count"
    if value.amount is not None:
        return "amount"
    if value.exempt is not None:
        return "yes or no"
    return "name" if value.name else "condition"
