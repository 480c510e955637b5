"""Declared models read by pydantic: its problems as ours, and the JSON Schema it makes of them."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from hqs_xl.models.marks import UNKNOWN, Problem, kind_at, missing


class _Adapters(dict[Any, TypeAdapter[Any]]):
    """What validates a model, by its class; made when it is first wanted."""

    def __missing__(self, model: Any) -> TypeAdapter[Any]:
        found = self[model] = TypeAdapter(model)
        return found


ADAPTERS = _Adapters()


def problems(model: Any, tree: Any) -> list[Problem]:
    """What of a tree is not as the model declares it, in the order of its fields."""
    try:
        ADAPTERS[model].validate_python(tree)
    except ValidationError as error:
        return [_problem(model, one) for one in error.errors(include_url=False, include_input=False)]
    return []


def _problem(model: Any, entry: ErrorDetails) -> Problem:
    """An entry of pydantic's error in our words."""
    place = entry["loc"]
    if entry["type"] == "missing":
        return Problem(place, missing(kind_at(model, place)))
    if entry["type"] == "unexpected_keyword_argument":
        return Problem(place, UNKNOWN)
    error: ValueError = entry["ctx"]["error"]
    return Problem((*place, *getattr(error, "within", ())), str(error))
