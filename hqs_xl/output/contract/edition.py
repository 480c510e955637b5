"""The JSON Schema of an edition file, for editors that help who types one: that of its declared models.

A file is held to more than a schema can say: values in order of their days, rules of one kind.
"""

from __future__ import annotations

from inspect import getdoc
from typing import Any

from hqs_xl.law.declared import edition
from hqs_xl.law.declared.edition import CONTENT, DatedValue, EditionFile, OwnFile, OwnValue
from hqs_xl.models.by_pydantic import ADAPTERS
from hqs_xl.models.marks import REST
from hqs_xl.output.contract.models import DIALECT


def edition_schema() -> dict[str, Any]:
    """It in the dialect 2020-12: an edition of a user's own, or one of ours."""
    made = ADAPTERS[OwnFile | EditionFile].json_schema()
    models = made["$defs"]
    for file in (OwnFile, EditionFile):
        one = models[file.__name__]
        one["additionalProperties"] = one["properties"].pop(REST)["additionalProperties"]
        one["required"].remove(REST)
    for value in (OwnValue, DatedValue):
        one = models[value.__name__]
        one["oneOf"] = [{"required": [key]} for key in CONTENT]
        one["dependentRequired"] = {"amount": ["per"], "per": ["amount"]}
    for name, one in models.items():
        # pydantic says what a dataclass is from 2.13 on only.
        models[name] = {"description": getdoc(getattr(edition, name)), **one}
    _without_defaults(made)
    return {"$schema": DIALECT, "title": "Edition", **made}


def _without_defaults(tree: Any) -> None:
    """A key that is left out says nothing: pydantic names null as what it is then, which TOML has not."""
    if isinstance(tree, dict):
        if tree.get("default", ...) is None:
            del tree["default"]
        for one in tree.values():
            _without_defaults(one)
    elif isinstance(tree, list):
        for one in tree:
            _without_defaults(one)
