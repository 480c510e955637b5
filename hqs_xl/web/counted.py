"""How a date is counted, for the page: of a finding, and of any rule in the three editions side by side."""

from __future__ import annotations

from datetime import date
from typing import Any

from hqs_xl.cells.values import BadValue, to_date, to_quarter
from hqs_xl.compliance.check import Checker, Roster
from hqs_xl.compliance.person import Outcome
from hqs_xl.compliance.words import TAILS, UNCLEAR
from hqs_xl.errors import HqsError, RuleError
from hqs_xl.explain.lines import deadline_lines, deadline_title
from hqs_xl.explain.words import step_in_words, weekday
from hqs_xl.law import EDITIONS, Deadline, due, rulebook
from hqs_xl.law.deadlines import deadline_rules
from hqs_xl.roster.columns import column
from hqs_xl.roster.findings import Finding
from hqs_xl.roster.settings import Settings
from hqs_xl.texts import say, shown


def rules_in_words(lang: str) -> list[dict[str, Any]]:
    """The rules that count a deadline: name, words, what they count from, whether the agreement's end binds them."""
    rules = []
    for name in deadline_rules():
        rule = rulebook()[name]
        quarterly = rule.event == "quarter"
        from_what = say("web.quarter", lang) if quarterly else column("roster", rule.event).header(lang)
        words, until = say(f"web.of.{name}", lang), bool(rule.at_most)
        rules.append({"rule": name, "words": words, "event": from_what, "quarter": quarterly, "until": until})
    return rules


def finding_counted(roster: Roster, settings: Settings, finding: Finding) -> dict[str, Any]:
    """The count behind a finding: lines, and the days where some are passed over; none where nothing is counted."""
    for person, problems in roster.people:
        if person.person_id == finding.person_id and (finding.table != "roster" or person.row == finding.row):
            outcome, _ = Checker(roster.other, settings).check(person, problems)
            deadline = _behind(outcome, finding)
            if deadline:
                return counted(deadline, settings.lang)
    return {"title": "", "lines": [], "days": []}


def counted(deadline: Deadline, lang: str) -> dict[str, Any]:
    """One deadline: its title, its lines, and each day from the event on with its number or why it is passed over."""
    days = [
        {
            "day": str(shown(step.day, lang)),
            "weekday": weekday(step.day, lang),
            "number": step.number,
            "why": step_in_words(step, lang),
        }
        for step in deadline.steps
    ]
    return {"title": deadline_title(deadline, lang), "lines": [*deadline_lines(deadline, lang)], "days": days}


def in_editions(rule: str, event: str, until: str, lang: str) -> dict[str, Any]:
    """A rule's deadline in each edition; one that has none on that day says so. Raises HqsError for a wrong event."""
    quarterly = rulebook()[rule].event == "quarter"
    start = _typed_quarter(event) if quarterly else typed_day(event, lang)
    end = typed_day(until, lang) if until else None
    if end and end < start:
        raise HqsError("web.until_before", until=end, event=start)
    found = []
    for edition in EDITIONS:
        try:
            deadline = due(rule, start, edition, until=end)
        except RuleError as error:
            found.append({"edition": edition, "due": "", "title": "", "lines": [error.message(lang)], "days": []})
        else:
            found.append({"edition": edition, "due": str(shown(deadline.due, lang)), **counted(deadline, lang)})
    return {"editions": found}


def _typed_quarter(text: str) -> date:
    """The first day of a quarter as a field of the page holds it: its name, or a date in it. Raises HqsError."""
    found = to_quarter(text)
    if found is None:
        raise HqsError("web.no_quarter")
    return found.first


def typed_day(text: str, lang: str) -> date:
    """A day as a field of the page holds it. Raises HqsError for none, and for one that no roster may hold."""
    try:
        found = to_date(text)
    except BadValue as error:
        raise HqsError("web.bad_day", day=text, why=error.message(lang)) from None
    if found is None:
        raise HqsError("web.no_day")
    return found


def _behind(outcome: Outcome, finding: Finding) -> Deadline | None:
    """The deadline a finding speaks of."""
    for item in outcome.obligations:
        tail = UNCLEAR[1] if item.is_untold else TAILS.get(item.state, ("", ""))[1]
        if item.code + tail == finding.code and item.due == finding.due:
            return item.deadline
    for breach in outcome.breaches:
        if breach.code == finding.code and breach.due == finding.due:
            return breach.deadline
    return None
