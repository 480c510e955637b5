"""The procedure for one person, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hqs_xl.cli.screen.console import console, table
from hqs_xl.compliance.other_edition import explained
from hqs_xl.explain.words import step_with_duty
from hqs_xl.law import PlanStep
from hqs_xl.texts import in_words, say, shown


def show_plan(steps: Sequence[PlanStep], signed: date, start: date | None, edition: str, lang: str) -> None:
    """The procedure for one person, and what the default edition is where it is counted by."""
    key = "plan.title.start" if start else "plan.title.signed"
    heads = ("number", "step", "who", "earliest", "latest", "hands_in", "source")
    grid = table((say(f"column.{head}", lang) for head in heads), say(key, lang, signed=signed, start=start or ""))
    for head, column in zip(heads, grid.columns, strict=True):
        column.lead = head in {"number", "step"}
    for step in steps:
        latest = str(shown(step.latest or "", lang))
        if not step.needed:
            latest = say("plan.not_needed", lang)
        elif step.too_late:
            latest += f" ({say('plan.too_late', lang)})"
        grid.add_row(
            step.statement,
            step_with_duty(step, lang),
            ", ".join(say(f"plan.who.{who}", lang) for who in step.who),
            str(shown(step.earliest or "", lang)),
            latest,
            say(f"plan.hands_in.{step.key}", lang) + (f": {in_words(step.authority, lang)}" if step.authority else ""),
            f"{in_words(step.source, lang)} ({say(f'evidence.{step.evidence}', lang)})",
        )
    console().print(grid)
    for line in explained(edition, lang):
        console().print(line)
