#!/usr/bin/env bash
# exceljs 4.4.0 from npm: a workbook with a table (made with XlsxWriter 3.3.1), read and written again without a change.
#
# Behaviour: the table is written with headerRowCount="0" and totalsRowShown="1": its headers are a row of data now, which
# formulas such as SUM(T[a]) and readers that go by the table count in.
# One would guess: what was only read is written as it was; range, columns and style are.
#
# Seen:
#     made: ["ref A1:B3","headerRowCount not said","totalsRowShown 0"]
#     written again: ["ref A1:B3","headerRowCount 0","totalsRowShown 1"]
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo "needs node and npm" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check xlsxwriter==3.3.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import xlsxwriter

with xlsxwriter.Workbook("book.xlsx") as book:
    sheet = book.add_worksheet("S")
    columns = [{"header": "a"}, {"header": "b"}]
    sheet.add_table("A1:B3", {"name": "T", "data": [[1, 2], [3, 4]], "columns": columns})
PY
npm install --silent --no-fund --no-audit exceljs@4.4.0 jszip@3.10.1 >/dev/null ||
    { echo "npm could not install what is needed" >&2; exit 2; }
node - <<'JS'
function same(what, seen, wanted) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
    console.error(`changed: ${what} was ${JSON.stringify(wanted)}`);
    process.exit(1);
  }
}
const { readFileSync } = require("fs");
const JSZip = require("jszip");
const { Workbook } = require("exceljs");

async function table(name) {
  const package = await JSZip.loadAsync(readFileSync(name));
  const text = await package.file("xl/tables/table1.xml").async("string");
  const said = (attribute) => (text.match(new RegExp(` ${attribute}="([^"]*)"`)) || [])[1] ?? "not said";
  return ["ref", "headerRowCount", "totalsRowShown"].map((attribute) => `${attribute} ${said(attribute)}`);
}

(async () => {
  const book = new Workbook();
  await book.xlsx.readFile("book.xlsx");
  await book.xlsx.writeFile("again.xlsx");
  same("made", await table("book.xlsx"), ["ref A1:B3", "headerRowCount not said", "totalsRowShown 0"]);
  same("written again", await table("again.xlsx"), ["ref A1:B3", "headerRowCount 0", "totalsRowShown 1"]);
})();
JS
