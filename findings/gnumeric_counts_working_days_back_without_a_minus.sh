#!/usr/bin/env bash
# Gnumeric 1.12.55 (ssconvert --recalc): NETWORKDAYS whose second day is before the first (workbook by XlsxWriter 3.3.1).
#
# Behaviour: from 8 April 2026 back to 31 March are 7 working days, without a minus, as many as from 31 March to 8 April:
# days overdue look like days left. DATEDIF of the same days is an error, and their difference is below nought.
# One would guess: -7, as LibreOffice 25.2.3 has it.
#
# Seen:
#     NETWORKDAYS(46112,46120): 7
#     NETWORKDAYS(46120,46112): 7
#     46112-46120: -8
#     DATEDIF(46120,46112,"d"): #NUM!
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


formulas = ["NETWORKDAYS(46112,46120)", "NETWORKDAYS(46120,46112)", "46112-46120", 'DATEDIF(46120,46112,"d")']
for (formula, seen), wanted in zip(counted([], formulas).items(), ["7", "7", "-8", "#NUM!"], strict=True):
    same(formula, seen, wanted)
PY
