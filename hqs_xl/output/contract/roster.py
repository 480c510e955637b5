"""The JSON Schema of a roster's records as JSON gives them: that of their declared fields, by pydantic."""

from __future__ import annotations

from typing import Any

from hqs_xl.models.by_pydantic import ADAPTERS
from hqs_xl.output.contract.models import DIALECT
from hqs_xl.roster.columns import column
from hqs_xl.roster.fields import cells
from hqs_xl.roster.records import TABLES


def records_schema(kind: Any, title: str, description: str) -> dict[str, Any]:
    """That of a file of records."""
    about = {"$schema": DIALECT, "title": title, "description": description}
    return {**about, "type": "array", "items": record_schema(kind)}


def record_schema(kind: Any) -> dict[str, Any]:
    """That of a record: its facts only, each titled with its header."""
    made = ADAPTERS[kind].json_schema()["properties"]
    table = TABLES[kind]
    properties = {
        name: {"title": column(table, name).header(), **{key: made[name][key] for key in made[name] if key != "title"}}
        for name in cells(kind)
    }
    for one in properties.values():
        one.pop("default", None)
    required = [name for name in properties if name == "person_id"]
    for name in required:
        properties[name]["type"] = [one for one in properties[name]["type"] if one != "null"]
    return {"type": "object", "properties": properties, "required": required}
