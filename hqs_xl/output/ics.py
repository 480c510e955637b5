"""The calendar file: one event for each deadline of each person, which a second import updates instead of doubling.

An event stands on the working day to act by. Its UID is that of person, obligation and quarter, the same in every
export; its SEQUENCE grows with the day of the export, so that the later one wins. What is done is cancelled. From a
person's second agreement on the UID is that of the agreement too: those of the first stay what they always were.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid5

from icalendar import Alarm, Calendar, Event

from hqs_xl.compliance.check import Checker, Roster
from hqs_xl.compliance.obligations import Obligation, is_done
from hqs_xl.compliance.open_deadlines import ended, policy_end
from hqs_xl.compliance.person import Outcome
from hqs_xl.explain.words import count_in_words, source_in_words
from hqs_xl.law import rulebook
from hqs_xl.law.workdays import LAST_DAY
from hqs_xl.output.duelist import whom
from hqs_xl.roster.settings import Settings
from hqs_xl.texts import say

# What was both done and due longer ago than this is past in every calendar; it needs no cancelling.
REMEMBERED = timedelta(days=100)
NAMESPACE = UUID("5f0a4e0c-8f1f-4c53-9a36-0d6c0d9b4b71")
SEQUENCE_FROM = date(2020, 1, 1)
# The hour of the day at which an alarm goes off.
ALARM_HOUR = timedelta(hours=9)
# What nobody owes any more once the agreement has ended or the person has left.
OF_THE_STAY = ("permit.renewal", "permit.collect", "permit.passport", "registration", "medical", "insurance.ending")


class Dated(NamedTuple):
    """One deadline of one person as an event; ``key`` is its action's, with the quarter of a salary notice.

    ``agreement``: which of several of the person, but for salary notices, one of which a person has for a quarter.
    """

    person_id: str
    key: str
    quarter: str
    day: date
    cancelled: bool
    text: str = ""
    agreement: int = 1


class Made(NamedTuple):
    """A calendar file; ``left_out``: people whose id is missing or stands in a row above."""

    content: bytes
    open: int
    cancelled: int
    left_out: int


def calendar_file(roster: Roster, settings: Settings, names: Mapping[str, str] | None = None) -> Made:
    """The events of a roster's people. ``names``: their names by id, when they are to stand in the events."""
    calendar = Calendar()
    calendar.add("prodid", "-//hqs-xl//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", say("ics.name", settings.lang))
    if settings.reminder:
        calendar.add("x-wr-caldesc", settings.reminder)
    ids, checker, counts, left_out = roster.other.ids, Checker(roster.other, settings), Counter[bool](), 0
    for person, problems in roster.people:
        if not person.person_id or ids.duplicate_of(person.person_id, person.row) is not None:
            left_out += 1
            continue
        for dated in _dated(checker.check(person, problems)[0], settings):
            counts[dated.cancelled] += 1
            calendar.add_component(_event(dated, settings, (names or {}).get(person.person_id, "")))
    return Made(calendar.to_ical(), counts[False], counts[True], left_out)


def _dated(outcome: Outcome, settings: Settings) -> Iterator[Dated]:
    number = outcome.turn.number if outcome.turn else 1
    found = _of_agreement(outcome, settings)
    return (one if one.quarter else one._replace(agreement=number) for one in found)


def _of_agreement(outcome: Outcome, settings: Settings) -> Iterator[Dated]:
    person, as_of = outcome.person, settings.as_of
    for item in outcome.obligations:
        done = is_done(item)
        day, quarter = settings.calendar.on_or_before(item.due), str(item.quarter or "")
        if not done or max(item.done or day, day) > as_of - REMEMBERED:
            yield Dated(person.person_id, item.name, quarter, day, done, _owed(item, settings))
    gone = ended(outcome, as_of)
    if gone is None:
        yield from _policy(outcome, settings)
    elif gone > as_of - REMEMBERED:
        owed = {item.name for item in outcome.obligations}
        hired_again = outcome.turn is not None and outcome.turn.is_past(as_of)
        keys = (*OF_THE_STAY, "leave") if hired_again else OF_THE_STAY
        yield from (Dated(person.person_id, key, "", gone, cancelled=True) for key in keys if key not in owed)


def _policy(outcome: Outcome, settings: Settings) -> Iterator[Dated]:
    """The end of the insurance, which another has to follow unless the agreement ends first."""
    person, needed = outcome.person, policy_end(outcome, settings.as_of) is not None
    ends = person.policy_ends
    if ends is None or ends < settings.as_of or ends == LAST_DAY:
        return
    value = rulebook().value("insurance.cover", settings.as_of, settings.edition)
    words = say("finding.insurance.ending", settings.lang, day=ends)
    source = source_in_words(rulebook()["insurance.cover"].statement, value, settings.lang)
    day = settings.calendar.on_or_before(ends)
    yield Dated(person.person_id, "insurance.ending", "", day, not needed, f"{words}\n{source}")


def _owed(item: Obligation, settings: Settings) -> str:
    lang, deadline = settings.lang, item.deadline
    what = say(f"obligation.{item.name}", lang, quarter=item.quarter.spoken if item.quarter else "")
    lines = [say("ics.owed", lang, what=what, due=item.due, count=count_in_words(deadline, lang))]
    if item.due != deadline.due:
        lines[0] += say("finding.lapse", lang, day=item.due)
    if deadline.provisional:
        lines[0] += say("finding.provisional", lang)
    to = whom(f"{item.code}due", settings)
    lines += [say("due.whom", lang, whom=to)] if to else []
    return "\n".join([*lines, source_in_words(deadline.statement, deadline.value, lang)])


def _event(dated: Dated, settings: Settings, name: str) -> Event:
    lang, as_of = settings.lang, settings.as_of
    action, quarter = say(f"action.{dated.key}", lang), f" ({dated.quarter})" if dated.quarter else ""
    summary = f"{dated.person_id} {name}".strip() + f": {action}{quarter}"
    event = Event()
    name_of = [dated.person_id, dated.key, dated.quarter, *([str(dated.agreement)] if dated.agreement > 1 else [])]
    event.add("uid", f"{uuid5(NAMESPACE, '|'.join(name_of))}@hqs-xl")
    event.add("dtstamp", datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC))
    # Of two exports of one day, the one that cancels wins.
    event.add("sequence", 2 * (as_of - SEQUENCE_FROM).days + dated.cancelled)
    event.add("status", "CANCELLED" if dated.cancelled else "CONFIRMED")
    event.add("dtstart", dated.day)
    event.add("dtend", dated.day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", summary)
    if dated.text:
        event.add("description", dated.text)
    if not dated.cancelled:
        for alarm in _alarms(dated.day, settings, summary):
            event.add_component(alarm)
    return event


def _alarms(day: date, settings: Settings, words: str) -> Iterator[Alarm]:
    """At each reminder band still to come, and on the day itself."""
    for band in (*settings.bands, 0):
        if day - timedelta(days=band) >= settings.as_of:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", words)
            alarm.add("trigger", ALARM_HOUR - timedelta(days=band))
            yield alarm
