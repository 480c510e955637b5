#!/usr/bin/env bash
# formulas 1.3.4 (the Python library that counts workbooks): WORKDAY and WORKDAY.INTL that start on a day off.
#
# Behaviour: the answer is #VALUE! whenever the first day is a Saturday or Sunday and no holidays are given; from a
# working day the answers are Excel's. DATEDIF with "md" gives 30 for 15 January to 14 March, where Excel, LibreOffice
# and HyperFormula give 27.
# One would guess: one working day after Saturday 3 January 2026 is Monday the 5th, as in Excel.
#
# Seen (46025 is Saturday 3 January 2026, 46027 the Monday after it):
#     =WORKDAY(46027,1): 46028
#     =WORKDAY(46025,1): #VALUE!
#     =WORKDAY(46025,-1): #VALUE!
#     =WORKDAY.INTL(46026,1,1): #VALUE!
#     =DATEDIF(46037,46095,"md"): 30
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check formulas==1.3.4 2>/dev/null ||
    { echo "pip could not install what is needed" >&2; exit 2; }
venv/bin/python - <<'PY'
import sys


def same(what, seen, wanted):
    print(f"{what}: {seen}")
    if seen != wanted:
        sys.exit(f"changed: {what} was {wanted}")


import formulas

for formula, wanted in (
    ("=WORKDAY(46027,1)", "46028"),
    ("=WORKDAY(46025,1)", "#VALUE!"),
    ("=WORKDAY(46025,-1)", "#VALUE!"),
    ("=WORKDAY.INTL(46026,1,1)", "#VALUE!"),
    ('=DATEDIF(46037,46095,"md")', "30"),
):
    answer = formulas.Parser().ast(formula)[1].compile()()
    same(formula, str(answer.ravel()[0] if hasattr(answer, "ravel") else answer), wanted)
PY
