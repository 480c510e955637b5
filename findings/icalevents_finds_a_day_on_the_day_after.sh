#!/usr/bin/env bash
# icalevents 0.3.1: an event of one whole day, 31 March 2026 (DTSTART;VALUE=DATE:20260331, DTEND;VALUE=DATE:20260401).
#
# Behaviour: asked for the events of 1 April it gives this one, which ended before that day began. An event of the same
# day without DTEND, as long by the standard, begins and ends at one moment, and is not among those of 1 April.
# recurring-ical-events 3.8.2 gives neither of them.
# One would guess: DTEND of a whole day is the first day that is no more part of it (RFC 5545, 3.6.1).
#
# Seen:
#     on 1 April, with DTEND: ['2026-03-31 to 2026-04-01']
#     on 31 March, without DTEND: ['2026-03-31 to 2026-03-31']
#     on 1 April, without DTEND: []
#     recurring-ical-events on 1 April: 0
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check recurring-ical-events==3.8.2 icalevents==0.3.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


from datetime import date

import recurring_ical_events
from icalendar import Calendar
from icalevents.icalevents import events


def calendar(*lines):
    begin = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//EN", "BEGIN:VEVENT", "UID:1@example.org"]
    return "\r\n".join([*begin, "DTSTAMP:20260101T000000Z", *lines, "END:VEVENT", "END:VCALENDAR", ""])


def found(text, month, day):
    whole = events(string_content=text.encode(), start=date(2026, month, day), end=date(2026, month, day))
    return [f"{one.start:%Y-%m-%d} to {one.end:%Y-%m-%d}" for one in whole]


alone = calendar("DTSTART;VALUE=DATE:20260331", "SUMMARY:File it")
ended = calendar("DTSTART;VALUE=DATE:20260331", "DTEND;VALUE=DATE:20260401", "SUMMARY:File it")
same("on 1 April, with DTEND", found(ended, 4, 1), ["2026-03-31 to 2026-04-01"])
same("on 31 March, without DTEND", found(alone, 3, 31), ["2026-03-31 to 2026-03-31"])
same("on 1 April, without DTEND", found(alone, 4, 1), [])
other = recurring_ical_events.of(Calendar.from_ical(ended)).at((2026, 4, 1))
same("recurring-ical-events on 1 April", len(other), 0)
PY
