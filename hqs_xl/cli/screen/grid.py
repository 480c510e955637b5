"""A table as rows of texts: what a terminal or a file is shown, whichever draws it.

No word is broken: a day, an id or the name of a rule stays whole. Where the columns then do not fit, or would be long
and thin, each row is a paragraph with a line for each column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import NamedTuple

# Between two columns, and before the first.
_GAP, _EDGE = "   ", " "
# No column is made narrower than this to fit a width, but for one that is.
_NARROWEST = 8
# On less room than this no cell of a table takes more lines than so many.
_NARROW, _MOST_LINES = 120, 5


class Styled(NamedTuple):
    """A cell that a terminal shows in a style of its own."""

    text: str
    style: str


Cell = str | Styled


class Column:
    """A column: its head, its share of the room where all share what there is, whether its texts stay on one line.

    ``lead``: where rows are paragraphs, it stands in the first line without its head.
    """

    __slots__ = ("head", "lead", "no_wrap", "ratio")

    def __init__(self, head: str) -> None:
        self.head, self.ratio, self.no_wrap, self.lead = head, 0, False, False


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
        if self.title:
            yield self.title
        yield ""
        widths = self.widths(width)
        if widths is None:
            for first, rest in self.paragraphs(width):
                yield from ("  ".join(text(cell) for cell in first), *rest, "")
            return
        heads = [column.head for column in self.columns]
        yield from _row(heads, widths)
        yield _EDGE + "\N{BOX DRAWINGS LIGHT HORIZONTAL}" * (sum(widths) + len(_GAP) * (len(widths) - 1))
        for row in self.rows:
            yield from _row(map(text, row), widths)
        yield ""

    def paragraphs(self, width: int) -> Iterator[tuple[list[Cell], list[str]]]:
        """Each row as the cells of its first line and the lines below it."""
        from textwrap import wrap  # noqa: PLC0415 - few tables need it

        leads = [column.lead for column in self.columns]
        leads[0] |= not any(leads)
        for row in self.rows:
            below: list[str] = []
            for column, cell, lead in zip(self.columns, row, leads, strict=True):
                if text(cell) and not lead:
                    told = f"{column.head}: {text(cell)}" if column.head else text(cell)
                    below += wrap(told, width, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
            yield [cell for cell, lead in zip(row, leads, strict=True) if lead and text(cell)], below

    def widths(self, width: int) -> list[int] | None:
        """How wide each column is: as its longest line, or narrower, the widest first; None: they do not fit."""
        rows = [[column.head for column in self.columns], *([text(cell) for cell in row] for row in self.rows)]
        columns = [*zip(*rows, strict=True)]
        widths = [max(len(line) for cell in cells for line in cell.split("\n")) for cells in columns]
        room = width - len(_EDGE) - len(_GAP) * (len(widths) - 1)
        if sum(widths) <= room:
            return widths
        words = [max((len(word) for cell in cells for word in cell.split()), default=0) for cells in columns]
        least = [
            one if column.no_wrap else min(one, max(_NARROWEST, longest))
            for one, longest, column in zip(widths, words, self.columns, strict=True)
        ]
        if sum(least) > room and len(least) > 1:
            return None
        while sum(widths) > room:
            wide = [place for place, one in enumerate(widths) if one > least[place]]
            if not wide:
                break
            widths[max(wide, key=lambda place: widths[place] / (self.columns[place].ratio or 1))] -= 1
        long = (_lines(cell, wide) > _MOST_LINES for row in rows for cell, wide in zip(row, widths, strict=True))
        return None if width < _NARROW and any(long) else widths


def text(cell: Cell) -> str:
    """What a cell says."""
    return cell.text if isinstance(cell, Styled) else cell


def _lines(cell: str, width: int) -> int:
    """How many lines a cell takes, about."""
    return sum(-(-len(line) // width) for line in cell.split("\n")) if len(cell) > width else 1


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
