"""What the tests of the page stand on: Pyodide and the tools of hqs_xl/web/npm, a browser, and the page as built."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
# Where `npm ci` has put the packages of hqs_xl/web/npm.
NPM = Path(os.environ.get("HQS_WEB_NPM") or ROOT / "hqs_xl" / "web" / "npm" / "node_modules")
PYODIDE = NPM / "pyodide"
# Where pip has put the wheels of tests/web/wheels.txt.
WHEELS = Path(os.environ.get("HQS_WEB_WHEELS") or NPM.parent / "wheels")
NODE, CHROMIUM = shutil.which("node"), shutil.which("chromium")
DESK, PHONE = {"width": 1200, "height": 900}, {"width": 360, "height": 800}
LOCALES = {"en": "en-US", "ru": "ru-RU"}
FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")

needs_pyodide = pytest.mark.skipif(
    NODE is None or not PYODIDE.is_dir(), reason="Node or Pyodide is not installed (npm ci in hqs_xl/web/npm)"
)
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None or NODE is None or not PYODIDE.is_dir(), reason="Chromium or Pyodide is not installed"
)
needs_firefox = pytest.mark.skipif(
    FIREFOX is None or NODE is None or not PYODIDE.is_dir(), reason="Firefox or Pyodide is not installed"
)
needs_wheels = pytest.mark.skipif(
    NODE is None or not PYODIDE.is_dir() or not WHEELS.is_dir(),
    reason="Node, Pyodide or the wheels of tests/web/wheels.txt are not there (pip download, see .ci/run)",
)


def node(script: str, **given: Any) -> Any:
    """Run a script of this folder; what it prints last, a line of JSON."""
    assert NODE
    given |= {"npm": str(NPM), "root": str(ROOT), "chromium": CHROMIUM, "firefox": FIREFOX}
    done = subprocess.run(  # noqa: S603
        [NODE, str(Path(__file__).with_name(script)), json.dumps(given)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def lap(url: str, lang: str, **given: Any) -> Any:
    """A person's lap through the page in Chromium; what was seen."""
    return node("in_chromium.mjs", url=url, locale=LOCALES[lang], **{"viewport": DESK, **given})
