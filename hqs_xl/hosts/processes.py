"""Processes that work beside this one: spawned alike on every system, and gone when this one is."""

from __future__ import annotations

import gc
import os
import signal
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from threading import Thread

RARELY = (100_000, 20, 100)


def pool(workers: int) -> ProcessPoolExecutor:
    """So many processes. They inherit nothing, as on Windows; Ctrl-C is this process's business alone."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """A terminal's Ctrl-C reaches every process; one that waits for work has nothing to say about it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Rows come and go by the thousand and hold no circles: to look for those takes a twentieth of the time.
    gc.set_threshold(*RARELY)
    Thread(target=_end_with_parent, name="parent", daemon=True).start()


def _end_with_parent() -> None:
    """A process killed leaves its helpers waiting for work that never comes."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
