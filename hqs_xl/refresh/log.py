"""The log of scheduled runs: file names, counts and codes of refusals; nobody's name or id."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from hqs_xl.explain.own_edition import laxer_in_words
from hqs_xl.explain.words import plural
from hqs_xl.refresh.one import Refreshed, shown
from hqs_xl.texts import say

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
    # A line that can't be written stops no refresh, and is no traceback: closing the log says once what is the matter.
    traced, logging.raiseExceptions = logging.raiseExceptions, False
    try:
        yield logger
    finally:
        logging.raiseExceptions = traced
        logger.removeHandler(handler)
        handler.close()


def log_file(logger: Log, done: Refreshed, lang: str = "en") -> None:
    """One line about a file, and one for each thing that somebody should look at.

    In English its parts are codes, which programs may look for; in Russian they are words.
    """
    name, words = shown(Path(done.path.name)), lang != "en"

    def told(key: str, **fields: object) -> str:
        return f"{name}: {say(f'log.{key}', lang, **fields)}"

    state = say(f"log.state.{done.state}", lang)
    if done.code:
        logger.error(told("refused", state=state, code=done.code))
        return
    counts = [
        f"{say(f'severity.{severity}', lang) if words else severity} {number}"
        for severity, number in sorted(done.findings.items())
        if number
    ]
    logger.info(told("done", state=state, as_of=done.as_of, people=done.people, counts=", ".join(counts) or "-"))
    if done.fixed or done.age:
        key, days = "as_of.ago" if done.age >= 0 else "as_of.ahead", plural(abs(done.age), "day", lang)
        logger.warning(told("fixed" if done.fixed else "moving", day=say(key, lang, day=done.as_of, days=days)))
    for line in laxer_in_words(done.edition, lang):
        logger.warning("%s: %s", name, line)
    minded = [one for one in done.coverage.not_checked if one.counts] if done.coverage else []
    if minded:
        what = [one.message if words else f"{one.kind} {one.what}".rstrip() for one in minded]
        logger.warning(told("not_looked_at", what=", ".join(what)))
    for left in done.left_alone:
        kind, why = (say(f"table.{left.kind}", lang), left.message(lang)) if words else (left.kind, left.why)
        logger.warning(told("left", kind=kind, why=why))
