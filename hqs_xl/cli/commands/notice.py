"""``hqs-xl notice``: the data of a notice to the authority."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from hqs_xl.cli.arguments import add_edition, add_lang, add_roster, quarter
from hqs_xl.cli.terminal import OK
from hqs_xl.cli.wrapping import fitted
from hqs_xl.texts import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, the person, which notice, and where to."""
    parser.description = (
        "The fields a notice about one person asks for, filled from the roster and the employer table, with what is "
        "missing, the day it is due, and the order that has the form. No official form is imitated."
    )
    add_roster(parser)
    parser.add_argument("person", metavar="PERSON", help="the person id")
    parser.add_argument("--kind", choices=("concluded", "terminated", "salary"), required=True, help="which notice")
    parser.add_argument(
        "--quarter", type=quarter, metavar="QUARTER", help="of the salary, such as 2026Q1 (default: the last one over)"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="write an .xlsx or .html file to copy from")
    add_edition(parser)
    add_lang(parser)


def run(options: argparse.Namespace, now: datetime) -> int:
    """Show the data, or write it."""
    from hqs_xl.cells.ids import to_id
    from hqs_xl.cli.roster_file import read_file
    from hqs_xl.output.files import write_out
    from hqs_xl.output.notice import notice
    from hqs_xl.output.writers import notice_writer

    write = notice_writer(options.out) if options.out else None
    roster, settings = read_file(options.file, options, now)
    found = notice(roster, settings, to_id(options.person), options.kind, options.quarter)
    if write:
        write_out(options.out, write(found, settings.lang), options.file)
        counts = {"known": len(found.fields) - len(found.missing), "fields": len(found.fields)}
        sys.stdout.write(say("notice.written", settings.lang, file=options.out, **counts) + "\n")
    else:
        from hqs_xl.cli.screen.notice import show_notice

        show_notice(found, settings.lang)
    told = (*settings.reminders, *roster.other.first_in_words(settings.lang))
    sys.stdout.writelines(f"{fitted(line)}\n" for line in told)
    return OK
