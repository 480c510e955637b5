#!/usr/bin/env bash
# pandas 3.1.1 (engine odf, over odfpy 1.4.1): a cell of an .ods that holds 36 hours, as LibreOffice stores what is typed
# into a cell with the format [HH]:MM:SS.
#
# Behaviour: read_excel raises for the whole file, "hour must be in 0..23". 12 hours are read as a time. python-calamine
# 0.9.1 gives the text PT36H00M00S, while of an .xlsx it gives a timedelta.
# One would guess: a timedelta, or a cell that can't be read among others that can.
#
# Seen:
#     12 hours by pandas: [[datetime.time(12, 0)]]
#     36 hours by pandas: hour must be in 0..23
#     36 hours by python-calamine: [['PT36H00M00S']]
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 odfpy==1.4.1 python-calamine==0.9.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
cd "$work"
"$work/venv/bin/python" - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P, S, Tab


def made(name, *cells):
    book, table, row = OpenDocumentSpreadsheet(), Table(name="S"), TableRow()
    for cell in cells:
        row.addElement(cell)
    table.addElement(row)
    book.spreadsheet.addElement(table)
    book.save(name)


import datetime

import pandas
from python_calamine import CalamineWorkbook


def hours(count):
    cell = TableCell(valuetype="time", timevalue=f"PT{count}H00M00S")
    cell.addElement(P(text=f"{count}:00:00"))
    made("made.ods", cell)
    return "made.ods"


def by_pandas(name):
    try:
        return pandas.read_excel(name, header=None, engine="odf").values.tolist()
    except ValueError as error:
        return str(error).partition(":")[0]


same("12 hours by pandas", by_pandas(hours(12)), [[datetime.time(12, 0)]])
same("36 hours by pandas", by_pandas(hours(36)), "hour must be in 0..23")
read = CalamineWorkbook.from_path(hours(36)).get_sheet_by_index(0).to_python()
same("36 hours by python-calamine", read, [["PT36H00M00S"]])
PY
