"""Records validated by pydantic: what comes in from outside, in whole records, and their JSON Schema.

The dataclasses of ``records`` are all the declaration there is. A closed workbook is read by the same converters
without pydantic (``records.read``), for the reason that docs/developers.md measures; where LibreOffice runs the check
it can't be installed. One suite proves that both come to the same records and problems.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from hqs_xl.cells.values import BadValue
from hqs_xl.models.by_pydantic import ADAPTERS
from hqs_xl.roster.columns import column
from hqs_xl.roster.fields import cells
from hqs_xl.roster.records import TABLES, Document, OwnDay, Person, Problem, SalaryNotice

R = TypeVar("R", Person, SalaryNotice, OwnDay, Document)


def validated(kind: type[R], row: int, given: Mapping[str, Any]) -> tuple[R, list[Problem]]:
    """One record, and each field of it that is no such fact; what is no field of the record is passed over."""
    facts: dict[str, Any] = {name: given[name] for name in cells(kind) if name in given}
    try:
        return ADAPTERS[kind].validate_python({"row": row, **facts}), []
    except ValidationError as error:
        problems = [_problem(one) for one in error.errors(include_url=False, include_input=False)]
    unread = frozenset(problem.column for problem in problems)
    good = {name: value for name, value in facts.items() if name not in unread}
    return ADAPTERS[kind].validate_python({"row": row, **good, "unread": unread}), problems


def _problem(entry: ErrorDetails) -> Problem:
    """An entry of pydantic's error as ours, without the trace of where it was raised."""
    error: BadValue = entry["ctx"]["error"].args[0]
    return Problem(str(entry["loc"][0]), error.with_traceback(None))


def json_schema(kind: Any) -> dict[str, Any]:
    """The JSON Schema of a record as JSON gives it: its facts only, each titled with its header."""
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


def array_schema(kind: Any, title: str, description: str) -> dict[str, Any]:
    """The JSON Schema, 2020-12, of a file of records."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "description": description,
        "type": "array",
        "items": json_schema(kind),
    }
