#!/usr/bin/env bash
# formulas 1.3.4 (the Python library that counts workbooks): VALUE of texts that are no number by its rules.
#
# Behaviour: 1,5 is 5 January and 12,5 is 12 January of the present year, since whatever is no number is read as a day; 3-4 is 3 or
# 4 March. So IFERROR(VALUE(...),...), which is to find what is no number, does not find them.
# One would guess: #VALUE!, or 1.5 where a comma is for decimals, and 15 where it is for thousands, as in Excel.
#
# Seen:
#     VALUE("1,5"): 5 January
#     VALUE("12,5"): 12 January
#     VALUE("1.5"): 1.5
#     IFERROR(VALUE("3-4"),"no number"): a day
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check formulas==1.3.4 setuptools==65.5.0 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import datetime
import warnings

warnings.simplefilter("ignore")
import formulas


def counted(formula):
    return formulas.Parser().ast("=" + formula)[1].compile()().tolist()


def day(formula):
    return (datetime.date(1899, 12, 30) + datetime.timedelta(float(counted(formula)))).strftime("%-d %B")


same('VALUE("1,5")', day('VALUE("1,5")'), "5 January")
same('VALUE("12,5")', day('VALUE("12,5")'), "12 January")
same('VALUE("1.5")', float(counted('VALUE("1.5")')), 1.5)
found = counted('IFERROR(VALUE("3-4"),"no number")')
same('IFERROR(VALUE("3-4"),"no number")', "a day" if isinstance(found, float) and found > 40000 else found, "a day")
PY
