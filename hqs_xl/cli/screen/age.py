"""When each value of the law was last looked at, and what to look up again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hqs_xl.cli.screen.console import console, table
from hqs_xl.explain.age import held_in_words, look_again
from hqs_xl.law.checked import STAYS_FRESH, Checked
from hqs_xl.texts import say, shown


def show_age(values: Sequence[Checked], day: date, lang: str) -> None:
    """The values with their age on a day, the oldest first, then how many have to be looked at again."""
    out = console()
    heads = ("rule", "edition", "count", "evidence", "checked", "age", "again")
    grid = table((say(f"column.{head}", lang) for head in heads), say("age.title", lang, day=day))
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
    out.print(grid)
    old = sum(one.is_old(day) for one in values)
    out.print(say("age.old" if old else "age.fresh", lang, old=old, count=len(values), days=STAYS_FRESH.days))
