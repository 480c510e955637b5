"""``hqs-xl``: finds the command that is asked for, runs it, and answers with its exit status.

The one place besides the workbook's own cell that knows what day it is.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from hqs_xl import __version__
from hqs_xl.cli.commands import SUMMARIES, load
from hqs_xl.cli.spoken import language_of, speak, spoken, words
from hqs_xl.cli.terminal import EXIT_STATUS, INTERRUPTED, OK, UNUSABLE, Parser
from hqs_xl.cli.wrapping import complain
from hqs_xl.errors import HqsError
from hqs_xl.texts import LANGUAGES, in_words

LANG_HELP = "language of the help and of the answer; also after the command"
# As argparse has it, which does not put it into other languages.
VERSION_HELP = "show program's version number and exit"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    _prepare_streams()
    speak(language_of(sys.argv[1:] if arguments is None else arguments))
    options = _parser().parse_args(arguments)
    from hqs_xl.hosts.system import collect_rarely  # noqa: PLC0415 - not for --help

    collect_rarely()
    try:
        if getattr(options, "edition_file", None) and options.command != "schedule":
            from hqs_xl.cli.edition_file import edition_of  # noqa: PLC0415 - few have one

            options.edition = edition_of(options)
        return int(options.run(options, datetime.now(UTC).astimezone()))
    except HqsError as error:
        complain(error.message(options.lang or spoken()))
        return UNUSABLE
    except BrokenPipeError:
        # The reader of a pipe has seen enough; nothing is left to say to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        # The disk is full, the folder read-only, the file held by another program.
        named = f"{error.filename}: " if error.filename else ""
        complain(named + in_words(error, options.lang or spoken()))
        return UNUSABLE
    except KeyboardInterrupt:
        return INTERRUPTED


def _prepare_streams() -> None:
    if sys.stdout is None:  # pythonw.exe, as the Task Scheduler runs it, has nothing to speak into
        sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - for good
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A redirected stream of an old console knows no Cyrillic. A terminal keeps its encoding, and shows a sign
            # in place of each letter it lacks.
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def _parser() -> Parser:
    parser = Parser(
        prog="hqs-xl",
        description="Deadlines of Highly Qualified Specialists in Russia: computed from the law, explained, checked.",
        epilog=EXIT_STATUS,
    )
    parser.add_argument("--version", action="version", version=f"hqs-xl {__version__}", help=VERSION_HELP)
    parser.add_argument("--lang", choices=LANGUAGES, help=LANG_HELP)
    commands = parser.add_subparsers(
        dest="command", metavar=words("COMMAND"), required=True, parser_class=_CommandParser
    )
    for name, summary in SUMMARIES.items():
        commands.add_parser(name, help=words(summary), command=name)
    return parser


class _CommandParser(Parser):
    """The parser of one command: its module is loaded, and asked for its arguments, when the command is named."""

    def __init__(self, *, command: str, **how: Any) -> None:
        super().__init__(**how)
        self._command = command

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> tuple[argparse.Namespace, list[str]]:  # type: ignore[override]
        """Parse what follows the command's name."""
        command = load(self._command)
        command.add_arguments(self)
        self.set_defaults(run=command.run)
        found, rest = super().parse_known_args(args, namespace)
        if rest:
            self.not_understood(rest)
        return found, rest
