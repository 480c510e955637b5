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
from tests.web.page_files import PYODIDE, node

SCRIPT = Path(__file__).parents[1] / "web" / "timed_in_pyodide.py"
DESK = {"width": 1200, "height": 900}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("people", nargs="*", type=int, default=[100, 10_000])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build_page(folder, PYODIDE)
        packed = sum(file.stat().st_size for file in (folder / FOLDER).iterdir() if not file.name.startswith("demo."))
        print(
            f"single file {(folder / SINGLE).stat().st_size / 1e6:.1f} MB, download of the folder {packed / 1e6:.1f} MB"
        )
        url = (folder / SINGLE).as_uri()
        laps = [node("in_chromium.mjs", url=url, locale="en-US", viewport=DESK) for _ in range(3)]
        ready, demo = (median(lap[what] for lap in laps) / 1000 for what in ("ready", "demo"))
        print(f"first answer after opening, Chromium: {ready:.1f} s, the demo checked {demo:.1f} s after its click")
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
                print(f"{file:>14} {what:8} native {ours:7.2f} s   in Pyodide {theirs:7.2f} s   {theirs / ours:5.2f}x")


if __name__ == "__main__":
    main()
