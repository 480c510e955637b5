"""``hqs-xl demo``: a roster of invented people, written and checked; or they are taken out of a workbook again."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from hqs_xl.cli.arguments import MADE_IN, add_as_of, add_edition, add_lang, language, number
from hqs_xl.cli.spoken import words
from hqs_xl.cli.terminal import OK, UNUSABLE, progress
from hqs_xl.roster.columns import FULL_SHEET
from hqs_xl.texts import say

FILE = "demo_roster.xlsx"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, how many people, for which day."""
    said = "Writes {file}, a roster of invented people with every finding in it, and checks it."
    parser.description = words(said, file=FILE)
    where = "a folder, or a file whose name ends in .xlsx (default: {file} here)"
    parser.add_argument("out", nargs="?", type=Path, default=Path(), metavar="OUT", help=words(where, file=FILE))
    empty = "take the invented people out of that workbook, as the button Empty the demo does"
    parser.add_argument("--empty", action="store_true", help=empty)
    parser.add_argument("--yes", action="store_true", help="with --empty: without asking")
    parser.add_argument(
        "--people",
        type=number(1, FULL_SHEET, "number of people"),
        default=100,
        metavar="N",
        help="how many people (default: 100)",
    )
    add_as_of(parser, "the day the demo is made for (default: today)")
    add_edition(parser, own=False)
    add_lang(parser, MADE_IN)
    parser.set_defaults(sheet=None, column=[])


def run(options: argparse.Namespace, now: datetime) -> int:
    """Write it and show its findings, which are meant to be there: the status is 0. Or take its people out."""
    if options.empty:
        return _empty(options, now)
    from hqs_xl.cli.roster_file import check_file
    from hqs_xl.cli.screen.console import console
    from hqs_xl.cli.screen.report import show_report
    from hqs_xl.demo.roster_file import write_demo

    lang, as_of = language(options), options.as_of or now.date()
    file = _file(options.out)
    file.parent.mkdir(parents=True, exist_ok=True)
    with progress(say("demo.writing", lang)) as share:
        written = write_demo(file, as_of, options.people, lang, share)
    if written != file:
        console().print(say("demo.kept", lang, file=file, written=written))
    console().print(say("demo.written", lang, file=str(written), people=options.people, as_of=as_of))
    show_report(written, check_file(written, options, now))
    return OK


def _empty(options: argparse.Namespace, now: datetime) -> int:
    from hqs_xl.buttons.demo_file import empty_file
    from hqs_xl.cli.wrapping import fitted
    from hqs_xl.refresh.summary import file_line

    lang, file = language(options), options.out / FILE if options.out.is_dir() else options.out

    def agrees(question: str) -> bool:
        sys.stdout.write(fitted(question) + "\n")
        if options.yes or not sys.stdin.isatty():
            return bool(options.yes)
        sys.stdout.write(say("demo.yes_or_no", lang) + " ")
        sys.stdout.flush()
        return sys.stdin.readline().strip().casefold() in say("demo.yes_words", lang).split()

    done = empty_file(file, now, lang, agrees)
    if done is None:
        sys.stdout.write(fitted(say("demo.kept_all", lang)) + "\n")
        return OK
    lines = [done.text]
    if done.backup:
        lines.append(say("install.backup", lang, backup=done.backup))
    if done.checked:
        lines.append(file_line(done.checked, lang))
    sys.stdout.writelines(fitted(line) + "\n" for line in lines)
    return UNUSABLE if done.checked and done.checked.code else OK


def _file(out: Path) -> Path:
    """The file that is meant: the one of that name, or ours in the folder of that name."""
    return out if out.suffix.lower() == ".xlsx" and not out.is_dir() else out / FILE
