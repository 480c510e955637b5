#!/usr/bin/env bash
# xlsx (SheetJS) 0.18.5 from npm: a workbook that counts its days from 1904 (made with XlsxWriter 3.3.1).
#
# Behaviour: the cell's text is right (2026-03-31), its value is not: read with cellDates it is 2022-03-30, and the number
# is handed over as it is stored, 44650, which counts from 1904 and is a day of 2022 to whoever counts from 1900.
# One would guess: with the text right, the date in the same cell is right too.
#
# Seen:
#     text: "2026-03-31"
#     date: "2022-03-30"
#     number: 44650
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo "needs node and npm" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check xlsxwriter==3.3.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import datetime
import xlsxwriter

with xlsxwriter.Workbook("book.xlsx", {"date_1904": True}) as book:
    book.add_worksheet().write_datetime(0, 0, datetime.date(2026, 3, 31), book.add_format({"num_format": "yyyy-mm-dd"}))
PY
npm install --silent --no-fund --no-audit xlsx@0.18.5 >/dev/null ||
    { echo "npm could not install what is needed" >&2; exit 2; }
TZ=UTC node - <<'JS'
function same(what, seen, wanted) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
    console.error(`changed: ${what} was ${JSON.stringify(wanted)}`);
    process.exit(1);
  }
}
const { readFile } = require("xlsx");
const cell = (options) => readFile("book.xlsx", options).Sheets.Sheet1.A1;
same("text", cell({ cellDates: true }).w, "2026-03-31");
same("date", cell({ cellDates: true }).v.toISOString().slice(0, 10), "2022-03-30");
same("number", cell({}).v, 44650);
JS
