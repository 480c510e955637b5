"""How one deadline is counted: the day and why, in few lines; or in each edition and day by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from hqs_xl.cli.screen.console import Console, console, table
from hqs_xl.errors import RuleError
from hqs_xl.explain.lines import deadline_lines, deadline_title
from hqs_xl.explain.words import skipped_in_words, step_in_words, weekday
from hqs_xl.law import Deadline, due
from hqs_xl.texts import say, shown


def show_explanation(
    rule: str, event: date | str, editions: Sequence[str], until: date | None, lang: str, *, whole: bool
) -> None:
    """One deadline, those editions together that say the same; ``whole``: with all there is to say, day by day."""
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
    for alike in _alike(found, whole=whole):
        _explain_one(out, alike, lang, whole=whole)
    for absent in missing.values():
        out.print(absent.message(lang), style="dim")
    if whole:
        _day_by_day(out, found, lang)
    else:
        out.print(say("explain.more", lang), style="dim")


def _alike(found: dict[str, Deadline], *, whole: bool) -> Iterable[list[Deadline]]:
    """The deadlines, together those that are counted alike by the same source, unless all is wanted of each."""
    groups: dict[object, list[Deadline]] = {}
    for deadline in found.values():
        same = deadline.edition if whole else (deadline.stages, deadline.due, deadline.value.source, deadline.evidence)
        groups.setdefault(same, []).append(deadline)
    return groups.values()


def _explain_one(out: Console, alike: Sequence[Deadline], lang: str, *, whole: bool) -> None:
    deadline = alike[0]
    out.print(deadline_title(deadline, lang, [one.edition for one in alike]), style="bold")
    for line in deadline_lines(deadline, lang, quoted=whole, noted=whole):
        out.print("  " + line)
    passed = "" if whole else skipped_in_words(deadline, lang)
    if passed:
        out.print("  " + say("explain.passed", lang, days=passed))


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
