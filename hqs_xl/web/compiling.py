"""Runs in Pyodide when the page is built: compiles the modules of the zips in /work that a lap with the demo loads.

Compiled, they start in half the time. All others stay sources, which are a third as large.
"""

from __future__ import annotations

import importlib.util
import json
import marshal
import sys
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

WORK, OURS = Path("/work"), "hqs_xl.zip"
# Each zip, and how it is compiled: of Python's own library nobody reads the docstrings; our assertions hold anywhere.
ZIPS = {"python_stdlib.zip": 2, OURS: 0}
# A module that is never compared with a source (PEP 552).
UNCHECKED = (1).to_bytes(4, "little")


def use_the_demo() -> None:
    """What a person does, so that all of it is loaded."""
    sys.path.insert(0, str(WORK / OURS))
    from hqs_xl.web.session import Session  # noqa: PLC0415 - from the zip

    session = Session(str(WORK))
    asked = {"lang": "en", "now": "2026-01-15T09:00:00", "name": "demo.xlsx", "number": 0}
    calls = [{"call": call} for call in ("about", "open", "check", "findings", "people", "count")]
    calls += [{"call": "save", "kind": kind} for kind in ("workbook", "due", "calendar")]
    for one in calls:
        answer = json.loads(session.ask(json.dumps({**asked, **one})))
        if "error" in answer:
            raise SystemExit(answer["error"])


def compile_loaded(name: str, optimize: int) -> None:
    """Write the zip anew, its modules that are loaded by now compiled."""
    loaded = {str(getattr(module, "__file__", "")) for module in tuple(sys.modules.values())}
    with ZipFile(WORK / name) as source, ZipFile(WORK / f"compiled {name}", "w", ZIP_STORED) as target:
        for item in source.infolist():
            content, place = source.read(item), item.filename
            if any(file.endswith(f".zip/{place}") for file in loaded):
                code = compile(content, place, "exec", dont_inherit=True, optimize=optimize)
                content = b"".join(
                    [importlib.util.MAGIC_NUMBER, UNCHECKED, importlib.util.source_hash(content), marshal.dumps(code)]
                )
                place = f"{place}c"
            target.writestr(ZipInfo(place, item.date_time), content)


use_the_demo()
for one, level in ZIPS.items():
    compile_loaded(one, level)
