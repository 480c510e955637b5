"""When each value of the law was last looked at, and what to look up again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hqs_xl.cli.screen.console import console, table
from hqs_xl.cli.screen.grid import Grid
from hqs_xl.explain.age import held_in_words, look_again
from hqs_xl.law.checked import STAYS_FRESH, Checked
from hqs_xl.texts import say, shown


def show_age(values: Sequence[Checked], day: date, lang: str, *, everything: bool = False) -> None:
    """What has to be looked at again on a day, or could not be verified, the oldest first; then how many there are.

    ``everything``: all values with their age.
    """
    out = console()
    told = [one for one in values if everything or one.evidence == "unverified" or look_again(one, day, lang)]
    if told:
        out.print(_ages(told, day, lang, say("age.title" if everything else "age.title_old", lang, day=day)))
    if len(told) < len(values):
        out.print(say("age.more", lang, count=len(values) - len(told)))
    old = sum(one.is_old(day) for one in values)
    out.print(say("age.old" if old else "age.fresh", lang, old=old, count=len(values), days=STAYS_FRESH.days))


def _ages(values: Sequence[Checked], day: date, lang: str, title: str) -> Grid:
    heads = ("rule", "edition", "count", "evidence", "checked", "age", "again")
    grid = table((say(f"column.{head}", lang) for head in heads), title)
    for head, column in zip(heads, grid.columns, strict=True):
        column.lead = head in {"rule", "edition"}
    for one in sorted(values, key=lambda one: one.checked):
        grid.add_row(
            one.name,
            one.edition,
            held_in_words(one, lang),
            say(f"evidence.{one.evidence}", lang) if one.evidence else "",
            str(shown(one.checked, lang)),
            str(one.age(day)),
            look_again(one, day, lang),
        )
    return grid
