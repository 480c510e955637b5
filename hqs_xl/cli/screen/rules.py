"""The rules: counts, dates, sources."""

from __future__ import annotations

from collections.abc import Sequence

from hqs_xl.cli.screen.console import console, table
from hqs_xl.explain.words import rule_in_words, source_and_note
from hqs_xl.law.rulebook import Rulebook, Value
from hqs_xl.texts import say, shown


def show_rules(rules: Rulebook, editions: Sequence[str], lang: str) -> None:
    """Every rule: count, dates, source and evidence, where an edition declares one."""
    heads = ("rule", "statement", "edition", "from", "count", "evidence", "source")
    grid = table(say(f"column.{head}", lang) for head in heads)
    for head, column in zip(heads, grid.columns, strict=True):
        column.lead = head in {"rule", "statement", "edition", "from"}
    for rule in sorted(rules.values(), key=lambda rule: int(rule.statement[1:])):
        for edition in editions:
            for value in rule.values.get(edition, ()):
                words = rule_in_words(rule, value, lang)
                evidence = say(f"evidence.{value.evidence}", lang)
                source = source_and_note(value, lang)
                grid.add_row(rule.name, rule.statement, edition, _span(value, lang), words, evidence, source)
    console().print(grid)


def _span(value: Value, lang: str) -> str:
    first, last = shown(value.first or "", lang), shown(value.last or "", lang)
    return f"{first}..{last}" if value.last else str(first)
