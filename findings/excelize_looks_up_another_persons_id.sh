#!/usr/bin/env bash
# excelize 0.1.0 from PyPI (the Go library Excelize, from Python): formulas that it counts (calc_cell_value) over the ids
# 0012, P-1, 12, all of them texts, in a workbook made with XlsxWriter 3.3.1.
#
# Behaviour: MATCH("0012", ids, 0) is 3, the row of 12, and so is MATCH of the number 12. COUNTIF finds no 0012 at all.
# VLOOKUP of the number 12 finds the text 0012. XLOOKUP("0012") finds the first row.
# One would guess: MATCH compares texts as texts, and a number with no text: 1 and #N/A; COUNTIF counts 2, as Excel does,
# or 1.
#
# Seen:
#     =MATCH("0012",A1:A3,0): 3
#     =MATCH(12,A1:A3,0): 3
#     =COUNTIF(A1:A3,"0012"): 0
#     =VLOOKUP(12,A1:B3,2,FALSE): first
#     =XLOOKUP("0012",A1:A3,B1:B3): first
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check excelize==0.1.0 XlsxWriter==3.3.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import excelize
from xlsxwriter import Workbook

WANTED = {
    '=MATCH("0012",A1:A3,0)': "3",
    "=MATCH(12,A1:A3,0)": "3",
    '=COUNTIF(A1:A3,"0012")': "0",
    "=VLOOKUP(12,A1:B3,2,FALSE)": "first",
    '=XLOOKUP("0012",A1:A3,B1:B3)': "first",
}
book = Workbook("made.xlsx", {"use_future_functions": True})
sheet = book.add_worksheet("S")
for row, (text, name) in enumerate([("0012", "first"), ("P-1", "second"), ("12", "third")]):
    sheet.write_string(row, 0, text)
    sheet.write_string(row, 1, name)
for row, formula in enumerate(WANTED):
    sheet.write_formula(row, 3, formula)
book.close()
read = excelize.open_file("made.xlsx")
for row, (formula, wanted) in enumerate(WANTED.items(), start=1):
    same(formula, read.calc_cell_value("S", f"D{row}"), wanted)
PY
