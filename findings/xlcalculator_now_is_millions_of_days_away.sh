#!/usr/bin/env bash
# xlcalculator 0.5.0 from PyPI: NOW beside TODAY, the larger of two days and COUNTIF, in a workbook by openpyxl 3.1.5. The clock
# stands at noon of 4 March 2026 here.
#
# Behaviour: NOW is 6480000 days after TODAY at noon (0 at midnight), while TODAY is right. MAX of two cells that hold days fails, for
# days are no numbers to it. COUNTIF of ">0" counts a text as more than nought.
# One would guess: half a day after TODAY, the later day, and 1: 5 alone is more than nought.
#
# Seen (46085 is 4 March 2026):
#     =TODAY(): 46085.0
#     =NOW(): 6526085.0
#     =MAX(A1:A2): fails: ValueError
#     =COUNTIF(B1:B3,">0"): 2
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check xlcalculator==0.5.0 openpyxl==3.1.5 setuptools==65.5.0 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import datetime
import logging

logging.disable(logging.CRITICAL)
from openpyxl import Workbook
from xlcalculator import Evaluator, ModelCompiler
from xlcalculator.xlfunctions import date

date.now = lambda: datetime.datetime(2026, 3, 4, 12)
WANTED = {"=TODAY()": 46085.0, "=NOW()": 6526085.0, "=MAX(A1:A2)": "fails: ValueError", '=COUNTIF(B1:B3,">0")': 2}
book = Workbook()
sheet = book.active
sheet.title = "S"
sheet["A1"], sheet["A2"] = datetime.date(2026, 3, 4), datetime.date(2026, 3, 31)
sheet["B1"], sheet["B2"], sheet["B3"] = 5, "text", -1
for row, formula in enumerate(WANTED, 1):
    sheet.cell(row, 3).value = formula
book.save("made.xlsx")
evaluator = Evaluator(ModelCompiler().read_and_parse_archive("made.xlsx"))
for row, (formula, wanted) in enumerate(WANTED.items(), 1):
    try:
        found = evaluator.evaluate(f"S!C{row}")
        found = getattr(found, "value", found)
    except RuntimeError as why:
        found = "fails: ValueError" if "ValueError" in str(why) else f"fails: {why}"
    same(formula, found, wanted)
PY
