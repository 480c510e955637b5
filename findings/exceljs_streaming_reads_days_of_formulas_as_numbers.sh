#!/usr/bin/env bash
# exceljs 4.4.0 from npm: the streaming reader (stream.xlsx.WorkbookReader, all caches on), beside the one that reads a
# whole file; a formula that comes to a day, one that comes to #N/A, and a hidden row (workbook by XlsxWriter 3.3.1).
#
# Behaviour: the day of a formula is the number 46142, where a day that was typed is a date; the error is no result; the
# hidden row is one in sight. The reader of a whole file has a date, the error, and a hidden row.
# One would guess: one library reads one file one way.
#
# Seen:
#     day typed, streamed: "2026-03-31T00:00:00.000Z"
#     day of a formula, streamed: 46142
#     error, streamed: null
#     hidden, streamed: false
#     day of a formula, whole: "2026-04-30T00:00:00.000Z"
#     error, whole: {"error":"#N/A"}
#     hidden, whole: true
# Reported: exceljs/exceljs, issue 3074 (the error), protobi/exceljs, pull request 76 (the day).
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo "needs node and npm" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check xlsxwriter==3.3.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
npm install --silent --no-fund --no-audit exceljs@4.4.0 >/dev/null ||
    { echo "npm could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import xlsxwriter

with xlsxwriter.Workbook("book.xlsx") as book:
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    sheet.write_string(0, 0, "Due")
    sheet.write_number(1, 0, 46112, day)
    sheet.write_formula(1, 1, "=A2+30", day, 46142)
    sheet.write_formula(1, 2, "=NA()", None, "#N/A")
    sheet.set_row(1, None, None, {"hidden": True})
PY
cat >read.js <<'JS'
function same(what, seen, wanted) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
    console.error(`changed: ${what} was ${JSON.stringify(wanted)}`);
    process.exit(1);
  }
}
const excel = require("exceljs");
(async () => {
  const caches = { worksheets: "emit", sharedStrings: "cache", styles: "cache", hyperlinks: "cache" };
  for await (const sheet of new excel.stream.xlsx.WorkbookReader("book.xlsx", caches)) {
    for await (const row of sheet) {
      if (row.number !== 2) continue;
      same("day typed, streamed", row.getCell(1).value, new Date("2026-03-31").toJSON());
      same("day of a formula, streamed", row.getCell(2).value.result, 46142);
      same("error, streamed", row.getCell(3).value.result ?? null, null);
      same("hidden, streamed", row.hidden, false);
    }
  }
  const book = new excel.Workbook();
  await book.xlsx.readFile("book.xlsx");
  const row = book.worksheets[0].getRow(2);
  same("day of a formula, whole", row.getCell(2).value.result, new Date("2026-04-30").toJSON());
  same("error, whole", row.getCell(3).value.result, { error: "#N/A" });
  same("hidden, whole", row.hidden, true);
})();
JS
node read.js
