"""``hqs-xl plan``: the procedure for one person, step by step."""

from __future__ import annotations

import argparse
from datetime import datetime

from hqs_xl.cli.arguments import add_edition, add_lang, day, language
from hqs_xl.cli.terminal import OK
from hqs_xl.law import plan


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The days between which it is planned."""
    parser.description = (
        "The card's steps in order: who acts, the earliest day each can be counted on, the latest day that keeps the "
        "wanted start, what is handed in."
    )
    parser.add_argument("--signed", type=day, required=True, metavar="DATE", help="the day the agreement is signed")
    parser.add_argument("--start", type=day, metavar="DATE", help="the day work is wanted to start")
    add_edition(parser)
    add_lang(parser)


def run(options: argparse.Namespace, now: datetime) -> int:  # noqa: ARG001 - it is counted from the signing
    """Show the steps."""
    from hqs_xl.cli.screen.plan import show_plan

    steps = plan(options.signed, options.start, options.edition or "card")
    show_plan(steps, options.signed, options.start, language(options))
    return OK
