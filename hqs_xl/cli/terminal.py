"""What every command shares with the terminal: exit statuses, one line for a mistake, a progress bar."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any, NoReturn

from hqs_xl.cli.spoken import words
from hqs_xl.cli.wrapping import fitted_error

if TYPE_CHECKING:
    from hqs_xl.compliance.coverage import Coverage

# The exit statuses; docs/terminal.md has the table of what each means.
OK, FOUND, UNUSABLE, INTERRUPTED = 0, 1, 2, 130
EXIT_STATUS = (
    "Exit status: 0 nothing broken and nothing to mend; 1 a rule is broken or data is to be mended (with --strict "
    "also: something could not be looked at); 2 a file or the request can't be used; 130 stopped by Ctrl-C."
)
# Shorter work needs no progress bar.
PATIENCE_SECONDS = 1.0


def status_of(findings: Mapping[str, int], coverage: Coverage | None, *, strict: bool) -> int:
    """The exit status of a check, by how many findings there are of each weight, and what it looked at."""
    unseen = strict and coverage is not None and not coverage.complete
    return FOUND if findings.get("violation") or findings.get("data") or unseen else OK


class Parser(argparse.ArgumentParser):
    """Speaks the language of the terminal, and says what is wrong in one line."""

    def __init__(self, **how: Any) -> None:
        super().__init__(**{"formatter_class": _Formatter, **how})

    def add_argument(self, *names: Any, **how: Any) -> argparse.Action:
        """Declare an argument; its help and what stands for its value are said in the language of the terminal."""
        said = {key: words(how[key]) for key in ("help", "metavar") if how.get(key)}
        return super().add_argument(*names, **how | said)

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Refuse a word that is none of those there are; ask whether the nearest of them is meant."""
        try:
            super()._check_value(action, value)
        except argparse.ArgumentError as error:
            error.message += nearest(value, action.choices or ())
            raise

    def not_understood(self, arguments: Sequence[str]) -> NoReturn:
        """Leave for arguments that are left over: an option mistyped, or a name that its spaces took to pieces."""
        said = words("unrecognized arguments: %s") % " ".join(arguments)
        if options := [one for one in arguments if one.startswith("-")]:
            self.error(said + nearest(options[0].partition("=")[0], self._option_string_actions))
        self.error(said + words('; a name with spaces stands in quotes, such as "our roster.xlsx"'))

    def error(self, message: str) -> NoReturn:
        """Leave with the status of what can't be used."""
        see = words("see {command}", command=f"{self.prog} --help")
        self.exit(UNUSABLE, fitted_error(f"{self.prog}: {message} ({see})") + "\n")


def nearest(word: str, known: Iterable[str]) -> str:
    """The question whether the nearest of the words known is meant; nothing where none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - for a mistake alone

    near = get_close_matches(word, [*known], 1)
    return words("; is {near} meant?", near=near[0]) if near else ""


class _Formatter(argparse.HelpFormatter):
    def add_text(self, text: str | None) -> None:
        """Add a description, in the language of the terminal."""
        super().add_text(words(text) if text else text)


@contextmanager
def progress(title: str) -> Iterator[Any]:
    """A callback for the share done (0 to 1); a bar appears on a terminal once the work takes over a second."""
    if not sys.stderr.isatty():
        yield lambda _share: None
        return
    from rich.console import Console  # noqa: PLC0415 - 60 ms that --help and pipes do not need
    from rich.progress import Progress  # noqa: PLC0415

    bar = Progress(console=Console(stderr=True), transient=True)
    task = bar.add_task(title, total=1.0)
    began, shown = monotonic(), False

    def report(share: float) -> None:
        nonlocal shown
        if not shown and monotonic() - began > PATIENCE_SECONDS:
            bar.start()
            shown = True
        bar.update(task, completed=share)

    try:
        yield report
    finally:
        bar.stop()
