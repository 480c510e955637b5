#!/usr/bin/env bash
# node-ical 0.26.1 from npm: "each month" from 31 January, "each quarter" from 31 March and "each year" from 29 February.
#
# Behaviour: a month without such a day gives its last one, and from then on that day stands for the first: 31 January, 28 February,
# 28 March. From 29 February 2024 the event of 2028 is on the 28th. With BYMONTHDAY=31 or -1 the days are right.
# One would guess: RFC 5545 (3.3.10): days that there are not are passed over, as dateutil 2.9.0 does, and 31 March is the next.
#
# Seen:
#     each month from 31 January: ["2026-01-31","2026-02-28","2026-03-28"]
#     each quarter from 31 March: ["2026-03-31","2026-06-30","2026-09-30","2026-12-30"]
#     each year from 29 February: ["2024-02-29","2025-02-28","2026-02-28","2027-02-28","2028-02-28"]
#     BYMONTHDAY=31: ["2026-01-31","2026-03-31","2026-05-31"]
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo "needs node and npm" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit node-ical@0.26.1 >/dev/null ||
    { echo "npm could not install what is needed" >&2; exit 2; }
cat >read.js <<'JS'
function same(what, seen, wanted) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
    console.error(`changed: ${what} was ${JSON.stringify(wanted)}`);
    process.exit(1);
  }
}
process.env.TZ = "UTC";
const ical = require("node-ical");
function days(start, rule) {
  const lines = ["UID:1", "DTSTAMP:20240101T000000Z", `DTSTART;VALUE=DATE:${start}`, `RRULE:${rule}`];
  const event = ["BEGIN:VEVENT", ...lines, "END:VEVENT"];
  const text = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", ...event, "END:VCALENDAR", ""].join("\r\n");
  return ical.sync.parseICS(text)["1"].rrule.all().map((day) => day.toISOString().slice(0, 10));
}
same("each month from 31 January", days("20260131", "FREQ=MONTHLY;COUNT=3"), ["2026-01-31", "2026-02-28", "2026-03-28"]);
const quarters = ["2026-03-31", "2026-06-30", "2026-09-30", "2026-12-30"];
same("each quarter from 31 March", days("20260331", "FREQ=MONTHLY;INTERVAL=3;COUNT=4"), quarters);
const years = ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-28"];
same("each year from 29 February", days("20240229", "FREQ=YEARLY;COUNT=5"), years);
const last = ["2026-01-31", "2026-03-31", "2026-05-31"];
same("BYMONTHDAY=31", days("20260131", "FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3"), last);
JS
node read.js
