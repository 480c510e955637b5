"""``hqs-xl calendar``: a year's days off and working weekend days."""

from __future__ import annotations

import argparse
from datetime import datetime

from hqs_xl.cli.arguments import SPOKEN, add_lang, language, number
from hqs_xl.cli.spoken import words
from hqs_xl.cli.terminal import OK
from hqs_xl.law.decrees import FIRST_YEAR, LAST_YEAR


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The year."""
    parser.description = (
        "The days off of a year on the official five-day calendar, the weekend days made working, and the decree "
        "behind them; a year that is not decreed yet says so."
    )
    year = number(FIRST_YEAR, LAST_YEAR, "year")
    parser.add_argument(
        "year", type=year, metavar="YEAR", help=words("{first} to {last}", first=FIRST_YEAR, last=LAST_YEAR)
    )
    add_lang(parser, SPOKEN)


def run(options: argparse.Namespace, now: datetime) -> int:  # noqa: ARG001 - the year is named
    """Show them."""
    from hqs_xl.cli.screen.calendar import show_calendar

    show_calendar(options.year, language(options))
    return OK
