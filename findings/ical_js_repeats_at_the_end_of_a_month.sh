#!/usr/bin/env bash
# ical.js 2.2.1 from npm: RRULEs (RFC 5545, 3.3.10) that fall on the end of a month, each with a COUNT.
#
# Behaviour: "each year" from 29 February 2024 goes on with 1 March 2025, where the RFC leaves out years without the
# day; "the last of the days 28 to 31" gives 28 and 29 March for one month; the ends of quarters turn to 1 July in the
# second year (FREQ=YEARLY), or end with the year (FREQ=MONTHLY, from April). dateutil 2.9.0.post0 gives what the RFC
# says, and so does ical.js for the last day of each month, FREQ=MONTHLY;BYMONTHDAY=-1.
# One would guess: the two give the same days.
#
# Seen:
#     each year: ["2024-02-29","2025-03-01","2026-03-01","2027-03-01"]
#     each year by dateutil: ["2024-02-29","2028-02-29","2032-02-29","2036-02-29"]
#     last of 28 to 31: ["2026-01-31","2026-02-28","2026-03-28","2026-03-29"]
#     last of 28 to 31 by dateutil: ["2026-01-31","2026-02-28","2026-03-31","2026-04-30"]
#     quarters: ["2026-03-31","2026-06-30","2026-09-30","2026-12-31","2027-03-31","2027-07-01"]
#     quarters by dateutil: ["2026-03-31","2026-06-30","2026-09-30","2026-12-31","2027-03-31","2027-06-30"]
#     from April: ["2026-04-30","2026-07-31","2026-10-31"]
#     from April by dateutil: ["2026-04-30","2026-07-31","2026-10-31","2027-01-31"]
#     ends of months: ["2026-01-31","2026-02-28","2026-03-31","2026-04-30"]
#     ends of months by dateutil: ["2026-01-31","2026-02-28","2026-03-31","2026-04-30"]
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo "needs node and npm" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-dateutil==2.9.0.post0 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
npm install --silent --no-fund --no-audit ical.js@2.2.1 >/dev/null ||
    { echo "npm could not install what is needed" >&2; exit 2; }
cat >days.mjs <<'JS'
import ICAL from "ical.js";
const [day, rule] = process.argv.slice(2);
const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//a//b//EN", "BEGIN:VEVENT", "UID:1@example.org"];
lines.push("DTSTAMP:20240101T000000Z", `DTSTART;VALUE=DATE:${day}`, `RRULE:${rule}`, "END:VEVENT", "END:VCALENDAR", "");
const calendar = new ICAL.Component(ICAL.parse(lines.join("\r\n")));
const days = new ICAL.Event(calendar.getFirstSubcomponent("vevent")).iterator();
const found = [];
for (let one = days.next(); one && found.length < 9; one = days.next()) found.push(String(one));
console.log(JSON.stringify(found));
JS
cat >days.py <<'PY'
import json
import sys

from dateutil.rrule import rrulestr

day, rule = sys.argv[1:]
print(json.dumps([str(one.date()) for one in rrulestr(f"DTSTART:{day}\nRRULE:{rule}")], separators=(",", ":")))
PY
same() {
    echo "$1: $2"
    [ "$2" = "$3" ] || { echo "changed: $1 was $3" >&2; exit 1; }
}
both() {
    same "$1" "$(node days.mjs "$2" "$3")" "$4"
    same "$1 by dateutil" "$(venv/bin/python days.py "$2" "$3")" "$5"
}
both "each year" 20240229 "FREQ=YEARLY;COUNT=4" \
    '["2024-02-29","2025-03-01","2026-03-01","2027-03-01"]' '["2024-02-29","2028-02-29","2032-02-29","2036-02-29"]'
both "last of 28 to 31" 20260131 "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1;COUNT=4" \
    '["2026-01-31","2026-02-28","2026-03-28","2026-03-29"]' '["2026-01-31","2026-02-28","2026-03-31","2026-04-30"]'
both "quarters" 20260331 "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1;COUNT=6" \
    '["2026-03-31","2026-06-30","2026-09-30","2026-12-31","2027-03-31","2027-07-01"]' \
    '["2026-03-31","2026-06-30","2026-09-30","2026-12-31","2027-03-31","2027-06-30"]'
both "from April" 20260430 "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=-1;COUNT=4" \
    '["2026-04-30","2026-07-31","2026-10-31"]' '["2026-04-30","2026-07-31","2026-10-31","2027-01-31"]'
both "ends of months" 20260131 "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=4" \
    '["2026-01-31","2026-02-28","2026-03-31","2026-04-30"]' '["2026-01-31","2026-02-28","2026-03-31","2026-04-30"]'
