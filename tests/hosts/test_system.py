"""A Python without threads, processes and locks of files, as one in a browser: closed files are read and answered."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from hqs_xl.hosts.package import spool
from hqs_xl.hosts.system import process_pool
from hqs_xl.refresh.one import Job, Options, State, refresh_file
from tests.hosts.block_books import NOW, rows, written

ROOT = Path(__file__).parents[2]
# What Pyodide leaves out of Python, or has but can't start.
ALONE = """
import importlib.abc, sys, threading
sys.platform = "emscripten"

class Absent(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"fcntl", "msvcrt", "multiprocessing", "_multiprocessing", "_posixshmem"}:
            raise ModuleNotFoundError(name)

def refused(*_):
    raise RuntimeError("can't start new thread")

sys.meta_path.insert(0, Absent())
threading.Thread.start = refused
"""
REFRESH = f"""{ALONE}
from datetime import datetime
from pathlib import Path
from hqs_xl.hosts.package import spool
from hqs_xl.refresh.one import Job, Options, refresh_file
spool.BLOCK = 10_000
spool._isal = lambda: None
done = refresh_file(Job(Path(sys.argv[1]), Options(datetime.fromisoformat(sys.argv[2]), processes=1)))
print(done.state, done.people, done.message)
"""


def run(code: str, *given: object) -> str:
    command = [sys.executable, "-c", code, *map(str, given)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    assert not done.stderr
    return done.stdout.strip()


def test_without_threads_and_locks_a_refresh_writes_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "BLOCK", 10_000)
    monkeypatch.setattr(spool, "_isal", lambda: None)
    file, other = tmp_path / "one.xlsx", tmp_path / "other.xlsx"
    written(rows(), file)
    other.write_bytes(file.read_bytes())
    done = refresh_file(Job(other, Options(NOW)))
    assert done.state is State.CHANGED
    assert run(REFRESH, file, NOW.isoformat()) == f"changed {done.people}"
    assert file.read_bytes() == other.read_bytes()


def test_reading_and_answering_in_one_process_loads_nothing_of_other_processes(tmp_path: Path) -> None:
    file = tmp_path / "roster.xlsx"
    written(rows(), file)
    code = REFRESH.replace(ALONE, "import sys") + "print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = run(code, file, datetime(2026, 11, 23).isoformat())
    assert loaded.startswith("changed")
    assert "multiprocessing" not in loaded.split()


def _own_id() -> int:
    return os.getpid()


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
def test_a_pool_is_of_other_processes_that_ctrl_c_does_not_end() -> None:
    with process_pool(1) as pool:
        other = pool.submit(_own_id).result()
        assert other != os.getpid()
        os.kill(other, signal.SIGINT)
        assert pool.submit(_own_id).result() == other
