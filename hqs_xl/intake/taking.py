"""A source taken into a roster: compared first, and written only when that is asked for, in one step with a backup."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hqs_xl.demo.roster_file import write_blank
from hqs_xl.hosts.closed import ClosedEdit
from hqs_xl.hosts.files import BACKUPS, Fingerprint, check_writable, reserved, save
from hqs_xl.hosts.xlsx import ShortRule
from hqs_xl.intake.comparison import Comparison, Held, compare, read_held
from hqs_xl.intake.incoming import BadRow, Incoming, read_incoming
from hqs_xl.intake.mapping import NOTHING_MAPPED, Mapped
from hqs_xl.intake.room import check_room, columns_beside
from hqs_xl.intake.source import opened
from hqs_xl.law.workdays import LAST_DAY
from hqs_xl.roster.columns import column
from hqs_xl.texts import say


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: ``sheet`` is the source's, ``into_sheet`` the roster's; ``write``: not only to be shown.

    ``replace``: write over facts that differ. ``strict``: take all rows or none.
    """

    now: datetime
    mapped: Mapped = NOTHING_MAPPED
    sheet: str | None = None
    into_sheet: str | None = None
    write: bool = False
    replace: bool = False
    strict: bool = False
    wait: float = 0.0
    backups: int = BACKUPS
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of it: ``refused``: nothing was written, for a row is bad and all or none were asked for.

    ``sheet``: the roster's. ``short``: its formats and validations that do not hold for all new people.
    """

    incoming: Incoming
    comparison: Comparison
    lang: str
    new_book: bool
    sheet: str
    short: Sequence[ShortRule] = ()
    written: bool = False
    refused: bool = False
    backup: Path | None = None

    @property
    def bad(self) -> list[BadRow]:
        """The rows that are left out, in their order."""
        return sorted([*self.incoming.bad, *self.comparison.bad], key=lambda one: one.line)


def take_in(source: Path, into: Path, wanted: Wanted) -> Taken:
    """Compare a source with a roster, and write what is new. Raises UnusableFile; the roster is then as it was."""
    if wanted.write:
        held: AbstractContextManager[None] = reserved(into, wanted.wait, None)
    else:
        check_writable(into)
        held = nullcontext()
    with held, opened(source) as rows, _roster_file(into, wanted.lang or "en") as path:
        seen = Fingerprint.of(path)
        with ClosedEdit(path) as book:
            roster = read_held(book, wanted.into_sheet)
            lang = str(wanted.lang or roster.other.settings.get("lang") or "en")
            incoming = read_incoming(rows, wanted.mapped, wanted.sheet, lang)
            comparison = compare(roster, incoming.people, lang)
            taken = Taken(incoming, comparison, lang, new_book=path != into, sheet=roster.table.sheet)
            if wanted.strict and taken.bad:
                return replace(taken, refused=True)
            if not comparison.writes(replace=wanted.replace):
                return taken
            taken = replace(taken, short=_grow(book, roster, comparison, replace=wanted.replace, lang=lang))
            if not wanted.write:
                return taken
            out = None if path == into else into
            written, backup = save(
                path, book.write, seen=seen, stamp=wanted.now, backups=wanted.backups, out=out, release=book.close
            )
            return replace(taken, written=written, backup=backup)


@contextmanager
def _roster_file(into: Path, lang: str) -> Iterator[Path]:
    """The roster's file; where there is none yet, a new one that waits elsewhere."""
    if into.exists():
        yield into
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / into.name
        write_blank(path, lang)
        yield path


def _grow(book: ClosedEdit, roster: Held, comparison: Comparison, *, replace: bool, lang: str) -> Sequence[ShortRule]:
    """Write what is new into the book that is being edited: people above totals and signatures, where there is room."""
    check_room(book, roster, len(comparison.added))
    added = [_cells({"person_id": one.person_id, **one.facts}, lang) for one in comparison.added]
    changed = {
        one.row: _cells({**one.filled, **(one.differing if replace else {})}, lang)
        for one in comparison.changed
        if one.filled or replace
    }
    return book.grow(roster.table, roster.last, added, changed, columns_beside(book, roster))


def _cells(facts: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """Facts as cells hold them: words of lists in the roster's language."""
    return {key: _cell(key, fact, lang) for key, fact in facts.items()}


def _cell(key: str, fact: Any, lang: str) -> Any:
    if fact == LAST_DAY:  # no end, which other programs write so
        return date.max
    if isinstance(fact, bool):
        return say("word.yes" if fact else "word.no", lang)
    if column("roster", key).words:
        return say(f"word.{fact}", lang)
    return fact if isinstance(fact, str | date) else str(fact)
