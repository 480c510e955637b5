#!/usr/bin/env bash
# IronCalc 0.9.1 and excelize 0.1.0 from PyPI: a day whose format names the language of its month, as Excel stores "31 March
# 2026" in Russian: [$-419]d mmmm yyyy;@ and, with the month in the genitive, [$-FC19]dd mmmm yyyy.
#
# Behaviour: IronCalc shows #VALUE! for both, and for [$-409] too; without the language the day is shown. excelize has the
# month of [$-419] in the nominative, which Russian does not say in a date, and shows the number 46112 for [$-FC19].
# One would guess: a language that is not known is left aside, and the day is shown.
#
# Seen:
#     d mmmm yyyy: ('31 March 2026', '31 March 2026')
#     [$-419]d mmmm yyyy;@: ('#VALUE!', '31 март 2026')
#     [$-409]d mmmm yyyy;@: ('#VALUE!', '31 March 2026')
#     [$-FC19]dd mmmm yyyy: ('#VALUE!', '46112')
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ironcalc==0.9.1 excelize==0.1.0 XlsxWriter==3.3.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import excelize
import ironcalc
from xlsxwriter import Workbook

WANTED = {
    "d mmmm yyyy": ("31 March 2026", "31 March 2026"),
    "[$-419]d mmmm yyyy;@": ("#VALUE!", "31 \u043c\u0430\u0440\u0442 2026"),
    "[$-409]d mmmm yyyy;@": ("#VALUE!", "31 March 2026"),
    "[$-FC19]dd mmmm yyyy": ("#VALUE!", "46112"),
}
made = Workbook("made.xlsx")
sheet = made.add_worksheet("S")
for row, shown in enumerate(WANTED):
    sheet.write_number(row, 0, 46112, made.add_format({"num_format": shown}))
made.close()
by_ironcalc = ironcalc.load_from_xlsx("made.xlsx", "en", "UTC", "en")
by_excelize = excelize.open_file("made.xlsx")
for row, (shown, wanted) in enumerate(WANTED.items(), 1):
    same(shown, (by_ironcalc.get_formatted_cell_value(0, row, 1), by_excelize.get_cell_value("S", f"A{row}")), wanted)
PY
