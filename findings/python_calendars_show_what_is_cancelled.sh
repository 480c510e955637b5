#!/usr/bin/env bash
# recurring-ical-events 3.8.2 and icalevents 0.3.1: an event of a whole day that is cancelled (STATUS:CANCELLED).
#
# Behaviour: both give it among the events of its day, with its status, like any other. Of an event that a later SEQUENCE
# of its UID has moved, recurring-ical-events gives the new day alone, icalevents the old one as well.
# One would guess: what is called off is left out, as the old day is.
#
# Seen:
#     recurring-ical-events, cancelled: ['2026-03-30 CANCELLED']
#     icalevents, cancelled: ['2026-03-30 CANCELLED']
#     recurring-ical-events, moved: ['2026-04-02 CONFIRMED']
#     icalevents, moved: ['2026-03-30 CONFIRMED', '2026-04-02 CONFIRMED']
# Told of recurring events by the maintainer: niccokunzmann/python-recurring-ical-events, issue 18.
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


def event(day, sequence, status):
    said = ["BEGIN:VEVENT", "UID:1@example.org", "DTSTAMP:20260101T000000Z", f"SEQUENCE:{sequence}", f"STATUS:{status}"]
    return [*said, f"DTSTART;VALUE=DATE:{day}", f"DTEND;VALUE=DATE:{day + 1}", "SUMMARY:File it", "END:VEVENT"]


def calendar(*events):
    lines = [line for one in events for line in one]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//EN", *lines, "END:VCALENDAR", ""])


def recurring(text):
    found = recurring_ical_events.of(Calendar.from_ical(text)).between((2026, 3, 1), (2026, 5, 1))
    return [f"{one['DTSTART'].dt} {one['STATUS']}" for one in found]


def icalevents(text):
    found = events(string_content=text.encode(), start=date(2026, 3, 1), end=date(2026, 5, 1))
    return sorted(f"{one.start:%Y-%m-%d} {one.status}" for one in found)


off = calendar(event(20260330, 2, "CANCELLED"))
moved = calendar(event(20260330, 0, "CONFIRMED"), event(20260402, 1, "CONFIRMED"))
same("recurring-ical-events, cancelled", recurring(off), ["2026-03-30 CANCELLED"])
same("icalevents, cancelled", icalevents(off), ["2026-03-30 CANCELLED"])
same("recurring-ical-events, moved", recurring(moved), ["2026-04-02 CONFIRMED"])
same("icalevents, moved", icalevents(moved), ["2026-03-30 CONFIRMED", "2026-04-02 CONFIRMED"])
PY
