#!/usr/bin/env bash
# ics 3.12.0 from npm: events of one whole day, made with the duration of a day, and with a day that there is not.
#
# Behaviour: the duration is written P1DT, which RFC 5545 (3.3.6) does not have: behind the T there is an hour, a minute or a
# second. 31 February is written as DTSTART;VALUE=DATE:20260231, with no error, though a start of another kind is refused.
# One would guess: P1D, and an error in words.
#
# Seen:
#     one day: ["DTSTART;VALUE=DATE:20260304","DURATION:P1DT"]
#     31 February: [null,"DTSTART;VALUE=DATE:20260231"]
#     a start of one number: true
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo "needs node and npm" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit ics@3.12.0 >/dev/null ||
    { echo "npm could not install what is needed" >&2; exit 2; }
cat >read.js <<'JS'
function same(what, seen, wanted) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
    console.error(`changed: ${what} was ${JSON.stringify(wanted)}`);
    process.exit(1);
  }
}
const { createEvent } = require("ics");
const lines = (made) => made.value.split("\r\n").filter((line) => /^(DTSTART|DURATION)/.test(line));
same("one day", lines(createEvent({ title: "x", start: [2026, 3, 4], duration: { days: 1 } })), [
  "DTSTART;VALUE=DATE:20260304",
  "DURATION:P1DT",
]);
const none = createEvent({ title: "x", start: [2026, 2, 31] });
same("31 February", [none.error, ...lines(none)], [null, "DTSTART;VALUE=DATE:20260231"]);
same("a start of one number", createEvent({ title: "x", start: [2026] }).error !== null, true);
JS
node read.js
