"""Obligations and breaches of one person as findings: in words, with what to do and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from operator import attrgetter
from types import MappingProxyType

from hqs_xl.cells.ids import Near
from hqs_xl.compliance.breach import Breach
from hqs_xl.compliance.case import Case
from hqs_xl.compliance.owed import Obligation
from hqs_xl.explain.words import count_in_words, plural, source_in_words
from hqs_xl.law import Deadline, rulebook
from hqs_xl.roster.agreements import Before
from hqs_xl.roster.columns import facts
from hqs_xl.roster.findings import Finding, Place, Severity
from hqs_xl.roster.records import Problem
from hqs_xl.roster.status import State
from hqs_xl.texts import say, shown

# Each pair in the order the days have to come in.
ORDER = (
    ("agreement_signed", "agreement_starts"),
    ("agreement_signed", "agreement_ends"),
    ("agreement_starts", "agreement_ends"),
    ("agreement_starts", "work_started"),
    ("agreement_signed", "terminated_on"),
    ("agreement_starts", "terminated_on"),
    ("terminated_on", "agreement_ends"),
    ("agreement_signed", "concluded_notice_filed"),
    ("agreement_until", "terminated_notice_filed"),
    ("permit_filed", "permit_decided"),
    ("permit_decided", "permit_collected"),
    ("permit_starts", "permit_expires"),
    ("visa_starts", "visa_expires"),
    ("registered_on", "registered_until"),
    ("policy_starts", "policy_ends"),
)
_EARLIER, _LATER = (attrgetter(*names) for names in zip(*ORDER, strict=True))

# What is said of an obligation that stands so: how much it weighs, and how its code ends.
TAILS = {
    State.OVERDUE: (Severity.VIOLATION, "overdue"),
    State.LATE: (Severity.LATE, "late"),
    State.TODAY: (Severity.DUE, "due"),
    State.SOON: (Severity.DUE, "due"),
}
# What is said of one that is not done as far as can be read, where the cell that would say so can't be.
UNCLEAR = (Severity.DATA, "unclear")
# So many rows of the documents are named.
MOST_ROWS = 5
NOTHING_NEAR: Mapping[str, Near] = MappingProxyType({})
# Columns that may not be empty.
REQUIRED = tuple(column.key for column in facts("roster") if column.required)
_REQUIRED = attrgetter(*REQUIRED)


class Words:
    """Findings of one case, in the language of its settings."""

    def __init__(self, case: Case) -> None:
        self.case, self.lang = case, case.settings.lang

    def data(
        self,
        problems: Sequence[Problem],
        duplicate_of: int | None,
        near: Mapping[str, Near],
        carried: Sequence[Before] = (),
    ) -> Iterable[Finding]:
        """Cells that are missing, unreadable, repeated or in an impossible order."""
        person, beyond = self.case.as_read, self.case.beyond
        disordered = [
            (earlier, first, later, last)
            for (earlier, later), first, last in zip(ORDER, _EARLIER(person), _LATER(person), strict=True)
            if first is not None
            and last is not None
            and last < first
            # Where the termination can't be read, nobody knows which day ends the agreement.
            and not (earlier == "agreement_until" and "terminated_on" in person.unread)
        ]
        signed, worked = person.agreement_signed, person.work_started
        if signed and worked and worked < signed and person.agreement_starts is None:
            disordered.append(("agreement_signed", signed, "work_started", worked))
        if (
            not (problems or disordered or beyond or near or carried)
            and duplicate_of is None
            and all(_REQUIRED(person))
        ):
            return ()
        place = Place("roster", person.row, person.person_id, self.lang, alone=self.case.notices is None)
        findings = [self._untold(place.unread(problem.column, problem.error)) for problem in problems]
        for key in REQUIRED:
            # Family have no agreement of their own.
            wanted = not (key == "agreement_signed" and person.is_family)
            if not getattr(person, key) and wanted and key not in person.unread:
                findings.append(self._untold(place.data("data.required", key)))
        # The agreement's last day stands in one of two columns.
        until = {"agreement_until": "terminated_on" if person.terminated_on else "agreement_ends"}
        for earlier, first, later, last in disordered:
            found = place.order(until.get(earlier, earlier), first, later, last)
            findings.append(self._uncounted(found) if earlier == "agreement_starts" else found)
        if duplicate_of is not None:
            findings.append(self._shared(place.duplicate(duplicate_of)))
        if person.person_id in near:
            findings.append(place.near("person_id", near[person.person_id]))
        if person.is_family and person.sponsor_id in near and person.sponsor_id not in self.case.sponsors:
            findings.append(place.unknown(near[person.sponsor_id], "sponsor_id"))
        for before in carried:
            days = [f"«{_header(key, self.lang)}» {shown(day, self.lang)}" for key, day in before.facts.items()]
            unread = [_header(key, self.lang) for key in sorted(before.unread)]
            days += [say("finding.unread_there", self.lang, name=name) for name in unread]
            findings.append(self._untold(place.data("data.earlier_row", before.column, days=", ".join(days))))
        return findings + [place.unread(name, error) for name, error in beyond.items()]

    def _shared(self, finding: Finding) -> Finding:
        """A finding on an id of two people, with what stands under it elsewhere and may be of either."""
        if not (self.case.notices or self.case.held):
            return finding
        return finding._replace(message=finding.message + say("finding.shared", self.lang))

    def _uncounted(self, finding: Finding) -> Finding:
        """A finding on an agreement's days, with the salary notices where it ended before it began: none is counted."""
        case, until = self.case, self.case.person.agreement_until
        if case.notices is None or not (case.begun and until and until < case.begun):
            return finding
        subject = say("subject.notice_salary", self.lang)
        return finding._replace(message=finding.message + say("finding.untold", self.lang, subjects=subject))

    def _untold(self, finding: Finding) -> Finding:
        """A finding on a cell that says nothing, with all that can't be told for sure because of it."""
        names = self.case.untold.get(finding.column)
        if not names:
            return finding
        subjects = ", ".join(say(f"subject.{name}", self.lang) for name in names)
        return finding._replace(message=finding.message + say("finding.untold", self.lang, subjects=subjects))

    def obligations(self, obligations: Iterable[Obligation]) -> Iterable[Finding]:
        """What is overdue, was done late, or is due within the widest reminder band."""
        return [
            self._obligation(item, *(UNCLEAR if item.is_untold else TAILS[item.state]))
            for item in obligations
            if item.state in TAILS
        ]

    def _obligation(self, item: Obligation, severity: Severity, tail: str) -> Finding:
        case = self.case
        start = item.done if item.state is State.LATE and item.done else case.as_of
        days = (item.due - start).days
        sentence = tail if item.unclear else TAILS[item.state][1]
        message, action, source = _owed_in_words(item, sentence, abs(days), self.lang)
        notice = case.notices.get(item.quarter) if case.notices and item.quarter else None
        return self._finding(
            severity,
            item.code + tail,
            item.unclear or (item.column if notice or not item.quarter else "person_id"),
            message,
            action,
            source=source,
            due=item.due,
            days=days,
            row=notice.row if notice else None,
        )

    def breaches(self, breaches: Iterable[Breach]) -> Iterator[Finding]:
        """Facts that break a rule."""
        as_of, edition = self.case.as_of, self.case.settings.edition
        for item in breaches:
            day = item.event or item.due or as_of
            source, sure = _source_of(item.rule, day, edition, item.deadline, self.lang)
            sentence = item.sentence or item.code
            message = _broken_in_words(sentence, item.due, item.deadline, tuple(item.fields.items()), self.lang)
            if not sure and item.severity == Severity.VIOLATION:
                message += say("finding.unverified", self.lang)
            message += _without(item.unread, self.lang) + _hidden(item.hidden, self.lang)
            yield self._finding(
                Severity(item.severity),
                item.code,
                item.column,
                message,
                say(f"action.{item.to_do}", self.lang),
                source=source,
                due=item.due,
                days=(item.due - as_of).days if item.due else None,
                row=item.row,
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
        person = self.case.as_read
        place = (person.person_id, row or person.row, column)
        table = "salary" if row else "roster"
        return Finding(severity, code, *place, due, days, message, action, source, table)


# The same is owed, or broken, by many: salary notices of a quarter, people who came together.
@lru_cache(maxsize=1 << 12)
def _owed_in_words(item: Obligation, tail: str, days: int, lang: str) -> tuple[str, str, str]:
    """What to say of an obligation, what to do about it, and who says so."""
    deadline = item.deadline
    message = say(
        "finding.today" if tail == "due" and not days else f"finding.{tail}",
        lang,
        what=say(f"obligation.{item.name}", lang, quarter=item.quarter.spoken if item.quarter else ""),
        due=item.due,
        act_by=deadline.calendar.act_by(item.due),
        done=item.done or "",
        days=plural(days, "day", lang),
        count=count_in_words(deadline, lang),
        column=_header(item.unclear, lang),
    )
    if item.due != deadline.due:
        message += say("finding.lapse", lang, day=item.due)
    if deadline.provisional:
        message += say("finding.provisional", lang)
    if deadline.evidence == "unverified":
        message += say("finding.unverified", lang)
    if item.remark:
        message += say(f"finding.remark.{item.remark}", lang)
    if item.earlier:
        words = {"mark": _header(item.earlier.mark, lang), "since": _header(item.earlier.since, lang)}
        message += say("finding.earlier", lang, **words, done=item.earlier.done, first=item.earlier.first)
    message += _without(tuple(key for key in item.unread if key != item.unclear), lang) + _hidden(item.hidden, lang)
    action = "late" if item.state is State.LATE and not item.is_untold else item.to_do
    return message, say(f"action.{action}", lang), source_in_words(deadline.statement, deadline.value, lang)


def _without(unread: Sequence[str], lang: str) -> str:
    """That something was found without some columns, where nothing can be read."""
    columns = ", ".join(f"«{_header(key, lang)}»" for key in unread)
    return say("finding.without", lang, columns=columns) if unread else ""


def _hidden(rows: Sequence[int], lang: str) -> str:
    """That rows of the documents have to be mended before it can be told."""
    shown_rows = [*map(str, rows[:MOST_ROWS]), *(["..."] if len(rows) > MOST_ROWS else [])]
    return say("finding.hidden", lang, rows=", ".join(shown_rows)) if rows else ""


def _header(key: str, lang: str) -> str:
    return say(f"header.{key}", lang) if key else ""


@lru_cache(maxsize=1 << 12)
def _broken_in_words(
    sentence: str, due: date | None, deadline: Deadline | None, fields: tuple[tuple[str, object], ...], lang: str
) -> str:
    words: dict[str, object] = {"due": due or "", "count": "", "term": ""}
    if deadline:
        term = deadline.value.terms[0]
        words |= {"count": count_in_words(deadline, lang), "term": plural(term.number, term.unit, lang)}
    words |= dict(fields)
    if isinstance(total := words.get("total"), int):
        words["days"] = plural(total, "day", lang)
    message = say(f"finding.{sentence}", lang, **words)
    return message + say("finding.provisional", lang) if deadline and deadline.provisional else message


@lru_cache(maxsize=1 << 12)
def _source_of(name: str, day: date, edition: str, deadline: Deadline | None, lang: str) -> tuple[str, bool]:
    """Who says so, and whether that could be verified."""
    rule = rulebook()[name]
    value = deadline.value if deadline else rule.value(day, edition)
    return source_in_words(rule.statement, value, lang), value.evidence != "unverified"
