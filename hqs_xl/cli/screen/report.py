"""The findings of a check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from hqs_xl.cli.screen.console import console, table
from hqs_xl.cli.screen.glance import glance
from hqs_xl.cli.screen.grid import Grid, Styled
from hqs_xl.compliance.check import Report
from hqs_xl.compliance.other_edition import explained, other_in_words
from hqs_xl.roster.findings import Finding
from hqs_xl.texts import say

# A terminal is not scrolled further, unless all is asked for.
MOST_ROWS = 500
ORDER = ("violation", "late", "due", "ask", "data", "scope")
# What many people share word for word takes one line.
SHARED = {"due", "ask"}
STYLES = {"violation": "bold red", "late": "yellow", "due": "cyan", "ask": "blue", "data": "magenta", "scope": "dim"}


def show_report(file: Path, report: Report, *, everything: bool = False) -> None:
    """The findings of a check, the gravest first; last, where a terminal is read, what to do first and how many.

    ``everything``: however many rows there are, and all that was not looked at.
    """
    settings = report.settings
    lang, out = settings.lang, console()
    out.print(
        say(
            "check.title",
            lang,
            file=file.name,
            as_of=settings.day,
            edition=settings.edition,
            known=report.known_through,
        )
    )
    for reminder in settings.reminders:
        out.print(reminder, style="bold")
    findings = sorted(report.findings, key=lambda one: (ORDER.index(one.severity), one.due or date.min, one.row))
    rows = _alike(findings)
    most = len(rows) if everything else MOST_ROWS
    if rows:
        out.print(_findings(rows[:most], report, lang))
    else:
        out.print(report.coverage.nothing_found(lang))
    if len(rows) > most:
        out.print(say("check.more", lang, count=len(rows) - most))
    for line in report.unverified:
        out.print(line, style="bold")
    if rows:
        out.print(report.coverage.looked_at(lang))
    other = other_in_words(report.other_edition, lang, str(file))
    for line in (
        *report.coverage.in_words(lang, everything=everything),
        *explained(settings.edition, settings.lang),
        *other,
    ):
        out.print(line)
    for line in glance(findings, lang):
        out.print(line)
    counts = Counter(str(finding.severity) for finding in findings)
    out.print(say("check.summary", lang, people=report.people, **{name: counts[name] for name in ORDER}), style="bold")


def _findings(rows: Sequence[tuple[Finding, int]], report: Report, lang: str) -> Grid:
    heads = ("severity", "person", "row", "what", "action", "source")
    grid = table(say(f"column.{head}", lang) for head in heads)
    for head, column in zip(heads, grid.columns, strict=True):
        column.ratio = {"what": 5, "action": 2, "source": 3}.get(head, 0)
        column.lead = column.no_wrap = head in {"severity", "person", "row"}
    # Rows of several sheets are told apart.
    named = len({one.table for one, _ in rows}) > 1
    for finding, others in rows:
        word = Styled(say(f"severity.{finding.severity}", lang), STYLES[finding.severity])
        person = finding.person_id
        if others:
            person = say("check.others", lang, person=person or say("digest.row", lang, row=finding.row), count=others)
        sheet = report.sheets.get(finding.table) or say(f"table.{finding.table}", lang)
        row = say("check.row", lang, sheet=sheet, row=finding.row) if named else str(finding.row)
        grid.add_row(word, person, row, finding.message, finding.action, finding.source)
    return grid


def _alike(findings: Sequence[Finding]) -> list[tuple[Finding, int]]:
    """Findings with how many more people share them: what falls due for everybody on one day takes one line."""
    shared = Counter(finding.message for finding in findings if finding.severity in SHARED)
    first: dict[str, Finding] = {}
    return [
        (finding, max(shared[finding.message] - 1, 0))
        for finding in findings
        if finding.severity not in SHARED or first.setdefault(finding.message, finding) is finding
    ]
