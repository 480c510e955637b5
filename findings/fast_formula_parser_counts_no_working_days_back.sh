#!/usr/bin/env bash
# fast-formula-parser 1.0.19 from npm: working days counted back, and months added at the end of a month.
#
# Behaviour: WORKDAY and WORKDAY.INTL with a negative number give the day they start from, whatever the number, even
# when it is a Saturday; forward they are right. EDATE of 31 January plus one month is 3 March, while EOMONTH is right.
# Texts are compared by their letters' case, so that "a"="A" is FALSE.
# One would guess: Excel's answers, for the library is made to give them: five working days before Monday 5 January 2026
# are Monday 29 December, and the month after 31 January ends on 28 February.
#
# Seen (46027 is 5 January 2026, 46025 the Saturday before it, 46053 31 January):
#     WORKDAY(46027,5): 46034
#     WORKDAY(46027,-5): 46027
#     WORKDAY(46025,-1): 46025
#     WORKDAY.INTL(46027,-5): 46027
#     EDATE(46053,1): 46084
#     EOMONTH(46053,1): 46081
#     "a"="A": false
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo "needs node and npm" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit fast-formula-parser@1.0.19 >/dev/null ||
    { echo "npm could not install what is needed" >&2; exit 2; }
cat >read.js <<'JS'
function same(what, seen, wanted) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
    console.error(`changed: ${what} was ${JSON.stringify(wanted)}`);
    process.exit(1);
  }
}
const Parser = require("fast-formula-parser");
const parser = new Parser();
const wanted = [
  ["WORKDAY(46027,5)", 46034],
  ["WORKDAY(46027,-5)", 46027],
  ["WORKDAY(46025,-1)", 46025],
  ["WORKDAY.INTL(46027,-5)", 46027],
  ["EDATE(46053,1)", 46084],
  ["EOMONTH(46053,1)", 46081],
  ['"a"="A"', false],
];
for (const [formula, answer] of wanted) same(formula, parser.parse(formula, { row: 1, col: 1, sheet: "a" }), answer);
JS
node read.js
