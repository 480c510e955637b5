"""Runs in Pyodide: all modules of the page's zip, the table of cases of the cell functions, refreshes in /work."""

import json
import sys
from datetime import datetime
from importlib import import_module
from pathlib import Path
from zipfile import ZipFile

from hqs_xl import functions
from hqs_xl.refresh.one import Job, Options, refresh_file
from tests.functions.cases import cases, plain, squeezed, to_json

given = globals()["given"]
found = {}
for number, case in enumerate(cases()):
    one = getattr(functions, case.function)(*map(plain, case.arguments))
    found[number] = squeezed(to_json(one))
options = Options(now=datetime.fromisoformat(given["now"]), backups=0)
states = {}
for name in given["files"]:
    done = refresh_file(Job(Path("/work") / name, options, Path("/work") / f"web {name}"))
    states[name] = [str(done.state), done.message]
without = {}
for name in ZipFile("/hqs_xl.zip").namelist():
    stem, dot, ending = name.rpartition(".")
    if ending in {"py", "pyc"}:
        try:
            import_module(stem.replace("/", ".").removesuffix(".__init__"))
        except ImportError as error:
            without[stem] = error.name
answer = json.dumps(
    {"functions": found, "states": states, "platform": sys.platform, "python": sys.version, "without": without}
)
