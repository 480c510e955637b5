"""``hqs-xl install`` and ``hqs-xl doctor``: what concerns the computer it runs on."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hqs_xl.cli.terminal import OK, VIOLATIONS
from hqs_xl.texts import say

if TYPE_CHECKING:
    from rich.table import Table

    from hqs_xl.setup.checks import Check

Clock = Callable[[], datetime]
STEPS = ("open", "enable", "trust", "check", "doctor")
STYLES = {"ok": "green", "attention": "yellow", "fault": "bold red", "skipped": "dim"}


def add_local_commands(commands: Any, parents: Sequence[argparse.ArgumentParser], clock: Clock) -> None:
    """Register both; ``parents`` bring --lang, ``clock`` tells the moment of a run."""
    install = commands.add_parser(
        "install",
        parents=parents,
        help="make the workbook for this computer's Excel",
        description="Makes hqs_roster.xlsm for the Python this runs with, puts it where you say, and tells what is "
        "left to do in Excel. A file that is there already is replaced only with --force, and a dated copy stays.",
    )
    install.add_argument("--out", type=Path, default=Path(), metavar="PATH", help="a folder or a file (default: here)")
    install.add_argument("--demo", action="store_true", help="with invented people in it (default: an empty roster)")
    install.add_argument("--force", action="store_true", help="replace the file that is there, keeping a dated copy")
    install.set_defaults(run=lambda options: _install(options, clock()))

    doctor = commands.add_parser(
        "doctor",
        parents=parents,
        help="check this computer and a workbook, and say what to do",
        description="Checks Python, xlwings and its DLL, pywin32, and of a workbook its version, macros, settings and "
        "trust; how far the calendar is decreed and when the rules were last held against the law. Changes nothing.",
        epilog="Exit status: 0 nothing stands in the way, 1 a fault, 2 the workbook can't be read.",
    )
    doctor.add_argument(
        "file", nargs="?", type=Path, metavar="WORKBOOK", help="the workbook; without: the computer alone"
    )
    doctor.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    doctor.set_defaults(run=lambda options: _doctor(options, clock()))


def _install(options: argparse.Namespace, now: datetime) -> int:
    from hqs_xl.setup.install import install  # noqa: PLC0415
    from hqs_xl.setup.machine import WINDOWS, this_machine  # noqa: PLC0415 - what runs is loaded when it runs

    lang, machine = options.lang or "en", this_machine()
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


def _doctor(options: argparse.Namespace, now: datetime) -> int:
    from hqs_xl.setup.checks import State, examine  # noqa: PLC0415 - what runs is loaded when it runs
    from hqs_xl.setup.machine import this_machine  # noqa: PLC0415
    from hqs_xl.setup.workbook import read_workbook  # noqa: PLC0415

    lang = options.lang or "en"
    workbook = read_workbook(options.file) if options.file else None
    checks = examine(this_machine(), workbook, now.date())
    faults = sum(check.state == State.FAULT for check in checks)
    if options.json:
        _print_json(checks, options.file, lang)
    else:
        _show(checks, options.file, lang)
        sys.stdout.write(say("doctor.faults" if faults else "doctor.well", lang, count=faults) + "\n")
    return VIOLATIONS if faults else OK


def _print_json(checks: Sequence[Check], file: Path | None, lang: str) -> None:
    """One object, each check on a line of its own."""
    lines = [
        json.dumps(
            {"check": one.name, "state": one.state, "found": one.found(lang), "advice": one.advice(lang)},
            ensure_ascii=False,
        )
        for one in checks
    ]
    name = json.dumps(str(file) if file else None, ensure_ascii=False)
    sys.stdout.write(f'{{"workbook": {name}, "checks": [\n  ' + ",\n  ".join(lines) + "\n]}\n")


def _show(checks: Sequence[Check], file: Path | None, lang: str) -> None:
    from hqs_xl.cli.screen import console  # noqa: PLC0415

    out = console()
    out.print(say("doctor.title", lang, file=file.name) if file else say("doctor.alone", lang))
    out.print(_table(checks, lang))


def _table(checks: Sequence[Check], lang: str) -> Table:
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("check", "state", "found", "advice"):
        table.add_column(say(f"doctor.column.{column}", lang), overflow="fold")
    for one in checks:
        state = Text(say(f"doctor.state.{one.state}", lang), style=STYLES[one.state])
        table.add_row(say(f"doctor.name.{one.name}", lang), state, one.found(lang), one.advice(lang))
    return table
