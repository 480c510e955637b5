#!/usr/bin/env bash
# date-fns 4.4.0 from npm: terms that end at the end of February.
#
# Behaviour: from 29 January to 28 February 2026 is one month, backwards none; from 28 February 2026 to that day of 2027
# are 12 months, backwards 11. From 29 February 2024 to 28 February 2025 are 12 months and no year (differenceInYears).
# From 31 January to 28 February 2024, a leap year, are one month and -1 day (intervalToDuration).
# One would guess: whole months, the same in both directions; 12 of them a year; no days below nought.
#
# Seen:
#     29 January to 28 February, there and back: [1,0]
#     28 February to 28 February, there and back: [12,-11]
#     29 February 2024 to 28 February 2025: [12,0,{"months":12}]
#     31 January to 28 February 2024: {"months":1,"days":-1}
# Reported: date-fns/date-fns, issues 3333, 3436 and 3534 (open).
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo "needs node and npm" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit date-fns@4.4.0 >/dev/null ||
    { echo "npm could not install what is needed" >&2; exit 2; }
cat >read.js <<'JS'
function same(what, seen, wanted) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
    console.error(`changed: ${what} was ${JSON.stringify(wanted)}`);
    process.exit(1);
  }
}
const { differenceInMonths, differenceInYears, intervalToDuration } = require("date-fns");
const day = (year, month, date) => new Date(year, month - 1, date);
const both = (start, end) => [differenceInMonths(end, start), differenceInMonths(start, end)];
same("29 January to 28 February, there and back", both(day(2026, 1, 29), day(2026, 2, 28)), [1, 0]);
same("28 February to 28 February, there and back", both(day(2026, 2, 28), day(2027, 2, 28)), [12, -11]);
const [leap, next] = [day(2024, 2, 29), day(2025, 2, 28)];
const whole = intervalToDuration({ start: leap, end: next });
const seen = [differenceInMonths(next, leap), differenceInYears(next, leap), whole];
same("29 February 2024 to 28 February 2025", seen, [12, 0, { months: 12 }]);
const month = intervalToDuration({ start: day(2024, 1, 31), end: day(2024, 2, 28) });
same("31 January to 28 February 2024", month, { months: 1, days: -1 });
JS
node read.js
