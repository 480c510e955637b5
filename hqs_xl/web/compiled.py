"""The page's modules, compiled by the Python that will run them, Pyodide in Node: the page starts in half the time."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from hqs_xl.data import packaged
from hqs_xl.errors import HqsError
from hqs_xl.web.runtime import LIBRARY

OURS, DEMO = "hqs_xl.zip", "demo.xlsx"
MOST_SECONDS = 300


def compiled(pyodide: Path, library: bytes, ours: bytes, demo: bytes) -> dict[str, bytes]:
    """Both zips by their names, the modules that a lap with the demo needs compiled.

    Raises HqsError where there is no Node, or Python does not start in it.
    """
    node = shutil.which("node")
    if node is None:
        raise HqsError("web.no_node")
    with TemporaryDirectory() as name:
        folder = Path(name)
        scripts = {"compile.mjs": packaged("web/compile.mjs"), "compiling.py": packaged("web/compiling.py")}
        for file, text in scripts.items():
            (folder / file).write_text(text, "utf-8", newline="\n")
        for file, content in {LIBRARY: library, OURS: ours, DEMO: demo}.items():
            (folder / file).write_bytes(content)
        done = subprocess.run(  # noqa: S603
            [node, str(folder / "compile.mjs"), str(pyodide.resolve()), name, str(folder / "compiling.py")],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=MOST_SECONDS,
        )
        if done.returncode:
            raise HqsError("web.not_compiled", why=(done.stderr.strip().splitlines() or ["Node"])[-1])
        return {file: (folder / f"compiled {file}").read_bytes() for file in (LIBRARY, OURS)}
