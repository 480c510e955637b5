"""The rows of the tables that are written anew: one for each finding, and one in the log for each check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from hqs_xl import __version__
from hqs_xl.compliance.coverage import Coverage
from hqs_xl.formulas.links import Link, link_to
from hqs_xl.roster.columns import KEPT_LINES
from hqs_xl.roster.findings import Finding, Severity
from hqs_xl.roster.settings import Settings
from hqs_xl.roster.tables import Found
from hqs_xl.rows import column_name
from hqs_xl.sync.answering import Result, Values
from hqs_xl.texts import say, shown


def finding_row(finding: Finding, table: Found | None, lang: str) -> Values:
    """A finding; sheet and header as they stand in the book, for its conditional formats look them up."""
    header = table.headers.get(finding.column) if table else None
    title = say(f"header.{finding.column}", lang) if finding.column else None
    return {
        "severity": say(f"severity.{finding.severity}", lang),
        "person_id": finding.person_id or None,
        "sheet": table.sheet if table else None,
        "row": finding.row,
        "column": header or title,
        "go_to": _link(finding, table) if table and finding.row else None,
        "due": finding.due,
        "days": _days(finding),
        "message": finding.message,
        "action": finding.action,
        "source": finding.source or None,
        "code": finding.code,
    }


def _days(finding: Finding) -> int | None:
    """The days to the day it is due; none where a day ahead breaks a rule, as that of a permit that lasts too long."""
    ahead = finding.severity is Severity.VIOLATION and (finding.days or 0) > 0
    return None if ahead else finding.days


def _link(finding: Finding, table: Found) -> Link | str:
    """A link to the cell of a finding, or where its column is missing to the first one of its row."""
    place = table.place(finding.column)
    return link_to(table.sheet, f"{column_name(min(table.places) if place is None else place)}{finding.row}")


def kept_rows(result: Result) -> Iterator[Values]:
    """The answers of the first people by their lines in the roster; a line of nobody is blank."""
    for line in range(1, min(max(result.lines, default=0), KEPT_LINES) + 1):
        answers = {f"kept_{key}": value for key, value in result.lines.get(line, {}).items()}
        yield {"kept_person_id": result.ids.get(line) or None, **answers}


def moved(result: Result, lang: str) -> list[str]:
    """The statuses that changed: the first of them with their persons, and how many more."""
    more = result.moves - len(result.moved)
    return [*result.moved, *([say("log.more", lang, count=more)] if more else [])]


def log_line(result: Result, settings: Settings, coverage: Coverage, *, now: datetime, who: str) -> Values:
    """What a check came to, as a line of the log."""
    counts = result.tally.severities
    return {
        "checked_at": f"{shown(now.date(), settings.lang)} {now:%H:%M}",
        "checked_by": who or None,
        "as_of": settings.as_of,
        "edition": settings.edition,
        "version": __version__,
        "known_through": settings.calendar.known_through,
        "people": result.tally.people,
        "violations": counts[Severity.VIOLATION],
        "done_late": counts[Severity.LATE],
        "coming_due": counts[Severity.DUE],
        "data": counts[Severity.DATA],
        "changed_statuses": "; ".join(moved(result, settings.lang)) or None,
        "not_looked_at": coverage.in_one_line(settings.lang) or None,
    }
