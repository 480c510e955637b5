#!/usr/bin/env bash
# LibreOffice 25.2.3: an .xlsx saved as .ods, and that as .xlsx again (workbook by XlsxWriter 3.3.1): traffic lights for the
# days left, in the other order and without numbers, on a protected sheet that lets people filter, sort and format columns.
#
# Behaviour: the lights have lost their order and show numbers again: who was green is red, without a warning. People may
# still filter, and no longer sort or format columns. Saved as .xlsx at once, all of it is kept.
# One would guess: the program's own format keeps what the program shows.
#
# Seen:
#     book.xlsx: ['reverse', 'showValue'] ['autoFilter', 'formatColumns', 'sort']
#     saved.xlsx: ['reverse', 'showValue'] ['autoFilter', 'formatColumns', 'sort']
#     by way of .ods: [] ['autoFilter']
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


import os
import re
import subprocess
import zipfile

import xlsxwriter

with xlsxwriter.Workbook("book.xlsx") as book:
    sheet = book.add_worksheet()
    sheet.write_column("A1", [5, 40, 90])
    lights = {"type": "icon_set", "icon_style": "3_traffic_lights", "reverse_icons": True, "icons_only": True}
    sheet.conditional_format("A1:A3", lights)
    sheet.protect("", {"autofilter": True, "sort": True, "format_columns": True})


def saved(name, kind, folder):
    # A python3 of a virtual environment may not stand first there.
    places = dict(os.environ, PATH="/usr/bin:/bin")
    program = ["soffice", f"-env:UserInstallation=file://{os.getcwd()}/profile", "--headless", "--convert-to", kind]
    subprocess.run([*program, "--outdir", folder, name], check=True, capture_output=True, timeout=100, env=places)


def kept(name):
    text = zipfile.ZipFile(name).read("xl/worksheets/sheet1.xml").decode()
    lights = re.search("<iconSet ([^>]*)>", text)[1]
    allowed = re.search("<sheetProtection ([^>]*)/>", text)[1]
    lights = sorted(each for each in ("reverse", "showValue") if each in lights)
    pairs = re.findall("([A-Za-z]+)=.(?:0|false).", allowed)
    return f"{lights} {sorted(pairs)}"


saved("book.xlsx", "xlsx:Calc MS Excel 2007 XML", "direct")
saved("book.xlsx", "ods", "ods")
saved("ods/book.ods", "xlsx:Calc MS Excel 2007 XML", "round")
all_of_it = "['reverse', 'showValue'] ['autoFilter', 'formatColumns', 'sort']"
same("book.xlsx", kept("book.xlsx"), all_of_it)
same("saved.xlsx", kept("direct/book.xlsx"), all_of_it)
same("by way of .ods", kept("round/book.xlsx"), "[] ['autoFilter']")
PY
