"""Where and how it is printed: the terminal, and the one kind of table there is."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.table import Table

PIPE_WIDTH = 160


def console() -> Console:
    """Where to print; wide and plain when the output goes to a file."""
    wide = not sys.stdout.isatty() and "COLUMNS" not in os.environ
    return Console(width=PIPE_WIDTH if wide else None, highlight=False, emoji=False, markup=False)


def table(columns: Iterable[str], title: str = "") -> Table:
    """A table without lines but below its heads."""
    made = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        made.add_column(column, overflow="fold")
    return made
