"""Where and how it is printed: on a terminal by ``rich``, as wide as that is; into a file or a pipe in plain text."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from hqs_xl.cli.screen.grid import Cell, Grid, Styled

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

PIPE_WIDTH = 160
# What goes on below an indented line stands so much further in.
_HANGING = 2


class Console(Protocol):
    """What lines and tables are shown on."""

    def print(self, shown: str | Grid = "", *, style: str = "") -> None:
        """Show a line, in a style where there are any, or a table."""


class _Plain:
    """No terminal: nothing is coloured or cut."""

    def print(self, shown: str | Grid = "", *, style: str = "") -> None:  # noqa: ARG002 - of terminals
        lines = shown.lines(PIPE_WIDTH) if isinstance(shown, Grid) else [shown]
        sys.stdout.writelines(f"{line}\n" for line in lines)


class _Terminal:
    def __init__(self) -> None:
        from rich.console import Console as RichConsole  # noqa: PLC0415 - 30 ms that a pipe does not need

        self._console = RichConsole(highlight=False, emoji=False, markup=False)

    def print(self, shown: str | Grid = "", *, style: str = "") -> None:
        if isinstance(shown, Grid):
            self._table(shown)
        else:
            self._console.print(wrapped(shown, self._console.width), style=style or None)

    def _table(self, grid: Grid) -> None:
        """As a table, or where that is too wide, row by row."""
        widths = grid.widths(self._console.width - 1)
        if widths is not None:
            self._console.print(_drawn(grid, widths))
            return
        if grid.title:
            self._console.print(grid.title, style="italic")
        for first, rest in grid.paragraphs(self._console.width):
            self._console.print()
            self._console.print(*(_styled(cell) for cell in first), sep="  ", style="bold")
            for line in rest:
                self._console.print(line)
        self._console.print()


def console() -> Console:
    """Where to print; how wide a file's lines are may be said by COLUMNS, as to a terminal."""
    return _Terminal() if _has_width() else _Plain()


def fitted(text: str) -> str:
    """Lines as wide as the terminal, for what is written past the console; as they are where there is none."""
    return wrapped(text, shutil.get_terminal_size().columns) if _has_width() else text


def wrapped(text: str, width: int) -> str:
    """Lines no longer than so many signs, without blanks at the end; what goes on stands below its line's text."""
    from textwrap import wrap  # noqa: PLC0415 - most lines fit

    lines = [line.rstrip(" ") for line in text.split("\n")]
    for place, line in enumerate(lines):
        if len(line) > width:
            indent = len(line) - len(line.lstrip(" "))
            below = " " * (indent + _HANGING if indent else 0)
            lines[place] = "\n".join(wrap(line, width, subsequent_indent=below, break_on_hyphens=False))
    return "\n".join(lines)


def _has_width() -> bool:
    return sys.stdout.isatty() or "COLUMNS" in os.environ


def table(columns: Iterable[str], title: str = "") -> Grid:
    """A table with these heads."""
    return Grid(columns, title)


def _styled(cell: Cell) -> Text | str:
    from rich.text import Text  # noqa: PLC0415 - as above

    return Text(*cell) if isinstance(cell, Styled) else cell


def _drawn(grid: Grid, widths: list[int]) -> Table:
    from rich import box  # noqa: PLC0415 - as above
    from rich.table import Table  # noqa: PLC0415 - as above

    made = Table(title=grid.title or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for column, width in zip(grid.columns, widths, strict=True):
        made.add_column(column.head, overflow="fold", width=width, no_wrap=column.no_wrap)
    for row in grid.rows:
        made.add_row(*map(_styled, row))
    return made
