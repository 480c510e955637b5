"""``hqs-xl ics``: the deadlines as a calendar file."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from hqs_xl.cli.arguments import add_edition, add_lang, add_roster
from hqs_xl.cli.terminal import OK
from hqs_xl.cli.wrapping import fitted
from hqs_xl.texts import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hqs_xl.compliance.check import Roster
    from hqs_xl.output.ics import Made


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and where to."""
    parser.description = (
        "One event for each day and obligation, on the working day to act by, that lists the people; with two alarms. "
        "A later file names the events as before, so that a calendar that knows them updates them; what the "
        "file it replaces held and is done is cancelled. For a calendar that doubles events, --changes."
    )
    add_roster(parser)
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="the .ics file to write (default: beside the workbook)"
    )
    parser.add_argument("--each", action="store_true", help="one event for each person")
    parser.add_argument(
        "--changes", action="store_true", help="only what differs from the earlier file, into FILE-changes.ics"
    )
    parser.add_argument("--since", type=Path, metavar="FILE", help="the earlier file (default: the one at --out)")
    parser.add_argument("--names", action="store_true", help="with names; without: person ids only")
    add_edition(parser)
    add_lang(parser)


def run(options: argparse.Namespace, now: datetime) -> int:
    """Write it."""
    from hqs_xl.cli.roster_file import read_file
    from hqs_xl.errors import HqsError
    from hqs_xl.output.files import check_replaceable, earlier_file, write_out
    from hqs_xl.output.ics import Wanted
    from hqs_xl.output.writers import calendar_writer

    out = options.out or options.file.with_suffix(".ics")
    write = calendar_writer(out)
    changed = out.with_name(f"{out.stem}-changes.ics")
    for target in (out, changed) if options.changes else (out,):
        check_replaceable(target, options.file)
    before = earlier_file(options.since or out)
    if options.changes and before is None:
        raise HqsError("ics.changes_alone", file=options.since or out)
    roster, settings = read_file(options.file, options, now)
    names, wanted = roster.names if options.names else None, Wanted(options.each, before)
    if options.changes:
        made = write(roster, settings, names, wanted._replace(changes=True))
        write_out(changed, made.content, options.file)
        _tell(changed, made, settings.lang)
    made = write(roster, settings, names, wanted)
    write_out(out, made.content, options.file)
    _tell(out, made, settings.lang)
    told = (*settings.reminders, *roster.other.first_in_words(settings.lang), *_not_read(roster, settings.lang))
    sys.stdout.writelines(f"{fitted(line)}\n" for line in told)
    if made.left_out:
        sys.stdout.write(say("ics.left_out", settings.lang, count=made.left_out) + "\n")
    return OK


def _not_read(roster: Roster, lang: str) -> Iterator[str]:
    """What is behind no deadline because it was not read: cells, rows that may be people, other tables of people."""
    passed = roster.other.passed.get("roster", {})
    if count := sum(len(problems) for _, problems in roster.people) + sum(map(bool, passed.values())):
        yield say("due.unread", lang, count=count)
    yield from (one.message(lang) for one in roster.other.left_alone if one.kind == "roster")


def _tell(out: Path, made: Made, lang: str) -> None:
    from hqs_xl.explain.words import plural

    numbers = {"open": plural(made.open, "deadline", lang), "events": plural(made.events, "event", lang)}
    sys.stdout.write(say("ics.written", lang, file=out, cancelled=made.cancelled, **numbers) + "\n")
