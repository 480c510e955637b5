"""Runs in Pyodide: tests of this checkout, by pytest from wheels; what came of them, and what did not pass."""

import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

given = globals()["given"]
PLACE, CHECKOUT = "/tools", "/checkout"
# The package is the checkout's, whole: tests ask for more of it than the page has.
sys.path[:] = [PLACE, CHECKOUT, *(one for one in sys.path if one not in {"/hqs_xl.zip", CHECKOUT})]
for wheel in Path("/wheels").glob("*.whl"):
    with ZipFile(wheel) as packed:
        packed.extractall(PLACE)
os.chdir(CHECKOUT)
pytest = importlib.import_module("pytest")


class Heard:
    """Counts what came of the tests of each file. A browser's Python is slow: few examples have to do."""

    def __init__(self) -> None:
        self.passed: dict[str, int] = {}
        self.failed: list[tuple[str, str]] = []

    def pytest_configure(self) -> None:
        hypothesis = importlib.import_module("hypothesis")
        health = list(hypothesis.HealthCheck)
        few = {"max_examples": 5, "deadline": None, "database": None, "suppress_health_check": health}
        hypothesis.settings.register_profile("few", **few)
        hypothesis.settings.load_profile("few")

    def pytest_runtest_logreport(self, report: Any) -> None:
        file = report.nodeid.partition("::")[0]
        if report.failed:
            self.failed.append((report.nodeid, str(report.longrepr)[-1500:]))
        elif report.passed and report.when == "call":
            self.passed[file] = self.passed.get(file, 0) + 1

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed:
            self.failed.append((report.nodeid, str(report.longrepr)[-1500:]))


heard = Heard()
left_out = [part for name in given["left_out"] for part in ("--deselect", name)]
pytest.main(["-q", "-p", "no:cacheprovider", *left_out, *given["tests"]], plugins=[heard])
answer = json.dumps({"passed": heard.passed, "failed": heard.failed})
