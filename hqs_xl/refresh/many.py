"""A folder of workbooks in parallel processes: each file is one process's business, and its fault stops no other."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hqs_xl.errors import HqsError
from hqs_xl.hosts.system import process_pool
from hqs_xl.refresh.one import Job, Progress, Refreshed, State, refresh_file, refusal

if TYPE_CHECKING:
    from concurrent.futures import Future

# A file so big is worth a process of its own, which can be lost without the others.
BIG_FILE = 4 << 20
Work = Callable[[Job, Progress | None], Refreshed]


def processes(files: int, wanted: int | None = None) -> int:
    """How many processes: as many as wanted, or as there are processors; no more than files."""
    return max(1, min(files, wanted or os.cpu_count() or 1))


def refresh_files(jobs: Sequence[Job], workers: int, work: Work = refresh_file) -> Iterator[Refreshed]:
    """Refresh files, each as it is done: with one worker those that are not big in this process.

    A process that dies (of memory, say) takes its pool along; what was left is then done in a process for each, so
    that the one file that kills is named and the others are done. After Ctrl-C, files not done are left as they
    were.
    """
    left, stopped = list(jobs), list[Job]()
    for job in [one for one in left if workers == 1 and not _is_big(one.path)]:
        answer = interruptible(work, job, late=stopped.append)
        if answer.state is State.INTERRUPTED:
            raise KeyboardInterrupt
        left.remove(job)
        yield answer
        if stopped:
            raise KeyboardInterrupt
    for done in _in_pool(left, workers, work):
        left.remove(done[0])
        yield done[1]
    for job in left:
        for _, answer in _in_pool([job], 1, work):
            yield answer
            break
        else:
            yield refusal(job, HqsError("file.crashed", file=""))


def _is_big(path: Path) -> bool:
    try:
        return path.stat().st_size >= BIG_FILE
    except OSError:  # its reader says what is wrong
        return False


def _in_pool(jobs: Sequence[Job], workers: int, work: Work) -> Iterator[tuple[Job, Refreshed]]:
    """What was done until the end, or until the pool broke."""
    if not jobs:
        return
    from concurrent.futures import as_completed  # noqa: PLC0415 - a fifth of a start-up, for many files only
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415 - as above

    executor = process_pool(workers)
    try:
        futures: dict[Future[Refreshed], Job] = {executor.submit(interruptible, work, job): job for job in jobs}
        for future in as_completed(futures):
            yield futures[future], future.result()
    except BrokenProcessPool:
        return
    finally:
        executor.shutdown(cancel_futures=True)


def interruptible(
    work: Work, job: Job, progress: Progress | None = None, late: Callable[[Job], None] | None = None
) -> Refreshed:
    """Work on a file; Ctrl-C stops it where it tells its progress, so never within a save or while it clears up.

    ``late`` is told of a Ctrl-C that came too late to stop the file, so that it stops those after it.
    """
    asked = False

    def ask(*_: object) -> None:
        nonlocal asked
        asked = True

    def tell(share: float) -> None:
        if asked:
            raise KeyboardInterrupt
        if progress:
            progress(share)

    before = signal.signal(signal.SIGINT, ask)
    try:
        answer = work(job, tell)
        if asked and late:
            late(job)
    except KeyboardInterrupt:
        return Refreshed(job.path, State.INTERRUPTED)
    finally:
        signal.signal(signal.SIGINT, before)
    return answer
