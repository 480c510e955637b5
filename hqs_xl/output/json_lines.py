"""One JSON object as a text that a person can read too: each record of a list on a line of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping


def json_lines(fields: Mapping[str, object]) -> str:
    """The object of these fields; a day is written as 2026-03-31, and what else JSON has no word for as its text."""
    parts = [
        f"{_json(key)}: {_records(value) if isinstance(value, list) else _json(value)}" for key, value in fields.items()
    ]
    return "{\n " + ",\n ".join(parts) + "\n}\n"


def _records(records: list[object]) -> str:
    return "[" + ",".join(f"\n  {_json(record)}" for record in records) + "]"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
