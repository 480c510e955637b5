"""``hqs-xl install``: the workbook for this computer's Excel, and what is left to do there."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from hqs_xl.cli.arguments import add_lang, language
from hqs_xl.cli.terminal import OK
from hqs_xl.texts import say

if TYPE_CHECKING:
    from hqs_xl.setup.machine import Machine

STEPS = ("open", "enable", "trust", "check", "doctor")
# What the doctor says besides: of the numbers of the law, and of the Python that was just written into the workbook.
NOT_HERE = {"calendar", "rules", "settings"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, and whether over a file that is there."""
    parser.description = (
        "Makes hqs_roster.xlsm for the Python this runs with, puts it where you say, and tells what is left to do in "
        "Excel. A file that is there already is replaced only with --force, and a dated copy stays."
    )
    place = "a folder or a file (default: on Windows the folder HQS of your user, elsewhere here)"
    parser.add_argument("--out", type=Path, metavar="PATH", help=place)
    parser.add_argument("--demo", action="store_true", help="with invented people in it (default: an empty roster)")
    parser.add_argument("--force", action="store_true", help="replace the file that is there, keeping a dated copy")
    add_lang(parser)


def run(options: argparse.Namespace, now: datetime) -> int:
    """Make it and say the next steps."""
    from hqs_xl.setup.install import install
    from hqs_xl.setup.machine import WINDOWS, this_machine

    lang, machine = language(options), this_machine()
    done = install(machine, options.out, now, lang=lang, demo=options.demo, force=options.force)
    lines = [say("install.written" if done.changed else "install.unchanged", lang, file=done.file)]
    if done.backup:
        lines.append(say("install.backup", lang, backup=done.backup))
    if machine.system == WINDOWS:
        lines += [say("install.local_python", lang, path=machine.interpreter), say("install.next", lang)]
        lines += [f"{number}. {step}" for number, step in enumerate(_steps(machine, done.file.absolute(), lang), 1)]
        lines += _in_the_way(machine, done.file, now, lang)
    else:
        lines.append(say("install.only_windows", lang))
    sys.stdout.write("\n".join(lines) + "\n")
    return OK


def _steps(machine: Machine, file: Path, lang: str) -> list[str]:
    return [say(f"install.step.{step}", lang, file=file, folder=file.parent, **machine.words) for step in STEPS]


def _in_the_way(machine: Machine, file: Path, now: datetime, lang: str) -> list[str]:
    """What the doctor would say of this computer and the new workbook, for nobody runs it while all seems well."""
    from hqs_xl.setup.checks import examine
    from hqs_xl.setup.computer import XLWINGS
    from hqs_xl.setup.install import local_config
    from hqs_xl.setup.workbook import Workbook

    made = Workbook(file.absolute(), has_macros=True, settings=local_config(machine), glue=XLWINGS)
    checks = [one for one in examine(machine, made, now.date()) if one.name not in NOT_HERE and one.advice(lang)]
    said = [f"- {say(f'doctor.name.{one.name}', lang)}: {one.found(lang)}. {one.advice(lang)}" for one in checks]
    return [say("install.in_the_way", lang), *said] if said else []
