"""The due list: what is overdue, due today, this week and later."""

from __future__ import annotations

from hqs_xl.cli.screen.console import console, table
from hqs_xl.cli.screen.grid import Grid
from hqs_xl.output.duelist import DueList, Group
from hqs_xl.texts import say, shown


def show_due_list(found: DueList) -> None:
    """The bands, the most pressing first, and what the reader has to know besides."""
    out = console()
    out.print(found.title, style="bold")
    out.print(found.about)
    for line in found.summary:
        out.print(line, style="bold")
    for band in found.bands:
        out.print()
        out.print(band.title, style="bold")
        for group in band.groups:
            out.print()
            out.print(_head(group, found.settings.lang))
            out.print(_people(group, found))
    for note in found.notes:
        out.print(note)


def _head(group: Group, lang: str) -> str:
    """What is to be done, with whom and who says so: once for all people."""
    whom = say("due.whom", lang, whom=group.whom) if group.whom else ""
    return ". ".join(part for part in (group.action, whom, group.source) if part)


def _people(group: Group, found: DueList) -> Grid:
    lang = found.settings.lang
    heads = ("person", *(("name",) if found.named else ()), "due", "act_by", "days")
    grid = table(say(f"due.column.{head}", lang) for head in heads)
    for head, column in zip(heads, grid.columns, strict=True):
        column.no_wrap = head in {"due", "act_by", "days"}
    for entry in group.entries:
        who = entry.person_id or say("digest.row", lang, row=entry.row)
        cells = entry._asdict() | {"person": who, "days": entry.days_in_words(lang)}
        grid.add_row(*("" if cells[head] is None else str(shown(cells[head], lang)) for head in heads))
    return grid
