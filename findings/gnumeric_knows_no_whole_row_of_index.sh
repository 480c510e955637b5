#!/usr/bin/env bash
# Gnumeric 1.12.55 (ssconvert --recalc): INDEX with 0 for a whole row or column, SUBTOTAL(103) and EXACT in SUMPRODUCT
# (workbook by XlsxWriter 3.3.1).
#
# Behaviour: INDEX(D!A1:B3,0,2) is #REF!, and so is INDEX of an array with 0, by which MATCH(1,INDEX((...)*1,0),0) looks
# up by a condition. SUBTOTAL(103,...), which counts what a filter has left in sight, is #NUM!, while
# SUBTOTAL(3,...) is counted. SUMPRODUCT(--EXACT(...)) is #VALUE!; with "=" in place of EXACT it is counted.
# One would guess: 6, 2, 3 and 1; LibreOffice 25.2.3 counts them all.
#
# Seen:
#     SUM(INDEX(D!A1:B3,0,2)): #REF!
#     MATCH(1,INDEX((D!A1:A3="b")*1,0),0): #REF!
#     SUBTOTAL(103,D!A1:A3): #NUM!
#     SUMPRODUCT(--EXACT(D!A1:A3,"b")): #VALUE!
#     SUBTOTAL(3,D!A1:A3): 3
#     SUMPRODUCT(--(D!A1:A3="b")): 1
set -euo pipefail

found=$(ssconvert --version 2>&1) || { echo "Gnumeric 1.12.55 (ssconvert) is not installed" >&2; exit 2; }
[[ $found == *"'1.12.55'"* ]] || { echo "needs Gnumeric 1.12.55, found: $found" >&2; exit 2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check xlsxwriter==3.3.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import csv
import subprocess

import xlsxwriter


def counted(rows, formulas):
    with xlsxwriter.Workbook("book.xlsx") as book:
        sheet, data = book.add_worksheet("F"), book.add_worksheet("D")
        for number, row in enumerate(rows):
            data.write_row(number, 0, row)
        for number, formula in enumerate(formulas):
            sheet.write_string(number, 0, "k")
            sheet.write_formula(number, 1, f"={formula}", None, "")
    kind = ["-T", "Gnumeric_stf:stf_csv"]
    subprocess.run(["ssconvert", "--recalc", *kind, "book.xlsx", "book.csv"], check=True, capture_output=True)
    with open("book.csv", encoding="utf-8") as file:
        return dict(zip(formulas, [row[1] for row in csv.reader(file)], strict=True))


formulas = {
    "SUM(INDEX(D!A1:B3,0,2))": "#REF!",
    'MATCH(1,INDEX((D!A1:A3="b")*1,0),0)': "#REF!",
    "SUBTOTAL(103,D!A1:A3)": "#NUM!",
    'SUMPRODUCT(--EXACT(D!A1:A3,"b"))': "#VALUE!",
    "SUBTOTAL(3,D!A1:A3)": "3",
    'SUMPRODUCT(--(D!A1:A3="b"))': "1",
}
for formula, seen in counted([["a", 1], ["b", 2], ["c", 3]], list(formulas)).items():
    same(formula, seen, formulas[formula])
PY
