"""``hqs-xl due``: what is overdue and what comes due, for whoever sees to it all."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from hqs_xl.cli.arguments import add_edition, add_lang, add_roster, add_strict, number
from hqs_xl.cli.terminal import EXIT_STATUS, status_of
from hqs_xl.cli.wrapping import fitted
from hqs_xl.texts import say

MOST_DAYS = 3660


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, how far ahead, and where to."""
    parser.description = (
        "One list for whoever sees to it all: overdue, today, this week, later, by what is to be done, with whom, by "
        "which day and who says so. To the terminal, or to an .html file for A4 paper or an .xlsx file."
    )
    parser.epilog = EXIT_STATUS
    add_roster(parser)
    parser.add_argument(
        "--within",
        type=number(1, MOST_DAYS, "number of days"),
        metavar="DAYS",
        help="days ahead (default: the file's widest reminder band, or 60)",
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="write .html or .xlsx instead of showing it")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of showing it")
    parser.add_argument("--names", action="store_true", help="with names; without: person ids only")
    add_strict(parser)
    add_edition(parser)
    add_lang(parser)


def run(options: argparse.Namespace, now: datetime) -> int:
    """Show the list, or write it."""
    from hqs_xl.cli.roster_file import check, compared_edition, read_file
    from hqs_xl.explain.words import plural
    from hqs_xl.output.duelist import due_list, within
    from hqs_xl.output.files import write_out
    from hqs_xl.output.writers import due_list_writer

    write = due_list_writer(options.out) if options.out else None
    roster, settings = read_file(options.file, options, now)
    report = check(roster, within(settings, options.within), compared_edition(roster, settings, options))
    found = due_list(options.file, report, roster.names if options.names else None)
    if write:
        write_out(options.out, write(found), options.file)
        count = plural(len(found.entries), "to do", settings.lang)
        sys.stdout.write(say("due.written", settings.lang, file=options.out, count=count) + "\n")
        sys.stdout.writelines(f"{fitted(reminder)}\n" for reminder in settings.reminders)
    elif options.json:
        from hqs_xl.output.contract.due_json import due_json

        sys.stdout.write(due_json(found))
    else:
        from hqs_xl.cli.screen.due_list import show_due_list

        show_due_list(found)
    return status_of(report.counts, report.coverage, strict=options.strict)
