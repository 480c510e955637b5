#!/usr/bin/env bash
# date-fns 4.4.0 from npm: how long from 29 February 2024 to 28 February 2025; working days back from a Saturday.
#
# Behaviour: intervalToDuration gives 12 months and no year, though it is made to carry months over into years (from 28
# February to 28 February it gives 1 year). differenceInBusinessDays from Friday 9 January 2026 to Saturday the 10th is 1, to
# Sunday 1 also, and from Saturday to Monday 0.
# One would guess: 1 year, or 11 months and 30 days, as Excel's DATEDIF; and no working day from Friday to Saturday, one from
# Saturday to Monday.
#
# Seen:
#     29.02.2024-28.02.2025: {"months":12}
#     28.02.2024-28.02.2025: {"years":1}
#     Friday to Saturday: 1
#     Friday to Sunday: 1
#     Saturday to Monday: 0
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
const { differenceInBusinessDays, intervalToDuration } = require("date-fns");
const end = new Date(2025, 1, 28);
same("29.02.2024-28.02.2025", intervalToDuration({ start: new Date(2024, 1, 29), end }), { months: 12 });
same("28.02.2024-28.02.2025", intervalToDuration({ start: new Date(2024, 1, 28), end }), { years: 1 });
const spans = [["Friday to Saturday", 9, 10, 1], ["Friday to Sunday", 9, 11, 1], ["Saturday to Monday", 10, 12, 0]];
for (const [what, first, last, wanted] of spans) {
  const found = differenceInBusinessDays(new Date(2026, 0, last), new Date(2026, 0, first));
  same(what, found === 0 ? 0 : found, wanted);
}
JS
node read.js
