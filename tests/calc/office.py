"""A LibreOffice of its own for the tests: a fresh profile, the add-in loaded, all formulas counted anew on loading.

pytest's Python has no ``uno``, so that a small script (``inside.py``) speaks for it, run by a Python that has it:

    office.run("tests.calc.sheets", "answers", file=...)  ->  sheets.answers(desktop, file=...), by way of JSON

A module named there imports nothing that needs more than LibreOffice's Python and the standard library.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from hqs_xl.hosts.calc.carried import carried
from tests.programs import SOFFICE

ROOT = Path(__file__).parent.parent.parent
OLDEST = (25, 2)
# Count every formula on loading, whoever wrote the file: 0 is "always"; a fresh profile trusts others' stored values.
_ALWAYS = "".join(
    f'<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="{name}" oor:op="fuse">'
    "<value>0</value></prop></item>"
    for name in ("OOXMLRecalcMode", "ODFRecalcMode")
)
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">' + _ALWAYS + "</oor:items>\n"
)


def version() -> tuple[int, ...]:
    """LibreOffice's version; (0,) where there is none."""
    if SOFFICE is None:
        return (0,)
    done = subprocess.run([SOFFICE, "--version"], capture_output=True, text=True, check=False, timeout=60)  # noqa: S603
    found = re.search(r"LibreOffice (\d+(?:\.\d+)*)", done.stdout)
    return tuple(map(int, found[1].split("."))) if found else (0,)


def python_with_uno() -> str | None:
    """A Python that has ``uno``: the installation's own, or the system's."""
    own = [str(Path(SOFFICE).resolve().parent / "python")] if SOFFICE else []
    for python in (*own, "/usr/bin/python3", sys.executable):
        with suppress(OSError):
            if subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode == 0:  # noqa: S603
                return python
    return None


@cache
def missing() -> str:
    """Why no LibreOffice can be driven here; blank when one can."""
    if SOFFICE is None:
        return "LibreOffice (soffice) is not installed"
    if version() < OLDEST:
        return f"LibreOffice is {'.'.join(map(str, version()))}, 25.2 is needed"
    return "" if python_with_uno() else "no Python here has the module uno (python3-uno)"


def _clean() -> dict[str, str]:
    """The environment without this Python: LibreOffice's takes its library from the first python3 of the PATH."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return {**kept, "PATH": os.defpath}


def _carried(folder: Path) -> Path:
    """The packages of others that the extension brings along, for the process beside LibreOffice too."""
    for name, content in carried():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder / "pythonpath"


class Office:
    """A running LibreOffice; ``extensions`` is a folder that holds unpacked extensions."""

    def __init__(self, folder: Path, extensions: Path | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.pipe = folder, f"hqs{os.getpid()}{folder.name}"
        user = folder / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_PROFILE, "utf-8")
        self.log = (folder / "soffice.log").open("wb")
        self.office = self._start(extensions)
        python = python_with_uno()
        assert python
        self.inside = subprocess.Popen(  # noqa: S603
            [python, "-m", "tests.calc.inside", self.pipe],
            cwd=ROOT,
            env={**_clean(), "PYTHONPATH": str(_carried(folder / "carried"))},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def _start(self, extensions: Path | None) -> subprocess.Popen[bytes]:
        assert SOFFICE
        command = [SOFFICE, "--headless", "--norestore", "--nologo", "--nolockcheck"]
        command += [f"--accept=pipe,name={self.pipe};urp;", f"-env:UserInstallation={self.folder.as_uri()}/profile"]
        if extensions:
            command.append(f"-env:BUNDLED_EXTENSIONS={extensions.as_uri()}")
        return subprocess.Popen(  # noqa: S603
            command, env=_clean(), stdout=self.log, stderr=self.log, start_new_session=True
        )

    def run(self, module: str, function: str, /, **arguments: Any) -> Any:
        """What a function of a module answers that takes the desktop first; its error with its traceback."""
        assert self.inside.stdin
        assert self.inside.stdout
        self.inside.stdin.write(json.dumps([module, function, arguments], default=str) + "\n")
        self.inside.stdin.flush()
        line = self.inside.stdout.readline()
        assert line, f"LibreOffice is gone: {(self.folder / 'soffice.log').read_text('utf-8', errors='replace')}"
        answer = json.loads(line)
        assert "error" not in answer, answer["error"]
        return answer["answer"]

    def close(self) -> None:
        """Ask it to leave; end it where it does not."""
        assert self.inside.stdin
        assert self.inside.stdout
        self.inside.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            self.inside.wait(30)
            self.office.wait(30)
        self.inside.kill()
        self.inside.wait()
        self.inside.stdout.close()
        with suppress(ProcessLookupError):
            os.killpg(self.office.pid, signal.SIGKILL)
        self.office.wait()
        self.log.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
