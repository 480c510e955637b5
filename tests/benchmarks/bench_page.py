"""``python -m tests.benchmarks.bench_page [PEOPLE ...]``: the page's size and speed, beside the same Python here.

Needs ``npm ci`` in hqs_xl/web/npm, Node and Chromium. Each figure of one run; ratios count: the machine is whose it is.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from runpy import run_path
from statistics import median

from hqs_xl.web.build import FOLDER, SINGLE, build_page
from tests.benchmarks.big_roster import AS_OF, write_roster
from tests.web.page_files import DESK, PYODIDE, node

SCRIPT = Path(__file__).parents[1] / "web" / "timed_in_pyodide.py"
# What was promised: seconds to the first answer; of so many people, so many times what native Python takes.
FIRST, MANY, TIMES = 4, 10_000, {"check": 3, "refresh": 4}


def told(what: str, found: float, wanted: float | None, unit: str) -> None:
    """A line of the table: a figure, what it may be at most, and whether it is."""
    promise = "" if wanted is None else f"   at most {wanted} {unit}" + ("" if found <= wanted else ": MISSED")
    print(f"{what:60} {found:7.2f} {unit}{promise}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("people", nargs="*", type=int, default=[100, 10_000])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build_page(folder, PYODIDE)
        packed = sum(file.stat().st_size for file in (folder / FOLDER).iterdir() if not file.name.startswith("demo."))
        told("single file", (folder / SINGLE).stat().st_size / 1e6, 9, "MB")
        told("download of the folder", packed / 1e6, 6, "MB")
        url = (folder / SINGLE).as_uri()
        laps = [node("in_chromium.mjs", url=url, locale="en-US", viewport=DESK) for _ in range(3)]
        ready, demo = (median(lap[what] for lap in laps) / 1000 for what in ("ready", "demo"))
        told("first answer after opening, Chromium, a quiet machine", ready, FIRST, "s")
        told("the demo checked after its click", demo, None, "s")
        files = [f"{people}.xlsx" for people in options.people]
        for file, people in zip(files, options.people, strict=True):
            write_roster(folder / file, people)
        given = {"files": files, "now": f"{AS_OF}T09:00:00"}
        here = {"folder": str(folder), "out": "native", **given}
        native = json.loads(run_path(str(SCRIPT), {"given": here})["answer"])
        there = {"folder": "/work", "out": "page", **given}
        page = node("in_node.mjs", packs=str(folder / FOLDER), work=str(folder), python=str(SCRIPT), **there)
        for file in files:
            for what, place in (("check", 0), ("refresh", 1)):
                ours, theirs = native[file][place], page[file][place]
                wanted = TIMES[what] if int(Path(file).stem) == MANY else None
                told(f"{file} {what}: native {ours:.2f} s, in Pyodide {theirs:.2f} s", theirs / ours, wanted, "x")


if __name__ == "__main__":
    main()
