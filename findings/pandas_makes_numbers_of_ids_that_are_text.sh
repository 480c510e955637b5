#!/usr/bin/env bash
# pandas 3.1.1, read_excel over openpyxl 3.1.5 and over python-calamine 0.9.1: a column of ids that the workbook, made with
# XlsxWriter 3.3.1, stores as texts: 0012, 007; and one of 0012, NA, as the id of nobody.
#
# Behaviour: texts become the whole numbers 12 and 7, though the cells are texts in the file and both readers hand them
# over as texts; and 12.0 with a blank, where a text is one that pandas takes for none (NA, None, null, n/a). With
# dtype=str or object texts stay texts.
# One would guess: a workbook knows numbers from texts, so a cell that is a text is read as one.
#
# Seen:
#     openpyxl, 0012 and 007: [12, 7]
#     openpyxl, 0012 and NA: [12.0, nan]
#     calamine, 0012 and 007: [12, 7]
#     openpyxl, dtype=str: ['0012', '007']
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pandas==3.1.1 openpyxl==3.1.5 python-calamine==0.9.1 XlsxWriter==3.3.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import pandas
from xlsxwriter import Workbook


def read(texts, engine="openpyxl", **how):
    book = Workbook("made.xlsx")
    sheet = book.add_worksheet()
    for row, text in enumerate(["Person ID", *texts]):
        sheet.write_string(row, 0, text)
    book.close()
    return str(pandas.read_excel("made.xlsx", engine=engine, **how)["Person ID"].tolist())


same("openpyxl, 0012 and 007", read(["0012", "007"]), "[12, 7]")
same("openpyxl, 0012 and NA", read(["0012", "NA"]), "[12.0, nan]")
same("calamine, 0012 and 007", read(["0012", "007"], engine="calamine"), "[12, 7]")
same("openpyxl, dtype=str", read(["0012", "007"], dtype=str), "['0012', '007']")
PY
