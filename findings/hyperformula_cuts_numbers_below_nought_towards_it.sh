#!/usr/bin/env bash
# HyperFormula 3.5.0 from npm: INT and whole weeks of a number of days below 0, as days that are overdue.
#
# Behaviour: INT(-0.5) is 0 and INT(-8/7) is -1: the fraction is cut off. FLOOR(-8/7,1) is -2, and MOD(-3,7) is 4, which stands
# on rounding down.
# One would guess: INT rounds down, to -1 and -2, as in Excel and LibreOffice, and so that INT(a/b)*b+MOD(a,b) is a.
#
# Seen:
#     =INT(-0.5): 0
#     =INT(-8/7): -1
#     =FLOOR(-8/7,1): -2
#     =INT(-3/7)*7+MOD(-3,7): 4
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
const wanted = { "=INT(-0.5)": 0, "=INT(-8/7)": -1, "=FLOOR(-8/7,1)": -2, "=INT(-3/7)*7+MOD(-3,7)": 4 };
const formulas = Object.keys(wanted);
const book = HyperFormula.buildFromArray([formulas], { licenseKey: "gpl-v3" });
formulas.forEach((formula, col) => {
  const found = book.getCellValue({ sheet: 0, row: 0, col });
  same(formula, found === 0 ? 0 : found, wanted[formula]);
});
JS
node read.js
