"""``hqs-xl build``: the workbooks HR opens, and the add-in for LibreOffice."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from hqs_xl.cli.arguments import add_lang, language
from hqs_xl.cli.terminal import OK, progress
from hqs_xl.texts import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, and whether with people in it."""
    parser.description = (
        "Makes hqs_roster.xlsm (functions, ribbon and macros inside, for Excel on Windows), hqs_roster.xlsx (no "
        "macros) and hqs_xl.oxt (the functions for LibreOffice), the same bytes on every platform."
    )
    parser.add_argument(
        "--out", type=Path, default=Path(), metavar="DIR", help="the folder to put them in (default: here)"
    )
    parser.add_argument("--empty", action="store_true", help="without the invented people, as of today")
    add_lang(parser)


def run(options: argparse.Namespace, now: datetime) -> int:  # noqa: ARG001 - the same bytes on every day
    """Make them."""
    from hqs_xl.setup.products import make_products

    lang = language(options)
    with progress(say("build.building", lang)) as share:
        files = make_products(options.out, lang, demo=not options.empty, progress=share)
    sys.stdout.write(say("build.written", lang, files=", ".join(map(str, files))) + "\n")
    return OK
