#!/usr/bin/env bash
# xlsx (SheetJS) 0.18.5 from npm (node 20), read with cellDates where the time zone is Moscow's (workbook by XlsxWriter
# 3.3.1).
#
# Behaviour: every date is 17 seconds short, so that a day at midnight is 23:59:43 of the day before, and getDate() says
# that one: 28 June 2026 is read as the 27th. In New York or with UTC the days are right. The 17 seconds are those by which
# Moscow's time of 1899 differs from whole minutes of the offset.
# One would guess: a cell that holds a day gives that day at local midnight, as it does in other zones.
#
# Seen:
#     day of the month in UTC: [28,0,0,0]
#     day of the month in America/New_York: [28,0,0,0]
#     day of the month in Europe/Moscow: [27,23,59,43]
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

with xlsxwriter.Workbook("book.xlsx") as book:
    book.add_worksheet().write_datetime(0, 0, datetime.date(2026, 6, 28), book.add_format({"num_format": "yyyy-mm-dd"}))
PY
npm install --silent --no-fund --no-audit xlsx@0.18.5 >/dev/null ||
    { echo "npm could not install what is needed" >&2; exit 2; }
cat >read.js <<'JS'
function same(what, seen, wanted) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
    console.error(`changed: ${what} was ${JSON.stringify(wanted)}`);
    process.exit(1);
  }
}
const book = require("xlsx").readFile("book.xlsx", { cellDates: true });
const day = book.Sheets.Sheet1.A1.v;
const moscow = process.env.TZ === "Europe/Moscow";
const clock = [day.getHours(), day.getMinutes(), day.getSeconds()];
same(`day of the month in ${process.env.TZ}`, [day.getDate(), ...clock], moscow ? [27, 23, 59, 43] : [28, 0, 0, 0]);
JS
for zone in UTC America/New_York Europe/Moscow; do TZ=$zone node read.js; done
