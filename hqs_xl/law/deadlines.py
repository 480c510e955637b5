"""Rule and event to deadline: its legal last day, the working day to act by, the count, the source.

``due`` is what every cell, finding and explanation rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import MAXYEAR, date, datetime, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from hqs_xl.bilingual import Bilingual
from hqs_xl.errors import BadEvent, OutsideCalendar, RuleError
from hqs_xl.law.quarters import Quarter
from hqs_xl.law.rulebook import Rule, Value, known_edition, rulebook
from hqs_xl.law.terms import Step
from hqs_xl.law.workdays import FIRST_DAY, LAST_DAY, RUSSIA, WorkingDays

Span = tuple[date | None, date | None]


class Deadline(NamedTuple):
    """One deadline: what it is counted from, the legal last day, and who says so.

    ``due`` is the legal last day and ``act_by`` the last working day on or before it; ``stages`` are the days on
    which each term of the count ends (for registration: the last free day, then the due day). ``provisional``: the
    event or the result lies beyond the decreed calendar.
    """

    rule: str
    event: date
    edition: str
    due: date
    act_by: date
    stages: tuple[date, ...]
    provisional: bool
    statement: str
    value: Value
    until: date | None
    calendar: WorkingDays

    @property
    def source(self) -> Bilingual:
        """Where the number stands."""
        return self.value.source

    @property
    def evidence(self) -> str:
        """How surely: seed, primary, practitioner or unverified."""
        return self.value.evidence

    @property
    def free_until(self) -> date:
        """The last day of the first term: for registration, the last day without it."""
        return self.stages[0]

    @property
    def steps(self) -> tuple[Step, ...]:
        """The count day by day: counted days with their number, passed-over days with the reason."""
        return tuple(self._steps())

    def _steps(self) -> Iterator[Step]:
        start = self.event
        for term, end in zip(self.value.terms, self.stages, strict=True):
            yield from term.steps(start, self.calendar)
            start = end
        if self.due != start:
            yield Step(self.due, None, "agreement_ends")


def due(
    rule: str,
    event: date | str,
    edition: str = "card",
    *,
    calendar: WorkingDays = RUSSIA,
    until: date | None = None,
) -> Deadline:
    """The deadline of a rule for an event.

    event: a date; for ``notice.salary`` any date in the quarter, or "2026Q1". until: the agreement's end, for the
    rules that can't outlast it (``permit.last_day``, ``visa.last_day``); None for an open-ended agreement.

    Raises RuleError (no such rule or edition, or nothing in force on that day), BadEvent (not a date), and
    OutsideCalendar (a day before 2002 or after 2060).
    """
    found = rulebook()[rule]
    if rule not in _deadline_rules():
        raise RuleError("not_a_deadline", rule=rule, known=", ".join(deadline_rules()))
    day = event_day(found, event)
    last = _date(until) if until and found.at_most else None
    counted_from_it = _due(rule, day, known_edition(edition), calendar, last)
    if counted_from_it is None:
        _refuse_outside(day)
        raise RuleError("not_in_force", rule=rule, edition=edition, day=day)
    return counted_from_it


def deadline_rules() -> list[str]:
    """The names of the rules that are deadlines."""
    return [*_deadline_rules()]


@cache
def _deadline_rules() -> dict[str, None]:
    return dict.fromkeys(name for name, rule in rulebook().items() if rule.counted)


def event_day(rule: Rule, event: date | str) -> date:
    """The day a rule is counted from: the event itself, or the first day of the month after its quarter."""
    if rule.event == "quarter":
        quarter = Quarter.parse(event) if isinstance(event, str) else Quarter.of(_date(event))
        if quarter.year >= MAXYEAR:
            raise BadEvent("not_a_quarter", text=str(quarter))
        return quarter.following.first
    return _date(event)


def _date(value: object) -> date:
    """The day of a date or of a moment."""
    if isinstance(value, datetime):
        return value.date()
    if not isinstance(value, date):
        raise BadEvent("not_a_date", value=value)
    return value


# A calendar holds some 21,000 days and rosters repeat them, so that most counts are look-ups.
@lru_cache(maxsize=1 << 17)
def _due(name: str, day: date, edition: str, calendar: WorkingDays, until: date | None) -> Deadline | None:
    return counted(rulebook()[name], day, edition, calendar, until)


def counted(rule: Rule, day: date, edition: str, calendar: WorkingDays, until: date | None = None) -> Deadline | None:
    """The deadline of a rule counted from a day; None where the edition has nothing in force on it.

    Raises OutsideCalendar.
    """
    value = rule.find(day, edition)
    if value is None:
        return None
    _refuse_outside(day)
    end, stages = day, []
    for term in value.terms:
        end = term.count(end, calendar)
        stages.append(end)
    if until is not None:
        end = min(end, until)
    return Deadline(
        rule=rule.name,
        event=day,
        edition=edition,
        due=end,
        act_by=calendar.on_or_before(end),
        stages=tuple(stages),
        provisional=not (calendar.is_known(day) and calendar.is_known(end)),
        statement=rule.statement,
        value=value,
        until=until,
        calendar=calendar,
    )


def _refuse_outside(day: date) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise OutsideCalendar("outside_calendar", day=day)


def file_by(needed: date, edition: str = "card", *, calendar: WorkingDays = RUSSIA) -> date:
    """The last working day to file for a permit so that the authority's 14 working days end by ``needed``."""
    needed = _date(needed)
    day = calendar.on_or_before(needed)
    while not _decided(day, needed, edition, calendar):
        day = calendar.add(day, -1)
    return day


def _decided(filed: date, needed: date, edition: str, calendar: WorkingDays) -> bool:
    try:
        return due("permit.decision", filed, edition, calendar=calendar).due <= needed
    except OutsideCalendar:
        # The count leaves the calendar after its last day; before its first one there is nothing to go back to.
        if filed <= FIRST_DAY:
            raise
        return False


def exempt(topic: str, day: date, edition: str = "card") -> bool:
    """Whether HQS are exempt from ``topic`` (medical, quota) on that day; the source is in the rulebook."""
    return bool(rulebook().value(f"exempt.{topic}", _date(day), edition).exempt)


def uncovered(cover: Span, policies: Iterable[Span]) -> list[tuple[date, date]]:
    """The spans of ``cover`` without a policy, in order; an open start or end (None) reaches 2002 or 2060."""
    first, last = cover[0] or FIRST_DAY, cover[1] or LAST_DAY
    gaps: list[tuple[date, date]] = []
    for begins, ends in sorted((begins or FIRST_DAY, ends or LAST_DAY) for begins, ends in policies):
        if begins > last or ends < begins:
            continue
        if begins > first:
            gaps.append((first, begins - timedelta(days=1)))
        if ends >= last:
            return gaps
        first = max(first, ends + timedelta(days=1))
    if first <= last:
        gaps.append((first, last))
    return gaps


def insurance_gap(cover: Span, policies: Iterable[Span]) -> int:
    """How many days of ``cover`` no policy covers, for any number of policies (S17)."""
    return sum((last - first).days + 1 for first, last in uncovered(cover, policies))
