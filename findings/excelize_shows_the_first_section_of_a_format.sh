#!/usr/bin/env bash
# excelize 0.1.0 from PyPI, openpyxl 3.1.5, python-calamine 0.9.1: a day with a format of two sections, the first of them for
# another number, such as [=0]"-";dd.mm.yyyy, which shows a blank date as a dash.
#
# Behaviour: excelize shows the dash for 31 March 2026 (and nothing with [<1]"";dd.mm.yyyy): the condition is not looked
# at. openpyxl and python-calamine give the number 46112 and no day, since no letter of a date is in the first section;
# with [>40000]dd.mm.yyyy;General they give a day, and would for 30 too.
# One would guess: 31.03.2026, and a day.
#
# Seen:
#     [=0]"-";dd.mm.yyyy: ('-', 46112, 46112.0)
#     [<1]"";dd.mm.yyyy: ('', 46112, 46112.0)
#     [>40000]dd.mm.yyyy;General: ('31.03.2026', '2026-03-31 00:00:00', '2026-03-31')
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check excelize==0.1.0 openpyxl==3.1.5 python-calamine==0.9.1 XlsxWriter==3.3.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import excelize
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

WANTED = {
    '[=0]"-";dd.mm.yyyy': ("-", 46112, 46112.0),
    '[<1]"";dd.mm.yyyy': ("", 46112, 46112.0),
    "[>40000]dd.mm.yyyy;General": ("31.03.2026", "2026-03-31 00:00:00", "2026-03-31"),
}


def read(shown):
    book = Workbook("made.xlsx")
    book.add_worksheet("S").write_number(0, 0, 46112, book.add_format({"num_format": shown}))
    book.close()
    by_excelize = excelize.open_file("made.xlsx").get_cell_value("S", "A1")
    calamine = CalamineWorkbook.from_path("made.xlsx").get_sheet_by_index(0)
    others = load_workbook("made.xlsx")["S"]["A1"].value, calamine.to_python()[0][0]
    return by_excelize, *(one if isinstance(one, (int, float)) else str(one) for one in others)


for shown, wanted in WANTED.items():
    same(shown, read(shown), wanted)
PY
