"""Anything a cell may hold, at every argument of every function: an answer of the right shape, never an exception."""

from __future__ import annotations

import inspect
import random
from datetime import date, datetime
from typing import Any

import pytest

from hqs_xl import functions

FUNCTIONS = {name: function for name, function in vars(functions).items() if name.startswith("HQS_")}
BLOCKS = {"HQS_PLAN", "HQS_CHECK", "HQS_NEXT", "HQS_ANSWERS"}
TRIES = 100_000
ANSWERS = (str, int, float, bool, date)

CELLS: list[Any] = [
    *(None, "", " ", "\x00", "\ud800", "=1+1", "#N/A", "#VALUE!", "x" * 40_000, "2026Q1", "Q9 2026", "1 кв. 2026"),
    *("2026-03-16", "16.03.2026", "31.02.2026", "card", "law", "careful", "CARD ", "entry", "move", "concluded"),
    *("terminated", "medical", "quota", "number", "from", "ru", "en", "permit.renewal", "notice.salary", "scope.visa"),
    *(True, False, 0, 0.0, -0.0, 1, -1, 3.5, 60, 61, 46097, 46097.75, -46097, 1e9, -1e9, 1e308, 10**30, 2**63),
    *(float("nan"), float("inf"), float("-inf"), -2146826243, -2146826246, 37257, 58804, 58805),
    *(date(2026, 3, 16), date(1, 1, 1), date(9999, 12, 31), date(2060, 12, 31), date(2002, 1, 1)),
    *(datetime(2026, 3, 16, 12), datetime(1900, 1, 1), datetime(9999, 12, 31, 23), b"bytes", object(), complex(1, 2)),
]
HEADERS = ["Person ID", "Relation", "Agreement signed", "Permit expires", "Visa required", "Person ID", "nonsense"]


def cell(chance: random.Random) -> Any:
    if chance.random() < 0.3:
        return date(2002, 1, 1).fromordinal(chance.randint(731000, 752000))
    return chance.choice(CELLS)


def block(chance: random.Random, rows: int, columns: int) -> list[list[Any]]:
    return [[cell(chance) for _ in range(columns)] for _ in range(rows)]


def argument(chance: random.Random, shape: tuple[int, int]) -> Any:
    form = chance.random()
    if form < 0.5:
        return cell(chance)
    if form < 0.9:
        return block(chance, *shape)
    odd: list[Any] = [
        [],
        [[]],
        (),
        ((),),
        [[None]],
        tuple(map(tuple, block(chance, *shape))),
        block(chance, 1, 3),
        [1, 2],
        [[1], [2, 3]],
    ]
    return chance.choice(odd)


def shape_of(value: Any) -> tuple[int, int]:
    if not isinstance(value, list | tuple) or not value:
        return (1, 1)
    if isinstance(value[0], list | tuple):
        return (len(value), max(map(len, value)) or 1)
    return (1, len(value))


def judge(name: str, given: list[Any], answer: Any) -> None:
    if isinstance(answer, list):
        assert answer
        assert answer[0]
        assert {len(row) for row in answer} == {len(answer[0])}
        cells = [one for row in answer for one in row]
    else:
        cells = [answer]
    for one in cells:
        assert isinstance(one, ANSWERS), one
        assert not isinstance(one, datetime)
        assert not isinstance(one, float) or one == one  # noqa: PLR0124 - NaN is none
        assert "internal error" not in str(one), (name, given)
        if isinstance(one, str) and name not in BLOCKS:
            assert len(one) <= 255
    if name not in BLOCKS and given:
        shape = shape_of(given[0])
        found = (len(answer), len(answer[0])) if isinstance(answer, list) else (1, 1)
        assert found == shape, (name, given)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_anything_gets_an_answer_of_the_right_shape(name: str) -> None:
    chance = random.Random(name)  # noqa: S311
    function = FUNCTIONS[name]
    count = len(inspect.signature(function).parameters)
    for _ in range(TRIES // len(FUNCTIONS) + 1):
        shape = (chance.randint(1, 3), chance.randint(1, 3))
        given = [argument(chance, shape) for _ in range(chance.randint(0, count))]
        judge(name, given, function(*given))


@pytest.mark.parametrize("name", ["HQS_CHECK", "HQS_NEXT"])
def test_any_rows_under_real_headers(name: str) -> None:
    chance = random.Random(name)  # noqa: S311
    for _ in range(1_000):
        headers = chance.sample(HEADERS, len(HEADERS))
        rows = block(chance, chance.randint(1, 4), len(headers))
        answer = FUNCTIONS[name]([headers], rows, date(2026, 3, 16), chance.choice(["card", "law", "careful"]))
        judge(name, [headers, rows], answer)
        assert not isinstance(answer, list) or len(answer) == len(rows)
