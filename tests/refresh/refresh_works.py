"""What a process does in place of a refresh, for faults no workbook brings about. Spawned processes import it."""

from __future__ import annotations

import os
import signal
import time

from hqs_xl.refresh.one import Job, Refreshed, State


def dies_on_b(job: Job, _progress: object) -> Refreshed:
    """As the system kills a process that wants too much memory."""
    if job.path.stem == "b":
        time.sleep(0.2)  # others are under way
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(0.3)
    return Refreshed(job.path, State.CHANGED)


def who(job: Job, _progress: object) -> Refreshed:
    """Which process it was."""
    time.sleep(0.2)
    return Refreshed(job.path, State.CHANGED, message=str(os.getpid()))
