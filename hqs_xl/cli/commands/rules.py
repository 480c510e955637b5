"""``hqs-xl rules``: every rule, its numbers and sources."""

from __future__ import annotations

import argparse
from datetime import datetime

from hqs_xl.cli.arguments import add_edition, add_lang, language
from hqs_xl.cli.terminal import OK
from hqs_xl.law import EDITIONS, rulebook


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which edition."""
    parser.description = (
        "Every rule of the three editions, or of one: its count, from which day on it holds, who says so and how "
        "surely."
    )
    add_edition(parser)
    add_lang(parser)


def run(options: argparse.Namespace, now: datetime) -> int:  # noqa: ARG001 - the values of every day are listed
    """Show them."""
    from hqs_xl.cli.screen.rules import show_rules

    show_rules(rulebook(), [options.edition] if options.edition else EDITIONS, language(options))
    return OK
