#!/usr/bin/env bash
# pycel 1.0b30: EDATE at the end of a month (workbook by openpyxl 3.1.5).
#
# Behaviour: the month after 31 January 2026 is 3 March, and the year after 29 February 2028 is 1 March; EOMONTH is
# right.
# One would guess: 28 February both times, as in Excel, whose answers the library is there to give.
#
# Seen (46053 is 31 January 2026, 46812 29 February 2028):
#     =EDATE(46053,1): 46084
#     =EDATE(46812,12): 47178
#     =EOMONTH(46053,1): 46081
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pycel==1.0b30 openpyxl==3.1.5 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import openpyxl
from pycel import ExcelCompiler

book = openpyxl.Workbook()
formulas = {"=EDATE(46053,1)": 46084, "=EDATE(46812,12)": 47178, "=EOMONTH(46053,1)": 46081}
for row, formula in enumerate(formulas, 1):
    book.active.cell(row, 1, formula)
compiler = ExcelCompiler(excel=book)
for row, (formula, wanted) in enumerate(formulas.items(), 1):
    same(formula, int(compiler.evaluate(f"Sheet!A{row}")), wanted)
PY
