#!/usr/bin/env bash
# xlsx-calc 0.9.2 from npm, over xlsx (SheetJS) 0.18.5: functions of days, of 4 and 31 March 2026 (46085 and 46112).
#
# Behaviour: TODAY() is an object of JavaScript, in milliseconds since 1970, and days are numbers: a day of the year 2173 (100000) is
# before it. YEAR of a number is #VALUE!. DATEDIF takes days for milliseconds: 27 days are 1, whatever the unit but "Y". EOMONTH of
# 31 March 2026 is in January 1970. MAX of two numbers and a text is the text.
# One would guess: numbers of days, as the cells hold.
#
# Seen:
#     IF(A3>TODAY(),"in time","late"): "late"
#     YEAR(A2): "#VALUE!"
#     DATEDIF(A1,A2,"d"): 1
#     EOMONTH(A2,0): "1970-01-31"
#     MAX(A1:A4): "text"
#     A2-A1: 27
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo "needs node and npm" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit xlsx-calc@0.9.2 xlsx@0.18.5 >/dev/null ||
    { echo "npm could not install what is needed" >&2; exit 2; }
cat >read.js <<'JS'
function same(what, seen, wanted) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
    console.error(`changed: ${what} was ${JSON.stringify(wanted)}`);
    process.exit(1);
  }
}
process.env.TZ = "UTC";
const calculate = require("xlsx-calc");
function counted(f) {
  const cells = { A1: { t: "n", v: 46085 }, A2: { t: "n", v: 46112 }, A3: { t: "n", v: 100000 }, A4: { t: "s", v: "text" } };
  const sheet = { ...cells, B1: { t: "n", f }, "!ref": "A1:B4" };
  calculate({ SheetNames: ["S"], Sheets: { S: sheet } });
  const { t, v, w } = sheet.B1;
  return t === "e" ? w : v instanceof Date ? v.toISOString().slice(0, 10) : v;
}
const wanted = {
  'IF(A3>TODAY(),"in time","late")': "late",
  "YEAR(A2)": "#VALUE!",
  'DATEDIF(A1,A2,"d")': 1,
  "EOMONTH(A2,0)": "1970-01-31",
  "MAX(A1:A4)": "text",
  "A2-A1": 27,
};
Object.entries(wanted).forEach(([formula, answer]) => same(formula, counted(formula), answer));
JS
node read.js
