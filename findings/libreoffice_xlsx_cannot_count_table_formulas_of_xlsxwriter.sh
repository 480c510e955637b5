#!/usr/bin/env bash
# LibreOffice 25.2.3, Calc: formulas of a table's column as XlsxWriter 3.3.1 stores them, against the way Excel does.
#
# Behaviour: [@Due]*2 and T[@Due]*2, which XlsxWriter stores as [[#This Row],Due]*2 and T[[#This Row],Due]*2, are
# Err:507 in LibreOffice; with the column's name in brackets of its own, T[[#This Row],[Due]]*2, as Excel stores it, it
# is counted. Without the table's name it is Err:507 all the same, and SUM([Due]) in the table is #NAME?, while
# SUM(T[Due]) is counted.
# One would guess: what stands for one column of this row is counted in each of these spellings, which Excel takes.
#
# Seen (a table with Due of 5 and 6):
#     [@Due]*2 by XlsxWriter: ('[[#This Row],Due]*2', ['Err:507', 'Err:507'])
#     T[@Due]*2 by XlsxWriter: ('T[[#This Row],Due]*2', ['Err:507', 'Err:507'])
#     T[[#This Row],[Due]]*2 by XlsxWriter: ('T[[#This Row],[Due]]*2', ['10', '12'])
#     [[#This Row],[Due]]*2 by XlsxWriter: ('[[#This Row],[Due]]*2', ['Err:507', 'Err:507'])
#     SUM([Due]) by XlsxWriter: ('SUM([Due])', ['#NAME?', '#NAME?'])
#     SUM(T[Due]) by XlsxWriter: ('SUM(T[Due])', ['11', '11'])
set -euo pipefail

need=25.2.3
found=$(soffice --version 2>/dev/null) || { echo "LibreOffice $need (soffice) is not installed" >&2; exit 2; }
[[ $found == "LibreOffice $need"* ]] || { echo "needs LibreOffice $need, found: $found" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check xlsxwriter==3.3.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import csv
import re
import subprocess
import zipfile
from pathlib import Path

import xlsxwriter

wanted = {
    "[@Due]*2": ("[[#This Row],Due]*2", ["Err:507", "Err:507"]),
    "T[@Due]*2": ("T[[#This Row],Due]*2", ["Err:507", "Err:507"]),
    "T[[#This Row],[Due]]*2": ("T[[#This Row],[Due]]*2", ["10", "12"]),
    "[[#This Row],[Due]]*2": ("[[#This Row],[Due]]*2", ["Err:507", "Err:507"]),
    "SUM([Due])": ("SUM([Due])", ["#NAME?", "#NAME?"]),
    "SUM(T[Due])": ("SUM(T[Due])", ["11", "11"]),
}
for number, formula in enumerate(wanted):
    with xlsxwriter.Workbook(f"{number}.xlsx") as book:
        columns = [{"header": "Due"}, {"header": "Counted", "formula": f"={formula}"}]
        book.add_worksheet().add_table("A1:B3", {"name": "T", "data": [[5], [6]], "columns": columns})
    with zipfile.ZipFile(f"{number}.xlsx") as made, zipfile.ZipFile(f"{number}_.xlsx", "w") as blank:
        for part in made.namelist():  # without the 0 that XlsxWriter stores for results, so that all are counted
            blank.writestr(part, made.read(part).replace(b"</f><v>0</v>", b"</f>"))
profile = f"-env:UserInstallation={Path('profile').absolute().as_uri()}"
books = [f"{number}_.xlsx" for number in range(len(wanted))]
convert = ["soffice", profile, "--headless", "--convert-to", "csv", *books]
subprocess.run(convert, check=True, capture_output=True, timeout=200)
for number, (formula, expected) in enumerate(wanted.items()):
    sheet = zipfile.ZipFile(f"{number}.xlsx").read("xl/worksheets/sheet1.xml").decode()
    with open(f"{number}_.csv", newline="") as file:
        counted = [row[1] for row in csv.reader(file)][1:]
    same(f"{formula} by XlsxWriter", (re.search("<f>(.*?)</f>", sheet)[1], counted), expected)
PY
