"""Runs in Pyodide: the table of cases of the cell functions, and refreshes of the files in /work."""

import json
import sys
from datetime import datetime
from pathlib import Path

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
answer = json.dumps({"functions": found, "states": states, "platform": sys.platform, "python": sys.version})
