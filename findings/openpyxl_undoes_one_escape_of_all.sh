#!/usr/bin/env bash
# openpyxl 3.1.5 and the escapes _xHHHH_ of texts (ECMA-376 22.9.2.19), against XlsxWriter 3.3.1 and python-calamine 0.9.1.
#
# Behaviour: reading, openpyxl undoes _x005F_ and no other, so that a carriage return stored as _x000D_ is read as these
# seven signs; writing, it escapes nothing, so that a text that looks like an escape is another one for everybody else.
# Two different texts of a file, "A" stored as _x0041_ and "_x0041_" stored as _x005F_x0041_, are read as the same.
# One would guess: all of them or none.
#
# Seen:
#     a carriage return by XlsxWriter: ('a_x000D_b', 'a\rb')
#     _x0041_ by XlsxWriter: ('_x0041_', '_x0041_')
#     _x005F_ by XlsxWriter: ('_', '_x005F_')
#     _x0041_ by openpyxl: ('_x0041_', 'A')
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 xlsxwriter==3.3.1 python-calamine==0.9.1 2>/dev/null ||
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


def read(name):
    ours = openpyxl.load_workbook(name).active["A1"].value
    return ours, CalamineWorkbook.from_path(name).get_sheet_by_index(0).to_python()[0][0]


def by_xlsxwriter(text):
    with xlsxwriter.Workbook("made.xlsx") as book:
        book.add_worksheet().write_string(0, 0, text)
    return read("made.xlsx")


def by_openpyxl(text):
    book = openpyxl.Workbook()
    book.active["A1"] = text
    book.save("made.xlsx")
    return read("made.xlsx")


same("a carriage return by XlsxWriter", by_xlsxwriter("a\rb"), ("a_x000D_b", "a\rb"))
same("_x0041_ by XlsxWriter", by_xlsxwriter("_x0041_"), ("_x0041_", "_x0041_"))
same("_x005F_ by XlsxWriter", by_xlsxwriter("_x005F_"), ("_", "_x005F_"))
same("_x0041_ by openpyxl", by_openpyxl("_x0041_"), ("_x0041_", "A"))
PY
