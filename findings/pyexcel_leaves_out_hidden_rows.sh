#!/usr/bin/env bash
# pyexcel 0.7.6 with pyexcel-xlsx 0.6.1: a sheet of which a filter has hidden a row and somebody a column (by XlsxWriter 3.3.1).
#
# Behaviour: hidden rows and columns are left out, so that the people whom a filter hides are not there; saved again they are
# gone. Of cells that are merged each has the value, not the first alone. skip_hidden_row_and_column=False brings the rows.
# One would guess: all rows: what a filter hides is in the sheet all the same; pandas, openpyxl and python-calamine have them.
#
# Seen:
#     read: [['Person', 'Note'], ['Ivanova', 'both'], ['Sidorova', 'both']]
#     asked for all: [['Person', 'Until', 'Note'], ['Ivanova', 1, 'both'], ['Petrov', 2, ''], ['Sidorova', 3, 'both']]
#     a merged cell: [['both', 'both']]
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyexcel==0.7.6 pyexcel-xlsx==0.6.1 openpyxl==3.1.5 xlsxwriter==3.3.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import pyexcel
import xlsxwriter

with xlsxwriter.Workbook("made.xlsx") as book:
    sheet = book.add_worksheet()
    rows = [["Person", "Until", "Note"], ["Ivanova", 1, "both"], ["Petrov", 2, ""], ["Sidorova", 3, "both"]]
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    sheet.autofilter("A1:C4")
    sheet.filter_column("C", "x == both")
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_column("B:B", None, None, {"hidden": True})
with xlsxwriter.Workbook("merged.xlsx") as book:
    book.add_worksheet().merge_range("A1:B1", "both")
read = pyexcel.get_array(file_name="made.xlsx")
same("read", read, [["Person", "Note"], ["Ivanova", "both"], ["Sidorova", "both"]])
same("asked for all", pyexcel.get_array(file_name="made.xlsx", skip_hidden_row_and_column=False), rows)
same("a merged cell", pyexcel.get_array(file_name="merged.xlsx"), [["both", "both"]])
PY
