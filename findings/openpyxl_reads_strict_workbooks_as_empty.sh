#!/usr/bin/env bash
# openpyxl 3.1.5: a workbook saved as "Strict Open XML Spreadsheet" (ISO/IEC 29500 Strict), which Excel offers.
#
# Behaviour: it is loaded without an error or a warning and has no sheets; active is None. python-calamine 0.9.1 reads it.
# One would guess: the sheets, or an error that says the format is not supported.
#
# Seen:
#     openpyxl: ([], None)
#     warnings: ['File contains an invalid specification for 0. This will be removed']
#     python-calamine: [[46112.0]]
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
cd "$work"
"$work/venv/bin/python" - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import warnings
import zipfile

import openpyxl
from python_calamine import CalamineWorkbook

# A workbook of openpyxl's own, under the names that Strict has for the same.
book = openpyxl.Workbook()
book.active["A1"] = 46112
book.save("usual.xlsx")
NAMES = (
    ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/"),
    ("http://schemas.openxmlformats.org/drawingml/2006/main", "http://purl.oclc.org/ooxml/drawingml/main"),
)
with zipfile.ZipFile("usual.xlsx") as usual, zipfile.ZipFile("strict.xlsx", "w") as strict:
    for name in usual.namelist():
        data = usual.read(name).decode()
        for old, new in NAMES:
            data = data.replace(old, new)
        strict.writestr(name, data)
with warnings.catch_warnings(record=True) as warned:
    warnings.simplefilter("always")
    found = openpyxl.load_workbook("strict.xlsx")
same("openpyxl", (found.sheetnames, found.active), ([], None))
print("warnings:", [str(one.message) for one in warned])
sheet = CalamineWorkbook.from_path("strict.xlsx").get_sheet_by_index(0)
same("python-calamine", sheet.to_python(), [[46112.0]])
PY
