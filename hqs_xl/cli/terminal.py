"""What every command shares with the terminal: exit statuses, one line for a mistake, a progress bar."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from hqs_xl.compliance.coverage import Coverage

# The exit statuses; README has the table of what each means.
OK, FOUND, UNUSABLE, INTERRUPTED = 0, 1, 2, 130
EXIT_STATUS = (
    "Exit status: 0 nothing broken and nothing to mend; 1 a rule is broken or data is to be mended (with --strict "
    "also: something could not be looked at); 2 a file or the request can't be used; 130 stopped by Ctrl-C."
)
# Shorter work needs no progress bar.
PATIENCE_SECONDS = 1.0


def status_of(findings: Mapping[str, int], coverage: Coverage | None, *, strict: bool) -> int:
    """The exit status of a check, by how many findings there are of each weight, and what it looked at."""
    unseen = strict and coverage is not None and not coverage.complete
    return FOUND if findings.get("violation") or findings.get("data") or unseen else OK


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
