#!/usr/bin/env bash
# xlsx (SheetJS) 0.18.5 from npm: formulas without a stored value, as openpyxl 3.1.5 writes them.
#
# Behaviour: a cell with a formula and no value is not there at all, though formulas are read: neither sheet["A1"] nor
# the formula. Read and written again, the workbook has lost its formulas. Only with sheetStubs is the cell there, with the
# value 0.
# One would guess: the formula is kept without a value, as exceljs 4.4.0 keeps it.
#
# Seen:
#     cells: ["B1"]
#     formulas when written again: []
#     with sheetStubs: ["B1+1",0]
#     exceljs: {"formula":"B1+1"}
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo "needs node and npm" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openpyxl==3.1.5 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import openpyxl

book = openpyxl.Workbook()
book.active["A1"], book.active["B1"] = "=B1+1", 5
book.save("book.xlsx")
PY
npm install --silent --no-fund --no-audit xlsx@0.18.5 exceljs@4.4.0 >/dev/null ||
    { echo "npm could not install what is needed" >&2; exit 2; }
node - <<'JS'
function same(what, seen, wanted) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
    console.error(`changed: ${what} was ${JSON.stringify(wanted)}`);
    process.exit(1);
  }
}
const { readFile, writeFile } = require("xlsx");
const read = (name, options) => readFile(name, options).Sheets.Sheet;
const cells = (sheet) => Object.keys(sheet).filter((key) => !key.startsWith("!"));
same("cells", cells(read("book.xlsx")), ["B1"]);
writeFile(readFile("book.xlsx"), "again.xlsx");
const again = read("again.xlsx", { sheetStubs: true });
same("formulas when written again", cells(again).filter((key) => again[key].f), []);
const stub = read("book.xlsx", { sheetStubs: true }).A1;
same("with sheetStubs", [stub.f, stub.v], ["B1+1", 0]);
const { Workbook } = require("exceljs");
new Workbook().xlsx.readFile("book.xlsx").then((book) => {
  same("exceljs", book.worksheets[0].getCell("A1").value, { formula: "B1+1" });
});
JS
