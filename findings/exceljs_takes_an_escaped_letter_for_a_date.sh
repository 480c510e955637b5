#!/usr/bin/env bash
# exceljs 4.4.0 from npm: numbers with a letter escaped by a backslash in their format (workbook by XlsxWriter 3.3.1).
#
# Behaviour: 30 with the format 0\ \d, which shows as "30 d", is read as a date, 29 January 1900; with 0" d", which
# shows the same, it is 30. python-calamine 0.9.1 and openpyxl 3.1.5 read 30 both times.
# One would guess: an escaped letter is a letter, as a quoted one is.
#
# Seen:
#     escaped by openpyxl and python-calamine: [30, 30.0]
#     quoted by openpyxl and python-calamine: [30, 30.0]
#     escaped by exceljs: "1900-01-29T00:00:00.000Z"
#     quoted by exceljs: 30
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo "needs node and npm" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check xlsxwriter==3.3.1 openpyxl==3.1.5 python-calamine==0.9.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
npm install --silent --no-fund --no-audit exceljs@4.4.0 >/dev/null ||
    { echo "npm could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import openpyxl
import python_calamine
import xlsxwriter

with xlsxwriter.Workbook("book.xlsx") as book:
    sheet = book.add_worksheet()
    for row, kind in enumerate((r"0\ \d", '0" d"')):
        sheet.write_number(row, 0, 30, book.add_format({"num_format": kind}))
by_openpyxl = [row[0].value for row in openpyxl.load_workbook("book.xlsx").active]
by_calamine = [row[0] for row in python_calamine.load_workbook("book.xlsx").get_sheet_by_index(0).to_python()]
for what, *seen in zip(("escaped", "quoted"), by_openpyxl, by_calamine):
    same(f"{what} by openpyxl and python-calamine", seen, [30, 30.0])
PY
cat >read.js <<'JS'
function same(what, seen, wanted) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
    console.error(`changed: ${what} was ${JSON.stringify(wanted)}`);
    process.exit(1);
  }
}
const { Workbook } = require("exceljs");
const book = new Workbook();
book.xlsx.readFile("book.xlsx").then(() => {
  const sheet = book.worksheets[0];
  same("escaped by exceljs", sheet.getCell("A1").value, new Date("1900-01-29"));
  same("quoted by exceljs", sheet.getCell("A2").value, 30);
});
JS
node read.js
