#!/usr/bin/env bash
# exceljs 4.4.0 from npm: a workbook with a table, made with openpyxl 3.1.5, which names the table's part from the root of the
# package (Target="/xl/tables/table1.xml"), as Open Packaging allows (ECMA-376 part 2, 6.5.3).
#
# Behaviour: the workbook can't be read at all: "Cannot read properties of undefined (reading 'name')". The same workbook
# without the table is read, though its sheet is named from the root too.
# One would guess: a target from the root is found, as a sheet's is.
#
# Seen:
#     without the table: 1
#     with the table: "Cannot read properties of undefined (reading 'name')"
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
from openpyxl.worksheet.table import Table

book = openpyxl.Workbook()
for row in (["a", "b"], [1, 2], [3, 4]):
    book.active.append(row)
book.save("plain.xlsx")
book.active.add_table(Table(displayName="T", ref="A1:B3"))
book.save("table.xlsx")
PY
npm install --silent --no-fund --no-audit exceljs@4.4.0 >/dev/null ||
    { echo "npm could not install what is needed" >&2; exit 2; }
node - <<'JS'
function same(what, seen, wanted) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
    console.error(`changed: ${what} was ${JSON.stringify(wanted)}`);
    process.exit(1);
  }
}
const { Workbook } = require("exceljs");

async function read(name) {
  const book = new Workbook();
  try {
    await book.xlsx.readFile(name);
    return book.worksheets[0].getCell("A2").value;
  } catch (error) {
    return error.message;
  }
}

(async () => {
  same("without the table", await read("plain.xlsx"), 1);
  same("with the table", await read("table.xlsx"), "Cannot read properties of undefined (reading 'name')");
})();
JS
