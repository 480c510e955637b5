"""The arguments that several commands share, and what a date, a quarter or a number may look like as one."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from hqs_xl.cells.values import BadValue, to_date
from hqs_xl.cli.spoken import spoken, words
from hqs_xl.errors import HqsError
from hqs_xl.law import EDITIONS, Quarter
from hqs_xl.texts import LANGUAGES

# No number asked for here is longer.
MOST_DIGITS = 9
DAY_SECONDS = 99_999
# Which language it is where no roster says one, and where a workbook is made.
SPOKEN = "language of the answer (default: the system's)"
MADE_IN = "language of the workbook and of the answer (default: the system's)"


def add_roster(parser: argparse.ArgumentParser) -> None:
    """The workbook with the roster, and the day it is looked at."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the workbook; its roster may stand on any sheet")
    add_sheet(parser)
    add_as_of(parser)


def add_sheet(parser: argparse.ArgumentParser, which: str = "the sheet of the roster, when several hold one") -> None:
    """Which sheet."""
    parser.add_argument("--sheet", metavar="SHEET", help=which)
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        type=meant,
        metavar="HEADER=COLUMN",
        help='what a header of yours means, such as "Came on=entered_on", or "Code=-" for none; may be given again',
    )


def add_as_of(
    parser: argparse.ArgumentParser, what: str = "the day of the check (default: the file's, or today)"
) -> None:
    """Which day stands for today."""
    parser.add_argument("--as-of", type=day, metavar="DATE", help=what)


def add_edition(parser: argparse.ArgumentParser, *, own: bool = True) -> None:
    """By which numbers of the law; None when it is not said. ``own``: also by those of a file."""
    if own:
        parser.add_argument(
            "--edition-file",
            type=Path,
            metavar="FILE",
            help="an edition of your own: a .toml file with dated values over card, law or careful",
        )
    parser.add_argument(
        "--edition",
        choices=EDITIONS,
        help="card: the procedure card read literally (the default of a check); law: with what changed since; "
        "careful: the date a careful officer acts by",
    )


def add_lang(
    parser: argparse.ArgumentParser, what: str = "language of the answer (default: the roster's, else the system's)"
) -> None:
    """In which language, whether said before the command or after it; what the program's own parser has otherwise."""
    parser.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=what)


def add_strict(parser: argparse.ArgumentParser) -> None:
    """Whether what could not be looked at counts as something found."""
    parser.add_argument("--strict", action="store_true", help="exit status 1 when anything could not be looked at")


def language(options: argparse.Namespace) -> str:
    """The language asked for, or that of the terminal."""
    return options.lang or spoken()


def add_unattended(parser: argparse.ArgumentParser) -> None:
    """What a refresh that nobody watches needs: how long to wait, and where to leave what it has to say."""
    parser.add_argument(
        "--wait",
        type=number(0, DAY_SECONDS),
        default=0,
        metavar="SECONDS",
        help="wait so long for a file that is open elsewhere",
    )
    parser.add_argument("--digest", type=Path, metavar="DIR", help="write the day's due list there, by person id")
    parser.add_argument("--log", type=Path, metavar="FILE", help="log to that file (scheduled: the user's own log)")


def meant(text: str) -> tuple[str, str]:
    """A header of the user's and what it means, as an argument."""
    from hqs_xl.roster.headers.meanings import meaning  # noqa: PLC0415 - --help needs no columns

    header, equals, column = text.rpartition("=")
    try:
        if equals and header.strip():
            return header.strip(), meaning(column)
    except BadValue:
        pass
    message = "«{text}» is no header=column, such as Came on=entered_on (docs/columns.md)"
    raise argparse.ArgumentTypeError(words(message, text=text))


def day(text: str) -> date:
    """A date as an argument."""
    try:
        found = to_date(text)
    except BadValue as error:
        message = words("«{text}» is {error}", text=text, error=error.message(spoken()))
        raise argparse.ArgumentTypeError(message) from None
    if found is None:
        raise argparse.ArgumentTypeError(words("a date is expected"))
    return found


def quarter(text: str) -> Quarter:
    """A quarter as an argument."""
    try:
        return Quarter.parse(text)
    except HqsError:
        raise argparse.ArgumentTypeError(words("«{text}» is no quarter such as 2026Q1", text=text)) from None


def number(first: int, last: int, called: str = "number") -> Callable[[str], int]:
    """Reads a whole number within bounds; ``called``: what a message calls it."""

    def read(text: str) -> int:
        digits = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
        if not digits or not first <= int(text) <= last:
            message = words(f"«{{text}}» is no {called} from {{first}} to {{last}}", text=text, first=first, last=last)
            raise argparse.ArgumentTypeError(message)
        return int(text)

    return read
