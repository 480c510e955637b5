#!/usr/bin/env bash
# XlsxWriter 3.3.1: a text in which two things that look like escapes share an underscore, _x0041_x0042_.
#
# Behaviour: only the first is escaped (_x005F_x0041_x0042_), so that readers that undo escapes get another text:
# _x0041B. With a sign between the two, both are escaped and the text comes back.
# One would guess: a text without control signs comes back as it was written.
#
# Seen:
#     _x0041_x0042_ is stored as: _x005F_x0041_x0042_
#     _x0041_x0042_ is read as: _x0041B
#     _x0041_ x0042_ is stored as: _x005F_x0041_ x0042_
#     _x0041_ x0042_ is read as: _x0041_ x0042_
#     _x0041_-_x0042_ is stored as: _x005F_x0041_-_x005F_x0042_
#     _x0041_-_x0042_ is read as: _x0041_-_x0042_
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check xlsxwriter==3.3.1 python-calamine==0.9.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
cd "$work"
"$work/venv/bin/python" - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import re
import zipfile

import xlsxwriter
from python_calamine import CalamineWorkbook

for text, stored, wanted in (
    ("_x0041_x0042_", "_x005F_x0041_x0042_", "_x0041B"),
    ("_x0041_ x0042_", "_x005F_x0041_ x0042_", "_x0041_ x0042_"),
    ("_x0041_-_x0042_", "_x005F_x0041_-_x005F_x0042_", "_x0041_-_x0042_"),
):
    with xlsxwriter.Workbook("made.xlsx") as book:
        book.add_worksheet().write_string(0, 0, text)
    strings = zipfile.ZipFile("made.xlsx").read("xl/sharedStrings.xml").decode()
    same(f"{text} is stored as", re.search("<t[^>]*>(.*?)</t>", strings)[1], stored)
    same(f"{text} is read as", CalamineWorkbook.from_path("made.xlsx").get_sheet_by_index(0).to_python()[0][0], wanted)
PY
