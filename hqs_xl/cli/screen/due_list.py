"""The due list: what is overdue, due today, this week and later."""

from __future__ import annotations

from hqs_xl.cli.screen.console import console, table
from hqs_xl.cli.screen.grid import Grid
from hqs_xl.output.duelist import Band, DueList
from hqs_xl.texts import say, shown


def show_due_list(found: DueList) -> None:
    """The bands, the most pressing first, and what the reader has to know besides."""
    out = console()
    out.print(found.title, style="bold")
    out.print(found.about)
    for band in found.bands:
        out.print()
        out.print(band.title, style="bold")
        out.print(_band(band, found))
    for note in found.notes:
        out.print(note)


def _band(band: Band, found: DueList) -> Grid:
    lang = found.settings.lang
    heads = ("person", *(("name",) if found.named else ()), "due", "act_by", "days", "action", "whom", "source")
    grid = table(say(f"due.column.{head}", lang) for head in heads)
    for head, column in zip(heads, grid.columns, strict=True):
        column.no_wrap = head in {"due", "act_by", "days"}
    for group in band.groups:
        for entry in group.entries:
            cells = entry._asdict() | {"person": entry.person_id or say("digest.row", lang, row=entry.row)}
            grid.add_row(*("" if cells[head] is None else str(shown(cells[head], lang)) for head in heads))
    return grid
