"""``hqs-xl schedule``: the refresh run by the system's own scheduler."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import datetime, time

from hqs_xl.cli.arguments import add_lang, language
from hqs_xl.cli.refresh_options import add_refresh_options, words_of
from hqs_xl.cli.spoken import words
from hqs_xl.cli.terminal import OK, UNUSABLE, Parser
from hqs_xl.errors import HqsError
from hqs_xl.schedule.plan import Plan, parse_days, parse_time
from hqs_xl.texts import say

WITH = "which scheduler (default: the one this computer has)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Install, show or remove, and of an install the files, the time and the days."""
    parser.description = (
        "Has the refresh run by Windows' Task Scheduler, a systemd user timer, or cron where neither is. There is one "
        "schedule: a new one takes its place."
    )
    add_lang(parser)
    actions = parser.add_subparsers(dest="action", metavar=words("ACTION"), required=True, parser_class=Parser)
    install = actions.add_parser("install", help=words("have workbooks refreshed at a time of day"))
    install.add_argument(
        "files", nargs="+", metavar="FILE", help="workbooks or folders; a pattern in quotes takes files that come later"
    )
    install.add_argument(
        "--at", type=_time, required=True, metavar="HH:MM", help="the local time of day, such as 07:30"
    )
    install.add_argument(
        "--days",
        metavar="DAYS",
        type=_days,
        default=parse_days("daily"),
        help="such as mon-fri or mon,wed (default: daily)",
    )
    install.add_argument("--print", action="store_true", help="show what would be installed, and change nothing")
    add_refresh_options(install)
    show = actions.add_parser("show", help=words("show what is scheduled"))
    remove = actions.add_parser("remove", help=words("schedule nothing any more"))
    for action, task in ((install, _install), (show, _show), (remove, _remove)):
        action.add_argument("--with", dest="scheduler", choices=("windows", "systemd", "cron"), help=WITH)
        action.set_defaults(task=task)
    for action in (show, remove):
        add_lang(action)


def _days(text: str) -> tuple[int, ...]:
    try:
        return parse_days(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            words("«{text}» is not days such as mon-fri, mon,wed or daily", text=text)
        ) from None


def _time(text: str) -> time:
    try:
        return parse_time(text)
    except ValueError:
        raise argparse.ArgumentTypeError(words("«{text}» is no time of day such as 07:30", text=text)) from None


def run(options: argparse.Namespace, now: datetime) -> int:
    """Install, show or remove; 0, or HqsError."""
    options.task(options, now)
    return OK


def _install(options: argparse.Namespace, now: datetime) -> None:
    from hqs_xl.refresh.files import expanded
    from hqs_xl.refresh.log import default_log
    from hqs_xl.schedule.runs import day_words, run_lines
    from hqs_xl.schedule.schedulers import install, scheduler

    for file in expanded(options.files).files:  # a name of no file is said now, not every morning to a log
        if not file.exists():
            raise HqsError("file.not_found", file=file)
    lang, today = language(options), now.date()
    options.log = options.log or default_log()
    plan = Plan(command(options), options.at, options.days, lang)
    chosen = scheduler(options.scheduler)
    if options.print:
        for place, text in chosen.drafted(plan, today):
            sys.stdout.write(f"# {place}\n{text.rstrip()}\n\n")
        sys.stdout.writelines(f"# {line}\n" for line in run_lines(plan.times, now, lang))
        return
    _try(options, now)
    install(chosen, plan, today)
    days = day_words(plan.days, lang)
    said = say(f"schedule.installed.{chosen.name}", lang, at=f"{plan.at:%H:%M}", days=days, log=options.log)
    _, *runs = run_lines(plan.times, now, lang)
    sys.stdout.writelines(f"{line}\n" for line in (said, *runs))


def _try(options: argparse.Namespace, now: datetime) -> None:
    """Do once, without writing, what is to be installed: what fails now would fail every morning, with nobody there."""
    from hqs_xl.cli.commands import refresh
    from hqs_xl.cli.edition_file import edition_of

    once = {"dry_run": True, "json": False, "scheduled": False, "edition": edition_of(options)}
    if refresh.run(argparse.Namespace(**(vars(options) | once)), now) == UNUSABLE:
        raise HqsError("schedule.would_fail")
    place = options.log
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("a", encoding="utf-8"):
            pass
        if options.digest:
            place = options.digest
            place.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise HqsError("schedule.no_place", path=place, reason=fault) from fault


def command(options: argparse.Namespace) -> tuple[str, ...]:
    """The command a scheduler runs, with whole paths, for it starts in a folder of its own."""
    files = (os.path.abspath(file) for file in options.files)  # noqa: PTH100 - links stay links
    return (sys.executable, "-m", "hqs_xl", "refresh", "--scheduled", *words_of(options), *files)


def _show(options: argparse.Namespace, now: datetime) -> None:
    from hqs_xl.schedule.runs import run_lines
    from hqs_xl.schedule.schedulers import schedulers

    lang = language(options)
    found = [(one, text) for one in schedulers(options.scheduler) if (text := one.installed())]
    for one, text in found:
        times = one.times(text)
        lines = run_lines(times, now, lang) if times else [say("schedule.changed", lang)]
        sys.stdout.write("\n".join([text.rstrip(), "", *lines, ""]))
    if not found:
        sys.stdout.write(say("schedule.nothing", lang) + "\n")


def _remove(options: argparse.Namespace, now: datetime) -> None:  # noqa: ARG001 - whatever day it is
    from hqs_xl.schedule.schedulers import schedulers

    gone, lang = [one.name for one in schedulers(options.scheduler) if one.remove()], language(options)
    said = say("schedule.removed", lang, scheduler=", ".join(gone)) if gone else say("schedule.nothing", lang)
    sys.stdout.write(said + "\n")
