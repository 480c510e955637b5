"""``hqs-xl``: check a roster, explain a deadline, show rules, calendar and plan.

The one place besides the workbook's own cell that knows what day it is.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from hqs_xl import __version__
from hqs_xl.cli import screen
from hqs_xl.cli.commands.arguments import add_commands
from hqs_xl.cli.commands.build import add_build_command
from hqs_xl.cli.commands.local import add_local_commands
from hqs_xl.cli.commands.output import add_output_commands
from hqs_xl.cli.terminal import INTERRUPTED, OK, UNUSABLE, VIOLATIONS, Parser, day, progress
from hqs_xl.errors import HqsError
from hqs_xl.law import EDITIONS, Quarter, plan, rulebook
from hqs_xl.law.deadlines import deadline_rules
from hqs_xl.law.decrees import FIRST_YEAR, LAST_YEAR
from hqs_xl.roster.columns import FULL_SHEET
from hqs_xl.texts import LANGUAGES, say

if TYPE_CHECKING:
    from hqs_xl.compliance.check import Report


def _event(text: str) -> date | str:
    """A date or a quarter; which of them the rule wants is the rule's own question."""
    try:
        return str(Quarter.parse(text))
    except HqsError:
        return day(text)


def _people(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= FULL_SHEET:
        raise argparse.ArgumentTypeError(f"«{text}» is no number of people from 1 to {FULL_SHEET}")
    return int(text)


def _year(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"«{text}» is no year from {FIRST_YEAR} to {LAST_YEAR}")
    return int(text)


def _parser() -> Parser:
    parser = Parser(
        prog="hqs-xl",
        description="Deadlines of Highly Qualified Specialists in Russia: computed from the law, explained, checked.",
        epilog="Exit status: 0 no violation, 1 violations, 2 the file or the request can't be used.",
    )
    parser.add_argument("--version", action="version", version=f"hqs-xl {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=Parser)
    edition = Parser(add_help=False)
    edition.add_argument(
        "--edition",
        choices=EDITIONS,
        help="card: the seed card read literally (the default of a check); law: with what changed since; "
        "careful: the date a careful officer acts by",
    )
    lang = Parser(add_help=False)
    lang.add_argument("--lang", choices=LANGUAGES, help="language of the answer (default: en)")

    check = commands.add_parser(
        "check",
        parents=[edition, lang],
        help="check a roster and say what does not comply",
        description="Reads the roster of a closed .xlsx, .xlsm or .ods, counts every deadline, and says what does not "
        "comply, with the count and the source of each date. The file is not changed.",
    )
    check.add_argument("file", type=Path, metavar="FILE", help="the workbook; its roster may stand on any sheet")
    check.add_argument("--sheet", help="the sheet of the roster, when several hold one")
    check.add_argument("--as-of", type=day, metavar="DATE", help="the day of the check (default: the file's, or today)")
    check.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    check.set_defaults(run=_check)

    demo = commands.add_parser(
        "demo",
        parents=[edition, lang],
        help="write a demo roster of invented people and check it",
        description="Writes demo_roster.xlsx, a roster of invented people with every finding in it, and checks it.",
    )
    demo.add_argument("dir", nargs="?", type=Path, default=Path(), metavar="DIR", help="where to (default: here)")
    demo.add_argument("--people", type=_people, default=100, metavar="N", help="how many people (default: 100)")
    demo.add_argument("--as-of", type=day, metavar="DATE", help="the day the demo is made for (default: today)")
    demo.set_defaults(run=_demo)

    explain = commands.add_parser(
        "explain",
        parents=[edition, lang],
        help="show how one deadline is counted",
        description="The count of one deadline, day by day where days are skipped, with its source; in all three "
        "editions side by side when none is named.",
        epilog="Rules: " + ", ".join(deadline_rules()),
    )
    explain.add_argument("rule", metavar="RULE", help="such as notice.concluded")
    explain.add_argument("event", type=_event, metavar="EVENT", help="a date, or a quarter such as 2026Q1")
    explain.add_argument("--until", type=day, metavar="DATE", help="the agreement's end, for permit and visa")
    explain.set_defaults(run=_explain)

    rules = commands.add_parser(
        "rules",
        parents=[edition, lang],
        help="list every rule, its numbers and sources",
        description="Every rule of the three editions, or of one: its count, from which day on it holds, who says so "
        "and how surely.",
    )
    rules.set_defaults(run=_rules)

    calendar = commands.add_parser(
        "calendar",
        parents=[lang],
        help="show a year's days off and working weekend days",
        description="The days off of a year on the official five-day calendar, the weekend days made working, and the "
        "decree behind them; a year that is not decreed yet says so.",
    )
    calendar.add_argument("year", type=_year, metavar="YEAR", help=f"{FIRST_YEAR} to {LAST_YEAR}")
    calendar.set_defaults(run=_calendar)

    steps = commands.add_parser(
        "plan",
        parents=[edition, lang],
        help="plan the procedure for one person",
        description="The card's steps in order: who acts, the earliest day each can be counted on, the latest day that "
        "keeps the wanted start, what is handed in.",
    )
    steps.add_argument("--signed", type=day, required=True, metavar="DATE", help="the day the agreement is signed")
    steps.add_argument("--start", type=day, metavar="DATE", help="the day work is wanted to start")
    steps.set_defaults(run=_plan)
    add_output_commands(commands, [edition, lang], _now)
    add_commands(commands, [edition, lang], _now)
    add_build_command(commands, [lang])
    add_local_commands(commands, [lang], _now)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    if sys.stdout is None:  # pythonw.exe, as the Task Scheduler runs it, has nothing to speak into
        sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - for good
    for stream in (sys.stdout, sys.stderr):
        # A redirected stream of an old console knows no Cyrillic.
        if not stream.isatty() and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except HqsError as error:
        sys.stderr.write(f"hqs-xl: {error.message(options.lang or 'en')}\n")
        return UNUSABLE
    except BrokenPipeError:
        # The reader of a pipe has seen enough; nothing is left to say to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        # The disk is full, the folder read-only, the file held by another program.
        sys.stderr.write(f"hqs-xl: {error.filename or ''}: {error.strerror or error}\n")
        return UNUSABLE
    except KeyboardInterrupt:
        return INTERRUPTED


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


def _today() -> date:
    return _now().date()


def _check(options: argparse.Namespace) -> int:
    report = _checked(options.file, options)
    if options.json:
        _print_json(report)
    else:
        screen.show_report(options.file.name, report)
    return VIOLATIONS if report.violated else OK


def _checked(file: Path, options: argparse.Namespace) -> Report:
    from hqs_xl.compliance.check import check_roster, read_roster  # noqa: PLC0415
    from hqs_xl.hosts.opened import open_book  # noqa: PLC0415 - only a check needs the reader

    lang = options.lang or "en"
    with open_book(file) as book, progress(say("check.reading", lang)) as share:
        roster = read_roster(book, getattr(options, "sheet", None), share)
    settings = roster.other.settings_for(_today(), as_of=options.as_of, edition=options.edition, lang=options.lang)
    with progress(say("check.checking", settings.lang)) as share:
        return check_roster(roster, settings, share)


def _print_json(report: Report) -> None:
    """One object, each finding and each person's agenda on a line of its own."""
    head = {
        "as_of": report.settings.as_of,
        "edition": report.settings.edition,
        "calendar_known_through": report.known_through,
        "people": report.people,
    }
    parts = [f"{_json(key)}: {_json(value)}" for key, value in head.items()]
    for key, records in (("findings", report.findings), ("agenda", report.agenda)):
        # Which table a row is of, its column tells.
        lines = [_json({name: value for name, value in one._asdict().items() if name != "table"}) for one in records]
        parts.append(f"{_json(key)}: [" + ",".join(f"\n  {line}" for line in lines) + "]")
    sys.stdout.write("{\n " + ",\n ".join(parts) + "\n}\n")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _demo(options: argparse.Namespace) -> int:
    from hqs_xl.demo.people import write_demo  # noqa: PLC0415 - openpyxl is slow to load

    lang = options.lang or "en"
    as_of = options.as_of or _today()
    options.dir.mkdir(parents=True, exist_ok=True)
    file = options.dir / "demo_roster.xlsx"
    with progress(say("demo.writing", lang)) as share:
        write_demo(file, as_of, options.people, lang, share)
    screen.console().print(say("demo.written", lang, file=str(file), people=options.people, as_of=as_of))
    screen.show_report(file.name, _checked(file, options))
    return OK


def _explain(options: argparse.Namespace) -> int:
    editions = [options.edition] if options.edition else list(EDITIONS)
    screen.show_explanation(options.rule, options.event, editions, options.until, options.lang or "en")
    return OK


def _rules(options: argparse.Namespace) -> int:
    screen.show_rules(rulebook(), [options.edition] if options.edition else list(EDITIONS), options.lang or "en")
    return OK


def _calendar(options: argparse.Namespace) -> int:
    screen.show_calendar(options.year, options.lang or "en")
    return OK


def _plan(options: argparse.Namespace) -> int:
    steps = plan(options.signed, options.start, options.edition or "card")
    screen.show_plan(steps, options.signed, options.start, options.lang or "en")
    return OK
