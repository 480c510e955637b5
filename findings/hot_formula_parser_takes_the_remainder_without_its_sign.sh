#!/usr/bin/env bash
# hot-formula-parser 4.0.0 from npm: MOD, SUBSTITUTE, MAX of days and a day with days added.
#
# Behaviour: MOD(-5,3) is 2, where it is 1 in other spreadsheets; SUBSTITUTE("aaa","a","b",2) is TRUE. No day stands for
# a number: the later of two (MAX) is 0, a day with 30 added #VALUE!; but DATE(2026,3,31)>46000 is TRUE.
# One would guess: 1, aba, the later day, and 30 April.
#
# Seen:
#     MOD(-5,3): 2
#     SUBSTITUTE("aaa","a","b",2): true
#     MAX(DATE(2026,3,31),DATE(2026,1,1)): 0
#     DATE(2026,3,31)+30: "#VALUE!"
#     DATE(2026,3,31)>46000: true
# Mended in the library of functions it stands on: formulajs/formulajs, pull request 5.
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo "needs node and npm" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit hot-formula-parser@4.0.0 >/dev/null ||
    { echo "npm could not install what is needed" >&2; exit 2; }
cat >read.js <<'JS'
function same(what, seen, wanted) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
    console.error(`changed: ${what} was ${JSON.stringify(wanted)}`);
    process.exit(1);
  }
}
const parser = new (require("hot-formula-parser").Parser)();
const counted = (formula) => {
  const { error, result } = parser.parse(formula);
  return error ?? result;
};
for (const [formula, wanted] of [
  ["MOD(-5,3)", 2],
  ['SUBSTITUTE("aaa","a","b",2)', true],
  ["MAX(DATE(2026,3,31),DATE(2026,1,1))", 0],
  ["DATE(2026,3,31)+30", "#VALUE!"],
  ["DATE(2026,3,31)>46000", true],
]) {
  same(formula, counted(formula), wanted);
}
JS
node read.js
