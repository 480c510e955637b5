"""The walks of docs/developers.md: every file and function named there is there, and the way leads by them in order."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
DEVELOPERS = (ROOT / "docs" / "developers.md").read_text("utf-8")
MOST_STOPS = 8


class Stop(NamedTuple):
    """A place in the code: a function, a name of a module, or a table of a data file."""

    file: str
    name: str


def walk(heading: str) -> list[Stop]:
    found = re.search(rf"^### {heading}\n(.*?)(?=^##)", DEVELOPERS, re.DOTALL | re.MULTILINE)
    assert found
    return [Stop(*one) for one in re.findall(r"^\d\. `([\w/.]+): ([\w.]+)`", found[1], re.MULTILINE)]


WALKS = re.findall(r"^### (From .*)$", DEVELOPERS, re.MULTILINE)


def names_in(body: list[ast.stmt], before: str = "") -> set[str]:
    """The functions, classes, methods and annotated constants of a module."""
    names: set[str] = set()
    for node in body:
        if isinstance(node, ast.ClassDef):
            names |= {before + node.name, *names_in(node.body, f"{before}{node.name}.")}
        elif isinstance(node, ast.FunctionDef):
            names.add(before + node.name)
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        names |= {before + target.id for target in targets if isinstance(target, ast.Name)}
    return names


@pytest.mark.parametrize("heading", WALKS)
def test_a_walk_has_few_stops_and_each_is_there(heading: str) -> None:
    stops = walk(heading)
    assert 3 <= len(stops) <= MOST_STOPS
    for stop in stops:
        text = (ROOT / stop.file).read_text("utf-8")
        if stop.file.endswith(".toml"):
            tree = tomllib.loads(text)
            for key in stop.name.split("."):
                tree = tree[key]
        else:
            assert stop.name in names_in(ast.parse(text).body), stop


# Each is run in a process of its own, where nothing is remembered of a test before.
CELL = 'from hqs_xl import functions; functions.HQS_RENEWAL_DUE("2031-03-03")'
BUTTON = """
import xlwings
from hqs_xl import macros
from tests.rosters import roster
book = roster()
xlwings.Book.caller = classmethod(lambda _: book)
book.app.alert = lambda *_, **__: None
macros.check()
"""
REFRESH = """
import sys
from pathlib import Path
from tests.roster_files import roster_file, run
run("refresh", roster_file(Path(sys.argv[1]) / "roster.xlsx", Status=None), "--as-of", "2026-02-16")
"""
RUNS = dict(zip(WALKS, (CELL, BUTTON, REFRESH), strict=True))


def called(run: Callable[[], object]) -> list[Stop]:
    """The functions of the package in the order in which they are first called."""
    seen: dict[Stop, None] = {}
    top = f"{ROOT}/"

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(top):
            seen.setdefault(Stop(frame.f_code.co_filename.removeprefix(top), frame.f_code.co_qualname))

    sys.setprofile(note)
    try:
        run()
    finally:
        sys.setprofile(None)
    return list(seen)


@pytest.mark.parametrize("heading", WALKS)
def test_the_way_leads_by_the_stops_in_their_order(heading: str, tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603
        [sys.executable, __file__, str(tmp_path), RUNS[heading]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    way = [Stop(*line.split(": ")) for line in done.stderr.splitlines() if line.startswith("hqs_xl/")]
    # What is declared is read when its module is loaded, not called.
    stops = [stop for stop in walk(heading) if stop.name != "GROUPS" and stop.file.endswith(".py")]
    assert len(stops) >= MOST_STOPS - 1
    assert [stop for stop in way if stop in stops] == stops


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    for one in called(lambda: exec(sys.argv[2], {"__name__": "walk"})):  # noqa: S102 - the runs above
        sys.stderr.write(f"{one.file}: {one.name}\n")
