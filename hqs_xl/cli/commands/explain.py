"""``hqs-xl explain``: how one deadline is counted."""

from __future__ import annotations

import argparse
from datetime import date, datetime

from hqs_xl.cli.arguments import add_edition, add_lang, day, language
from hqs_xl.cli.edition_file import warn
from hqs_xl.cli.spoken import words
from hqs_xl.cli.terminal import OK
from hqs_xl.errors import HqsError
from hqs_xl.law import EDITIONS, Quarter
from hqs_xl.law.deadlines import deadline_rules


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The rule and the event."""
    parser.description = (
        "The count of one deadline, day by day where days are skipped, with its source; in all three editions side by "
        "side when none is named."
    )
    parser.epilog = words("Rules: {rules}", rules=", ".join(deadline_rules()))
    parser.add_argument("rule", metavar="RULE", help="such as notice.concluded")
    parser.add_argument("event", type=_event, metavar="EVENT", help="a date, or a quarter such as 2026Q1")
    parser.add_argument("--until", type=day, metavar="DATE", help="the agreement's end, for permit and visa")
    add_edition(parser)
    add_lang(parser)


def _event(text: str) -> date | str:
    """A date or a quarter; which of them the rule wants is the rule's own question."""
    try:
        return str(Quarter.parse(text))
    except HqsError:
        return day(text)


def run(options: argparse.Namespace, now: datetime) -> int:  # noqa: ARG001 - the law is the same on every day
    """Show the count."""
    from hqs_xl.cli.screen.explanation import show_explanation

    warn(options.edition, language(options))
    editions = [options.edition] if options.edition else EDITIONS
    show_explanation(options.rule, options.event, editions, options.until, language(options))
    return OK
