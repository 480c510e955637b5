"""``hqs-xl ics``: the deadlines as a calendar file."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from hqs_xl.cli.arguments import add_edition, add_lang, add_roster
from hqs_xl.cli.terminal import OK
from hqs_xl.texts import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and where to."""
    parser.description = (
        "One event for each deadline, on the working day to act by, with alarms at the reminder bands. A second import "
        "of a later file updates the events instead of doubling them; what is done is cancelled."
    )
    add_roster(parser)
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="the .ics file to write (default: beside the workbook)"
    )
    parser.add_argument("--names", action="store_true", help="with names; without: person ids only")
    add_edition(parser)
    add_lang(parser)


def run(options: argparse.Namespace, now: datetime) -> int:
    """Write it."""
    from hqs_xl.cli.roster_file import read_file
    from hqs_xl.output.files import write_out
    from hqs_xl.output.writers import calendar_writer

    out = options.out or options.file.with_suffix(".ics")
    write = calendar_writer(out)
    roster, settings = read_file(options.file, options, now)
    made = write(roster, settings, roster.names if options.names else None)
    write_out(out, made.content, options.file)
    sys.stdout.write(say("ics.written", settings.lang, file=out, open=made.open, cancelled=made.cancelled) + "\n")
    if settings.reminder:
        sys.stdout.write(settings.reminder + "\n")
    if made.left_out:
        sys.stdout.write(say("ics.left_out", settings.lang, count=made.left_out) + "\n")
    return OK
