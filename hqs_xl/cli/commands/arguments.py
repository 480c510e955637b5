"""The arguments of ``refresh`` and ``schedule``; what they run is loaded when they run."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any

from hqs_xl.cli.terminal import Parser, day
from hqs_xl.schedule.plan import parse_days, parse_time

Clock = Callable[[], datetime]


def add_commands(commands: Any, parents: Sequence[Parser], clock: Clock) -> None:
    """Register both; ``parents`` bring --edition and --lang, ``clock`` tells the moment of a run."""
    _add_refresh(commands, parents, clock)
    _add_schedule(commands, parents, clock)


def _add_refresh(commands: Any, parents: Sequence[Parser], clock: Clock) -> None:
    command: Parser = commands.add_parser(
        "refresh",
        parents=parents,
        help="check closed workbooks and write the answers into them",
        description="Checks the roster of closed .xlsx or .xlsm files and writes answers and findings into the same "
        "file; all else in it stays byte for byte. A file in which nothing changes is not written. Before it is "
        "replaced, the old one is copied to the folder hqs-backups beside it.",
        epilog="Exit status: the worst of all files. 0 no violation, 1 violations, 2 a file can't be used.",
    )
    command.add_argument("files", nargs="+", metavar="FILE", help="workbooks, folders, or patterns such as *.xlsx")
    command.add_argument("--sheet", help="the sheet of the roster, when several hold one")
    command.add_argument(
        "--as-of", type=day, metavar="DATE", help="the day of the check (default: the file's, or today)"
    )
    command.add_argument("--jobs", type=_count, metavar="N", help="files done at once (default: one a processor)")
    command.add_argument("--out", type=Path, metavar="PATH", help="write there, a file or a folder; the file stays")
    command.add_argument(
        "--backups", type=_count, metavar="N", help="backups kept of each file, 0 for none (default: 5)"
    )
    command.add_argument("--add-columns", action="store_true", help="add the answer columns the roster lacks")
    command.add_argument("--findings-sheet", action="store_true", help="add a sheet of findings where there is none")
    command.add_argument("--json", action="store_true", help="one JSON object instead of a line a file")
    command.add_argument("--scheduled", action="store_true", help="as a scheduler runs it: nothing said, all logged")
    _add_common(command)
    command.set_defaults(run=lambda options: _refresh(options, clock()))


def _add_schedule(commands: Any, parents: Sequence[Parser], clock: Clock) -> None:
    command: Parser = commands.add_parser(
        "schedule",
        help="refresh workbooks by themselves, every morning",
        description="Has the refresh run by Windows' Task Scheduler, a systemd user timer, or cron where neither is. "
        "There is one schedule: a new one takes its place.",
    )
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True, parser_class=Parser)
    install = actions.add_parser("install", parents=parents, help="have workbooks refreshed at a time of day")
    install.add_argument(
        "files", nargs="+", metavar="FILE", help="workbooks or folders; a pattern in quotes takes files that come later"
    )
    install.add_argument(
        "--at", type=_time, required=True, metavar="HH:MM", help="the local time of day, such as 07:30"
    )
    install.add_argument(
        "--days", type=_days, default=parse_days("daily"), help="such as mon-fri or mon,wed (default: daily)"
    )
    install.add_argument("--print", action="store_true", help="show what would be installed, and change nothing")
    _add_common(install)
    show = actions.add_parser("show", help="show what is scheduled")
    remove = actions.add_parser("remove", help="schedule nothing any more")
    for action in (install, show, remove):
        action.add_argument("--with", dest="scheduler", choices=("windows", "systemd", "cron"), help="by which of them")
        action.set_defaults(run=lambda options: _schedule(options, clock()))
    for action in (show, remove):
        action.set_defaults(lang=None)


def _add_common(command: Parser) -> None:
    command.add_argument(
        "--wait", type=_count, default=0, metavar="SECONDS", help="wait so long for a file that is open elsewhere"
    )
    command.add_argument("--digest", type=Path, metavar="DIR", help="write the day's due list there, by person id")
    command.add_argument("--log", type=Path, metavar="FILE", help="log to that file (scheduled: the user's own log)")


def _refresh(options: argparse.Namespace, now: datetime) -> int:
    from hqs_xl.cli.commands.refresh import run  # noqa: PLC0415 - brings the reader, processes and logging along

    return run(options, now)


def _schedule(options: argparse.Namespace, now: datetime) -> int:
    from hqs_xl.cli.commands.schedule import run  # noqa: PLC0415

    return run(options, now.date())


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > len("86400"):
        raise argparse.ArgumentTypeError(f"«{text}» is no number from 0 to 99999")
    return int(text)


def _days(text: str) -> tuple[int, ...]:
    try:
        return parse_days(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"«{text}» is not days such as mon-fri, mon,wed or daily") from None


def _time(text: str) -> time:
    try:
        return parse_time(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"«{text}» is no time of day such as 07:30") from None
