"""The writer of VBA wrappers in xlwings, run on any platform: ``python -m hqs_xl.template.generator``.

It makes xlwings believe in Windows while it is imported, with empty stand-ins for pywin32, so that no other process
should do this. Writes one JSON object: the wrappers' text and the helps xlwings hands to ``MacroOptions``.
"""

from __future__ import annotations

import asyncio  # noqa: F401 - as all the standard library, loaded before the platform is called Windows
import contextlib
import ctypes
import json
import sys
import types
from pathlib import Path
from typing import Any

MODULE = "hqs_xl.functions"
STAND_INS = (
    *("pythoncom", "pywintypes", "winerror", "winreg", "win32api", "win32con", "win32event", "win32gui"),
    *("win32process", "win32timezone", "win32com", "win32com.client", "win32com.client.gencache"),
    *("win32com.server", "win32com.server.util", "win32com.server.dispatcher", "win32com.server.policy"),
)


class _StandIn(types.ModuleType):
    """A module of pywin32 or of Windows: whatever name is asked for is an empty class."""

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


class _Workbook:
    """The little of Excel's workbook that ``import_udfs`` touches."""

    Name = "hqs_roster.xlsm"
    Version = "16.0"

    def __init__(self) -> None:
        self.vba = ""
        self.helps: list[dict[str, Any]] = []
        self.VBProject = self.Application = self.VBComponents = self

    def __call__(self, name: str) -> str:
        return name

    def Remove(self, _component: str) -> None:  # noqa: N802
        """The wrappers of before: there are none."""

    def Import(self, file: str) -> None:  # noqa: N802
        """The wrappers' module, as xlwings wrote it into a file for Excel."""
        self.vba = Path(file).read_text()

    def MacroOptions(self, name: str, **options: Any) -> None:  # noqa: N802
        """The help of one function, its name with the workbook's before it."""
        arguments = options["ArgumentDescriptions"] or []
        self.helps.append({"name": name.rpartition("!")[2], "text": options["Description"], "arguments": arguments})


def _udfs() -> Any:
    """The module of user-defined functions of xlwings, as it is on Windows."""
    for name in STAND_INS:
        sys.modules[name] = _StandIn(name)
        sys.modules[name].__file__ = name
        parent, _, tail = name.rpartition(".")
        if parent:
            setattr(sys.modules[parent], tail, sys.modules[name])
    for name in ("windll", "oledll", "PyDLL"):
        setattr(ctypes, name, _Library())
    real, sys.platform = sys.platform, "win32"
    try:
        from xlwings import udfs  # noqa: PLC0415
    finally:
        sys.platform = real
    return udfs


def main() -> None:
    """Write the wrappers and helps to standard output."""
    udfs, workbook = _udfs(), _Workbook()
    # Loaded without a workbook, it is not searched for Python code in its sheets; a licence would change the search.
    udfs.__pro__ = False
    udfs.get_udf_module(MODULE, None)
    with contextlib.redirect_stdout(sys.stderr):
        udfs.import_udfs(MODULE, workbook)
    json.dump({"vba": workbook.vba, "helps": workbook.helps}, sys.stdout)


if __name__ == "__main__":
    main()
