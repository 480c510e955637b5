"""What programs are told may gain fields, and loses none: each field of version 1 with what it holds.

Lines of ``tests/cases/contract.csv`` are added, never changed or taken away: somebody's program reads that field. One
that has to go goes with another ``version``, and a file of lines of its own.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from hqs_xl.output.contract.schemas import NAMES, schema_text

CASES = Path(__file__).parents[1] / "cases" / "contract.csv"


def promised() -> dict[str, dict[str, str]]:
    """By schema, the fields and what each holds."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    with CASES.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            found[line["schema"]][line["field"]] = line["holds"]
    return found


def fields_of(schema: Mapping[str, Any]) -> dict[str, str]:
    """The fields of a schema by their places, such as ``findings[].due``, and what each holds."""
    models, found = schema.get("$defs", {}), defaultdict[str, set[str]](set)

    def choices(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        if "$ref" in node:
            yield from choices(models[node["$ref"].rpartition("/")[2]])
        elif "anyOf" in node:
            for one in node["anyOf"]:
                yield from choices(one)
        else:
            yield node

    def walk(node: Mapping[str, Any], place: str) -> None:
        for one in choices(node):
            kinds = one.get("type", "any")
            found[place] |= {one.get("format", kind) if kind == "string" else kind for kind in [*_listed(kinds)]}
            for name, held in one.get("properties", {}).items():
                walk(held, f"{place}.{name}" if place else name)
            for key, mark in (("items", "[]"), ("additionalProperties", "{}")):
                if isinstance(one.get(key), dict):
                    walk(one[key], place + mark)

    walk(schema, "")
    return {place: " or ".join(sorted(kinds)) for place, kinds in found.items() if place}


def _listed(kinds: str | list[str]) -> list[str]:
    return [kinds] if isinstance(kinds, str) else kinds


@pytest.mark.parametrize("name", NAMES)
def test_no_field_that_was_promised_is_gone_or_holds_another_thing(name: str) -> None:
    fields = fields_of(json.loads(schema_text(name)))
    assert {field: fields.get(field) for field in promised()[name]} == promised()[name]


@pytest.mark.parametrize("name", NAMES)
def test_a_new_field_is_promised_from_then_on(name: str) -> None:
    new = fields_of(json.loads(schema_text(name))).keys() - promised()[name].keys()
    assert not new, f"add them to {CASES.name}"


def test_nothing_else_is_promised() -> None:
    assert set(promised()) == set(NAMES)
