"""What changed in the law, newest first, and whom of a roster it touches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hqs_xl.cli.screen.console import console
from hqs_xl.compliance.touched import Touched
from hqs_xl.explain.changes import change_in_words
from hqs_xl.law.changes import Change
from hqs_xl.texts import say, shown

# More ids are counted, not named: a line is to be read.
MOST_NAMED = 20


def show_changes(
    changes: Sequence[Change], day: date, lang: str, file: str = "", touched: Sequence[Sequence[Touched]] = ()
) -> None:
    """Each change as a paragraph; ``touched``: for each the people of the roster ``file``, where one was given."""
    out = console()
    if not changes:
        out.print(say("changes.none", lang))
    for place, change in enumerate(changes):
        first, *rest = change_in_words(change, day, lang)
        out.print(first, style="bold")
        rest += _whom(touched[place], file, lang) if touched else []
        for line in rest:
            out.print("  " + line)
        out.print()


def _whom(people: Sequence[Touched], file: str, lang: str) -> list[str]:
    if not people:
        return [say("changes.nobody", lang, file=file)]
    open_ones = [one for one in people if one.due]
    lines = [say("changes.people", lang, file=file, count=len(people), people=_named(people, lang))]
    if open_ones:
        lines.append(say("changes.open", lang, people=_named(sorted(open_ones, key=_by_due), lang, dues=True)))
    return lines


def _by_due(one: Touched) -> date:
    return one.due or date.max


def _named(people: Sequence[Touched], lang: str, *, dues: bool = False) -> str:
    names = [_name(one, lang, due=one.due if dues else None) for one in people[:MOST_NAMED]]
    if len(people) > MOST_NAMED:
        names.append(say("changes.more", lang, count=len(people) - MOST_NAMED))
    return ", ".join(names)


def _name(one: Touched, lang: str, *, due: date | None) -> str:
    name = one.person_id or say("digest.row", lang, row=one.row)
    return f"{name} {shown(due, lang)}" if due else name
