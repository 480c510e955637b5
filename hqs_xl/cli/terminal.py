"""What every command shares with the terminal: exit statuses, one line for a mistake, a progress bar."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any, NoReturn

OK, VIOLATIONS, UNUSABLE, INTERRUPTED = 0, 1, 2, 130
# Shorter work needs no progress bar.
PATIENCE_SECONDS = 1.0


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """Leave with the status of what can't be used."""
        self.exit(UNUSABLE, f"{self.prog}: {message} (see {self.prog} --help)\n")


@contextmanager
def progress(title: str) -> Iterator[Any]:
    """A callback for the share done (0 to 1); a bar appears on a terminal once the work takes over a second."""
    from rich.console import Console  # noqa: PLC0415 - 60 ms that --help does not need
    from rich.progress import Progress  # noqa: PLC0415

    bar = Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty())
    task = bar.add_task(title, total=1.0)
    began, shown = monotonic(), False

    def report(share: float) -> None:
        nonlocal shown
        if not shown and monotonic() - began > PATIENCE_SECONDS:
            bar.start()
            shown = True
        bar.update(task, completed=share)

    try:
        yield report
    finally:
        bar.stop()
