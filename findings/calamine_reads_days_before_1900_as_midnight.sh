#!/usr/bin/env bash
# python-calamine 0.9.1: a negative number in a cell with a date format (workbook by XlsxWriter 3.3.1).
#
# Behaviour: -5 is read as the time 00:00:00, as 0 is: neither the number nor a date. openpyxl 3.1.5 gives 1899-12-25, as
# LibreOffice shows it.
# One would guess: the number where there is no date for it, as the library gives for numbers past the year 9999.
#
# Seen:
#     python-calamine: [datetime.time(0, 0), datetime.time(0, 0), datetime.date(2026, 3, 31), 3000000.0]
#     openpyxl: 1899-12-25 00:00:00
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-calamine==0.9.1 xlsxwriter==3.3.1 openpyxl==3.1.5 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
cd "$work"
"$work/venv/bin/python" - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import datetime
import warnings

import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook

warnings.simplefilter("ignore")  # openpyxl on the number past the year 9999
with xlsxwriter.Workbook("made.xlsx") as book:
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    book.add_worksheet().write_row(0, 0, [-5, 0, 46112, 3_000_000], day)
read = CalamineWorkbook.from_path("made.xlsx").get_sheet_by_index(0).to_python()[0]
same("python-calamine", read, [datetime.time(0, 0), datetime.time(0, 0), datetime.date(2026, 3, 31), 3_000_000.0])
same("openpyxl", openpyxl.load_workbook("made.xlsx").active["A1"].value, datetime.datetime(1899, 12, 25))
PY
