#!/usr/bin/env bash
# LibreOffice 25.2.3, Calc: DATE with a year of one, two or three digits in an .xlsx (made with openpyxl 3.1.5), against
# hyperformula 3.5.0 from npm, which counts as Excel does: years under 1900 are added to 1900.
#
# Behaviour: DATE(26,1,1) is 2026, where Excel's is 1926; DATE(30,1,1) is 1930 in both; and DATE(126,1,1), in Excel
# 2026, is #VALUE!. The file is Excel's, and other answers in it are.
# One would guess: the same day in an .xlsx, for a formula such as =DATE(RIGHT(A1,2),1,1) moves by a hundred years.
#
# Seen (number of the day; 46023 is 1 January 2026, 9498 that of 1926):
#     DATE(26,1,1): ('46023', '9498')
#     DATE(30,1,1): ('10959', '10959')
#     DATE(126,1,1): ('#VALUE!', '46023')
#     DATE(2026,1,1): ('46023', '46023')
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo "needs node and npm" >&2; exit 2; }
need=25.2.3
found=$(soffice --version 2>/dev/null) || { echo "LibreOffice $need (soffice) is not installed" >&2; exit 2; }
[[ $found == "LibreOffice $need"* ]] || { echo "needs LibreOffice $need, found: $found" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openpyxl==3.1.5 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
npm install --silent --no-fund --no-audit hyperformula@3.5.0 >/dev/null ||
    { echo "npm could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import csv
import json
import subprocess
from pathlib import Path

import openpyxl

wanted = {
    "DATE(26,1,1)": ("46023", "9498"),
    "DATE(30,1,1)": ("10959", "10959"),
    "DATE(126,1,1)": ("#VALUE!", "46023"),
    "DATE(2026,1,1)": ("46023", "46023"),
}
book = openpyxl.Workbook()
for row, formula in enumerate(wanted, 1):
    book.active.cell(row, 1, f"={formula}").number_format = "0"
book.save("book.xlsx")
profile = f"-env:UserInstallation={Path('profile').absolute().as_uri()}"
convert = ["soffice", profile, "--headless", "--convert-to", "csv", "book.xlsx"]
subprocess.run(convert, check=True, capture_output=True, timeout=200)
with open("book.csv", newline="") as file:
    calc = [row[0] for row in csv.reader(file)]
program = (
    "const cells = JSON.parse(process.argv[1]);"
    "const { HyperFormula } = require('hyperformula');"
    "const sheet = HyperFormula.buildFromArray(cells, { licenseKey: 'gpl-v3' });"
    "console.log(JSON.stringify(cells.map((_, row) => sheet.getCellValue({ sheet: 0, row, col: 0 }))));"
)
cells = json.dumps([[f"={formula}"] for formula in wanted])
other = json.loads(subprocess.run(["node", "-e", program, cells], check=True, capture_output=True).stdout)
for formula, *seen in zip(wanted, calc, map(str, other)):
    same(formula, tuple(seen), wanted[formula])
PY
