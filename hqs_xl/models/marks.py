"""The marks of declared models: annotations that say what a field may hold, to pydantic and to whoever reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from typing import TYPE_CHECKING, Any, NamedTuple, get_args, get_origin

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema

UNKNOWN = "unknown key"
# The field of a file's model that holds what stands under keys of no other field.
REST = "rest"
# What a model says to pydantic: nothing but what is declared may stand there.
STRICT: Mapping[str, Any] = {"extra": "forbid"}

Place = tuple[str | int, ...]


class Problem(NamedTuple):
    """A place of a tree, by its keys and numbers, and what was expected there."""

    place: Place
    said: str


class Misfit(ValueError):
    """A value that is not as declared; ``within``: the place in it that this is about, where it is not all of it."""

    def __init__(self, said: str, within: Place = ()) -> None:
        super().__init__(said)
        self.said, self.within = said, within


class Mark:
    """What a value has to be, and how JSON Schema says so."""

    json: Mapping[str, Any]

    def validate(self, value: Any) -> Any:
        """The value as it is read. Raises ValueError."""
        raise NotImplementedError

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The mark as pydantic's validator."""
        from pydantic_core import core_schema  # noqa: PLC0415 - asked by pydantic alone

        return core_schema.no_info_plain_validator_function(self.validate)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """What JSON holds."""
        return dict(self.json)


class Is(Mark):
    """A value that passes a test, and stays as it is."""

    def __init__(self, expected: str, test: Callable[[Any], bool], json: Mapping[str, Any]) -> None:
        self.expected, self.test, self.json = expected, test, json

    def validate(self, value: Any) -> Any:
        """The value itself."""
        if not self.test(value):
            raise Misfit(f"expected {self.expected}, found {value!r}")
        return value


class Holds(Mark):
    """A list or a table, before what it holds is looked at one by one; ``said`` of anything else."""

    def __init__(self, said: str, test: Callable[[Any], bool], json: Mapping[str, Any] | None = None) -> None:
        self.said, self.test, self.json = said, test, json or {}

    def validate(self, value: Any) -> Any:
        """The value itself."""
        if not self.test(value):
            raise Misfit(self.said)
        return value

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The mark before pydantic's own validator."""
        from pydantic_core import core_schema  # noqa: PLC0415 - asked by pydantic alone

        return core_schema.no_info_before_validator_function(self.validate, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """What JSON holds, as pydantic has it, and what the mark adds."""
        return {**handler(schema), **self.json}


def a_table(said: str) -> Holds:
    """The mark of a table."""
    return Holds(said, lambda value: isinstance(value, dict))


def some(said: str) -> Holds:
    """The mark of a list that is not empty."""
    return Holds(said, lambda value: isinstance(value, list) and bool(value), {"minItems": 1})


def parted(kind: Any) -> tuple[Any, list[Mark]]:
    """An annotation as the bare type and its marks."""
    if not hasattr(kind, "__metadata__"):
        return kind, []
    return kind.__origin__, [one for one in kind.__metadata__ if isinstance(one, Mark)]


def keys_of(model: type[Any]) -> dict[str, Field[Any]]:
    """The fields of a model by the keys they have in a file."""
    return {one.metadata.get("alias", one.name): one for one in fields(model)}


def is_required(field: Field[Any]) -> bool:
    """Whether a key may not be left out."""
    return field.default is MISSING and field.default_factory is MISSING


def missing(kind: Any) -> str:
    """What is expected where nothing stands, by the annotation of what should."""
    for mark in parted(kind)[1]:
        try:
            mark.validate(None)
        except ValueError as error:
            return str(error)
    return "expected a value"


def kind_at(kind: Any, place: Place) -> Any:
    """The annotation of what stands at a place of a model."""
    for step in place:
        bare = parted(kind)[0]
        held = get_args(bare) if get_origin(bare) in (list, dict) else None
        kind = held[-1] if held else keys_of(bare)[str(step)].type
    return kind


def with_rest(model: type[Any], tree: Mapping[str, Any]) -> dict[str, Any]:
    """The tree of a file as its model has it."""
    keys = keys_of(model)
    if REST not in keys:
        return dict(tree)
    own = {key: one for key, one in tree.items() if key in keys and key != REST}
    return {**own, REST: {key: one for key, one in tree.items() if key not in own}}


def key_of(place: Place) -> str:
    """A place as a person finds it in a TOML file: ``notice.concluded.value[0].count``."""
    steps = place[1:] if place[:1] == (REST,) else place
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")
