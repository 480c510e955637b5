#!/usr/bin/env bash
# hyperformula 3.5.0 from npm: TEXT with the name of a month or weekday, and DATEDIF.
#
# Behaviour: TEXT(46046,"d mmmm yyyy") is "24 0100 2026", "dddd" is "2424", and half as "0%" is "1%": what the library
# does not know of a format is taken letter by letter. DATEDIF takes "M" and answers #NUM! to "m", while names of
# functions are read in any case.
# One would guess: "24 January 2026", or an error for a format that is not known; and "m" as "M", as in Excel.
#
# Seen:
#     =TEXT(46046,"dd.mm.yyyy"): "24.01.2026"
#     =TEXT(46046,"d mmmm yyyy"): "24 0100 2026"
#     =TEXT(46046,"dddd"): "2424"
#     =TEXT(0.5,"0%"): "1%"
#     =datedif(46053,46082,"M"): 1
#     =DATEDIF(46053,46082,"m"): "#NUM!"
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo "needs node and npm" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit hyperformula@3.5.0 >/dev/null ||
    { echo "npm could not install what is needed" >&2; exit 2; }
cat >read.js <<'JS'
function same(what, seen, wanted) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
    console.error(`changed: ${what} was ${JSON.stringify(wanted)}`);
    process.exit(1);
  }
}
const { HyperFormula } = require("hyperformula");
const wanted = [
  ['=TEXT(46046,"dd.mm.yyyy")', "24.01.2026"],
  ['=TEXT(46046,"d mmmm yyyy")', "24 0100 2026"],
  ['=TEXT(46046,"dddd")', "2424"],
  ['=TEXT(0.5,"0%")', "1%"],
  ['=datedif(46053,46082,"M")', 1],
  ['=DATEDIF(46053,46082,"m")', "#NUM!"],
];
const sheet = HyperFormula.buildFromArray(wanted.map(([formula]) => [formula]), { licenseKey: "gpl-v3" });
wanted.forEach(([formula, answer], row) => {
  const found = sheet.getCellValue({ sheet: 0, row, col: 0 });
  same(formula, found.value ?? found, answer);
});
JS
node read.js
