#!/usr/bin/env bash
# excelize 0.1.0 from PyPI, xlcalculator 0.5.0 and formulas 1.3.4: TRIM of a name with two spaces in it, in a workbook by
# openpyxl 3.1.5.
#
# Behaviour: the spaces at both ends go, those within stay, so that a name typed with two spaces is another than the one with
# one: =TRIM(A1)="Ivan Ivanov" is FALSE. In Excel and LibreOffice spaces within become one.
# One would guess: Excel's answers, which the three are there to give.
#
# Seen:
#     excelize: Ivan  Ivanov
#     xlcalculator: Ivan  Ivanov
#     formulas: Ivan  Ivanov
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check excelize==0.1.0 formulas==1.3.4 openpyxl==3.1.5 setuptools==65.5.0 \
    xlcalculator==0.5.0 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import logging
import warnings

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)
import excelize
import formulas
from openpyxl import Workbook
from xlcalculator import Evaluator, ModelCompiler

book = Workbook()
book.active.title = "S"
book.active["A1"] = "  Ivan  Ivanov "
book.active["B1"] = "=TRIM(A1)"
book.save("made.xlsx")
same("excelize", excelize.open_file("made.xlsx").calc_cell_value("S", "B1"), "Ivan  Ivanov")
evaluator = Evaluator(ModelCompiler().read_and_parse_archive("made.xlsx"))
same("xlcalculator", str(evaluator.evaluate("S!B1").value), "Ivan  Ivanov")
trim = formulas.Parser().ast("=TRIM(A1)")[1].compile()
same("formulas", str(trim("  Ivan  Ivanov ")), "Ivan  Ivanov")
PY
