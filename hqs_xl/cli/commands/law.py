"""``hqs-xl law changes``: what changed in the law, and whom of a roster it touches."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from hqs_xl.cli.arguments import add_as_of, add_lang, add_sheet, day, language
from hqs_xl.cli.spoken import words
from hqs_xl.cli.terminal import OK, Parser


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Since when, and for whom."""
    parser.description = "What the edition law holds: what changed in it, to be read once a month."
    add_lang(parser)
    actions = parser.add_subparsers(dest="action", metavar=words("ACTION"), required=True, parser_class=Parser)
    changes = actions.add_parser(
        "changes",
        help=words("what changed in the law, the newest first"),
        description="Every change of the edition law, those still to come included, the newest first: what held "
        "before, what holds since, who says so and how surely. With a roster: whom each touches, by person id.",
    )
    changes.add_argument("--since", type=day, metavar="DATE", help="only what is in force since that day or later")
    changes.add_argument(
        "--roster", type=Path, metavar="FILE", help="say whom of the people in this workbook it touches"
    )
    add_sheet(changes)
    add_as_of(changes, "the day it is looked at (default: the roster's, or today)")
    add_lang(changes)


def run(options: argparse.Namespace, now: datetime) -> int:
    """Show them."""
    from hqs_xl.cli.screen.changes import show_changes
    from hqs_xl.law.changes import changes

    found = changes(since=options.since)
    if options.roster is None:
        show_changes(found, options.as_of or now.date(), language(options))
        return OK
    from hqs_xl.cli.roster_file import read_file
    from hqs_xl.compliance.touched import touched_by

    options.edition = "law"
    roster, settings = read_file(options.roster, options, now)
    touched = touched_by(found, roster, settings)
    show_changes(found, settings.as_of, settings.lang, options.roster.name, touched)
    return OK
