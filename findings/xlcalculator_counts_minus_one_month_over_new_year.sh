#!/usr/bin/env bash
# xlcalculator 0.5.0: DATEDIF in a workbook made with XlsxWriter 3.3.1.
#
# Behaviour: DATEDIF("ym"), the months beyond the whole years, is -1 wherever a new year lies
# between and the month of the end has the lower number: from 31 December 2025 to 1 January 2026, from 1 October to 31
# January; "yd" and "md" likewise. "m", the whole months, is 0 from
# 31 January to 1 March 2026. EDATE is right: 28 February for a month after 31 January.
# One would guess: 0, 3 and 1, as in Excel and LibreOffice: never below 0.
#
# Seen:
#     31.12.2025, 01.01.2026, ym: -1
#     01.10.2025, 31.01.2026, ym: -1
#     31.01.2026, 01.03.2026, m: 0
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check xlcalculator==0.5.0 XlsxWriter==3.3.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


from xlcalculator import Evaluator, ModelCompiler
from xlsxwriter import Workbook

WANTED = {
    "31.12.2025, 01.01.2026, ym": ('DATEDIF(DATE(2025,12,31),DATE(2026,1,1),"ym")', -1),
    "01.10.2025, 31.01.2026, ym": ('DATEDIF(DATE(2025,10,1),DATE(2026,1,31),"ym")', -1),
    "31.01.2026, 01.03.2026, m": ('DATEDIF(DATE(2026,1,31),DATE(2026,3,1),"m")', 0),
}
book = Workbook("made.xlsx")
sheet = book.add_worksheet("S")
for row, (formula, _) in enumerate(WANTED.values()):
    sheet.write_formula(row, 0, f"={formula}")
book.close()
counted = Evaluator(ModelCompiler().read_and_parse_archive("made.xlsx"))
for row, (what, (_, wanted)) in enumerate(WANTED.items(), start=1):
    same(what, int(str(counted.evaluate(f"S!A{row}"))), wanted)
PY
