"""xlwings' own classic side on any platform: the real CallUDF and the real import_udfs, with stand-ins for pywin32.

Run in a process of its own (``python -m tests.functions.com_host``), because it makes xlwings believe in Windows while
it is imported. Reads one JSON request a line, answers one JSON line:

    {"call": "HQS_WORKDAY", "args": [...]}   ->  {"answer": ...}
    the same with "language": "ru", the cell that a workbook says its language in; without one, none has that name
    {"wrappers": true}                       ->  {"vba": "...", "options": [[...], ...]}

Values are written as in ``cases.py``. This proves the Python half, not Excel.
"""

from __future__ import annotations

import contextlib
import json
import sys
from datetime import UTC, timezone
from pathlib import Path
from typing import Any

from hqs_xl.template.on_windows import imported, put_stand_ins
from tests.functions.cases import from_json, to_json

MODULE = "hqs_xl.functions"


class UtcOnly:
    """The one time zone that dates pass through on their way out."""

    @staticmethod
    def utc() -> timezone:
        return UTC


def load() -> tuple[Any, Any]:
    """xlwings' COM server and its module of user-defined functions, as they are on Windows."""
    put_stand_ins()
    # A COM object passes through unchanged: the only ones here are the workbook and the caller below.
    sys.modules["win32com.client"].Dispatch = lambda value: value  # type: ignore[attr-defined]
    sys.modules["win32timezone"].TimeZoneInfo = UtcOnly  # type: ignore[attr-defined]
    com_server, udfs = imported("xlwings.com_server", "xlwings.udfs")
    return com_server, udfs


def main() -> None:
    com_server, udfs = load()
    server = com_server.XLPython()
    for line in sys.stdin:
        request = json.loads(line)
        if "call" in request:
            values = [from_json(value) for value in request["args"]]
            book = _Calling(request.get("language"))
            answer = {"answer": to_json(server.CallUDF(MODULE, request["call"], values, book, None))}
            answer["asked"] = book.asked
        else:
            answer = wrappers(udfs)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def wrappers(udfs: Any) -> dict[str, Any]:
    """What ``import_udfs`` writes into a workbook: the VBA text, and the helps it hands to MacroOptions."""
    workbook = _Workbook()
    with contextlib.redirect_stdout(sys.stderr):
        udfs.import_udfs(MODULE, workbook)
    return {"vba": workbook.vba, "options": workbook.options}


class _Calling:
    """The little of Excel's workbook that a function asks for while it is called, and how often it asks."""

    def __init__(self, language: str | None) -> None:
        self.Value = language
        self.asked = 0
        self.RefersToRange = self
        # Searched for Python code, when the functions are loaded.
        self.Worksheets: list[Any] = []

    def Names(self, name: str) -> _Calling:  # noqa: N802
        self.asked += 1
        if name != "Language" or self.Value is None:
            raise OSError("no such name")
        return self


class _Workbook:
    """The little of Excel's workbook that import_udfs touches."""

    Name = "hqs_roster.xlsm"
    Version = "16.0"

    def __init__(self) -> None:
        self.vba = ""
        self.options: list[dict[str, Any]] = []
        self.VBProject = self.Application = self
        self.VBComponents = _Components(self)

    def MacroOptions(self, name: str, **options: Any) -> None:  # noqa: N802
        self.options.append({"name": name, **options})


class _Components:
    """The modules of the workbook's VBA project."""

    def __init__(self, workbook: _Workbook) -> None:
        self.workbook = workbook

    def __call__(self, name: str) -> str:
        return name

    def Remove(self, _name: str) -> None:  # noqa: N802
        self.workbook.vba = ""

    def Import(self, file: str) -> None:  # noqa: N802
        self.workbook.vba = Path(file).read_text("utf-8")


if __name__ == "__main__":
    main()
