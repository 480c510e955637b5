"""The procedure for one person as JSON, each step on a line of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hqs_xl.explain.own_edition import laxer_in_words
from hqs_xl.explain.words import step_with_duty
from hqs_xl.law import PlanStep
from hqs_xl.output.contract.models import PlanReport, said
from hqs_xl.texts import in_words


def plan_json(steps: Sequence[PlanStep], signed: date, start: date | None, edition: str, lang: str) -> str:
    """One object with the steps in their order."""
    rows = [
        {
            "statement": step.statement,
            "step": step.key,
            "text": step_with_duty(step, lang),
            "who": list(step.who),
            "earliest": step.earliest,
            "latest": step.latest,
            "too_late": step.too_late,
            "provisional": step.provisional,
            "needed": step.needed,
            "authority": in_words(step.authority, lang),
            "source": in_words(step.source, lang),
            "evidence": step.evidence,
        }
        for step in steps
    ]
    return said(
        PlanReport,
        {
            "signed": signed,
            "start": start,
            "edition": edition,
            "warnings": laxer_in_words(edition, lang),
            "steps": rows,
        },
    )
