"""The log of scheduled runs: file names, counts and codes of refusals; nobody's name or id."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from hqs_xl.explain.own_edition import laxer_in_words
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


class Log(Protocol):
    """What lines are told to."""

    def info(self, line: str, /, *fields: object) -> None:
        """What was done."""

    def warning(self, line: str, /, *fields: object) -> None:
        """What somebody should look at."""

    def error(self, line: str, /, *fields: object) -> None:
        """What was not done."""


class _NoLog:
    """Nobody reads it."""

    def info(self, line: str, /, *fields: object) -> None:
        """Keep nothing."""

    warning = error = info


@contextmanager
def run_log(path: Path | None) -> Iterator[Log]:
    """A log in a file which starts anew at a megabyte, five old ones kept; of nothing without a path.

    Raises OSError when the file can't be opened.
    """
    if path is None:
        yield _NoLog()
        return
    import logging  # noqa: PLC0415 - most runs keep none
    from logging.handlers import RotatingFileHandler  # noqa: PLC0415 - as above

    logger = logging.getLogger("hqs_xl.refresh")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(path, maxBytes=_BYTES, backupCount=_OLD_LOGS, encoding="utf-8", errors="replace")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    try:
        yield logger
    finally:
        logger.removeHandler(handler)
        handler.close()


def log_file(logger: Log, done: Refreshed) -> None:
    """One line about a file."""
    name = shown(Path(done.path.name))
    if done.code:
        logger.error("%s: %s, %s", name, done.state, done.code)
    else:
        counts = ", ".join(f"{severity} {number}" for severity, number in sorted(done.findings.items()) if number)
        logger.info("%s: %s, as of %s, people %d; %s", name, done.state, done.as_of, done.people, counts or "-")
        if done.fixed:
            logger.warning("%s: As of is fixed in the workbook on %s, %d days ago", name, done.as_of, done.age)
        for line in laxer_in_words(done.edition, "en"):
            logger.warning("%s: %s", name, line)
        minded = [f"{one.kind} {one.what}" for one in done.coverage.not_checked if one.counts] if done.coverage else []
        if minded:
            logger.warning("%s: not looked at: %s", name, ", ".join(map(str.rstrip, minded)))
        for left in done.left_alone:
            logger.warning("%s: a table of the kind %s left alone, %s", name, left.kind, left.why)
