#!/usr/bin/env bash
# ics 0.7.3 (ics.py): a calendar file read and written again, and an event of a day made a whole-day one.
#
# Behaviour: an alarm counted from the end of the event (RELATED=END, RFC 5545 3.8.6.3) is written as one from its
# start: a day too early for an event of one day. CALSCALE:GEORGIAN is added, no calendar that RFC 5545 knows. An event
# from the midnight of 31 March to the next, of which make_all_day() is asked, ends on 2 April: two days.
# One would guess: what was only read is written as it was, and a day stays one day.
#
# Seen:
#     triggers: ['TRIGGER:-PT9H']
#     calendar: ['CALSCALE:GEORGIAN']
#     whole day: ['DTSTART;VALUE=DATE:20260331', 'DTEND;VALUE=DATE:20260402']
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ics==0.7.3 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


from datetime import datetime

from ics import Calendar, Event

lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//a//b//EN", "BEGIN:VEVENT", "UID:1@example.org"]
lines += ["DTSTAMP:20260101T000000Z", "DTSTART;VALUE=DATE:20260331", "SUMMARY:a", "BEGIN:VALARM", "ACTION:DISPLAY"]
lines += ["DESCRIPTION:a", "TRIGGER;RELATED=END:-PT9H", "END:VALARM", "END:VEVENT", "END:VCALENDAR", ""]
written = Calendar("\r\n".join(lines)).serialize().split("\r\n")
same("triggers", [line for line in written if line.startswith("TRIGGER")], ["TRIGGER:-PT9H"])
same("calendar", [line for line in written if line.startswith("CALSCALE")], ["CALSCALE:GEORGIAN"])
event = Event(name="a", begin=datetime(2026, 3, 31), end=datetime(2026, 4, 1))
event.make_all_day()
written = Calendar(events=[event]).serialize().split("\r\n")
days = ["DTSTART;VALUE=DATE:20260331", "DTEND;VALUE=DATE:20260402"]
same("whole day", [line for line in written if line.startswith(("DTSTART", "DTEND"))], days)
PY
