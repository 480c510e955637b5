#!/usr/bin/env bash
# petl 1.7.30 (over openpyxl 3.1.5): fromxlsx of a workbook with formulas and their stored results, made with XlsxWriter 3.3.1.
#
# Behaviour: a cell with a formula gives the formula's text, =A2-30, where its result is stored beside it; there is no argument that
# asks for the result. tablib 3.10.0, over the same openpyxl, gives the result.
# One would guess: the values that the sheet shows.
#
# Seen:
#     petl: [46112, '=A2-30']
#     tablib: [46112, 46082]
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check petl==1.7.30 openpyxl==3.1.5 XlsxWriter==3.3.1 tablib==3.10.0 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import petl
from tablib import Dataset
from xlsxwriter import Workbook

made = Workbook("made.xlsx")
sheet = made.add_worksheet("S")
sheet.write_row(0, 0, ["Expires", "File by"])
sheet.write_number(1, 0, 46112)
sheet.write_formula(1, 1, "=A2-30", None, 46082)
made.close()
same("petl", list(list(petl.fromxlsx("made.xlsx"))[1]), [46112, "=A2-30"])
with open("made.xlsx", "rb") as file:
    same("tablib", list(Dataset().load(file.read(), "xlsx")[0]), [46112, 46082])
PY
