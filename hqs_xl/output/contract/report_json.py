"""A check as JSON, for programs: its day and edition, the findings, and each person's agenda."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hqs_xl.compliance.check import Report
from hqs_xl.output.contract.models import CheckReport, said
from hqs_xl.output.coverage_json import coverage_json


def report_json(report: Report) -> str:
    """One object, each finding and each person's agenda on a line of its own."""
    return said(
        CheckReport,
        {
            "as_of": report.settings.as_of,
            "as_of_days_ago": report.settings.age,
            "edition": report.settings.edition,
            "warnings": list(report.settings.reminders),
            "calendar_known_through": report.known_through,
            "people": report.people,
            "findings": _records(report.findings),
            "agenda": _records(report.agenda),
            **coverage_json(report.coverage),
            "other_edition": report.other_edition and report.other_edition.as_json(),
        },
    )


def _records(rows: Iterable[Any]) -> list[dict[str, object]]:
    # Which table a row is of, its column tells.
    return [{name: value for name, value in row._asdict().items() if name != "table"} for row in rows]
