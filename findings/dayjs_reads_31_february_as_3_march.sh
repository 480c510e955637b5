#!/usr/bin/env bash
# dayjs 1.11.23 from npm, plugin customParseFormat: days that are none, with the format DD.MM.YYYY.
#
# Behaviour: 31.02.2026 is 3 March 2026, 04.13.2026 is 4 January 2027, 32.01.2026 is 1 February; isValid() is true. Only the
# third argument, true, refuses them. date-fns 4.4.0 refuses the same texts.
# One would guess: whoever names the format is told of a day that is none.
#
# Seen:
#     31.02.2026: [true,"2026-03-03"]
#     04.13.2026: [true,"2027-01-04"]
#     32.01.2026: [true,"2026-02-01"]
#     strictly: [false,false,false]
#     date-fns: [false,false,false]
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo "needs node and npm" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit dayjs@1.11.23 date-fns@4.4.0 >/dev/null ||
    { echo "npm could not install what is needed" >&2; exit 2; }
cat >read.js <<'JS'
function same(what, seen, wanted) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
    console.error(`changed: ${what} was ${JSON.stringify(wanted)}`);
    process.exit(1);
  }
}
const dayjs = require("dayjs");
const { isValid, parse } = require("date-fns");
dayjs.extend(require("dayjs/plugin/customParseFormat"));
const texts = ["31.02.2026", "04.13.2026", "32.01.2026"];
["2026-03-03", "2027-01-04", "2026-02-01"].forEach((wanted, index) => {
  const found = dayjs(texts[index], "DD.MM.YYYY");
  same(texts[index], [found.isValid(), found.format("YYYY-MM-DD")], [true, wanted]);
});
const never = [false, false, false];
same("strictly", texts.map((text) => dayjs(text, "DD.MM.YYYY", true).isValid()), never);
same("date-fns", texts.map((text) => isValid(parse(text, "dd.MM.yyyy", new Date(2026, 0, 1)))), never);
JS
node read.js
