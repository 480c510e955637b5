#!/usr/bin/env bash
# ical-generator 10.2.0 from npm (node 20): an event of a whole day, made from new Date(2026, 2, 31), where the
# computer's time zone is Moscow's.
#
# Behaviour: the calendar file says 30 March: the day is taken by UTC, in which Moscow's midnight is of the day before.
# With UTC or in New York it is the 31st, and so it is in Moscow when the calendar is given a time zone.
# One would guess: the day that the Date shows, for an event that has no hour.
#
# Seen:
#     UTC: "DTSTART;VALUE=DATE:20260331"
#     America/New_York: "DTSTART;VALUE=DATE:20260331"
#     Europe/Moscow: "DTSTART;VALUE=DATE:20260330"
#     Europe/Moscow, told so: "DTSTART;VALUE=DATE:20260331"
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo "needs node and npm" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit ical-generator@10.2.0 >/dev/null ||
    { echo "npm could not install what is needed" >&2; exit 2; }
cat >read.js <<'JS'
function same(what, seen, wanted) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
    console.error(`changed: ${what} was ${JSON.stringify(wanted)}`);
    process.exit(1);
  }
}
const { default: ical } = require("ical-generator");
const start = (zone) => {
  const calendar = ical(zone ? { timezone: zone } : {});
  calendar.createEvent({ start: new Date(2026, 2, 31), allDay: true, summary: "a" });
  return calendar.toString().match(/DTSTART\S*/)[0];
};
const zone = process.env.TZ;
const moscow = zone === "Europe/Moscow";
same(zone, start(), `DTSTART;VALUE=DATE:202603${moscow ? 30 : 31}`);
if (moscow) same(`${zone}, told so`, start(zone), "DTSTART;VALUE=DATE:20260331");
JS
for zone in UTC America/New_York Europe/Moscow; do TZ=$zone node read.js; done
