#!/usr/bin/env bash
# LibreOffice 25.2.3, Calc: an .xlsx that says it is Excel's and asks for all formulas to be counted when it is opened
# (<calcPr fullCalcOnLoad="1"/>; made with XlsxWriter 3.3.1, the name of the program changed).
#
# Behaviour: the stored result of a formula is shown, old or not, also where the formula stands on a cell whose own result
# is not stored and was therefore counted. Formulas without a stored result, array formulas, and those that call INDIRECT
# or OFFSET, with what stands on these, are counted.
# One would guess: all are, as the file asks and as Excel does.
#
# Seen:
#     stored, asked for: 99
#     not stored: 12
#     stored, on one that is not: 99
#     array: 12
#     INDIRECT: 12
#     stored, on INDIRECT: 24
set -euo pipefail

need=25.2.3
found=$(soffice --version 2>/dev/null) || { echo "LibreOffice $need (soffice) is not installed" >&2; exit 2; }
[[ $found == "LibreOffice $need"* ]] || { echo "needs LibreOffice $need, found: $found" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check xlsxwriter==3.3.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
(cd "$work" && "$work/venv/bin/python" -) <<'PY'
import re
import zipfile

import xlsxwriter

with xlsxwriter.Workbook("made.xlsx") as book:
    sheet = book.add_worksheet()
    sheet.write_row("A1", [5, 7])
    sheet.write_formula("A2", "=SUM(A1:B1)", None, 99)
    sheet.write_formula("A3", "=SUM(A1:B1)", None, 77)
    sheet.write_formula("A4", "=A3*2", None, 99)
    sheet.write_array_formula("A5:A5", "{=SUM(A1:B1*1)}", None, 99)
    sheet.write_formula("A6", '=SUM(INDIRECT("A1:B1"))', None, 99)
    sheet.write_formula("A7", "=A6*2", None, 99)
with zipfile.ZipFile("made.xlsx") as made, zipfile.ZipFile("book.xlsx", "w") as book:
    for name in made.namelist():
        data = made.read(name)
        if name == "docProps/app.xml":
            data = re.sub(rb"<Application>[^<]*<", b"<Application>Microsoft Excel<", data)
        if name == "xl/workbook.xml":
            assert b'fullCalcOnLoad="1"' in data
        book.writestr(name, data.replace(b"<v>77</v>", b""))
PY
(cd "$work" && soffice --headless --norestore "-env:UserInstallation=file://$work/profile" \
    --convert-to csv book.xlsx >/dev/null 2>&1)
"$work/venv/bin/python" - "$work/book.csv" <<'PY'
import sys

names = ["stored, asked for", "not stored", "stored, on one that is not", "array", "INDIRECT", "stored, on INDIRECT"]
wanted = ["99", "12", "99", "12", "12", "24"]
seen = [line.split(",")[0].strip() for line in open(sys.argv[1], encoding="utf-8")][1:]
for name, value in zip(names, seen):
    print(f"{name}: {value}")
if seen != wanted:
    sys.exit(f"changed: wanted {wanted}")
PY
