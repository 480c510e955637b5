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
    from hqs_xl.setup.install import Installed
    from hqs_xl.setup.machine import Machine
    from hqs_xl.template.carried import Held

LANG_HELP = (
    "language of the workbook and of the answer (default: with --from that of the old workbook, else the system's)"
)
OLD_HELP = "a workbook of an earlier version: the new one takes over all that was typed in it; the old file is kept"
STEPS = ("open", "enable", "trust", "check", "doctor")
# So many cells that stay behind are named.
MOST_CELLS = 20
# What the doctor says besides: of the numbers of the law, and of the Python that was just written into the workbook.
NOT_HERE = {"calendar", "rules", "settings"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, and whether over a file that is there."""
    parser.description = (
        "Makes hqs_roster.xlsm for the Python this runs with, puts it where you say, and tells what is left to do in "
        "Excel. A file that is there already is replaced only with --from or --force, and a dated copy stays. Into a "
        "name that ends in .xlsx it puts the workbook without functions and macros."
    )
    place = "a folder or a file (default: on Windows the folder HQS of your user, elsewhere here)"
    parser.add_argument("--out", type=Path, metavar="PATH", help=place)
    parser.add_argument("--from", type=Path, dest="old", metavar="FILE", help=OLD_HELP)
    parser.add_argument("--demo", action="store_true", help="with invented people in it (default: an empty roster)")
    parser.add_argument("--force", action="store_true", help="replace the file that is there, keeping a dated copy")
    add_lang(parser, LANG_HELP)


def run(options: argparse.Namespace, now: datetime) -> int:
    """Make it and say the next steps."""
    from hqs_xl.setup.install import install
    from hqs_xl.setup.machine import WINDOWS, this_machine

    machine = this_machine()
    asked = options.lang if options.old else language(options)
    done = install(machine, options.out, now, lang=asked, demo=options.demo, force=options.force, old=options.old)
    lang = done.held.lang if done.held else language(options)
    lines = [say("install.written" if done.changed else "install.unchanged", lang, file=done.file)]
    if done.backup:
        lines.append(say("install.backup", lang, backup=done.backup))
    if done.held:
        lines += _taken_over(options.old, done.held, done, lang)
        if done.macros != []:
            key = "install.macros_unread" if done.macros is None else "install.macros"
            lines.append(say(key, lang, names=", ".join(done.macros or ())))
    if done.file.suffix.casefold() == ".xlsx":
        lines.append(say("install.no_macros", lang, file=done.file))
    elif machine.system == WINDOWS:
        lines += [say("install.local_python", lang, path=machine.interpreter), say("install.next", lang)]
        lines += [f"{number}. {step}" for number, step in enumerate(_steps(machine, done.file.absolute(), lang), 1)]
        lines += _in_the_way(machine, done.file, now, lang)
    else:
        lines.append(say("install.only_windows", lang))
    sys.stdout.write("\n".join(lines) + "\n")
    return OK


def _steps(machine: Machine, file: Path, lang: str) -> list[str]:
    return [say(f"install.step.{step}", lang, file=file, folder=file.parent, **machine.words) for step in STEPS]


def _taken_over(old: Path, held: Held, done: Installed, lang: str) -> list[str]:
    """What came along, and what did not."""
    from hqs_xl.setup.own_sheet import in_words
    from hqs_xl.template.carried import KEPT, some_of

    counts = {kind: len(held.rows(kind)) for kind in KEPT}
    own = sum(len(table.own) for table in held.tables.values())
    lines = [say("install.taken", lang, file=old.name, **counts, columns=own, sheets=len(held.sheets))]
    if held.sheets:
        lines.append(say("install.own_sheets", lang, names=", ".join(sheet.name for sheet in held.sheets)))
    for sheet, stays in done.left.items():
        if stays:
            words = "; ".join(in_words(one, lang) for one in stays)
            lines.append(say("install.stays", lang, sheet=sheet, what=words))
    if held.stray:
        lines.append(say("install.stray", lang, cells=some_of(held.stray, MOST_CELLS)))
    if held.notes_left:
        counts_of = ", ".join(f"{sheet} ({count})" for sheet, count in held.notes_left.items())
        lines.append(say("install.notes_left", lang, sheets=counts_of))
    if held.coloured:
        lines.append(say("install.coloured", lang, cells=some_of(held.coloured, MOST_CELLS)))
    if done.drawings:
        counts_of = ", ".join(f"{sheet} ({count})" for sheet, count in done.drawings.items())
        lines.append(say("install.drawings", lang, sheets=counts_of))
    return [*lines, say("install.looks", lang)]


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
