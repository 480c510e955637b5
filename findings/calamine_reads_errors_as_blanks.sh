#!/usr/bin/env bash
# python-calamine 0.9.1: cells that hold an error value, such as #N/A or #DIV/0! (workbook by XlsxWriter 3.3.1).
#
# Behaviour: to_python() gives the empty text, as for a cell that holds nothing, so that a formula that failed can't be told
# from a cell nobody filled. openpyxl 3.1.5 gives the error's name.
# One would guess: the name, or an object that says it is an error; the library itself knows the kind.
#
# Seen:
#     python-calamine: [['', '', '', 'end']]
#     openpyxl: ['#N/A', '#DIV/0!', None, 'end']
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


import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook

with xlsxwriter.Workbook("made.xlsx") as book:
    sheet = book.add_worksheet()
    sheet.write_formula("A1", "=NA()", None, "#N/A")
    sheet.write_formula("B1", "=1/0", None, "#DIV/0!")
    sheet.write_blank("C1", None, book.add_format({"bold": True}))
    sheet.write_string("D1", "end")
read = CalamineWorkbook.from_path("made.xlsx").get_sheet_by_index(0).to_python()
same("python-calamine", read, [["", "", "", "end"]])
read = [cell.value for cell in openpyxl.load_workbook("made.xlsx", data_only=True).active[1]]
same("openpyxl", read, ["#N/A", "#DIV/0!", None, "end"])
PY
