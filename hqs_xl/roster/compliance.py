"""Records to findings: what does not comply, since when, why, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import cast

from hqs_xl.explain import count_in_words, source_in_words
from hqs_xl.law import rulebook
from hqs_xl.roster.breaches import BREACHES, Breach
from hqs_xl.roster.case import Case, Check
from hqs_xl.roster.columns import facts
from hqs_xl.roster.findings import Finding, Place, Severity
from hqs_xl.roster.obligations import LEAVING, NOTICES, STAY_AND_WORK, Obligation
from hqs_xl.roster.records import Person, Problem
from hqs_xl.roster.status import State
from hqs_xl.texts import say

# Each pair in the order the days have to come in.
ORDER = (
    ("agreement_signed", "agreement_starts"),
    ("agreement_signed", "agreement_ends"),
    ("agreement_starts", "agreement_ends"),
    ("agreement_signed", "terminated_on"),
    ("agreement_starts", "terminated_on"),
    ("agreement_signed", "concluded_notice_filed"),
    ("permit_filed", "permit_decided"),
    ("permit_decided", "permit_collected"),
    ("permit_starts", "permit_expires"),
    ("visa_starts", "visa_expires"),
    ("registered_on", "registered_until"),
    ("policy_starts", "policy_ends"),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check of one person came to: obligations and breaches as facts, findings in words."""

    person: Person
    obligations: tuple[Obligation, ...]
    breaches: tuple[Breach, ...]
    findings: tuple[Finding, ...]
    closed: bool


def check_person(case: Case, problems: Iterable[Problem] = (), *, duplicate_of: int | None = None) -> Outcome:
    """Check one person. ``problems``: cells that could not be read; ``duplicate_of``: the row with the same id."""
    notices = cast("list[Obligation]", _run(NOTICES, case))
    leaving = cast("list[Obligation]", _run(LEAVING, case))
    left = case.person.has_left(case.as_of)
    done = all(item.state(case.as_of, case.soon) in {State.DONE, State.LATE} for item in notices)
    closed = done and (case.ended or (left and not case.person.is_hqs))
    obligations = notices + leaving
    breaches: list[Breach] = []
    if not closed and not left:
        obligations += cast("list[Obligation]", _run(STAY_AND_WORK, case))
        breaches = cast("list[Breach]", _run(BREACHES, case))
    words = _Words(case)
    findings = [*words.data(problems, duplicate_of), *words.obligations(obligations), *words.breaches(breaches)]
    return Outcome(case.person, tuple(obligations), tuple(breaches), tuple(findings), closed)


def _run(register: list[Check], case: Case) -> list[object]:
    unread = case.person.unread
    return [item for check in register if not (unread & check.reads) for item in check.run(case)]


class _Words:
    """Findings of one case, in the language of its settings."""

    def __init__(self, case: Case) -> None:
        self.case, self.lang = case, case.settings.lang

    def data(self, problems: Iterable[Problem], duplicate_of: int | None) -> Iterator[Finding]:
        """Cells that are missing, unreadable, repeated or in an impossible order."""
        person = self.case.person
        place = Place("roster", person.row, person.person_id, self.lang, alone=self.case.notices is None)
        for problem in problems:
            yield place.unread(problem.column, problem.error)
        for column in facts("roster"):
            # Family have no agreement of their own.
            wanted = column.required and not (column.key == "agreement_signed" and person.is_family)
            if wanted and column.key not in person.unread and not getattr(person, column.key):
                yield place.data("data.required", column.key)
        for earlier, later in ORDER:
            first, last = getattr(person, earlier), getattr(person, later)
            if first is not None and last is not None and last < first:
                yield place.order(earlier, first, later, last)
        if duplicate_of is not None:
            yield place.duplicate(duplicate_of)
        for name, error in self.case.beyond.items():
            yield place.unread(name, error)

    def obligations(self, obligations: Iterable[Obligation]) -> Iterator[Finding]:
        """What is overdue, was done late, or is due within the widest reminder band."""
        for item in obligations:
            state = item.state(self.case.as_of, self.case.soon)
            if state in {State.TODAY, State.SOON}:
                yield self._obligation(item, Severity.DUE, "due")
            elif state is State.OVERDUE:
                yield self._obligation(item, Severity.VIOLATION, "overdue")
            elif state is State.LATE:
                yield self._obligation(item, Severity.LATE, "late")

    def _obligation(self, item: Obligation, severity: Severity, tail: str) -> Finding:
        deadline, case = item.deadline, self.case
        start = item.done if severity is Severity.LATE and item.done else case.as_of
        days = (item.due - start).days
        message = say(
            f"finding.{tail}",
            self.lang,
            what=say(f"obligation.{item.name}", self.lang, quarter=item.quarter or ""),
            due=item.due,
            act_by=case.settings.calendar.on_or_before(item.due),
            done=item.done or "",
            days=abs(days),
            count=count_in_words(deadline, self.lang),
        )
        if item.due != deadline.due:
            message += say("finding.lapse", self.lang, day=item.due)
        if deadline.provisional:
            message += say("finding.provisional", self.lang)
        notice = case.notices.get(item.quarter) if case.notices and item.quarter else None
        return self._finding(
            severity,
            item.code + tail,
            item.column if notice or not item.quarter else "person_id",
            message,
            say("action.late" if severity is Severity.LATE else f"action.{item.name}", self.lang),
            source=source_in_words(deadline.statement, deadline.value, self.lang),
            due=item.due,
            days=days,
            row=notice.row if notice else None,
        )

    def breaches(self, breaches: Iterable[Breach]) -> Iterator[Finding]:
        """Facts that break a rule."""
        for item in breaches:
            day = item.due or self.case.as_of
            rule = rulebook()[item.rule]
            value = item.deadline.value if item.deadline else rule.value(day, self.case.settings.edition)
            count = count_in_words(item.deadline, self.lang) if item.deadline else ""
            message = say(f"finding.{item.code}", self.lang, **{"due": item.due or "", "count": count, **item.fields})
            if item.deadline and item.deadline.provisional:
                message += say("finding.provisional", self.lang)
            yield self._finding(
                Severity(item.severity),
                item.code,
                item.column,
                message,
                say(f"action.{item.code}", self.lang),
                source=source_in_words(rule.statement, value, self.lang),
                due=item.due,
                days=(item.due - self.case.as_of).days if item.due else None,
            )

    def _finding(
        self,
        severity: Severity,
        code: str,
        column: str,
        message: str,
        action: str,
        *,
        source: str = "",
        due: date | None = None,
        days: int | None = None,
        row: int | None = None,
    ) -> Finding:
        person = self.case.person
        return Finding(severity, code, person.person_id, row or person.row, column, due, days, message, action, source)
