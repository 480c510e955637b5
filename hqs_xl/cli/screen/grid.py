"""A table as rows of texts: what a terminal or a file is shown, whichever draws it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import NamedTuple

# Between two columns, and before the first.
_GAP, _EDGE = "   ", " "
# No column is made narrower than this to fit a width, but for one that is.
_NARROWEST = 8


class Styled(NamedTuple):
    """A cell that a terminal shows in a style of its own."""

    text: str
    style: str


Cell = str | Styled


class Column:
    """A column: its head, its share of the room where all share what there is, whether its texts stay on one line."""

    __slots__ = ("head", "no_wrap", "ratio")

    def __init__(self, head: str) -> None:
        self.head, self.ratio, self.no_wrap = head, 0, False


class Grid:
    """A table without lines but below its heads."""

    def __init__(self, heads: Iterable[str], title: str = "") -> None:
        self.title, self.columns = title, [Column(head) for head in heads]
        self.rows: list[tuple[Cell, ...]] = []

    def add_row(self, *cells: Cell) -> None:
        """One more row, a cell for each column."""
        self.rows.append(cells)

    def lines(self, width: int) -> Iterator[str]:
        """The table in plain text, so many signs wide."""
        texts = [[one.text if isinstance(one, Styled) else one for one in row] for row in self.rows]
        heads = [column.head for column in self.columns]
        widths = self._widths([heads, *texts], width)
        if self.title:
            yield self.title
        yield ""
        yield from _row(heads, widths)
        yield _EDGE + "\N{BOX DRAWINGS LIGHT HORIZONTAL}" * (sum(widths) + len(_GAP) * (len(widths) - 1))
        for row in texts:
            yield from _row(row, widths)
        yield ""

    def _widths(self, rows: list[list[str]], width: int) -> list[int]:
        """How wide each column is: as its longest line, or narrower, the widest first, until all fit."""
        widths = [max(len(line) for cell in cells for line in cell.split("\n")) for cells in zip(*rows, strict=True)]
        room = width - len(_EDGE) - len(_GAP) * (len(widths) - 1)
        while sum(widths) > room:
            wide = [place for place, one in enumerate(widths) if one > _NARROWEST and not self.columns[place].no_wrap]
            if not wide:
                break
            widths[max(wide, key=lambda place: widths[place] / (self.columns[place].ratio or 1))] -= 1
        return widths


def _row(cells: Iterable[str], widths: list[int]) -> Iterator[str]:
    """The lines of a row, each as long as what is in it."""
    from textwrap import wrap  # noqa: PLC0415 - most cells fit

    folded = []
    for cell, width in zip(cells, widths, strict=True):
        lines = cell.split("\n")
        if max(map(len, lines)) > width:
            lines = [part for line in lines for part in wrap(line, width, break_on_hyphens=False) or [""]]
        folded.append(lines)
    for line in zip_longest(*folded, fillvalue=""):
        yield (_EDGE + _GAP.join(part.ljust(width) for part, width in zip(line, widths, strict=True))).rstrip()
