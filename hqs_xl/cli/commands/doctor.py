"""``hqs-xl doctor``: what stands in the way on this computer, or in a workbook, and what to do."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from hqs_xl.cli.arguments import add_lang, language
from hqs_xl.cli.terminal import FOUND, OK
from hqs_xl.texts import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The workbook, when there is one."""
    parser.description = (
        "Checks Python, xlwings and its DLL, pywin32, and of a workbook its version, macros, settings and trust; how "
        "far the calendar is decreed and when the rules were last held against the law. Changes nothing."
    )
    parser.epilog = "Exit status: 0 nothing stands in the way, 1 a fault, 2 the workbook can't be read."
    parser.add_argument(
        "file", nargs="?", type=Path, metavar="WORKBOOK", help="the workbook; without: the computer alone"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    add_lang(parser)


def run(options: argparse.Namespace, now: datetime) -> int:
    """Examine and show."""
    from hqs_xl.setup.check import State
    from hqs_xl.setup.checks import checks_json, examine
    from hqs_xl.setup.machine import this_machine
    from hqs_xl.setup.workbook import read_workbook

    lang = language(options)
    workbook = read_workbook(options.file) if options.file else None
    checks = examine(this_machine(), workbook, now.date())
    faults = sum(check.state == State.FAULT for check in checks)
    if options.json:
        sys.stdout.write(checks_json(checks, options.file, lang))
    else:
        from hqs_xl.cli.screen.doctor import show_checks

        show_checks(checks, options.file, lang)
        sys.stdout.write(say("doctor.faults" if faults else "doctor.well", lang, count=faults) + "\n")
    return FOUND if faults else OK
