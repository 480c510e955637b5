#!/usr/bin/env bash
# xlsx-populate 1.21.0 from npm: a workbook made with exceljs 4.4.0 is opened, one text is changed, and it is saved.
#
# Behaviour: no formula has its stored result any more, not those that nothing changed for either: `<f>SUM(A1:A2)</f>` and
# no value. A cell that holds the error #N/A is saved as a blank one.
# One would guess: what was not touched is written as it was read.
#
# Seen:
#     formula before: <c r="B1"><f>SUM(A1:A2)</f><v>5</v></c>
#     formula after: <c r="B1"><f>SUM(A1:A2)</f></c>
#     error before: <c r="B2" t="e"><v>#N/A</v></c>
#     error after: <c r="B2"><v></v></c>
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo "needs node and npm" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit xlsx-populate@1.21.0 exceljs@4.4.0 jszip@3.10.1 >/dev/null ||
    { echo "npm could not install what is needed" >&2; exit 2; }
cat >read.js <<'JS'
function same(what, seen, wanted) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
    console.error(`changed: ${what} was ${JSON.stringify(wanted)}`);
    process.exit(1);
  }
}
const { readFileSync } = require("fs");
const { Workbook } = require("exceljs");
const JSZip = require("jszip");
const { fromFileAsync } = require("xlsx-populate");

async function cell(name, place) {
  const zip = await JSZip.loadAsync(readFileSync(name));
  const sheet = await zip.file("xl/worksheets/sheet1.xml").async("string");
  return sheet.match(new RegExp(`<c r="${place}".*?</c>`))[0];
}

(async () => {
  const made = new Workbook();
  made.addWorksheet("S").addRows([
    [2, { formula: "SUM(A1:A2)", result: 5 }],
    [3, { error: "#N/A" }],
    ["a text"],
  ]);
  await made.xlsx.writeFile("made.xlsx");
  const book = await fromFileAsync("made.xlsx");
  book.sheet(0).cell("A3").value("another text");
  await book.toFileAsync("saved.xlsx");
  same("formula before", await cell("made.xlsx", "B1"), '<c r="B1"><f>SUM(A1:A2)</f><v>5</v></c>');
  same("formula after", await cell("saved.xlsx", "B1"), '<c r="B1"><f>SUM(A1:A2)</f></c>');
  same("error before", await cell("made.xlsx", "B2"), '<c r="B2" t="e"><v>#N/A</v></c>');
  same("error after", await cell("saved.xlsx", "B2"), '<c r="B2"><v></v></c>');
})();
JS
node read.js
