"""Where a roster lives: in closed files, in a program that has it open, in memory.

Each room has a face, its ``__init__``, that says what others may use of it; all else in it is its own business. What a
face offers is loaded when it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def face(room: str, offered: Mapping[str, str]) -> Callable[[str], Any]:
    """The ``__getattr__`` of a room's ``__init__``: which of its modules holds each name that it offers."""

    def load(name: str) -> Any:
        if name not in offered:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        return getattr(import_module(f"{room}.{offered[name]}"), name)

    return load
