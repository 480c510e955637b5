#!/usr/bin/env bash
# pandas 3.1.1 over odfpy 1.4.1: a yes (office:boolean-value="true") in an .ods.
#
# Behaviour: what is shown in the cell decides, and TRUE alone is a yes: a cell that a Russian LibreOffice shows as ИСТИНА is
# read as False, and so is one for which no text is stored (ezodf 0.3.2 writes such ones). Nothing is said.
# One would guess: True: the value stands beside the text. python-calamine 0.9.1 reads all three as True.
#
# Seen:
#     pandas: [['TRUE', True], ['ИСТИНА', False], ['none', False]]
#     python-calamine: [['TRUE', True], ['ИСТИНА', True], ['none', True]]
#     pandas, by ezodf: [[False]]
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pandas==3.1.1 odfpy==1.4.1 python-calamine==0.9.1 ezodf==0.3.2 lxml==6.1.3 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import warnings

warnings.simplefilter("ignore")  # of ezodf
import ezodf
import pandas
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from python_calamine import CalamineWorkbook

book, table = OpenDocumentSpreadsheet(), Table(name="S")
for shown in ("TRUE", "ИСТИНА", None):
    row, name, yes = TableRow(), TableCell(valuetype="string"), TableCell(valuetype="boolean", booleanvalue="true")
    name.addElement(P(text=shown or "none"))
    if shown:
        yes.addElement(P(text=shown))
    row.addElement(name)
    row.addElement(yes)
    table.addElement(row)
book.spreadsheet.addElement(table)
book.save("made.ods")
read = pandas.read_excel("made.ods", engine="odf", header=None, dtype=object).values.tolist()
same("pandas", read, [["TRUE", True], ["ИСТИНА", False], ["none", False]])
read = CalamineWorkbook.from_path("made.ods").get_sheet_by_index(0).to_python()
same("python-calamine", read, [["TRUE", True], ["ИСТИНА", True], ["none", True]])
other = ezodf.newdoc("ods", "other.ods")
other.sheets.append(ezodf.Sheet("S", size=(1, 1)))
other.sheets[0][0, 0].set_value(True)
other.save()
read = pandas.read_excel("other.ods", engine="odf", header=None, dtype=object).values.tolist()
same("pandas, by ezodf", read, [[False]])
PY
