"""``hqs-xl schema``: the JSON Schema of what the product says to programs, and of what it takes from them."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime

from hqs_xl.cli.arguments import SPOKEN, add_lang
from hqs_xl.cli.terminal import OK

NAMES = ("check", "refresh", "due", "plan", "import", "roster", "edition")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which one."""
    parser.description = (
        "Prints the JSON Schema (2020-12) of what a command says with --json, of the records that import takes "
        "(roster), or of an edition file (edition). Fields are only added, never renamed; the field version counts "
        "what could not be done so."
    )
    parser.add_argument("name", choices=NAMES, help="the command, roster or edition")
    add_lang(parser, SPOKEN)


def run(options: argparse.Namespace, now: datetime) -> int:  # noqa: ARG001 - a contract knows no day
    """Print it."""
    from hqs_xl.output.contract.schemas import schema_text

    sys.stdout.write(schema_text(options.name))
    return OK
