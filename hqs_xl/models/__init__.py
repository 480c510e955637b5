"""Declared models: plain dataclasses whose annotations say what a field may hold, read by pydantic and without it.

What pydantic reads (``by_pydantic``) a reader of the standard library reads too (``by_annotations``), for LibreOffice,
where nothing can be installed; one suite proves that both find the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hqs_xl.errors import EditionError
from hqs_xl.models.marks import UNKNOWN, Problem, key_of, with_rest


def problems(model: type[Any], tree: Mapping[str, Any]) -> list[Problem]:
    """What of a file's tree is not as the model declares it: by pydantic where it is installed."""
    try:
        from hqs_xl.models.by_pydantic import problems as found  # noqa: PLC0415 - only what is not shipped is looked at
    except ImportError:
        from hqs_xl.models.by_annotations import problems as found  # noqa: PLC0415 - as above
    return found(model, with_rest(model, tree))


def refuse(file: str, model: type[Any], tree: Mapping[str, Any]) -> None:
    """Raise EditionError with file and key for the first thing that is not as declared; a key that is none goes first.

    Whoever mistypes a key lacks another one, which is the lesser hint.
    """
    found = sorted(problems(model, tree), key=lambda problem: problem.said != UNKNOWN)
    if found:
        raise EditionError(f"{file}: {key_of(found[0].place)}: {found[0].said}")
