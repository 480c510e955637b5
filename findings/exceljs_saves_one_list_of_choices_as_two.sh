#!/usr/bin/env bash
# exceljs 4.4.0 from npm: a workbook (made with XlsxWriter 3.3.1) with a list to choose from in A2:A100, a filter and a
# print area, read and written again without a change.
#
# Behaviour: the list is written twice, for A10:A100 and for A2:A100, so that cells from A10 on have two validations;
# for A2:A9 it is written once. The print area $A$1:$C$6 becomes $A1:$C6, and the filter's name, which belongs to the
# sheet and is hidden, one of the whole workbook that people see.
# One would guess: what was only read is written as it was.
#
# Seen:
#     lists of book.xlsx: ['A2:A100', 'B2:B9']
#     lists of saved.xlsx: ['A10:A100', 'A2:A100', 'B2:B9']
#     names of book.xlsx: [('Print_Area', True, False, '$A$1:$C$6'), ('_FilterDatabase', True, True, '$A$1:$C$6')]
#     names of saved.xlsx: [('Print_Area', True, False, '$A1:$C6'), ('_FilterDatabase', False, False, '$A$1:$C$6')]
set -euo pipefail

command -v node >/dev/null && command -v npm >/dev/null || { echo "needs node and npm" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check xlsxwriter==3.3.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
npm install --silent --no-fund --no-audit exceljs@4.4.0 >/dev/null ||
    { echo "npm could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import re
import subprocess
import zipfile

import xlsxwriter

with xlsxwriter.Workbook("book.xlsx") as book:
    sheet = book.add_worksheet("P")
    for row in range(6):
        sheet.write_row(row, 0, ["a", "b", "c"])
    sheet.data_validation("A2:A100", {"validate": "list", "source": ["yes", "no"]})
    sheet.data_validation("B2:B9", {"validate": "list", "source": ["yes", "no"]})
    sheet.autofilter("A1:C6")
    sheet.print_area("A1:C6")
program = (
    "const book = new (require('exceljs').Workbook)();"
    "book.xlsx.readFile('book.xlsx').then(() => book.xlsx.writeFile('saved.xlsx'));"
)
subprocess.run(["node", "-e", program], check=True)


def name(attributes, text):
    short = re.search('name="_xlnm.(.*?)"', attributes)[1]
    return short, "localSheetId" in attributes, "hidden" in attributes, text.rpartition("!")[2]


for file, lists, names in (
    (
        "book.xlsx",
        ["A2:A100", "B2:B9"],
        [("Print_Area", True, False, "$A$1:$C$6"), ("_FilterDatabase", True, True, "$A$1:$C$6")],
    ),
    (
        "saved.xlsx",
        ["A10:A100", "A2:A100", "B2:B9"],
        [("Print_Area", True, False, "$A1:$C6"), ("_FilterDatabase", False, False, "$A$1:$C$6")],
    ),
):
    package = zipfile.ZipFile(file)
    found = re.findall('<dataValidation .*?sqref="(.*?)"', package.read("xl/worksheets/sheet1.xml").decode())
    same(f"lists of {file}", sorted(found), lists)
    book = package.read("xl/workbook.xml").decode()
    found = re.findall("<definedName (.*?)>(.*?)</definedName>", book)
    same(f"names of {file}", sorted(name(*one) for one in found), names)
PY
