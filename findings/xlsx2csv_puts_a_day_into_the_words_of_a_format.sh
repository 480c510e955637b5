#!/usr/bin/env bash
# xlsx2csv 0.8.6: a number with a word in its format, made with XlsxWriter 3.3.1.
#
# Behaviour: the number 46 with the format `0" days"` becomes the text `0" 14ays"` in the .csv: a letter d, m, y, h within
# quotation marks makes a date of the format, the day of which (14 February 1900) stands in place of the letter, and the 46
# is gone. A day with the format `dd.mm.yyyy "г."`, which is a Russian one, keeps the quotation marks, and `ddd` is the day
# of the month twice. `0 "дн."` has no such letter and gives 46.
# One would guess: 46, or "46 days" as it is shown; 31.03.2026 г.; Tue.
#
# Seen:
#     0" days": 0" 14ays"
#     0 "дн.": 46
#     dd.mm.yyyy "г.": 31.03.2026 "г."
#     ddd: 3131
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check xlsx2csv==0.8.6 XlsxWriter==3.3.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import csv

from xlsx2csv import Xlsx2csv
from xlsxwriter import Workbook

WANTED = {
    '0" days"': (46, '0" 14ays"'),
    '0 "дн."': (46, "46"),
    'dd.mm.yyyy "г."': (46112, '31.03.2026 "г."'),
    "ddd": (46112, "3131"),
}
book = Workbook("made.xlsx")
sheet = book.add_worksheet()
for row, (shown, (number, _)) in enumerate(WANTED.items()):
    sheet.write_number(row, 0, number, book.add_format({"num_format": shown}))
book.close()
Xlsx2csv("made.xlsx").convert("made.csv")
with open("made.csv", encoding="utf-8", newline="") as file:
    for (shown, (_, wanted)), row in zip(WANTED.items(), csv.reader(file), strict=True):
        same(shown, row[0], wanted)
PY
