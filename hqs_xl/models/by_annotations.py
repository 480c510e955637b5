"""A tree held against a declared model by its annotations alone, with nothing installed."""

from __future__ import annotations

from dataclasses import is_dataclass
from typing import Any, get_args, get_origin

from hqs_xl.models.marks import UNKNOWN, Place, Problem, is_required, keys_of, missing, parted


def problems(model: Any, tree: Any) -> list[Problem]:
    """What of a tree is not as the model declares it, in the order of its fields."""
    found: list[Problem] = []
    _read(model, tree, (), found)
    return found


def _read(kind: Any, value: Any, place: Place, found: list[Problem]) -> Any:
    """A value as its annotation has it; what is amiss goes to ``found``."""
    bare, marks = parted(kind)
    try:
        for mark in marks:
            value = mark.validate(value)
        if is_dataclass(bare):
            value = _model(bare, value, place, found)
        elif get_origin(bare) is list:
            value = [_read(get_args(bare)[0], one, (*place, number), found) for number, one in enumerate(value)]
        elif get_origin(bare) is dict:
            value = {key: _read(get_args(bare)[1], one, (*place, key), found) for key, one in value.items()}
    except ValueError as error:
        found.append(Problem((*place, *getattr(error, "within", ())), str(error)))
    return value


def _model(model: Any, tree: Any, place: Place, found: list[Problem]) -> Any:
    """A model of a table. Raises ValueError where its fields do not go together, each of them being right."""
    before, keys, facts = len(found), keys_of(model), {}
    for key, field in keys.items():
        if key in tree:
            facts[field.name] = _read(field.type, tree[key], (*place, key), found)
        elif is_required(field):
            found.append(Problem((*place, key), missing(field.type)))
    found += [Problem((*place, key), UNKNOWN) for key in tree if key not in keys]
    return tree if len(found) > before else model(**facts)
