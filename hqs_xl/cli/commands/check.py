"""``hqs-xl check``: what of a roster does not comply."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime

from hqs_xl.cli.arguments import add_edition, add_lang, add_roster, add_strict
from hqs_xl.cli.terminal import EXIT_STATUS, status_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and how to answer."""
    parser.description = (
        "Reads the roster of a closed .xlsx, .xlsm or .ods, counts every deadline, and says what does not comply, "
        "with the count and the source of each date. The file is not changed."
    )
    parser.epilog = EXIT_STATUS
    add_roster(parser)
    parser.add_argument("--all", action="store_true", help="every finding, and all not looked at, optional too")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    add_strict(parser)
    add_edition(parser)
    add_lang(parser)


def run(options: argparse.Namespace, now: datetime) -> int:
    """Check it and show the findings."""
    from hqs_xl.cli.roster_file import check_file

    report = check_file(options.file, options, now)
    if options.json:
        from hqs_xl.output.contract.report_json import report_json

        sys.stdout.write(report_json(report))
    else:
        from hqs_xl.cli.screen.report import show_report

        show_report(options.file, report, everything=options.all)
    return status_of(report.counts, report.coverage, strict=options.strict)
