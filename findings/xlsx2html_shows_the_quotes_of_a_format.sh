#!/usr/bin/env bash
# xlsx2html 0.6.4: numbers whose format has words in it (workbook by openpyxl 3.1.5).
#
# Behaviour: the quotes are shown with the words: 46 with the format 0" days" is 46" days", and -3 with "overdue "0 is
# -"overdue "3. A condition is shown as well, with the number in place of its own: a day with [=0]"-";dd.mm.yyyy is
# [=46112]"-". And 2.5 with the format 0 is 2, while 3.5 is 4. Days with dd.mm.yyyy, a language and colours are right.
# One would guess: 46 days, overdue 3, 31.03.2026 and 3, as Excel and LibreOffice show them.
#
# Seen:
#     0" days": 46" days"
#     #,##0.00 "RUB": 1,234,567.50 "RUB"
#     "overdue "0: -"overdue "3
#     [=0]"-";dd.mm.yyyy: [=46112]"-"
#     0: 2
#     dd.mm.yyyy: 31.03.2026
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check xlsx2html==0.6.4 openpyxl==3.1.5 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import io
import re

import openpyxl
from xlsx2html import xlsx2html

CELLS = (
    ('0" days"', 46, '46" days"'),
    ('#,##0.00 "RUB"', 1234567.5, '1,234,567.50 "RUB"'),
    ('"overdue "0', -3, '-"overdue "3'),
    ('[=0]"-";dd.mm.yyyy', 46112, '[=46112]"-"'),
    ("0", 2.5, "2"),
    ("dd.mm.yyyy", 46112, "31.03.2026"),
)
book = openpyxl.Workbook()
for column, (kind, value, _) in enumerate(CELLS, 1):
    book.active.cell(1, column, value).number_format = kind
book.save("book.xlsx")
page = io.StringIO()
xlsx2html("book.xlsx", page, locale="en")
shown = re.findall("<td[^>]*>(.*?)</td>", page.getvalue())
for (kind, _, wanted), seen in zip(CELLS, shown, strict=True):
    same(kind, seen, wanted)
PY
