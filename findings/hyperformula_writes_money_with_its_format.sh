#!/usr/bin/env bash
# HyperFormula 3.5.0 from npm: TEXT of a sum with a format that parts thousands, DATEDIF with a unit in small letters, MATCH with a
# wildcard.
#
# Behaviour: TEXT(1234.5,"#,##0.00") is "1235,##0.00": the sum is rounded to a whole one, and most of the format stands in the text
# as it is. DATEDIF with "y" is #NUM!, with "Y" 1. MATCH finds no "P-?", though COUNTIF of the same counts 2.
# One would guess: 1,234.50; units of DATEDIF in whichever letters, as names of functions are; wildcards in both or none.
#
# Seen:
#     =TEXT(1234.5,"#,##0.00"): "1235,##0.00"
#     =TEXT(-5,"0;-0"): "-5;-0"
#     =DATEDIF(46053,46418,"Y"): 1
#     =DATEDIF(46053,46418,"y"): "#NUM!"
#     =MATCH("P-?",A9:A10,0): "#N/A"
#     =COUNTIF(A9:A10,"P-?"): 2
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
const wanted = {
  '=TEXT(1234.5,"#,##0.00")': "1235,##0.00",
  '=TEXT(-5,"0;-0")': "-5;-0",
  '=DATEDIF(46053,46418,"Y")': 1,
  '=DATEDIF(46053,46418,"y")': "#NUM!",
  '=MATCH("P-?",A9:A10,0)': "#N/A",
  '=COUNTIF(A9:A10,"P-?")': 2,
};
const rows = Object.keys(wanted).map((formula) => [formula]);
const book = HyperFormula.buildFromArray([...rows, [], [], ["P-1"], ["P-2"]], { licenseKey: "gpl-v3" });
Object.entries(wanted).forEach(([formula, answer], row) => {
  const found = book.getCellValue({ sheet: 0, row, col: 0 });
  same(formula, found?.value ?? found, answer);
});
JS
node read.js
