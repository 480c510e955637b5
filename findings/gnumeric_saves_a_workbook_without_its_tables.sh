#!/usr/bin/env bash
# Gnumeric 1.12.55 (Debian 12), ssconvert: an .xlsx with a table, a hidden sheet and a list to choose from (made with
# openpyxl 3.1.5), loaded and saved as .xlsx.
#
# Behaviour: the table is gone; each formula that names it is saved as a call of _xlfngnumeric.ERROR with the formula as
# a text. Hidden and very hidden sheets are visible, the list to choose from is gone. WORKDAY.INTL and NETWORKDAYS.INTL
# are not known (#NAME?), though WORKDAY is. All without a dialogue; the program says on its standard error what it did
# not know.
# One would guess: what it can't count it keeps as it was, as it does with WORKDAY.INTL, whose formula stays.
#
# Seen:
#     book.xlsx: tables, lists: [1, 1]
#     book.xlsx: sheets: ['visible', 'hidden', 'veryHidden']
#     saved.xlsx: tables, lists: [0, 0]
#     saved.xlsx: sheets: ['visible', 'visible', 'visible']
#     A1: [None, '_xlfngnumeric.ERROR("SUM(T[Days])")']
#     A2: ['#NAME?', 'WORKDAY.INTL(46027,5,1)']
#     A3: ['46034', 'WORKDAY(46027,5)']
set -euo pipefail

need=1.12.55
found=$(ssconvert --version 2>&1 | head -1) || { echo "Gnumeric $need (ssconvert) is not installed" >&2; exit 2; }
[[ $found == *"$need"* ]] || { echo "needs Gnumeric $need, found: $found" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openpyxl==3.1.5 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import re
import subprocess
import zipfile
from html import unescape

import openpyxl
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

book = openpyxl.Workbook()
sheet = book.active
for cell, formula in {"A1": "=SUM(T[Days])", "A2": "=WORKDAY.INTL(46027,5,1)", "A3": "=WORKDAY(46027,5)"}.items():
    sheet[cell] = formula
for row, line in enumerate((("Name", "Days"), ("A", 1), ("B", 2)), 1):
    for column, value in enumerate(line, 3):
        sheet.cell(row, column, value)
sheet.add_table(Table(displayName="T", ref="C1:D3"))
choice = DataValidation(type="list", formula1="Hidden!$A$1:$A$3")
choice.add("F1:F9")
sheet.add_data_validation(choice)
book.create_sheet("Hidden").sheet_state = "hidden"
book.create_sheet("Very").sheet_state = "veryHidden"
book.save("book.xlsx")
subprocess.run(["ssconvert", "--recalc", "book.xlsx", "saved.xlsx"], check=True, capture_output=True)


def states(package):
    sheets = re.findall(r"<sheet .*?/>", package.read("xl/workbook.xml").decode())
    return [found[1] if (found := re.search(' state="(.*?)"', one)) else "visible" for one in sheets]


for name, counts, wanted in (
    ("book.xlsx", [1, 1], ["visible", "hidden", "veryHidden"]),
    ("saved.xlsx", [0, 0], ["visible", "visible", "visible"]),
):
    package = zipfile.ZipFile(name)
    text = package.read("xl/worksheets/sheet1.xml").decode()
    tables = sum(part.startswith("xl/tables/") for part in package.namelist())
    same(f"{name}: tables, lists", [tables, len(re.findall("<dataValidation ", text))], counts)
    same(f"{name}: sheets", states(package), wanted)
for cell, wanted in {
    "A1": [None, '_xlfngnumeric.ERROR("SUM(T[Days])")'],
    "A2": ["#NAME?", "WORKDAY.INTL(46027,5,1)"],
    "A3": ["46034", "WORKDAY(46027,5)"],
}.items():
    inner = re.search(rf'<c r="{cell}".*?</c>', text, re.DOTALL)[0]
    value, formula = (re.search(f"<{tag}>(.*?)</{tag}>", inner) for tag in ("v", "f"))
    same(cell, [None if cell == "A1" else value[1], unescape(formula[1])], wanted)
PY
