#!/usr/bin/env bash
# ics.py 0.7.3: a calendar file without CALSCALE, as RFC 5545 (3.7.1) allows, read and written again.
#
# Behaviour: the file is written with CALSCALE:GEORGIAN, which is no calendar: the only value that the standard has is GREGORIAN. A
# file with CALSCALE:GREGORIAN keeps it, and a calendar that was not read from a file has none.
# One would guess: what was left out stays out, or is GREGORIAN.
#
# Seen:
#     without: ['CALSCALE:GEORGIAN']
#     with: ['CALSCALE:GREGORIAN']
#     new: []
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


from ics import Calendar

START, END = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n", "END:VCALENDAR\r\n"


def scale(calendar):
    return [line for line in calendar.serialize().splitlines() if line.startswith("CALSCALE")]


same("without", scale(Calendar(START + END)), ["CALSCALE:GEORGIAN"])
same("with", scale(Calendar(START + "CALSCALE:GREGORIAN\r\n" + END)), ["CALSCALE:GREGORIAN"])
same("new", scale(Calendar()), [])
PY
