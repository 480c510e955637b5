#!/usr/bin/env bash
# python-calamine 0.9.1: a tab in a cell of an .ods (made with odfpy 1.4.1).
#
# Behaviour: it is left out, so that two words become one: "Ivan<tab>Ivanov" is read as "IvanIvanov". Runs of spaces, which
# the format stores in the same way (text:s beside text:tab), are read, and so is the tab of the same cell in an .xlsx.
# One would guess: a tab, or at least a space.
#
# Seen:
#     made.ods: [['IvanIvanov', 'two  spaces']]
#     made.xlsx: [['Ivan\tIvanov', 'two  spaces']]
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-calamine==0.9.1 odfpy==1.4.1 xlsxwriter==3.3.1 2>/dev/null ||
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


import xlsxwriter
from python_calamine import CalamineWorkbook

tabbed = P(text="Ivan")
tabbed.addElement(Tab())
tabbed.addText("Ivanov")
spaced = P(text="two")
spaced.addElement(S(c=2))
spaced.addText("spaces")
cells = []
for each in (tabbed, spaced):
    cells.append(TableCell(valuetype="string"))
    cells[-1].addElement(each)
made("made.ods", *cells)
with xlsxwriter.Workbook("made.xlsx") as book:
    book.add_worksheet().write_row(0, 0, ["Ivan\tIvanov", "two  spaces"])
for name, wanted in (("made.ods", "IvanIvanov"), ("made.xlsx", "Ivan\tIvanov")):
    read = CalamineWorkbook.from_path(name).get_sheet_by_index(0).to_python()
    same(name, read, [[wanted, "two  spaces"]])
PY
