#!/usr/bin/env bash
# tablib 3.10.0 over odfpy 1.4.1: an .ods with blank cells side by side and with a comment.
#
# Behaviour: blank cells that are stored as one with a count (table:number-columns-repeated, as LibreOffice stores them) are
# one cell or none, so that what stands right of them moves to the left, under another header. Of a cell with a comment the
# comment is read in place of the text. A blank cell with a comment alone ends it with a ValueError.
# One would guess: each cell in its column, and the text.
#
# Seen:
#     three blank cells between: [['Ivanova', 'Moscow']]
#     one blank cell between: [['Ivanova', '', 'Moscow']]
#     a text with a comment: [['Ivanova', 'ask her']]
#     python-calamine: [['Ivanova', '', '', '', 'Moscow']]
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check tablib==3.10.0 odfpy==1.4.1 python-calamine==0.9.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import tablib
from odf.office import Annotation
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from python_calamine import CalamineWorkbook


def text(shown, comment=None):
    cell = TableCell(valuetype="string")
    if comment:
        note = Annotation()
        note.addElement(P(text=comment))
        cell.addElement(note)
    cell.addElement(P(text=shown))
    return cell


def read(*cells):
    book, table, row = OpenDocumentSpreadsheet(), Table(name="S"), TableRow()
    for cell in cells:
        row.addElement(cell)
    table.addElement(row)
    book.spreadsheet.addElement(table)
    book.save("made.ods")
    with open("made.ods", "rb") as file:
        return [list(line) for line in tablib.Dataset().load(file, format="ods", headers=False)]


same("one blank cell between", read(text("Ivanova"), TableCell(), text("Moscow")), [["Ivanova", "", "Moscow"]])
same("a text with a comment", read(text("Ivanova"), text("Moscow", comment="ask her")), [["Ivanova", "ask her"]])
moved = read(text("Ivanova"), TableCell(numbercolumnsrepeated=3), text("Moscow"))
same("three blank cells between", moved, [["Ivanova", "Moscow"]])
right = CalamineWorkbook.from_path("made.ods").get_sheet_by_index(0).to_python()
same("python-calamine", right, [["Ivanova", "", "", "", "Moscow"]])
PY
