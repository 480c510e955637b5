#!/usr/bin/env bash
# pylightxl 1.61: 36 hours with the format [h]:mm, a month, and the text _x0041_ (workbook by XlsxWriter 3.3.1).
#
# Behaviour: 36 hours are read as the text 12:00:00: the day is gone. A day is a text with slashes, 2026/03/31, also where
# its format shows no more than the month. The text _x0041_, stored as _x005F_x0041_, is read as it is stored.
# One would guess: 36:00:00 or 1.5, and _x0041_.
#
# Seen:
#     36 hours: 12:00:00
#     mmmm yyyy: 2026/03/31
#     _x0041_: _x005F_x0041_
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pylightxl==1.61 xlsxwriter==3.3.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import pylightxl
import xlsxwriter

with xlsxwriter.Workbook("book.xlsx") as book:
    sheet = book.add_worksheet("S")
    for column, (value, kind) in enumerate(((1.5, "[h]:mm"), (46112, "mmmm yyyy"))):
        sheet.write_number(0, column, value, book.add_format({"num_format": kind}))
    sheet.write_string(0, 2, "_x0041_")
read = pylightxl.readxl("book.xlsx").ws("S").row(1)
same("36 hours", read[0], "12:00:00")
same("mmmm yyyy", read[1], "2026/03/31")
same("_x0041_", read[2], "_x005F_x0041_")
PY
