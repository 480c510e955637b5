"""The table of cases of the cell functions (tests/cases/functions.csv), the same for every host.

Columns: function, arguments (a JSON list), answer (JSON), why. In JSON, "@2026-01-12" is a date cell, "@error" one of
Excel's newer errors as COM delivers it, "@missing" an argument left out, null a blank cell; a range is a list of rows.
An answer that ends in "*" begins like this.
"""

from __future__ import annotations

import csv
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

CASES = Path(__file__).parent.parent / "cases" / "functions.csv"
MISSING = -2147352572
SPILL_ERROR = -2146826243


class Case(NamedTuple):
    function: str
    arguments: list[Any]
    answer: Any
    why: str

    def __str__(self) -> str:
        return f"{self.function}: {self.why}"


def cases() -> list[Case]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return [
            Case(row["function"], json.loads(row["arguments"]), json.loads(row["answer"]), row["why"])
            for row in csv.DictReader(file)
        ]


def from_json(value: Any) -> Any:
    """A value as COM delivers it: dates as datetime, numbers as float, ranges as tuples of tuples."""
    if isinstance(value, list):
        return tuple(from_json(one) for one in value)
    if value == "@missing":
        return MISSING
    if value == "@error":
        return SPILL_ERROR
    if isinstance(value, str) and value.startswith("@"):
        return datetime.fromisoformat(value[1:])
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def plain(value: Any) -> Any:
    """A value as Python code passes it: dates as date, ranges as lists."""
    if isinstance(value, list):
        return [plain(one) for one in value]
    found = None if value == "@missing" else from_json(value)
    return found.date() if isinstance(found, datetime) else found


def to_json(value: Any) -> Any:
    """An answer in the table's notation."""
    if isinstance(value, list | tuple):
        return [to_json(one) for one in value]
    if isinstance(value, datetime):
        value = value.date()
    return f"@{value.isoformat()}" if isinstance(value, date) else value


def squeezed(value: Any) -> Any:
    """A single row as COM hands it out, flat."""
    return value[0] if isinstance(value, list) and len(value) == 1 and isinstance(value[0], list) else value


def alike(answer: Any, expected: Any) -> bool:
    """Whether an answer is the expected one; texts that end in * begin alike."""
    if isinstance(expected, list):
        return (
            isinstance(answer, list)
            and len(answer) == len(expected)
            and all(alike(one, other) for one, other in zip(answer, expected, strict=True))
        )
    if isinstance(expected, str) and expected.endswith("*"):
        return isinstance(answer, str) and answer.startswith(expected[:-1])
    return bool(answer == expected) and isinstance(answer, bool) == isinstance(expected, bool)
