"""``hqs-xl rules``: every rule, its numbers and sources."""

from __future__ import annotations

import argparse
from datetime import datetime

from hqs_xl.cli.arguments import SPOKEN, add_as_of, add_edition, add_lang, language
from hqs_xl.cli.terminal import OK
from hqs_xl.law import EDITIONS, rulebook


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which edition, or how long ago everything was looked at."""
    parser.description = (
        "Every rule of the three editions, or of one: its count, from which day on it holds, who says so and how "
        "surely. With --age: what of them, of the calendar and of the notices' forms to look up again, and where, and "
        "what is unverified; with --all, too, when each was last looked at."
    )
    parser.add_argument(
        "--age", action="store_true", help="which values to look up again or unverified, the oldest first"
    )
    parser.add_argument("--all", action="store_true", help="with --age: every value, and when it was last looked at")
    add_as_of(parser, "with --age: the day it is looked at from (default: today)")
    add_edition(parser, own=False)
    add_lang(parser, SPOKEN)


def run(options: argparse.Namespace, now: datetime) -> int:
    """Show them."""
    if options.age:
        from hqs_xl.cli.screen.age import show_age
        from hqs_xl.output.checked import everything_checked

        wanted = {"", *([options.edition] if options.edition else EDITIONS)}
        values = [one for one in everything_checked() if one.edition in wanted]
        show_age(values, options.as_of or now.date(), language(options), everything=options.all)
        return OK
    from hqs_xl.cli.screen.rules import show_rules

    show_rules(rulebook(), [options.edition] if options.edition else EDITIONS, language(options))
    return OK
