"""Where and how it is printed: on a terminal by ``rich``, as wide as that is; into a file or a pipe in plain text."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from hqs_xl.cli.screen.grid import Cell, Grid, Styled
from hqs_xl.cli.wrapping import has_width, wrapped

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

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
    """Where to print."""
    return _Terminal() if has_width(sys.stdout) else _Plain()


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
