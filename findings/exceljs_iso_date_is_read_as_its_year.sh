#!/usr/bin/env bash
# exceljs 4.4.0 from npm: a date stored as ISO 8601 (t="d", ECMA-376 18.18.11), as openpyxl 3.1.5 writes with iso_dates.
#
# Behaviour: 2026-03-31 is read as the number 2026 and so, in a cell with a date format, as 18 July 1905.
# One would guess: the date, or an error; xlsx (SheetJS) 0.18.5 and openpyxl read the 31st of March 2026.
#
# Seen:
#     openpyxl: 2026-03-31
#     xlsx: "2026-03-31"
#     exceljs: "1905-07-18"
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo "needs node and npm" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openpyxl==3.1.5 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import datetime
import openpyxl

book = openpyxl.Workbook(iso_dates=True)
book.active["A1"] = datetime.date(2026, 3, 31)
book.save("book.xlsx")
print("openpyxl:", openpyxl.load_workbook("book.xlsx").active["A1"].value)
PY
npm install --silent --no-fund --no-audit exceljs@4.4.0 xlsx@0.18.5 >/dev/null ||
    { echo "npm could not install what is needed" >&2; exit 2; }
TZ=UTC node - <<'JS'
function same(what, seen, wanted) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
    console.error(`changed: ${what} was ${JSON.stringify(wanted)}`);
    process.exit(1);
  }
}
const { Workbook } = require("exceljs");
const stored = require("xlsx").readFile("book.xlsx").Sheets.Sheet.A1;
same("xlsx", stored.w, "2026-03-31");
new Workbook().xlsx.readFile("book.xlsx").then((book) => {
  same("exceljs", book.worksheets[0].getCell("A1").value.toISOString().slice(0, 10), "1905-07-18");
});
JS
