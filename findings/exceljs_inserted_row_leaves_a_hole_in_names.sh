#!/usr/bin/env bash
# exceljs 4.4.0 from npm: insertRow(3) on a sheet with a name for B2:B6, formulas in each row and row 6 hidden (workbook
# by XlsxWriter 3.3.1).
#
# Behaviour: the name becomes B2 and B4:B7: what is counted by it leaves the new person out. Formulas move down and go
# on looking at the old rows, so that each shows the days left of the person above. Row 6 is still the hidden one, so
# that somebody who was in sight is hidden, and the hidden one shows.
# One would guess: Excel's own way, by which the name grows, and formulas and hidden rows move along.
#
# Seen:
#     name: P!$B$2,P!$B$4:$B$7
#     formulas: {'C2': 'B2-46000', 'C4': 'B3-46000', 'C5': 'B4-46000', 'C6': 'B5-46000', 'C7': 'B6-46000'}
#     hidden rows: ['6']
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


import re
import subprocess
import zipfile

import xlsxwriter

with xlsxwriter.Workbook("book.xlsx") as book:
    sheet = book.add_worksheet("P")
    sheet.write_row(0, 0, ["Name", "Due", "Left"])
    for row in range(2, 7):
        sheet.write_row(row - 1, 0, [f"n{row}", 46100 + row])
        sheet.write_formula(row - 1, 2, f"=B{row}-46000", None, 100 + row)
    sheet.set_row(5, None, None, {"hidden": True})
    book.define_name("Due", "=P!$B$2:$B$6")
program = (
    "const book = new (require('exceljs').Workbook)();"
    "book.xlsx.readFile('book.xlsx').then(() => {"
    "  book.worksheets[0].insertRow(3, ['new', 46050]);"
    "  return book.xlsx.writeFile('saved.xlsx');"
    "});"
)
subprocess.run(["node", "-e", program], check=True)
package = zipfile.ZipFile("saved.xlsx")
sheet = package.read("xl/worksheets/sheet1.xml").decode()
book = package.read("xl/workbook.xml").decode()
same("name", re.search('<definedName name="Due">(.*?)<', book)[1], "P!$B$2,P!$B$4:$B$7")
formulas = {2: "B2-46000", 4: "B3-46000", 5: "B4-46000", 6: "B5-46000", 7: "B6-46000"}
found = dict(re.findall('<c r="(C[0-9]+)"[^>]*><f>(.*?)</f>', sheet))
same("formulas", found, {f"C{row}": formula for row, formula in formulas.items()})
same("hidden rows", re.findall('<row r="([0-9]+)"[^>]* hidden="1"', sheet), ["6"])
PY
