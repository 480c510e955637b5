#!/usr/bin/env bash
# PyExcelerate 0.13.0: a day written as part of the rows of a sheet, and cell by cell (read back by openpyxl 3.1.5).
#
# Behaviour: new_sheet(name, data=rows) writes the day's number without a format, so that a program shows 46112; a day
# that set_cell_value writes has the format yyyy-mm-dd. A time span of 36 hours becomes the text "1 day, 12:00:00".
# One would guess: one value is written one way, whichever method takes it.
#
# Seen:
#     in rows: [46112.0, 'General']
#     by itself: ['2026-03-31 00:00:00', 'yyyy-mm-dd']
#     36 hours in rows: 1 day, 12:00:00
# Reported of an earlier version, and closed: kz26/PyExcelerate, issue 11.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyexcelerate==0.13.0 openpyxl==3.1.5 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


from datetime import date, timedelta

import openpyxl
import pyexcelerate

book = pyexcelerate.Workbook()
book.new_sheet("rows", data=[[date(2026, 3, 31), timedelta(hours=36)]])
book.new_sheet("cells").set_cell_value(1, 1, date(2026, 3, 31))
book.save("book.xlsx")
read = openpyxl.load_workbook("book.xlsx")
first, other = read["rows"]["A1"], read["cells"]["A1"]
same("in rows", [first.value, first.number_format], [46112, "General"])
same("by itself", [str(other.value), other.number_format], ["2026-03-31 00:00:00", "yyyy-mm-dd"])
same("36 hours in rows", read["rows"]["B1"].value, "1 day, 12:00:00")
PY
