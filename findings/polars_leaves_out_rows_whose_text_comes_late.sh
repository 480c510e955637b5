#!/usr/bin/env bash
# polars 2.1.0 over fastexcel 0.21.0: read_excel of a workbook, made with XlsxWriter 3.3.1, with a column of 1,000 dates and
# below them a day that is typed as a text, 31.12.2026; and with 1,000 ids that are numbers, then the texts 0012 and P-1.
#
# Behaviour: what a column holds is guessed from its first 1,000 rows. The text below them is a null then, without a word,
# and as its row holds nothing else it is left out: 1,000 rows of 1,001. Of the ids 0012 becomes the number 12, and the row
# of P-1 is gone. Among fewer rows the same column is read as texts, each as it is (dates as ISO 8601).
# One would guess: an error, or a column of texts; not fewer rows than the sheet has.
#
# Seen:
#     3 dates and a text: ('String', 4, '31.12.2026')
#     1,000 dates and a text: ('Date', 1000, '2026-03-04')
#     1,000 numbers, 0012, P-1: ('Int64', 1001, '12')
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check polars==2.1.0 fastexcel==0.21.0 XlsxWriter==3.3.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


from datetime import date

import polars
from xlsxwriter import Workbook


def read(cells):
    book = Workbook("made.xlsx")
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    sheet.write_string(0, 0, "header")
    for row, cell in enumerate(cells, start=1):
        if isinstance(cell, date):
            sheet.write_datetime(row, 0, cell, day)
        else:
            sheet.write(row, 0, cell)
    book.close()
    column = polars.read_excel("made.xlsx")["header"]
    return str(column.dtype), len(column), str(column[-1])


days = [date(2026, 3, 4)] * 1000
same("3 dates and a text", read([*days[:3], "31.12.2026"]), ("String", 4, "31.12.2026"))
same("1,000 dates and a text", read([*days, "31.12.2026"]), ("Date", 1000, "2026-03-04"))
same("1,000 numbers, 0012, P-1", read([12] * 1000 + ["0012", "P-1"]), ("Int64", 1001, "12"))
PY
