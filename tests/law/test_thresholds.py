"""The threshold of a quarter, each change of it included."""

from __future__ import annotations

from fractions import Fraction

import pytest

from hqs_xl.errors import RuleError
from hqs_xl.law import Quarter
from hqs_xl.law.thresholds import salary_threshold


@pytest.mark.parametrize(
    ("quarter", "law", "careful", "changed"),
    [
        ("2010Q3", Fraction(500_000), Fraction(500_000), False),
        ("2015Q1", Fraction(500_000), Fraction(500_000), False),
        # From 24 April 2015: April by the year's value, May and June by the month's.
        ("2015Q2", Fraction(2_000_000, 12) + 334_000, Fraction(501_000), True),
        ("2015Q3", Fraction(501_000), Fraction(501_000), False),
        ("2023Q4", Fraction(501_000), Fraction(501_000), False),
        # From 1 March 2024: a law firm adds up 167 + 167 + 250; a letter of the MVD asks for the whole 750.
        ("2024Q1", Fraction(584_000), Fraction(750_000), True),
        ("2024Q2", Fraction(750_000), Fraction(750_000), False),
        ("2026Q4", Fraction(750_000), Fraction(750_000), False),
        # From 1 March 2027: 250 + 250 + 717 by months; carefully three times 717 at once.
        ("2027Q1", Fraction(1_217_000), Fraction(2_151_000), True),
        ("2027Q2", Fraction(2_151_000), Fraction(2_151_000), False),
        ("2027Q4", Fraction(2_151_000), Fraction(2_151_000), False),
    ],
)
def test_of_a_quarter(quarter: str, law: Fraction, careful: Fraction, changed: bool) -> None:
    for edition, amount in {"law": law, "careful": careful}.items():
        found = salary_threshold(Quarter.parse(quarter), edition)
        assert found
        assert (found.amount, found.changed) == (amount, changed)


@pytest.mark.parametrize(("quarter", "edition"), [("2026Q1", "card"), ("2010Q2", "law"), ("2009Q4", "careful")])
def test_where_there_is_none(quarter: str, edition: str) -> None:
    assert salary_threshold(Quarter.parse(quarter), edition) is None


def test_careful_never_asks_for_less() -> None:
    for year in range(2010, 2031):
        for number in (1, 2, 3, 4):
            found = [salary_threshold(Quarter(year, number), edition) for edition in ("law", "careful")]
            assert (found[0] is None) is (found[1] is None)
            if found[0] and found[1]:
                assert found[0].amount <= found[1].amount


def test_no_edition() -> None:
    with pytest.raises(RuleError):
        salary_threshold(Quarter(2026, 1), "lax")
