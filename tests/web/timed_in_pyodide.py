"""Runs in Pyodide and in this Python alike: how long a check and a refresh of a roster take, in seconds."""

import json
from datetime import datetime
from pathlib import Path
from time import perf_counter

from hqs_xl.refresh.one import Job, Options, refresh_file
from hqs_xl.web.session import Session

given = globals()["given"]
session = Session(given["folder"])
times = {}
for name in given["files"]:
    begun = perf_counter()
    asked = {"lang": "en", "now": given["now"], "name": name}
    for call in ("open", "check", "findings"):
        found = json.loads(session.ask(json.dumps({**asked, "call": call})))
        if "error" in found:
            raise SystemExit(found["error"])
    checked = perf_counter() - begun
    begun = perf_counter()
    folder = Path(given["folder"])
    options = Options(now=datetime.fromisoformat(given["now"]), backups=0)
    done = refresh_file(Job(folder / name, options, folder / f"{given['out']} {name}"))
    times[name] = [checked, perf_counter() - begun, str(done.state), done.message]
answer = json.dumps(times)
