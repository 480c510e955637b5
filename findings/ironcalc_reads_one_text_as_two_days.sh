#!/usr/bin/env bash
# IronCalc 0.9.1 from PyPI: the text 04/03/2026 in formulas, where the workbook's locale is German, French or British.
#
# Behaviour: "04/03/2026"+0 is 4 March, as the locale has it, and DATEVALUE("04/03/2026") of the same workbook is 3 April:
# DATEVALUE knows no locale. 31.03.2026, which is a day where it is added to, is #VALUE! in DATEVALUE. With the locale en,
# 04/03/2026 is 3 April for both.
# One would guess: one text is one day in one workbook, whichever function reads it.
#
# Seen (46085 is 4 March 2026, 46112 31 March, 46115 3 April):
#     de: [46085.0, 46115.0, 46112.0, '#VALUE!']
#     fr: [46085.0, 46115.0, 46112.0, '#VALUE!']
#     en-GB: [46085.0, 46115.0, 46112.0, '#VALUE!']
#     en: [46115.0, 46115.0, '#VALUE!', '#VALUE!']
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ironcalc==0.9.1 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import ironcalc

FORMULAS = ['="04/03/2026"+0', '=DATEVALUE("04/03/2026")', '="31.03.2026"+0', '=DATEVALUE("31.03.2026")']
TWO = [46085.0, 46115.0, 46112.0, "#VALUE!"]


def counted(locale):
    book = ironcalc.create("book", locale, "UTC", "en")
    for row, formula in enumerate(FORMULAS, 1):
        book.update_cell_with_formula(0, row, 1, formula)
    book.evaluate()
    return [book.get_cell_value(0, row, 1) for row in range(1, len(FORMULAS) + 1)]


for locale, wanted in {"de": TWO, "fr": TWO, "en-GB": TWO, "en": [46115.0, 46115.0, "#VALUE!", "#VALUE!"]}.items():
    same(locale, counted(locale), wanted)
PY
