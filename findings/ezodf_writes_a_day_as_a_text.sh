#!/usr/bin/env bash
# ezodf 0.3.2: a day that a cell is given as a date, and a number beside it (read back by python-calamine 0.9.1).
#
# Behaviour: set_value takes the date without a word and stores the text 2026-03-31 (office:value-type "string"). A day is
# stored where the value is a text and the type is named: set_value("2026-03-31", "date"). Numbers and yes or no are told
# from their Python types.
# One would guess: a date is stored as one, as a number and a yes are.
#
# Seen:
#     a date: '2026-03-31'
#     a date with its type: datetime.date(2026, 3, 31)
#     a number: 46112.0
#     a yes: True
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ezodf==0.3.2 lxml==6.1.3 python-calamine==0.9.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


from datetime import date

import ezodf
from python_calamine import load_workbook

book = ezodf.newdoc("ods", "book.ods")
sheet = ezodf.Sheet("S", size=(1, 4))
book.sheets += sheet
sheet["A1"].set_value(date(2026, 3, 31))
sheet["B1"].set_value("2026-03-31", "date")
sheet["C1"].set_value(46112)
sheet["D1"].set_value(True)
book.save()
day, typed, number, yes = load_workbook("book.ods").get_sheet_by_name("S").to_python()[0]
same("a date", repr(day), "'2026-03-31'")
same("a date with its type", repr(typed), "datetime.date(2026, 3, 31)")
same("a number", repr(number), "46112.0")
same("a yes", repr(yes), "True")
PY
