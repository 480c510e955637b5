#!/usr/bin/env bash
# pyexcel-ods 0.6.0 and pyexcel-ods3 0.6.1: an amount with a currency format in an .ods (made with odfpy 1.4.1).
#
# Behaviour: it is a text of number and currency, '750000.5 RUB', where the same amount without a currency is a number: a sum
# of the column fails or leaves it out, and no text there says what it was.
# One would guess: 750000.5, as pandas 3.1.1, python-calamine 0.9.1 and ezodf 0.3.2 read it.
#
# Seen:
#     pyexcel-ods: [['750000.5 RUB', 750000.5]]
#     pyexcel-ods3: [['750000.5 RUB', 750000.5]]
#     python-calamine: [[750000.5, 750000.5]]
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyexcel-ods==0.6.0 pyexcel-ods3==0.6.1 odfpy==1.4.1 python-calamine==0.9.1 lxml==6.1.3 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import pyexcel_ods
import pyexcel_ods3
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from python_calamine import CalamineWorkbook

book, table, row = OpenDocumentSpreadsheet(), Table(name="S"), TableRow()
for cell, shown in (
    (TableCell(valuetype="currency", currency="RUB", value="750000.5"), "750 000,50 ₽"),
    (TableCell(valuetype="float", value="750000.5"), "750000,5"),
):
    cell.addElement(P(text=shown))
    row.addElement(cell)
table.addElement(row)
book.spreadsheet.addElement(table)
book.save("made.ods")
same("pyexcel-ods", pyexcel_ods.get_data("made.ods")["S"], [["750000.5 RUB", 750000.5]])
same("pyexcel-ods3", pyexcel_ods3.get_data("made.ods")["S"], [["750000.5 RUB", 750000.5]])
read = CalamineWorkbook.from_path("made.ods").get_sheet_by_index(0).to_python()
same("python-calamine", read, [[750000.5, 750000.5]])
PY
