#!/usr/bin/env bash
# exceljs 4.4.0 from npm: formulas whose stored value is 0, FALSE or an empty text (workbook by XlsxWriter 3.3.1).
#
# Behaviour: they are read without a result, as formulas that nobody has counted are: 0 days left is the same as not known.
# A formula that comes to 2, and a plain 0, are read.
# One would guess: the result 0, which is what the cell shows.
#
# Seen:
#     comes to 0: {"formula":"1-1"}
#     comes to FALSE: {"formula":"1>2"}
#     comes to an empty text: {"formula":"IF(1>2,\"x\",\"\")"}
#     comes to 2: {"formula":"1+1","result":2}
#     a plain 0: 0
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
    sheet.write_formula("A1", "=1-1", None, 0)
    sheet.write_formula("A2", "=1>2", None, False)
    sheet.write_formula("A3", '=IF(1>2,"x","")', None, "")
    sheet.write_formula("A4", "=1+1", None, 2)
    sheet.write_number("A5", 0)
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

(async () => {
  const book = new Workbook();
  await book.xlsx.readFile("book.xlsx");
  const value = (name) => book.worksheets[0].getCell(name).value;
  same("comes to 0", value("A1"), { formula: "1-1" });
  same("comes to FALSE", value("A2"), { formula: "1>2" });
  same("comes to an empty text", value("A3"), { formula: 'IF(1>2,"x","")' });
  same("comes to 2", value("A4"), { formula: "1+1", result: 2 });
  same("a plain 0", value("A5"), 0);
})();
JS
