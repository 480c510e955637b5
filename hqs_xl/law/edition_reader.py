"""Reads edition files: every error is an EditionError that names file and key, and says what was expected."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from typing import Any, TypeVar

from hqs_xl.bilingual import BLANK, Bilingual, both
from hqs_xl.data import toml
from hqs_xl.errors import EditionError
from hqs_xl.law.rules import EDITIONS, EVIDENCE, Rule, Value
from hqs_xl.law.terms import Direction, Landing, Start, Term, Unit

STATEMENTS = frozenset(f"S{n}" for n in range(1, 27))
PERIODS = ("month", "quarter", "year", "application")

W = TypeVar("W", bound=StrEnum)

RULE_KEYS = {"statement", "event", "at_most", "where", "value"}
VALUE_KEYS = {"from", "until", "source", "evidence", "checked", "quote", "note"}
CONTENT_KEYS = {"count", "amount", "exempt", "name", "condition", "same_as_card"}


def read_rules(texts: Mapping[str, str]) -> dict[str, Rule]:
    """Rules from the text of edition files by file name, the card first; EditionError for anything out of order."""
    rules: dict[str, Rule] = {}
    for file, text in texts.items():
        try:
            tree = toml(text)
        except ValueError as error:
            raise EditionError(f"{file}: not TOML: {error}") from None
        EditionReader(file, tree, rules).read()
    return rules


class EditionReader:
    """Adds one edition file to the rules read so far."""

    def __init__(self, file: str, tree: dict[str, Any], rules: dict[str, Rule]) -> None:
        self.file, self.tree, self.rules = file, tree, rules
        self.edition = tree.pop("edition", None)
        self.as_law = tree.pop("as_law", [])

    def fail(self, key: str, problem: str) -> EditionError:
        """The error that names the file and a key of it."""
        return EditionError(f"{self.file}: {key}: {problem}")

    def read(self) -> None:
        """Add the file's rules. Raises EditionError."""
        if self.edition not in EDITIONS:
            raise self.fail("edition", f"expected one of {', '.join(EDITIONS)}, found {self.edition!r}")
        self._rules()
        if not isinstance(self.as_law, list) or not all(isinstance(name, str) for name in self.as_law):
            raise self.fail("as_law", f"expected a list of rules, found {self.as_law!r}")
        for name in self.as_law:
            self._take_from_law(name)

    def _rules(self) -> None:
        for group, rules in self.tree.items():
            if not isinstance(rules, dict):
                raise self.fail(group, "unknown key")
            for short, body in rules.items():
                self._rule(f"{group}.{short}", body)

    def _take_from_law(self, name: str) -> None:
        rule = self.rules.get(name)
        if rule is None or "law" not in rule.values:
            raise self.fail("as_law", f"{name} has no value in law.toml")
        if self.edition in rule.values:
            raise self.fail("as_law", f"{name} has a value of its own")
        values = tuple(value._replace(edition=self.edition) for value in rule.values["law"])
        self.rules[name] = rule._replace(values={**rule.values, self.edition: values})

    def _rule(self, name: str, body: object) -> None:
        if not isinstance(body, dict):
            raise self.fail(name, "expected a rule (a table)")
        self._no_unknown(name, body, RULE_KEYS)
        rule = self.rules.get(name) or self._new_rule(name, body)
        if self.edition in rule.values:
            raise self.fail(name, "declared twice")
        for key in ("statement", "event", "at_most", "where"):
            if key in body and body[key] != getattr(rule, key) and both(body[key]) != getattr(rule, key):
                raise self.fail(f"{name}.{key}", f"{body[key]!r} contradicts {getattr(rule, key)!r} of an earlier file")
        values = self._values(name, rule, body.get("value"))
        self.rules[name] = rule._replace(values={**rule.values, self.edition: values})

    def _new_rule(self, name: str, body: dict[str, Any]) -> Rule:
        statement = body.get("statement")
        if not isinstance(statement, str) or statement not in STATEMENTS:
            raise self.fail(f"{name}.statement", f"expected the card's statement, S1 to S26, found {statement!r}")
        event = self._text(name, body, "event")
        at_most = self._text(name, body, "at_most") if "at_most" in body else ""
        return Rule(name, statement, event, at_most, self._optional(name, body, "where"), {})

    def _values(self, name: str, rule: Rule, entries: object) -> tuple[Value, ...]:
        if not isinstance(entries, list) or not entries:
            raise self.fail(f"{name}.value", "expected at least one dated value")
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

    def _value(self, key: str, rule: Rule, entry: object) -> Value:
        if not isinstance(entry, dict):
            raise self.fail(key, "expected a dated value (a table)")
        content = CONTENT_KEYS & entry.keys()
        if len(content) != 1:
            raise self.fail(key, f"expected exactly one of {', '.join(sorted(CONTENT_KEYS))}")
        self._no_unknown(key, entry, VALUE_KEYS | content | ({"per"} if "amount" in entry else set()))
        evidence = self._evidence(key, entry)
        first, last, checked = (self._date(key, entry, name) for name in ("from", "until", "checked"))
        if checked is None:
            raise self.fail(f"{key}.checked", "expected the day the source was last looked at, found none")
        if first and last and last < first:
            raise self.fail(f"{key}.until", "ends before it begins")
        value = Value(
            edition=self.edition,
            source=self._words(key, entry, "source"),
            evidence=evidence,
            checked=checked,
            first=first,
            last=last,
            quote=self._optional(key, entry, "quote"),
            note=self._optional(key, entry, "note"),
        )
        value = self._with_content(key, rule, entry, value)
        others = [other for values in rule.values.values() for other in values]
        if others and _kind(others[0]) != _kind(value):
            raise self.fail(key, f"expected a {_kind(others[0])} as in the edition before, found a {_kind(value)}")
        return value

    def _evidence(self, key: str, entry: dict[str, Any]) -> str:
        evidence = self._text(key, entry, "evidence")
        if evidence not in EVIDENCE:
            raise self.fail(f"{key}.evidence", f"expected one of {', '.join(EVIDENCE)}, found {evidence!r}")
        return evidence

    def _with_content(self, key: str, rule: Rule, entry: dict[str, Any], value: Value) -> Value:
        if "count" in entry:
            return value._replace(terms=self._count(f"{key}.count", entry["count"]))
        if "amount" in entry:
            return value._replace(amount=self._amount(key, entry), per=entry["per"])
        if "name" in entry:
            return value._replace(name=self._words(key, entry, "name"))
        if "same_as_card" in entry:
            self._true(key, entry, "same_as_card")
            if len(card := rule.values.get("card", ())) != 1:
                raise self.fail(f"{key}.same_as_card", "the card has no single value to take")
            return value._replace(terms=card[0].terms, amount=card[0].amount, per=card[0].per, exempt=card[0].exempt)
        if "exempt" in entry:
            if not isinstance(entry["exempt"], bool):
                raise self.fail(f"{key}.exempt", f"expected true or false, found {entry['exempt']!r}")
            return value._replace(exempt=entry["exempt"])
        self._true(key, entry, "condition")
        return value

    def _true(self, key: str, entry: dict[str, Any], name: str) -> None:
        if entry[name] is not True:
            raise self.fail(f"{key}.{name}", f"expected true, found {entry[name]!r}")

    def _amount(self, key: str, entry: dict[str, Any]) -> int:
        amount = entry["amount"]
        if type(amount) is not int or amount <= 0:
            raise self.fail(f"{key}.amount", f"expected a whole number of rubles, found {amount!r}")
        if entry.get("per") not in PERIODS:
            raise self.fail(f"{key}.per", f"expected one of {', '.join(PERIODS)}, found {entry.get('per')!r}")
        return amount

    def _count(self, key: str, terms: object) -> tuple[Term, ...]:
        if not isinstance(terms, list) or not terms:
            raise self.fail(key, "expected a list of terms")
        return tuple(self._term(f"{key}[{i}]", term) for i, term in enumerate(terms))

    def _term(self, key: str, term: object) -> Term:
        if not isinstance(term, dict):
            raise self.fail(key, 'expected a term such as { number = 3, unit = "working day" }')
        self._no_unknown(key, term, {"number", "unit", "direction", "start", "landing"})
        number = term.get("number")
        if type(number) is not int or number < 1:
            raise self.fail(f"{key}.number", f"expected a whole number from 1, found {number!r}")
        return Term(
            number,
            self._word(key, term, "unit", Unit, None),
            self._word(key, term, "direction", Direction, Direction.FORWARD),
            self._word(key, term, "start", Start, Start.AFTER),
            self._word(key, term, "landing", Landing, Landing.AS_COUNTED),
        )

    def _word(self, key: str, term: dict[str, Any], name: str, words: type[W], default: W | None) -> W:
        found = term.get(name, default)
        if found not in list(words):
            raise self.fail(f"{key}.{name}", f"expected one of {', '.join(words)}, found {found!r}")
        return words(found)

    def _no_unknown(self, key: str, table: dict[str, Any], known: set[str]) -> None:
        if unknown := sorted(table.keys() - known):
            raise self.fail(f"{key}.{unknown[0]}", "unknown key")

    def _optional(self, key: str, table: dict[str, Any], name: str) -> Bilingual:
        return self._words(key, table, name) if name in table else BLANK

    def _words(self, key: str, table: dict[str, Any], name: str) -> Bilingual:
        if found := both(table.get(name)):
            return found
        raise self.fail(f"{key}.{name}", f"expected a text, or one as en and ru, found {table.get(name)!r}")

    def _text(self, key: str, table: dict[str, Any], name: str) -> str:
        found = table.get(name)
        if not isinstance(found, str) or not found.strip():
            raise self.fail(f"{key}.{name}", f"expected a text, found {found!r}")
        return found

    def _date(self, key: str, table: dict[str, Any], name: str) -> date | None:
        found = table.get(name)
        if found is not None and (not isinstance(found, date) or isinstance(found, datetime)):
            raise self.fail(f"{key}.{name}", f"expected a date such as 2018-04-20, found {found!r}")
        return found


def _kind(value: Value) -> str:
    """What sort of thing a value says."""
    if value.terms:
        return "count"
    if value.amount is not None:
        return "amount"
    if value.exempt is not None:
        return "yes or no"
    return "name" if value.name else "condition"
