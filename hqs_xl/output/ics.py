"""The calendar file: one event for each day and obligation, listing the people; or one for each person.

An event stands on the working day to act by. Its UID is that of day and obligation (of person and obligation), the same
in every export; its SEQUENCE grows with the day of the export, so that the later one wins. What an earlier file held
and is no longer to be done is cancelled; a first file cancels nothing. From a person's second agreement on the UID of
their own event is that of the agreement too: those of the first stay what they always were.

Overdue deadlines lie on days past, where nobody looks: one more event, on the day of the export, lists all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID, uuid5

from hqs_xl.compliance.check import Checker, Roster
from hqs_xl.compliance.first import stops
from hqs_xl.compliance.open_deadlines import POLICY, open_deadlines
from hqs_xl.compliance.owed import Obligation, is_done
from hqs_xl.compliance.person import Outcome
from hqs_xl.explain.words import action_in_words, count_in_words, source_in_words
from hqs_xl.law import rulebook
from hqs_xl.output.duelist import whom
from hqs_xl.output.ics_lines import Event, calendar, events_of
from hqs_xl.roster.settings import Settings
from hqs_xl.texts import say

# What was cancelled, and due, longer ago than this is past in every calendar.
REMEMBERED = timedelta(days=100)
NAMESPACE = UUID("5f0a4e0c-8f1f-4c53-9a36-0d6c0d9b4b71")
OVERDUE = "overdue"
SEQUENCE_FROM = date(2020, 1, 1)
# The hour of the day at which an alarm goes off.
ALARM_HOUR = timedelta(hours=9)


class Dated(NamedTuple):
    """One deadline of one person: ``key``: what it is, ``line`` what is said of the person, ``rest`` of all.

    ``to_do``: the key of its action; an event is of ``key``, and stays the same when that changes.

    ``day``: the working day to act by.

    ``agreement``: which of several of the person, but for salary notices, one of which a person has for a quarter.
    """

    person_id: str
    name: str
    key: str
    to_do: str
    quarter: str
    due: date
    day: date
    line: str
    rest: str
    agreement: int = 1


class Made(NamedTuple):
    """A calendar file: how many deadlines, in how many events, how many events cancelled.

    ``left_out``: people whose id is missing or stands in a row above.
    """

    content: bytes
    open: int
    events: int
    cancelled: int
    left_out: int


class Wanted(NamedTuple):
    """``each``: an event for each person; ``before``: an earlier file; ``changes``: only what differs from that."""

    each: bool = False
    before: bytes | None = None
    changes: bool = False


PLAIN = Wanted()


def calendar_file(
    roster: Roster, settings: Settings, names: Mapping[str, str] | None = None, wanted: Wanted = PLAIN
) -> Made:
    """The events of a roster's people. ``names``: their names by id, when they are to stand in the events."""
    ids, checker, left_out = roster.other.ids, Checker(roster.other, settings), 0
    found: list[Dated] = []
    for person, problems in roster.people:
        if not person.person_id or ids.duplicate_of(person.person_id, person.row) is not None:
            left_out += 1
            continue
        found += _dated(checker.check(person, problems)[0], settings, (names or {}).get(person.person_id, ""))
    made = [*_events(found, settings, each=wanted.each), *_overdue(found, settings)]
    events = {event.uid: event for event in made}
    earlier = events_of(wanted.before) if wanted.before else {}
    past = [event for uid, event in earlier.items() if uid not in events and _matters(event, settings)]
    gone = [_cancelled(event, settings.lang) for event in past]
    shown = [one for uid, one in events.items() if not (wanted.changes and uid in earlier and one.same(earlier[uid]))]
    if wanted.changes:
        gone = [event for event in gone if not earlier[event.uid].cancelled]
    content = calendar(
        sorted([*shown, *gone], key=lambda event: (event.day, event.summary, event.uid)),
        name=say("ics.name", settings.lang),
        about=" ".join(settings.reminders),
        stamp=settings.as_of,
        sequence=2 * (settings.as_of - SEQUENCE_FROM).days,
    )
    return Made(content, len(found), len(shown), len(gone), left_out)


def _matters(event: Event, settings: Settings) -> bool:
    return event.day > settings.as_of - REMEMBERED


def _cancelled(event: Event, lang: str) -> Event:
    """An event called off; its summary says so too, for programs that show what is cancelled like the rest."""
    summary = event.summary if event.cancelled else say("ics.cancelled", lang, what=event.summary)
    return event._replace(summary=summary, cancelled=True, alarms=())


