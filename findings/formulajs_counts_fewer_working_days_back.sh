#!/usr/bin/env bash
# @formulajs/formulajs 4.6.1 from npm: NETWORKDAYS from a later day to an earlier one.
#
# Behaviour: from Friday 9 January 2026 back to Monday the 5th there are -3 working days, though forward there are 5: of
# a stretch that is counted back, the first and the last day are left out. From Wednesday 7 to Tuesday 6 there are none.
# One would guess: -5 and -2, as in Excel and LibreOffice, where both ends count whichever way one goes.
#
# Seen:
#     from 5 to 9 January: 5
#     from 9 to 5 January: -3
#     from 7 to 6 January: 0
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo "needs node and npm" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit @formulajs/formulajs@4.6.1 >/dev/null ||
    { echo "npm could not install what is needed" >&2; exit 2; }
cat >read.js <<'JS'
function same(what, seen, wanted) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
    console.error(`changed: ${what} was ${JSON.stringify(wanted)}`);
    process.exit(1);
  }
}
const { NETWORKDAYS } = require("@formulajs/formulajs");
for (const [first, last, wanted] of [[5, 9, 5], [9, 5, -3], [7, 6, 0]]) {
  const found = NETWORKDAYS(new Date(2026, 0, first), new Date(2026, 0, last));
  same(`from ${first} to ${last} January`, found === 0 ? 0 : found, wanted);
}
JS
node read.js
