"""What this Python and its system can do beside one thread in one process, asked in one place.

Python in a browser (Pyodide) has neither processes nor threads nor locks of files: everything here is then left out,
and all work is done one step after the other.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

# Whether threads and processes can be started.
CONCURRENT = sys.platform not in {"emscripten", "wasi"}
# How many new objects there are before Python looks for circles among them.
_RARELY = (100_000, 20, 100)

if sys.platform == "win32":
    import msvcrt

    def lock_file(file: int) -> None:
        """Lock an open file against other processes; OSError where that can't be."""
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

elif CONCURRENT:
    import fcntl

    def lock_file(file: int) -> None:
        """Lock an open file against other processes; OSError where that can't be."""
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

else:

    def lock_file(file: int) -> None:
        """There is no other process to keep out."""


def collect_rarely() -> None:
    """Rows come and go by the thousand and hold no circles: to look for those takes a twentieth of the time.

    Neither is there any use in a last look at the end, when the system takes all memory back.
    """
    gc.set_threshold(*_RARELY)
    atexit.register(gc.freeze)


def process_pool(workers: int) -> ProcessPoolExecutor:
    """So many worker processes. They inherit nothing, as on Windows; Ctrl-C is this process's business alone."""
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - a fifth of a start-up, for big sheets only
    from multiprocessing import get_context  # noqa: PLC0415 - as above

    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """A terminal's Ctrl-C reaches every process; one that waits for work has nothing to say about it."""
    import signal  # noqa: PLC0415 - as above
    from threading import Thread  # noqa: PLC0415 - as above

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_rarely()
    Thread(target=_end_with_parent, name="parent", daemon=True).start()


def _end_with_parent() -> None:
    """A process killed leaves its workers waiting for work that never comes."""
    from multiprocessing import parent_process  # noqa: PLC0415 - as above

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
