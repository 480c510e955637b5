"""Where and how it is printed: on a terminal by ``rich``, as wide as that is; into a file or a pipe in plain text."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from hqs_xl.cli.screen.grid import Grid, Styled

if TYPE_CHECKING:
    from rich.table import Table

PIPE_WIDTH = 160


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
        self._console.print(_drawn(shown) if isinstance(shown, Grid) else shown, style=style or None)


def console() -> Console:
    """Where to print; how wide a file's lines are may be said by COLUMNS, as to a terminal."""
    return _Terminal() if sys.stdout.isatty() or "COLUMNS" in os.environ else _Plain()


def table(columns: Iterable[str], title: str = "") -> Grid:
    """A table with these heads."""
    return Grid(columns, title)


def _drawn(grid: Grid) -> Table:
    from rich import box  # noqa: PLC0415 - as above
    from rich.table import Table  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    made = Table(title=grid.title or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in grid.columns:
        made.add_column(column.head, overflow="fold", ratio=column.ratio or None, no_wrap=column.no_wrap)
    for row in grid.rows:
        made.add_row(*(Text(*one) if isinstance(one, Styled) else one for one in row))
    return made
