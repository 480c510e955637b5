"""The checks of a computer and a workbook: what was found, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hqs_xl.cli.screen.console import console, table
from hqs_xl.cli.screen.grid import Styled
from hqs_xl.setup.check import Check
from hqs_xl.texts import say

STYLES = {"ok": "green", "attention": "yellow", "fault": "bold red", "skipped": "dim"}


def show_checks(checks: Sequence[Check], workbook: Path | None, lang: str) -> None:
    """A line a check."""
    out = console()
    out.print(say("doctor.title", lang, file=workbook.name) if workbook else say("doctor.alone", lang))
    grid = table(say(f"doctor.column.{column}", lang) for column in ("check", "state", "found", "advice"))
    for one in checks:
        state = Styled(say(f"doctor.state.{one.state}", lang), STYLES[one.state])
        grid.add_row(say(f"doctor.name.{one.name}", lang), state, one.found(lang), one.advice(lang))
    out.print(grid)
