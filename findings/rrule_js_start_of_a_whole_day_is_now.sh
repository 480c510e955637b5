#!/usr/bin/env bash
# rrule 2.8.1 from npm: rrulestr() of a rule whose start is a day without an hour, DTSTART;VALUE=DATE:20200131 (RFC
# 5545, 3.8.2.4), as calendar files of whole-day events have it.
#
# Behaviour: the start is dropped without a word and the rule starts now: the last day of each month, three times, from
# January 2020, is given as the next three ends of months, with the clock's hour. DTSTART:20200131 is read as it should
# be.
# One would guess: VALUE=DATE is understood, or refused.
#
# Seen (the days that VALUE=DATE gives are those of the day it is run):
#     DTSTART:20200131: ["2020-01-31","2020-02-29","2020-03-31"]
#     DTSTART;VALUE=DATE:20200131, its start: null
#     DTSTART;VALUE=DATE:20200131, days before 2026: 0
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo "needs node and npm" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit rrule@2.8.1 >/dev/null ||
    { echo "npm could not install what is needed" >&2; exit 2; }
cat >read.js <<'JS'
function same(what, seen, wanted) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
    console.error(`changed: ${what} was ${JSON.stringify(wanted)}`);
    process.exit(1);
  }
}
const { rrulestr } = require("rrule");
const rule = (start) => rrulestr(`${start}\nRRULE:FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3`);
const days = (start) => rule(start).all().map((day) => day.toISOString().slice(0, 10));
same("DTSTART:20200131", days("DTSTART:20200131"), ["2020-01-31", "2020-02-29", "2020-03-31"]);
const whole = "DTSTART;VALUE=DATE:20200131";
same(`${whole}, its start`, rule(whole).origOptions.dtstart ?? null, null);
same(`${whole}, days before 2026`, days(whole).filter((day) => day < "2026").length, 0);
JS
node read.js
