#!/usr/bin/env bash
# @jspreadsheet/formula 2.0.2 (npm): comparisons and rounding.
#
# Behaviour: IF(A1="",1,0) is 1 where A1 holds 0, "0012"=12 is TRUE, and the text 0012 of a cell is joined to another one as
# 10, its value in base 8. ROUND(-2.5,0) is -2.
# One would guess: 0, FALSE, 0012x and -3, as in Excel.
#
# Seen:
#     IF(A1="",1,0): 1
#     "0012"=12: true
#     A1&"x": 10x
#     ROUND(-2.5,0): -2
#     ROUND(2.5,0): 3
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo "needs node and npm" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit --prefix "$work" @jspreadsheet/formula@2.0.2 >/dev/null ||
    { echo "npm could not install what is needed" >&2; exit 2; }
cat >run.cjs <<'JS'
const same = (what, seen, wanted) => {
  console.log(`${what}: ${seen}`);
  if (seen !== wanted) {
    console.error(`changed: ${what} was ${wanted}`);
    process.exit(1);
  }
};
const formula = require("@jspreadsheet/formula");
same('IF(A1="",1,0)', String(formula('IF(A1="",1,0)', { A1: 0 })), "1");
same('"0012"=12', String(formula('"0012"=12', {})), "true");
same('A1&"x"', String(formula('A1&"x"', { A1: "0012" })), "10x");
same("ROUND(-2.5,0)", String(formula("ROUND(-2.5,0)", {})), "-2");
same("ROUND(2.5,0)", String(formula("ROUND(2.5,0)", {})), "3");
JS
TZ=UTC node run.cjs
