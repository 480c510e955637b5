"""The due list of a day as a text: what is overdue, due today, within a week and later, by person id, without names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple, Self

from hqs_xl.compliance.first import deadline_of, stops
from hqs_xl.output.files import write_out
from hqs_xl.roster.findings import Finding, Severity
from hqs_xl.texts import say, shown

_BANDS = ("overdue", "today", "week", "later")
# What is to be said of a file besides, by its name: what was looked at in it and what was not.
Notes = Mapping[str, Sequence[str]]
NO_NOTES: Notes = {}


class Due(NamedTuple):
    """One thing to do about one person. ``due`` is None for what is broken as it stands and has no day."""

    due: date | None
    person_id: str
    row: int
    action: str

    @classmethod
    def of(cls, finding: Finding) -> Iterator[Self]:
        """What a finding asks for: nothing where all is done or only a cell is to be mended."""
        # Of the cells to mend, only what is owed has a day: nobody can tell whether it is done.
        unclear = finding.severity is Severity.DATA and finding.due is not None
        if unclear or finding.severity in {Severity.VIOLATION, Severity.DUE}:
            due = deadline_of(finding.code, finding.severity, finding.due, finding.days)
            yield cls(due, finding.person_id, finding.row, finding.action)

    def band(self, as_of: date) -> str:
        """How near it is; on a Friday, what is due on Monday is as near as on a Tuesday: a week is seven days."""
        if self.due is None or self.due < as_of:
            return "overdue"
        if self.due == as_of:
            return "today"
        return "week" if self.due <= as_of + timedelta(weeks=1) else "later"


def digest_text(
    lists: Mapping[str, Sequence[Due]],
    as_of: date,
    lang: str,
    missing: Sequence[str] = (),
    *,
    notes: Notes = NO_NOTES,
) -> str:
    """The due list of several files, by their names, the most pressing first; ``missing``: what could not be read."""
    lines = [say("digest.title", lang, as_of=as_of)]
    if missing:
        lines += ["", say("digest.missing", lang), *(f"  {line}" for line in missing)]
    for file, dues in lists.items():
        lines += ["", file]
        if not dues:
            lines.append("  " + say("digest.nothing", lang))
        for band in _BANDS:
            mine = sorted((due for due in dues if due.band(as_of) == band), key=_order)
            if mine:
                lines += ["  " + say(f"digest.{band}", lang, count=len(mine)), *(_line(due, lang) for due in mine)]
        lines += [f"  {note}" for note in notes.get(file, ())]
    return "\n".join(lines) + "\n"


def write_digest(
    folder: Path,
    lists: Mapping[str, Sequence[Due]],
    as_of: date,
    lang: str,
    missing: Sequence[str] = (),
    *,
    notes: Notes = NO_NOTES,
) -> Path:
    """Write the due list of a day into a folder, over one of the same day; whole or not at all.

    Raises HqsError where another file of that name is there, OSError when it can't be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"due-{as_of:%Y-%m-%d}.txt"
    write_out(file, digest_text(lists, as_of, lang, missing, notes=notes).encode())
    return file


def _order(due: Due) -> tuple[bool, date, str, int]:
    return due.action not in stops(), due.due or date.max, due.person_id, due.row


def _line(due: Due, lang: str) -> str:
    day = str(shown(due.due or "", lang))
    return f"    {day:10}  {due.person_id or say('digest.row', lang, row=due.row):12}  {due.action}"
