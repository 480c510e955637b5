"""Which rules of an edition may ask for more than another's: found by their dated values, written down nowhere."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from hqs_xl.law.rulebook import rulebook
from hqs_xl.law.rules import Rule, Value
from hqs_xl.law.terms import Direction, Start, Term


@lru_cache(maxsize=1 << 4)
def stricter(first: str, second: str) -> frozenset[str]:
    """The names of the rules by which the second edition may find something broken that the first does not.

    Not those that are the same on every day, nor those that only leave more time.
    """
    return frozenset(name for name, rule in rulebook().items() if _may_be_stricter(rule, first, second))


def _may_be_stricter(rule: Rule, first: str, second: str) -> bool:
    """Whether any day tells: values change on the day one begins, or on the one after its last."""
    values = (*rule.declared(first), *rule.declared(second), *rule.values.get("card", ()))
    days = {value.first for value in values if value.first}
    days |= {value.last + timedelta(days=1) for value in values if value.last and value.last < date.max}
    return not all(_as_lax(rule.find(day, first), rule.find(day, second)) for day in (date.min, *days))


def _as_lax(first: Value | None, second: Value | None) -> bool:
    """Whether the second value says the same, or leaves more time."""
    if first is None or second is None:
        return first is second
    if (first.amount, first.per, first.exempt) != (second.amount, second.per, second.exempt):
        return False
    pairs = [*zip(first.terms, second.terms, strict=False)]
    return len(first.terms) == len(second.terms) and all(_ends_as_late(*pair) for pair in pairs)


def _ends_as_late(first: Term, second: Term) -> bool:
    """Whether the second term never ends before the first. An event later by days never makes a term end earlier."""
    if repr(first) == repr(second):
        return True
    alike = (first.unit, first.direction, first.landing) == (second.unit, second.direction, second.landing)
    later = second.number >= first.number and second.start in {first.start, Start.AFTER}
    return alike and later and first.direction is Direction.FORWARD
