"""The data of a notice: its fields, where each comes from, and what is missing."""

from __future__ import annotations

from hqs_xl.cli.screen.console import console, table
from hqs_xl.output.notice import Notice
from hqs_xl.output.notice_words import about, evidence
from hqs_xl.texts import say, shown


def show_notice(found: Notice, lang: str) -> None:
    """The fields, then what is said of them all."""
    out = console()
    out.print(f"{found.person_id}: {found.title}", style="bold")
    grid = table(say(f"notice.column.{key}", lang) for key in ("field", "value", "origin", "evidence"))
    for one in found.fields:
        value = "" if one.value is None else str(shown(one.value, lang))
        grid.add_row(one.label, value, one.origin, evidence(one, lang))
    out.print(grid)
    for line in about(found, lang):
        out.print(line)
