"""What the terminal shows: findings, explanations, rules, calendar and plan as tables."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from hqs_xl.errors import RuleError
from hqs_xl.explain.words import (
    count_in_words,
    event_in_words,
    rule_in_words,
    source_in_words,
    step_in_words,
    weekday,
)
from hqs_xl.law import RUSSIA, Deadline, PlanStep, due
from hqs_xl.law import decrees as years
from hqs_xl.law.rulebook import Rulebook, Value
from hqs_xl.texts import say, shown

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from hqs_xl.compliance.check import Report
    from hqs_xl.roster.findings import Finding

# A terminal is not scrolled further; --json lists the rest.
MOST_ROWS = 500
PIPE_WIDTH = 160
ORDER = ("violation", "late", "due", "data", "scope")
STYLES = {"violation": "bold red", "late": "yellow", "due": "cyan", "data": "magenta", "scope": "dim"}


def console() -> Console:
    """Where to print; wide and plain when the output goes to a file."""
    from rich.console import Console  # noqa: PLC0415 - loaded by what prints

    wide = not sys.stdout.isatty() and "COLUMNS" not in os.environ
    return Console(width=PIPE_WIDTH if wide else None, highlight=False, emoji=False, markup=False)


def _table(columns: Iterable[str], title: str = "") -> Table:
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(title=title or None, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def show_report(file: str, report: Report) -> None:
    """The findings of a check, the gravest first, and how many there are."""
    settings = report.settings
    lang, out = settings.lang, console()
    out.print(
        say("check.title", lang, file=file, as_of=settings.as_of, edition=settings.edition, known=report.known_through)
    )
    findings = sorted(report.findings, key=lambda one: (ORDER.index(one.severity), one.due or date.min, one.row))
    rows = _alike(findings)
    if rows:
        out.print(_findings(rows[:MOST_ROWS], lang))
    else:
        out.print(say("check.well", lang))
    if len(rows) > MOST_ROWS:
        out.print(say("check.more", lang, count=len(rows) - MOST_ROWS))
    if any(say("evidence.unverified", lang) in finding.source for finding in findings):
        out.print(say("check.unverified", lang), style="bold")
    counts = Counter(str(finding.severity) for finding in findings)
    out.print(say("check.summary", lang, people=report.people, **{name: counts[name] for name in ORDER}))


def _findings(rows: Sequence[tuple[Finding, int]], lang: str) -> Table:
    from rich.text import Text  # noqa: PLC0415

    heads = ("severity", "person", "row", "what", "action", "source")
    table = _table(say(f"column.{head}", lang) for head in heads)
    for head, column in zip(heads, table.columns, strict=True):
        column.ratio = {"what": 5, "action": 2, "source": 3}.get(head)
        column.no_wrap = head in {"person", "row"}
    for finding, others in rows:
        word = Text(say(f"severity.{finding.severity}", lang), STYLES[finding.severity])
        person = say("check.others", lang, person=finding.person_id, count=others) if others else finding.person_id
        table.add_row(word, person, str(finding.row), finding.message, finding.action, finding.source)
    return table


def _alike(findings: Sequence[Finding]) -> list[tuple[Finding, int]]:
    """Findings with how many more people share them: what falls due for everybody on one day takes one line."""
    shared = Counter(finding.message for finding in findings if finding.severity == "due")
    first: dict[str, Finding] = {}
    return [
        (finding, max(shared[finding.message] - 1, 0))
        for finding in findings
        if finding.severity != "due" or first.setdefault(finding.message, finding) is finding
    ]


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
    table = _table(heads)
    for day in days:
        here = [of_edition.get(day) for of_edition in steps.values()]
        why = next(step_in_words(step, lang) for step in here if step)
        numbers = ["" if step is None else "-" if step.number is None else str(step.number) for step in here]
        marks = [
            f"{number} = {shown(day, lang)}" if deadline.due == day else number
            for number, deadline in zip(numbers, found.values(), strict=True)
        ]
        table.add_row(str(shown(day, lang)), weekday(day, lang), why, *marks)
    out.print(table)


def show_rules(rules: Rulebook, editions: Sequence[str], lang: str) -> None:
    """Every rule: count, dates, source and evidence, where an edition declares one."""
    heads = ("rule", "statement", "edition", "from", "count", "evidence", "source")
    table = _table(say(f"column.{head}", lang) for head in heads)
    for rule in sorted(rules.values(), key=lambda rule: int(rule.statement[1:])):
        for edition in editions:
            for value in rule.values.get(edition, ()):
                words = rule_in_words(rule, value, lang)
                evidence = say(f"evidence.{value.evidence}", lang)
                source = value.source + (f" [{value.note}]" if value.note else "")
                table.add_row(rule.name, rule.statement, edition, _span(value, lang), words, evidence, source)
    console().print(table)


def _span(value: Value, lang: str) -> str:
    first, last = shown(value.first or "", lang), shown(value.last or "", lang)
    return f"{first}..{last}" if value.last else str(first)


def show_calendar(number: int, lang: str) -> None:
    """A year's days off on weekdays and its weekend days made working."""
    year = years.year(number)
    out = console()
    working = sum(map(RUSSIA.is_working, years.days_of(number)))
    out.print(say("calendar.title", lang, year=number, working=working), style="bold")
    out.print(say("calendar.known" if year.decreed else "calendar.unknown", lang, source=year.source))
    table = _table([say("column.day", lang), "", say("column.why", lang)])
    for day in years.days_of(number):
        status = RUSSIA.status(day)
        if status.kind in {"holiday", "moved_day_off", "worked_weekend"}:
            why = say(f"day.{status.kind}", lang) + (f" ({status.source})" if status.source else "")
            table.add_row(str(shown(day, lang)), weekday(day, lang), why)
    out.print(table)


def show_plan(steps: Sequence[PlanStep], signed: date, start: date | None, lang: str) -> None:
    """The procedure for one person."""
    key = "plan.title.start" if start else "plan.title.signed"
    heads = ("number", "step", "who", "earliest", "latest", "hands_in", "source")
    table = _table((say(f"column.{head}", lang) for head in heads), say(key, lang, signed=signed, start=start or ""))
    for step in steps:
        latest = str(shown(step.latest or "", lang))
        if not step.needed:
            latest = say("plan.not_needed", lang)
        elif step.too_late:
            latest += f" ({say('plan.too_late', lang)})"
        table.add_row(
            step.statement,
            say(f"plan.step.{step.key}", lang),
            ", ".join(say(f"plan.who.{who}", lang) for who in step.who),
            str(shown(step.earliest or "", lang)),
            latest,
            say(f"plan.hands_in.{step.key}", lang) + (f": {step.authority}" if step.authority else ""),
            f"{step.source} ({say(f'evidence.{step.evidence}', lang)})",
        )
    console().print(table)
