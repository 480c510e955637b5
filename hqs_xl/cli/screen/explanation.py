"""How one deadline is counted: in each edition, then day by day where days are passed over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hqs_xl.cli.screen.console import Console, console, table
from hqs_xl.errors import RuleError
from hqs_xl.explain.lines import deadline_lines, deadline_title
from hqs_xl.explain.words import step_in_words, weekday
from hqs_xl.law import Deadline, due
from hqs_xl.texts import say, shown


def show_explanation(rule: str, event: date | str, editions: Sequence[str], until: date | None, lang: str) -> None:
    """One deadline in the editions side by side, then the count day by day where days are passed over."""
    found: dict[str, Deadline] = {}
    missing: dict[str, RuleError] = {}
    for edition in editions:
        try:
            found[edition] = due(rule, event, edition, until=until)
        except RuleError as error:
            if error.key != "not_in_force":
                raise
            missing[edition] = error
    if not found:
        raise missing[editions[0]]
    out = console()
    for deadline in found.values():
        _explain_one(out, deadline, lang)
    for absent in missing.values():
        out.print(absent.message(lang), style="dim")
    _day_by_day(out, found, lang)


def _explain_one(out: Console, deadline: Deadline, lang: str) -> None:
    out.print(deadline_title(deadline, lang), style="bold")
    for line in deadline_lines(deadline, lang):
        out.print("  " + line)


def _day_by_day(out: Console, found: dict[str, Deadline], lang: str) -> None:
    steps = {edition: {step.day: step for step in deadline.steps} for edition, deadline in found.items()}
    days = sorted({day for of_edition in steps.values() for day in of_edition})
    heads = [say("column.day", lang), "", say("column.why", lang), *found]
    grid = table(heads)
    for day in days:
        here = [of_edition.get(day) for of_edition in steps.values()]
        why = next(step_in_words(step, lang) for step in here if step)
        numbers = ["" if step is None else "-" if step.number is None else str(step.number) for step in here]
        marks = [
            f"{number} = {shown(day, lang)}" if deadline.due == day else number
            for number, deadline in zip(numbers, found.values(), strict=True)
        ]
        grid.add_row(str(shown(day, lang)), weekday(day, lang), why, *marks)
    out.print(grid)
