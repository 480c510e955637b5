"""Findings and people of a check as the page's tables show them: filtered, sorted, a screenful at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from hqs_xl.compliance.agenda import Agenda
from hqs_xl.compliance.check import Report
from hqs_xl.roster.columns import column
from hqs_xl.roster.findings import Finding
from hqs_xl.texts import say, shown

# The gravest first.
GRAVEST = ("violation", "late", "due", "ask", "data", "scope")
MOST_ROWS = 200
Asked = Mapping[str, Any]
Numbered = tuple[int, Finding]
One = TypeVar("One")

_BY: Mapping[str, Callable[[Numbered], tuple[Any, ...]]] = {
    "severity": lambda one: (GRAVEST.index(one[1].severity), one[1].due or date.min),
    "person": lambda one: (one[1].person_id,),
    "row": lambda one: (one[1].table, one[1].row),
    "due": lambda one: (one[1].due or date.max,),
    "action": lambda one: (one[1].action,),
}
_PEOPLE_BY: Mapping[str, Callable[[Agenda], tuple[Any, ...]]] = {
    "person": lambda line: (line.person_id,),
    "row": lambda line: (line.row,),
    "due": lambda line: (line.next_due or date.max,),
    "action": lambda line: (line.next_action,),
    "status": lambda line: (line.status, line.next_due or date.max),
}


def findings_page(report: Report, names: Mapping[str, str], asked: Asked) -> dict[str, Any]:
    """The findings that are asked for.

    ``asked``: severity, action, text (of the person's id or name), sort, down, start. ``actions``: all there are, to
    choose from; ``of``: how many there are of those asked for.
    """
    lang = report.settings.lang
    text = str(asked.get("text") or "").casefold()
    found = [
        (number, finding)
        for number, finding in enumerate(report.findings)
        if asked.get("severity") in {None, "", str(finding.severity)}
        and asked.get("action") in {None, "", finding.action}
        and _is_of(finding.person_id, names, text)
    ]
    rows = [
        {
            "number": number,
            "severity": str(finding.severity),
            "weight": say(f"severity.{finding.severity}", lang),
            "person": finding.person_id,
            "name": names.get(finding.person_id, ""),
            "row": finding.row,
            "table": report.sheets.get(finding.table) or say(f"table.{finding.table}", lang),
            "column": column(finding.table, finding.column).header(lang),
            "due": _day(finding.due, lang),
            "days": finding.days,
            "message": finding.message,
            "action": finding.action,
            "source": finding.source,
        }
        for number, finding in _screenful(found, _BY, asked)
    ]
    actions = sorted({finding.action for finding in report.findings})
    return {"rows": rows, "of": len(found), "all": len(report.findings), "actions": actions}


def people_page(report: Report, names: Mapping[str, str], asked: Asked) -> dict[str, Any]:
    """The people that are asked for, each with what comes next; ``asked`` as for findings, with status."""
    lang = report.settings.lang
    text = str(asked.get("text") or "").casefold()
    found = [
        line
        for line in report.agenda
        if asked.get("status") in {None, "", line.status} and _is_of(line.person_id, names, text)
    ]
    rows = [
        {
            "person": line.person_id,
            "name": names.get(line.person_id, ""),
            "row": line.row,
            "action": line.next_action,
            "due": _day(line.next_due, lang),
            "act_by": _day(line.act_by, lang),
            "days": line.days_left,
            "status": line.status,
        }
        for line in _screenful(found, _PEOPLE_BY, asked)
    ]
    statuses = sorted({line.status for line in report.agenda})
    return {"rows": rows, "of": len(found), "all": len(report.agenda), "statuses": statuses}


def _is_of(person_id: str, names: Mapping[str, str], text: str) -> bool:
    return not text or text in person_id.casefold() or text in names.get(person_id, "").casefold()


def _screenful(found: Sequence[One], by: Mapping[str, Callable[[One], tuple[Any, ...]]], asked: Asked) -> Iterable[One]:
    """Some of the rows, from ``start`` on, in the order asked for."""
    start = int(asked.get("start") or 0)
    key = by[asked["sort"]] if asked.get("sort") else next(iter(by.values()))
    return sorted(found, key=key, reverse=bool(asked.get("down")))[start : start + MOST_ROWS]


def _day(day: date | None, lang: str) -> str:
    return str(shown(day, lang)) if day else ""
