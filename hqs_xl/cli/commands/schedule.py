"""``hqs-xl schedule``: the refresh run by the system's own scheduler."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date

from hqs_xl.cli.terminal import OK
from hqs_xl.errors import HqsError
from hqs_xl.refresh.files import expanded
from hqs_xl.refresh.log import default_log
from hqs_xl.schedule.cron import Cron
from hqs_xl.schedule.plan import WEEK, Plan, Scheduler
from hqs_xl.schedule.systemd import Systemd
from hqs_xl.schedule.windows import Windows
from hqs_xl.texts import say

# The first that is there is taken.
SCHEDULERS: tuple[Scheduler, ...] = (Windows(), Systemd(), Cron())


def run(options: argparse.Namespace, today: date) -> int:
    """Install, show or remove; 0, or HqsError."""
    lang = options.lang or "en"
    if options.action == "install":
        _install(options, today, lang)
    elif options.action == "show":
        found = [text for scheduler in _asked(options) if (text := scheduler.installed())]
        sys.stdout.write("\n".join(found) if found else say("schedule.nothing", lang) + "\n")
    else:
        gone = [scheduler.name for scheduler in _asked(options) if scheduler.remove()]
        said = say("schedule.removed", lang, scheduler=", ".join(gone)) if gone else say("schedule.nothing", lang)
        sys.stdout.write(said + "\n")
    return OK


def _asked(options: argparse.Namespace) -> Sequence[Scheduler]:
    """The one named, or all there are."""
    if options.scheduler:
        return [one for one in SCHEDULERS if one.name == options.scheduler]
    return [one for one in SCHEDULERS if one.available()]


def _install(options: argparse.Namespace, today: date, lang: str) -> None:
    expanded(options.files)  # a name of no file is said now, not every morning to a log
    plan = Plan(command(options), options.at, options.days)
    there = _asked(options)
    if not there:
        raise HqsError("schedule.no_scheduler")
    if options.print:
        for place, text in there[0].drafted(plan, today):
            sys.stdout.write(f"# {place}\n{text.rstrip()}\n\n")
        return
    for other in SCHEDULERS:
        if other.name != there[0].name and other.available():
            other.remove()  # or the files would be refreshed twice a day
    there[0].install(plan, today)
    days = say("schedule.daily", lang) if plan.daily else ", ".join(_day_words(plan.days, lang))
    said = say(
        f"schedule.installed.{there[0].name}", lang, at=f"{plan.at:%H:%M}", days=days, log=options.log or default_log()
    )
    sys.stdout.write(said + "\n")


def _day_words(days: Sequence[int], lang: str) -> list[str]:
    words = say("weekdays", lang).split()
    return [words[day] for day in days if day < len(WEEK)]


def command(options: argparse.Namespace) -> tuple[str, ...]:
    """The command a scheduler runs, with whole paths, for it starts in a folder of its own."""
    words = [sys.executable, "-m", "hqs_xl", "refresh", "--scheduled"]
    given = {"--log": options.log or default_log(), "--digest": options.digest}
    for name, path in given.items():
        if path:
            words += [name, os.path.abspath(path)]  # noqa: PTH100 - links stay links
    for name, value in (("--edition", options.edition), ("--lang", options.lang), ("--wait", options.wait)):
        if value:
            words += [name, str(value)]
    return (*words, *(os.path.abspath(file) for file in options.files))  # noqa: PTH100
