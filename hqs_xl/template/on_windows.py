"""Modules of xlwings as they are on Windows, on any platform: with empty stand-ins for pywin32 while they are imported.

Only for a process of its own: from then on it has modules of Windows that can do nothing.
"""

from __future__ import annotations

import asyncio  # noqa: F401 - as all the standard library, loaded before the platform is called Windows
import ctypes
import sys
import types
from importlib import import_module
from typing import Any

STAND_INS = (
    *("pythoncom", "pywintypes", "winerror", "winreg", "win32api", "win32con", "win32event", "win32gui"),
    *("win32process", "win32timezone", "win32com", "win32com.client", "win32com.client.gencache"),
    *("win32com.server", "win32com.server.util", "win32com.server.dispatcher", "win32com.server.policy"),
)


class _StandIn(types.ModuleType):
    """A module of pywin32 or of Windows: whatever name is asked for is an empty class, and no value is one of them."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (Exception,), {"__class_getitem__": classmethod(lambda _, key: key)})
        setattr(self, name, made)
        return made


class _Library:
    """A library of Windows: whatever name is asked for is there and can be called."""

    def __getattr__(self, name: str) -> _Library:
        return _Library()

    def __call__(self, *_: object) -> _Library:
        return _Library()


def put_stand_ins() -> None:
    """Let pywin32 be importable."""
    for name in STAND_INS:
        sys.modules[name] = _StandIn(name)
        sys.modules[name].__file__ = name
        parent, _, tail = name.rpartition(".")
        if parent:
            setattr(sys.modules[parent], tail, sys.modules[name])
    for name in ("windll", "oledll", "PyDLL"):
        setattr(ctypes, name, _Library())


def imported(*names: str) -> list[Any]:
    """Modules that look at the platform when they are loaded."""
    real, sys.platform = sys.platform, "win32"
    try:
        return [import_module(name) for name in names]
    finally:
        sys.platform = real
