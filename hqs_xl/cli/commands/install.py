"""``hqs-xl install``: the workbook for this computer's Excel, and what is left to do there."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from hqs_xl.cli.arguments import add_lang, language
from hqs_xl.cli.terminal import OK
from hqs_xl.texts import say

STEPS = ("open", "enable", "trust", "check", "doctor")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, and whether over a file that is there."""
    parser.description = (
        "Makes hqs_roster.xlsm for the Python this runs with, puts it where you say, and tells what is left to do in "
        "Excel. A file that is there already is replaced only with --force, and a dated copy stays."
    )
    parser.add_argument("--out", type=Path, default=Path(), metavar="PATH", help="a folder or a file (default: here)")
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
        lines += [f"{number}. {step}" for number, step in enumerate(_steps(done.file.absolute(), lang), 1)]
    else:
        lines.append(say("install.only_windows", lang))
    sys.stdout.write("\n".join(lines) + "\n")
    return OK


def _steps(file: Path, lang: str) -> list[str]:
    return [say(f"install.step.{step}", lang, file=file, folder=file.parent) for step in STEPS]
