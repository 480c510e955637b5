"""What is remembered from one person or check to the next changes no answer: each equals that of a fresh start."""

from __future__ import annotations

import gc
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import pytest

from hqs_xl.compliance.agenda import Agenda
from hqs_xl.demo.people import people
from hqs_xl.demo.scenarios import scenarios
from hqs_xl.roster.fields import Remembered
from hqs_xl.roster.findings import Finding
from hqs_xl.roster.reading import read
from hqs_xl.roster.records import Person, SalaryNotice
from tests.roster.people import AS_OF, checked

CHECKS: dict[str, dict[str, Any]] = {
    "by the card": {},
    "by the law": {"edition": "law"},
    "carefully": {"edition": "careful"},
    "in Russian": {"lang": "ru"},
    "a month later": {"as_of": date(2026, 4, 16)},
    "later, with the same last day of the band": {"as_of": date(2026, 4, 14), "bands": (1,)},
    "with wider bands": {"bands": (120,)},
    "with a day off of one's own": {"own_days": tuple((date(2026, 3, day), False) for day in range(10, 31))},
}
EQUAL_CELLS = [
    ("visa_required", (True, 1, 1.0)),
    ("owns_housing", (False, 0, 0.0)),
    ("left_on", (45_000, 45_000.0, 45_000.75)),
    ("left_on", (True, 1, 1.0)),
    ("left_on", (date(2026, 3, 1), datetime(2026, 3, 1), "2026-03-01")),
]


# The editions and decrees are read once, whoever asks.
MEMORIES = ("hqs_xl.roster.", "hqs_xl.cells.values", "hqs_xl.texts", "hqs_xl.explain.words", "hqs_xl.law.deadlines")
LRU_CACHE = type(lru_cache(len))


def forget() -> None:
    """Empty the memories of the package."""
    for one in gc.get_objects():
        # By type() alone: among all objects of a long run are some that isinstance() asks at length.
        if type(one) is LRU_CACHE and (one.__module__ or "").startswith(MEMORIES):
            one.cache_clear()
        if type(one) is Remembered:
            one.clear()


def answers(given: dict[str, Any]) -> tuple[list[Finding], list[Agenda]]:
    """A check of one person for each finding."""
    demo = list(people(AS_OF, len(scenarios("en")) + 1, "en"))
    notices = [
        {"person_id": one.facts["person_id"], "quarter": str(quarter), "filed_on": day}
        for one in demo
        for quarter, day in one.filed.items()
    ]
    cells = [{key: value for key, value in one.facts.items() if value is not None} for one in demo]
    report = checked(cells, {}, notices, **given)
    return report.findings, report.agenda


def test_checks_do_not_disturb_each_other() -> None:
    fresh = {}
    for name, given in CHECKS.items():
        forget()
        fresh[name] = answers(given)
    assert {name: answers(given) for name, given in CHECKS.items()} == fresh
    assert len({repr(found) for found in fresh.values()}) == len(CHECKS)


@pytest.mark.parametrize(("column", "cells"), EQUAL_CELLS)
def test_equal_cells_of_other_kinds_are_read_each_for_itself(column: str, cells: tuple[Any, ...]) -> None:
    fresh = []
    for cell in cells:
        forget()
        fresh.append(repr(read(Person, 2, {column: cell})))
    assert [repr(read(Person, 2, {column: cell})) for cell in cells] == fresh
    assert [repr(read(Person, 2, {column: cell})) for cell in reversed(cells)] == fresh[::-1]


def test_a_day_read_again_is_the_same_object() -> None:
    first, _ = read(SalaryNotice, 2, {"quarter": "2026Q1", "filed_on": 46_000})
    second, _ = read(SalaryNotice, 3, {"quarter": "2026Q1", "filed_on": 46_000})
    assert (first.quarter, first.filed_on) == (second.quarter, second.filed_on)
    assert first.quarter is second.quarter
    assert first.filed_on is second.filed_on
