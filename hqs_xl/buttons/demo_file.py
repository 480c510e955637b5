"""What the button that empties the demo does, for a closed file: the invented people go, then the file is checked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from hqs_xl.buttons.demo_rows import Demo
from hqs_xl.hosts.closed import ClosedEdit
from hqs_xl.hosts.files import Fingerprint, reserved, save
from hqs_xl.refresh.one import Job, Options, Refreshed, refresh_file


class Emptied(NamedTuple):
    """What is told of it; ``backup``: the file as it was; ``checked``: how the check after it went."""

    text: str
    backup: Path | None = None
    checked: Refreshed | None = None


def empty_file(file: Path, now: datetime, lang: str, agrees: Callable[[str], bool]) -> Emptied | None:
    """Take the demo's people out of a closed workbook, once ``agrees`` says yes to a question; None where it says no.

    Raises UnusableFile, with nothing written, where that can't be done without loss.
    """
    with reserved(file):
        seen = Fingerprint.of(file)
        with ClosedEdit(file) as book:
            demo = Demo(book)
            if not demo.people:
                return Emptied(demo.done(lang))
            if not agrees(demo.question(lang)):
                return None
            demo.take_out()
            saved = save(file, book.write, seen=seen, stamp=now, release=book.close)
    # The file as it was is kept already.
    checked = refresh_file(Job(file, Options(now, spoken=lang, backups=0)))
    return Emptied(demo.done(lang), saved.backup, checked)
