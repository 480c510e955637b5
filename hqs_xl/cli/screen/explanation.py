"""How one deadline is counted: in each edition, then day by day where days are passed over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.console import Console

from hqs_xl.cli.screen.console import console, table
from hqs_xl.errors import RuleError
from hqs_xl.explain.words import count_in_words, event_in_words, source_in_words, step_in_words, weekday
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
    for edition, deadline in found.items():
        _explain_one(out, edition, deadline, lang)
    for absent in missing.values():
        out.print(absent.message(lang), style="dim")
    _day_by_day(out, found, lang)


def _explain_one(out: Console, edition: str, deadline: Deadline, lang: str) -> None:
    out.print(
        say(
            "explain.title",
            lang,
            rule=deadline.rule,
            statement=deadline.statement,
            event=event_in_words(deadline, lang),
            edition=edition,
        ),
        style="bold",
    )
    lines = [
        say(
            "explain.due",
            lang,
            due=deadline.due,
            weekday=weekday(deadline.due, lang),
            act_by=deadline.act_by,
            act_weekday=weekday(deadline.act_by, lang),
        ),
        say("explain.count", lang, count=count_in_words(deadline, lang)),
        say("explain.source", lang, source=source_in_words(deadline.statement, deadline.value, lang)),
    ]
    if deadline.value.quote:
        lines.append(say("explain.quote", lang, quote=deadline.value.quote))
    if deadline.value.note:
        lines.append(say("explain.note", lang, note=deadline.value.note))
    if deadline.evidence == "unverified":
        lines.append(say("explain.unverified", lang))
    if deadline.provisional:
        lines.append(say("explain.provisional", lang, known=deadline.calendar.known_through))
    for line in lines:
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