def _dated(outcome: Outcome, settings: Settings, name: str) -> Iterator[Dated]:
    owed = {(one.name, str(one.quarter or "")): one for one in outcome.obligations if not is_done(one)}
    # Of several quarters the same may be said.
    said = {(finding.code, finding.due): finding for finding in outcome.findings}
    for deadline in open_deadlines(outcome, settings.as_of):
        item = owed.get((deadline.key, deadline.quarter))
        if item:
            line, rest = _owed(item, settings)
        elif deadline.key == POLICY:
            value = rulebook().value("insurance.cover", settings.as_of, settings.edition)
            line = say("finding.insurance.ending", settings.lang, day=deadline.due)
            rest = source_in_words(rulebook()["insurance.cover"].statement, value, settings.lang)
        else:
            finding = said[deadline.key, deadline.due]
            line, rest = finding.message, finding.source
        day = settings.calendar.act_by(deadline.due)
        number = outcome.turn.number if outcome.turn and not deadline.quarter else 1
        who = outcome.person.person_id, name
        yield Dated(*who, deadline.key, deadline.to_do, deadline.quarter, deadline.due, day, line, rest, number)


def _owed(item: Obligation, settings: Settings) -> tuple[str, str]:
    """What is said of the person's own deadline, and what of everybody's."""
    lang, deadline = settings.lang, item.deadline
    what = say(f"obligation.{item.name}", lang, quarter=item.quarter.spoken if item.quarter else "")
    line = say("ics.owed", lang, what=what, due=item.due, count=count_in_words(deadline, lang))
    if item.due != deadline.due:
        line += say("finding.lapse", lang, day=item.due)
    if deadline.provisional:
        line += say("finding.provisional", lang)
    to = whom(f"{item.code}due", settings)
    rest = [say("due.whom", lang, whom=to)] if to else []
    return line, "\n".join([*rest, source_in_words(deadline.statement, deadline.value, lang)])


def _events(found: Iterable[Dated], settings: Settings, *, each: bool) -> Iterator[Event]:
    together: dict[tuple[str, ...], list[Dated]] = {}
    for one in found:
        of_whom = one.person_id if each else f"{one.day}"
        again = (str(one.agreement),) if each and one.agreement > 1 else ()
        together.setdefault((of_whom, one.key, one.quarter, *again), []).append(one)
    for key, people in together.items():
        yield _event("|".join(key), people, settings)


def _event(key: str, people: list[Dated], settings: Settings) -> Event:
    first, lang = people[0], settings.lang
    actions = {one.to_do for one in people}
    words = action_in_words(first.to_do if len(actions) == 1 else first.key, first.quarter, lang)
    if len(people) == 1:
        summary, lines = f"{_who(first)}: {words}", [first.line]
    else:
        summary = say("ics.several", lang, what=words, count=len(people))
        lines = [f"{_who(one)}: {one.line}" for one in people]
    rest = dict.fromkeys(line for one in people for line in one.rest.splitlines())
    text = "\n".join(map(_sentence, [*lines, *rest]))
    return Event(_uid(key), first.day, summary, text, tuple(_alarms(first.day, settings)))


def _uid(key: str) -> str:
    return f"{uuid5(NAMESPACE, key)}@hqs-xl"


def _overdue(found: Iterable[Dated], settings: Settings) -> Iterator[Event]:
    """All that is overdue, in one event of the day: what forbids work or stay first, then the longest overdue."""
    today, lang, before = settings.as_of, settings.lang, stops()
    late = [(one, action_in_words(one.to_do, one.quarter, lang)) for one in found if one.due < today]
    if late:
        late.sort(key=lambda of: (of[1] not in before, of[0].due, of[0].person_id, of[1]))
        lines = [say("ics.since", lang, day=one.due, who=_who(one), what=what) for one, what in late]
        summary = say("ics.overdue", lang, count=len(late))
        yield Event(_uid(OVERDUE), today, summary, "\n".join(map(_sentence, lines)), tuple(_alarms(today, settings)))


def _sentence(line: str) -> str:
    return line if line.endswith((".", "!", "?")) else f"{line}."


def _who(one: Dated) -> str:
    return f"{one.person_id} {one.name}".strip()


def _alarms(day: date, settings: Settings) -> list[timedelta]:
    """At most two: at the widest reminder band still to come, and at the narrowest, or else on the day itself."""
    ahead = [band for band in settings.bands if day - timedelta(band) >= settings.as_of]
    chosen = [max(ahead), min(ahead) if len(ahead) > 1 else 0] if ahead else [0]
    return [ALARM_HOUR - timedelta(band) for band in chosen if day - timedelta(band) >= settings.as_of]
