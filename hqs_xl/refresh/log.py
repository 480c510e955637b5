"""The log of scheduled runs: file names, counts and codes of refusals; nobody's name or id."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path

from hqs_xl.refresh.one import Refreshed, shown

_BYTES = 1 << 20
_OLD_LOGS = 5


def default_log() -> Path:
    """Where the log is kept when nothing else is said: where the system keeps a program's state."""
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        folder = Path.home() / "Library" / "Logs"
    else:
        folder = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return folder / "hqs-xl" / "refresh.log"


@contextmanager
def run_log(path: Path | None) -> Iterator[logging.Logger]:
    """A logger that writes to a file which starts anew at a megabyte, five old ones kept; to nothing without a path.

    Raises OSError when the file can't be opened.
    """
    logger = logging.getLogger("hqs_xl.refresh")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    handler: logging.Handler = logging.NullHandler()
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=_BYTES, backupCount=_OLD_LOGS, encoding="utf-8", errors="replace")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    try:
        yield logger
    finally:
        logger.removeHandler(handler)
        handler.close()


def log_file(logger: logging.Logger, done: Refreshed) -> None:
    """One line about a file."""
    name = shown(Path(done.path.name))
    if done.code:
        logger.error("%s: %s, %s", name, done.state, done.code)
    else:
        counts = ", ".join(f"{severity} {number}" for severity, number in sorted(done.findings.items()) if number)
        logger.info("%s: %s, as of %s, people %d; %s", name, done.state, done.as_of, done.people, counts or "-")
        if done.reminder:
            logger.warning("%s: As of is fixed in the workbook on %s, %d days ago", name, done.as_of, done.age)
        minded = [f"{one.kind} {one.what}" for one in done.coverage.not_checked if one.counts] if done.coverage else []
        if minded:
            logger.warning("%s: not looked at: %s", name, ", ".join(map(str.rstrip, minded)))
        for left in done.left_alone:
            logger.warning("%s: a table of the kind %s left alone, %s", name, left.kind, left.why)
