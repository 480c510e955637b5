"""The salary level of a quarter: the dated threshold, in rubles before tax, spread over the quarter's months."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from hqs_xl.law.quarters import Quarter
from hqs_xl.law.rulebook import Value, known_edition, rulebook
from hqs_xl.law.rules import OwnEdition

MONTHS = {"month": 1, "quarter": 3, "year": 12}


class Threshold(NamedTuple):
    """What is looked for in a quarter: rubles, the value in force on its last day, and whether it changed meanwhile."""

    amount: Fraction
    value: Value
    changed: bool


@lru_cache(maxsize=1 << 9)
def salary_threshold(quarter: Quarter, edition: str) -> Threshold | None:
    """The threshold of a quarter; None where the edition has none in all of it.

    A month counts by the value in force on its first day: for 2024Q1 that is 167,000 twice and 250,000. The careful
    edition takes the value in force at the quarter's end for all of it where that is more.
    """
    rule = rulebook()["salary.threshold"]
    known_edition(edition)
    months = [date(quarter.year, quarter.first.month + number, 1) for number in range(3)]
    values = [rule.find(day, edition) for day in months]
    last = rule.find(quarter.last, edition)
    found = [value for value in values if value is not None]
    if last is None or len(found) < len(values):
        return None
    amount = sum((_a_month(value) for value in found), Fraction(0))
    if (edition.base if isinstance(edition, OwnEdition) else edition) == "careful":
        amount = max(amount, 3 * _a_month(last))
    return Threshold(amount, last, changed=last != found[0])


def _a_month(value: Value) -> Fraction:
    return Fraction(value.amount or 0, MONTHS[value.per])
