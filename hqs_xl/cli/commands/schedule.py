"""``hqs-xl schedule``: the refresh run by the system's own scheduler."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date, datetime, time

from hqs_xl.cli.arguments import add_edition, add_lang, add_sheet, add_strict, add_unattended, language
from hqs_xl.cli.terminal import OK, Parser
from hqs_xl.schedule.plan import WEEK, Plan, parse_days, parse_time
from hqs_xl.texts import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Install, show or remove, and of an install the files, the time and the days."""
    parser.description = (
        "Has the refresh run by Windows' Task Scheduler, a systemd user timer, or cron where neither is. There is one "
        "schedule: a new one takes its place."
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, parser_class=Parser)
    install = actions.add_parser("install", help="have workbooks refreshed at a time of day")
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
    add_unattended(install)
    add_sheet(install)
    add_strict(install)
    add_edition(install)
    add_lang(install)
    show = actions.add_parser("show", help="show what is scheduled")
    remove = actions.add_parser("remove", help="schedule nothing any more")
    for action, task in ((install, _install), (show, _show), (remove, _remove)):
        action.add_argument("--with", dest="scheduler", choices=("windows", "systemd", "cron"), help="by which of them")
        action.set_defaults(task=task)
    for action in (show, remove):
        action.set_defaults(lang=None)


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


def run(options: argparse.Namespace, now: datetime) -> int:
    """Install, show or remove; 0, or HqsError."""
    options.task(options, now.date())
    return OK


def _install(options: argparse.Namespace, today: date) -> None:
    from hqs_xl.refresh.files import expanded
    from hqs_xl.refresh.log import default_log
    from hqs_xl.schedule.schedulers import install, scheduler

    expanded(options.files)  # a name of no file is said now, not every morning to a log
    lang, log = language(options), options.log or default_log()
    plan = Plan(command(options, str(log)), options.at, options.days)
    chosen = scheduler(options.scheduler)
    if options.print:
        for place, text in chosen.drafted(plan, today):
            sys.stdout.write(f"# {place}\n{text.rstrip()}\n\n")
        return
    install(chosen, plan, today)
    days = say("schedule.daily", lang) if plan.daily else ", ".join(_day_words(plan.days, lang))
    said = say(f"schedule.installed.{chosen.name}", lang, at=f"{plan.at:%H:%M}", days=days, log=log)
    sys.stdout.write(said + "\n")


def _day_words(days: Sequence[int], lang: str) -> list[str]:
    words = say("weekdays", lang).split()
    return [words[day] for day in days if day < len(WEEK)]


def command(options: argparse.Namespace, log: str) -> tuple[str, ...]:
    """The command a scheduler runs, with whole paths, for it starts in a folder of its own."""
    words = [sys.executable, "-m", "hqs_xl", "refresh", "--scheduled", *(["--strict"] if options.strict else [])]
    for name, path in (("--log", log), ("--digest", options.digest)):
        if path:
            words += [name, os.path.abspath(path)]  # noqa: PTH100 - links stay links
    for name, value in (("--edition", options.edition), ("--lang", options.lang), ("--wait", options.wait)):
        if value:
            words += [name, str(value)]
    if options.sheet:
        words += ["--sheet", options.sheet]
    for header, column in options.column:
        words += ["--column", f"{header}={column}"]
    return (*words, *(os.path.abspath(file) for file in options.files))  # noqa: PTH100


def _show(options: argparse.Namespace, today: date) -> None:  # noqa: ARG001 - what is in place, on whatever day
    from hqs_xl.schedule.schedulers import schedulers

    found = [text for one in schedulers(options.scheduler) if (text := one.installed())]
    sys.stdout.write("\n".join(found) if found else say("schedule.nothing", language(options)) + "\n")


def _remove(options: argparse.Namespace, today: date) -> None:  # noqa: ARG001 - as above
    from hqs_xl.schedule.schedulers import schedulers

    gone, lang = [one.name for one in schedulers(options.scheduler) if one.remove()], language(options)
    said = say("schedule.removed", lang, scheduler=", ".join(gone)) if gone else say("schedule.nothing", lang)
    sys.stdout.write(said + "\n")
