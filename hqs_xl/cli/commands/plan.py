"""``hqs-xl plan``: the procedure for one person, step by step."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from hqs_xl.bilingual import Bilingual
from hqs_xl.cli.arguments import add_edition, add_lang, day, language
from hqs_xl.cli.edition_file import warn
from hqs_xl.cli.terminal import OK
from hqs_xl.law import plan


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The days between which it is planned."""
    parser.description = (
        "The card's steps in the order of their latest days: who acts, the earliest day each can be counted on, the "
        "latest day that keeps the wanted start, what is handed in."
    )
    parser.add_argument("--signed", type=day, required=True, metavar="DATE", help="the day the agreement is signed")
    parser.add_argument("--start", type=day, metavar="DATE", help="the day work is wanted to start")
    parser.add_argument(
        "--roster",
        type=Path,
        metavar="FILE",
        help="a workbook whose own days, edition, language and authority notified hold here too",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    add_edition(parser)
    add_lang(parser)
    parser.set_defaults(sheet=None, column=[], as_of=None)


def run(options: argparse.Namespace, now: datetime) -> int:
    """Show the steps, by the law alone or by a roster's settings."""
    edition, lang = options.edition or "card", language(options)
    if options.roster is None:
        steps = plan(options.signed, options.start, edition)
    else:
        from hqs_xl.cli.roster_file import read_file

        roster, settings = read_file(options.roster, options, now)
        edition, lang = settings.edition, settings.lang
        steps = plan(options.signed, options.start, edition, calendar=settings.calendar)
        # Not into the JSON object, which programs read.
        told = sys.stderr if options.json else sys.stdout
        told.writelines(f"{line}\n" for line in roster.other.first_in_words(lang))
        if settings.authority:
            own = Bilingual(settings.authority)
            steps = [step._replace(authority=own) if step.authority else step for step in steps]
    warn(edition, lang)
    if options.json:
        from hqs_xl.output.contract.plan_json import plan_json

        sys.stdout.write(plan_json(steps, options.signed, options.start, edition, lang))
    else:
        from hqs_xl.cli.screen.plan import show_plan

        show_plan(steps, options.signed, options.start, edition, lang)
    return OK
