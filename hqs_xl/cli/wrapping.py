"""Lines as wide as the terminal they are written to; as they are where that is a file or a pipe."""

from __future__ import annotations

import os
import sys
from typing import TextIO

# What goes on below an indented line stands so much further in.
_HANGING = 2


def has_width(stream: TextIO) -> bool:
    """Whether lines are to be so wide; how wide a file's lines are may be said by COLUMNS, as to a terminal."""
    return stream.isatty() or "COLUMNS" in os.environ


def fitted(text: str) -> str:
    """Lines for the standard output, for what is written past the console."""
    return wrapped(text, _columns()) if has_width(sys.stdout) else text


def fitted_error(text: str) -> str:
    """Lines for the errors; a path that is longer stays whole, for it is copied from there."""
    return wrapped(text, _columns(), cut=False) if has_width(sys.stderr) else text


def _columns() -> int:
    from shutil import get_terminal_size  # noqa: PLC0415 - not for a start

    return get_terminal_size().columns


def complain(line: str) -> None:
    """Say to the errors what is wrong."""
    sys.stderr.write(fitted_error(f"hqs-xl: {line}") + "\n")


def wrapped(text: str, width: int, *, cut: bool = True) -> str:
    """Lines no longer than so many signs, without blanks at the end; what goes on stands below its line's text.

    ``cut``: a word that is longer too.
    """
    from textwrap import wrap  # noqa: PLC0415 - most lines fit

    lines = [line.rstrip(" ") for line in text.split("\n")]
    for place, line in enumerate(lines):
        if len(line) > width:
            indent = len(line) - len(line.lstrip(" "))
            below = " " * (indent + _HANGING if indent else 0)
            parts = wrap(line, width, subsequent_indent=below, break_on_hyphens=False, break_long_words=cut)
            lines[place] = "\n".join(parts)
    return "\n".join(lines)
