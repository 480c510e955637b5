#!/usr/bin/env bash
# xlsx (SheetJS) 0.18.5 from npm: days with the format dd.mm.yyyy, as programs write it (workbook by XlsxWriter 3.3.1).
#
# Behaviour: the cell has no text (w), and sheet_to_csv gives 46112, the number of the day, without an error; so do
# d.m.yy and "dd.mm.yyyy hh:mm". With the dots escaped, dd\.mm\.yyyy, as Excel writes the same, and with dd/mm/yyyy the
# text is there.
# One would guess: 31.03.2026 for both ways of writing one format, which Excel and LibreOffice show alike.
#
# Seen:
#     dd.mm.yyyy: [46112,null]
#     d.m.yy: [46112,null]
#     dd.mm.yyyy hh:mm: [46112,null]
#     dd\.mm\.yyyy: [46112,"31.03.2026"]
#     dd/mm/yyyy: [46112,"31/03/2026"]
#     the .csv: "46112,46112,46112,31.03.2026,31/03/2026"
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo "needs node and npm" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check xlsxwriter==3.3.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
npm install --silent --no-fund --no-audit xlsx@0.18.5 >/dev/null ||
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
    for column, kind in enumerate(("dd.mm.yyyy", "d.m.yy", "dd.mm.yyyy hh:mm", r"dd\.mm\.yyyy", "dd/mm/yyyy")):
        sheet.write_number(0, column, 46112, book.add_format({"num_format": kind}))
PY
cat >read.js <<'JS'
function same(what, seen, wanted) {
  console.log(`${what}: ${JSON.stringify(seen)}`);
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
    console.error(`changed: ${what} was ${JSON.stringify(wanted)}`);
    process.exit(1);
  }
}
const xlsx = require("xlsx");
const sheet = xlsx.readFile("book.xlsx").Sheets.Sheet1;
const text = { "dd\\.mm\\.yyyy": "31.03.2026", "dd/mm/yyyy": "31/03/2026" };
["dd.mm.yyyy", "d.m.yy", "dd.mm.yyyy hh:mm", "dd\\.mm\\.yyyy", "dd/mm/yyyy"].forEach((kind, column) => {
  const cell = sheet[xlsx.utils.encode_cell({ r: 0, c: column })];
  same(kind, [cell.v, cell.w ?? null], [46112, text[kind] ?? null]);
});
same("the .csv", xlsx.utils.sheet_to_csv(sheet).trim(), "46112,46112,46112,31.03.2026,31/03/2026");
JS
node read.js
